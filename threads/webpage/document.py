"""Markup to a tree: nothing fetched, no entity expanded, and limits that a hostile page runs into."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

LONGEST = 64 * 2**20
"""Code points of a page that are read. The largest of 330 saved pages has 2.3 million."""
DEEPEST = 2048
"""Elements inside one another that libxml2 keeps of a page: some 500 replies below one another."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Document:
    """A page as a tree; `cut` says in a sentence what of it could not be kept, and is None for all of it."""

    root: etree._Element
    cut: str | None = None


def parse_page(text: str) -> Document | None:
    """Return the tree of a page, damaged markup as far as it goes; None where there is no element in it."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, recover=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    data = _CONTROLS.sub("", text[:LONGEST]).encode("utf-8", "replace")
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
    if root is None:
        return None
    for element in root.iter("template"):
        if element.get("shadowmode") or element.get("shadowrootmode"):
            element.tag = "div"  # how a browser saves what a component shows
    return Document(root, _cut(text, parser))


def _cut(text: str, parser: etree.HTMLParser) -> str | None:
    if len(text) > LONGEST:
        return f"The page is longer than {LONGEST:,} characters: it was read up to there."
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        return f"The page nests more than {DEEPEST:,} elements: it was read up to there."
    return None
