"""Disqus as JSON: what its API answers, the data of an embedded thread, and its XML turned into JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

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
    is_true,
    said,
    words,
)
from threads.files.times import moment
from threads.formats.base import PERSON

name = "disqus_json"
title = "Disqus API or thread data (JSON)"
keeps = "ids, parents, authors, times, net votes, links, what was deleted"
identifies = PERSON

_TEXTS = ("raw_message", "message")
_MARKS = frozenset({"isSpam", "isDeleted", "isApproved", "isFlagged", "dislikes", "raw_message"})
_IDS = ("@dsq:id", "_dsq:id", "-dsq:id", "dsq:id", "@_dsq:id", "@id", "id")
_THREAD_MARKS = frozenset({"clean_title", "identifiers", "posts", "link"})


def sniff(head: bytes, path: Path) -> float:
    """Certain by the names of a post's fields."""
    keys = documents.keys(head)
    is_converted = "disqus" in keys and any(each.endswith("dsq:id") for each in keys)
    is_post = {"thread", "author"} <= keys and bool(keys & set(_TEXTS)) and len(keys & _MARKS) >= 2
    return 0.99 if is_converted or is_post else 0.0


def read(path: Path) -> Iterator[Record]:
    """Yield posts as they come, and a page for each thread that is told of. Raises InputError for damage."""
    reading = _Reading(decode.plain(path).stem)
    for value in documents.values(path):
        yield from [value] if isinstance(value, Reject) else reading.records(value.value)
    if not reading.position:
        raise InputError(f"The file {path} holds no posts of Disqus, only what is said about them.")


@dataclass(slots=True)
class _Reading:
    """Looks through all values for posts and threads; `stem` is the thread of a post that names none."""

    stem: str
    position: int = 0
    pages: set[str] = field(default_factory=set)

    def records(self, value: object) -> Iterator[Record]:
        stack: list[Any] = [value]
        while stack:
            item = stack.pop()
            if isinstance(item, list):
                stack += reversed(item)
            elif isinstance(item, dict) and _is_post(item):
                if isinstance(item.get("thread"), dict):
                    yield from self._page(item["thread"])
                yield self._comment(item)
                stack += [item[each] for each in ("replies", "children") if isinstance(item.get(each), list)]
            elif isinstance(item, dict):
                if _is_thread(item):
                    yield from self._page(item)
                # The thread first, so that its page stands before its posts.
                inner = [each for name, each in item.items() if name != "thread"]
                stack += reversed([item.get("thread"), *inner])

    def _page(self, item: Object) -> Iterator[Page]:
        thread_id, named = _id(item), _said(item, "clean_title") or _said(item, "title")
        if thread_id is None or thread_id in self.pages or not (named or _said(item, "link")):
            return
        self.pages.add(thread_id)
        article = from_html(_one(item.get("message")))
        yield Page(thread_id=thread_id, title=named, article=article, url=_said(item, "link"))

    def _comment(self, row: Object) -> Comment:
        gone = _gone(row)
        author, date = _one(row.get("author")), _one(row.get("createdAt"))
        likes, dislikes = count(row.get("likes")), count(row.get("dislikes"))
        points = count(row.get("points"))
        net = points if likes is None else likes - (dislikes or 0)
        self.position += 1
        return Comment(
            text="" if gone else _text(row),
            thread_id=_id(_one(row.get("thread"))) or self.stem,
            position=self.position - 1,
            native_id=_id(row),
            parent_native_id=_id(_one(row.get("parent"))),
            author=_said(author, "name") if isinstance(author, dict) else said(author),
            author_id=_said(author, "username") or _said(author, "id"),
            created=moment(date),
            created_text=as_stated(date),
            deleted=gone,
            likes=net,
            url=said(row.get("url")),
        )


def _one(value: object) -> object:
    """The single value of a list of one, as converters of XML wrap everything."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _id(value: object) -> str | None:
    if isinstance(value, dict):
        own = value["$"] if isinstance(value.get("$"), dict) else value
        value = next((own[each] for each in _IDS if own.get(each) not in (None, "")), None)
    return identity(_one(value)) if not isinstance(value, dict) else None


def _said(value: object, name: str) -> str | None:
    return said(_one(inside(value, name)))


def _text(row: Object) -> str:
    """The message: `raw_message` is as it was typed, with line breaks and sometimes tags."""
    html = _one(row.get("message"))
    if isinstance(html, dict):  # a CDATA section that a converter of XML kept apart
        html = next((each for each in html.values() if isinstance(each, str)), "")
    return from_html(html) or words(row.get("raw_message")).strip()


def _gone(row: Object) -> Literal["deleted", "removed"] | None:
    """Who took a post away, where the API says whether its author did."""
    if is_true(_one(row.get("isDeleted"))):
        return "removed" if row.get("isDeletedByAuthor") is False else "deleted"
    if is_true(_one(row.get("isDeletedByAuthor"))):
        return "deleted"
    return "removed" if is_true(_one(row.get("isSpam"))) else None


def _is_post(item: Object) -> bool:
    said = [_one(item[each]) for each in _TEXTS if each in item]
    is_empty = bool(said) and "isDeleted" in item  # null where nothing is left
    says = is_empty or any(isinstance(each, str | dict) for each in said)
    return says and "thread" in item and not (item.keys() & {"clean_title", "identifiers"})


def _is_thread(item: Object) -> bool:
    return "title" in item and bool(item.keys() & _THREAD_MARKS)
