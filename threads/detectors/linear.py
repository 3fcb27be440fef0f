"""A linear model over hashed n-grams: what it is on disk, and what each word adds to the log odds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from threads.detectors.ngrams import (
    BITS,
    FAMILIES,
    Words,
    distinct,
    grams,
    letter_grams,
    read_words,
    word_grams,
)
from threads.errors import ModelError

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

DAMPING = 12
"""Added to the number of n-grams that a sum is scaled by, so that one bad word alone is no certainty:
without it "fat" as a whole comment scored 0.97, with it 0.47, at the same dev AUC (0.885)."""

BLOCK = 32
"""A text is scored in windows of two blocks of this many words, each overlapping the next by one block.

Measured on the dev comments of over 60 words: the best window ranks them as well as the whole text does
(AUC 0.88 both), and an insult in the midst of two thousand friendly words is still found.
"""


@dataclass(frozen=True, slots=True)
class Passage:
    """The window of a text that scores highest, one row a word: its place in the text and its weight.

    A word's weight is what its n-grams add to the log odds, an n-gram of two words being shared between
    them; the model's bias and all weights make the score, save for the pairs that reach over the window's
    edge. A word that names a group of people weighs 0.
    """

    start: Indices
    end: Indices
    weights: Floats


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Calibrated weights, one a bucket, in log odds; `groups` are the words that it must not judge by."""

    version: str
    weights: NDArray[np.float32]
    bias: float
    groups: tuple[str, ...]
    sha256: str

    def log_odds(self, texts: Sequence[str]) -> Floats:
        """Log odds of the highest window of each text; minus infinity for a text without a word."""
        best = np.full(len(texts), -np.inf)
        tally = _tally(self, read_words(texts, self.groups))
        np.maximum.at(best, tally.text, tally.windows(self.bias))
        return best

    def explain(self, texts: Sequence[str]) -> list[Passage]:
        """The highest window of each text, word by word; no rows for a text without a word."""
        if not texts:
            return []
        words = read_words(texts, self.groups)
        tally = _tally(self, words)
        window = tally.best(self.bias, len(texts))
        weights = (_by_word(self, words) / tally.scale()[:, window[words.text]]).sum(axis=0)
        inside = (tally.block == window[words.text]) | (tally.block == window[words.text] + 1)
        cuts = np.searchsorted(words.text, np.arange(1, len(texts)))
        rows = [np.split(column, cuts) for column in (inside, words.start, words.end, weights)]
        return [Passage(start[i], end[i], weight[i]) for i, start, end, weight in zip(*rows, strict=True)]


@dataclass(frozen=True, slots=True)
class _Tally:
    """Sums and counts of n-grams by block, one row a family; `text` is the text of each block."""

    text: Indices
    block: Indices
    sums: Floats
    counts: Floats

    def scale(self) -> Floats:
        """What a window's sums are divided by: the root of its number of n-grams, family by family."""
        return np.sqrt(self._with_next(self.counts) + DAMPING)

    def windows(self, bias: float) -> Floats:
        """Log odds of the window that begins at each block; none begins at the last of several blocks."""
        scores = bias + (self._with_next(self.sums) / self.scale()).sum(axis=0)
        turn = self.text[1:] != self.text[:-1]
        last_of_several = np.append(turn, True) & ~np.append(True, turn)
        return np.where(last_of_several, -np.inf, scores)

    def best(self, bias: float, n_texts: int) -> Indices:
        """First block of the highest window of each text."""
        order = np.argsort(self.windows(bias), kind="stable")
        best = np.zeros(n_texts, dtype=np.int64)
        best[self.text[order]] = order
        return best

    def _with_next(self, values: Floats) -> Floats:
        """Each block's value and the next one's, where that belongs to the same text."""
        total = values.copy()
        total[:, :-1] += np.where(self.text[1:] == self.text[:-1], values[:, 1:], 0)
        return total


def _tally(model: LinearModel, words: Words) -> _Tally:
    block, text = _blocks(words)
    sums, counts = np.zeros((len(FAMILIES), len(text))), np.zeros((len(FAMILIES), len(text)))
    for gram in word_grams(words):
        place = block[gram.first]
        sums[0] += np.bincount(place, model.weights[gram.bucket], len(text))
        counts[0] += np.bincount(place, minlength=len(text))
    for tally, by_word in zip((sums, counts), _letters(model, words), strict=True):
        tally[1] = np.bincount(block, by_word, len(text))
    return _Tally(text, block, sums, counts)


def _letters(model: LinearModel, words: Words) -> tuple[Floats, Floats]:
    """Sum and number of the n-grams of letters in each word, worked out once for words that are the same."""
    once, row = distinct(words)
    sums, counts = np.zeros(len(once)), np.zeros(len(once))
    for gram in letter_grams(once):
        sums += np.bincount(gram.first, model.weights[gram.bucket], len(once))
        counts += np.bincount(gram.first, minlength=len(once))
    return sums[row], counts[row]


def _by_word(model: LinearModel, words: Words) -> Floats:
    """What the n-grams of each word weigh, unscaled, one row a family; a pair's weight is halved between its
    words, or all the one's where the other names a group.
    """
    by_word = np.zeros((len(FAMILIES), len(words)))
    for gram in grams(words):
        row, added = FAMILIES.index(gram.family), model.weights[gram.bucket]
        for word, other in ((gram.first, gram.last), (gram.last, gram.first)):
            share = np.where(words.group[word], 0.0, np.where(words.group[other], 1.0, 0.5))
            by_word[row] += np.bincount(word, added * share, len(words))
    return by_word


def _blocks(words: Words) -> tuple[Indices, Indices]:
    """The block of each word, numbered through all texts, and the text of each block."""
    if not len(words):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    fresh = np.append(True, words.text[1:] != words.text[:-1])
    begins = np.flatnonzero(fresh)
    within = np.arange(len(words)) - begins[np.cumsum(fresh) - 1]
    fresh |= within % BLOCK == 0
    return np.cumsum(fresh) - 1, words.text[fresh]


def load_linear(folder: Path) -> LinearModel:
    """Read `weights.npz`, `calibration.json` and `groups.txt`. Raises ModelError where they are not whole."""
    try:
        return _read_model(folder)
    except (OSError, ValueError, KeyError) as problem:
        raise ModelError(f"The model in {folder} cannot be read: {problem}.") from problem


def _read_model(folder: Path) -> LinearModel:
    facts = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    groups = tuple((folder / "groups.txt").read_text(encoding="utf-8").split())
    packed = (folder / "weights.npz").read_bytes()
    sha256 = hashlib.sha256(packed).hexdigest()
    if sha256 != facts["sha256"] or facts["bits"] != BITS:
        raise ValueError("its weights are not those that calibration.json was made for")
    with np.load(BytesIO(packed), allow_pickle=False) as arrays:
        weights = arrays["weights"].astype(np.float32)
    slope = float(facts["slope"])
    bias = slope * float(facts["bias"]) + float(facts["intercept"])
    return LinearModel(str(facts["version"]), weights * np.float32(slope), bias, groups, sha256)
