"""Dates as sources write them, to UTC. Only what has one reading: 03/04/2021 is left as it stood."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_RFC_2822 = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}")
_PATTERNS = (
    "%a %b %d %H:%M:%S %z %Y",  # Wed Oct 10 20:19:24 +0000 2018
    "%B %d, %Y at %I:%M %p",
    "%B %d, %Y %I:%M %p",
    "%B %d, %Y",
    "%b %d, %Y",
    "%d %B %Y %H:%M",
    "%d %B %Y",
    "%d %b %Y",
    "%d.%m.%Y %H:%M:%S",  # a dot between the numbers always puts the day first
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d",
)
_LONGEST = 48
_EARLIEST = 1971  # "0001-01-01", 1900 and the first day of 1970 stand for no time at all
_ZONE = re.compile(r" ([+-]\d\d):?(\d\d)$")


def moment(value: object) -> datetime | None:
    """Return the time that a value states, in UTC; None where it states none or may be read in two ways.

    Numbers count seconds, milli-, micro- or nanoseconds since 1970, told by their size. A time without a
    zone is taken as UTC. Zeros, as year 1 or the first day of 1970, state none.
    """
    time = _moment(value)
    return time if time is not None and time.year >= _EARLIEST else None


def _moment(value: object) -> datetime | None:
    if isinstance(value, str):
        return _from_text(value.strip())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    if isinstance(value, datetime):
        return _utc(value)
    return datetime(value.year, value.month, value.day, tzinfo=UTC) if isinstance(value, date) else None


def _from_number(number: float) -> datetime | None:
    # 1e8 seconds is March 1973, before any comment section; 1e11 seconds is the year 5138.
    for most, unit in ((1e11, 1), (1e14, 1e3), (1e17, 1e6), (1e20, 1e9)):
        if 1e8 * unit <= number < most:
            return datetime.fromtimestamp(number / unit, UTC)
    return None


def _from_text(text: str) -> datetime | None:
    if not text or len(text) > _LONGEST:
        return None
    if len(text) in {8, 14} and text.isdecimal():
        return _first_of(text, ("%Y%m%d", "%Y%m%d%H%M%S"))
    if text[4:5] == "-":
        return _from_iso(text)
    try:
        return _from_number(float(text))
    except ValueError:
        return _from_iso(text) or _from_words(text)


def _from_iso(text: str) -> datetime | None:
    try:
        return _utc(datetime.fromisoformat(_ZONE.sub(r"\1:\2", text.removesuffix(" UTC"))))
    except ValueError:
        return None


def _from_words(text: str) -> datetime | None:
    if _RFC_2822.match(text):
        try:
            return _utc(parsedate_to_datetime(text))
        except (ValueError, IndexError, TypeError):
            return None
    return _first_of(text, _PATTERNS)


def _first_of(text: str, patterns: tuple[str, ...]) -> datetime | None:
    for pattern in patterns:
        try:
            return _utc(datetime.strptime(text, pattern))
        except ValueError:
            continue
    return None


def _utc(time: datetime) -> datetime | None:
    try:
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except OverflowError:  # at the edge of the years 1 and 9999
        return None
