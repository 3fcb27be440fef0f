"""The network for pages ordered by time: weights as arrays, read with numpy alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from threads.infer.links import cues_pairs, cues_time_names
from threads.infer.links.calibration import share_right
from threads.infer.links.thread import Floats

CUES: tuple[str, ...] = (*cues_pairs.NAMES, *cues_time_names.NAMES)
"""What TimeCues gives, column by column."""
TRAINED: tuple[str, ...] = tuple(name for name in CUES if not name.startswith("previous: "))
"""The cues that are trained on: those of the previous comment, told once more, changed nothing."""

_PARTS = ("first", "first_bias", "second", "second_bias", "out", "straight", "calibration")
_BY_CUE = ("first", "straight")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeNetwork:
    """Networks of two hidden layers beside a linear part, averaged: arrays with one entry a member.

    A higher score makes a candidate the likelier parent. `calibration` maps the share of a candidate to
    how often it was right: two rows, from and to.
    """

    first: Floats
    first_bias: Floats
    second: Floats
    second_bias: Floats
    out: Floats
    straight: Floats
    calibration: Floats

    def calibrated(self, probability: Floats) -> Floats:
        """How often a link given with this probability is right, by `calibration`."""
        return share_right(self.calibration, probability)

    def score(self, table: Floats) -> Floats:
        """Log-odds up to a constant, one a row of cues."""
        total = np.zeros(len(table), dtype=np.float32)
        for member in range(len(self.first)):
            layer = np.maximum(table @ self.first[member] + self.first_bias[member], 0)
            layer = np.maximum(layer @ self.second[member] + self.second_bias[member], 0)
            total += layer @ self.out[member] + table @ self.straight[member]
        score: Floats = total / np.float32(len(self.first))
        return score

    def placed(self, names: Sequence[str]) -> TimeNetwork:
        """From weights for the cues `names` to weights for CUES, of which the others count for nothing."""
        places = [CUES.index(name) for name in names]
        members, _, width = self.first.shape
        first = np.zeros((members, len(CUES), width), dtype=np.float32)
        straight = np.zeros((members, len(CUES)), dtype=np.float32)
        first[:, places], straight[:, places] = self.first, self.straight
        return replace(self, first=first, straight=straight)

    def arrays(self) -> dict[str, Floats]:
        """The weights by name, of the cues in TRAINED only."""
        places = [CUES.index(name) for name in TRAINED]
        return {
            part: getattr(self, part)[:, places] if part in _BY_CUE else getattr(self, part)
            for part in _PARTS
        }


def read(arrays: Mapping[str, Floats], names: Sequence[str]) -> TimeNetwork:
    """The network from its arrays. Raises KeyError or ValueError where an array or a cue is unknown."""
    return TimeNetwork(**{part: arrays[part] for part in _PARTS}).placed(names)
