"""Hacker News: Algolia's tree and hits, Firebase's items."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from threads.comment import Comment, Page
from threads.formats import FORMATS, hackernews


@pytest.fixture
def read(tmp_path):
    def read(content, name="item.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        head = path.read_bytes()
        assert max((*FORMATS, hackernews), key=lambda each: each.sniff(head, path)).name == "hackernews"
        return list(hackernews.read(path))

    return read


def links(records):
    return [(r.thread_id, r.native_id, r.parent_native_id) for r in records if isinstance(r, Comment)]


def algolia(number, above, text, *children, **more):
    return {
        "id": number, "created_at": "2021-03-04T05:06:07.000Z", "created_at_i": 1614834367, "type": "comment",
        "author": "ada", "title": None, "url": None, "text": text, "points": None, "parent_id": above,
        "story_id": 1, "children": list(children), "options": [],
    } | more  # fmt: skip


STORY = algolia(
    1, None, "<p>What do you read?", algolia(2, 1, "one<p>&gt; quoted<p>two", algolia(3, 2, "three")),
    algolia(4, 1, None, algolia(5, 4, "five"), author=None),
    type="story", title="Ask: books", points=12, url="https://example.org/books",
)  # fmt: skip


def test_algolias_tree(read):
    page, *comments = read(STORY)
    assert page == Page(
        thread_id="1", title="Ask: books", article="What do you read?", url="https://example.org/books"
    )
    assert links(comments) == [("1", "2", None), ("1", "3", "2"), ("1", "4", None), ("1", "5", "4")]
    first = comments[0]
    assert (first.text, first.author) == ("one\n\n> quoted\n\ntwo", "ada")
    assert first.created == datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert [comment.deleted for comment in comments] == [None, None, "deleted", None]


def test_a_branch_stands_under_its_story(read):
    assert links(read(STORY["children"][0])) == [("1", "2", None), ("1", "3", "2")]


def test_algolias_hits(read):
    hit = {
        "objectID": "7", "author": "bo", "comment_text": "hm", "story_id": 1, "story_title": "Ask: books",
        "parent_id": 1, "created_at_i": 1614834367, "_tags": ["comment", "author_bo", "story_1"],
    }  # fmt: skip
    (comment,) = read({"hits": [hit, {**hit, "objectID": 8, "parent_id": 7}]})[:1]
    assert (comment.thread_id, comment.native_id, comment.title) == ("1", "7", "Ask: books")


FIREBASE = [
    {"by": "ada", "id": 20, "kids": [21, 22], "score": 3, "time": 1614834367, "title": "T", "type": "story"},
    {
        "by": "bo",
        "id": 21,
        "kids": [23],
        "parent": 20,
        "text": "a &amp; b",
        "time": 1614834368,
        "type": "comment",
    },
    {"deleted": True, "id": 22, "parent": 20, "time": 1614834369, "type": "comment"},
    {"by": "cy", "id": 23, "parent": 21, "text": "hm", "time": 1614834370, "type": "comment"},
    {"by": "di", "dead": True, "id": 24, "parent": 23, "time": 1614834370, "type": "comment"},
]


def test_firebase_items(read):
    page, *comments = read(FIREBASE)
    assert (page.thread_id, page.title) == ("20", "T")
    assert links(comments) == [("20", "21", None), ("20", "22", None), ("20", "23", "21"), ("20", "24", "23")]
    assert [comment.deleted for comment in comments] == [None, "deleted", None, "removed"]
    assert comments[0].text == "a & b"


def test_firebase_items_by_line_without_their_story(read):
    found = read("\n".join(json.dumps(item) for item in FIREBASE[1:]), "items.jsonl")
    assert links(found)[:3] == [("20", "21", None), ("20", "22", None), ("20", "23", "21")]


def test_items_of_no_kind_are_left_out(read):
    odd = [{"type": "pollopt", "id": 30, "by": "ada", "time": 1614834367}, None, 5, {"type": "comment"}]
    assert links(read([*FIREBASE[:2], *odd])) == [("20", "21", None)]
