"""Mastodon and what speaks its interface: a status with its context, lists of statuses, one a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from threads.comment import Comment, Record, Reject
from threads.formats import decode, documents
from threads.formats.base import PERSON
from threads.formats.objects import Object, address, identity, mapping, markup, said, tops, words
from threads.formats.records import count
from threads.formats.times import moment

name = "mastodon"
title = "Mastodon (status context, lists of statuses)"
keeps = "ids, parents, authors with account, times, edits, favourites, links"
identifies = (*PERSON, "url")

_MARKS = frozenset({"id", "account", "content", "created_at"})


def sniff(head: bytes, path: Path) -> float:
    """Certain where an object is a status, or the context of one."""
    return documents.sureness(head, path, lambda value: _is_status(value) or _is_context(value))


def read(path: Path) -> Iterator[Record]:
    """Yield each status once, a boosted one in place of its boost; its thread is the uppermost above it."""
    statuses: dict[str, Object] = {}
    for status in documents.known(path, _is_status):
        if isinstance(status, Reject):
            yield status
            continue
        status = status["reblog"] if _is_status(mapping(status.get("reblog"))) else status
        statuses.setdefault(identity(status["id"]) or f"{len(statuses)}", status)
    parents = {own: identity(status.get("in_reply_to_id")) for own, status in statuses.items()}
    threads = tops(parents)
    for position, (own, status) in enumerate(statuses.items()):
        yield _comment(status, own, threads.get(own, decode.plain(path).stem), position)


def _is_status(value: Object) -> bool:
    account = mapping(value.get("account"))
    return value.keys() >= _MARKS and "acct" in account


def _is_context(value: Object) -> bool:
    return isinstance(value.get("ancestors"), list) and isinstance(value.get("descendants"), list)


def _comment(status: Object, own: str, thread: str, position: int) -> Comment:
    account = mapping(status["account"])
    warning, text = words(status.get("spoiler_text")).strip(), markup(status["content"])
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
