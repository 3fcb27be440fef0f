"""From the text of a page to its comments: the text-level reading of a page dump, without files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from threads.infer import lines as page_lines
from threads.infer import page_article, page_lost, page_model
from threads.infer.lines import Line
from threads.infer.page_features import describe
from threads.infer.page_records import Record, records

SURE_ENOUGH, SURE_OF_FEW, MANY = 0.5, 0.7, 4
"""Mean confidence below which what was found is no comments: a few without a date must be surer, and
a few without a name too are never taken for comments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageComment:
    """A comment as the page shows it; fields as in `threads.comment.Comment`."""

    text: str
    author: str | None = None
    created: datetime | None = None
    created_text: str | None = None
    reply_to: str | None = None
    likes: int | None = None
    indent: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """A page taken apart; `note` says why there are no comments where there are none."""

    title: str | None
    article: str
    comments: tuple[PageComment, ...]
    note: str | None
    confidence: float


def read_page(text: str) -> PageReading:
    """Title, article and comments of a page's text, in page order. Pure; any string gives a reading."""
    lines = page_lines.split(page_lines.clean(text))
    if not lines:
        return PageReading(title=None, article="", comments=(), note="The page has no text.", confidence=1.0)
    features = describe(lines)
    labelling = page_lost.extended(lines, page_model.label(features, lines))
    found = records(lines, labelling, features.stamps)
    doubt = _doubt(found)
    if doubt is not None:
        found = []
    upto = found[0].first if found else len(lines)
    title, article = page_article.find(lines[:upto], features.stamps)
    comments = tuple(_comment(record, lines) for record in found)
    if comments:
        sure = float(np.mean([comment.confidence for comment in comments]))
        return PageReading(title=title, article=article, comments=comments, note=None, confidence=sure)
    sure = float(1 - labelling.probability[:, page_model.START].max()) if doubt is None else doubt
    note = page_article.why_none(lines, features.stamps)
    return PageReading(title=title, article=article, comments=(), note=note, confidence=sure)


def _doubt(found: list[Record]) -> float | None:
    """How sure it is that what was found are no comments at all; None where they are taken for comments."""
    if not found:
        return None
    sure = sum(record.confidence for record in found) / len(found)
    dated = any(record.created or record.created_text for record in found)
    if len(found) < MANY and not dated and not any(record.author for record in found):
        return 0.5
    enough = SURE_ENOUGH if len(found) >= MANY or dated else SURE_OF_FEW
    return None if sure >= enough else 1 - sure


def _comment(record: Record, lines: list[Line]) -> PageComment:
    return PageComment(
        text=record.body(lines),
        author=record.author,
        created=record.created,
        created_text=record.created_text,
        reply_to=record.reply_to,
        likes=record.likes,
        indent=record.indent,
        confidence=record.confidence,
    )
