"""One comment at a time out of the tables of a run, with nulls as None: what the templates work from."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from reports.marks import Segment, segments, shorten
from reports.words import place
from threads.schema import FINDING_STANCES, LINKED
from threads.scored import Scored

Record = dict[str, Any]

LONG = 4000
"""Code points from which a text is shortened between its marks: three screens; the rest is in the files."""

_MARKED = ("start", "end", "detector", "category", "stance", "reason", "kind", "weight", "rule")


class Mark(NamedTuple):
    """A row of EVIDENCE as a template shows it; `role` is finding, mention or against."""

    start: int
    end: int
    detector: str
    category: str
    stance: str
    reason: str
    kind: str
    weight: float
    role: str


class Guess(NamedTuple):
    """Whom a comment answers where the source did not say it: the parent, how sure that is, and why."""

    parent: Record
    confidence: float
    reason: str


def record(row: pd.Series[Any]) -> Record:
    """The row as a dict with None for every null."""
    return {str(key): None if pd.isna(value) else value for key, value in row.items()}


def records(frame: pd.DataFrame) -> list[Record]:
    """The rows as dicts with None for every null."""
    columns = {str(name): _plain(frame[name]) for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _plain(column: pd.Series[Any]) -> list[Any]:
    plain: list[Any] = column.astype(object).where(column.notna(), None).tolist()
    return plain


class Lookup:
    """The tables of a run by comment. Nothing is copied until it is asked for.

    `uncut` has the comments with the links that were cut in the run, where some were.
    """

    def __init__(self, scored: Scored, uncut: pd.DataFrame | None = None) -> None:
        self.heads = sorted((head for head in scored.heads if "_" not in head), key=place)
        self.parts = [head for head in scored.heads if "_" in head]
        self._comments = scored.comments.set_index("comment_id", drop=False)
        self._scores = scored.scores.set_index("comment_id")
        self._evidence = {name: _plain(scored.evidence[name]) for name in _MARKED}
        self._rows = scored.evidence.groupby("comment_id").indices
        self._scored = {name: row for row, name in enumerate(self._scores.index)}
        self._number = {name: number for number, name in enumerate(self._comments.index)}
        self._unnamed = _unnamed(scored.comments)
        self._guesses = _guesses(scored.comments if uncut is None else uncut)

    def comment(self, comment_id: str) -> Record:
        """The comment's row, its `number` in the run (for anchors) and its author in words."""
        found = record(self._comments.iloc[self._number[comment_id]])
        person = self._unnamed.get((found["thread_id"], found["author_id"]))
        return {**found, "number": self._number[comment_id], "person": person}

    def parent(self, comment: Record) -> Record | None:
        """The comment answered, where it is here."""
        parent_id = comment["parent_id"]
        return self.comment(parent_id) if comment["link"] in LINKED else None

    def guess(self, comment: Record) -> Guess | None:
        """Whom the comment answers where that was inferred, in a link that was cut too."""
        found = self._guesses.get(comment["comment_id"])
        return Guess(self.comment(found[0]), found[1], found[2]) if found else None

    def scores(self, comment_id: str) -> Record:
        """The comment's scores by head."""
        return record(self._scores.iloc[self._scored[comment_id]])

    def marks(self, comment_id: str) -> list[Mark]:
        """The comment's evidence in the order of the text."""
        rows = self._rows.get(comment_id, ())
        marks = [mark({name: column[row] for name, column in self._evidence.items()}) for row in rows]
        return sorted(marks, key=lambda each: (each.start, each.end))

    def text(self, comment: Record, room: int = LONG) -> list[Segment[Mark]]:
        """The comment's text, marked; unmarked stretches longer than `room` lose their middle.

        Words that only coloured the sentiment are not marked: they are no reason to look.
        """
        marks = [mark for mark in self.marks(comment["comment_id"]) if mark.detector != "sentiment"]
        return shorten(segments(comment["text"], marks), room)


def mark(row: Record) -> Mark:
    """A row of EVIDENCE as a Mark, its role told from weight and stance."""
    stance = row["stance"] or ""
    held = not stance or stance in FINDING_STANCES
    role = "against" if row["weight"] < 0 else "finding" if held else "mention"
    texts = (row["detector"], row["category"] or "", stance, row["reason"] or row["rule"], row["kind"])
    return Mark(row["start"], row["end"], *texts, row["weight"], role)


def _guesses(comments: pd.DataFrame) -> dict[Any, tuple[Any, float, str]]:
    """comment_id -> parent_id, confidence and reason of the links that are not certain."""
    rows = comments[comments.link.isin(LINKED) & (comments.parent_confidence < 1)]
    why = rows.parent_reason.fillna("")
    told = zip(rows.parent_id, rows.parent_confidence.astype(float), why, strict=True)
    return dict(zip(rows.comment_id, told, strict=True))


def _unnamed(comments: pd.DataFrame) -> dict[tuple[Any, Any], int]:
    """(thread_id, author_id) -> a number within the thread, for unnamed people with several comments."""
    lost = comments[comments.author.isna() & comments.author_id.notna()]
    sizes = lost.groupby(["thread_id", "author_id"], sort=False).size()
    numbers: dict[tuple[Any, Any], int] = {}
    counted: dict[Any, int] = {}
    for thread_id, author_id in sizes[sizes > 1].index:
        counted[thread_id] = counted.get(thread_id, 0) + 1
        numbers[thread_id, author_id] = counted[thread_id]
    return numbers
