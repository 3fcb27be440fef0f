"""A page whose markup marks no comment: its text alone, by the reader for scraped text, and why not."""

# ruff: noqa: E501 -- patterns and tables read better unbroken

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from threads.infer.pages import dates
from threads.infer.pages.reading import PageReading, read_page
from threads.markup import element_text
from threads.webpage.names import ELSEWHERE, fits, names_of

LEARNED = (
    "Nothing in the markup of the page marks comments: these were found in its text, as in the text of a page "
    "that was pasted, so that authors and answers are estimates."
)
_FRAMES = (
    ("disqus", "Disqus"), ("facebook.com/plugins/comments", "Facebook"), ("commento", "Commento"),
    ("hyvor", "Hyvor Talk"), ("utteranc.es", "utterances"), ("giscus", "giscus"), ("coral", "Coral"),
    ("spot.im", "OpenWeb"), ("blogger.com/comment", "Blogger"), ("remark42", "Remark42"), ("livefyre", "Livefyre"),
    ("viafoura", "Viafoura"), ("vuukle", "Vuukle"), ("cusdis", "Cusdis"), ("cackle", "Cackle"),
)  # fmt: skip


_FORMS = frozenset(("commentform", "comment_post_ID", "comment-form", "wpdcom", "wpcomm"))
_LEAST = 2
# Shares that have a name and a date, and the reader's own certainty, below which what it found on a page whose
# markup says nothing are no comments. On the text of 22 pages with comments the lowest were 0.88, 0.98 and 0.98;
# 3 of 3 pages on which it found what were none lie below one of them.
_ENOUGH, _CERTAIN = 0.7, 0.9


def read_text(root: etree._Element, thread_id: str) -> tuple[PageReading, str | None]:
    """Return what the text of a page shows, and the note for the report.

    Nothing is looked for where the page has the form of a comment system that would have marked its comments,
    or the frame of one that keeps them elsewhere.
    """
    reading = read_page(element_text(root, without=_around(root)), thread_id)
    if not reading.comments:
        return reading, _frame(root) or reading.note
    reason = _frame(root) or _empty_form(root)
    if reason is None and _are_believable(reading):
        return reading, LEARNED
    none = replace(reading, comments=(), confidence=0.5)
    return none, reason or "No comments: what looks like some has too few names and dates to be any."


def _are_believable(reading: PageReading) -> bool:
    number = len(reading.comments)
    named = sum(_is_name(each.author) for each in reading.comments)
    dated = sum(bool(each.created or each.created_text) for each in reading.comments)
    enough = number >= _LEAST and min(named, dated) >= _ENOUGH * number
    return enough and reading.confidence >= _CERTAIN


def _is_name(author: str | None) -> bool:
    """Whether it is the name of a person, not the version or the date over an entry in a list of changes."""
    return author is not None and sum(map(str.isalpha, author)) > 1 and dates.find(author) is None


def _around(root: etree._Element) -> set[etree._Element]:
    """Menus, forms and lists of other pages' comments, which are not looked through."""
    around = set(root.iter("nav", "button", "select"))
    for element in root.iter("div", "section", "ul", "ol", "aside"):
        if any(fits(ELSEWHERE, name) for name in names_of(element)):
            around.add(element)
    return {element for element in around if next(element.iter("h1"), None) is None}


def _empty_form(root: etree._Element) -> str | None:
    """A sentence where a form to comment stands that comes with marked comments, if there are any."""
    for element in root.iter("form", "input", "div"):
        if not _FORMS.isdisjoint((element.get("id"), element.get("name"))):
            return "No comments: the page has the form to write one, and marks none."
    return None


def _frame(root: etree._Element) -> str | None:
    """A sentence where the comments are shown in a frame of another site, which is a page of its own."""
    for element in root.iter("iframe", "script", "div"):
        said = f"{element.get('src') or ''} {element.get('id') or ''}"[:500].lower()
        for mark, name in _FRAMES:
            if mark in said:
                return f"The comments of the page are kept by {name} and were not saved with it."
    return None
