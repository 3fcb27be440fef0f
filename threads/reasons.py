"""Why a comment stands in the queue, in words that a moderator can check against the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from threads.scored import Scored

Row = Mapping[Hashable, Any]

_VERB = {"endorse": "asserts", "insinuate": "hints", "unclear": "may assert"}
_AUDIT = "drawn at random from the comments that nothing flagged"
_SHOWN = 3  # of each kind; the card lists them all
_LONG = 60  # code points of quoted words


def reasons(
    queue: pd.DataFrame, scored: Scored, thresholds: Mapping[str, float], floor: float = 0.0
) -> list[str]:
    """One line for each row of the queue: what is asserted, how high it scores, how far it reaches.

    `floor` is the confidence from which links count in the queue's n_replies.
    """
    found = _by_comment(scored.findings(), queue)
    mentioned = _by_comment(scored.mentions(), queue)
    return [
        _AUDIT
        if row["why"] == "audit"
        else _finding(row, found[row["comment_id"]], mentioned[row["comment_id"]], thresholds, floor)
        for row in queue.to_dict("records")
    ]


def categories(queue: pd.DataFrame, scored: Scored) -> list[str]:
    """The category ids of each row's findings, blank separated, the weightiest first."""
    found = _by_comment(scored.findings(), queue)
    return [
        " ".join(dict.fromkeys(row["category"] for row in found[i] if row["category"]))
        for i in queue.comment_id
    ]


def _by_comment(evidence: pd.DataFrame, queue: pd.DataFrame) -> dict[str, list[Row]]:
    """The queue's evidence by comment_id, the weightiest first, nulls as empty texts."""
    ordered = evidence[evidence.comment_id.isin(queue.comment_id)].sort_values(
        "weight", ascending=False, kind="stable"
    )
    texts = {name: ordered[name].fillna("") for name in ("category", "stance", "reason")}
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in ordered.assign(**texts).to_dict("records"):
        grouped[row["comment_id"]].append(row)
    return grouped


def _finding(
    row: Row, found: Sequence[Row], mentioned: Sequence[Row], thresholds: Mapping[str, float], floor: float
) -> str:
    parts = [*_asserted(found), *_scores(row, found, thresholds), *_against(mentioned), *_reach(row, floor)]
    return "; ".join(dict.fromkeys(parts))


def _asserted(found: Iterable[Row]) -> list[str]:
    """What the rules say first, then what the encoder read, whose words name no trope."""
    ruled = [f"{_VERB[row['stance']]}: {row['reason']}" for row in found if row["category"]]
    read = [row["reason"] for row in found if row["kind"] == "approximate"]
    return [*list(dict.fromkeys(ruled))[:_SHOWN], *read[:1]]


def _against(mentioned: Iterable[Row]) -> list[str]:
    condemned = (row["reason"] for row in mentioned if row["stance"] == "condemn" and row["reason"])
    return [f"speaks against: {reason}" for reason in condemned][:1]


def _scores(row: Row, found: Sequence[Row], thresholds: Mapping[str, float]) -> list[str]:
    return [
        f"{head} {row[head]:.2f}{_words(row['text'], [each for each in found if each['detector'] == head])}"
        for head, threshold in thresholds.items()
        if row.get(head, 0.0) >= threshold
    ]


def _words(text: str, found: Sequence[Row]) -> str:
    words = dict.fromkeys(
        _short(text[row["start"] : row["end"]]) for row in found[:_SHOWN] if row["kind"] != "approximate"
    )
    return " for " + ", ".join(f"‘{word}’" for word in words) if words else ""


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONG else words[: _LONG - 1] + "…"


def _reach(row: Row, floor: float) -> list[str]:
    of_links = f" (links of at least {floor:.2f})" if floor else ""
    counts = [
        (row["n_replies"], "reply", "replies", of_links),
        (row["copies"], "near-copy", "near-copies", ""),
    ]
    return [f"{count} {one if count == 1 else many}{of}" for count, one, many, of in counts if count > 0]
