"""What an audit concludes: how far scores moved, what share changed sides, and whether that is too much."""

from __future__ import annotations

import numpy as np
import pandas as pd

from threads.auditing.swaps import FLAGGED
from threads.auditing.terms import ANY
from threads.evaluation.measures import with_interval

BOUND = 0.05
"""The share of comments that the name of the group alone may push over the threshold or under it. One in
twenty is by judgement, there being no agreed bound: it is the share of false alarms on news that this project
allows its detectors. 0 is out of reach, as some comments lie near the threshold: a politer name of the same
group ("Jewish people" for "Jews") took 14 % of 376 toxicity findings under it."""

LEAST = 20
"""Comments below which nothing is concluded: there a single one is more than BOUND."""

CHECKS = (
    "head", "check", "of", "comments", "changed", "share", "low", "high", "mean_move", "largest_move",
    "verdict",
)  # fmt: skip
"""A row for each head and check. `verdict` is fails, where the lower end of the 95 % interval is above BOUND,
holds, where the upper end is not above it, open in between, and empty where a move is what should happen."""

SWAPS = (
    "head", "check", "from", "to", "comments", "changed", "share", "low", "high", "mean_move", "largest_move",
)  # fmt: skip

_BOUNDED = ("finding", "unflagged", "dialect", "term")


def verdict(check: str, comments: int, low: float, high: float) -> str:
    """What an interval says of a check; see CHECKS."""
    if check not in _BOUNDED:
        return ""
    if comments < LEAST:
        return "open"
    return "fails" if low > BOUND else "holds" if high <= BOUND else "open"


def checked(moves: pd.DataFrame) -> pd.DataFrame:
    """CHECKS of moves. A comment counts once, by the share of its swaps that changed sides: swaps of one
    comment are no independent samples, and the interval takes them for one.
    """
    each = _changed(moves).groupby(["head", "check", "comment_id"], sort=False)
    comments = each.agg(changed=("changed", "mean"), move=("move", "mean"), largest=("move", _largest))
    return _judged(_summed(comments.reset_index(), ["head", "check"]).assign(of=""))


def by_groups(moves: pd.DataFrame) -> pd.DataFrame:
    """SWAPS of moves: the same from each group to each other one."""
    changed = _changed(moves).assign(largest=lambda rows: rows["move"])
    return _summed(changed, ["head", "check", "from", "to"])[list(SWAPS)]


def dialect_checks(dialects: pd.DataFrame) -> pd.DataFrame:
    """CHECKS of harmless sentences that are findings in a dialect and none in mainstream English.

    `dialects` has a row a sentence, head and dialect; see audit_dialects.SCORED.
    """
    harmless = dialects[dialects["kind"] == "harmless"]
    is_plain = harmless["dialect"] == "mainstream"
    pairs = harmless[~is_plain].merge(harmless[is_plain], on=["head", "id"], suffixes=("", "_plain"))
    comments = pairs.assign(
        of=pairs["dialect"], check="dialect", move=pairs["score"] - pairs["score_plain"],
        largest=pairs["score"] - pairs["score_plain"],
        changed=(pairs["called"] & ~pairs["called_plain"]).astype(float),
    )  # fmt: skip
    return _judged(_summed(comments, ["head", "check", "of"]))


def term_checks(terms: pd.DataFrame) -> pd.DataFrame:
    """CHECKS of false alarm rates by term: how far each lies above the rate of all harmless comments, as
    Borkan et al. 2019 compare a subgroup with the background.

    `terms` are audit_terms.TERMS with labels; terms that under LEAST harmless comments name are left out.
    """
    rates = terms[terms["term"] == ANY].set_index("head")["rate"]
    named = terms[(terms["term"] != ANY) & (terms["comments"] >= LEAST)]
    above = named[["rate", "low", "high"]].sub(named["head"].map(rates), axis=0).clip(lower=0)
    return _judged(named.assign(
        of=named["term"], check="term", changed=named["flagged"], share=above["rate"], low=above["low"],
        high=above["high"], mean_move=np.nan, largest_move=np.nan,
    ))  # fmt: skip


def _judged(table: pd.DataFrame) -> pd.DataFrame:
    told = zip(*(table[name].tolist() for name in ("check", "comments", "low", "high")), strict=True)
    return table.assign(verdict=[verdict(*row) for row in told])[list(CHECKS)]


def _changed(moves: pd.DataFrame) -> pd.DataFrame:
    """Findings that are none any more, and others that became one."""
    was = moves["check"].isin(FLAGGED)
    return moves.assign(changed=(moves["now"] != was).astype(float), move=moves["after"] - moves["before"])


def _summed(comments: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    groups = comments.groupby(by, sort=False)
    table = groups.agg(
        comments=("changed", "size"), changed=("changed", "sum"), share=("changed", "mean"),
        mean_move=("move", "mean"), largest_move=("largest", _largest),
    ).reset_index()  # fmt: skip
    return with_interval(table, table["changed"])


def _largest(moves: pd.Series) -> float:
    """The move that goes farthest, with its sign."""
    return float(moves.iloc[int(np.abs(moves.to_numpy()).argmax())])
