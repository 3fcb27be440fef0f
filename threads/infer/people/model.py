"""The weights by which two nameless comments are judged to be by one person: a sum of cues, read as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from threads.errors import ModelError
from threads.infer.links.thread import Floats
from threads.infer.people.cues import CUES

FOLDER = Path(__file__).resolve().parents[2] / "data" / "models" / "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleModel:
    """A weight and the usual value of each of CUES; with usual values everywhere the log-odds are `bias`."""

    weights: Floats
    usual: Floats
    bias: float

    def shares(self, table: Floats) -> Floats:
        """What each cue adds to the log-odds: rows of CUES in, rows out."""
        found: Floats = (table - self.usual) * self.weights
        return found

    def probability(self, table: Floats) -> Floats:
        """How likely the two comments of each row are by one person."""
        found: Floats = 1 / (1 + np.exp(-(self.bias + self.shares(table).sum(axis=1))))
        return found


@cache
def load(folder: Path = FOLDER) -> PeopleModel:
    """The shipped model. Raises ModelError where the weights are missing or of another version."""
    try:
        read = json.loads((folder / "weights.json").read_text(encoding="utf-8"))
        cues, bias = read["cues"], float(read["bias"])
        pairs = np.array([cues[name] for name in CUES], dtype=np.float32)
    except (OSError, KeyError, TypeError, ValueError) as problem:
        raise ModelError(f"The weights for people cannot be read from {folder}: {problem}.") from problem
    if list(cues) != list(CUES) or pairs.shape != (len(CUES), 2):
        raise ModelError(f"The weights for people in {folder} are of another version of the cues.")
    return PeopleModel(weights=pairs[:, 0], usual=pairs[:, 1], bias=bias)


def save(model: PeopleModel, folder: Path) -> None:
    """Write weights.json: for each cue its weight and its usual value."""
    folder.mkdir(parents=True, exist_ok=True)
    pairs = zip(CUES, model.weights.tolist(), model.usual.tolist(), strict=True)
    cues = {name: [round(weight, 4), round(usual, 4)] for name, weight, usual in pairs}
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(pair)}" for name, pair in cues.items())
    text = f'{{"bias": {round(model.bias, 4)},\n "cues": {{\n{lines}\n }}}}\n'
    (folder / "weights.json").write_text(text, encoding="utf-8")
