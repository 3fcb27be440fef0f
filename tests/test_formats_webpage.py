"""The format of saved web pages: which files are one, in which encoding, and what is done about damage."""

# ruff: noqa: E501 -- markup as it is written

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from threads.comment import Comment, Page
from threads.errors import InputError
from threads.files import decode
from threads.formats import FORMATS, webpage
from threads.webpage import parse_page, read_document

REAL = Path(__file__).parents[2] / "shared" / "fixtures"
PAGES = sorted(
    path for path in REAL.glob("*_html/*") if path.suffix in {".html", ".md"} and path.stem != "README"
)
COMMENT = '<li class="comment depth-1" id="comment-1"><b class="fn">{}</b><time datetime="2020-01-01">x</time><p>{}</p></li>'


def claims(head: bytes, name: str) -> dict[str, float]:
    path = Path(name)
    formats = {each.name: each for each in (*FORMATS, webpage)}
    return {name: each.sniff(head, path) for name, each in formats.items()}


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"<!DOCTYPE html><html><body>x", "a.html"),
        (b"\xef\xbb\xbf\n<!-- saved from url=(0020)http://x.example/ -->\n<HTML lang=de>", "a.txt"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="y">', "page"),
        (b"<div><p>A piece of a page</p></div>", "a.htm"),
        (b'---\ntitle: x\n---\n\n<ol class="comment-list"><li>', "a.md"),
        ("<!doctype html><p>x".encode("utf-16"), "a.html"),
    ],
)
def test_pages_are_known(head, name):
    found = claims(head, name)
    assert found["webpage"] > 0
    assert max(found, key=found.__getitem__) == "webpage"


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b'<?xml version="1.0"?><disqus xmlns="x"><thread>', "a.xml"),
        (b'<?xml version="1.0"?>\n<!-- made by -->\n<rss version="2.0">', "a.html"),
        (b'{"html": "<!doctype html><html>"}', "a.json"),
        (b"author,text\nAnn,<p>Hello</p>\n", "a.csv"),
        (b"Ann\n3 hours ago\nI like <b>this</b>.\n", "a.txt"),
        (b"From ann@x.example Mon Jan  1\nSubject: <html>\n", "a.mbox"),
        (b"\x89PNG<html>", "a.html"),
    ],
)
def test_what_is_no_page_is_left_to_others(head, name):
    assert webpage.sniff(head, Path(name)) == 0


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-15", "windows-1251", "shift_jis", "utf-16"])
def test_a_page_is_read_in_the_encoding_that_it_declares(tmp_path, encoding):
    word = {"windows-1251": "Привет", "shift_jis": "こんにちは"}.get(encoding, "Grüße")
    path = tmp_path / "page.html"
    page = f'<html><head><meta charset="{encoding}"></head><ol>{COMMENT.format("Ann", word)}</ol>'
    path.write_bytes(page.encode(encoding))
    assert [c.text for c in webpage.read(path) if isinstance(c, Comment)] == [word]


def test_a_page_of_no_known_encoding_is_read_all_the_same(tmp_path):
    path = tmp_path / "page.html"
    page = f'<meta charset="klingon"><ol>{COMMENT.format("Ann", "Grüße")}</ol>'
    path.write_bytes(page.encode("cp1252"))
    assert [c.text for c in webpage.read(path) if isinstance(c, Comment)] == ["Grüße"]


def test_a_page_without_an_element_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<!-- nothing -->")
    with pytest.raises(InputError, match=r"page\.html is no page: there is no element in it\.$"):
        list(webpage.read(path))


def test_no_entity_is_expanded(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("swordfish")
    path = tmp_path / "page.html"
    doctype = f'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "{secret.as_uri()}">]>'
    path.write_text(f"{doctype}<ol>{COMMENT.format('Ann', '&b; &f; end')}</ol>")
    (found,) = [c.text for c in webpage.read(path) if isinstance(c, Comment)]
    assert "swordfish" not in found
    assert "aaaaaaaaaa" not in found
    assert found.endswith("end")


WORDS = st.sampled_from(
    ["<div class=comment id=comment-1>", "<li class='comment depth-2' id=c>", "</div>", "</li>", "<p>", "text", "<b class=fn>", "Ann",
     "</b>", "<time datetime=2020-01-01>", "<time datetime='\ud800'>", "</time>", "<blockquote>", "&amp;", "&#0;", "<td class=ind><img width=99999999999>",
     "<tr class=comtr id=1>", "<article class=reply id=reply_2 data-parentid=2>", "<script type=application/ld+json>[{\"@type\":\"Comment\",\"text\":1}]</script>",
     "<div class=comment style='margin-left:1e999px'>", "<dt class=comment id=comment-9>", "<dd>", "<a href='http://[x#comment-3' class=parent-link>", "<!--", "-->", "\x00",
     "<span class=score>99999999999999999999</span>", "<shreddit-comment thingid=t1_a parentid=t1_a author=[deleted] created=9e99>", "[deleted]"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=40).map(" ".join))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_soup_of_tags_is_read(soup):
    document = parse_page(soup)
    if document is None:
        return
    page, *found = read_document(document, "t")
    assert isinstance(page, Page)
    ids = [c.native_id for c in found if isinstance(c, Comment) and c.native_id]
    assert len(ids) == len(set(ids))
    assert all(
        c.parent_native_id != c.native_id or c.native_id is None for c in found if isinstance(c, Comment)
    )


@pytest.mark.skipif(not PAGES, reason="the real pages lie outside the project")
@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem[:40]}")
def test_real_pages(path):
    head = decode.read_head(path)
    if not webpage.sniff(head, path):
        assert path.suffix == ".md"
        assert b"<li" not in head
        return
    found = [record for record in webpage.read(path) if isinstance(record, Comment)]
    assert bool(found) == ("gizmeo" not in path.name)  # the one without: its comments are in a frame
    ids = {c.native_id for c in found}
    assert all(c.parent_native_id in ids for c in found if c.parent_native_id)
    if path.parent.name != "reddit_html":  # where the page says "[deleted]"
        assert all(c.author for c in found)
    assert all(c.created or c.created_text for c in found)
