"""How good scores are on labelled comments: ranking, decisions, false alarms, calibration."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from threads.evaluation.intervals import wilson

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def auc(labels: ArrayLike, scores: ArrayLike) -> float:
    """Chance in [0, 1] that a positive scores above a negative, ties counting half; NaN with one class."""
    truth, values = _pair(labels, scores)
    positives = int(truth.sum())
    negatives = len(truth) - positives
    if not positives or not negatives:
        return float("nan")
    ranks = pd.Series(values).rank().to_numpy()
    return float((ranks[truth].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def average_precision(labels: ArrayLike, scores: ArrayLike) -> float:
    """Precision averaged over the positives, from the highest score down, ties taken together; NaN without
    a positive.
    """
    truth, values = _pair(labels, scores)
    if not truth.any():
        return float("nan")
    order = np.argsort(-values, kind="stable")
    hits = np.cumsum(truth[order])
    last_of_tie = np.append(np.diff(values[order]) != 0, True)
    found, seen = hits[last_of_tie], np.flatnonzero(last_of_tie) + 1
    return float((np.diff(found, prepend=0) * found / seen).sum() / truth.sum())


def f1(labels: ArrayLike, scores: ArrayLike, threshold: float = 0.5) -> float:
    """F1 of calling positive what scores at least the threshold; 0 where nothing is called or true."""
    truth, values = _pair(labels, scores)
    called = values >= threshold
    total = int(called.sum() + truth.sum())
    return float(2 * (called & truth).sum() / total) if total else 0.0


def calibration_error(
    labels: ArrayLike, scores: ArrayLike, weights: ArrayLike | None = None, bins: int = 10
) -> float:
    """Mean distance between the score and the share of positives over equal-width bins of the score."""
    truth, values = _pair(labels, scores)
    mass = np.ones(len(truth)) if weights is None else np.asarray(weights, dtype=np.float64)
    bin_of = np.minimum((values * bins).astype(np.int64), bins - 1)
    gap = np.bincount(bin_of, mass * (truth - values), bins)
    return float(np.abs(gap).sum() / mass.sum()) if len(truth) else float("nan")


def false_alarms(labelled: pd.DataFrame, scores: ArrayLike, by: str, threshold: float = 0.5) -> pd.DataFrame:
    """Negatives scored at or above the threshold, by a column such as `kind`: comments, alarms, rate.

    `labelled` needs `label` (0 or 1) and the column; rows are ordered from the highest rate.
    """
    called = pd.Series(np.asarray(scores, dtype=np.float64) >= threshold, index=labelled.index)
    harmless = labelled["label"] == 0
    groups = called[harmless].groupby(labelled.loc[harmless, by])
    table = pd.DataFrame(
        {"comments": groups.size(), "alarms": groups.sum().astype(int), "rate": groups.mean()}
    )
    return table.sort_values(["rate", "comments"], ascending=False)


def figures(labels: ArrayLike, scores: ArrayLike, threshold: float = 0.5) -> dict[str, float]:
    """The measures of one set of labelled comments, as shown in a model card."""
    truth, values = _pair(labels, scores)
    return {
        "comments": float(len(truth)),
        "positives": float(truth.sum()),
        "auc": auc(truth, values),
        "average_precision": average_precision(truth, values),
        "f1": f1(truth, values, threshold),
        "calibration_error": calibration_error(truth, values),
    }


def decisions(labels: ArrayLike, called: ArrayLike) -> dict[str, float]:
    """What comes of calling comments positive: precision, recall, f1 and false_alarm_rate (share of the
    negatives called); NaN where there is nothing that it could be a share of.
    """
    truth, said = np.asarray(labels).astype(bool), np.asarray(called).astype(bool)
    hits, calls = int((truth & said).sum()), int(said.sum())
    positives, negatives = int(truth.sum()), int((~truth).sum())
    return {
        "precision": _share(hits, calls),
        "recall": _share(hits, positives),
        "f1": _share(2 * hits, calls + positives),
        "false_alarm_rate": _share(calls - hits, negatives),
    }


def reliability(labels: ArrayLike, scores: ArrayLike, bins: int = 10) -> pd.DataFrame:
    """Whether scores are chances: a row for each equal-width bin of the score that holds comments.

    Columns: from, to (ends of the bin), comments, mean_score, share (of positives), low and high (its
    95 % interval by Wilson).
    """
    truth, values = _pair(labels, scores)
    bin_of = np.clip((values * bins).astype(np.int64), 0, bins - 1)
    groups = pd.DataFrame({"bin": bin_of, "score": values, "hit": truth}).groupby("bin")
    table = groups.agg(comments=("hit", "size"), mean_score=("score", "mean"), share=("hit", "mean"))
    table = with_interval(table, groups["hit"].sum()).reset_index()
    table.insert(0, "from", table["bin"] / bins)
    table.insert(1, "to", (table["bin"] + 1) / bins)
    return table.drop(columns="bin")


def by_group(labelled: pd.DataFrame, scores: ArrayLike, by: str, threshold: float = 0.5) -> pd.DataFrame:
    """`figures` for each value of a column such as `source`; `labelled` needs `label` and the column."""
    values = pd.Series(np.asarray(scores, dtype=np.float64), index=labelled.index)
    rows = {
        name: figures(group["label"], values[group.index], threshold) for name, group in labelled.groupby(by)
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(by)


def with_interval(table: pd.DataFrame, hits: pd.Series) -> pd.DataFrame:
    """The table with low and high: the 95 % interval (Wilson) of `hits` out of its column `comments`."""
    pairs = zip(hits.tolist(), table["comments"].tolist(), strict=True)
    ends = [wilson(hit, of) for hit, of in pairs]
    return table.assign(low=[end.low for end in ends], high=[end.high for end in ends])


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def _pair(labels: ArrayLike, scores: ArrayLike) -> tuple[Flags, Floats]:
    truth, values = np.asarray(labels).astype(bool), np.asarray(scores, dtype=np.float64)
    if truth.shape != values.shape:
        raise ValueError(f"{len(truth)} labels for {len(values)} scores")
    return truth, values
