"""How far two comments are alike in letters and in rare words, beside the rest of their page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from threads.infer.links.thread import Floats, Ints

_BINS = 512
_WORD = re.compile(r"[^\W\d_]{4,30}")
_WORDS = 200
"""Words of a comment that are read."""
_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class Profiles:
    """The letters of each comment (three in a row, in bins, unit length), and its words rare on the page."""

    letters: Floats
    rare: list[dict[str, float]]

    def alike(self, one: Ints, other: Ints) -> Floats:
        """For pairs of rows how far the letters are alike, beside the mean of the page; -1 to 1."""
        parts = [
            np.einsum(
                "ij,ij->i", self.letters[one[at : at + _AT_ONCE]], self.letters[other[at : at + _AT_ONCE]]
            )
            for at in range(0, len(one), _AT_ONCE)
        ]
        return np.concatenate([np.zeros(0, dtype=np.float32), *parts])

    def shared(self, one: Ints, other: Ints) -> Floats:
        """For pairs of rows how rare the words are that they share: logarithm of the sum of their weights."""
        sums = []
        for first, second in zip(one.tolist(), other.tolist(), strict=True):
            few, many = sorted((self.rare[first], self.rare[second]), key=len)
            sums.append(sum(weight for word, weight in few.items() if word in many))
        return np.log1p(np.array(sums, dtype=np.float32))


def read_profiles(texts: Sequence[str]) -> Profiles:
    """The profiles of all comments of one page."""
    return Profiles(_letters(texts), _rare(texts))


def _letters(texts: Sequence[str]) -> Floats:
    counts = np.zeros((len(texts), _BINS), dtype=np.float32)
    for row, text in enumerate(texts):
        codes = np.frombuffer(text.lower().encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        if len(codes) > 2:
            grams = (
                codes[:-2] * np.uint32(7919)
                + codes[1:-1] * np.uint32(104729)
                + codes[2:] * np.uint32(1299709)
            )
            counts[row] = np.bincount((grams * np.uint32(2654435761)) >> np.uint32(23), minlength=_BINS)
    weights: Floats = np.sqrt(counts)
    if len(texts) > 1:
        weights -= weights.mean(axis=0) * (
            weights.sum(axis=1, keepdims=True) / max(1e-6, float(weights.sum(axis=1).mean()))
        )
    length = np.sqrt((weights**2).sum(axis=1, keepdims=True))
    found: Floats = weights / np.maximum(length, 1e-6)
    return found


def _rare(texts: Sequence[str]) -> list[dict[str, float]]:
    words = [set(_WORD.findall(text.lower())[:_WORDS]) for text in texts]
    found = Counter(word for each in words for word in each)
    bound = max(2, len(texts) // 10)
    return [
        {word: float(np.log(1 + len(texts) / found[word])) / 3 for word in each if 2 <= found[word] <= bound}
        for each in words
    ]
