"""Remark42: its backup, a comment a line, and what its API answers, flat or as a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from threads.comment import Comment, Page, Record, Reject
from threads.files import decode, documents
from threads.files.objects import (
    Object,
    as_stated,
    count,
    excerpt,
    from_html,
    identity,
    inside,
    is_true,
    mappings,
    said,
    words,
)
from threads.files.times import moment
from threads.formats.base import PERSON

name = "remark42"
title = "Remark42 backup or API (JSON)"
keeps = "ids, parents, authors, times, net votes, links, what was edited and deleted"
identifies = PERSON

_HEADER = frozenset({"version", "users", "posts"})


def sniff(head: bytes, path: Path) -> float:
    """Certain by a comment's "pid" and "locator", or by the first line of a backup."""
    keys = documents.keys(head)
    return 0.99 if {"pid", "locator"} <= keys or (keys >= _HEADER and b'{"version":' in head[:20]) else 0.0


def read(path: Path) -> Iterator[Record]:
    """Yield each comment, and a page before the first of its thread. Raises InputError for damaged JSON."""
    walk = _Walk(decode.plain(path).stem)
    for value in documents.values(path):
        yield from [value] if isinstance(value, Reject) else walk.records(value.value, value.line)


@dataclass(slots=True)
class _Walk:
    """Goes through comments and their replies; `stem` is the thread of one that names none."""

    stem: str
    pages: set[str] = field(default_factory=set)
    position: int = 0

    def records(self, value: object, line: int | None) -> Iterator[Record]:
        listed = value if isinstance(value, list) else inside(value, "comments")
        stack: list[tuple[Any, str | None]] = [(each, None) for each in reversed(listed or [])]
        if listed is None and not (isinstance(value, dict) and value.keys() >= _HEADER):
            stack = [(value, None)]
        while stack:
            node, parent = stack.pop()
            row = node.get("comment", node) if isinstance(node, dict) else None
            if not isinstance(row, dict) or "locator" not in row:
                reason = "The record is no comment: it has no locator."
                yield Reject(line=line, reason=reason, excerpt=excerpt(node))
                continue
            yield from self._page(row)
            comment = self._comment(row, parent)
            yield comment
            below = mappings(node.get("replies"))
            stack += [(each, comment.native_id) for each in reversed(below)]

    def _page(self, row: Object) -> Iterator[Page]:
        url = said(inside(row, "locator", "url"))
        thread_id = url or self.stem
        if thread_id not in self.pages:
            self.pages.add(thread_id)
            yield Page(thread_id=thread_id, title=said(row.get("title")), url=url)

    def _comment(self, row: Object, parent: str | None) -> Comment:
        url, native_id, date = (
            said(inside(row, "locator", "url")),
            identity(row.get("id")),
            row.get("time"),
        )
        is_deleted, person = is_true(row.get("delete")), identity(inside(row, "user", "id"))
        is_named = not (is_deleted and person == "deleted")
        self.position += 1
        return Comment(
            text="" if is_deleted else from_html(row.get("text")) or words(row.get("orig")).strip(),
            thread_id=url or self.stem,
            position=self.position - 1,
            native_id=native_id,
            parent_native_id=identity(row.get("pid")) or parent,
            author=said(inside(row, "user", "name")) if is_named else None,
            author_id=person if is_named else None,
            created=moment(date),
            created_text=as_stated(date),
            edited=moment(inside(row, "edit", "time")),
            deleted="deleted" if is_deleted else None,
            likes=count(row.get("score")),
            url=f"{url}#remark42__comment-{native_id}" if url and native_id else url,
            title=said(row.get("title")),
        )
