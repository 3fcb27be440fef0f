"""YouTube in four shapes: the Data API, two scrapers, and an interface that resells comments."""

from __future__ import annotations

import json

import pytest

from threads.comment import Comment, Page, Reject
from threads.formats import FORMATS, youtube_api, youtube_downloader, youtube_rapidapi, ytdlp

OURS = (youtube_api, youtube_downloader, youtube_rapidapi, ytdlp)


@pytest.fixture
def read(tmp_path):
    def read(expected, content, name="video.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        head = path.read_bytes()
        assert max((*FORMATS, *OURS), key=lambda each: each.sniff(head, path)).name == expected.name
        return list(expected.read(path))

    return read


def comments(records):
    return [record for record in records if isinstance(record, Comment)]


def snippet(text, **more):
    return {
        "videoId": "v1",
        "textDisplay": f"<b>{text}</b>",
        "textOriginal": text,
        "authorDisplayName": "Ada",
        "authorChannelId": {"value": "UC1"},
        "likeCount": 2,
        "publishedAt": "2021-03-04T05:06:07Z",
        "updatedAt": "2021-03-04T05:06:07Z",
    } | more


def api_thread(number, *replies, told=0):
    first = {"kind": "youtube#comment", "id": number, "snippet": snippet(f"text {number}")}
    return {
        "kind": "youtube#commentThread",
        "id": number,
        "snippet": {"videoId": "v1", "topLevelComment": first, "totalReplyCount": told},
        "replies": {"comments": list(replies)},
    }


def reply(number, parent, **more):
    return {"kind": "youtube#comment", "id": number, "snippet": snippet("hm", parentId=parent, **more)}


def test_the_data_api(read):
    answer = {
        "kind": "youtube#commentThreadListResponse",
        "items": [
            api_thread("A", reply("A.1", "A", updatedAt="2021-03-05T00:00:00Z"), told=4),
            api_thread("B"),
        ],
    }
    found = read(youtube_api, [answer, {"kind": "youtube#commentListResponse", "items": [reply("B.9", "B")]}])
    assert [(c.native_id, c.parent_native_id) for c in comments(found)] == [
        ("A", None),
        ("A.1", "A"),
        ("B", None),
        ("B.9", "B"),
    ]
    first, second = comments(found)[:2]
    assert (first.text, first.author, first.author_id, first.likes) == ("text A", "Ada", "UC1", 2)
    assert first.edited is None
    assert second.edited is not None
    assert found[-1] == Reject(line=None, reason="3 replies were not saved with the comments.")


def test_the_data_api_with_its_video_and_without_plain_text(read):
    video = {"kind": "youtube#video", "id": "v1", "snippet": {"title": "Talk", "description": "About"}}
    bare = {
        "kind": "youtube#comment",
        "id": "A",
        "snippet": {"videoId": "v1", "textDisplay": "a<br>b &amp; c"},
    }
    page, comment = read(youtube_api, {"items": [video, bare]})
    assert page == Page(thread_id="v1", title="Talk", article="About")
    assert (comment.text, comment.thread_id, comment.author) == ("a\nb & c", "v1", None)


def downloaded(cid, **more):
    return {
        "cid": cid,
        "text": "hm",
        "time": "2 years ago (edited)",
        "author": "@bo",
        "channel": "UC2",
        "votes": "1.2K",
        "photo": "",
        "heart": False,
        "reply": "." in cid,
        "time_parsed": 1614834367.5,
    } | more


def test_youtube_comment_downloader(read):
    lines = "\n".join(json.dumps(downloaded(cid)) for cid in ("Ugx", "Ugx.9z", "Ugy"))
    found = read(youtube_downloader, lines, "v1.jsonl")
    assert [(c.native_id, c.parent_native_id) for c in found] == [
        ("Ugx", None),
        ("Ugx.9z", "Ugx"),
        ("Ugy", None),
    ]
    assert (found[0].thread_id, found[0].likes, found[0].created_text) == ("v1", 1200, "2 years ago (edited)")
    assert found == read(
        youtube_downloader, {"comments": [downloaded(c) for c in ("Ugx", "Ugx.9z", "Ugy")]}, "v1.json"
    )


def test_ytdlp(read):
    video = {
        "id": "v1",
        "title": "Talk",
        "formats": [{"format_id": "18"}],
        "description": "About",
        "webpage_url": "https://video.example/watch?v=v1",
        "extractor": "youtube",
        "comments": [
            {
                "id": "A",
                "parent": "root",
                "text": "one",
                "author": "@ada",
                "author_id": "UC1",
                "like_count": 3,
                "timestamp": 1614834367,
                "_time_text": "2 years ago",
            },
            {"id": "A.1", "parent": "A", "text": "two", "author": None},
        ],
    }
    page, one, two = read(ytdlp, video, "Talk [v1].info.json")
    assert (page.title, page.article, page.url) == ("Talk", "About", "https://video.example/watch?v=v1")
    assert (one.parent_native_id, two.parent_native_id) == (None, "A")
    assert (one.likes, one.author_id, one.created_text) == (3, "UC1", "2 years ago")


def test_ytdlp_of_sites_that_number_comments_and_count_dislikes(read):
    one = {
        "id": 5,
        "parent": 0,
        "html": "<p>a &amp; b</p>",
        "like_count": 3,
        "dislike_count": 5,
        "author_id": 7,
    }
    video = {"id": "v1", "title": "Talk", "extractor": "other", "webpage_url": "https://video.example/v1"}
    _, first, second = read(ytdlp, video | {"comments": [one, one | {"id": 6, "parent": 5}, None]})
    assert (first.parent_native_id, first.text, first.likes) == (None, "a & b", -2)
    assert (second.parent_native_id, second.author_id) == ("5", "7")
    (page,) = read(ytdlp, video | {"comments": None})
    assert page.thread_id == "v1"


def test_the_first_versions_of_youtube_comment_downloader(read):
    rows = [{"cid": cid, "text": "hm", "time": "1 year ago", "author": "Bo"} for cid in ("Ugx", "Ugx.9z")]
    _, answer = read(youtube_downloader, "\n".join(map(json.dumps, rows)), "v1.json")
    assert (answer.parent_native_id, answer.author, answer.author_id, answer.likes) == (
        "Ugx",
        "Bo",
        None,
        None,
    )


def test_ytdlp_without_comments_gives_the_page(read):
    (page,) = read(ytdlp, {"id": "v1", "title": "Talk", "formats": [{"format_id": "18"}]}, "v1.info.json")
    assert page.title == "Talk"


def test_rapidapi_inside_of_a_script(read):
    text = """export const all = { status: "success", comments: [ {
        "commentId": "A", content: "one", author: {channelId: 'UC1', "title": "@ada"},
        publishedTimeText: "1 year ago", stats: {votes: 7, replies: 2}, }, ] };"""
    comment, missing = read(youtube_rapidapi, text, "comments.ts")
    assert (comment.text, comment.author, comment.likes, comment.created) == ("one", "@ada", 7, None)
    assert missing.reason == "2 replies were not saved with the comments."
