"""What somebody wrote: the text of one comment without its head, its buttons and what it answers."""

# ruff: noqa: E501 -- patterns and tables read better unbroken

from __future__ import annotations

import re
from collections.abc import Set
from itertools import takewhile
from typing import Literal

from lxml import etree

from threads.infer.pages import artefacts
from threads.markup import element_text
from threads.webpage.names import (
    AUTHOR,
    BODY,
    FURNITURE,
    HEADER,
    NO_AUTHOR,
    TIME,
    best_rank,
    fits,
    names_of,
    rank,
)  # fmt: skip
from threads.webpage.region import Part, Region, shown

_TOOLS = frozenset(
    (
        "button",
        "form",
        "textarea",
        "input",
        "select",
        "label",
        "svg",
        "nav",
        "audio",
        "video",
        "iframe",
        "dialog",
    )
)
_MARKS_ONLY = re.compile(r"^[\s•·|/\\,:;.–—#»«›‹()\[\]↓↑-]*$")
_COUNTS = re.compile(r"^[\s\d·•|]*[·•|][\s\d·•|]*$")
_GONE = re.compile(
    r"(?i)^[\W_]*(?:\[?(?:deleted|removed|gelöscht|entfernt)(?: (?:by|von) [\w ]{1,40})?\]?|\[flagged\]|\[dead\]"
    r"|(?:this |the |dieser |ce |este )?(?:comment|post|message|kommentar|beitrag|commentaire|comentario)"
    r"(?: was| has been| wurde| a été| ha sido| fue)? ?(?P<how>deleted|removed|gelöscht|entfernt|supprimé|eliminado|hidden)"
    r"(?: (?:by|von|vom|par|por) .{1,60})?)[\W_]*$"
)
_LEVEL = re.compile(r"^level \d{1,3}$")  # Reddit says to those who cannot see it how deep a comment stands
_BY_OTHERS = re.compile(r"(?i)removed|entfernt|\bmod\b|moderator|administrator|admin|flagged|hidden")
_LONGEST_NOTICE = 120
_RULE = re.compile(r"_{10,40}(?:\s|$)")


def body(
    found: Region,
    head: Set[etree._Element],
    quotes: Set[etree._Element] = frozenset(),
    quote_heads: Set[etree._Element] = frozenset(),
) -> str:
    """The text of a comment; `head` are the elements that its author and its time were read from."""
    root = _root(found)
    is_container = root is found.item or any(root in _above(each, found.item) for each in head)
    without = set(found.inside) | quote_heads | (set(head) if is_container else set())
    for part in found.parts:
        if part.element is root or part.element in quotes:
            continue
        if _is_furniture(part, is_container=is_container) or _is_signature(part):
            without.add(part.element)
    text = element_text(root, without=without - set(_above(root, found.item)), quotes=quotes, links=True)
    if root.tag == "blockquote":
        text = re.sub(r"(?m)^> ", "", text)
    more = [element_text(dd, without=without, quotes=quotes, links=True) for dd in _definitions(found, root)]
    return trimmed("\n\n".join(part for part in (text, *more) if part), buttons=is_container)


def notice(found: Region) -> Literal["deleted", "removed"] | None:
    """Whether a comment without a text has, in a place of its own, the notice that it was taken away."""
    said = (shown(part.element) for part in found.parts if not len(part.element))
    return next((gone for each in said if each and (gone := deleted(each))), None)


def deleted(text: str) -> Literal["deleted", "removed"] | None:
    """Whether a text is only the notice that stands where a comment was, and who took it away."""
    if len(text) > _LONGEST_NOTICE:
        return None
    notice = _GONE.match(text)
    if not notice:
        return None
    return "removed" if _BY_OTHERS.search(text) else "deleted"


