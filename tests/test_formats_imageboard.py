"""Imageboards: the dialects, and the links that a post makes to others."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from threads.comment import Comment
from threads.formats import FORMATS, imageboard


@pytest.fixture
def read(tmp_path):
    def read(content, name="thread.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        head = path.read_bytes()
        assert max((*FORMATS, imageboard), key=lambda each: each.sniff(head, path)).name == "imageboard"
        return list(imageboard.read(path))

    return read


def link(number):
    return f'<a href="#p{number}" class="quotelink">&gt;&gt;{number}</a><br>'


def post(number, text, above=100, **more):
    return {"no": number, "resto": above, "com": text, "time": 1614834367, "name": "Anonymous"} | more


def posts(records):
    return [record for record in records if isinstance(record, Comment)]


THREAD = {
    "posts": [
        post(100, "opening", 0, sub="Boats &amp; knots", id="ab12"),
        post(101, f"{link(100)}{link(99)}<span class='quote'>&gt;opening</span><br>yes"),
        post(102, f"{link(101)}one{link(100)}two{link(101)}three{link(102)}", trip="!tr1p", name="Bo"),
        post(103, "no link"),
        post(104, f"{link(103)}{link(150)}"),
        post(105, f"{link(150)}gone"),
        post(106, "&gt;&gt;&gt;/b/100 elsewhere"),
    ]
}


def test_every_link_counts_and_the_first_is_the_parent(read):
    page, *found = read(THREAD)
    assert (page.thread_id, page.title) == ("100", "Boats & knots")
    assert [(c.native_id, c.parent_native_id, c.reply_to_all) for c in found] == [
        ("100", None, ()),
        ("101", "100", ("100",)),
        ("102", "101", ("101", "100")),
        ("103", None, ()),
        ("104", "103", ("103",)),
        ("105", "150", ("150",)),
        ("106", None, ()),
    ]
    assert found[1].text == ">>100\n>>99\n>opening\nyes"
    assert [c.author_id for c in found[:3]] == ["ab12", None, "!tr1p"]
    assert found[0].created == datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)


def test_a_board_and_a_catalogue(read):
    board = {"threads": [THREAD, {"posts": [post(200, "other", 0)]}]}
    assert [c.thread_id for c in posts(read(board))] == ["100"] * 7 + ["200"]
    catalogue = [{"page": 1, "threads": [post(100, "opening", 0, last_replies=[post(101, link(100))])]}]
    assert [(c.native_id, c.parent_native_id) for c in posts(read(catalogue))] == [
        ("100", None),
        ("101", "100"),
    ]


def test_a_thread_saved_twice_is_read_once(read):
    later = {"posts": [*THREAD["posts"], post(107, link(106))]}
    found = read(f"{json.dumps(THREAD)}\n{json.dumps(later)}\n", "saved.jsonl")
    assert [c.position for c in posts(found)] == list(range(8))


def test_jschan(read):
    def written(number, text, **more):
        return {
            "postId": number,
            "nomarkup": text,
            "message": "<b>x</b>",
            "board": "pol",
            "thread": 10,
            "date": "2021-03-04T05:06:07Z",
            "name": "bo",
            "tripcode": None,
            "subject": "",
        } | more

    edited = {"username": "mod", "date": "2021-03-05T00:00:00Z"}
    opening = written(
        10, "hi\r\nthere", subject="Knots", thread=None, replies=[written(11, ">>10\r\nyes", edited=edited)]
    )
    page, first, second = read(opening)
    assert (page.title, first.text, second.parent_native_id) == ("Knots", "hi\nthere", "10")
    assert second.edited == datetime(2021, 3, 5, tzinfo=UTC)


def test_lynxchan_makaba_and_an_archive(read):
    lynx = {
        "boardUri": "b",
        "threadId": 10,
        "message": "hi",
        "creation": "2021-03-04T05:06:07Z",
        "posts": [{"postId": 11, "message": ">>10 yes", "markdown": "", "creation": "2021-03-04T05:06:08Z"}],
    }
    makaba = {
        "threads": [
            {
                "posts": [
                    {"num": 10, "parent": 0, "comment": "hi", "timestamp": 1614834367},
                    {
                        "num": "11",
                        "parent": 10,
                        "comment": '<a href="#10">&gt;&gt;10</a><br>yes',
                        "timestamp": 1614834367,
                    },
                ]
            }
        ]
    }
    archive = {
        "10": {
            "op": {
                "num": "10",
                "thread_num": "10",
                "comment": "hi",
                "comment_processed": "hi",
                "timestamp": 1,
            },
            "posts": {
                "11": {
                    "num": "11",
                    "thread_num": "10",
                    "comment": ">>10\nyes",
                    "comment_processed": "",
                    "timestamp": 1614834367,
                }
            },
        }
    }
    for content in (lynx, makaba, archive):
        found = posts(read(content))
        assert [(c.thread_id, c.native_id, c.parent_native_id) for c in found] == [
            ("10", "10", None),
            ("10", "11", "10"),
        ]


def test_the_tree_of_the_imageboard_package_in_a_script(read):
    text = """export default { "id": 10, boardId: 'v', title: "Knots", comments: [
      { id: 10, createdAt: new Date("2021-03-04T05:06:07Z"), content: [["hi", "\\n", "there"], ["you"]] },
      { id: 11, createdAt: new Date("2021-03-04T05:06:08Z"), inReplyToIds: [10],
        content: [[{type: "post-link", content: [{type: "quote", block: true, content: "hi"}]},
          "\\n", "yes"]] },
    ]}"""
    page, first, second = read(text, "output.js")
    assert (page.title, first.text) == ("Knots", "hi\nthere\n\nyou")
    assert (second.parent_native_id, second.text) == ("10", "> hi\nyes")


def test_posts_may_lack_anything(read):
    odd = {
        "posts": [
            post(None, None),
            post("0", 5, name=None, time="x"),
            None,
            {"no": {}, "resto": []},
            post(7, "x"),
        ]
    }
    assert [c.text for c in posts(read(odd))][-1] == "x"
