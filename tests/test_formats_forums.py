"""Discourse, as JSON and as Markdown, and Lemmy."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from threads.comment import Comment, Page
from threads.errors import InputError
from threads.formats import FORMATS, discourse, discourse_markdown, lemmy


@pytest.fixture
def read(tmp_path):
    def read(expected, content, name="topic.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        head, known = path.read_bytes(), (*FORMATS, discourse, discourse_markdown, lemmy)
        assert max(known, key=lambda each: each.sniff(head, path)).name == expected.name
        return list(expected.read(path))

    return read


def comments(records):
    return [record for record in records if isinstance(record, Comment)]


def post(number, answered=None, **more):
    return {
        "id": 1000 + number,
        "post_number": number,
        "topic_id": 7,
        "username": "ada",
        "name": "Ada A.",
        "user_id": 3,
        "created_at": "2021-03-04T05:06:07.000Z",
        "updated_at": "2021-03-05T05:06:07.000Z",
        "version": 1,
        "cooked": f"<p>post {number}</p>",
        "reply_to_post_number": answered,
        "post_type": 1,
        "actions_summary": [{"id": 2, "count": 4}],
        "reply_to_user": {"username": "bo"} if answered else None,
    } | more


def test_a_topic(read):
    quote = '<aside class="quote"><blockquote><p>old</p></blockquote></aside><p>new</p>'
    topic = {
        "id": 7,
        "title": "Knots",
        "post_stream": {
            "posts": [post(1), post(2), post(3, 2, cooked=quote, version=2), post(4, post_type=3)]
        },
    }
    page, *found = read(discourse, topic)
    assert page == Page(thread_id="7", title="Knots")
    assert [(c.native_id, c.parent_native_id) for c in found] == [
        ("7/1", None),
        ("7/2", None),
        ("7/3", "7/2"),
    ]
    first, _, third = found
    assert (first.text, first.author, first.author_id, first.likes) == ("post 1", "ada", "3", 4)
    assert first.edited is None
    assert (third.text, third.reply_to) == ("> old\n\nnew", "bo")
    assert third.edited == datetime(2021, 3, 5, 5, 6, 7, tzinfo=UTC)


def test_the_newest_posts_of_a_forum_are_of_many_topics(read):
    other = post(2, 1, topic_id=8, topic_title="Sails", actions_summary=[])
    found = read(discourse, {"latest_posts": [other, post(2, topic_title="Knots")]})
    assert [(p.thread_id, p.title) for p in found if isinstance(p, Page)] == [("8", "Sails"), ("7", "Knots")]
    assert [(c.native_id, c.likes) for c in comments(found)] == [("8/2", 0), ("7/2", 4)]


def test_posts_that_are_gone_stay_without_their_text(read):
    gone = [post(1, user_deleted=True), post(2, deleted_at="2021-03-05"), post(3, cooked_hidden=True)]
    found = comments(read(discourse, {"post_stream": {"posts": gone}, "id": 7}))
    assert [(c.text, c.deleted) for c in found] == [("", "deleted"), ("", "removed"), ("", "removed")]


MARKDOWN = """---
topic_id: 7
title: "Knots Again"
url: https://forum.example/t/7
---

# Knots, again

---

## Post #1 by @ada (2021-03-04 05:06 UTC)

<p>one</p>
<blockquote><p>old</p></blockquote>

---

## Post #2 by @bo-b (2021-03-04 05:07 UTC)

---
"""


def test_a_topic_in_markdown(read):
    page, one, two = read(discourse_markdown, MARKDOWN, "topic.md")
    assert page == Page(thread_id="7", title="Knots, again", url="https://forum.example/t/7")
    assert (one.native_id, one.author, one.text) == ("7/1", "ada", "one\n\n> old")
    assert (two.author, two.text, two.created) == ("bo-b", "", datetime(2021, 3, 4, 5, 7, tzinfo=UTC))


def test_markdown_without_a_post_is_refused(tmp_path):
    path = tmp_path / "topic.md"
    path.write_text("---\ntopic_id: 7\n---\n")
    with pytest.raises(InputError, match=r"topic\.md has no post under a heading"):
        list(discourse_markdown.read(path))


def view(number, path, **more):
    return {
        "comment": {
            "id": number,
            "creator_id": 5,
            "post_id": 9,
            "content": f"text *{number}*",
            "path": path,
            "published": "2021-03-04T05:06:07.123456Z",
            "removed": False,
            "deleted": False,
            "ap_id": f"https://lemmy.example/comment/{number}",
        }
        | more,
        "creator": {"id": 5, "name": "ada", "actor_id": "https://lemmy.example/u/ada"},
        "post": {
            "id": 9,
            "name": "Knots",
            "body": "Which?",
            "community_id": 1,
            "ap_id": "https://lemmy.example/post/9",
        },
        "counts": {"score": 3, "upvotes": 4, "downvotes": 1},
    }


def test_lemmy(read):
    old = view(4, "", parent_id=2)
    del old["comment"]["path"]
    answer = {
        "comments": [
            view(1, "0.1"),
            view(2, "0.1.2"),
            view(3, "0.1.2.3", deleted=True),
            old,
            view(5, "0.5", removed=True),
        ]
    }
    page, *found = read(lemmy, answer)
    assert page == Page(thread_id="9", title="Knots", article="Which?", url="https://lemmy.example/post/9")
    assert [(c.native_id, c.parent_native_id, c.deleted) for c in found] == [
        ("1", None, None),
        ("2", "1", None),
        ("3", "2", "deleted"),
        ("4", "2", None),
        ("5", None, "removed"),
    ]
    assert (found[0].likes, found[0].author_id) == (3, "https://lemmy.example/u/ada")
    assert found[2].text == ""


def test_the_first_major_version_of_lemmy(read):
    """It counts in the comment itself, and calls what was an actor's address as that of a comment."""
    answer = view(
        2, "0.1.2", published_at="2025-03-04T05:06:07Z", updated_at="2025-03-05T05:06:07Z", score=-1
    )
    del answer["counts"], answer["comment"]["published"]
    answer["creator"] = {"id": 5, "name": "ada", "ap_id": "https://lemmy.example/u/ada"}
    _, one = read(lemmy, {"comments": [answer], "next_page": None})
    assert (one.likes, one.author_id, one.created.year) == (-1, "https://lemmy.example/u/ada", 2025)
    assert (one.edited.day, one.parent_native_id) == (5, "1")
