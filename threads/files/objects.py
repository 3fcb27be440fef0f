"""What objects of a source hold, as the type that is meant: a source may leave out or mistype anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from threads.files.times import moment
from threads.markup import strip_markup

Object = Mapping[str, Any]

_NOTHING: Object = {}
_PARAGRAPH = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)
# 1234, 1,234 and 12.0, and 1.2k, 1.5 M, 3,4 Tsd.; a word may follow: 4 likes.
_COUNT = re.compile(
    r"(?P<whole>[+-]?(?:\d{1,3}(?:,\d{2,3}){0,3},\d{3}|\d{1,13}))(?:\.0+)?(?:\s+[a-z]+)?$"
    r"|(?P<short>[+-]?\d{1,7}(?:[.,]\d{1,2})?)\s?(?P<unit>k|m|tsd|mio)\b\.?(?:\s+[a-z]+)?$",
    re.IGNORECASE,
)
_UNITS = {"k": 1_000, "tsd": 1_000, "m": 1_000_000, "mio": 1_000_000}
_MOST = 2**31 - 1  # what the table of comments holds


def mapping(value: object) -> Object:
    """An object as it is; anything else as one without members."""
    return value if isinstance(value, dict) else _NOTHING


def mappings(value: object) -> list[Object]:
    """The objects of a list; none where it is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def inside(value: object, *names: str) -> Any:  # noqa: ANN401
    """What stands below names in nested objects; None where one of them is missing."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def clean(text: str) -> str:
    """The text without NULs, and with half a surrogate pair, which no file can hold, as U+FFFD."""
    if "\0" in text:
        text = text.replace("\0", "")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def words(value: object) -> str:
    """A text as it stands, a number in digits; empty for anything else."""
    if isinstance(value, str):
        return clean(value)
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def said(value: object) -> str | None:
    """A name or title without blanks around it; None where it says nothing."""
    return words(value).strip() or None


def excerpt(value: object) -> str:
    """The beginning of a record, to be shown where it could not be read."""
    try:
        return (words(value) or str(value))[:200]
    except RecursionError:  # nested deeper than Python prints
        return ""


def from_html(value: object) -> str:
    """The text of a piece of HTML; empty where there is none."""
    return strip_markup(words(value)).strip()


def from_loose_html(value: object) -> str:
    """The text of a piece of HTML in which a line break is one, with or without tags (WordPress)."""
    text = words(value).replace("\r\n", "\n").strip()
    if ("<" in text or "&" in text) and not _PARAGRAPH.search(text):
        text = re.sub(r"\n[ \t]*\n\s*", "<p>", text).replace("\n", "<br>")
    return from_html(text)


def identity(value: object) -> str | None:
    """An id, which sources write as a number or as text; None for an empty one."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else None
    return said(value)


def address(value: object) -> str | None:
    """A link that leads somewhere by itself, else None."""
    link = words(value).strip()
    return link if link.startswith(("https://", "http://")) else None


def count(value: object) -> int | None:
    """Likes as a whole number; None for a fraction, such as a score between 0 and 1, and beyond 2**31 - 1."""
    if isinstance(value, float):
        value = int(value) if value == value // 1 else None
    if isinstance(value, str):
        value = _stated(value.strip())
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if abs(value) <= _MOST else None


def _stated(text: str) -> int | None:
    match = _COUNT.match(text)
    if match is None:
        return None
    if match["whole"]:
        return int(match["whole"].replace(",", ""))
    return round(float(match["short"].replace(",", ".")) * _UNITS[match["unit"].casefold()])


def is_true(value: object) -> bool:
    """Whether a flag is set: true, 1, "true" or "1"."""
    return value is True or words(value).strip().casefold() in {"true", "1"}


def as_stated(value: object) -> str | None:
    """A date that `moment` cannot tell, as it stood; None where it says nothing."""
    text = words(value).strip()
    return text[:100] if text and moment(value) is None and not text.startswith("000") else None


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
