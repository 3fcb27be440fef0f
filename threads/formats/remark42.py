"""Remark42: its backup, a comment a line, and what its API answers, flat or as a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from threads.comment import Comment, Page, Record, Reject
from threads.formats import decode, json_values
from threads.formats.base import PERSON
from threads.formats.fields import as_stated, cleaned, from_html, is_true, number, when
from threads.formats.json_values import Object, inside, objects
from threads.formats.records import identifier, string

name = "remark42"
title = "Remark42 backup or API (JSON)"
keeps = "ids, parents, authors, times, net votes, links, what was edited and deleted"
identifies = PERSON

_HEADER = frozenset({"version", "users", "posts"})


def sniff(head: bytes, path: Path) -> float:
    """Certain by a comment's "pid" and "locator", or by the first line of a backup."""
    keys = json_values.keys(head)
    return 0.99 if {"pid", "locator"} <= keys or (keys >= _HEADER and b'{"version":' in head[:20]) else 0.0


def read(path: Path) -> Iterator[Record]:
    """Yield each comment, and a page before the first of its thread. Raises InputError for damaged JSON."""
    walk = _Walk(decode.plain(path).stem)
    if not json_values.is_by_line(path):
        yield from walk.records(json_values.document(path), None)
        return
    for line in json_values.lines(path):
        yield from [line] if isinstance(line, Reject) else walk.records(line.value, line.number)


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
                yield Reject(line=line, reason=reason, excerpt=cleaned(node)[:200])
                continue
            yield from self._page(row)
            comment = self._comment(row, parent)
            yield comment
            below = objects(node.get("replies"))
            stack += [(each, comment.native_id) for each in reversed(below)]

    def _page(self, row: Object) -> Iterator[Page]:
        url = string(inside(row, "locator", "url"))
        thread_id = url or self.stem
        if thread_id not in self.pages:
            self.pages.add(thread_id)
            yield Page(thread_id=thread_id, title=string(row.get("title")), url=url)

    def _comment(self, row: Object, parent: str | None) -> Comment:
        url, native_id, date = (
            string(inside(row, "locator", "url")),
            identifier(row.get("id")),
            row.get("time"),
        )
        is_deleted, person = is_true(row.get("delete")), identifier(inside(row, "user", "id"))
        is_named = not (is_deleted and person == "deleted")
        self.position += 1
        return Comment(
            text="" if is_deleted else from_html(row.get("text")) or cleaned(row.get("orig")).strip(),
            thread_id=url or self.stem,
            position=self.position - 1,
            native_id=native_id,
            parent_native_id=identifier(row.get("pid")) or parent,
            author=string(inside(row, "user", "name")) if is_named else None,
            author_id=person if is_named else None,
            created=when(date),
            created_text=as_stated(date),
            edited=when(inside(row, "edit", "time")),
            deleted="deleted" if is_deleted else None,
            likes=number(row.get("score")),
            url=f"{url}#remark42__comment-{native_id}" if url and native_id else url,
            title=string(row.get("title")),
        )
