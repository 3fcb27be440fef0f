"""Commento's export: one JSON object with the comments of a domain and the people who wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from threads.comment import Comment, Page, Record, Reject
from threads.files import documents
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

name = "commento"
title = "Commento export (JSON)"
keeps = "ids, parents, authors, times, net votes, what was deleted"
identifies = PERSON


def sniff(head: bytes, path: Path) -> float:
    """Certain by the names that only Commento has."""
    return 0.99 if {"commenterHex", "commentHex"} & documents.keys(head) else 0.0


def read(path: Path) -> Iterator[Record]:
    """Yield each comment, and a page before the first of its thread. Raises InputError for damaged JSON."""
    for value in documents.values(path):
        yield from [value] if isinstance(value, Reject) else _records(value.value)


def _records(export: object) -> Iterator[Record]:
    listed = mappings(inside(export, "commenters"))
    people = {identity(each.get("commenterHex")): said(each.get("name")) for each in listed}
    rows = export if isinstance(export, list) else inside(export, "comments")
    pages: set[str] = set()
    for position, row in enumerate(rows if isinstance(rows, list) else []):
        if not isinstance(row, dict):
            yield Reject(line=None, reason=f"Comment {position + 1} is no object.", excerpt=excerpt(row))
            continue
        thread_id = _thread(row)
        if thread_id not in pages:
            pages.add(thread_id)
            yield Page(thread_id=thread_id)
        yield _comment(row, people, thread_id, position)


def _thread(row: Object) -> str:
    """Where the comment stands: older exports call the address within the domain a path."""
    place = said(row.get("url")) or said(row.get("path")) or ""
    return f"{said(row.get('domain')) or ''}{place}" if "://" not in place else place


def _comment(row: Object, people: dict[str | None, str | None], thread_id: str, position: int) -> Comment:
    parent, person = identity(row.get("parentHex")), identity(row.get("commenterHex"))
    is_deleted, date = is_true(row.get("deleted")), row.get("creationDate")
    return Comment(
        text="" if is_deleted else words(row.get("markdown")).strip() or from_html(row.get("html")),
        thread_id=thread_id,
        position=position,
        native_id=identity(row.get("commentHex")),
        parent_native_id=None if parent == "root" else parent,
        author=people.get(person),
        author_id=None if person == "anonymous" else person,
        created=moment(date),
        created_text=as_stated(date),
        deleted="deleted" if is_deleted else None,
        likes=count(row.get("score")),
    )
