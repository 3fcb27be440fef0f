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
from threads.evaluate import by_group, calibration_error

PREVALENCE = 0.2
"""Share of positives that the chances are calibrated to, each source counting the same (as in the toxicity
scorer: labelled sources were gathered for what they hold)."""

MOST = {"toxicity": 400, "antisemitism": 1100, "conspiracy": 800}
"""Development comments a source that are read: enough for the calibration, in a few minutes."""

Floats = NDArray[np.float64]


def dev_rows(data: Path, head: str, seed: int) -> pd.DataFrame:
    """English development comments labelled for a head, at most MOST a source."""
    table = pd.read_parquet(data / f"{head}.parquet")
    dev = table[(table["split"] == "dev") & (table["lang"] == "en")]
    some = dev.sample(frac=1, random_state=seed).groupby("source").head(MOST[head])
    return some.sort_index().reset_index(drop=True)


def calibrate(logits: Floats, dev: pd.DataFrame, seed: int) -> dict[str, Any]:
    """Platt's slope and intercept fitted on a random half, with its error on the other, beside isotonic's.

    Isotonic is measured and not used: its steps would tie unlike scores, for what gain the figures show.
    """
    half = np.random.default_rng(seed).random(len(dev)) < 0.5
    fitted, held = dev[half], dev[~half]
    balance, truth = _balance(fitted), fitted["label"].to_numpy()
    platt = LogisticRegression(C=1e6).fit(logits[half, None], truth, balance)
    slope, intercept = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    steps = IsotonicRegression(out_of_bounds="clip").fit(logits[half], truth, balance)
    chances = 1 / (1 + np.exp(-(slope * logits[~half] + intercept)))
    errors = [calibration_error(held["label"], scores, _balance(held))
              for scores in (chances, steps.predict(logits[~half]))]  # fmt: skip
    columns = ["comments", "positives", "auc", "average_precision", "f1"]
    return {
        "slope": slope, "intercept": intercept,
        "calibration_error": round(errors[0], 4), "calibration_error_isotonic": round(errors[1], 4),
        "held_half": by_group(held, chances, "source")[columns].round(3).to_dict(orient="index"),
    }  # fmt: skip


def _balance(dev: pd.DataFrame) -> Floats:
    """Weights under which every source counts the same and PREVALENCE of the comments are positive."""
    even = (1 / dev.groupby("source")["label"].transform("size")).to_numpy(dtype=np.float64)
    positive = dev["label"].to_numpy() == 1
    balanced: Floats = even * np.where(
        positive, PREVALENCE / even[positive].sum(), (1 - PREVALENCE) / even[~positive].sum()
    )
    return balanced


def facts(data: Path, read: Callable[[list[str]], NDArray[np.float32]], seed: int) -> dict[str, Any]:
    """Calibration of every head; `read` gives the raw logits (texts, HEADS) of texts."""
    found = {}
    for column, head in enumerate(HEADS):
        dev = dev_rows(data, head, seed)
        found[head] = calibrate(read(dev["text"].tolist())[:, column].astype(np.float64), dev, seed)
    return found
