"""Telegram Desktop's export to JSON: one chat (result.json), or an account with all of its chats."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from threads.comment import Comment, Page, Record, Reject
from threads.formats import decode, documents
from threads.formats.base import PERSON
from threads.formats.long_list import Listed, listed, numbered
from threads.formats.objects import Object, identity, mappings, said, words
from threads.formats.times import moment

name = "telegram"
title = "Telegram Desktop (result.json)"
keeps = "ids, parents, authors with id, times, edits"
identifies = PERSON

_MARKS = frozenset({"name", "type", "id", "messages"})


def sniff(head: bytes, path: Path) -> float:
    """Certain where an object is a chat with messages as Telegram writes them."""
    return documents.sureness(head, path, _is_chat)


def read(path: Path) -> Iterator[Record]:
    """Yield a page for each chat and its messages; what the app itself reports is left out."""
    stem = decode.plain(path).stem
    yield from numbered(_chats(path), lambda chat: _records(chat, stem))


def _chats(path: Path) -> Iterator[Listed | Reject]:
    """The chats of a file; the messages of a single one are not held in memory."""
    single = listed(path, "messages")
    if single is not None:
        yield single
        return
    for chat in documents.known(path, _is_chat):
        yield chat if isinstance(chat, Reject) else Listed(chat, iter(mappings(chat["messages"])))


def _records(chat: Listed, stem: str) -> Iterator[Record]:
    thread = identity(chat.head.get("id")) or stem
    yield Page(thread_id=thread, title=said(chat.head.get("name")))
    reports: set[str | None] = set()
    for message in chat.items:
        if isinstance(message, Reject):
            yield message
        elif message.get("type") == "message":
            yield _comment(message, thread, reports)
        else:
            reports.add(identity(message.get("id")))


def _is_chat(value: Object) -> bool:
    messages = value.get("messages")
    if not isinstance(messages, list) or "type" not in value:
        return False
    first = next(iter(mappings(messages)), None)
    if first is None:
        return value.keys() >= _MARKS
    return first.get("type") in ("message", "service") and "date" in first and "id" in first


def _comment(message: Object, thread: str, reports: set[str | None]) -> Comment:
    """A message; in a forum each answers the report that its topic began, which is no comment."""
    own, parent = identity(message.get("id")), identity(message.get("reply_to_message_id"))
    if parent in reports or "reply_to_peer_id" in message:
        parent = None
    return Comment(
        text=_text(message),
        thread_id=thread,
        position=0,
        # Messages are numbered anew in each chat.
        native_id=f"{thread}/{own}" if own else None,
        parent_native_id=f"{thread}/{parent}" if parent else None,
        author=said(message.get("from")),
        author_id=identity(message.get("from_id")),
        created=moment(message.get("date_unixtime")) or moment(message.get("date")),
        edited=moment(message.get("edited_unixtime")) or moment(message.get("edited")),
    )


def _text(message: Object) -> str:
    """The words, which are one text or a list of texts and of objects for what is bold, a link, a quote."""
    text = message.get("text")
    pieces = text if isinstance(text, list) else [text]
    return "".join(map(_piece, pieces)).strip()


def _piece(piece: Any) -> str:  # noqa: ANN401
    if not isinstance(piece, dict):
        return words(piece)
    text = words(piece.get("text"))
    if piece.get("type") == "blockquote":
        return "".join(f"> {line}\n" for line in text.split("\n"))
    href = words(piece.get("href"))
    return f"{text} ({href})" if href and href != text else text
