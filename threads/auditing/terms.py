"""How often comments that name a group are flagged, beside how often any comment is.

With labels these are false alarm rates and, of each term, the two areas under the curve of Borkan, Dixon,
Sorensen, Thain and Vasserman 2019, *Nuanced Metrics for Measuring Unintended Bias with Real Data for Text
Classification*: within the term, and its harmless comments against harmful ones that do not name it.
"""

from __future__ import annotations

import pandas as pd

from threads.evaluation.measures import auc, with_interval
from threads.identity_terms import naming

ANY = "any comment"

COUNTED = 50_000
"""Comments looked through, the first as they are drawn: the rate of a term that one comment in fifty holds is
then known to some two points, and it takes seconds."""

TERMS = (
    "head", "term", "comments", "flagged", "rate", "low", "high", "subgroup_auc", "bpsn_auc",
)  # fmt: skip
"""A row for each head and term, those of any comment first. `subgroup_auc` and `bpsn_auc` (background
positive, subgroup negative) need labels; null without."""


def by_term(table: pd.DataFrame, over: pd.DataFrame, labels: pd.Series | None = None) -> pd.DataFrame:
    """TERMS: the share flagged of comments that name each group; with labels, of the harmless ones.

    `table` has text and the scores, as they are drawn; `over` says which heads exceed the policy; `labels`
    are 0 and 1 and about the one head of `over`.
    """
    table = table.iloc[:COUNTED]
    named = naming(table["text"])
    there = {ANY: pd.Series(True, table.index), **{name: named[name] for name in named}}
    counted = pd.Series(True, table.index) if labels is None else labels[table.index] == 0
    rows = []
    for head in over:
        for term, has in there.items():
            flagged = over[head][table.index[has & counted]]
            if len(flagged):
                areas = (None, None) if labels is None else _areas(table[head], labels[table.index], has)
                rows.append((head, term, len(flagged), int(flagged.sum()), flagged.mean(), *areas))
    found = pd.DataFrame(rows, columns=[name for name in TERMS if name not in {"low", "high"}])
    return _ordered(with_interval(found, found["flagged"])[list(TERMS)])


def _areas(scores: pd.Series, labels: pd.Series, has: pd.Series) -> tuple[float, float]:
    subgroup = auc(labels[has], scores[has])
    chosen = (has & (labels == 0)) | (~has & (labels == 1))
    return subgroup, auc(labels[chosen], scores[chosen])


def _ordered(table: pd.DataFrame) -> pd.DataFrame:
    """Any comment first, then from the highest rate, head by head."""
    first = (table["term"] != ANY).astype(int)
    place = pd.factorize(table["head"])[0]
    order = table.assign(_place=place, _first=first)
    ranked = order.sort_values(
        ["_place", "_first", "rate", "comments"], ascending=[True, True, False, False], kind="stable"
    )
    return ranked[list(TERMS)].reset_index(drop=True)
