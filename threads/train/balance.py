"""What scores are calibrated to: labelled sources were gathered for what they hold, comments were not."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

PREVALENCE = 0.2
"""Share of positives that the scores are calibrated to: in comment sections 5 to 30 % of comments are toxic,
in the labelled sources 30 to 85 %."""


def balance(labelled: pd.DataFrame, prevalence: float = PREVALENCE) -> NDArray[np.float64]:
    """Weights, one a row, with which each `source` counts the same and `prevalence` of them are positive."""
    even = (1 / labelled.groupby("source")["label"].transform("size")).to_numpy(dtype=np.float64)
    positive = labelled["label"].to_numpy() == 1
    balanced: NDArray[np.float64] = even * np.where(
        positive, prevalence / even[positive].sum(), (1 - prevalence) / even[~positive].sum()
    )
    return balanced
