"""Fits the built-in toxicity scorer and writes its weights, its calibration and the figures of its card."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import click
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack  # type: ignore[import-untyped]  # has no types
from sklearn.linear_model import LogisticRegression

from threads.detectors.linear import DAMPING, Floats, LinearModel
from threads.detectors.ngrams import BITS, FAMILIES, grams, read_words
from threads.detectors.toxicity import FOLDER
from threads.evaluate import auc, by_group, calibration_error

VERSION = "linear-v1"
SEED = 7
CHUNK = 8_000

STRENGTH = 0.07
"""Inverse regularisation; dev AUC 0.890 at 0.05, 0.887 at 0.1, 0.882 at 0.3, 0.874 at 1."""

RAREST = 3
"""An n-gram in fewer texts has been seen too seldom to get a weight."""

SOURCE_WEIGHTS = {
    "davidson": 0.15,  # over-calls African-American English "offensive"
    "paradetox": 0.5,  # easy pairs, and many
    "civil_toxic_spans": 3.0,  # the only news comments, and few
    "germeval2018": 2.0,  # the only German, and few
    "lessons": 10.0,  # our own, 244 against 147,558; at 25 the dev AUC falls from 0.887 to 0.885
}

PREVALENCE = 0.2
"""Share of toxic comments that the scores are calibrated to: comment sections lie between 5 and 30 %, the
labelled sources at 30 to 85 %, having been gathered for their toxicity."""


def train(data: Path, folder: Path) -> str:
    """Fit on split `train` and our own lessons, calibrate on half of `dev`, report on the other half."""
    table = pd.read_parquet(data)
    groups = tuple((folder / "groups.txt").read_text(encoding="utf-8").split())
    learned = pd.concat([table[table["split"] == "train"], _lessons(folder, groups)], ignore_index=True)
    weights, bias = _fit(learned, groups)
    dev = table[table["split"] == "dev"].reset_index(drop=True)
    raw = LinearModel(VERSION, weights.astype(np.float32), bias, groups, "").log_odds(dev["text"].tolist())
    half = np.random.default_rng(SEED).random(len(dev)) < 0.5
    slope, intercept = _calibrate(raw[half], dev[half])
    scores = 1 / (1 + np.exp(-(slope * raw + intercept)))
    measured = _measured(dev[~half], scores[~half])
    _write(folder, weights, {"bias": bias, "slope": slope, "intercept": intercept, "dev": measured})
    return json.dumps(measured, indent=1)


def _lessons(folder: Path, groups: tuple[str, ...]) -> pd.DataFrame:
    """Our own sentences; any group stands for all, as the model sees every group as the same."""
    lessons = pd.read_csv(folder / "lessons.tsv", sep="\t", quoting=3)
    lessons["text"] = lessons["text"].str.replace("{group}", groups[0], regex=False)
    return lessons.assign(source="lessons")


def _fit(learned: pd.DataFrame, groups: tuple[str, ...]) -> tuple[NDArray[np.float16], float]:
    matrix = _matrix(learned["text"].tolist(), groups)
    texts_with = np.bincount(matrix.indices, minlength=matrix.shape[1])
    rarity = np.where(texts_with < RAREST, 0, np.log(1 + matrix.shape[0] / (1 + texts_with)))
    matrix.data *= rarity[matrix.indices].astype(np.float32)
    head = LogisticRegression(C=STRENGTH, max_iter=100, tol=1e-3)
    head.fit(matrix, learned["label"], learned["source"].map(SOURCE_WEIGHTS).fillna(1.0))
    return (head.coef_[0] * rarity).astype(np.float16), float(head.intercept_[0])


def _matrix(texts: list[str], groups: tuple[str, ...]) -> csr_matrix:
    chunks = [texts[begin : begin + CHUNK] for begin in range(0, len(texts), CHUNK)]
    return vstack([_rows(chunk, groups) for chunk in chunks], format="csr")


def _rows(texts: list[str], groups: tuple[str, ...]) -> csr_matrix:
    """One row a text: each n-gram counts one over the damped root of the number of its family."""
    words = read_words(texts, groups)
    total = csr_matrix((len(texts), 2**BITS), dtype=np.float32)
    for family in FAMILIES:
        found = [gram for gram in grams(words) if gram.family == family]
        row = words.text[np.concatenate([gram.first for gram in found])]
        column = np.concatenate([gram.bucket for gram in found])
        value = 1 / np.sqrt(np.bincount(row, minlength=len(texts)) + DAMPING)[row]
        total += csr_matrix((value.astype(np.float32), (row, column)), shape=total.shape)
    return total


def _calibrate(log_odds: Floats, dev: pd.DataFrame) -> tuple[float, float]:
    """Platt's slope and intercept under `_balance`."""
    platt = LogisticRegression(C=1e6).fit(log_odds[:, None], dev["label"], _balance(dev))
    return float(platt.coef_[0, 0]), float(platt.intercept_[0])


def _balance(dev: pd.DataFrame) -> Floats:
    """Weights under which every source counts the same and PREVALENCE of the comments are toxic."""
    size = dev.groupby("source")["label"].transform("size")
    even = (1 / size).to_numpy(dtype=np.float64)
    toxic = dev["label"].to_numpy() == 1
    balanced: Floats = (
        np.where(toxic, PREVALENCE / even[toxic].sum(), (1 - PREVALENCE) / even[~toxic].sum()) * even
    )
    return balanced


def _measured(dev: pd.DataFrame, scores: Floats) -> dict[str, Any]:
    columns = ["comments", "positives", "auc", "average_precision", "f1"]
    sources = by_group(dev, scores, "source")[columns].round(3)
    return {
        "auc": round(auc(dev["label"], scores), 3),
        "calibration_error": round(calibration_error(dev["label"], scores, _balance(dev)), 3),
        "by_source": sources.to_dict(orient="index"),
    }


def _write(folder: Path, weights: NDArray[np.float16], facts: dict[str, Any]) -> None:
    np.savez_compressed(folder / "weights.npz", weights=weights)
    sha256 = hashlib.sha256((folder / "weights.npz").read_bytes()).hexdigest()
    card = {"version": VERSION, "bits": BITS, "sha256": sha256, "prevalence": PREVALENCE, **facts}
    (folder / "calibration.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


@click.command()
@click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(data: Path) -> None:
    """Fit the toxicity scorer to DATA (Parquet: text, label, source, split) and print how good it is."""
    click.echo(train(data, FOLDER))


if __name__ == "__main__":
    main()
