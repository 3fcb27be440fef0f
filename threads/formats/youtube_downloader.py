"""youtube-comment-downloader: a comment a line, or all of them in a list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from threads.comment import Comment, Record, Reject
from threads.files import decode, documents
from threads.files.objects import Object, count, identity, said, words
from threads.files.times import moment
from threads.formats.base import PERSON

name = "youtube_downloader"
title = "YouTube (youtube-comment-downloader)"
keeps = "ids, parents, authors with channel, likes, times as the page rounds them"
identifies = PERSON

_MARKS = frozenset({"cid", "text", "author", "time"})  # its first versions wrote no more


def sniff(head: bytes, path: Path) -> float:
    """Certain where an object has the names that this tool gives."""
    return documents.sureness(head, path, _is_comment)


def read(path: Path) -> Iterator[Record]:
    """Yield the comments in the order of the file. Its name stands for the video, which it does not name."""
    position = 0
    for comment in documents.known(path, _is_comment):
        if isinstance(comment, Reject):
            yield comment
        else:
            yield _comment(comment, decode.plain(path).stem, position)
            position += 1


def _is_comment(value: Object) -> bool:
    return value.keys() >= _MARKS


def _comment(comment: Object, stem: str, position: int) -> Comment:
    own = identity(comment["cid"])
    above, dot, _ = (own or "").rpartition(".")  # a reply's id is its comment's, a dot and its own
    return Comment(
        text=words(comment["text"]),
        thread_id=stem,
        position=position,
        native_id=own,
        parent_native_id=above if dot else None,
        author=said(comment["author"]),
        author_id=identity(comment.get("channel")),
        created=moment(comment.get("time_parsed")),
        created_text=said(comment.get("time")),
        likes=count(comment.get("votes")),
    )
