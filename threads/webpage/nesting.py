"""Who answers whom: what the markup says outright, then where an element stands, or how far it is set in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from lxml import etree

from threads.webpage.fields import Draft
from threads.webpage.names import NESTS, fits, names_of
from threads.webpage.region import Region

_LEVEL = re.compile(r"^(?:[a-z]{1,12}[-_]{1,2}){0,3}(?:depth|level|lvl|indent)[-_]?(\d{1,3})$")
_INDENT = re.compile(r"^(?:[a-z]{1,12}[-_]{1,2}){0,3}(?:depth|indent)[-_]?(\d{1,3})$")
_FIRST = 4  # parts at the beginning of a comment that may say how deep it stands
_LEVEL_ATTRIBUTES = ("data-depth", "data-level", "depth", "aria-level", "data-indent", "indent")
_SAID_LEVEL = re.compile(r"^level (\d{1,3})$")
_SET_IN = re.compile(r"(?:margin|padding)-left\s*:\s*(\d{1,5}(?:\.\d{1,3})?)\s*(px|em|rem|%)?", re.IGNORECASE)
_WRAPPERS = 4  # elements around a comment that may set it in


def parents(drafts: Sequence[Draft], group: str) -> tuple[list[int | None], list[int]]:
    """Return for each comment the place of the one it answers, and its depth as the page shows it.

    A comment whose parent the page names by an id that is not on the page stands as if it had none.
    """
    if group in _MASTODON:
        found = _MASTODON[group](drafts)
    else:
        places = {each.native_id: at for at, each in reversed(list(enumerate(drafts))) if each.native_id}
        around = _around(drafts)
        below = _by_level(_levels(drafts))
        found = []
        for at, each in enumerate(drafts):
            named = [places[name] for name in (each.parent_id, *each.parent_ids) if name in places]
            quoted = next((place for place in named if place < at or each.parent_id), None)
            said = places.get(each.parent_id) if each.parent_id else None
            found.append(_first(said, around[at], below[at], quoted))
    found = [None if parent == at else parent for at, parent in enumerate(found)]
    return found, _depths(found)


def _first(*places: int | None) -> int | None:
    return next((place for place in places if place is not None), None)


def _around(drafts: Sequence[Draft]) -> list[int | None]:
    """The comment whose element each stands in."""
    places = {each.region.item: at for at, each in enumerate(drafts)}
    found: list[int | None] = [None] * len(drafts)
    for at, each in enumerate(drafts):
        for inside in each.region.inside:
            if inside in places:
                found[places[inside]] = at
    return found


def _levels(drafts: Sequence[Draft]) -> list[float | None]:
    """How deep each comment stands by the first sign that tells some of them apart."""
    for sign in (_said_levels, _set_in, _nests, _repeats):
        levels = sign(drafts)
        known = {level for level in levels if level is not None}
        if len(known) > 1 and sum(level is None for level in levels) * 20 <= len(levels):
            return levels
    return [None] * len(drafts)


def _by_level(levels: Sequence[float | None]) -> list[int | None]:
    """The last comment before each that stands less deep."""
    found: list[int | None] = []
    open_ones: list[tuple[float, int]] = []
    for at, level in enumerate(levels):
        if level is None:
            found.append(None)
            continue
        while open_ones and open_ones[-1][0] >= level:
            open_ones.pop()
        found.append(open_ones[-1][1] if open_ones else None)
        open_ones.append((level, at))
    return found


def _said_levels(drafts: Sequence[Draft]) -> list[float | None]:
    return [_said_level(each.region) for each in drafts]


def _said_level(found: Region) -> float | None:
    for token in (found.item.get("class") or "").split():
        level = _LEVEL.match(token)
        if level:
            return float(level[1])
    for part in found.parts[1:_FIRST]:
        for token in (part.element.get("class") or "").split():
            level = _INDENT.match(token)
            if level:
                return float(level[1])
    for part in found.parts:
        for key in _LEVEL_ATTRIBUTES if part.element is found.item or part.element.tag == "td" else ():
            value = part.element.get(key) or ""
            if value.isdecimal() and len(value) < 4:
                return float(value)
        level = (
            _SAID_LEVEL.match((part.element.text or "").strip()[:12]) if part.element.tag == "span" else None
        )
        if level:  # Reddit says it to those who cannot see it
            return float(level[1])
    return None


def _set_in(drafts: Sequence[Draft]) -> list[float | None]:
    """How far the page sets each comment in: by an image that is as wide, or by a style."""
    return [_width(each.region) for each in drafts]


def _width(found: Region) -> float:
    for above, part in pairwise(found.parts):
        if above.element.tag == "td" and part.element.tag == "img" and "ind" in above.names:
            width = part.element.get("width") or ""
            return float(width) if width.isdecimal() and len(width) < 6 else 0.0
    total = 0.0
    element: etree._Element | None = found.item
    for _ in range(_WRAPPERS):
        if element is None:
            break
        style = _SET_IN.search(element.get("style") or "")
        total += float(style[1]) if style else 0.0
        element = element.getparent()
    return total


def _nests(drafts: Sequence[Draft]) -> list[float | None]:
    """In how many comments and lists of answers each stands; every element of the page is looked at once."""
    known: dict[etree._Element, float] = {}
    items = {each.region.item for each in drafts}
    levels: list[float | None] = []
    for each in drafts:
        way = []
        level = 0.0
        for above in each.region.item.iterancestors():
            if above in known:
                level = known[above]
                break
            way.append(above)
        for above in reversed(way):
            level += above in items or any(fits(NESTS, name) for name in names_of(above))
            known[above] = level
        levels.append(level)
    return levels


def _repeats(drafts: Sequence[Draft]) -> list[float | None]:
    """How often the wrapper of a comment stands around itself: a list of answers is built like the first."""
    wrappers = [
        [each for each in map(_built, islice(_outwards(draft.region.item), _WRAPPERS)) if each]
        for draft in drafts
    ]
    common = next((each for each in wrappers[0] if all(each in others for others in wrappers)), None)
    if common is None:
        return [None] * len(drafts)
    return [float(sum(_built(each) == common for each in _outwards(draft.region.item))) for draft in drafts]


def _outwards(item: etree._Element) -> Iterator[etree._Element]:
    yield item
    yield from item.iterancestors()


def _built(element: etree._Element) -> str | None:
    """What an element is built like: its tag and the first of its classes; None without one."""
    names = (element.get("class") or "").split(None, 1)
    return f"{element.tag}.{names[0]}" if names else None


def _mastodon(drafts: Sequence[Draft]) -> list[int | None]:
    """Mastodon joins a status to the one before it unless it is marked as the first of a branch.

    Its web client sets `status--first-in-thread` where the status before is not the one answered, or
    where that is the status of the page.
    """
    main = next(
        (
            at
            for at, each in enumerate(drafts)
            if "detailed-status" in (each.region.item.get("class") or "").split()
        ),
        None,
    )
    found: list[int | None] = []
    for at, each in enumerate(drafts):
        is_first = "status--first-in-thread" in (each.region.item.get("class") or "")
        if at == 0:
            found.append(None)
        else:
            found.append(
                main if is_first and main is not None and at > main else None if is_first else at - 1
            )
    return found


def _mastodon_entries(drafts: Sequence[Draft]) -> list[int | None]:
    """The statuses before that of the page answer one another, and those after it are taken to answer it."""
    roles = [(each.region.item.get("class") or "").split() for each in drafts]
    center = next((at for at, names in enumerate(roles) if "entry-center" in names), None)
    return [
        None if at == 0 else at - 1 if center is None or at <= center else center for at in range(len(roles))
    ]


_MASTODON = {"mastodon": _mastodon, "mastodon entry": _mastodon_entries}


def _depths(found: Sequence[int | None]) -> list[int]:
    """The depth of each; a parent that comes later, or a circle, counts as none."""
    depths: list[int] = []
    for at, parent in enumerate(found):
        depths.append(depths[parent] + 1 if parent is not None and parent < at else 0)
    return depths
