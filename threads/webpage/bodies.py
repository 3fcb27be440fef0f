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
    QUOTE_HEADS,
    QUOTES,
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
_GONE = re.compile(
    r"(?i)^[\W_]*(?:\[?deleted\]?|\[?removed\]?|\[?gelöscht\]?|\[?entfernt\]?|\[flagged\]|\[dead\]"
    r"|(?:this |the |dieser |ce |este )?(?:comment|post|message|kommentar|beitrag|commentaire|comentario)"
    r"(?: was| has been| wurde| a été| ha sido| fue)? ?(?P<how>deleted|removed|gelöscht|entfernt|supprimé|eliminado|hidden)"
    r"(?: (?:by|von|vom|par|por) .{1,60})?)[\W_]*$"
)
_LEVEL = re.compile(r"^level \d{1,3}$")  # Reddit says to those who cannot see it how deep a comment stands
_BY_OTHERS = re.compile(r"(?i)removed|entfernt|moderator|administrator|admin|flagged|hidden")
_LONGEST_NOTICE = 120


def body(found: Region, head: Set[etree._Element]) -> str:
    """The text of a comment; `head` are the elements that its author and its time were read from."""
    root = _root(found)
    is_container = root is found.item or any(root in _above(each, found.item) for each in head)
    without = set(found.inside) | (set(head) if is_container else set())
    quotes = set()
    for part in found.parts:
        if part.element is root:
            continue
        if _heads_quote(part):
            without.add(part.element)
        elif any(fits(QUOTES, name) for name in part.names):
            quotes.add(part.element)
        elif _is_furniture(part, is_container=is_container):
            without.add(part.element)
    text = element_text(root, without=without - set(_above(root, found.item)), quotes=quotes)
    more = [element_text(dd, without=without, quotes=quotes) for dd in _definitions(found, root)]
    return trimmed("\n\n".join(part for part in (text, *more) if part), buttons=is_container)


def _heads_quote(part: Part) -> bool:
    """Whether a part says whose words are quoted below it."""
    above = part.element.getparent()
    if any(fits(QUOTE_HEADS, name) for name in part.names):
        return True
    if part.element.tag == "cite":
        return (
            any(each.tag == "blockquote" for each in (above, above.getparent()) if each is not None)
            if above is not None
            else False
        )
    return "title" in part.names and above is not None and "quote" in names_of(above)


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
    while first < last and _MARKS_ONLY.match(lines[first]):
        first += 1
    while last > first and _MARKS_ONLY.match(lines[last - 1]):
        last -= 1
    while (
        buttons and last - first > 1 and (_MARKS_ONLY.match(lines[last - 1]) or _is_control(lines[last - 1]))
    ):
        last -= 1
    return "\n".join(lines[first:last])


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
    return chosen


def _in_tool(element: etree._Element, item: etree._Element) -> bool:
    for above in element.iterancestors():
        if above is item:
            return False
        if above.tag in ("form", "button", "label"):
            return True
    return False


def _is_furniture(part: Part, *, is_container: bool) -> bool:
    if part.element.tag == "span" and _LEVEL.match(part.element.text or ""):
        return True
    if part.element.tag in _TOOLS or any(fits(FURNITURE, name) for name in part.names):
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
