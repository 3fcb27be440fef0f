"""Discord as DiscordChatExporter writes it to JSON: one channel, or a thread of one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from threads.comment import Comment, Page, Record, Reject
from threads.files import decode, documents
from threads.files.long_list import Listed, lists, numbered
from threads.files.objects import Object, identity, mapping, said, words
from threads.files.times import moment
from threads.formats.base import PERSON

name = "discord"
title = "Discord (DiscordChatExporter JSON)"
keeps = "ids, parents, authors with id, times, edits"
identifies = PERSON

# Other types report that somebody joined, pinned, called; older versions write the number of the type.
_WRITTEN = frozenset({
    "Default", "Reply", "ChatInputCommand", "ContextMenuCommand", "ThreadStarterMessage",
    "0", "19", "20", "21", "23",
})  # fmt: skip
_BEGINS = r'\{\s*+"id"\s*+:\s*+"?\d{1,24}"?\s*+,\s*+"type"\s*+:'


def sniff(head: bytes, path: Path) -> float:
    """Certain where an object has a guild, a channel and messages."""
    return documents.sureness(head, path, _is_channel)


def read(path: Path) -> Iterator[Record]:
    """Yield a page for the channel and what people wrote in it."""
    stem = decode.plain(path).stem
    exports = lists(path, "messages", _BEGINS, _is_channel, _is_channel)
    yield from numbered(exports, lambda export: _records(export, stem))


def _records(export: Listed, stem: str) -> Iterator[Record]:
    channel = mapping(export.head.get("channel"))
    thread = identity(channel.get("id")) or stem
    yield Page(thread_id=thread, title=said(channel.get("name")), article=words(channel.get("topic")))
    for message in export.items:
        if isinstance(message, Reject):
            yield message
        elif (identity(message.get("type")) or "Default") in _WRITTEN:
            yield _comment(message, thread)


def _is_channel(value: Object) -> bool:
    return isinstance(value.get("channel"), dict) and isinstance(value.get("guild"), dict)


def _comment(message: Object, thread: str) -> Comment:
    author = mapping(message.get("author"))
    # What is forwarded stands beside an empty text: its words are what was put before the others.
    forwarded = mapping(message.get("forwardedMessage")).get("content")
    return Comment(
        text=words(message.get("content")) or words(forwarded),
        thread_id=thread,
        position=0,
        native_id=identity(message.get("id")),
        parent_native_id=_parent(message, thread),
        author=said(author.get("nickname")) or said(author.get("name")),
        author_id=identity(author.get("id")),
        created=moment(message.get("timestamp")),
        edited=moment(message.get("timestampEdited")),
    )


def _parent(message: Object, thread: str) -> str | None:
    """The message answered; what is forwarded or begins a thread refers to another channel."""
    reference = mapping(message.get("reference"))
    if identity(message.get("type")) not in ("Reply", "19"):
        return None
    if identity(reference.get("channelId")) not in (None, thread):
        return None
    return identity(reference.get("messageId"))
