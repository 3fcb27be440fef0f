"""The built-in toxicity scorer: a linear model over n-grams, its evidence the words that raised the score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from threads.detectors.base import Findings
from threads.detectors.linear import Floats, LinearModel, Passage, load_linear
from threads.schema import EVIDENCE, SCORES, conform

FOLDER = Path(__file__).parent.parent / "data" / "models" / "toxicity"

FLOOR = 0.5
"""Evidence is given from this score on, where a comment is likelier toxic than not: below it the marks
distract a reader from what another detector found."""

STRONG = 0.3
RELATIVE = 0.25
"""A word is marked when it moves the log odds by STRONG and by a quarter of what the strongest word does:
with less, whole sentences are marked, as the words beside an insult share its pairs (seen on the probes)."""

MOST_FOR, MOST_AGAINST = 5, 2

PIECE = 50_000
"""Longer texts are read in pieces of this many code points, so that memory stays bounded; every piece is
read and the highest counts."""

BATCH = 100_000
"""Code points at a time, to bound memory; the speed is the same from 20,000 to 250,000 (measured)."""

_FOR = "words that the scorer has learned from toxic comments"
_AGAINST = "words that the scorer has learned from harmless comments"


class Toxicity:
    """English and German toxicity in [0, 1]: how likely people would call the comment toxic.

    It knows words and not what is done with them: see card.md for what it gets wrong. Words that name a
    group of people count nothing by themselves.
    """

    name = "toxicity"
    heads = ("toxicity",)

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder

    @cached_property
    def model(self) -> LinearModel:
        return load_linear(self.folder)

    def describe(self) -> dict[str, Any]:
        return {"kind": "linear n-grams", "version": self.model.version, "sha256": self.model.sha256}

    def detect(self, comments: pd.DataFrame) -> Findings:
        """Scores and the words behind them; of a long comment the 64 words that score highest count."""
        ids = comments["comment_id"].tolist()
        scores, best = self._highest(comments["text"].fillna("").tolist())
        marks = list(self._marks(ids, [piece for piece in best if scores[piece.row] >= FLOOR]))
        frame = pd.DataFrame({"comment_id": ids, "toxicity": scores})
        evidence = pd.DataFrame(marks, columns=EVIDENCE.names)
        return Findings(conform(frame, SCORES), conform(evidence, EVIDENCE))

    def _highest(self, texts: list[str]) -> tuple[Floats, list[_Piece]]:
        """The score of each text and the piece of it that scores so; none for a text without a word."""
        scores, best = np.zeros(len(texts)), dict[int, _Piece]()
        for batch in _batches(_pieces(texts)):
            log_odds = self.model.log_odds([piece.text for piece in batch])
            for piece, score in zip(batch, _chances(log_odds).tolist(), strict=True):
                if score > scores[piece.row]:
                    scores[piece.row], best[piece.row] = score, piece
        return scores, list(best.values())

    def _marks(self, ids: list[str], pieces: list[_Piece]) -> Iterator[dict[str, Any]]:
        rule = f"toxicity:{self.model.version}"
        for batch in _batches(pieces):
            passages = self.model.explain([piece.text for piece in batch])
            for piece, passage in zip(batch, passages, strict=True):
                yield from _marks(ids[piece.row], rule, piece.offset, passage)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of the text of the comment in `row`, from code point `offset` on."""

    row: int
    offset: int
    text: str


def _pieces(texts: list[str]) -> list[_Piece]:
    return [
        _Piece(row, offset, text[offset : offset + PIECE])
        for row, text in enumerate(texts)
        for offset in range(0, len(text), PIECE)
    ]


def _batches(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    batch, size = list[_Piece](), 0
    for piece in pieces:
        if batch and size + len(piece.text) > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(piece)
        size += len(piece.text)
    if batch:
        yield batch


def _chances(log_odds: Floats) -> Floats:
    """Log odds as chances; minus infinity (no words) is 0."""
    chances: Floats = np.where(np.isneginf(log_odds), 0, 1 / (1 + np.exp(-np.maximum(log_odds, -50))))
    return chances


def _marks(comment_id: str, rule: str, offset: int, passage: Passage) -> Iterator[dict[str, Any]]:
    """The strongest spans of a passage as rows of EVIDENCE."""
    spans = sorted(_spans(passage), key=lambda span: -abs(span[2]))
    raising = [span for span in spans if span[2] > 0][:MOST_FOR]
    lowering = [span for span in spans if span[2] < 0][:MOST_AGAINST]
    for start, end, weight in sorted(raising + lowering):
        yield {
            "comment_id": comment_id, "detector": "toxicity", "category": "", "kind": "exact", "stance": None,
            "start": start + offset, "end": end + offset, "weight": weight,
            "rule": rule, "reason": _FOR if weight > 0 else _AGAINST,
        }  # fmt: skip


def _spans(passage: Passage) -> Iterator[tuple[int, int, float]]:
    """Runs of neighbouring words that all speak strongly for it, or all against: start, end, weight."""
    rows = list(zip(passage.start.tolist(), passage.end.tolist(), passage.weights.tolist(), strict=True))
    strong = max(STRONG, RELATIVE * max((abs(weight) for _, _, weight in rows), default=0))
    for side, run in groupby(rows, key=lambda row: (row[2] >= strong) - (row[2] <= -strong)):
        if side:
            words = list(run)
            yield words[0][0], words[-1][1], sum(weight for _, _, weight in words)
