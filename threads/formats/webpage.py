"""Saved web pages: the comments as the markup marks them, or else as the text alone shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from threads.comment import Record
from threads.errors import InputError
from threads.formats import decode
from threads.webpage import parse_page, read_document

name = "webpage"
title = "Saved web page (HTML)"
keeps = "ids, parents, authors, times, likes and links as far as the page shows them; quotes as quotes"
identifies = ("author", "author_id", "reply_to", "url")

_SUFFIXES = frozenset((".html", ".htm", ".xhtml", ".shtml", ".asp", ".aspx", ".php"))
_CHARSET = re.compile(rb"<meta[^<>]{0,200}charset\s{0,3}=\s{0,3}[\"']?([A-Za-z][\w.:-]{1,30})", re.IGNORECASE)
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
    document = parse_page(_text(path))
    if document is None:
        raise InputError(f"The file {path} is no page: there is no element in it.")
    yield from read_document(document, decode.plain(path).stem)


def _text(path: Path) -> str:
    """The page in the encoding that it declares, where it is not in fact UTF-8 or UTF-16."""
    head = decode.read_head(path)
    declared = _CHARSET.search(head)
    if not declared or decode.encoding_of(head) != "utf-8":
        return decode.read_text(path)
    data = decode.read_bytes(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode(declared[1].decode("ascii"), "replace")
    except (LookupError, UnicodeError):  # a name of no encoding
        return decode.read_text(path)
