"""Comments that nothing is called so: blocks that each hold one date, a name, a text and a button to answer.

Sites whose class names are generated leave no other trace. The date is the anchor: a comment is the largest
element around it that holds no other date. A list of articles has names and dates, but no way to answer each.
"""

from __future__ import annotations

import re

from lxml import etree

from threads.infer.pages import dates as artefacts_dates
from threads.webpage.candidates import Group, standing
from threads.webpage.dates import is_edit, machine_time
from threads.webpage.fields import Draft, draft
from threads.webpage.names import names_of
from threads.webpage.region import Part, region, shown

NAME = "dated block"

_LEAST = 2
_MOST = 20_000  # dates of a page that are looked at
_SHORT = 40  # code points of a shown date
_EACH, _ANSWERABLE = 0.9, 0.5  # shares with a name and a text; with a button, which the deleted ones lack
_IDS = frozenset(("id", "data-id", "data-comment-id", "data-message-id", "data-key", "aria-label"))
_ANSWER = re.compile(
    r"(?i)^\W{0,3}(?:reply|respond|quote|antworten|antwort|zitieren|répondre|responder|rispondi|beantwoorden|reageren"
    r"|svar|svara|odpowiedz|ответить|yanıtla|返信|回复|回覆|답글)\b"
)


def blocks_of(root: etree._Element) -> Group | None:
    """Return the blocks of a page that are comments; None where there are none."""
    anchors = _anchors(root)
    if not _LEAST <= len(anchors) <= _MOST:
        return None
    counts = _counts(root, anchors)
    items = dict.fromkeys(_largest(anchor, counts) for anchor in anchors)
    told = [each for each in items if next(each.iter("h1"), None) is None]
    all_told = frozenset(told)
    drafts = [draft(region(each, all_told)) for each in told]
    if len(told) < _LEAST or not _are_comments(drafts):
        return None
    return Group(
        NAME, sure=False, elements=[each for each, said in zip(told, drafts, strict=True) if said.is_told]
    )


def _anchors(root: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = []
    for element in standing(root):
        if len(found) <= _MOST and _is_date(element) and element.getparent() not in found[-1:]:
            found.append(element)
    return found


def _is_date(element: etree._Element) -> bool:
    if machine_time(element):
        return not is_edit(Part(element, names_of(element)))
    text = (element.text or "").strip()
    if len(element) or not text or len(text) > _SHORT:
        return False
    stamp = artefacts_dates.find(text)
    return stamp is not None and len(stamp.text) == len(text)


def _counts(root: etree._Element, anchors: list[etree._Element]) -> dict[etree._Element, int]:
    """How many dates stand in each element."""
    wanted = set(anchors)
    counts: dict[etree._Element, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        counts[element] = (element in wanted) + sum(counts.get(child, 0) for child in element)
    return counts


def _largest(anchor: etree._Element, counts: dict[etree._Element, int]) -> etree._Element:
    largest = anchor
    for above in anchor.iterancestors():
        if counts[above] > 1 or above.tag in ("body", "main"):
            break
        largest = above
    return _unwrapped(largest)


def _unwrapped(block: etree._Element) -> etree._Element:
    """The block without the lists around it that hold nothing else: an answer alone in its list."""
    while len(block) == 1 and not (block.text or "").strip() and not _IDS.intersection(block.attrib):
        block = block[0]
    return block


def _are_comments(drafts: list[Draft]) -> bool:
    number = len(drafts)
    named = sum(each.author is not None for each in drafts)
    told = sum(each.is_told for each in drafts)
    answerable = sum(_is_answerable(each) for each in drafts)
    return min(named, told) >= _EACH * number and answerable >= _ANSWERABLE * number


def _is_answerable(each: Draft) -> bool:
    return any(
        (part.element.tag in ("a", "button") or part.element.get("role") == "button")
        and _ANSWER.match(shown(part.element)[:_SHORT] or part.element.get("aria-label", "")[:_SHORT])
        for part in each.region.parts[1:]
    )
