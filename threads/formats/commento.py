"""Commento's export: one JSON object with the comments of a domain and the people who wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from threads.comment import Comment, Page, Record, Reject
from threads.formats import json_values
from threads.formats.base import PERSON
from threads.formats.fields import as_stated, cleaned, from_html, is_true, number, when
from threads.formats.json_values import Object, inside
from threads.formats.records import identifier, string

name = "commento"
title = "Commento export (JSON)"
keeps = "ids, parents, authors, times, net votes, what was deleted"
identifies = PERSON


def sniff(head: bytes, path: Path) -> float:
    """Certain by the names that only Commento has."""
    return 0.99 if {"commenterHex", "commentHex"} & json_values.keys(head) else 0.0


def read(path: Path) -> Iterator[Record]:
    """Yield each comment, and a page before the first of its thread. Raises InputError for damaged JSON."""
    export = json_values.document(path)
    people = {
        identifier(each.get("commenterHex")): string(each.get("name"))
        for each in json_values.objects(inside(export, "commenters"))
    }
    rows = export if isinstance(export, list) else inside(export, "comments")
    pages: set[str] = set()
    for position, row in enumerate(rows if isinstance(rows, list) else []):
        if not isinstance(row, dict):
            yield Reject(line=None, reason=f"Comment {position + 1} is no object.", excerpt=str(row)[:200])
            continue
        thread_id = _thread(row)
        if thread_id not in pages:
            pages.add(thread_id)
            yield Page(thread_id=thread_id)
        yield _comment(row, people, thread_id, position)


def _thread(row: Object) -> str:
    """Where the comment stands: older exports call the address within the domain a path."""
    place = string(row.get("url")) or string(row.get("path")) or ""
    return f"{string(row.get('domain')) or ''}{place}" if "://" not in place else place


def _comment(row: Object, people: dict[str | None, str | None], thread_id: str, position: int) -> Comment:
    parent, person = identifier(row.get("parentHex")), identifier(row.get("commenterHex"))
    is_deleted, date = is_true(row.get("deleted")), row.get("creationDate")
    return Comment(
        text="" if is_deleted else cleaned(row.get("markdown")).strip() or from_html(row.get("html")),
        thread_id=thread_id,
        position=position,
        native_id=identifier(row.get("commentHex")),
        parent_native_id=None if parent == "root" else parent,
        author=people.get(person),
        author_id=None if person == "anonymous" else person,
        created=when(date),
        created_text=as_stated(date),
        deleted="deleted" if is_deleted else None,
        likes=number(row.get("score")),
    )
