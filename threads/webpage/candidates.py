"""Which elements of a page are its comments: groups of like elements, judged by what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from lxml import etree

from threads.webpage.fields import Draft, draft
from threads.webpage.marks import Bearing, is_of_a_reader, marks_of
from threads.webpage.names import ELSEWHERE, fits, names_of
from threads.webpage.region import region, shown

MOST = 100_000
"""Comments that are read of one page; what follows is counted and left."""

_SAMPLE = 40  # elements of a group by which it is judged
_NOWHERE = frozenset(("nav", "template", "script", "style", "noscript", "head", "select"))
_TOLD, _NAMED, _DATED = 0.5, 0.5, 0.5  # shares; the 60 fixture pages with comments reach 0.9 in all three
_ALL = 0.9  # the same of groups that are one; where two mark the same comments it is at most half
_FEW = 3  # of a doubtful group, below which every one needs both a name and a date


@dataclass(slots=True)
class Group:
    """Elements that bear one mark, in page order, and the place of each in that order."""

    name: str
    sure: bool
    least: int = 1
    elements: list[etree._Element] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


def comments_of(root: etree._Element) -> Group | None:
    """Return the group of elements that are the page's comments; None where no group can prove itself."""
    judged = [(worth(group), group) for group in groups(root)]
    ranked = [group for value, group in sorted(judged, key=itemgetter(0), reverse=True) if value > 0]
    return _joined(ranked[0], ranked[1:]) if ranked else None


def groups(root: etree._Element) -> list[Group]:
    """Return every group of elements that bear a mark and stand where comments may stand."""
    found: dict[str, Group] = {}
    for at, element in enumerate(standing(root)):
        for bearing in marks_of(element):
            item = _item(element, bearing)
            if item is not None:
                group = found.setdefault(bearing.group, Group(bearing.group, bearing.sure, bearing.least))
                group.elements.append(item)
                group.places.append(at)
    return list(found.values())


def standing(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements that stand where comments may stand, in page order."""
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if not isinstance(element.tag, str):
            continue
        if element.tag in _NOWHERE or not is_of_a_reader(element) or _is_elsewhere(element):
            walk.skip_subtree()
            continue
        yield element


def _item(element: etree._Element, bearing: Bearing) -> etree._Element | None:
    if bearing.around is None:
        return element
    return next(element.iterancestors(bearing.around), None)


def _joined(best: Group, others: Sequence[Group]) -> Group:
    """The best group with those that stand among it and mark other comments: answers, as often as not.

    That they are others shows in that all of both still have a text, a name and a date to themselves.
    """
    for other in others:
        if set(other.elements) <= set(best.elements) or not _stand_within(other, best):
            continue
        places = dict(zip(other.elements + best.elements, other.places + best.places, strict=True))
        elements = sorted(places, key=places.__getitem__)
        both = Group(best.name, best.sure, 1, elements, [places[each] for each in elements])
        best = both if _speak_for_themselves(both) else best
    return best


def _stand_within(other: Group, best: Group) -> bool:
    """Whether a group stands in the innermost element that holds the whole of the best one."""
    first, last = best.elements[0], best.elements[-1]
    around = set(last.iterancestors())
    whole = next((above for above in first.iterancestors() if above in around), None)
    return whole is not None and all(whole in each.iterancestors() for each in other.elements)


def _speak_for_themselves(group: Group) -> bool:
    items = set(group.elements)
    drafts = [draft(region(each, items)) for each in group.elements[:: max(1, len(items) // _SAMPLE)]]
    return all(
        _share(said) >= _ALL
        for said in (
            [each.is_told for each in drafts],
            [each.author is not None for each in drafts],
            [each.when is not None for each in drafts],
        )
    )


def worth(group: Group) -> float:
    """How many comments a group holds, each counted by what it says of itself; 0 where they are none."""
    items = set(group.elements)
    if len(items) < group.least:
        return 0.0
    sample = group.elements[:: max(1, len(group.elements) // _SAMPLE)]
    drafts = [draft(region(element, items)) for element in sample]
    told = _share(each.is_told for each in drafts)
    named = _share(each.author is not None for each in drafts)
    dated = _share(each.when is not None for each in drafts)
    numbered = _share(each.native_id is not None for each in drafts)
    if told < _TOLD or not _proves_itself(group, drafts, named, dated, numbered):
        return 0.0
    nested = _share(bool(each.region.inside) or each.parent_id is not None for each in drafts)
    said = 1 + named + dated + 0.5 * numbered + 0.5 * (nested > 0)
    return len(group.elements) * told * said * (1.2 if group.sure else 1.0)


def _proves_itself(
    group: Group, drafts: Sequence[Draft], named: float, dated: float, numbered: float
) -> bool:
    if group.sure:
        return named >= _NAMED or dated >= _DATED
    if sum(_is_teaser(each) for each in drafts) * 2 >= len(drafts):
        return False
    if len(group.elements) < _FEW:
        return named == 1 and dated == 1
    return named >= _NAMED and (dated >= _DATED or numbered >= 2 * _DATED)


def _is_teaser(each: Draft) -> bool:
    """Whether an element announces an article: a heading that links to another page, not to its author."""
    headings = (
        p.element
        for p in each.region.parts
        if p.element.tag in ("h1", "h2", "h3") and not (each.author and each.author in shown(p.element))
    )
    return any(
        any("#" not in (link.get("href") or "#") for link in heading.iter("a"))
        or _is_in_link(heading, each.region.item)
        for heading in headings
    )


def _is_in_link(element: etree._Element, item: etree._Element) -> bool:
    above = element.getparent()
    return above is not None and above is not item and above.tag == "a"


def _is_elsewhere(element: etree._Element) -> bool:
    if element.tag in ("html", "body", "main") or not any(
        fits(ELSEWHERE, name) for name in names_of(element)
    ):
        return False
    return next(element.iter("h1"), None) is None  # with the heading of the page in it, it is the page


def _share(whether: object) -> float:
    values = list(whether)  # type: ignore[call-overload]
    return sum(values) / len(values) if values else 0.0
