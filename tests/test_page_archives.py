"""Pages saved in one file: what is read of them, and that damage is said in a sentence."""

# ruff: noqa: E501 -- markup as browsers write it

from __future__ import annotations

import plistlib
from pathlib import Path

import pytest

from threads.comment import Comment
from threads.errors import InputError
from threads.files import page_archives
from threads.formats import detect, webpage

COMMENTS = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>The weir</title></head><body><h1>The weir</h1>
<ol class="comment-list"><li class="comment depth-1" id="comment-11"><b class="fn">Änne</b>
<a href="/p#comment-11"><time datetime="2024-01-01T10:00:00Z">1 Jan</time></a><div class="comment-content"><p>It = opens.</p></div></li></ol></body></html>"""
WITHOUT = "<!DOCTYPE html><html><head><title>The weir</title></head><body><h1>The weir</h1><iframe src='cid:f'></iframe></body></html>"


def quoted(text):
    lines = text.encode().split(b"\n")
    return b"=0A=\r\n".join(
        b"".join(b"=%02X" % c if c > 126 or c == 61 else bytes([c]) for c in line) for line in lines
    )


def mhtml(*htmls, url="https://weir.example/p"):
    top = f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {url}\r\nSubject: The weir\r\nMIME-Version: 1.0\r\n"
    top += 'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--b--"\r\n\r\n\r\n'
    parts = b""
    for n, html in enumerate(htmls):
        where = url if n == 0 else f"cid:frame-{n}"
        parts += f"----b--\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: {where}\r\n\r\n".encode()
        parts += quoted(html) + b"\r\n"
    picture = b"----b--\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://weir.example/a.png\r\n\r\niVBORw0KGgo=\r\n"
    return top.encode() + parts + picture + b"----b----\r\n"


def comments(path):
    return [record for record in webpage.read(path) if isinstance(record, Comment)]


@pytest.mark.parametrize("name", ["page.mhtml", "page.mht", "page.txt"])
def test_mhtml(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(mhtml(COMMENTS))
    assert detect(path) is webpage
    (found,) = comments(path)
    assert (found.native_id, found.author, found.text) == ("11", "Änne", "It = opens.")
    assert found.url == "https://weir.example/p#comment-11"


def test_the_comments_of_a_frame_stand_under_the_title_of_the_page(tmp_path):
    path = tmp_path / "page.mhtml"
    path.write_bytes(
        mhtml(WITHOUT, "<p>An advert</p>", COMMENTS.replace("<h1>The weir</h1>", "<h1>Disqus</h1>"))
    )
    page, found = webpage.read(path)
    assert (page.title, page.note, found.title, found.author) == ("The weir", None, "The weir", "Änne")


def test_webarchive(tmp_path):
    path = tmp_path / "page.webarchive"
    main = {"WebResourceData": COMMENTS.encode("latin-1"), "WebResourceMIMEType": "text/html"}
    main |= {"WebResourceTextEncodingName": "ISO-8859-1", "WebResourceURL": "https://weir.example/p"}
    path.write_bytes(plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY))
    assert detect(path) is webpage
    (found,) = comments(path)
    assert (found.author, found.url) == ("Änne", "https://weir.example/p#comment-11")


def test_a_page_says_where_it_was_saved_from(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<!-- saved from url=(0022)https://weir.example/p -->\n" + COMMENTS)
    assert comments(path)[0].url == "https://weir.example/p#comment-11"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.mhtml", mhtml()),
        ("page.mhtml", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: image/png\r\n\r\nx\r\n--x--"),
        ("page.webarchive", b"bplist00 and no more"),
        ("page.webarchive", plistlib.dumps({"WebMainResource": 5}, fmt=plistlib.FMT_BINARY)),
        ("page.webarchive", plistlib.dumps({"other": {}}, fmt=plistlib.FMT_BINARY)),
    ],
)  # fmt: skip
def test_a_damaged_archive_is_refused_in_a_sentence(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"The saved page .*\.$"):
        comments(path)


def test_a_mail_with_pictures_is_no_saved_page():
    head = b'From: Ann <ann@weir.example>\nContent-Type: multipart/related; boundary="x"\n\n--x\n'
    assert not page_archives.is_archive(head, Path("letter.eml"))
