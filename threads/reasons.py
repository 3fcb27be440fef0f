"""Why a comment stands in the queue, in words that a moderator can check against the text."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from threads.scored import Scored

Row = Mapping[Hashable, Any]

_VERB = {"endorse": "asserts", "insinuate": "hints", "unclear": "may assert"}
_AUDIT = "drawn at random from the comments that nothing flagged"
_SHOWN = 3  # of each kind; the card lists them all


def reasons(queue: pd.DataFrame, scored: Scored, thresholds: Mapping[str, float]) -> list[str]:
    """One line for each row of the queue: what is asserted, how high it scores, how far it reaches."""
    found = dict(list(scored.findings().groupby("comment_id")))
    mentioned = dict(list(scored.mentions().groupby("comment_id")))
    none = scored.evidence.iloc[:0]
    return [
        _AUDIT
        if row["why"] == "audit"
        else _finding(
            row, found.get(row["comment_id"], none), mentioned.get(row["comment_id"], none), thresholds
        )
        for row in queue.to_dict("records")
    ]


def categories(queue: pd.DataFrame, scored: Scored) -> list[str]:
    """The category ids of each row's findings, blank separated, the weightiest first."""
    rows = scored.findings().query("category.notna() and category != ''")
    ordered = rows.sort_values("weight", ascending=False, kind="stable")
    joined = ordered.groupby("comment_id", sort=False).category.agg(lambda ids: " ".join(dict.fromkeys(ids)))
    by_id = joined.to_dict()
    return [by_id.get(comment_id, "") for comment_id in queue.comment_id]


def _finding(row: Row, found: pd.DataFrame, mentioned: pd.DataFrame, thresholds: Mapping[str, float]) -> str:
    parts = [*_asserted(found), *_scores(row, found, thresholds), *_against(mentioned), *_reach(row)]
    return "; ".join(dict.fromkeys(parts))


def _asserted(found: pd.DataFrame) -> list[str]:
    rows = found[found.stance.fillna("") != ""].sort_values("weight", ascending=False, kind="stable")
    said = [f"{_VERB[stance]}: {reason}" for stance, reason in zip(rows.stance, rows.reason, strict=True)]
    return list(dict.fromkeys(said))[:_SHOWN]


def _against(mentioned: pd.DataFrame) -> list[str]:
    condemned = mentioned[mentioned.stance == "condemn"].reason.dropna()
    return [f"speaks against: {reason}" for reason in dict.fromkeys(condemned)][:1]


def _scores(row: Row, found: pd.DataFrame, thresholds: Mapping[str, float]) -> list[str]:
    parts = []
    for head, threshold in thresholds.items():
        value = row.get(head, 0.0)
        if value >= threshold:
            parts.append(f"{head} {value:.2f}{_words(row, found[found.detector == head])}")
    return parts


def _words(row: Row, rows: pd.DataFrame) -> str:
    strongest = rows.sort_values("weight", ascending=False, kind="stable").head(_SHOWN)
    text = row["text"]
    words = [text[start:end] for start, end in zip(strongest.start, strongest.end, strict=True)]
    return " for " + ", ".join(f"‘{_short(word)}’" for word in dict.fromkeys(words)) if words else ""


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 60 else words[:57] + "…"


def _reach(row: Row) -> list[str]:
    parts = []
    for count, one, many in [
        (row["n_replies"], "reply", "replies"),
        (row["copies"], "near-copy", "near-copies"),
    ]:
        if count > 0:
            parts.append(f"{count} {one if count == 1 else many}")
    return parts
