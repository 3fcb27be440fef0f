"""Commento, Isso, Remark42 and Coral: what their exports and their interfaces give."""

from __future__ import annotations

import json

import pytest

from threads.comment import Comment, Page, Reject
from threads.errors import InputError
from threads.files import decode
from threads.formats import commento, coral, isso, remark42


@pytest.fixture
def read(tmp_path):
    def read(form, content, name="export.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        assert form.sniff(decode.read_head(path), path) == 0.99
        return list(form.read(path))

    return read


def outline(records):
    return [(r.native_id, r.parent_native_id, r.text) for r in records if isinstance(r, Comment)]


def test_commento(read):
    def row(number, parent="root", **more):
        return {
            "commentHex": f"c{number}", "domain": "example.org", "url": "/tides", "commenterHex": "p1",
            "markdown": "*One*\n\n> two", "html": "", "parentHex": parent, "score": number,
            "state": "approved", "creationDate": "2021-03-12T11:21:56.25Z", "deleted": False,
        } | more  # fmt: skip

    people = [{"commenterHex": "p1", "email": "hidden@example.org", "name": "Ada", "joinDate": "2021"}]
    rows = [
        row(1),
        row(2, "c1", commenterHex="anonymous", deleted=True),
        "broken",
        row(3, "c2", path="/x", url=None),
    ]
    page, one, two, broken, other, three = read(
        commento, {"version": 1, "comments": rows, "commenters": people}
    )
    assert page == Page(thread_id="example.org/tides")
    assert (one.text, one.author, one.author_id, one.likes) == ("*One*\n\n> two", "Ada", "p1", 1)
    assert one.created.microsecond == 250_000
    assert (two.text, two.deleted, two.author, two.author_id, two.parent_native_id) == (
        "", "deleted", None, None, "c1",
    )  # fmt: skip
    assert isinstance(broken, Reject)
    assert other.thread_id == three.thread_id == "example.org/x"


REMARK = {
    "id": "a", "pid": "", "text": "<blockquote><p>They lie.</p></blockquote><p>No.</p>",
    "orig": "> They lie.",
    "user": {"name": "Ada", "id": "github_1", "picture": "", "ip": "x", "admin": False},
    "locator": {"site": "s", "url": "https://example.org/tides"}, "score": -2, "votes": {},
    "time": "2017-12-25T19:46:01.5-06:00", "title": "On tides",
}  # fmt: skip
REPLY = REMARK | {
    "id": "b",
    "pid": "a",
    "text": "<p>x</p>",
    "edit": {"time": "2017-12-26T00:00:00Z", "summary": ""},
}
GONE = REMARK | {"id": "c", "pid": "b", "delete": True, "text": "",
                 "user": {"name": "deleted", "id": "deleted"},
                 "time": "0001-01-01T00:00:00Z"}  # fmt: skip
HEADER = {"version": 1, "users": [{"id": "github_1"}], "posts": [{"url": "https://example.org/tides"}]}


@pytest.mark.parametrize(
    "content",
    [
        "\n".join(json.dumps(each) for each in (HEADER, REMARK, REPLY, GONE)),
        {"comments": [REMARK, REPLY, GONE], "info": {"count": 3}},
        [REMARK, REPLY, GONE],
        json.dumps(
            {
                "comments": [
                    {"comment": REMARK, "replies": [{"comment": REPLY, "replies": [{"comment": GONE}]}]}
                ]
            },
            indent=2,
        ),
    ],
)
def test_remark42(read, content):
    page, one, two, three = read(remark42, content)
    assert page == Page(
        thread_id="https://example.org/tides", title="On tides", url="https://example.org/tides"
    )
    assert (one.text, one.author, one.author_id, one.likes) == (
        "> They lie.\n\nNo.",
        "Ada",
        "github_1",
        -2,
    )
    assert one.created.isoformat() == "2017-12-26T01:46:01.500000+00:00"
    assert (two.parent_native_id, two.edited.isoformat()) == ("a", "2017-12-26T00:00:00+00:00")
    assert (three.deleted, three.author, three.author_id, three.created, three.created_text) == (
        "deleted", None, None, None, None,
    )  # fmt: skip


def test_a_backup_of_which_a_line_is_broken(read):
    found = read(
        remark42, "\n".join([json.dumps(HEADER), json.dumps(REMARK), '{"id": "b', "7", json.dumps(GONE)])
    )
    assert [each.line for each in found if isinstance(each, Reject)] == [3, 4]
    assert [each[0] for each in outline(found)] == ["a", "c"]


def test_remark42_far_deeper_than_python_recurses(read):
    node = '{"comment": {"id": "%d", "pid": "", "text": "x", "locator": {"url": "u"}}, "replies": ['
    text = '{"comments": [' + "".join(node % n for n in range(5_000)) + "]}" * 5_000 + "]}"
    found = outline(read(remark42, text))
    assert found[4_999][:2] == ("4999", "4998")


def test_isso_generic(read):
    def row(number, **more):
        return {"id": number, "author": "Ada", "email": "", "website": "", "remote_addr": "192.0.2.1",
                "created": "2005-02-24 04:03:37", "text": "a < b\nc"} | more  # fmt: skip

    threads = [
        {"id": "/one/", "title": "Tides+%26+floods", "comments": [row(0), row(1, parent=0)]},
        {"id": "/two/", "title": "Plain title", "comments": [row(0), None]},
    ]
    page, one, two, other, three, broken = read(isso, threads)
    assert page == Page(thread_id="/one/", title="Tides & floods", url="/one/")
    assert (one.native_id, one.text, one.created.year) == ("/one/#0", "a < b\nc", 2005)
    assert (two.native_id, two.parent_native_id) == ("/one/#1", "/one/#0")
    assert (other.title, three.native_id, type(broken)) == ("Plain title", "/two/#0", Reject)


def test_what_isso_answers(read):
    def row(number, parent, replies=(), **more):
        return {"id": number, "parent": parent, "text": "<p>a &amp; b</p>", "author": None, "website": None,
                "mode": 1, "created": 1393412345.5, "modified": None, "likes": 5, "dislikes": 2, "hash": "x",
                "total_replies": 0, "hidden_replies": 0, "replies": list(replies)} | more  # fmt: skip

    answer = {"id": None, "total_replies": 1, "hidden_replies": 4, "replies": [
        row(1, None, [row(2, 1, mode=4, modified=1393412400.0), row(3, None)])]}  # fmt: skip
    unread, one, two, three = read(isso, answer)
    assert isinstance(unread, Reject)
    assert unread.reason == "Replies were not saved with the page: 4."
    assert (one.text, one.likes, one.author, one.created.year) == ("a & b", 3, None, 2014)
    assert (two.text, two.deleted, two.parent_native_id, two.edited.year) == ("", "deleted", "1", 2014)
    assert three.parent_native_id == "1"


def test_rows_of_issos_database(read):
    row = {"tid": 3, "id": 8, "parent": None, "created": 1393412345.0, "modified": None, "mode": 1,
           "remote_addr": "192.0.2.0", "text": "*hello*", "author": "Ada", "likes": 0}  # fmt: skip
    one, two = read(isso, [row, row | {"id": 9, "parent": 8}])
    assert (one.thread_id, one.native_id, two.parent_native_id) == ("3", "8", "8")


TALK = {
    "_id": {"$oid": "5a"}, "id": "t1", "body": "first & <3", "asset_id": "story", "author_id": "u1",
    "parent_id": None,
    "status": "ACCEPTED", "body_history": [
        {"body": "frst", "created_at": {"$date": "2018-01-01T00:00:00Z"}},
        {"body": "first", "created_at": {"$date": "2018-01-02T00:00:00Z"}}],
    "created_at": {"$date": "2018-01-01T00:00:00.000Z"},
    "action_counts": {"like": 2, "respect": 1, "flag": 9},
}  # fmt: skip


def test_the_database_of_talk(read):
    rows = [TALK, TALK | {"id": "t2", "parent_id": "t1", "status": "REJECTED", "body_history": []}]
    one, two = read(coral, "\n".join(json.dumps(each) for each in rows))
    assert (one.native_id, one.thread_id, one.author, one.author_id, one.likes) == (
        "t1",
        "story",
        None,
        "u1",
        3,
    )
    assert (one.text, one.edited.day) == ("first & <3", 2)
    assert (two.text, two.deleted, two.parent_native_id, two.edited) == ("", "removed", "t1", None)


def test_the_database_of_coral(read):
    row = {
        "id": "c1", "storyID": "s1", "authorID": "u1", "parentID": None, "status": "APPROVED",
        "revisions": [{"id": "r1", "body": "one"}, {"id": "r2", "body": "<div>one</div><div>two</div>",
                      "createdAt": "2020-01-02T00:00:00Z", "actionCounts": {}}],
        "createdAt": "2020-01-01T00:00:00Z", "actionCounts": {"REACTION": 4}, "deletedAt": None,
    }  # fmt: skip
    one, two = read(coral, [row, row | {"id": "c2", "parentID": "c1", "deletedAt": "2020-02-02T00:00:00Z"}])
    assert (one.text, one.likes, one.thread_id, one.edited.day) == ("one\n\ntwo", 4, "s1", 2)
    assert (two.text, two.deleted, two.parent_native_id) == ("", "deleted", "c1")


def test_what_coral_answers(read):
    def node(number, *replies):
        return {"node": {"id": f"c{number}", "body": "<b>hi</b>", "author": {"id": "u", "username": "Ada"},
                "createdAt": "2020-01-01T00:00:00Z", "actionCounts": {"reaction": {"total": 2}},
                "replies": {"edges": list(replies)}}}  # fmt: skip

    story = {"id": "s1", "url": "https://example.org/tides", "metadata": {"title": "On tides"},
             "comments": {"edges": [node(1, node(2, node(3))), node(4)]}}  # fmt: skip
    page, *found = read(coral, {"data": {"story": story}})
    assert page == Page(thread_id="s1", title="On tides", url="https://example.org/tides")
    assert [each[:2] for each in outline(found)] == [("c1", None), ("c2", "c1"), ("c3", "c2"), ("c4", None)]
    assert {(each.thread_id, each.author, each.likes) for each in found} == {("s1", "Ada", 2)}


def test_coral_as_mongodb_writes_it_strictly_and_what_its_flat_view_answers(read):
    row = {
        "id": "c1", "storyID": "s1", "authorID": None, "status": "NONE",
        "revisions": [{"id": "r", "body": "one"}],
        "createdAt": {"$date": {"$numberLong": "1577836800000"}},
        "actionCounts": {"REACTION": {"$numberInt": "4"}},
    }  # fmt: skip
    (kept,) = read(coral, [row])
    assert (kept.likes, kept.created.year, kept.author_id) == (4, 2020, None)
    reply = {"id": "c2", "body": None, "deleted": True, "author": None, "parent": {"id": "c1"}}
    node = {"id": "c1", "body": "hi", "author": None, "allChildComments": {"edges": [{"node": reply}]}}
    story = {"id": "s1", "comments": {"edges": [{"node": node}]}}
    one, two = read(coral, {"data": {"story": story}})
    assert (one.native_id, two.parent_native_id, two.deleted, two.text) == ("c1", "c1", "deleted", "")


@pytest.mark.parametrize("form", [commento, isso, remark42, coral])
def test_a_file_that_breaks_off_is_refused_with_line_and_column(tmp_path, form):
    path = tmp_path / "export.json"
    path.write_text('{"comments": [\n{"id": 1, "te')
    with pytest.raises(InputError, match=r"is not whole JSON at line 2, column \d+ .*: export it again\.$"):
        list(form.read(path))
