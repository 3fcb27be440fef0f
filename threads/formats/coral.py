"""Coral (Talk): comments from its database, a line each or as a list, and what its GraphQL API answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from threads.comment import Comment, Page, Record, Reject
from threads.errors import InputError
from threads.files import decode, documents
from threads.files.objects import (
    Object,
    as_stated,
    count,
    from_html,
    identity,
    inside,
    mappings,
    said,
    words,
)
from threads.files.times import moment
from threads.formats.base import PERSON

name = "coral"
title = "Coral or Talk export (JSON)"
keeps = "ids, parents, authors (as ids in the database), times, reactions, what was edited and removed"
identifies = PERSON

_REFUSED = frozenset({"REJECTED", "SYSTEM_WITHHELD"})
_KINDS = (
    {"body", "asset_id", "body_history"},
    {"body", "asset_id", "author_id", "status"},
    {"storyID", "authorID", "revisions"},
    {"storyID", "authorID", "body"},
    {"story", "comments", "edges", "node", "body"},
    {"asset", "comments", "nodes", "body"},
)
_PAGES, _LISTS = ("story", "asset"), ("edges", "nodes")
_BELOW = ("allChildComments", "replies")
_LIKES = ("like", "respect", "love", "REACTION")


def sniff(head: bytes, path: Path) -> float:
    """Certain by the names of a comment's fields in the database or in an answer."""
    keys = documents.keys(head)
    return 0.99 if any(kind <= keys for kind in _KINDS) else 0.0


def read(path: Path) -> Iterator[Record]:
    """Yield comments as they come, and pages where they are told of. InputError where there are none."""
    walk = _Walk(decode.plain(path).stem)
    for value in documents.values(path):
        yield from [value] if isinstance(value, Reject) else walk.records(value.value)
    if not walk.position:
        raise InputError(f"The file {path} holds no comments of Coral.")


class _Place(NamedTuple):
    value: Any
    thread: str
    parent: str | None


@dataclass(slots=True)
class _Walk:
    """Looks through all values for stories and comments; `stem` is the thread where none is named."""

    stem: str
    position: int = 0
    pages: set[str] = field(default_factory=set)

    def records(self, value: object) -> Iterator[Record]:
        stack = [_Place(value, self.stem, None)]
        while stack:
            item, thread, parent = place = stack.pop()
            if isinstance(item, list):
                stack += [_Place(each, thread, parent) for each in reversed(item)]
                continue
            if not isinstance(item, dict):
                continue
            if _is_comment(item):
                comment = self._comment(place)
                yield from self._page(item, comment.thread_id)
                yield comment
                stack += [_Place(item.get(each), comment.thread_id, comment.native_id) for each in _BELOW]
                continue
            for each in _PAGES:
                if isinstance(item.get(each), dict) and "comments" in item[each]:
                    thread = identity(item[each].get("id")) or self.stem
                    yield from self._page(item, thread)
            stack += [_Place(each, thread, parent) for each in reversed(item.values())]

    def _page(self, item: Object, thread: str) -> Iterator[Page]:
        told = next((item[each] for each in _PAGES if isinstance(item.get(each), dict)), None)
        url = said(inside(told, "url"))
        named = said(inside(told, "metadata", "title")) or said(inside(told, "title"))
        if (url or named) and thread not in self.pages:
            self.pages.add(thread)
            yield Page(thread_id=thread, title=named, url=url)

    def _comment(self, place: _Place) -> Comment:
        row = place.value
        person = row.get("author") if isinstance(row.get("author"), dict) else row.get("user")
        date, status = _date(row.get("createdAt", row.get("created_at"))), said(row.get("status"))
        is_deleted = row.get("deleted") is True or bool(_date(row.get("deletedAt", row.get("deleted_at"))))
        is_gone = is_deleted or status in _REFUSED
        self.position += 1
        return Comment(
            text="" if is_gone else _body(row),
            thread_id=_first(row, "storyID", "asset_id", "story", "asset") or place.thread,
            position=self.position - 1,
            native_id=_first(row, "id", "_id"),
            parent_native_id=_first(row, "parentID", "parent_id", "parent") or place.parent,
            author=said(inside(person, "username")) or said(row.get("authorUsername")),
            author_id=_first(row, "authorID", "author_id") or _first({"user": person}, "user"),
            created=moment(date),
            created_text=as_stated(date),
            edited=_edited(row),
            deleted="deleted" if is_deleted else "removed" if is_gone else None,
            likes=_likes(row),
            url=said(row.get("permalink")),
        )


def _is_comment(item: Object) -> bool:
    said = "body" in item or isinstance(item.get("revisions"), list)
    return said and bool(item.keys() & {"id", "_id"}) and not isinstance(item.get("body"), dict | list)


def _body(row: Object) -> str:
    """The text as it was last; Talk keeps plain text, Coral HTML."""
    last = next(reversed(mappings(row.get("revisions"))), row)
    body = last.get("body", row.get("body"))
    return from_html(body) if "<" in words(body) or "revisions" in row else words(body).strip()


def _date(value: object) -> object:
    """A date as it stands in MongoDB's JSON: {"$date": "…"} or {"$date": {"$numberLong": "…"}}."""
    date = inside(value, "$date") if isinstance(value, dict) else value
    return inside(date, "$numberLong") if isinstance(date, dict) else date


def _whole(value: object) -> object:
    """A number as it stands in MongoDB's stricter JSON: {"$numberInt": "3"}."""
    return next(iter(value.values()), None) if isinstance(value, dict) and len(value) == 1 else value


def _first(row: Object, *names: str) -> str | None:
    for each in names:
        value = row.get(each)
        value = inside(value, "$oid") or inside(value, "id") if isinstance(value, dict) else value
        if (found := identity(value)) is not None:
            return found
    return None


def _edited(row: Object) -> Any:  # noqa: ANN401
    """When the last of several versions was written."""
    versions = mappings(row.get("revisions")) or mappings(row.get("body_history"))
    if len(versions) > 1:
        return moment(_date(versions[-1].get("createdAt", versions[-1].get("created_at"))))
    return moment(inside(row, "editing", "editedAt")) if inside(row, "editing", "edited") else None


def _likes(row: Object) -> int | None:
    """Reactions such as like and respect, added up; flags are none."""
    total = count(inside(row, "actionCounts", "reaction", "total"))
    if total is not None:
        return total
    if isinstance(row.get("action_summaries"), list):
        listed = mappings(row["action_summaries"])
        return sum(count(x.get("count")) or 0 for x in listed if "Flag" not in words(x.get("__typename")))
    counts = row.get("actionCounts", row.get("action_counts"))
    found = [count(_whole(inside(counts, each))) for each in _LIKES]
    return None if found.count(None) == len(found) else sum(each or 0 for each in found)
