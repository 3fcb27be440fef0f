"""What objects of a source hold, as the type that is meant: a source may leave out or mistype anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from threads.formats.records import clean
from threads.formats.times import moment
from threads.markup import strip_markup

Object = Mapping[str, Any]

_NOTHING: Object = {}


def mapping(value: object) -> Object:
    """An object as it is; anything else as one without members."""
    return value if isinstance(value, dict) else _NOTHING


def mappings(value: object) -> list[Object]:
    """The objects of a list; none where it is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def words(value: object) -> str:
    """A text as it stands; empty where there is none."""
    return clean(value) if isinstance(value, str) else ""


def said(value: object) -> str | None:
    """A name or title without blanks around it; None where it says nothing."""
    return words(value).strip() or None


def markup(value: object) -> str:
    """The text of a piece of HTML; empty where there is none."""
    return strip_markup(words(value)) if isinstance(value, str) else ""


def identity(value: object) -> str | None:
    """An id, which sources write as a number or as text; None for an empty one."""
    if isinstance(value, str):
        return clean(value).strip() or None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def address(value: object) -> str | None:
    """A link that leads somewhere by itself, else None."""
    link = words(value).strip()
    return link if link.startswith(("https://", "http://")) else None


def in_time(items: Iterable[Object], key: str) -> list[Object]:
    """The objects by the time in one of their members, the earliest first; as they stand where one has none.

    Lists of what is newest begin with it, and a comment must stand behind what it answers.
    """
    rows = list(items)
    times = [moment(row.get(key)) for row in rows]
    known = [(time, place) for place, time in enumerate(times) if time is not None]
    return [rows[place] for _, place in sorted(known)] if len(known) == len(rows) else rows


def found(value: object, knows: Callable[[Object], bool]) -> Iterator[Object]:
    """Yield the objects that a format knows, wherever in a value they stand, in its order.

    What is inside of one that is known is not looked at.
    """
    ahead = [value]
    while ahead:
        here = ahead.pop()
        if isinstance(here, dict):
            if knows(here):
                yield here
                continue
            ahead.extend(reversed([each for each in here.values() if isinstance(each, dict | list)]))
        elif isinstance(here, list):
            ahead.extend(reversed([each for each in here if isinstance(each, dict | list)]))


def tops(parents: Mapping[str, str | None]) -> dict[str, str]:
    """The uppermost above each one, which may be missing from the file; of a circle, one of it."""
    found: dict[str, str] = {}
    for name in parents:
        above, passed = name, []
        while above not in found:
            found[above] = above
            passed.append(above)
            above = parents.get(above) or above
        found |= dict.fromkeys(passed, found[above])
    return found
