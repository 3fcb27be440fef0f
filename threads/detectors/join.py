"""How the stages of a cascade become one score, head by head."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from threads.errors import ModelError

MOST = 4.0
"""Log odds beyond which a first stage says no more: rules give 0 and 1, which have none."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Join:
    """How a head's two stages become one score: `threads.train.cascade` fitted it.

    The encoder is asked where the screen's log odds lie from `low` to `high`. The score is logistic in the
    signs named in `weights`, log odds all but one: "encoder", "first" (the first stage), "screen" (the
    n-grams that screen for a head of rules), "opposes" (the encoder's: does the author speak against what
    is said) and "mention" (1 where rules found a trope and only as a mention) and "unnamed" (1 or 2 where
    nobody is named).
    """

    low: float
    high: float
    weights: Mapping[str, float]
    intercept: float

    def chances(self, signs: Mapping[str, Floats]) -> Floats:
        """Chances in [0, 1] for the log odds of each sign, one a comment."""
        odds = self.intercept + sum(weight * signs[name] for name, weight in self.weights.items())
        joined: Floats = 1 / (1 + np.exp(-np.clip(odds, -60, 60)))
        return joined


def log_odds(chances: Floats) -> Floats:
    """Log odds within MOST either side of 0."""
    odds: Floats = np.clip(np.log(np.clip(chances, 1e-9, 1) / np.clip(1 - chances, 1e-9, 1)), -MOST, MOST)
    return odds


def join_of(head: str, content: bytes) -> Join:
    """The join of a head in the content of join.json. Raises ModelError where it has none."""
    try:
        facts = json.loads(content)["heads"][head]
        return Join(facts["low"], facts["high"], facts["weights"], facts["intercept"])
    except (ValueError, KeyError) as problem:
        raise ModelError(f"The cascade's join.json has no join for {head}.") from problem
