"""Threads as indented lists, capped: the start of each and every comment that the queue names.

Each can be read in two ways, which the page switches between: with all links of the run, and with the
sure ones only, where a comment whose link is unsure stands by itself with the best guess beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from reports.lookup import LONG, Guess, Lookup, Mark, Record, record, records
from reports.marks import Segment
from threads.cutting import SURE, at_floor, floor_of
from threads.scored import Scored
from threads.summary import by_thread

# 1,000 rows keep a report of 5,000 comments under 3 MB and open at once; 120 a thread are some ten screens.
TREE_ROWS = 1000
THREAD_ROWS = 120
_ROOM = 240  # code points of a row where rows had to be left out

Places = dict[Any, Record]
"""comment_id -> link, depth, order and the number of comments left out before it, in reading order."""


@dataclass(frozen=True, slots=True)
class Line:
    """A comment in its tree; `skipped` rows before it are not shown.

    `guess` is whom it answers where that is not certain. `sure` holds its link, depth, order and skipped
    where only sure links count: there the link is "unsure" if the guess is.
    """

    comment: Record
    text: list[Segment[Mark]]
    scores: Record
    skipped: int
    guess: Guess | None
    sure: Record


@dataclass(frozen=True, slots=True)
class Tree:
    """A page and those of its comments that are shown; `skipped` rows follow the last line.

    `sure_skipped` follow it where only sure links count. `links` is the thread's row of `by_thread` by
    those, empty where nothing is shown, and `floor` the confidence from which a link is one.
    """

    page: Record
    lines: list[Line]
    n_comments: int
    n_flagged: int
    skipped: int
    sure_skipped: int
    links: Record
    floor: float

    @property
    def two_ways(self) -> bool:
        """Whether it looks different where only sure links count."""
        return any(line.sure["link"] != line.comment["link"] for line in self.lines)


def trees(scored: Scored, lookup: Lookup, flagged: set[Any]) -> list[Tree]:
    """A tree for every page with comments, those with most flagged comments first.

    Together they have TREE_ROWS lines at most; the trees beyond have none.
    """
    pages = {page["thread_id"]: page for page in records(scored.pages)}
    groups = list(scored.comments.groupby("thread_id", sort=False))
    counts = scored.comments[scored.comments.comment_id.isin(flagged)].thread_id.value_counts().to_dict()
    groups.sort(key=lambda group: -counts.get(group[0], 0))
    roomy = len(scored.comments) <= TREE_ROWS
    shown = _shown(groups, flagged, roomy)
    sure = _sure(scored, {thread_id for thread_id, names in shown.items() if names})
    links = {row["thread_id"]: row for row in records(by_thread(sure))}
    places = dict(tuple(sure.comments.groupby("thread_id", sort=False)))
    found = []
    for thread_id, rows in groups:
        before, after = _skipped(rows, shown[thread_id])
        then, after_then = _skipped(places.get(thread_id, rows), shown[thread_id])
        found.append(Tree(
            page=pages.get(thread_id) or _page(rows),
            lines=_lines(before, then, lookup, LONG if roomy else _ROOM),
            n_comments=len(rows), n_flagged=counts.get(thread_id, 0), skipped=after, sure_skipped=after_then,
            links=links.get(thread_id, {}), floor=floor_of(sure.comments),
        ))  # fmt: skip
    return found


def _shown(groups: list[tuple[Any, pd.DataFrame]], flagged: set[Any], roomy: bool) -> dict[Any, set[Any]]:
    """thread_id -> which of its comments are shown."""
    left, shown = TREE_ROWS, {}
    for thread_id, rows in groups:
        most = min(left, len(rows) if roomy else THREAD_ROWS)
        shown[thread_id] = _chosen(rows, flagged, most) if most else set()
        left -= len(shown[thread_id])
    return shown


def _sure(scored: Scored, thread_ids: set[Any]) -> Scored:
    """The threads that are shown by their sure links alone."""
    here = scored.comments[scored.comments.thread_id.isin(thread_ids)]
    return at_floor(replace(scored, comments=here), SURE)


def _chosen(rows: pd.DataFrame, flagged: set[Any], most: int) -> set[Any]:
    """Flagged comments and what they answer, then the others in reading order, `most` together."""
    named = rows[rows.comment_id.isin(flagged)]
    wanted = [*named.comment_id, *named.parent_id.dropna(), *rows.comment_id]
    present = set(rows.comment_id)
    return set(list(dict.fromkeys(name for name in wanted if name in present))[:most])


def _skipped(rows: pd.DataFrame, shown: set[Any]) -> tuple[Places, int]:
    """The place of each comment that is shown, with how many are left out before it; and after the last."""
    ordered = rows[["comment_id", "link", "depth", "order"]].sort_values("order", kind="stable")
    at = np.flatnonzero(ordered.comment_id.isin(shown))
    places = records(ordered.iloc[at].assign(skipped=np.diff(at, prepend=-1) - 1))
    return {place["comment_id"]: place for place in places}, len(rows) - 1 - int(at[-1] if len(at) else -1)


def _lines(places: Places, sure: Places, lookup: Lookup, room: int) -> list[Line]:
    return [_line(lookup.comment(name), places[name], sure[name], lookup, room) for name in places]


def _line(comment: Record, place: Record, sure: Record, lookup: Lookup, room: int) -> Line:
    return Line(
        comment=comment,
        text=lookup.text(comment, room),
        scores=lookup.scores(comment["comment_id"]),
        skipped=place["skipped"],
        guess=lookup.guess(comment),
        sure=sure,
    )


def _page(rows: pd.DataFrame) -> Record:
    first = record(rows.iloc[0])
    known = {name: first[name] for name in ("thread_id", "source", "platform", "title", "url")}
    return {**known, "article": "", "n_comments": len(rows), "note": None, "confidence": None}
