"""The small network that weighs a possible parent: weights as arrays, read with numpy alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from threads.errors import ModelError
from threads.infer.links import time_model
from threads.infer.links.calibration import share_right
from threads.infer.links.cues_pairs import NAMES
from threads.infer.links.thread import Floats

STATE: tuple[str, ...] = (
    "last on the branch",
    "steps up the branch",
    "answers to the candidate so far",
    "candidate answers the author",
    "author answered the candidate last",
    "author is higher on the branch",
    "candidate is top level",
    "last answer to the candidate is nameless",
    "last comment is by the author",
)
"""Cues that hang on how the earlier comments were hung."""

_NAMES = {"cues": list(NAMES), "state": list(STATE)}
_PARTS = ("cues", "state", "bias", "out", "calibration")
FOLDER = Path(__file__).resolve().parents[2] / "data" / "models" / "links"


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """One hidden layer over cues and state; a higher score makes a candidate the likelier parent.

    `calibration` maps the decoder's probability to the share that was right: two rows, from and to.
    """

    cues: Floats
    state: Floats
    bias: Floats
    out: Floats
    calibration: Floats

    def calibrated(self, probability: Floats) -> Floats:
        """How often a link given with this probability is right, by `calibration`."""
        return share_right(self.calibration, probability)

    def hidden(self, cues: Floats) -> Floats:
        """The share of the hidden layer that does not hang on the tree: rows of cues in, rows out."""
        hidden: Floats = cues @ self.cues + self.bias
        return hidden

    def score(self, hidden: Floats, state: Floats | None = None) -> Floats:
        """Log-odds up to a constant, one a row."""
        layer = hidden if state is None else hidden + state @ self.state
        score: Floats = np.asarray(np.maximum(layer, 0) @ self.out, dtype=np.float32)
        return score


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkModel:
    """One network for pages that list replies under their parent, one for pages ordered by time."""

    branching: Network
    by_time: time_model.TimeNetwork


@cache
def load(folder: Path = FOLDER) -> LinkModel:
    """The shipped model. Raises ModelError where the weights are missing or of another version."""
    try:
        names = json.loads((folder / "cues.json").read_text(encoding="utf-8"))
        with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
            weights = {name: arrays[name].astype(np.float32) for name in arrays.files}
        model = LinkModel(
            branching=_network(weights, "branching"),
            by_time=time_model.read(_of(weights, "by_time"), names["by_time"]),
        )
    except (OSError, KeyError, ValueError) as problem:
        raise ModelError(f"The weights for reply links cannot be read from {folder}: {problem}.") from problem
    if {kind: names.get(kind) for kind in _NAMES} != _NAMES:
        raise ModelError(f"The weights for reply links in {folder} are of another version of the cues.")
    return model


def save(model: LinkModel, folder: Path) -> None:
    """Write weights.npz (half precision) and cues.json, the names of what each weight belongs to."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, npt.NDArray[np.float16]] = {}
    for part in _PARTS:
        arrays[f"branching_{part}"] = getattr(model.branching, part).astype(np.float16)
    for part, array in model.by_time.arrays().items():
        arrays[f"by_time_{part}"] = array.astype(np.float16)
    np.savez_compressed(folder / "weights.npz", **arrays)  # type: ignore[arg-type]
    names = {**_NAMES, "by_time": list(time_model.TRAINED)}
    (folder / "cues.json").write_text(json.dumps(names, indent=0) + "\n", encoding="utf-8")


def _of(weights: dict[str, Floats], kind: str) -> dict[str, Floats]:
    start = f"{kind}_"
    return {name.removeprefix(start): array for name, array in weights.items() if name.startswith(start)}


def _network(weights: dict[str, Floats], kind: str) -> Network:
    return Network(**_of(weights, kind))
