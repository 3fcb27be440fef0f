"""Isso: its generic JSON (threads with comments), what its API answers, and rows of its database as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote_plus

from threads.comment import Comment, Page, Record, Reject
from threads.formats import decode, json_values
from threads.formats.base import PERSON
from threads.formats.fields import as_stated, cleaned, from_html, number, when
from threads.formats.json_values import Object, objects
from threads.formats.records import identifier, string

name = "isso"
title = "Isso (JSON)"
keeps = "ids, parents, authors, times, net votes, what was edited and deleted"
identifies = PERSON

_DELETED = 4  # a comment's mode; 1 is public, 2 waits for approval
_TAG = re.compile(r"</?[a-z][a-z0-9]{0,10}[\s/>]|&(?:amp|lt|gt|quot|#\d+);", re.IGNORECASE)
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}|\w\+\w")
_KINDS = (
    {"comments", "remote_addr", "website", "created", "text"},
    {"total_replies", "hidden_replies", "replies"},
    {"mode", "dislikes", "website", "parent", "text", "hash"},
    {"tid", "remote_addr", "mode", "parent", "text"},
)


def sniff(head: bytes, path: Path) -> float:
    """Certain by the names that a thread, an answer of the API or a row of the database has."""
    keys = json_values.keys(head)
    return 0.99 if any(kind <= keys for kind in _KINDS) else 0.0


def read(path: Path) -> Iterator[Record]:
    """Yield the comments of each thread behind its page. Raises InputError for damaged JSON."""
    walk = _Walk(decode.plain(path).stem)
    value = json_values.document(path)
    for each in value if isinstance(value, list) else [value]:
        if not isinstance(each, dict):
            yield Reject(line=None, reason="The record is no object.", excerpt=cleaned(each)[:200])
        elif isinstance(each.get("comments"), list):
            yield from walk.thread(each)
        else:
            yield from walk.below(_Place(each, walk.stem, None, ""))


class _Place(NamedTuple):
    """An object, its thread and the comment that it stands below; `scope` sets ids of threads apart."""

    value: Object
    thread: str
    parent: str | None
    scope: str


@dataclass(slots=True)
class _Walk:
    stem: str
    position: int = 0

    def thread(self, value: Object) -> Iterator[Record]:
        """A page and its comments, whose ids count from 0 in each thread."""
        thread_id, named = string(value.get("id")) or self.stem, string(value.get("title"))
        if named and " " not in named and _ENCODED.search(named):
            named = unquote_plus(named)
        yield Page(thread_id=thread_id, title=named, url=thread_id)
        for each in value["comments"]:
            if isinstance(each, dict):
                yield from self.below(_Place(each, thread_id, None, f"{thread_id}#"))
            else:
                yield Reject(line=None, reason=f"A comment of {thread_id} is no object.")

    def below(self, place: _Place) -> Iterator[Record]:
        """The comment that an object is, if it is one, and its replies."""
        stack = [place]
        while stack:
            value, thread, parent, scope = place = stack.pop()
            own = parent
            if "text" in value:
                comment = self._comment(place)
                own, thread = comment.native_id, comment.thread_id
                yield comment
            if number(value.get("hidden_replies")):
                reason = f"Replies were not saved with the page: {value['hidden_replies']}."
                yield Reject(line=None, reason=reason)
            replies = objects(value.get("replies"))
            stack += [_Place(each, thread, own, scope) for each in reversed(replies)]

    def _comment(self, place: _Place) -> Comment:
        row = place.value
        native_id, parent = identifier(row.get("id")), identifier(row.get("parent"))
        likes, dislikes, date = number(row.get("likes")), number(row.get("dislikes")), row.get("created")
        is_deleted = number(row.get("mode")) == _DELETED
        text = cleaned(row.get("text")).strip()
        self.position += 1
        return Comment(
            text="" if is_deleted else from_html(text) if _TAG.search(text) else text,
            thread_id=string(row.get("uri")) or identifier(row.get("tid")) or place.thread,
            position=self.position - 1,
            native_id=place.scope + native_id if native_id else None,
            parent_native_id=place.scope + parent if parent else place.parent,
            author=string(row.get("author")),
            created=when(date),
            created_text=as_stated(date),
            edited=when(row.get("modified")),
            deleted="deleted" if is_deleted else None,
            likes=None if likes is None else likes - (dislikes or 0),
        )
