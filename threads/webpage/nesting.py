"""Who answers whom: what the markup says outright, then where an element stands, or how far it is set in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from threads.webpage.fields import Draft
from threads.webpage.names import NESTS, fits, names_of

_LEVEL = re.compile(
    r"^(?:wc_comment_|wpd-comment-|comment-|reply-|indent-|thread-|nest-)?(?:depth|level|lvl|indent)[-_]?(\d{1,3})$"
)
_LEVEL_ATTRIBUTES = ("data-depth", "data-level", "depth", "aria-level", "data-indent", "indent")
_SAID_LEVEL = re.compile(r"^level (\d{1,3})$")
_SET_IN = re.compile(r"(?:margin|padding)-left\s*:\s*(\d{1,5}(?:\.\d{1,3})?)\s*(px|em|rem|%)?", re.IGNORECASE)
_WRAPPERS = 4  # elements around a comment that may set it in


def parents(drafts: Sequence[Draft], group: str) -> tuple[list[int | None], list[int]]:
    """Return for each comment the place of the one it answers, and its depth as the page shows it.

    A comment whose parent the page names by an id that is not on the page stands as if it had none.
    """
    if group == "mastodon":
        found = _mastodon(drafts)
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
    for sign in (_said_level, _set_in, _nests):
        levels = [sign(each.region.item) for each in drafts]
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


def _said_level(item: etree._Element) -> float | None:
    for token in (item.get("class") or "").split():
        level = _LEVEL.match(token)
        if level:
            return float(level[1])
    for element in (item, *item.iter("td")):
        for key in _LEVEL_ATTRIBUTES:
            value = element.get(key) or ""
            if value.isdecimal() and len(value) < 4:
                return float(value)
    for each in item.iter("span"):  # Reddit says it to those who cannot see it
        level = _SAID_LEVEL.match((each.text or "").strip())
        return float(level[1]) if level else None
    return None


def _set_in(item: etree._Element) -> float | None:
    """How far the page sets a comment in: by a style, or by an image that is as wide."""
    for cell in item.iter("td"):
        if "ind" in (cell.get("class") or "").split():
            image = next(cell.iter("img"), None)
            width = image.get("width") if image is not None else None
            return float(width) if width and width.isdecimal() else None
    total = 0.0
    element: etree._Element | None = item
    for _ in range(_WRAPPERS):
        if element is None:
            break
        style = _SET_IN.search(element.get("style") or "")
        total += float(style[1]) if style else 0.0
        element = element.getparent()
    return total


def _nests(item: etree._Element) -> float:
    return float(sum(any(fits(NESTS, name) for name in names_of(above)) for above in item.iterancestors()))


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


def _depths(found: Sequence[int | None]) -> list[int]:
    """The depth of each; a parent that comes later, or a circle, counts as none."""
    depths: list[int] = []
    for at, parent in enumerate(found):
        depths.append(depths[parent] + 1 if parent is not None and parent < at else 0)
    return depths
