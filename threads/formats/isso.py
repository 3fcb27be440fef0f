"""Isso: its generic JSON (threads with comments), what its API answers, and rows of its database as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote_plus

from threads.comment import Comment, Page, Record, Reject
from threads.files import decode, documents
from threads.files.objects import (
    Object,
    as_stated,
    count,
    excerpt,
    from_html,
    identity,
    mappings,
    said,
    words,
)
from threads.files.times import moment
from threads.formats.base import PERSON

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
    keys = documents.keys(head)
    return 0.99 if any(kind <= keys for kind in _KINDS) else 0.0


def read(path: Path) -> Iterator[Record]:
    """Yield the comments of each thread behind its page. Raises InputError for damaged JSON."""
    walk = _Walk(decode.plain(path).stem)
    for value in documents.values(path):
        yield from [value] if isinstance(value, Reject) else walk.records(value)


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

    def records(self, value: documents.Value) -> Iterator[Record]:
        """What a document holds: a thread or a comment, or a list of them."""
        for each in value.value if isinstance(value.value, list) else [value.value]:
            if not isinstance(each, dict):
                yield Reject(line=value.line, reason="The record is no object.", excerpt=excerpt(each))
            elif isinstance(each.get("comments"), list):
                yield from self.thread(each)
            else:
                yield from self.below(_Place(each, self.stem, None, ""))

    def thread(self, value: Object) -> Iterator[Record]:
        """A page and its comments, whose ids count from 0 in each thread."""
        thread_id, named = said(value.get("id")) or self.stem, said(value.get("title"))
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
            value, thread, parent, scope = stack.pop()
            own = parent
            if "text" in value:
                thread = identity(value.get("tid")) or thread
                one = comment(value, thread, self.position, parent=parent, scope=scope)
                own, thread = one.native_id, one.thread_id
                self.position += 1
                yield one
            if count(value.get("hidden_replies")):
                reason = f"Replies were not saved with the page: {value['hidden_replies']}."
                yield Reject(line=None, reason=reason)
            replies = mappings(value.get("replies"))
            stack += [_Place(each, thread, own, scope) for each in reversed(replies)]


def comment(
    row: Object, thread: str, position: int, *, parent: str | None = None, scope: str = ""
) -> Comment:
    """The comment in a row of the database, or in what the API answers; `parent` is the one it stands below.

    Its text is Markdown as it was typed; what was imported from elsewhere is HTML.
    """
    native_id, above = identity(row.get("id")), identity(row.get("parent"))
    likes, dislikes, date = count(row.get("likes")), count(row.get("dislikes")), row.get("created")
    is_deleted = count(row.get("mode")) == _DELETED
    text = words(row.get("text")).strip()
    return Comment(
        text="" if is_deleted else from_html(text) if _TAG.search(text) else text,
        thread_id=said(row.get("uri")) or thread,
        position=position,
        native_id=scope + native_id if native_id else None,
        parent_native_id=scope + above if above else parent,
        author=said(row.get("author")),
        created=moment(date),
        created_text=as_stated(date),
        edited=moment(row.get("modified")),
        deleted="deleted" if is_deleted else None,
        likes=None if likes is None else likes - (dislikes or 0),
    )
