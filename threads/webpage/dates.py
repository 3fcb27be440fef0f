"""When a comment was written: the attributes made for machines first, then what the page shows."""

# ruff: noqa: E501 -- patterns and tables read better unbroken

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from lxml import etree

from threads.files import times
from threads.infer.pages import dates as artefacts_dates
from threads.infer.pages.dates import Stamp
from threads.markup import element_text
from threads.webpage.names import EDITED, TIME, best_rank
from threads.webpage.region import Part

_SHOWN = 120  # code points of a shown date; what is longer is a text
_AGE = 40  # of one in words that are not known
_FEW = 12  # elements inside a date that are looked at
_MACHINE = frozenset(("datetime", "data-datetime", "data-time", "data-timestamp", "data-utime"))
_TAGS = ("time", "time-ago", "relative-time", "faceplate-timeago", "local-time", "abbr")
# The attributes that hold a time, the surer first; titles hold one for hovering.
_ATTRIBUTES = (
    "datetime", "data-datetime", "data-publishtime", "data-timestamp", "data-time", "data-utime", "data-epoch",
    "data-date", "data-created", "data-created-utc", "data-unixtime", "content", "ts", "created-timestamp",
    "created", "title", "data-original-title", "data-tippy-content", "data-tooltip", "aria-label",
)  # fmt: skip
# Of these the element of a comment itself may bear one; its title or label would be something else.
_OF_AN_ITEM = (
    "created-timestamp",
    "created",
    "data-timestamp",
    "data-time",
    "data-utime",
    "data-created",
    "data-date",
)
# What a script prints of a date: "Wed Jan 01 2020 10:00:00 GMT+0100 (…)".
_SCRIPTED = re.compile(r"^[A-Z][a-z]{2} ([A-Z][a-z]{2} \d\d \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})")
_EDITED = re.compile(r"(?i)\b(?:last )?(?:edited|modified)\b|zuletzt (?:bearbeitet|geändert)|modifié|editado")


@dataclass(frozen=True, slots=True)
class When:
    """A time as the page gives it: certain, or a stamp whose day and month the page as a whole must order."""

    moment: datetime | None = None
    stamp: Stamp | None = None
    text: str | None = None

    def resolved(self, order: str) -> datetime | None:
        """The time in UTC where it is absolute and has one reading on a page that writes days in `order`."""
        if self.moment or not self.stamp:
            return self.moment
        return artefacts_dates.moment(self.stamp, order)


def written(parts: list[Part]) -> tuple[When | None, Part | None]:
    """When the comment was written, and the part that says so."""
    ranked = []
    for at, part in enumerate(parts):
        rank = best_rank(TIME, part.names)
        if part.element.tag in _TAGS:
            rank = 0 if rank is None else min(rank, 1)
        if rank is not None and not is_edit(part):
            ranked.append((rank, at, part))
    for _, _, part in sorted(ranked, key=lambda each: each[:2]):
        when = _said_by(part)
        if when:
            return when, part
    given = _from_attributes({key: parts[0].element.get(key, "") for key in _OF_AN_ITEM})
    return (given, None) if given else _unmarked(parts)


def _unmarked(parts: list[Part]) -> tuple[When | None, Part | None]:
    """A date that stands alone in an element that nothing else tells of."""
    for part in parts[1:]:
        own = part.element.text or ""
        behind = (child.tail or "" for child in islice(part.element, _FEW))
        for text in (own.strip(), "".join((own, *behind)).strip()):
            stamp = artefacts_dates.find(text) if 0 < len(text) <= _AGE else None
            if stamp and 2 * len(stamp.text) > len(text):
                return When(times.moment(stamp.text), stamp, stamp.text), part
    return None, None


def edited(parts: list[Part]) -> datetime | None:
    """When the comment was last changed, where a machine can tell."""
    for part in parts:
        if best_rank(EDITED, part.names) is not None or (part.element.tag == "time" and is_edit(part)):
            for element in (part.element, *part.element.iter("time")):
                when = _from_attributes(element)
                if when and when.moment:
                    return when.moment
    return None


def is_edit(part: Part) -> bool:
    """Whether a time is that of a change."""
    if best_rank(EDITED, part.names) is not None:
        return True
    around = part.element.getparent()
    shown = f"{part.element.get('title', '')[:80]} {(around.text or '')[:80] if around is not None else ''}"
    return part.element.tag == "time" and bool(_EDITED.search(shown))


def machine_time(element: etree._Element) -> bool:
    """Whether an element gives a time for machines."""
    if _MACHINE.isdisjoint(element.attrib):
        return False
    when = _from_attributes({key: element.get(key, "") for key in _MACHINE})
    return when is not None and when.moment is not None


def _said_by(part: Part) -> When | None:
    certain = _from_attributes(part.element) or _from_within(part.element)
    if certain and (
        certain.moment or (certain.stamp and certain.stamp.parts and any(certain.stamp.parts[3:]))
    ):
        return certain
    shown = " ".join(element_text(part.element).split())
    if not shown or len(shown) > _SHOWN:
        return certain
    stamp = artefacts_dates.find(shown)
    if stamp:
        return When(times.moment(stamp.text), stamp, stamp.text)
    if certain is None and len(shown) <= _AGE and any(map(str.isdecimal, shown)):
        return When(text=shown)  # in a language of which we do not know the words: "2 timmar sedan"
    return certain


def _from_within(element: etree._Element) -> When | None:
    """The time that something inside an element gives for machines: the date of Discourse is a span in a div."""
    inside = (each for each in islice(element.iter("*"), 1, _FEW) if not _MACHINE.isdisjoint(each.attrib))
    found = (_from_attributes({key: each.get(key, "") for key in _MACHINE}) for each in inside)
    return next((when for when in found if when and when.moment), None)


def _from_attributes(given: etree._Element | Mapping[str, str]) -> When | None:
    shown = None
    for key in _ATTRIBUTES:
        value = given.get(key, "").strip()
        if not value or len(value) > _SHOWN:
            continue
        moment = times.moment(value) or times.moment(value.partition(" ")[0]) or _scripted(value)
        if moment:
            return When(moment=moment, text=value)
        stamp = artefacts_dates.find(value)
        if stamp and stamp.parts and shown is None:
            shown = When(None, stamp, stamp.text)
    return shown


def _scripted(value: str) -> datetime | None:
    printed = _SCRIPTED.match(value)
    try:
        local = datetime.strptime(" ".join(printed.groups()), "%b %d %Y %H:%M:%S %z") if printed else None
        return local.astimezone(UTC) if local else None
    except (ValueError, OverflowError):
        return None
