"""Rows of the encoder's training: texts with a label and a weight for each head."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from threads.detectors.encoder import HEADS

Cells = dict[str, tuple[float, float]]
"""(label, weight) by head; a head that is absent is not labelled."""

Row = Any
"""A row of a table, its columns as attributes; pandas has no type for it."""

UNRELATED = 0.3
"""Weight of a row as a negative of a head that it was not labelled for."""


@dataclass
class Rows:
    """Texts with a label and a weight a head; a weight of 0 means not labelled."""

    texts: list[str] = field(default_factory=list)
    labels: list[list[float]] = field(default_factory=list)
    weights: list[list[float]] = field(default_factory=list)

    def add(self, text: str, cells: Cells) -> None:
        """Append a text with (label, weight) by head."""
        self.texts.append(text)
        self.labels.append([cells.get(head, (0.0, 0.0))[0] for head in HEADS])
        self.weights.append([cells.get(head, (0.0, 0.0))[1] for head in HEADS])

    def arrays(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Labels and weights, each (rows, heads)."""
        return np.array(self.labels, np.float32), np.array(self.weights, np.float32)


def each(table: pd.DataFrame) -> Iterator[Row]:
    """The rows of a table, in order."""
    yield from table.itertuples()
