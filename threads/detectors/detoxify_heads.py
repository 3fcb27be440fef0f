"""Toxicity by a Detoxify checkpoint, with all its heads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from threads.detectors.base import Findings
from threads.detectors.detoxify_checkpoint import Loaded, load_checkpoint
from threads.errors import ModelError
from threads.models import CHECKPOINTS, find_checkpoint
from threads.schema import EVIDENCE, SCORES, conform

READ_AT_MOST = 100_000
"""Code points of a comment that are read, some fifty parts of 512 tokens; the rest does not count."""

STRIDE = 64
"""Tokens that neighbouring parts of a long text share, so that a sentence cut by one is whole in the next."""

FLOOR = 0.3
"""From this toxicity on, the part of a long text that scored it is evidence (as in the built-in scorer)."""

BATCH_TOKENS = 8_192
"""Tokens in one pass, padding included: about 1 GB at 512 tokens a part with the largest of the models."""


class DetoxifyHeads:
    """One of Detoxify's models, read from its checkpoint once, when it is first needed.

    `spec` is `detoxify:original-small` and the like, and names it in the evidence and in run.json.
    """

    name = "toxicity"

    def __init__(self, spec: str, checkpoint: Path) -> None:
        self.spec, self.checkpoint = spec, checkpoint

    @cached_property
    def loaded(self) -> Loaded:
        return load_checkpoint(self.checkpoint)

    @property
    def heads(self) -> tuple[str, ...]:
        return self.loaded.heads

    def describe(self) -> dict[str, Any]:
        return {"kind": "transformer", "version": self.spec, "base": self.loaded.base, "sha256": self._sha256}

    @cached_property
    def _sha256(self) -> str:
        with self.checkpoint.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def detect(self, comments: pd.DataFrame) -> Findings:
        """Scores of every head: of a text over 512 tokens, each head's maximum over its parts.

        The evidence is the part of such a text whose toxicity is highest; shorter texts have none.
        """
        ids = comments["comment_id"].tolist()
        parts = list(_parts(self.loaded, comments["text"].fillna("").tolist()))
        chances = _chances(self.loaded, parts)
        scores = np.zeros((len(ids), len(self.heads)))
        for part, chance in zip(parts, chances, strict=True):
            scores[part.row] = np.maximum(scores[part.row], chance)
        frame = pd.DataFrame(scores, columns=list(self.heads))
        frame.insert(0, "comment_id", ids)
        marks = [self._mark(ids[part.row], part, score) for part, score in _highest(parts, chances)]
        return Findings(
            conform(frame, SCORES), conform(pd.DataFrame(marks, columns=EVIDENCE.names), EVIDENCE)
        )

    def _mark(self, comment_id: str, part: _Part, score: float) -> dict[str, Any]:
        return {
            "comment_id": comment_id, "detector": "toxicity", "category": "", "kind": "approximate",
            "start": part.start, "end": part.end, "weight": score, "rule": f"toxicity:{self.spec}",
            "stance": None, "reason": f"part {part.number} of {part.of} of a long text",
        }  # fmt: skip


def load(spec: str, checkpoint: Path | None = None) -> DetoxifyHeads:
    """The detector for `detoxify:NAME`, from the file given or else from torch's cache; fetches nothing.

    Raises ModelError where the name is unknown or there is no checkpoint.
    """
    name = spec.removeprefix("detoxify:")
    if name not in CHECKPOINTS or name == spec:
        known = ", ".join(f"detoxify:{name}" for name in CHECKPOINTS)
        raise ModelError(f"No toxicity model is called {spec!r}; there are built-in, {known}.")
    found = checkpoint or find_checkpoint(name)
    if found is None or not found.is_file():
        place = f"at {found}" if found else "on this machine"
        raise ModelError(
            f"The checkpoint of {spec} is not {place}: give its file with --checkpoint, or fetch it with "
            f"`threads models fetch {name}`."
        )
    return DetoxifyHeads(spec, found)


@dataclass(frozen=True, slots=True)
class _Part:
    """The tokens of a text or of part `number` of it, and the code points that they cover."""

    row: int
    number: int
    of: int
    start: int
    end: int
    tokens: list[int]


def _parts(loaded: Loaded, texts: list[str]) -> Iterator[_Part]:
    for row, text in enumerate(texts):
        if not text.strip():
            continue
        cut = loaded.tokenizer(
            text[:READ_AT_MOST], return_overflowing_tokens=True, return_offsets_mapping=True,
            truncation=True, max_length=loaded.limit, stride=min(STRIDE, loaded.limit // 4),
        )  # fmt: skip
        for number, (tokens, offsets) in enumerate(
            zip(cut["input_ids"], cut["offset_mapping"], strict=True), 1
        ):
            covered = [offset for offset in offsets if offset[1] > offset[0]]
            start, end = (covered[0][0], covered[-1][1]) if covered else (0, 0)
            yield _Part(row, number, len(cut["input_ids"]), start, end, tokens)


def _chances(loaded: Loaded, parts: list[_Part]) -> NDArray[np.float64]:
    """One row a part in the order given, one column a head; batched by length so that little is padded."""
    import torch

    chances = np.zeros((len(parts), len(loaded.heads)))
    by_length = sorted(range(len(parts)), key=lambda at: len(parts[at].tokens))
    with torch.inference_mode():
        for batch in _batches(by_length, parts):
            tokens = {"input_ids": [parts[at].tokens for at in batch]}
            padded = loaded.tokenizer.pad(tokens, return_tensors="pt")
            outputs = torch.sigmoid(loaded.network(**padded).logits)[:, : len(loaded.heads)]
            chances[batch] = outputs.double().numpy()
    return chances


def _batches(by_length: list[int], parts: list[_Part]) -> Iterator[list[int]]:
    """Runs of parts of rising length, each of at most BATCH_TOKENS with its padding."""
    batch: list[int] = []
    for at in by_length:
        if batch and (len(batch) + 1) * len(parts[at].tokens) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def _highest(parts: list[_Part], chances: NDArray[np.float64]) -> Iterator[tuple[_Part, float]]:
    """Of each text in several parts, the one whose toxicity is highest, if it reaches FLOOR."""
    scored = zip(parts, chances[:, 0].tolist(), strict=True)
    for _, of_text in groupby(scored, key=lambda item: item[0].row):
        part, score = max(of_text, key=lambda item: item[1])
        if part.of > 1 and score >= FLOOR:
            yield part, score
