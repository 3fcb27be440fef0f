"""Finds the comments in a JSON value, whatever lies around and inside them, without recursion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from threads.comment import Comment, Page, Record, Reject
from threads.errors import InputError
from threads.files.columns import Columns, missing_column, plain, recognise
from threads.files.objects import excerpt
from threads.files.records import comment, identifier, string
from threads.files.taken import Taken, taken

_REPLIES = frozenset(
    {"replies", "children", "comments", "answers", "responses", "subcomments", "childcomments"}
)
_KINDS_OF_OBJECT = 1_024


class _Layout(NamedTuple):
    """What the keys of an object say: its columns, if it has a text, and where it keeps its replies.

    `alone` are the columns of an object that can only be one comment and nothing more.
    """

    columns: Columns | None
    replies: tuple[str, ...]
    alone: Columns | None
    title: str | None
    id: str | None


class _Place(NamedTuple):
    """A value and where it stands: in which thread, below which comment."""

    value: Any
    thread: str
    parent: str | None
    inside: bool


class Walk:
    """Walks the JSON values of one file; `thread` is the thread of a comment that names none."""

    def __init__(self, thread: str, given: Mapping[str, str]) -> None:
        self.thread = thread
        self.position = 0
        self._found = False
        self._textless: tuple[str, ...] | None = None
        self._kinds: dict[int, tuple[_Layout, tuple[str, ...]]] = {}
        self._layout = lru_cache(_KINDS_OF_OBJECT)(lambda keys: _layout(keys, given))

    def records(self, value: object, *, line: int | None) -> Iterator[Record]:
        """Yield the comments and pages in a value in reading order; a Reject where there is none."""
        if isinstance(value, dict):
            layout = self._layout(tuple(value))
            alone = layout.alone
            if alone and not isinstance(value[alone.text], dict | list):
                self._found = True
                self._note(layout, value)
                yield self._comment(value, alone, _Place(value, self.thread, None, False), parent=False)
                return
        stack, empty = [_Place(value, self.thread, None, False)], True
        while stack:
            place = stack.pop()
            if isinstance(place.value, list):
                stack.extend(place._replace(value=item) for item in reversed(place.value))
            elif isinstance(place.value, dict):
                record, below = self._object(place)
                stack.extend(reversed(below))
                if record is not None:
                    empty = False
                    yield record
        self._found |= not empty
        if empty and value not in ([], {}):
            yield self._without_text(value, line)

    def require_text(self, path: Path) -> None:
        """Raise InputError where something was read and none of it had a text."""
        if self._textless is None or self._found:
            return
        if not self._textless:
            raise InputError(f"The file {path} holds no comments: its values have no names, such as text.")
        raise missing_column(self._textless, (), path)

    def taken(self) -> Taken:
        """What the names in the comments so far were taken for."""
        kinds = list(self._kinds.values())
        replies = dict.fromkeys(name for layout, _ in kinds for name in layout.replies)
        return taken(((layout.columns, names) for layout, names in kinds if layout.columns), replies)

    def _note(self, layout: _Layout, value: dict[Any, Any]) -> None:
        if id(layout) not in self._kinds and len(self._kinds) < _KINDS_OF_OBJECT:
            self._kinds[id(layout)] = layout, tuple(map(str, value))

    def _without_text(self, value: object, line: int | None) -> Reject:
        keys = tuple(map(str, value)) if isinstance(value, dict) else ()
        self._textless = self._textless or keys
        return Reject(line=line, reason="The record has no text of a comment.", excerpt=excerpt(value))

    def _object(self, place: _Place) -> tuple[Record | None, list[_Place]]:
        """The record that an object is, if it is one, and the places below it that are still to be read."""
        value = place.value
        layout = self._layout(tuple(value))
        below = [value[key] for key in layout.replies if isinstance(value[key], dict | list)]
        if not place.inside and _is_page(value, layout, below):
            page = self._page(value, layout, place)
            return page, [_Place(each, page.thread_id, None, True) for each in below]
        if layout.columns is None or isinstance(value[layout.columns.text], dict | list):
            return None, [
                place._replace(value=each) for each in value.values() if isinstance(each, dict | list)
            ]
        self._note(layout, value)
        found = self._comment(value, layout.columns, place, parent=bool(below))
        return found, [_Place(each, found.thread_id, found.native_id, True) for each in below]

    def _comment(self, value: dict[Any, Any], columns: Columns, place: _Place, *, parent: bool) -> Comment:
        found = comment(value, columns, thread=place.thread, position=self.position)
        self.position += 1
        if place.parent is not None and found.parent_native_id is None:
            found = replace(found, parent_native_id=place.parent)
        if parent and found.native_id is None:  # its replies must have something to point at
            found = replace(found, native_id=f"{found.thread_id}/{found.position}")
        return found

    def _page(self, value: dict[Any, Any], layout: _Layout, place: _Place) -> Page:
        article = value.get("article") if layout.columns is None else value[layout.columns.text]
        return Page(
            thread_id=identifier(value.get(layout.id)) or place.thread,
            title=string(value.get(layout.title)),
            article=string(article) or "",
            url=string(value.get("url")),
        )


def _layout(keys: tuple[str, ...], given: Mapping[str, str]) -> _Layout:
    by_name = {plain(key): key for key in reversed(keys)}
    replies = tuple(key for key in keys if plain(key) in _REPLIES)
    columns = recognise([key for key in keys if key not in replies], given)
    return _Layout(
        columns=columns,
        replies=replies,
        alone=None if replies else columns,
        title=by_name.get("title"),
        id=by_name.get("id") or by_name.get("threadid"),
    )


def _is_page(value: Mapping[str, Any], layout: _Layout, below: list[Any]) -> bool:
    """An article with its comments looks much like a comment with its replies.

    It has a title, or nobody's name; and what it has are "comments", or it has no text.
    """
    if not below:
        return False
    columns, title = layout.columns, bool(layout.title and value[layout.title])
    if any(plain(key) == "comments" for key in layout.replies):
        return title or (columns is not None and columns.author is None)
    return title and (columns is None or not value[columns.text])
