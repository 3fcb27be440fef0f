"""The embedded sentence encoder: toxicity, antisemitism and conspiracy read from whole sentences."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from threads.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

FOLDER = Path(__file__).parent.parent / "data" / "models" / "encoder"

HEADS = ("toxicity", "antisemitism", "conspiracy", "opposes")
"""What is asked of a comment. `opposes`: does its author quote, report, deny or condemn what others say of a
group or of a plot, rather than claim it? The answer means something only where another head is high."""

WINDOW, STRIDE = 94, 62
"""Word pieces read at a time, and from one reading to the next: with the two signs for its ends a reading has
96 tokens. It was trained on up to 64."""

READ_AT_MOST = 50_000
"""Code points of a comment that are read; the rest does not count."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder says of a text: for each of HEADS the calibrated log odds of its highest window, and
    where that window lies (code points). Without a word, log odds of minus infinity at 0 to 0.
    """

    log_odds: tuple[float, ...]
    places: tuple[tuple[int, int], ...]


class Encoder:
    """English comments to the chance that they are toxic, antisemitic or conspiratorial.

    The weights are read when first needed, in under a second, and nothing is fetched. A text is scored by
    itself, in one thread: 8-bit arithmetic takes its scale from all that is read at once, so that in a batch
    a text's neighbours would change its score (benchmarks/encoder.py shows by how much).
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder

    def describe(self) -> dict[str, Any]:
        """Kind, version and hash of the weights, for run.json."""
        return {"kind": "encoder", "version": self._facts["version"], "sha256": self._facts["sha256"]}

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Calibrated chances (texts, HEADS) in [0, 1]; 0 for a text without a word."""
        odds = self.log_odds(texts)
        return (1 / (1 + np.exp(-np.clip(odds, -60, 60))) * np.isfinite(odds)).astype(np.float32)

    def log_odds(self, texts: Sequence[str]) -> Floats:
        """Calibrated log odds (texts, HEADS); minus infinity for a text without a word."""
        rows = [reading.log_odds for reading in self.read(texts)]
        return np.array(rows, np.float32).reshape(len(rows), len(HEADS))

    def read(self, texts: Sequence[str]) -> Iterator[Reading]:
        """Each text's reading, in order; of a long text the highest window counts, head by head."""
        for text in texts:
            yield self._read(text)

    def _read(self, text: str) -> Reading:
        found = self._tokenizer.encode(text[:READ_AT_MOST], add_special_tokens=False)
        if not found.ids or not any(character.isalnum() for character in text):
            return Reading((-np.inf,) * len(HEADS), ((0, 0),) * len(HEADS))
        begins = range(0, max(1, len(found.ids) - (WINDOW - STRIDE)), STRIDE)
        logits = np.concatenate([self._logits(found.ids[begin : begin + WINDOW]) for begin in begins])
        odds = self._slopes * logits + self._intercepts
        best = odds.argmax(axis=0)
        offsets = [found.offsets[begins[which] : begins[which] + WINDOW] for which in best]
        return Reading(tuple(odds.max(axis=0).tolist()), tuple((span[0][0], span[-1][1]) for span in offsets))

    def _logits(self, ids: list[int]) -> Floats:
        framed = np.array([[self._facts["begin"], *ids, self._facts["end"]]], np.int64)
        logits: Floats = self._session.run(None, {"ids": framed, "mask": np.ones_like(framed)})[0]
        return logits

    @cached_property
    def _facts(self) -> dict[str, Any]:
        try:
            facts: dict[str, Any] = json.loads((self.folder / "calibration.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as problem:
            raise ModelError(f"The encoder in {self.folder} cannot be read: {problem}.") from problem
        return facts

    @cached_property
    def _slopes(self) -> Floats:
        return np.array([self._facts["heads"][head]["slope"] for head in HEADS], np.float32)

    @cached_property
    def _intercepts(self) -> Floats:
        return np.array([self._facts["heads"][head]["intercept"] for head in HEADS], np.float32)

    @cached_property
    def _session(self) -> InferenceSession:
        try:
            import onnxruntime  # only where an encoder is used
        except ModuleNotFoundError as missing:
            raise ModelError("The encoder needs onnxruntime: pip install onnxruntime.") from missing
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        try:
            weights = (self.folder / "weights.onnx").read_bytes()
        except OSError as problem:
            raise ModelError(f"The encoder in {self.folder} cannot be read: {problem}.") from problem
        if hashlib.sha256(weights).hexdigest() != self._facts["sha256"]:
            raise ModelError(f"The weights in {self.folder} are not those of its calibration.json.")
        return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        try:
            from tokenizers import Tokenizer  # only where an encoder is used
        except ModuleNotFoundError as missing:
            raise ModelError("The encoder needs tokenizers: pip install tokenizers.") from missing
        path = self.folder / "tokenizer.json"
        if not path.exists():
            raise ModelError(f"The encoder in {self.folder} has no tokenizer.json.")
        reader = Tokenizer.from_file(str(path))
        reader.no_padding()
        reader.no_truncation()
        return reader
