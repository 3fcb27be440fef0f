"""Formats that tell by their names what columns hold, and so must say what they took for what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

from threads.formats.base import Format
from threads.formats.columns import FIELDS, Columns

_MOST, _MOST_SHOWN = 200, 12  # unread columns that are kept, and that a sentence names


class Taken(NamedTuple):
    """The column that was taken for each field, and the columns that were left unread, in their order."""

    columns: dict[str, str]
    unread: list[str]


@runtime_checkable
class Guessing(Format, Protocol):
    """A format whose columns, or names of values, each file chooses for itself."""

    def taken(self, path: Path) -> Taken:
        """What the columns of a file are taken for; of JSON, as far as its first 64 KiB show it.

        Raises InputError where `read` does.
        """
        ...


def taken(kinds: Iterable[tuple[Columns, Iterable[str]]], replies: Collection[str] = ()) -> Taken:
    """Return what was taken from one kind of row or from several, each with its columns' names."""
    found: dict[str, str] = {}
    names: dict[str, None] = {}
    for columns, present in kinds:
        for field in FIELDS:
            column = getattr(columns, field)
            if column is not None:
                found.setdefault(field, column)
        names |= dict.fromkeys(present)
    used = {*found.values(), *replies}
    for name in replies:
        found.setdefault("replies", name)
    return Taken(found, [name for name in names if name not in used][:_MOST])


def told(columns: Mapping[str, str], unread: Sequence[str]) -> str:
    """Say what was taken from where, and what was not read: "text from body, author; not read: ip"."""
    said = ", ".join(name if name == field else f"{field} from {name}" for field, name in columns.items())
    if not unread:
        return said
    more = f" and {len(unread) - _MOST_SHOWN} more" if len(unread) > _MOST_SHOWN else ""
    return f"{said}; not read: {', '.join(unread[:_MOST_SHOWN])}{more}"
