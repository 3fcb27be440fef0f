"""Which words made the encoder say so: each is hidden in turn, and what the score loses is its weight."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import pandas as pd

from threads.detectors.encoder import HEADS, Encoder
from threads.schema import EVIDENCE, conform

HIDDEN = "[MASK]"
"""What stands for a hidden word; the encoder has met it in training, in place of names."""

PARTS = 24
"""A window's words are hidden in at most so many parts of neighbouring words, one reading each."""

STRONG, RELATIVE, MOST = 0.3, 0.25, 5
"""Log odds a part must take away to be marked, its share of the strongest, and parts marked at most: the rule
of the built-in toxicity scorer's marks."""

_WORD = re.compile(r"\w[\w'’-]*")
_REASON = "hiding these words lowers the encoder's score; an approximate reason"


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a text from code point `start` to `end`, and the log odds that hiding them takes away."""

    start: int
    end: int
    weight: float


def occlude(encoder: Encoder, text: str, head: str) -> list[Part]:
    """Every part of the window that scored highest, in order; none for a text without a word."""
    column = HEADS.index(head)
    reading = next(encoder.read([text]))
    begin, end = reading.places[column]
    places = list(_parts(text, begin, end))
    window = text[begin:end]
    hidden = [f"{text[begin:first]} {HIDDEN} {text[last:end]}" for first, last in places]
    whole, *without = encoder.log_odds([window, *hidden])[:, column].tolist()
    return [Part(first, last, whole - left) for (first, last), left in zip(places, without, strict=True)]


def marks(
    encoder: Encoder, ids: Sequence[str], texts: Sequence[str], head: str, detector: str | None = None
) -> pd.DataFrame:
    """The words that raised `head` most in each text, as rows of EVIDENCE of kind `approximate`.

    Costs up to PARTS + 2 readings a comment: for comments that will be shown. `detector` is the column they
    are evidence for, by default the head.
    """
    rule = f"encoder:{encoder.describe()['version']}"
    rows: list[dict[str, Any]] = [
        {
            "comment_id": comment_id, "detector": detector or head, "category": "", "kind": "approximate",
            "stance": None, "start": part.start, "end": part.end, "weight": part.weight, "rule": rule,
            "reason": _REASON,
        }
        for comment_id, text in zip(ids, texts, strict=True)
        for part in strongest(occlude(encoder, text, head))
    ]  # fmt: skip
    return conform(pd.DataFrame(rows, columns=EVIDENCE.names), EVIDENCE)


def strongest(parts: list[Part]) -> list[Part]:
    """Those worth marking, in the order of the text."""
    least = max(STRONG, RELATIVE * max((part.weight for part in parts), default=0.0))
    raising = sorted((part for part in parts if part.weight >= least), key=lambda part: -part.weight)[:MOST]
    return sorted(raising, key=lambda part: part.start)


def _parts(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    words = [found.span() for found in _WORD.finditer(text, begin, end)]
    size = ceil(len(words) / PARTS) or 1
    for first in range(0, len(words), size):
        group = words[first : first + size]
        yield group[0][0], group[-1][1]
