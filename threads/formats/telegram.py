"""Telegram Desktop's export to JSON: one chat (result.json), or an account with all of its chats."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from threads.comment import Comment, Page, Record, Reject
from threads.files import decode, documents
from threads.files.long_list import Listed, lists, numbered
from threads.files.objects import Object, identity, mapping, mappings, said, words
from threads.files.times import moment
from threads.formats.base import PERSON

name = "telegram"
title = "Telegram Desktop (result.json)"
keeps = "ids, parents, authors with id, times, edits"
identifies = PERSON

_HEAD = frozenset({"type", "id"})
_MARKS = _HEAD | {"name", "messages"}
_KINDS = ("message", "service", "unsupported")
_BEGINS = rf'\{{\s*+"id"\s*+:\s*+-?\d{{1,20}}\s*+,\s*+"type"\s*+:\s*+"(?:{"|".join(_KINDS)})"'
# What an account's export may hold before its chats, which begin far behind a long list of contacts.
_ACCOUNT = frozenset(
    {"personal_information", "profile_pictures", "contacts", "frequent_contacts", "sessions"}
)


def sniff(head: bytes, path: Path) -> float:
    """Certain where an object is a chat with messages as Telegram writes them, or an account of it."""
    return documents.sureness(head, path, lambda value: _is_chat(value) or _is_account(value))


def read(path: Path) -> Iterator[Record]:
    """Yield a page for each chat and its messages; what the app itself reports is left out."""
    stem = decode.plain(path).stem
    chats = lists(path, "messages", _BEGINS, lambda head: head.keys() >= _HEAD, _is_chat)
    yield from numbered(chats, lambda chat: _records(chat, stem))


def _records(chat: Listed, stem: str) -> Iterator[Record]:
    thread = identity(chat.head.get("id")) or stem
    yield Page(thread_id=thread, title=said(chat.head.get("name")))
    reports: set[str | None] = set()
    for message in chat.items:
        if isinstance(message, Reject):
            yield message
        elif message.get("type") == "service":
            reports.add(identity(message.get("id")))
        else:
            yield _comment(message, thread, reports)


def _is_chat(value: Object) -> bool:
    messages = value.get("messages")
    if not isinstance(messages, list) or "type" not in value:
        return False
    first = next(iter(mappings(messages)), None)
    if first is None:
        return value.keys() >= _MARKS
    return first.get("type") in _KINDS and "id" in first and ("date" in first or len(first) == 2)


def _is_account(value: Object) -> bool:
    return "about" in value and bool(value.keys() & _ACCOUNT)


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
    """The words, which are one text or a list of texts and of objects for what is bold, a link, a quote.

    A poll has none but its question and answers.
    """
    text = message.get("text")
    written = ""
    for piece in text if isinstance(text, list) else [text]:
        if isinstance(piece, dict) and piece.get("type") == "blockquote":
            quoted = "".join(f"> {line}\n" for line in words(piece.get("text")).strip("\n").split("\n"))
            written = f"{written.rstrip(chr(10))}\n{quoted}" if written else quoted
        else:
            written += _piece(piece)
    return written.strip() or _poll(mapping(message.get("poll")))


def _piece(piece: Any) -> str:  # noqa: ANN401
    if not isinstance(piece, dict):
        return words(piece)
    text, href = words(piece.get("text")), words(piece.get("href"))
    return f"{text} ({href})" if href and href != text else text


def _poll(poll: Object) -> str:
    answers = [f"- {words(each.get('text'))}" for each in mappings(poll.get("answers"))]
    return "\n".join([words(poll.get("question")), *answers]).strip()
