"""Comments of a YouTube video as resold by RapidAPI's interfaces: one level, how many replies, no replies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from threads.comment import Comment, Record, Reject
from threads.files import decode, documents
from threads.files.objects import Object, count, identity, mapping, said, words
from threads.formats.base import PERSON

name = "youtube_rapidapi"
title = "YouTube (RapidAPI)"
keeps = "ids, authors with channel, likes, times as the page rounds them"
identifies = PERSON

_MARKS = frozenset({"commentId", "content", "author", "publishedTimeText"})


def sniff(head: bytes, path: Path) -> float:
    """Certain where an object has the names that these interfaces give."""
    return documents.sureness(head, path, _is_comment)


def read(path: Path) -> Iterator[Record]:
    """Yield the comments in the order of the file. Its name stands for the video, which it does not name."""
    position = left_out = 0
    for comment in documents.known(path, _is_comment):
        if isinstance(comment, Reject):
            yield comment
            continue
        yield _comment(comment, decode.plain(path).stem, position)
        position += 1
        left_out += count(mapping(comment.get("stats")).get("replies")) or 0
    if left_out:
        yield Reject(line=None, reason=f"{left_out:,} replies were not saved with the comments.")


def _is_comment(value: Object) -> bool:
    return value.keys() >= _MARKS


def _comment(comment: Object, stem: str, position: int) -> Comment:
    author = mapping(comment["author"])
    return Comment(
        text=words(comment["content"]),
        thread_id=stem,
        position=position,
        native_id=identity(comment["commentId"]),
        author=said(author.get("title")),
        author_id=identity(author.get("channelId")),
        created_text=said(comment["publishedTimeText"]),
        likes=count(mapping(comment.get("stats")).get("votes")),
    )
