"""Disqus's own export: one XML file with all threads of a site, then all posts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from threads.comment import Comment, Page, Record, Reject
from threads.files import decode, safe_xml
from threads.files.objects import from_html, is_true
from threads.files.safe_xml import Element, child, text
from threads.files.times import moment
from threads.formats.base import PERSON

name = "disqus_xml"
title = "Disqus export (XML)"
keeps = "ids, parents, authors, times, links, what was deleted; no likes"
identifies = PERSON

_ID = "{http://disqus.com/disqus-internals}id"


def sniff(head: bytes, path: Path) -> float:
    """Certain by the root and its namespace."""
    begin = decode.head_text(head)
    return 0.99 if "disqus.com" in begin and safe_xml.is_declared(begin, "disqus") else 0.0


def read(path: Path) -> Iterator[Record]:
    """Yield each post, and a page before the first post of its thread. Raises InputError for entities."""
    export = _Export(decode.plain(path).stem)
    for element in safe_xml.elements(path, "thread", "post"):
        if isinstance(element, Reject):
            yield element
        elif element.tag.endswith("thread"):
            yield from export.thread(element)
        else:
            yield from export.post(element)


@dataclass(slots=True)
class _Export:
    """The threads of which no post was seen yet, and those of which one was."""

    stem: str
    pages: dict[str, Page] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    links: dict[str, str] = field(default_factory=dict)
    position: int = 0

    def thread(self, element: Element) -> Iterator[Page]:
        thread_id = element.get(_ID)
        if thread_id is None:
            return
        link = text(element, "link") or None
        page = Page(
            thread_id=thread_id,
            title=text(element, "title") or None,
            article=from_html(text(element, "message")),
            url=link,
        )
        if link:
            self.links[thread_id] = link
        if thread_id in self.begun:  # a post came first
            yield page
        else:
            self.pages[thread_id] = page

    def post(self, element: Element) -> Iterator[Record]:
        thread_id = _reference(element, "thread") or self.stem
        self.begun.add(thread_id)
        if thread_id in self.pages:
            yield self.pages.pop(thread_id)
        yield self._comment(element, thread_id)
        self.position += 1

    def _comment(self, element: Element, thread_id: str) -> Comment:
        native_id, author = element.get(_ID), child(element, "author")
        gone, spam = (is_true(text(element, flag)) for flag in ("isDeleted", "isSpam"))
        link = self.links.get(thread_id)
        return Comment(
            text="" if gone or spam else from_html(text(element, "message")),
            thread_id=thread_id,
            position=self.position,
            native_id=native_id,
            parent_native_id=_reference(element, "parent"),
            author=text(author, "name") or None,
            author_id=text(author, "username") or None,
            created=moment(text(element, "createdAt")),
            deleted="deleted" if gone else "removed" if spam else None,
            url=f"{link}#comment-{native_id}" if link and native_id else link,
        )


def _reference(element: Element, name: str) -> str | None:
    found = child(element, name)
    return None if found is None else found.get(_ID)
