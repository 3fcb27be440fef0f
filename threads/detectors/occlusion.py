"""Which words made the encoder say so: they are hidden in turn, and what the score loses is their weight."""

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
"""A window's words are hidden in at most so many parts of neighbouring words."""

SPAN, SPANS = 5, 2
"""Parts that are hidden together at first, and how many such spans, the heaviest, are then hidden part by
part: 16 readings of a window at most, where each part by itself took 26."""

STRONG, RELATIVE, MOST = 0.3, 0.25, 5
"""Log odds a part must take away to be marked, its share of the strongest, and parts marked at most: the rule
of the built-in toxicity scorer's marks."""

Place = tuple[int, int]
"""Where something begins and ends, in code points."""

_WORD = re.compile(r"\w[\w'’-]*")
_REASON = "hiding these words lowers the encoder's score; an approximate reason"


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a text from code point `start` to `end`, and the log odds that hiding them takes away."""

    start: int
    end: int
    weight: float


def occlude(encoder: Encoder, text: str, head: str) -> list[Part]:
    """The parts, in order, that may carry the score of the highest window; none for a text without a word.

    Of a long window these are the parts of its heaviest spans, of a short one all.
    """
    column = HEADS.index(head)
    reading = next(encoder.read([text]))
    begin, end = reading.places[column]

    def hide(places: list[Place]) -> list[Part]:
        hidden = [f"{text[begin:first]} {HIDDEN} {text[last:end]}" for first, last in places]
        left = encoder.log_odds(hidden)[:, column].tolist()
        lost = [reading.log_odds[column] - odds for odds in left]
        return [Part(first, last, weight) for (first, last), weight in zip(places, lost, strict=True)]

    parts = list(_parts(text, begin, end))
    spans = [parts[first : first + SPAN] for first in range(0, len(parts), SPAN)]
    if len(spans) > SPANS:
        heaviest = _heaviest(hide([(span[0][0], span[-1][1]) for span in spans]))
        parts = [part for place in heaviest for part in spans[place]]
    return hide(parts)


def _heaviest(spans: list[Part]) -> list[int]:
    """Places, in order, of the SPANS heaviest, without those too light beside the heaviest to hold a mark."""
    order = sorted(range(len(spans)), key=lambda place: -spans[place].weight)[:SPANS]
    least = RELATIVE * spans[order[0]].weight
    return sorted(place for place in order if place == order[0] or spans[place].weight >= least)


def marks(
    encoder: Encoder, ids: Sequence[str], texts: Sequence[str], head: str, detector: str | None = None
) -> pd.DataFrame:
    """The words that raised `head` most in each text, as rows of EVIDENCE of kind `approximate`.

    For comments that will be shown: a comment takes up to 16 readings. `detector` is the column they are
    evidence for, by default the head.
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


def _parts(text: str, begin: int, end: int) -> Iterator[Place]:
    words = [found.span() for found in _WORD.finditer(text, begin, end)]
    size = ceil(len(words) / PARTS) or 1
    for first in range(0, len(words), size):
        group = words[first : first + size]
        yield group[0][0], group[-1][1]
