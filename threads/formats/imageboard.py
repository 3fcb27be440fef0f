"""Imageboards as JSON: threads, boards and catalogues, with `>>number` as a link to another post.

4chan and what follows its interface (vichan, Infinity), 2ch.hk's Makaba, jschan, LynxChan, the archives of
FoolFuuka, and the `imageboard` package's own tree; the dialects are in imageboard_posts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from threads.comment import Comment, Page, Record, Reject
from threads.files import decode, documents
from threads.formats.base import PERSON
from threads.formats.imageboard_posts import Post, is_thread, posts

name = "imageboard"
title = "Imageboards (4chan and compatible JSON)"
keeps = "ids, parents (several: every >>number), names and poster ids, times, edits"
identifies = PERSON


def sniff(head: bytes, path: Path) -> float:
    """Certain where an object is a post, or a thread of posts, in one of the dialects."""
    return documents.sureness(head, path, is_thread)


def read(path: Path) -> Iterator[Record]:
    """Yield a page for each thread and its posts, the opening one first; a post once, however often saved."""
    position = 0
    done: set[str | None] = set()
    for thread in documents.known(path, is_thread):
        if isinstance(thread, Reject):
            yield thread
            continue
        for record in _thread(posts(thread), decode.plain(path).stem):
            key = _key(record)
            if key in done:
                continue
            done |= {key} - {None}
            yield replace(record, position=position) if isinstance(record, Comment) else record
            position += isinstance(record, Comment)


def _key(record: Comment | Page) -> str | None:
    """What tells a page or a post apart; None for a post without a number."""
    if isinstance(record, Page):
        return record.thread_id
    return f"{record.thread_id}/{record.native_id}" if record.native_id else None


def _thread(found: Sequence[Post], stem: str) -> Iterator[Comment | Page]:
    if not found:
        return
    opening = found[0]
    thread = opening.thread or opening.id or stem
    yield Page(thread_id=thread, title=opening.title)
    here = {post.id for post in found}
    for post in found:
        yield _comment(post, _answered(post, here, thread), thread)


def _answered(post: Post, here: set[str | None], thread: str) -> tuple[str, ...]:
    """The posts of this thread that a post links to; one that is gone counts only where no other is there.

    Posts are numbered over a whole board, so a number below the thread's own is of another thread.
    """
    linked = tuple(dict.fromkeys(each for each in post.links if each != post.id))
    present = tuple(each for each in linked if each in here)
    if present or not thread.isdecimal():
        return present
    return tuple(each for each in linked if int(each) > int(thread))[:1]


def _comment(post: Post, answered: tuple[str, ...], thread: str) -> Comment:
    return Comment(
        text=post.text,
        thread_id=thread,
        position=0,
        native_id=post.id,
        parent_native_id=answered[0] if answered else None,
        reply_to_all=answered,
        author=post.author,
        author_id=post.author_id,
        created=post.created,
        edited=post.edited,
        title=post.title,
    )
