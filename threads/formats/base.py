"""What a format is: it knows a file by its beginning and yields the records in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from threads.comment import Record

PERSON = ("author", "author_id", "reply_to")
"""The fields that identify a person in most formats; the words of a text are looked through in any case."""


class Format(Protocol):
    """A module (or object) that reads one kind of file.

    `keeps` says in a few words what a file of this kind preserves ("ids, parents, authors, times"), and
    `identifies` which fields of its comments hold what identifies a person (a name, a page of theirs).
    """

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def keeps(self) -> str: ...

    @property
    def identifies(self) -> tuple[str, ...]: ...

    def sniff(self, head: bytes, path: Path) -> float:
        """How likely the file is of this kind, in [0, 1], from its first 64 KiB and its name."""
        ...

    def read(self, path: Path) -> Iterator[Record]:
        """Yield comments in the order of the file, rejects where a record is unreadable, and pages.

        Raises InputError, one sentence, where nothing in the file can be read.
        """
        ...
