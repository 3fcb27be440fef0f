"""Fits linear models over hashed n-grams, as threads.detectors.linear reads them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_matrix, vstack  # type: ignore[import-untyped]  # has no types
from sklearn.linear_model import LogisticRegression

from threads.detectors.linear import DAMPING
from threads.detectors.ngrams import BITS, FAMILIES, grams, read_words

CHUNK = 8_000

STRENGTH = 0.07
"""Inverse regularisation; dev AUC of toxicity 0.890 at 0.05, 0.887 at 0.1, 0.882 at 0.3, 0.874 at 1."""

RAREST = 3
"""An n-gram in fewer texts has been seen too seldom to get a weight."""


def fit_ngrams(
    texts: list[str], labels: ArrayLike, emphasis: ArrayLike, groups: tuple[str, ...]
) -> tuple[NDArray[np.float16], float]:
    """Weights (2**BITS,) and bias fitted to labels (0 or 1), each text counting its emphasis.

    Words in `groups` are seen as one and the same.
    """
    matrix = _matrix(texts, groups)
    texts_with = np.bincount(matrix.indices, minlength=matrix.shape[1])
    rarity = np.where(texts_with < RAREST, 0, np.log(1 + matrix.shape[0] / (1 + texts_with)))
    matrix.data *= rarity[matrix.indices].astype(np.float32)
    head = LogisticRegression(C=STRENGTH, max_iter=100, tol=1e-3)
    head.fit(matrix, labels, emphasis)
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


def write_ngrams(folder: Path, weights: NDArray[np.float16], facts: dict[str, Any]) -> None:
    """Write the weights, and beside them their hash with `facts` (version, bias, slope, intercept, …)."""
    np.savez_compressed(folder / "weights.npz", weights=weights)
    sha256 = hashlib.sha256((folder / "weights.npz").read_bytes()).hexdigest()
    card = {"bits": BITS, "sha256": sha256, **facts}
    (folder / "calibration.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
