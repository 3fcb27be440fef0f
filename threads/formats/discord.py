"""Discord as DiscordChatExporter writes it to JSON: one channel, or a thread of one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from threads.comment import Comment, Page, Record, Reject
from threads.formats import decode, documents
from threads.formats.base import PERSON
from threads.formats.objects import Object, identity, mapping, mappings, said, words
from threads.formats.times import moment

name = "discord"
title = "Discord (DiscordChatExporter JSON)"
keeps = "ids, parents, authors with id, times, edits"
identifies = PERSON

# Other types report that somebody joined, pinned, called; older versions write the number of the type.
_WRITTEN = frozenset({
    "Default", "Reply", "ChatInputCommand", "ContextMenuCommand", "ThreadStarterMessage",
    "0", "19", "20", "21", "23",
})  # fmt: skip


def sniff(head: bytes, path: Path) -> float:
    """Certain where an object has a guild, a channel and messages."""
    return documents.sureness(head, path, _is_channel)


def read(path: Path) -> Iterator[Record]:
    """Yield a page for the channel and what people wrote in it."""
    position = 0
    for export in documents.known(path, _is_channel):
        if isinstance(export, Reject):
            yield export
            continue
        channel = mapping(export["channel"])
        thread = identity(channel.get("id")) or decode.plain(path).stem
        yield Page(thread_id=thread, title=said(channel.get("name")), article=words(channel.get("topic")))
        for message in mappings(export.get("messages")):
            if (identity(message.get("type")) or "Default") in _WRITTEN:
                yield _comment(message, thread, position)
                position += 1


def _is_channel(value: Object) -> bool:
    return isinstance(value.get("channel"), dict) and isinstance(value.get("guild"), dict)


def _comment(message: Object, thread: str, position: int) -> Comment:
    author = mapping(message.get("author"))
    return Comment(
        text=words(message.get("content")),
        thread_id=thread,
        position=position,
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
