"""The values that exports of comment systems hold, each to what a Comment holds."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from threads.formats.times import moment
from threads.markup import strip_markup

_EARLIEST = 1980  # before the first newsgroups; "0001-01-01" and "0000-00-00" stand for no time at all
_MOST = 2**31 - 1  # what the table of comments holds
_ZONE = re.compile(r" ([+-]\d\d):?(\d\d)$")
_PARAGRAPH = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)


def cleaned(value: object) -> str:
    """A text without NULs, and with half a surrogate pair, which no file can hold, as U+FFFD; null is ""."""
    if not isinstance(value, str):
        return "" if value is None or isinstance(value, bool | dict | list) else str(value)
    text = value.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def from_html(value: object) -> str:
    """The text of a field that is HTML."""
    return strip_markup(cleaned(value)).strip()


def from_loose_html(value: object) -> str:
    """The text of a field in which a line break is one, whether or not there are tags (WordPress)."""
    text = cleaned(value).replace("\r\n", "\n").strip()
    if ("<" in text or "&" in text) and not _PARAGRAPH.search(text):
        text = re.sub(r"\n[ \t]*\n\s*", "<p>", text).replace("\n", "<br>")
    return strip_markup(text).strip()


def when(value: object) -> datetime | None:
    """The time that a value states, in UTC; None for none, for an unclear one, and for zeros."""
    if isinstance(value, str):
        value = _ZONE.sub(r"\1:\2", value.strip())
    time = moment(value)
    return time if time is not None and time.year >= _EARLIEST else None


def as_stated(value: object) -> str | None:
    """A date that `when` cannot tell, as it stood; None where it says nothing."""
    text = cleaned(value).strip()
    return text[:100] if text and when(value) is None and not text.startswith("000") else None


def number(value: object) -> int | None:
    """A whole number within what a table holds, or None."""
    if isinstance(value, str) and re.fullmatch(r"[+-]?\d{1,10}", value.strip()):
        value = int(value)
    return value if type(value) is int and abs(value) <= _MOST else None


def is_true(value: object) -> bool:
    """Whether a flag is set: true, 1, "true" or "1"."""
    return value is True or str(value).strip().casefold() in {"true", "1"}


def path_of(url: str) -> str:
    """The path of an address without host, query and last slash: one page, however it was reached."""
    try:
        return urlsplit(url).path.rstrip("/") or url
    except ValueError:
        return url
