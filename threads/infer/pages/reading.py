"""From the text of a page to its comments: the text-level reading of a page dump, without files."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from threads.comment import Comment
from threads.infer.pages import artefacts
from threads.infer.pages import article as page_article
from threads.infer.pages import lines as page_lines
from threads.infer.pages import lost as page_lost
from threads.infer.pages import model as page_model
from threads.infer.pages import settled as page_settled
from threads.infer.pages.dates import Stamp
from threads.infer.pages.features import describe
from threads.infer.pages.lines import Line
from threads.infer.pages.model import Labelling
from threads.infer.pages.records import Record, records

SURE_ENOUGH, SURE_OF_FEW, MANY = 0.5, 0.7, 4
"""Mean confidence below which what was found is no comments: a few without a date must be surer, and
a few without a name too are never taken for comments."""

_NEAR = 8  # lines above and below a few comments in which a heading or a form is looked for
_NEXT, _PARAGRAPH = 3, 160  # lines below a few comments, and the code points of an article's paragraph
_BLOCK = 20_000  # lines labelled at a time: their features take about 100 MB
LONGEST = 100_000
"""Lines that are read of one page, at about 0.25 ms each half a minute: enough for 10,000 comments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """A page taken apart; `note` says why there are no comments where there are none.

    `unread` is the number (from 1) of the first line left unread, where the text is too long for a page.
    """

    title: str | None
    article: str
    comments: tuple[Comment, ...]
    note: str | None
    confidence: float
    unread: int | None = None


def read_page(text: str, thread_id: str = "page") -> PageReading:
    """Title, article and comments of a page's text, in page order. Pure; any string gives a reading.

    `thread_id` is what the comments call their thread.
    """
    lines = page_lines.split(page_lines.clean(text), LONGEST + 1)
    if not lines:
        return PageReading(title=None, article="", comments=(), note="The page has no text.", confidence=1.0)
    unread = lines[LONGEST].number + 1 if len(lines) > LONGEST else None
    lines = lines[:LONGEST]
    labelling, stamps = _labelled(lines)
    found = records(lines, labelling, stamps)
    doubt = _doubt(found, lines)
    if doubt is not None:
        found = []
    title, article = page_article.find(lines, found[0].first if found else len(lines), stamps)
    none_sure = float(1 - labelling.probability[:, page_model.START].max()) if doubt is None else doubt
    sure = float(np.mean([record.confidence for record in found])) if found else none_sure
    return PageReading(
        title=title,
        article=article,
        comments=tuple(_comment(record, lines, thread_id, title, at) for at, record in enumerate(found)),
        note=None if found else page_article.why_none(lines, stamps),
        confidence=sure,
        unread=unread,
    )


def _labelled(lines: list[Line]) -> tuple[Labelling, list[Stamp | None]]:
    """The label of each line and its date; a long text is labelled in blocks, to bound the memory."""
    blocks = [lines[start : start + _BLOCK] for start in range(0, len(lines), _BLOCK)]
    parts, stamps = [], []
    for block in blocks:
        features = describe(block)
        parts.append(page_model.label(features, block))
        stamps += features.stamps
    labels = np.concatenate([part.labels for part in parts])
    probability = np.concatenate([part.probability for part in parts])
    labelling = page_settled.settled(lines, Labelling(labels, probability), stamps)
    return page_lost.extended(lines, labelling), stamps


def _doubt(found: list[Record], lines: list[Line]) -> float | None:
    """How sure it is that what was found are no comments at all; None where they are taken for comments."""
    if not found:
        return None
    sure = sum(record.confidence for record in found) / len(found)
    if _are_teasers(found, lines) or (_are_few(found) and not _has_evidence(found, lines)):
        return 0.5
    dated = any(record.created or record.created_text for record in found)
    enough = SURE_ENOUGH if len(found) >= MANY or dated else SURE_OF_FEW
    return None if sure >= enough else 1 - sure


def _are_few(found: list[Record]) -> bool:
    """Whether they are too few to speak for themselves; mostly nameless ones must be twice as many."""
    named = sum(record.author is not None for record in found)
    return len(found) < MANY or (len(found) < 2 * MANY and 2 * named < len(found))


def _are_teasers(found: list[Record], lines: list[Line]) -> bool:
    """Whether half of what was found ends with "read more": other articles, announced one below the other."""
    around = [[*record.head, *record.rows[-1:], *record.tail] for record in found]
    more = [any(artefacts.bare(lines[i].text) in artefacts.READ_MORE for i in rows) for rows in around]
    return 2 * sum(more) >= len(found)


def _has_evidence(found: list[Record], lines: list[Line]) -> bool:
    """Whether more than its form speaks for a few comments: a date, buttons, a heading above, the page's end.

    A name alone does not: subheadings and labels of an article in the middle of a page look like names. Nor
    do a name and a date where long paragraphs follow: so an article begins.
    """
    named = sum(record.author is not None for record in found)
    buttons = [lines[i].text for record in found for i in record.tail]
    if named and any(artefacts.is_button(text) or artefacts.is_sign(text) for text in buttons):
        return True
    last = max([*found[-1].rows, *found[-1].head, *found[-1].tail])
    above = lines[max(0, found[0].first - _NEAR) : found[0].first]
    below = lines[last + 1 : last + 1 + _NEAR]
    if any(record.created or record.created_text for record in found):
        return not any(len(line.text) > _PARAGRAPH for line in below[:_NEXT])
    marked = any(
        (len(line.text) <= artefacts.SHORT and artefacts.HEADING.match(line.text))
        or artefacts.mentions(line.text, artefacts.FORM)
        for line in (*above, *below)
    )
    return bool(named) and (marked or (not below and 2 * named >= len(found)))


def _comment(record: Record, lines: list[Line], thread_id: str, title: str | None, position: int) -> Comment:
    return Comment(
        text=record.body(lines),
        thread_id=thread_id,
        position=position,
        title=title,
        author=record.author,
        created=record.created,
        created_text=record.created_text,
        reply_to=record.reply_to,
        likes=record.likes,
        indent=record.indent,
        confidence=record.confidence,
    )
