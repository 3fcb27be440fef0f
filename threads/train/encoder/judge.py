"""Calibration of the 8-bit encoder on development comments, and the figures of its card."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from threads.detectors.encoder import HEADS
from threads.evaluation.measures import by_group, calibration_error
from threads.train.balance import balance
from threads.train.encoder.pairs import CLAIMING, OPPOSING, pairs

PREVALENCE = {"toxicity": 0.2, "antisemitism": 0.2, "conspiracy": 0.2, "opposes": 0.5}
"""Share of positives that the chances are calibrated to, each source counting the same (as in the toxicity
scorer: labelled sources were gathered for what they hold); `opposes`, asked of what another head has found
already, to even chances. For antisemitism 0.35 was tried: it finds 45 % of ISCA's in place of 37 %, and calls
twice as many harmless mentions on Gab antisemitic."""

MOST = {"toxicity": 400, "antisemitism": 1100, "conspiracy": 1400, "opposes": 400}
"""Development comments a source that are read: enough for the calibration, in a few minutes."""

Floats = NDArray[np.float64]


def dev_rows(data: Path, head: str, seed: int) -> pd.DataFrame:
    """English development comments labelled for a head (text, label, source, kind), at most MOST a source.

    To them come those of our own pairs whose families no training has seen, as source `pairs`.
    """
    found = _quoting(data) if head == "opposes" else _labelled(data, head)
    some = found.sample(frac=1, random_state=seed).groupby("source").head(MOST[head])
    return pd.concat([some.sort_index(), _kept_out(head)], ignore_index=True)


def _labelled(data: Path, head: str) -> pd.DataFrame:
    table = pd.read_parquet(data / f"{head}.parquet")
    return table[(table["split"] == "dev") & (table["lang"] == "en")]


def _quoting(data: Path) -> pd.DataFrame:
    """Reddit comments on other groups that quote or deny a stereotype (1) or claim it (0)."""
    table = pd.read_parquet(data / "other_targets.parquet")
    dev = table[(table["split"] == "dev") & (table["source"] == "redditbias")]
    return dev.assign(label=1 - dev["label"])


def _kept_out(head: str) -> pd.DataFrame:
    own = pairs()
    own = own[own["kept_out"].astype(bool)].assign(source="pairs", kind=own["act"])
    if head == "opposes":
        told = own[own["act"].isin(OPPOSING | CLAIMING)]
        return told.assign(label=told["act"].isin(OPPOSING).astype(int))
    return own[own["head"] == head]


def calibrate(logits: Floats, dev: pd.DataFrame, seed: int, prevalence: float) -> dict[str, Any]:
    """Platt's slope and intercept fitted on a random half, with its error on the other, beside isotonic's.

    Isotonic is measured and not used: its steps would tie unlike scores, for what gain the figures show.
    """
    half = np.random.default_rng(seed).random(len(dev)) < 0.5
    fitted, held = dev[half], dev[~half]
    weights, truth = balance(fitted, prevalence), fitted["label"].to_numpy()
    platt = LogisticRegression(C=1e6).fit(logits[half, None], truth, weights)
    slope, intercept = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    steps = IsotonicRegression(out_of_bounds="clip").fit(logits[half], truth, weights)
    chances = 1 / (1 + np.exp(-(slope * logits[~half] + intercept)))
    errors = [calibration_error(held["label"], scores, balance(held, prevalence))
              for scores in (chances, steps.predict(logits[~half]))]  # fmt: skip
    columns = ["comments", "positives", "auc", "average_precision", "f1"]
    return {
        "slope": slope, "intercept": intercept,
        "calibration_error": round(errors[0], 4), "calibration_error_isotonic": round(errors[1], 4),
        "held_half": by_group(held, chances, "source")[columns].round(3).to_dict(orient="index"),
    }  # fmt: skip


def facts(data: Path, read: Callable[[list[str]], NDArray[np.float32]], seed: int) -> dict[str, Any]:
    """Calibration of every head; `read` gives the raw logits (texts, HEADS) of texts."""
    found = {}
    for column, head in enumerate(HEADS):
        dev = dev_rows(data, head, seed)
        logits = read(dev["text"].tolist())[:, column].astype(np.float64)
        found[head] = calibrate(logits, dev, seed, PREVALENCE[head])
    return found
