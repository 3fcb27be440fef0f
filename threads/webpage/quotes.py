"""Quotations in a comment, as forums print them, and the heads that say whose words they are."""

# ruff: noqa: E501 -- patterns and tables read better unbroken

from __future__ import annotations

import re

from lxml import etree

from threads.webpage.names import QUOTE_HEADS, QUOTES, fits, names_of
from threads.webpage.region import Region, shown

_LONGEST = 160  # code points of a head
# vBulletin 3 and phpBB 2 set a quotation in a table, with nothing but these words above it.
_LABEL = re.compile(r"^(?:quote|zitat|citation|cita|citazione|цитата)\s?:?$", re.IGNORECASE)
_POSTED_BY = re.compile(
    r"^(?:originally posted by|quote from|zitat von|ursprünglich geschrieben von|citation de|citado por)"
    r":? (?P<name>\S.{0,59}?)(?= on | am |$)",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"^(?:[\W_]{0,3})(?P<name>\S.{0,59}?) (?:wrote|said|schrieb|hat geschrieben|a écrit|escribió|ha scritto|schreef|писал\(а\)):?",
    re.IGNORECASE,
)
_NAMED = ("data-quote", "data-author", "data-username")


def quotations(found: Region) -> tuple[set[etree._Element], set[etree._Element]]:
    """Return the elements of a comment that are quotations, and those that only say whose words follow."""
    quotes: set[etree._Element] = set()
    heads: set[etree._Element] = set()
    for part in found.parts[1:]:
        element, above = part.element, part.element.getparent()
        if above in heads:
            heads.add(element)
        elif _is_head(element, part.names):
            heads.add(element)
            if element.tag == "div" and above is not None and above.tag == "td":
                quotes.add(above)
        elif _is_quote(element, part.names) and above not in quotes:
            quotes.add(element)
    return quotes, heads


def _is_quote(element: etree._Element, names: list[str]) -> bool:
    if any(fits(QUOTES, name) for name in names):
        return True
    return element.tag == "td" and "quote" in names


def _is_head(element: etree._Element, names: list[str]) -> bool:
    above = element.getparent()
    if above is None:
        return False
    if any(fits(QUOTE_HEADS, name) for name in names):
        return True
    if element.tag == "cite":
        return any(each.tag == "blockquote" for each in (above, above.getparent()) if each is not None)
    if "title" in names and "quote" in names_of(above):
        return True
    return element.tag in ("div", "td") and _heads_table(element, above)


def _heads_table(element: etree._Element, above: etree._Element) -> bool:
    """Whether it is the label of a quotation in a table, or its first line."""
    words = shown(element)
    if len(words) > _LONGEST:
        return False
    following = element.getnext()
    if element.tag == "td":
        row = following if following is not None else above.getnext()
        cells = row.iter("td") if row is not None else ()
        return bool(_WROTE.match(words)) and any("quote" in names_of(cell) for cell in cells)
    if _LABEL.match(words):
        return following is not None and following.tag in ("table", "blockquote")
    return bool(_POSTED_BY.match(words)) and following is not None and above.tag == "td"


def quoted_name(found: Region, heads: set[etree._Element]) -> str | None:
    """Whose words the first quotation is, where it says so; the page prints that instead of "in reply to"."""
    for part in found.parts[1:]:
        given = next((part.element.get(key) for key in _NAMED if part.element.get(key)), None)
        if given and part.element.tag in ("blockquote", "aside", "div"):
            return given.strip()[:80] or None
        if part.element in heads:
            words = shown(part.element)[:_LONGEST]
            said = _POSTED_BY.match(words) or _WROTE.match(words)
            if said:
                return said["name"].strip()
    return None
