"""Disqus: the XML export, and JSON in its several shapes."""

from __future__ import annotations

import json

import pytest

from threads.comment import Comment, Page, Reject
from threads.errors import InputError
from threads.files import decode
from threads.formats import disqus_json, disqus_xml

EXPORT = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<category dsq:id="9"><forum>tides</forum></category>
<thread dsq:id="70"><id>/tides</id><link>https://example.org/tides/</link><title>On &amp; off</title>
  <message>&lt;p&gt;The sea.&lt;/p&gt;</message></thread>
<thread dsq:id="71"><link>https://example.org/unread/</link><title>Nobody answered</title></thread>
<post dsq:id="1"><message><![CDATA[<p>One &amp; two.</p><p>Three.</p>]]></message>
  <createdAt>2021-03-04T05:06:07Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>
  <author><email>hidden@example.org</email><name>Ada Vries</name><username>ada_v</username></author>
  <ipAddress>192.0.2.7</ipAddress><thread dsq:id="70"/></post>
<post dsq:id="2"><message><![CDATA[<blockquote>One</blockquote><p>No.</p>]]></message>
  <createdAt>2021-03-04T06:06:07Z</createdAt><author><name>Ben</name></author>
  <thread dsq:id="70"/><parent dsq:id="1"/></post>
<post dsq:id="3"><message>gone</message><isDeleted>true</isDeleted><author><name>Cleo</name></author>
  <thread dsq:id="70"/><parent dsq:id="2"/></post>
<post dsq:id="4"><message>buy</message><isSpam>true</isSpam><thread dsq:id="99"/></post>
<post><message>without an id</message><thread dsq:id="70"/></post>
<post dsq:id="6"><message>cut
"""


@pytest.fixture
def read(tmp_path):
    def read(form, content, name):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        assert form.sniff(decode.read_head(path), path) == 0.99
        return list(form.read(path))

    return read


def test_an_export(read):
    page, one, two, three, four, five, cut = read(disqus_xml, EXPORT, "site.xml")
    assert page == Page(
        thread_id="70", title="On & off", article="The sea.", url="https://example.org/tides/"
    )
    assert (one.text, one.author, one.author_id) == ("One & two.\n\nThree.", "Ada Vries", "ada_v")
    assert one.url == "https://example.org/tides/#comment-1"
    assert one.created.isoformat() == "2021-03-04T05:06:07+00:00"
    assert (two.text, two.parent_native_id) == ("> One\n\nNo.", "1")
    assert (three.text, three.deleted, three.author, three.parent_native_id) == ("", "deleted", "Cleo", "2")
    assert (four.text, four.deleted, four.thread_id, four.author) == ("", "removed", "99", None)
    assert (five.native_id, five.text, five.position) == (None, "without an id", 4)
    assert isinstance(cut, Reject)
    assert cut.line == 19


def test_an_export_is_read_from_a_stream_of_a_packed_file(tmp_path):
    import gzip

    (tmp_path / "site.xml.gz").write_bytes(gzip.compress(EXPORT.encode()))
    path = tmp_path / "site.xml.gz"
    assert disqus_xml.sniff(decode.read_head(path), path) == 0.99
    assert sum(isinstance(each, Comment) for each in disqus_xml.read(path)) == 5


def post(number, parent=None, **more):
    return {
        "id": str(number), "parent": parent, "thread": "70", "forum": "tides",
        "createdAt": "2021-03-04T05:06:07",
        "message": "<p>One &amp; two.</p>", "raw_message": "One & two.", "isSpam": False, "isDeleted": False,
        "likes": 3, "dislikes": 1, "author": {"name": "Ada Vries", "username": "ada_v", "id": "5"},
    } | more  # fmt: skip


THREAD = {"id": "70", "title": "On tides", "clean_title": "On tides", "link": "https://example.org/tides/"}
POSTS = [post(1), post(2, 1, isDeleted=True), post(3, 2, points=9, likes=None)]


@pytest.mark.parametrize(
    "content",
    [
        {"cursor": {}, "code": 0, "response": POSTS},
        [{"code": 0, "response": POSTS[:1]}, {"code": 0, "response": POSTS[1:]}],
        POSTS,
        {"code": 0, "response": {"posts": POSTS, "thread": THREAD}, "order": "popular"},
        "\n".join(json.dumps(each) for each in POSTS),
        [{**each, "thread": THREAD} for each in POSTS],
    ],
)
def test_json(read, content):
    found = read(disqus_json, content, "posts.json")
    one, two, three = (each for each in found if isinstance(each, Comment))
    assert (one.text, one.author, one.author_id, one.likes) == ("One & two.", "Ada Vries", "ada_v", 2)
    assert (two.text, two.deleted, two.parent_native_id) == ("", "deleted", "1")
    assert (three.parent_native_id, three.likes, three.thread_id) == ("2", 9, "70")
    pages = [each for each in found if isinstance(each, Page)]
    assert pages in ([], [Page(thread_id="70", title="On tides", url="https://example.org/tides/")])
    assert found[: len(pages)] == pages


@pytest.mark.parametrize(("key", "wrap"), [("@dsq:id", lambda x: x), ("dsq:id", lambda x: [x])])
def test_the_export_turned_into_json(read, key, wrap):
    def reference(number):
        return {key: number} if key.startswith("@") else [{"$": {key: number}}]

    row = reference("4") if key.startswith("@") else reference("4")[0]
    row |= {"message": wrap("<p>Hello.</p>"), "createdAt": wrap("2021-03-04T05:06:07Z"),
            "isDeleted": wrap("false"), "author": wrap({"name": wrap("Ada")}), "thread": reference("2"),
            "parent": reference("3")}  # fmt: skip
    (found,) = read(disqus_json, {"disqus": {"post": [row]}}, "site.json")
    assert (found.native_id, found.parent_native_id, found.thread_id) == ("4", "3", "2")
    assert (found.text, found.author, found.deleted) == ("Hello.", "Ada", None)


def test_json_without_posts_is_refused(tmp_path):
    (tmp_path / "x.json").write_text(json.dumps({"response": [THREAD]}))
    with pytest.raises(InputError, match="holds no posts of Disqus"):
        list(disqus_json.read(tmp_path / "x.json"))


def test_who_took_a_post_away(read):
    posts = [
        post(1, isDeleted=True, isDeletedByAuthor=True),
        post(2, 1, isDeleted=True, isDeletedByAuthor=False),
        post(3, isDeletedByAuthor=True),
        post(4, isDeleted=True, message=None, raw_message=None),
    ]
    found = [each for each in read(disqus_json, {"response": posts}, "a.json") if isinstance(each, Comment)]
    assert [each.deleted for each in found] == ["deleted", "removed", "deleted", "deleted"]
    assert {each.text for each in found} == {""}
