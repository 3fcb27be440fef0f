"""Thresholds from a team's own decisions: the lowest that reaches a wanted precision, if they can tell."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from threads.detectors.base import Detector
from threads.errors import InputError
from threads.evaluation.intervals import Interval, wilson
from threads.evaluation.labelled import Labelled, Table, labelled
from threads.evaluation.scores import detector_of, score_texts
from threads.reading import Progress, quiet
from threads.triaging import Policy

MARGIN = 0.15
"""How far below the wanted precision its 95 % interval may reach. By judgement: for 0.8 that asks for some
40 flagged comments where just 0.8 of them are right; with a wider interval a few more decisions may turn the
answer over."""
LEAST = 20
"""Flagged comments below which nothing is told, even if all are right: the same decisions choose the
threshold and measure it, which flatters small samples most."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """What a threshold comes to on the decisions: of `flagged` comments that reach it, `right` were a yes.

    `precision` and `recall` are 95 % intervals by Wilson, around right / flagged and right / yes.
    """

    head: str
    threshold: float
    decisions: int
    yes: int
    flagged: int
    right: int
    precision: Interval
    recall: Interval
    refusal: str = ""

    @property
    def found(self) -> bool:
        """Whether the decisions could tell a threshold."""
        return not self.refusal


def decided(table: Table, head: str | None, columns: ArrayLike = ()) -> Iterator[tuple[str, Labelled]]:
    """Each head with its decisions.

    Where `columns` names heads, each of these columns holds the decisions on its head; else all rows are
    decisions on `head`, or on what the column `head` says. Raises InputError where none of these is there.
    """
    named = [str(name) for name in np.asarray(columns, dtype=object)]
    if named:
        yield from ((name, labelled(table, name)) for name in named)
    elif head:
        yield head, labelled(table)
    elif "head" in table.rows:
        for name, rows in table.rows.groupby("head", sort=False):
            yield str(name), labelled(table, rows=rows)
    else:
        raise InputError(
            f"{table.path} does not say what its decisions are on: give --head antisemitism, a column head, "
            "or a column for each with --columns antisemitism=NAME,conspiracy=NAME."
        )


def threshold_for(
    head: str,
    found: Labelled,
    precision: float,
    *,
    detector: Detector | None = None,
    progress: Progress = quiet,
) -> Threshold:
    """Score the decided texts and fit the threshold of one head."""
    scored = score_texts(found.rows, detector or detector_of(head), progress)
    return fit(head, found.rows["label"], scored.scores[head], precision)


def fit(head: str, labels: ArrayLike, scores: ArrayLike, precision: float) -> Threshold:
    """The lowest threshold at which at least `precision` of what reaches it is a yes, and so the highest
    recall, among those with LEAST comments whose interval does not reach more than MARGIN below.

    Where there is none, `refusal` says why in a sentence, and the rest is that of the most precise.
    """
    steps = _steps(np.asarray(labels).astype(bool), np.asarray(scores, dtype=np.float64))
    total, yes = len(np.asarray(labels)), int(np.asarray(labels).sum())
    if steps.empty:
        nobody = Interval(0.0, 1.0)
        why = f"None of the {total} decided comments has any {head} score, so no threshold can be told."
        return Threshold(head, math.nan, total, yes, 0, 0, nobody, wilson(0, yes), why)
    reaching = steps[steps["precision"] >= precision]
    telling = reaching[(reaching["low"] >= precision - MARGIN) & (reaching["flagged"] >= LEAST)]
    chosen = telling if len(telling) else reaching
    row = chosen.iloc[-1] if len(chosen) else steps.iloc[int(steps["precision"].argmax())]
    flagged, right = int(row["flagged"]), int(row["right"])
    fitted = Threshold(
        head, float(row["threshold"]), total, yes, flagged, right, wilson(right, flagged), wilson(right, yes)
    )
    why = "" if len(telling) else _too_few(fitted, precision) if len(reaching) else _never(fitted, precision)
    return replace(fitted, refusal=why)


def _steps(truth: np.ndarray, scores: np.ndarray) -> pd.DataFrame:
    """Every threshold that parts the scores, from the highest: threshold, flagged, right, precision, low."""
    there = scores > 0
    counts = pd.DataFrame({"score": scores[there], "right": truth[there]}).groupby("score")["right"]
    table = counts.agg(["size", "sum"]).sort_index(ascending=False).cumsum().reset_index()
    table = table.rename(columns={"size": "flagged", "sum": "right"})
    below = np.append(table["score"].to_numpy(), 0.0)[1:]
    table["threshold"] = [_between(low, high) for low, high in zip(below, table["score"], strict=True)]
    table["precision"] = table["right"] / table["flagged"]
    pairs = zip(table["right"].tolist(), table["flagged"].tolist(), strict=True)
    return table.assign(low=[wilson(right, flagged).low for right, flagged in pairs])


def _between(low: float, high: float) -> float:
    """The number with the fewest decimals above `low` and up to `high`, near the middle, as float32 has
    them: so precise are scores.
    """
    for decimals in range(1, 8):
        value = round((low + high) / 2, decimals)
        if np.float32(low) < np.float32(value) <= np.float32(high):
            return value
    return high


def _too_few(fitted: Threshold, precision: float) -> str:
    return (
        f"The decisions are too few to tell a threshold for {fitted.head}: of the {fitted.flagged} comments "
        f"from {fitted.threshold:g} on {fitted.right} are right, so the precision may be as low as "
        f"{fitted.precision.low:.2f} (95 %), and {precision:g} is wanted."
    )


def _never(fitted: Threshold, precision: float) -> str:
    share = fitted.right / fitted.flagged
    return (
        f"No threshold for {fitted.head} reaches a precision of {precision:g} on these {fitted.decisions} "
        f"decisions: the best is {share:.2f}, of {fitted.flagged} comments from {fitted.threshold:g} on."
    )


def with_thresholds(policy: Policy, fitted: list[Threshold]) -> Policy:
    """The policy with the thresholds that were found; a head that is new to it gets the weight 0.5."""
    found = {each.head: each.threshold for each in fitted if each.found}
    weights = {head: policy.weights.get(head, 0.5) for head in {**policy.thresholds, **found}}
    return replace(policy, thresholds={**policy.thresholds, **found}, weights=weights)


def notes(fitted: list[Threshold], precision: float, source: str) -> dict[str, str]:
    """A comment for each head of a policy file: where its threshold comes from."""
    return {each.head: _note(each, precision, source) for each in fitted}


def _note(each: Threshold, precision: float, source: str) -> str:
    if not each.found:
        return f"as by default: {each.refusal}"
    share, recall = each.right / each.flagged, each.right / each.yes if each.yes else 0.0
    return (
        f"for a precision of {precision:g} on {each.decisions} decisions in {source}: {share:.2f} "
        f"({each.precision.low:.2f} to {each.precision.high:.2f}, 95 % by Wilson),\n"
        f"recall {recall:.2f} ({each.recall.low:.2f} to {each.recall.high:.2f}) among the decided"
    )