def trimmed(text: str, *, buttons: bool) -> str:
    """The text without lines at its ends that are signs only, or below it buttons, but for its only line."""
    lines = text.split("\n")
    first, last = 0, len(lines)
    while first < last and (_MARKS_ONLY.match(lines[first]) or (buttons and _is_rest(lines[first:last]))):
        first += 1
    while last > first and _MARKS_ONLY.match(lines[last - 1]):
        last -= 1
    while (
        buttons
        and last - first > 1
        and (
            _MARKS_ONLY.match(lines[last - 1])
            or _COUNTS.match(lines[last - 1])
            or _is_control(lines[last - 1])
        )
    ):
        last -= 1
    return "\n".join(lines[first:last])


def _is_rest(lines: list[str]) -> bool:
    """Whether the first line goes on from the author's name: "· works at the mill"."""
    return len(lines) > 1 and lines[0].startswith("· ") and len(lines[0]) < artefacts.SHORT


def _is_control(line: str) -> bool:
    return any(letter.isalpha() for letter in line) and artefacts.is_button(line) and len(line) < 40


def _root(found: Region) -> etree._Element:
    """The element of the text: the one that is called so most surely, or the comment as a whole."""
    best, chosen = None, found.item
    for part in found.parts[1:]:
        at = best_rank(BODY, part.names)
        if at is None or (best is not None and at >= best) or _in_tool(part.element, found.item):
            continue
        if part.element.tag in (
            "a",
            "button",
            "input",
            "textarea",
            "meta",
            "link",
            "span",
            "i",
            "time",
        ) and not (part.element.tag == "span" and at < 3):
            continue
        if shown(part.element) or next(part.element.iter("img"), None) is not None:
            best, chosen = at, part.element
    return _post_in_quote(chosen) if chosen is not found.item else _around_spans(found)


def _post_in_quote(root: etree._Element) -> etree._Element:
    """Every post of vBulletin 4 and XenForo 1 is a <blockquote> that is called what a text is called."""
    posts = (each for each in root.iter("blockquote") if best_rank(BODY, names_of(each)) is not None)
    return next(posts, root)


def _around_spans(found: Region) -> etree._Element:
    """What holds the spans in which phpBB 2 sets what was written, with the quotations between them."""
    span = next((part.element for part in found.parts[1:] if "postbody" in part.names), None)
    above = span.getparent() if span is not None else None
    return found.item if above is None else above


def _in_tool(element: etree._Element, item: etree._Element) -> bool:
    for above in element.iterancestors():
        if above is item:
            return False
        if above.tag in ("form", "button", "label"):
            return True
    return False


def _is_signature(part: Part) -> bool:
    """Whether it begins with the line that phpBB 2 and vBulletin 3 draw above a signature."""
    return part.element.tag in ("div", "span") and bool(_RULE.match(shown(part.element)[:40]))


def _is_furniture(part: Part, *, is_container: bool) -> bool:
    if part.element.tag == "span" and _LEVEL.match(part.element.text or ""):
        return True
    if (
        part.element.tag in _TOOLS
        or _is_button(part.element)
        or any(fits(FURNITURE, name) for name in part.names)
    ):
        return best_rank(BODY, part.names) is None
    if not is_container:
        return False
    if part.element.tag in ("header", "footer", "cite"):
        return True
    names = part.names
    if any(fits(HEADER, name) or fits(NO_AUTHOR, name) for name in names):
        return best_rank(BODY, names) is None
    short = len(shown(part.element)) < artefacts.SHORT
    return short and any(rank(AUTHOR, n) is not None or rank(TIME, n) is not None for n in names)


def _is_button(element: etree._Element) -> bool:
    if element.get("role") != "button":
        return False
    return next(element.iter("a", "time", "p"), element) is element


def _definitions(found: Region, root: etree._Element) -> list[etree._Element]:
    """What is said of a term, where the comment is a term and its text was not found in one part."""
    if root is not found.item or found.item.tag != "dt":
        return []
    return [part.element for part in found.parts if part.element.tag == "dd"]


def _above(element: etree._Element, item: etree._Element) -> list[etree._Element]:
    """What an element of a comment stands in, up to the comment."""
    if element is item:
        return []
    return list(takewhile(lambda above: above is not item, element.iterancestors()))
