"""The same content in mainstream, African-American and learners' English: data/dialects.tsv.

Scorers of toxicity flag African-American English more often (Sap, Card, Gabriel, Choi and Smith 2019, *The
Risk of Racial Bias in Hate Speech Detection*; Davidson, Bhattacharya and Weber 2019). Nobody's comments say
who wrote them, so the user's own data cannot show it: these sentences can.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

import pandas as pd

from threads.auditing.rescoring import Rescorer
from threads.evaluation.measures import with_interval

DIALECTS = ("mainstream", "african_american", "learner")

SCORED = ("head", "dialect", "kind", "id", "score", "called")
"""A row for each head and sentence; `kind` is harmless or insulting."""

SHARES = (
    "head",
    "kind",
    "dialect",
    "comments",
    "flagged",
    "share",
    "low",
    "high",
    "mean_score",
    "mean_shift",
)
"""A row for each head, kind and dialect; `mean_shift` is from the same sentences in mainstream English."""


@cache
def sentences() -> pd.DataFrame:
    """The sentences: id, kind, dialect, text, one row each."""
    source = files("threads").joinpath("data/dialects.tsv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(source.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    return pd.DataFrame(
        [(row["id"], row["kind"], dialect, row[dialect]) for dialect in DIALECTS for row in rows],
        columns=["id", "kind", "dialect", "text"],
    )


def score_dialects(heads: list[str], rescorer: Rescorer) -> pd.DataFrame:
    """Every sentence scored by each head: SCORED."""
    wanted = sentences().merge(pd.DataFrame({"head": heads}), how="cross").assign(parent_text=None)
    return wanted.join(rescorer.score(wanted))[list(SCORED)]


def shares(scored: pd.DataFrame) -> pd.DataFrame:
    """SHARES of the sentences that are findings."""
    groups = scored.groupby(["head", "kind", "dialect"], sort=False)
    table = groups.agg(
        comments=("called", "size"), flagged=("called", "sum"), share=("called", "mean"),
        mean_score=("score", "mean"),
    ).reset_index()  # fmt: skip
    plain = table[table["dialect"] == DIALECTS[0]].set_index(["head", "kind"])["mean_score"]
    before = plain.loc[pd.MultiIndex.from_frame(table[["head", "kind"]])].to_numpy()
    table = table.assign(mean_shift=table["mean_score"] - before)
    return with_interval(table, table["flagged"])[list(SHARES)]
