"""Threads as indented lists, capped: the start of each and every comment that the queue names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from reports.lookup import LONG, Lookup, Mark, Record, record, records
from reports.marks import Segment
from threads.scored import Scored

# 1,000 rows keep a report of 5,000 comments under 3 MB and open at once; 120 a thread are some ten screens.
TREE_ROWS = 1000
THREAD_ROWS = 120
_ROOM = 240  # code points of a row where rows had to be left out


@dataclass(frozen=True, slots=True)
class Line:
    """A comment in its tree; `skipped` rows before it are not shown."""

    comment: Record
    text: list[Segment[Mark]]
    scores: Record
    skipped: int


@dataclass(frozen=True, slots=True)
class Tree:
    """A page and those of its comments that are shown; `skipped` rows follow the last line."""

    page: Record
    lines: list[Line]
    n_comments: int
    n_flagged: int
    skipped: int


def trees(scored: Scored, lookup: Lookup, flagged: set[Any]) -> list[Tree]:
    """A tree for every page with comments, those with most flagged comments first.

    Together they have TREE_ROWS lines at most; the trees beyond have none.
    """
    pages = {page["thread_id"]: page for page in records(scored.pages)}
    groups = list(scored.comments.groupby("thread_id", sort=False))
    counts = scored.comments[scored.comments.comment_id.isin(flagged)].thread_id.value_counts().to_dict()
    groups.sort(key=lambda group: -counts.get(group[0], 0))
    roomy = len(scored.comments) <= TREE_ROWS
    left, found = TREE_ROWS, []
    for thread_id, rows in groups:
        most = min(left, len(rows) if roomy else THREAD_ROWS)
        shown = _chosen(rows, flagged, most) if most else set()
        left -= len(shown)
        page = pages.get(thread_id) or _page(rows)
        lines, skipped = _lines(rows, shown, lookup, LONG if roomy else _ROOM) if shown else ([], len(rows))
        found.append(Tree(page, lines, len(rows), counts.get(thread_id, 0), skipped))
    return found


def _chosen(rows: pd.DataFrame, flagged: set[Any], most: int) -> set[Any]:
    """Flagged comments and what they answer, then the others in reading order, `most` together."""
    named = rows[rows.comment_id.isin(flagged)]
    wanted = [*named.comment_id, *named.parent_id.dropna(), *rows.comment_id]
    present = set(rows.comment_id)
    return set(list(dict.fromkeys(name for name in wanted if name in present))[:most])


def _lines(rows: pd.DataFrame, shown: set[Any], lookup: Lookup, room: int) -> tuple[list[Line], int]:
    lines: list[Line] = []
    skipped = 0
    for comment_id in rows.sort_values("order", kind="stable").comment_id:
        if comment_id not in shown:
            skipped += 1
            continue
        comment = lookup.comment(comment_id)
        lines.append(Line(comment, lookup.text(comment, room), lookup.scores(comment_id), skipped))
        skipped = 0
    return lines, skipped


def _page(rows: pd.DataFrame) -> Record:
    first = record(rows.iloc[0])
    known = {name: first[name] for name in ("thread_id", "source", "platform", "title", "url")}
    return {**known, "article": "", "n_comments": len(rows), "note": None, "confidence": None}
