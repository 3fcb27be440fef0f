"""Hacker News as JSON: Algolia's tree of an item or its search results, and Firebase's single items."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from threads.comment import Comment, Page, Record, Reject
from threads.files import decode, documents
from threads.files.objects import Object, address, count, from_html, identity, mappings, said, tops, words
from threads.files.times import moment
from threads.formats.base import PERSON

name = "hackernews"
title = "Hacker News (Algolia and Firebase JSON)"
keeps = "ids, parents, authors, times, points where they are public, deletions"
identifies = PERSON

_PAGES = frozenset({"story", "job", "poll"})
_BYLINE = frozenset({"by", "deleted", "dead", "parent"})
_KINDS = _PAGES | {"comment", "pollopt"}


def sniff(head: bytes, path: Path) -> float:
    """Certain where an item stands with the marks of one of the two interfaces, or Algolia's hits."""
    return documents.sureness(head, path, _is_item)


def read(path: Path) -> Iterator[Record]:
    """Yield a page for each story and its comments; those of a branch stand under the story's id too."""
    items: list[Object] = []
    for item in documents.known(path, _is_item):
        if isinstance(item, Reject):
            yield item
        else:
            items.extend(_with_those_below(item))
    parents = {_id(item): _parent(item) for item in items if _id(item)}
    threads = tops({own: parent for own, parent in parents.items() if own})
    pages = {_id(item) for item in items if _kind(item) in _PAGES}
    position = 0
    for item in items:
        if _kind(item) in _PAGES:
            yield _page(item, decode.plain(path).stem)
        elif _kind(item) != "pollopt":
            yield _comment(item, threads, pages, position)
            position += 1


def _is_item(item: Object) -> bool:
    if "objectID" in item:
        return "created_at_i" in item and ("story_id" in item or "_tags" in item)
    if _kind(item) not in _KINDS or "id" not in item:
        return False
    return "created_at_i" in item or ("time" in item and not _BYLINE.isdisjoint(item))


def _with_those_below(item: Object) -> Iterator[Object]:
    """An item and all inside of it, in reading order."""
    ahead = [item]
    while ahead:
        item = ahead.pop()
        yield _as_item(item) if "objectID" in item else item
        below = [each for key in ("children", "kids", "comments") for each in mappings(item.get(key))]
        ahead.extend(each for each in reversed(below) if _is_item(each))


def _as_item(hit: Object) -> Object:
    """A result of Algolia's search as an item."""
    tags = hit.get("_tags")
    kind = "comment" if hit.get("comment_text") else "story"
    if isinstance(tags, list):
        kind = next((tag for tag in tags if isinstance(tag, str) and tag in _KINDS), kind)
    text = hit.get("comment_text") or hit.get("story_text")
    return {**hit, "id": hit["objectID"], "type": kind, "text": text}


def _kind(item: Object) -> str:
    return words(item.get("type"))


def _id(item: Object) -> str | None:
    return identity(item.get("id"))


def _parent(item: Object) -> str | None:
    return identity(item.get("parent_id")) or identity(item.get("parent"))


def _page(item: Object, stem: str) -> Page:
    return Page(
        thread_id=_id(item) or stem,
        title=said(item.get("title")),
        article=from_html(item.get("text")),
        url=address(item.get("url")),
    )


def _comment(item: Object, threads: dict[str, str], pages: set[str | None], position: int) -> Comment:
    own, parent = _id(item), _parent(item)
    thread = identity(item.get("story_id")) or threads.get(own or parent or "", own or "")
    text = from_html(item.get("text"))
    gone = item.get("deleted") is True or (not text and said(item.get("author")) is None and "by" not in item)
    killed = item.get("dead") is True and not text
    return Comment(
        text="" if gone else text,
        thread_id=thread,
        position=position,
        native_id=own,
        parent_native_id=None if parent == thread or parent in pages else parent,
        author=said(item.get("author")) or said(item.get("by")),
        created=moment(item.get("created_at_i") or item.get("time") or item.get("created_at")),
        deleted="deleted" if gone else "removed" if killed else None,
        likes=count(item.get("points")),
        title=said(item.get("story_title")),
    )
