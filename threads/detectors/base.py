"""What a detector is: it takes comments and gives back their scores and the evidence for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import pandas as pd


@dataclass(frozen=True, slots=True)
class Findings:
    """What one detector says of some comments.

    `scores` has one row a comment in the order given: `comment_id` and one float32 column a head.
    `evidence` has the columns of schema.EVIDENCE, any number of rows. `stages` says how many comments each
    stage read, of a detector that has several.
    """

    scores: pd.DataFrame
    evidence: pd.DataFrame
    stages: Mapping[str, int] = field(default_factory=dict)


class Detector(Protocol):
    """Scores comments. Pure: the same frame gives the same findings, whatever else is in the batch.

    `heads` are the score columns it fills, the first of them its `name`.
    """

    @property
    def name(self) -> str: ...

    @property
    def heads(self) -> tuple[str, ...]: ...

    def describe(self) -> dict[str, Any]:
        """Kind, version and hashes of what it scores with, as plain JSON values, for run.json."""
        ...

    def detect(self, comments: pd.DataFrame) -> Findings:
        """Score comments with the columns `comment_id`, `text` and `parent_text` (null for a root).

        An empty frame gives empty tables of the same shape; an empty text scores 0 with no evidence.
        """
        ...
