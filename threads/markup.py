"""Markup to text: paragraphs kept, quotations marked with "> ", nothing fetched, nothing expanded."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape

from lxml import etree

from threads.hyperlinks import link

_BLOCKS = frozenset((
    "p", "div", "br", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "tr", "table", "pre", "section",
    "article", "hr", "h1", "h2", "h3", "h4", "h5", "h6",
))  # fmt: skip
_PARAGRAPHS = _BLOCKS - {"br", "li", "tr", "dt", "dd"}
_EMOJI = re.compile(r"\b(?:emoji|emoticon|smil(?:ey|ie))", re.IGNORECASE)
_MOST_WORDS = 2_000  # code points of a link's words by which it is told what it is
_DECORATION = re.compile(rf"{_EMOJI.pattern}|avatar|favicon", re.IGNORECASE)
_UNREAD = frozenset(("script", "style", "template", "noscript", "head", "title"))


def strip_markup(html: str) -> str:
    """The text of a piece of HTML: entities decoded once, paragraphs parted by a blank line.

    Lines of a <blockquote> begin with "> ", one more for each level. A link keeps its address behind its
    words, in brackets. Damaged markup is read as far as it goes; text without markup comes back as it is.
    """
    if "<" not in html and "&" not in html:
        return html
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, recover=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    cleaned = re.sub(r"[\x00\x0b\x0c]", "", html)
    try:
        tree = etree.fromstring(f"<div>{cleaned}</div>".encode(errors="replace"), parser)
    except etree.XMLSyntaxError:
        return _untagged(cleaned)
    is_cut = any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)
    return _untagged(cleaned) if is_cut or tree is None else _Lines(links=True).read(tree)


def element_text(
    element: etree._Element,
    *,
    without: Collection[etree._Element] = (),
    quotes: Collection[etree._Element] = (),
    links: bool = False,
) -> str:
    """The text of an element as `strip_markup` gives it, without some of the elements inside it.

    The elements `quotes` are quotations though they are no <blockquote>. Addresses are kept with `links`.
    """
    return _Lines(without, quotes, links=links).read(element)


def _untagged(html: str) -> str:
    """What is left of markup that no whole tree can be made of: some nest thousands of elements."""
    return unescape(re.sub(r"<[^<>]{0,2000}>", " ", html)).strip()


class _Lines:
    """Collects the lines of a tree, each with the depth of quotation that it stands in."""

    def __init__(
        self,
        without: Collection[etree._Element] = (),
        quotes: Collection[etree._Element] = (),
        *,
        links: bool,
    ) -> None:
        self.without = without
        self.quotes = quotes
        self.links = links
        self.open: list[tuple[etree._Element, str]] = []
        self.told: set[str] = set()
        self.lines: list[str] = []
        self.line = ""
        self.quoted = 0
        self.verbatim = 0

    def read(self, tree: etree._Element) -> str:
        walk = etree.iterwalk(tree, events=("start", "end"))
        for event, node in walk:
            tag = node.tag if isinstance(node.tag, str) else ""
            is_start = event == "start"
            unread = tag in _UNREAD or node in self.without
            if tag == "a" and self.links and not unread:
                unread = self._link(node, is_start=is_start)
            if unread and is_start:
                walk.skip_subtree()
            self._edge(tag, 1 if is_start else -1, is_quote=tag == "blockquote" or node in self.quotes)
            text = (None if unread else node.text or _emoji(node)) if is_start else node.tail
            if text and not (node is tree and not is_start):
                self._add(text)
        self._close(paragraph=False)
        return "\n".join(self.lines).strip("\n")

    def _link(self, node: etree._Element, *, is_start: bool) -> bool:
        """Write a link's address where it belongs; return whether the address stands for its words."""
        if not is_start:
            if self.open and self.open[-1][0] is node:
                gap = " " if self.line.endswith(" ") else ""
                self.line = f"{self.line.rstrip()} ({self.open.pop()[1]}){gap}"
            return False
        attributes = {str(name): str(value) for name, value in node.attrib.items()}
        found = link(attributes, _words(node), is_picture=_is_picture(node))
        if found is None or (not found.alone and found.address in self.told):
            return False
        self.told.add(found.address)
        if found.alone:
            self._add(found.address)
        else:
            self.open.append((node, found.address))
        return found.alone

    def _edge(self, tag: str, step: int, *, is_quote: bool) -> None:
        if (tag in _BLOCKS or is_quote) and not (tag == "br" and step < 0):
            is_empty = tag == "br" and not self.line.strip()  # two in a row part paragraphs
            self._close(paragraph=tag in _PARAGRAPHS or is_quote or is_empty)
        self.quoted += step if is_quote else 0
        self.verbatim += step if tag == "pre" else 0

    def _add(self, text: str) -> None:
        if not self.verbatim:
            self.line += re.sub(r"\s+", " ", text)
            return
        *whole, last = text.split("\n")
        for line in whole:
            self.line += line
            self._close(paragraph=False)
        self.line += last

    def _close(self, *, paragraph: bool) -> None:
        if self.line.strip():
            self.lines.append("> " * self.quoted + re.sub(r" {2,}", " ", self.line).strip())
        if paragraph and self.lines and self.lines[-1]:
            self.lines.append("")
        self.line = ""


def _words(node: etree._Element) -> str:
    """The beginning of what a link shows."""
    parts, size = list[str](), 0
    for text in node.itertext():
        parts.append(str(text))
        size += len(text)
        if size > _MOST_WORDS:
            break
    return "".join(parts)


def _is_picture(node: etree._Element) -> bool:
    """Whether a link shows an image that is more than an emoji, or somebody's face."""
    picture = next(node.iter("img"), None)
    return picture is not None and not _DECORATION.search(picture.get("class") or "")


def _emoji(node: etree._Element) -> str | None:
    """The emoji that a page shows as an image."""
    is_emoji = node.tag == "img" and _EMOJI.search(node.get("class") or "")
    return node.get("alt") if is_emoji else None
