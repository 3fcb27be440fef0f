"""A comment of the queue as a card: why it is here, what it answers, and what was found in its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from reports import words
from reports.lookup import Lookup, Mark, Record, records
from reports.marks import Segment, visible
from threads.taxonomy import Category, categories

_WORDS = 8  # quoted words a finding; the text above has them all
_QUOTED = 200  # code points of words that are quoted; what is longer is seen in the text above
_COPIES = 20  # near-copies named a card
_PARENT = 280  # code points of the parent shown at once, about three lines
_PARENT_MOST = 3000  # and behind the fold


@dataclass(frozen=True, slots=True)
class Finding:
    """The evidence of one category under one stance."""

    detector: str
    label: str
    name: str
    category: Category | None
    stance: str
    role: str
    words: list[str]
    reasons: list[str]
    approximate: bool


@dataclass(frozen=True, slots=True)
class Card:
    """All that one card shows; `sort` holds the ids that it can be filtered by."""

    item: Record
    comment: Record
    parent: Record | None
    link: str
    text: list[Segment[Mark]]
    findings: list[Finding]
    mentions: list[Finding]
    against: dict[str, list[str]]
    scores: Record
    copies: list[Record]
    sort: list[str]
    thread_size: int


def cards(
    queue: pd.DataFrame, lookup: Lookup, sizes: dict[Any, int], over: dict[Any, list[str]], top: int
) -> list[Card]:
    """The first `top` items of a queue, near-copies gathered under the comment that they copy.

    `sizes` has the number of comments of each thread, `over` the heads that a comment exceeds.
    """
    first = queue[queue.copy_of.isna()].head(top)
    copies = queue[queue.copy_of.isin(first.comment_id)]
    by_first = {name: records(rows.head(_COPIES)) for name, rows in copies.groupby("copy_of")}
    return [
        _card(item, lookup, sizes, over.get(item["comment_id"], []), by_first.get(item["comment_id"], []))
        for item in records(first)
    ]


def _card(
    item: Record, lookup: Lookup, sizes: dict[Any, int], heads: list[str], copies: Iterable[Record]
) -> Card:
    comment = lookup.comment(item["comment_id"])
    guess = lookup.guess(comment) if comment["link"] == "unsure" else None
    parent = guess.parent if guess else lookup.parent(comment)
    marks = lookup.marks(item["comment_id"])
    return Card(
        item=item,
        comment=comment,
        parent=_folded(parent) if parent else None,
        link=words.unsure(author(guess.parent), guess.confidence, guess.reason)
        if guess
        else words.link(comment, author(parent) if parent else None),
        text=lookup.text(comment),
        findings=_grouped(comment, [mark for mark in marks if mark.role == "finding"]),
        mentions=_grouped(comment, [mark for mark in marks if mark.role == "mention"]),
        against=_against(comment, [mark for mark in marks if mark.role == "against"]),
        scores=lookup.scores(item["comment_id"]),
        copies=[{**lookup.comment(copy["comment_id"]), "rank": copy["rank"]} for copy in copies],
        sort=[*heads, *sorted({mark.category for mark in marks if _sorts(mark)})],
        thread_size=sizes[comment["thread_id"]],
    )


def _sorts(mark: Mark) -> bool:
    """Whether the queue can be narrowed to it; elements of a conspiracy make sense only together."""
    return mark.role == "finding" and mark.detector == "antisemitism" and mark.category != ""


def author(comment: Record) -> str:
    """The name as shown; where the scrape lost it that is said, and never a name made up."""
    if comment["author"] is not None:
        return visible(str(comment["author"]))
    person = comment["person"]
    return f"unnamed person {person} of this page" if person else f"someone unnamed ({words.NO_NAME})"


def _folded(parent: Record) -> Record:
    text = parent["text"]
    cut = text.rfind(" ", 0, _PARENT) if len(text) > _PARENT else len(text)
    cut = cut if cut > 0 else _PARENT
    rest = text[cut:]
    return {**parent, "start": text[:cut], "rest": rest[:_PARENT_MOST], "beyond": len(rest) - _PARENT_MOST}


def _grouped(comment: Record, marks: list[Mark]) -> list[Finding]:
    groups: dict[tuple[str, str, str], list[Mark]] = {}
    for mark in marks:
        if mark.detector != "sentiment":
            groups.setdefault((mark.detector, mark.category, mark.stance), []).append(mark)
    ordered = sorted(
        groups.values(),
        key=lambda group: (words.place(group[0].detector), not group[0].category, -_weight(group)),
    )
    return [_finding(comment, group) for group in ordered]


def _weight(group: list[Mark]) -> float:
    return max(mark.weight for mark in group)


def _finding(comment: Record, group: list[Mark]) -> Finding:
    first = group[0]
    category = categories().get(first.category)
    return Finding(
        detector=first.detector,
        label=label(first),
        name=category.name if category else words.head(first.detector),
        category=category,
        stance=words.STANCES.get(first.stance, ""),
        role=first.role,
        words=_quoted(comment, group),
        reasons=list(dict.fromkeys(mark.reason for mark in group))[:3],
        approximate=any(mark.kind == "approximate" for mark in group),
    )


def label(mark: Mark) -> str:
    """The small label behind marked words: the category's id, or the detector's name cut short."""
    return mark.category or mark.detector[:3]


def _against(comment: Record, marks: list[Mark]) -> dict[str, list[str]]:
    """Each reason with the words that gave it."""
    return {
        reason: _quoted(comment, [mark for mark in marks if mark.reason == reason])
        for reason in dict.fromkeys(mark.reason for mark in marks if mark.detector != "sentiment")
    }


def _quoted(comment: Record, marks: list[Mark]) -> list[str]:
    found = dict.fromkeys(" ".join(comment["text"][mark.start : mark.end].split()) for mark in marks)
    return [visible(word) for word in found if 0 < len(word) <= _QUOTED][:_WORDS]
