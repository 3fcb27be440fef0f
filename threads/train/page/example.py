"""A labelled page, as the page model is fitted on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from threads.infer.pages import lines as page_lines
from threads.infer.pages.features import PageFeatures, describe
from threads.infer.pages.lines import Line

Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled page; `weight` is how often it counts, `fold` keeps pages of one site or source together."""

    lines: list[Line]
    features: PageFeatures
    labels: Labels
    weight: float
    fold: int


def example(labelled: Sequence[tuple[str, int]], weight: float = 1.0, fold: int = 0) -> Example | None:
    """A page of raw lines and their labels; None where it has no text."""
    lines = page_lines.split("\n".join(page_lines.clean(text).replace("\n", " ") for text, _ in labelled))
    if not lines:
        return None
    labels = np.array([labelled[line.number][1] for line in lines])
    return Example(lines, describe(lines), labels, weight, fold)
