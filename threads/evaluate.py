"""How good scores are on labelled comments: ranking, decisions, false alarms, calibration."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

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


def by_group(labelled: pd.DataFrame, scores: ArrayLike, by: str, threshold: float = 0.5) -> pd.DataFrame:
    """`figures` for each value of a column such as `source`; `labelled` needs `label` and the column."""
    values = pd.Series(np.asarray(scores, dtype=np.float64), index=labelled.index)
    rows = {
        name: figures(group["label"], values[group.index], threshold) for name, group in labelled.groupby(by)
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(by)


def _pair(labels: ArrayLike, scores: ArrayLike) -> tuple[Flags, Floats]:
    truth, values = np.asarray(labels).astype(bool), np.asarray(scores, dtype=np.float64)
    if truth.shape != values.shape:
        raise ValueError(f"{len(truth)} labels for {len(values)} scores")
    return truth, values
