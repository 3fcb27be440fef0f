"""What the columns of a table, or the names of values, were taken for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from threads.files.columns import FIELDS, Columns, in_a_line

_MOST, _MOST_SHOWN = 200, 12  # unread columns that are kept, and that a sentence names


class Taken(NamedTuple):
    """The column that was taken for each field, and the columns that were left unread, in their order."""

    columns: dict[str, str]
    unread: list[str]


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
    shown = {field: in_a_line(name) for field, name in columns.items()}
    said = ", ".join(name if name == field else f"{field} from {name}" for field, name in shown.items())
    if not unread:
        return said
    more = f" and {len(unread) - _MOST_SHOWN} more" if len(unread) > _MOST_SHOWN else ""
    return f"{said}; not read: {', '.join(map(in_a_line, unread[:_MOST_SHOWN]))}{more}"
