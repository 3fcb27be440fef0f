"""Mastodon and what speaks its interface: a status with its context, lists of statuses, one a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from threads.comment import Comment, Record, Reject
from threads.files import decode, documents
from threads.files.objects import (
    Object,
    address,
    count,
    found,
    from_html,
    identity,
    in_time,
    mapping,
    mappings,
    said,
    tops,
    words,
)
from threads.files.times import moment
from threads.formats.base import PERSON

name = "mastodon"
title = "Mastodon (status context, lists of statuses)"
keeps = "ids, parents, authors with account, times, edits, favourites, links"
identifies = (*PERSON, "url")

_ASKED = re.compile(rb"\n *uri: \S{1,200}/api/v1/statuses/\d")
_MARKS = frozenset({"id", "account", "content", "created_at"})


def sniff(head: bytes, path: Path) -> float:
    """Certain where an object is a status, or the context of one, or a session asked for one."""
    if head.startswith(documents.RECORDED.encode()) and _ASKED.search(head):
        return documents.CERTAIN
    return documents.sureness(head, path, _is_known)


def read(path: Path) -> Iterator[Record]:
    """Yield each status once, a boosted one in place of its boost; its thread is the uppermost above it."""
    statuses: dict[str, Object] = {}
    contexts: list[Object] = []
    for value in documents.known(path, _is_known):
        if isinstance(value, Reject):
            yield value
            continue
        contexts += [value] if _is_context(value) else []
        for status in found(value, _is_status):
            boosted = mapping(status.get("reblog"))
            own = identity(status["id"]) or f"{len(statuses)}"
            if _is_status(boosted):
                status, own = boosted, identity(boosted["id"]) or own
            statuses.setdefault(own, {**status, "id": own})
    parents = {own: identity(status.get("in_reply_to_id")) for own, status in statuses.items()}
    parents |= _between(contexts, parents)
    threads = tops(parents)
    for position, status in enumerate(in_time(statuses.values(), "created_at")):
        own = words(status["id"])
        yield _comment(status, own, threads.get(own, decode.plain(path).stem), position)


def _is_known(value: Object) -> bool:
    return _is_status(value) or _is_context(value)


def _between(contexts: list[Object], parents: Mapping[str, str | None]) -> dict[str, str | None]:
    """The status that a context is of and does not hold: it answers the last of those above it."""
    between: dict[str, str | None] = {}
    for context in contexts:
        above = [identity(each.get("id")) for each in mappings(context["ancestors"])]
        below = [identity(each.get("in_reply_to_id")) for each in mappings(context["descendants"])]
        if above and below and below[0] and below[0] not in parents:
            between[below[0]] = above[-1]
    return between


def _is_status(value: Object) -> bool:
    account = mapping(value.get("account"))
    return value.keys() >= _MARKS and "acct" in account


def _is_context(value: Object) -> bool:
    return isinstance(value.get("ancestors"), list) and isinstance(value.get("descendants"), list)


def _comment(status: Object, own: str, thread: str, position: int) -> Comment:
    account = mapping(status["account"])
    warning, text = words(status.get("spoiler_text")).strip(), from_html(status["content"])
    return Comment(
        text=f"{warning}\n\n{text}" if warning else text,
        thread_id=thread,
        position=position,
        native_id=own,
        parent_native_id=identity(status.get("in_reply_to_id")),
        author=said(account.get("acct")),
        author_id=identity(account.get("id")),
        created=moment(status["created_at"]),
        edited=moment(status.get("edited_at")),
        likes=count(status.get("favourites_count")),
        url=address(status.get("url")) or address(status.get("uri")),
    )
