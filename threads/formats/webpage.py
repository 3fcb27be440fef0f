"""Saved web pages: the comments as the markup marks them, or else as the text alone shows them.

A page may be a file of HTML, or an archive with all that it shows (MHTML, webarchive); of an archive the
comments are those of the page, or where it has none those of the frame that has most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from threads.comment import Comment, Page, Record
from threads.errors import InputError
from threads.files import decode, page_archives
from threads.webpage import parse_page, read_document

name = "webpage"
title = "Saved web page (HTML, MHTML, webarchive)"
keeps = "ids, parents, authors, times, likes and links as far as the page shows them; quotes as quotes"
identifies = ("author", "author_id", "reply_to", "url")

_SUFFIXES = frozenset((".html", ".htm", ".xhtml", ".shtml", ".asp", ".aspx", ".php"))
_CHARSET = re.compile(rb"<meta[^<>]{0,200}charset\s{0,3}=\s{0,3}[\"']?([A-Za-z][\w.:-]{1,30})", re.IGNORECASE)
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d{4}\)(https?://[^\s<>]{1,2000}) -->")  # browsers write it
_BEFORE = r"(?>\s+|<!--.*?-->|<\?xml[^>]*>)*+"  # atomic: many comments may be parted in one way only
_PAGE = re.compile(rf"^{_BEFORE}<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_ELEMENT = re.compile(rf"^{_BEFORE}<[a-z][a-z0-9-]{{0,30}}[\s>]", re.IGNORECASE | re.DOTALL)
# What only markup of comments has: such a fragment may stand behind a few lines of something else.
_FRAGMENT = re.compile(
    r"<(?:ol|ul|li|div|article|section|table|tr|dl|dt)\s[^<>]{0,300}?(?:class|id|itemtype)=[\"'][^\"'<>]{0,200}?"
    r"(?:comment-?list|comments-area|comment[-_]\d|depth-\d|schema\.org/Comment\b)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    rf"^{_BEFORE}(?:<(?:rss|feed|disqus|rdf|wml|svg|urlset|opml|mediawiki|page|posts?)\b|[{{\[])",
    re.IGNORECASE | re.DOTALL,
)


def sniff(head: bytes, path: Path) -> float:
    """Certain for a whole page; likely for a fragment that marks comments; 0 for XML, JSON and plain text."""
    if page_archives.is_archive(head, path):
        return 0.99
    text = decode.head_text(head)
    if _OTHER.match(text[:8000]):
        return 0.0
    if _PAGE.match(text[:8000]):
        return 0.96
    if path.suffix.casefold() in _SUFFIXES and _ELEMENT.match(text[:8000]):
        return 0.9
    return 0.7 if _FRAGMENT.search(text) else 0.0


def read(path: Path) -> Iterator[Record]:
    """Yield the page, then its comments in order. Raises InputError for an empty or a binary file."""
    head, thread = decode.read_head(path), decode.plain(path).stem
    if page_archives.is_archive(head, decode.plain(path)):
        yield from _of_archive(path, thread)
        return
    document = parse_page(_text(path, head))
    if document is None:
        raise InputError(f"The file {path} is no page: there is no element in it.")
    saved = _SAVED_FROM.search(head)
    yield from read_document(document, thread, saved[1].decode("ascii", "ignore") if saved else None)


def _of_archive(path: Path, thread: str) -> list[Record]:
    """The records of the page in an archive, with the comments of a frame where it has none of its own."""
    readings = []
    for saved in page_archives.pages(path):
        encoding = decode.encoding_of(saved.data[: decode.HEAD]) or "utf-8"
        text = _declared(saved.data, saved.charset) or decode.decode(saved.data, encoding)
        document = parse_page(text)
        if document is not None:
            readings.append(read_document(document, thread, saved.url))
        if readings and _number(readings[0]):
            break
    if not readings:
        raise InputError(f"The saved page {path} has no element in it.")
    most = max(readings, key=_number)
    if most is readings[0] or not isinstance(readings[0][0], Page):
        return most
    page = replace(readings[0][0], note=None, confidence=1.0)
    return [
        page,
        *(replace(each, title=page.title) if isinstance(each, Comment) else each for each in most[1:]),
    ]


def _number(records: list[Record]) -> int:
    return sum(isinstance(each, Comment) for each in records)


def _text(path: Path, head: bytes) -> str:
    """The page in the encoding that it declares, where it is not in fact UTF-8 or UTF-16."""
    declared = _CHARSET.search(head)
    if not declared or decode.encoding_of(head) != "utf-8":
        return decode.read_text(path)
    return _declared(decode.read_bytes(path), declared[1].decode("ascii")) or decode.read_text(path)


def _declared(data: bytes, charset: str | None) -> str | None:
    """The text in UTF-8 or else in the encoding declared; None where that is the name of none."""
    for encoding, errors in (("utf-8-sig", "strict"), (charset or "", "replace")):
        try:
            return data.decode(encoding, errors)
        except (LookupError, UnicodeError):
            continue
    return None
