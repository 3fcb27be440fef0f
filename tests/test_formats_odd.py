"""Whatever a value of an export is turned into, a format reads on or refuses in a sentence."""

from __future__ import annotations

import copy
import json
import random

import pytest

from threads.comment import Comment
from threads.errors import InputError
from threads.formats import (
    bluesky,
    discord,
    discourse,
    hackernews,
    imageboard,
    lemmy,
    mastodon,
    telegram,
    twitter,
    wikiconv,
    youtube_api,
    youtube_downloader,
    youtube_rapidapi,
    ytdlp,
)

ODD = (
    None,
    True,
    -1,
    0,
    1e300,
    float("nan"),
    10**30,
    "",
    " ",
    "0",
    "\ud800",
    "<b",
    "&#0;",
    [],
    {},
    [[]],
    [None],
    {"": {}},
)
PERSON = {
    "id": "1",
    "acct": "ada",
    "handle": "ada",
    "did": "did:x",
    "screen_name": "ada",
    "nickname": "Ada",
    "name": "A",
}
TIME = "2021-03-04T05:06:07Z"
URI = "at://did:x/post/"

SAMPLES = [
    (
        hackernews,
        {
            "id": 1,
            "type": "story",
            "created_at_i": 1614834367,
            "children": [
                {
                    "id": 2,
                    "type": "comment",
                    "created_at_i": 1614834367,
                    "text": "a",
                    "parent_id": 1,
                    "children": [
                        {
                            "id": 3,
                            "type": "comment",
                            "created_at_i": 1,
                            "text": "b",
                            "author": "ada",
                            "points": 3,
                        }
                    ],
                }
            ],
        },
    ),
    (
        youtube_api,
        {
            "items": [
                {
                    "kind": "youtube#commentThread",
                    "id": "A",
                    "snippet": {
                        "videoId": "v",
                        "topLevelComment": {
                            "id": "A",
                            "snippet": {
                                "textOriginal": "a",
                                "publishedAt": TIME,
                                "authorChannelId": {"value": "U"},
                            },
                        },
                    },
                    "replies": {"comments": [{"id": "B", "snippet": {"textDisplay": "b", "parentId": "A"}}]},
                }
            ]
        },
    ),
    (
        youtube_downloader,
        [{"cid": "A.B", "text": "a", "time": "x", "author": "b", "channel": "c", "votes": "1K"}],
    ),
    (
        youtube_rapidapi,
        [
            {
                "commentId": "A",
                "content": "a",
                "author": {"title": "b"},
                "publishedTimeText": "x",
                "stats": {"votes": 1, "replies": 2},
            }
        ],
    ),
    (
        ytdlp,
        {
            "id": "v",
            "title": "t",
            "formats": [{"format_id": "1"}],
            "comments": [
                {"id": "A", "parent": "root", "text": "a", "timestamp": 1614834367, "like_count": 1}
            ],
        },
    ),
    (
        imageboard,
        {
            "posts": [
                {"no": 1, "resto": 0, "com": "a", "time": 1614834367, "name": "n", "id": "x"},
                {"no": 2, "resto": 1, "com": "&gt;&gt;1 b", "time": 1614834368, "trip": "!"},
            ]
        },
    ),
    (
        discourse,
        {
            "id": 7,
            "title": "t",
            "post_stream": {
                "posts": [
                    {
                        "post_number": 1,
                        "topic_id": 7,
                        "cooked": "a",
                        "created_at": TIME,
                        "version": 2,
                        "updated_at": TIME,
                        "actions_summary": [{"id": 2, "count": 1}],
                        "reply_to_user": {"username": "b"},
                        "reply_to_post_number": 2,
                    }
                ]
            },
        },
    ),
    (
        mastodon,
        {
            "ancestors": [],
            "descendants": [
                {
                    "id": "1",
                    "account": PERSON,
                    "content": "a",
                    "created_at": TIME,
                    "in_reply_to_id": "2",
                    "reblog": None,
                }
            ],
        },
    ),
    (
        bluesky,
        {
            "thread": {
                "post": {"uri": URI + "a", "author": PERSON, "record": {"text": "a", "createdAt": TIME}},
                "parent": {"post": {"uri": URI + "b", "record": {"text": "b"}}},
                "replies": [{"uri": URI + "c", "notFound": True}],
            }
        },
    ),
    (
        twitter,
        [
            {
                "id": 1,
                "id_str": "1",
                "text": "a",
                "user": PERSON,
                "created_at": TIME,
                "in_reply_to_status_id_str": "2",
                "favorite_count": 1,
            }
        ],
    ),
    (
        telegram,
        {
            "name": "c",
            "type": "x",
            "id": 7,
            "messages": [
                {
                    "id": 1,
                    "type": "message",
                    "date": TIME,
                    "text": ["a", {"type": "link", "text": "b", "href": "c"}],
                    "reply_to_message_id": 3,
                    "from": "ada",
                },
                {"id": 3, "type": "service", "date": TIME},
            ],
        },
    ),
    (
        discord,
        {
            "guild": {"id": "1"},
            "channel": {"id": "2", "name": "n"},
            "messages": [
                {
                    "id": "3",
                    "type": "Reply",
                    "content": "a",
                    "author": PERSON,
                    "reference": {"messageId": "4"},
                }
            ],
        },
    ),
    (
        lemmy,
        {
            "comments": [
                {
                    "comment": {"id": 1, "content": "a", "post_id": 9, "path": "0.1"},
                    "creator": PERSON,
                    "post": {"id": 9, "name": "n"},
                    "counts": {"score": 1},
                }
            ]
        },
    ),
    (
        wikiconv,
        [
            {
                "id": "1",
                "type": "ADDITION",
                "content": "a",
                "timestamp": TIME,
                "page_title": "t",
                "user_text": "u",
                "conversation_id": "0",
            },
            {
                "id": "2",
                "type": "MODIFICATION",
                "content": "b",
                "timestamp": TIME,
                "page_title": "t",
                "user": {"text": "u"},
                "parent_id": "1",
            },
        ],
    ),
]


def places(value):
    """Every list and object of a value with each of its keys."""
    ahead, found = [value], []
    while ahead:
        here = ahead.pop()
        keys = list(here) if isinstance(here, dict) else range(len(here))
        found += [(here, key) for key in keys]
        ahead += [here[key] for key in keys if isinstance(here[key], dict | list)]
    return found


@pytest.mark.parametrize(("format_", "sample"), SAMPLES, ids=[each.name for each, _ in SAMPLES])
def test_odd_values(tmp_path, format_, sample):
    path, chance = tmp_path / "export.json", random.Random(7)  # noqa: S311 - which values, no secret
    path.write_text(json.dumps(sample))
    assert format_.sniff(path.read_bytes(), path) == 0.99
    assert any(isinstance(record, Comment) for record in format_.read(path))
    for _ in range(150):
        odd = copy.deepcopy(sample)
        for _ in range(chance.randint(1, 3)):
            into, key = chance.choice(places(odd) or [({}, "")])
            into[key] = copy.deepcopy(chance.choice(ODD))
        path.write_text(json.dumps(odd)[: chance.choice((None, None, chance.randint(1, 200)))])
        assert 0 <= format_.sniff(path.read_bytes(), path) <= 1
        try:
            records = list(format_.read(path))
        except InputError:
            continue
        comments = [record for record in records if isinstance(record, Comment)]
        assert [comment.position for comment in comments] == list(range(len(comments)))
        for comment in comments:
            comment.text.encode()
            assert (comment.thread_id, comment.native_id) != ("", "")
            assert comment.author is None or comment.author.strip()
