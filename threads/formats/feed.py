"""Feeds of comments, RSS and Atom: WordPress, Blogger, Discourse, Disqus, Reddit and what is like them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from threads.comment import Comment, Page, Record, Reject
from threads.errors import InputError
from threads.files import decode, safe_xml
from threads.formats import wordpress
from threads.formats.feed_entries import Entry, entry

name = "feed"
title = "Feed of comments (RSS, Atom)"
keeps = "ids, authors, times, links; parents only where a feed has them (Blogger, Atom threading)"
identifies = ("author", "author_id", "reply_to", "url")

_BEGINNINGS = (("rss", "<channel"), ("RDF", "http://purl.org/rss/"), ("feed", "http://www.w3.org/2005/Atom"))
_GONE: dict[str, Literal["deleted", "removed"]] = {"[deleted]": "deleted", "[removed]": "removed"}
_NOT_SAID = "Nothing in this feed says that its entries are comments: they may be articles."


def sniff(head: bytes, path: Path) -> float:
    """Nearly certain by the root of a feed; 0 for WordPress's export, which has the same."""
    begin = decode.head_text(head)
    if wordpress.sniff(head, path):
        return 0.0
    found = any(mark in begin and safe_xml.is_declared(begin, root) for root, mark in _BEGINNINGS)
    return 0.96 if found else 0.0


def read(path: Path) -> Iterator[Record]:
    """Yield a page for each article and each thread, and the comments in the order of the feed.

    Raises InputError where there is no entry.
    """
    entries: list[Entry] = []
    heading = ""
    for element in safe_xml.elements(path, "item", "entry"):
        if isinstance(element, Reject):
            yield element
        elif (found := entry(element)) is not None:
            heading = heading or safe_xml.text(element.getparent(), "title")
            entries.append(found)
    if not entries:
        raise InputError(f"The feed {path} has no entries that can be read.")
    yield from _Feed.of(entries, heading, decode.plain(path).stem).records()


@dataclass(frozen=True, slots=True)
class _Feed:
    """All entries of a feed, which is seldom long; `ids` are those that it holds of comments."""

    entries: list[Entry]
    ids: Mapping[str, str]
    heading: str | None
    stem: str

    @classmethod
    def of(cls, entries: list[Entry], heading: str, stem: str) -> _Feed:
        """`heading` is the feed's title: that of its page where all entries stand below one."""
        ids = {each.ref: each.native_id for each in entries if not each.is_article}
        is_one_page = len({each.thread_id for each in entries}) == 1
        named = re.sub(r"^Comments (?:on|for):? ", "", heading)
        return cls(entries, ids, named if is_one_page and named else None, stem)

    def records(self) -> Iterator[Record]:
        articles = {each.thread_id for each in self.entries if each.is_article}
        is_said = any(each.is_comment or each.is_article for each in self.entries)
        pages: set[str] = set()
        position = 0
        for each in self.entries:
            thread_id = each.thread_id or self.stem
            if each.is_article or (thread_id not in pages and thread_id not in articles):
                pages.add(thread_id)
                yield self._page(each, thread_id, None if is_said else _NOT_SAID)
            if not each.is_article:
                yield self._comment(each, thread_id, position, 1.0 if is_said else 0.5)
                position += 1

    def _page(self, each: Entry, thread_id: str, note: str | None) -> Page:
        if each.is_article:
            return Page(thread_id=thread_id, title=each.title, article=each.text, url=each.url)
        is_address = thread_id.startswith(("http://", "https://"))
        return Page(
            thread_id=thread_id,
            title=each.page_title or self.heading,
            url=thread_id if is_address else None,
            note=note,
        )

    def _comment(self, each: Entry, thread_id: str, position: int, sure: float) -> Comment:
        parent = next((self.ids[ref] for ref in each.answered if ref in self.ids and ref != each.ref), None)
        gone = _GONE.get(each.text)
        return Comment(
            text="" if gone else each.text,
            thread_id=thread_id,
            position=position,
            confidence=sure,
            deleted=gone,
            native_id=each.native_id,
            parent_native_id=parent,
            author=each.author,
            author_id=each.author_id,
            created=each.created,
            created_text=each.created_text,
            edited=each.edited,
            url=each.url,
        )
