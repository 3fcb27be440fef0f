"""The records that a format yields. They live only at the edge: inside, comments are rows of a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment as its source has it; what the source does not say is None.

    `native_id` and `parent_native_id` are the source's own ids, unique within `thread_id` or wider.
    `created` is aware (UTC) and only set for an absolute date; `created_text` is the date as it stood
    ("3 days ago"). `edited` is when it was last changed. `deleted` is "deleted" where its author took it back
    and "removed" where somebody else did; its text is then empty, and it stays for the sake of its answers.
    `reply_to_all` are the source's ids of all comments answered, where these may be several and
    `parent_native_id` is the first. `reply_to` is the *name* that the page gives as the one answered
    ("in reply to Ann", "Bob > Ann"). `indent` is how far the page sets the comment in, 0 the outermost.
    `confidence` in [0, 1] says how sure the reader is that this is a comment with this author; 1 where the
    format says so.
    """

    text: str
    thread_id: str
    position: int
    native_id: str | None = None
    parent_native_id: str | None = None
    author: str | None = None
    author_id: str | None = None
    created: datetime | None = None
    created_text: str | None = None
    edited: datetime | None = None
    deleted: Literal["deleted", "removed"] | None = None
    reply_to_all: tuple[str, ...] = ()
    likes: int | None = None
    url: str | None = None
    title: str | None = None
    reply_to: str | None = None
    indent: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What surrounds the comments of one thread: its title and the article they stand under.

    `note` is a sentence for the report where something about the page should be said, as that it has
    no comments and why we think so; `confidence` is how sure that is.
    """

    thread_id: str
    title: str | None = None
    article: str = ""
    url: str | None = None
    note: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A record that could not be read: where it stands (line or position, from 1) and why, in a sentence."""

    line: int | None
    reason: str
    excerpt: str = ""


Record = Comment | Page | Reject


def comment_hash(*parts: object) -> str:
    """An id for a comment whose source gives none: 12 hexadecimal digits over what tells it apart."""
    return blake2b("\x1f".join(map(str, parts)).encode("utf-8", "replace"), digest_size=6).hexdigest()
