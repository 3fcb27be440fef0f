"""What belongs to one comment: its element without the comments inside it, walked without recursion."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from threads.webpage.names import names_of

_SHOWN = 1_000
_MOST = 4_000  # elements of one comment that are looked at: thousands are a comment that is none


def shown(element: etree._Element) -> str:
    """The text of an element on one line, whatever stands in it; of a long one the beginning."""
    pieces, length = [], 0
    for piece in islice(element.itertext(), _MOST):
        pieces.append(str(piece))
        length += len(piece)
        if length > _SHOWN:
            break
    return " ".join(" ".join(pieces).split())[:_SHOWN]


@dataclass(slots=True)
class Part:
    """An element of a comment with what it is called."""

    element: etree._Element
    names: list[str]


@dataclass(slots=True)
class Region:
    """One comment on the page: the elements that are its own, in order, and the comments right inside it."""

    item: etree._Element
    parts: list[Part] = field(default_factory=list)
    inside: list[etree._Element] = field(default_factory=list)


def region(item: etree._Element, items: Set[etree._Element]) -> Region:
    """Return what belongs to the comment `item`, where `items` are all comments of the page."""
    found = Region(item)
    for root in _roots(item):
        stack = [root]
        while stack and len(found.parts) < _MOST:
            element = stack.pop()
            if element in items and element is not item:
                found.inside.append(element)
                continue
            found.parts.append(Part(element, names_of(element)))
            stack.extend(child for child in reversed(element) if isinstance(child.tag, str))
    return found


def _roots(item: etree._Element) -> Iterator[etree._Element]:
    """The element itself, and for a term in a list what is said of it."""
    yield item
    if item.tag != "dt":
        return
    for sibling in item.itersiblings():
        if sibling.tag == "dt":
            return
        if sibling.tag == "dd":
            yield sibling
