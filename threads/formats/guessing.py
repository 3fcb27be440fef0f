"""Formats that tell by their names what columns hold, and so must say what they took for what."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, runtime_checkable

from threads.files.taken import Taken
from threads.formats.base import Format


@runtime_checkable
class Guessing(Format, Protocol):
    """A format whose columns, or names of values, each file chooses for itself."""

    def taken(self, path: Path) -> Taken:
        """What the columns of a file are taken for; of JSON, as far as its first 64 KiB show it.

        Raises InputError where `read` does.
        """
        ...
