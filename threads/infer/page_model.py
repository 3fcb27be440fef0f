"""The model that labels a page's lines as a sequence: two small networks, each under a linear chain.

The first sees a line, its neighbours and the page. The second sees also what the first thought of the
lines that look alike, stand alike or read the same: on one page all comments share the layout of their
record. Weights are plain arrays (numpy's npz, no pickles), fitted by `threads.train.page`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from threads.errors import ModelError
from threads.infer import artefacts
from threads.infer.lines import Line
from threads.infer.page_features import Matrix, PageFeatures

Labels = NDArray[np.int64]
OUTSIDE, AUTHOR, ARTEFACT, START, BODY = range(5)
"""Labels: not of the comments; a line with a comment's author; a date, button or badge in the comments;
the first line of a comment's body; its further lines."""
N_LABELS = 5
RADIUS = 3
_LONGEST_HEADER = (
    200  # names of blogs that link to the page reach 150 code points in the page dumps, with the date 180
)
_NEVER, _SELDOM = 20.0, 4.0  # taken off the scores (natural logs) of a label that cannot be, or hardly
_HOLE, _ENOUGH = 40, 2
"""Lines of a stretch without comments, and comments above and below it, for it to be doubted."""
WEIGHTS = Path(__file__).parents[1] / "data" / "models" / "page" / "weights.npz"


@dataclass(frozen=True, slots=True)
class Stage:
    """One network and its chain: `hidden` and `output` are (weights, bias), `chain` is label × label."""

    hidden: tuple[Matrix, Matrix]
    output: tuple[Matrix, Matrix]
    chain: Matrix
    first: Matrix

    def emissions(self, inputs: Matrix) -> Matrix:
        """Lines × labels, unnormalised log scores."""
        (weight, bias), (top, top_bias) = self.hidden, self.output
        scores: Matrix = np.maximum(inputs @ weight + bias, 0) @ top + top_bias
        return scores


@dataclass(frozen=True, slots=True)
class Labelling:
    """The best label of every line, and lines × labels of marginal probabilities."""

    labels: Labels
    probability: Matrix


def label(features: PageFeatures, lines: list[Line]) -> Labelling:
    """Label all lines of a page that has at least one."""
    one, two = stages()
    inputs = np.hstack([window(features.form), features.region])
    nameless = [not _may_name(line) for line in lines]
    first = one.emissions(inputs)
    first[nameless, AUTHOR] -= _NEVER
    scores = two.emissions(np.hstack([inputs, window(consensus(marginals(one, first), features, lines), 1)]))
    scores[nameless, AUTHOR] -= _NEVER
    scores[_holes(best_path(two, scores)), OUTSIDE] -= _SELDOM
    return Labelling(best_path(two, scores), marginals(two, scores))


def _holes(labels: Labels) -> list[int]:
    """Lines outside in short stretches between comments: few pages print anything else there."""
    starts = np.flatnonzero(labels == START)
    if len(starts) < 2 * _ENOUGH:
        return []
    inside = np.flatnonzero(labels != OUTSIDE)
    inside = inside[(inside >= starts[_ENOUGH - 1]) & (inside <= starts[-_ENOUGH])]
    return [i for above, below in pairwise(inside) if below - above <= _HOLE for i in range(above + 1, below)]


def _may_name(line: Line) -> bool:
    """An author line is short, no button, no mere signs, and not the end of a sentence ("he said.")."""
    text = line.text
    if len(text) > _LONGEST_HEADER or not any(map(str.isalnum, text)) or artefacts.is_button(text):
        return False
    if artefacts.bare(text) in artefacts.NO_NAMES or text.startswith(("http://", "https://", "www.")):
        return False
    last = text.split()[-1]
    return not (last.endswith(".") and not last.endswith("..") and last[:1].islower() and " " in text)


def window(form: Matrix, radius: int = RADIUS) -> Matrix:
    """Each line's features with those of `radius` lines on either side, zeros beyond the page."""
    n, width = form.shape
    padded = np.zeros((n + 2 * radius, width), dtype=np.float32)
    padded[radius : radius + n] = form
    return np.hstack([padded[shift : shift + n] for shift in range(2 * radius + 1)])


def consensus(guess: Matrix, features: PageFeatures, lines: list[Line]) -> Matrix:
    """What the first stage thought of this line, of those that are like it, and of the page."""
    spaces = [str(min(line.blanks, 3)) for line in lines]
    alike = [
        _mean_by(keys, guess) for keys in (features.classes, features.contexts, features.layouts, spaces)
    ]
    same = _mean_by([line.text[:100] for line in lines], guess)[:, [AUTHOR, ARTEFACT]]
    starts = guess[:, START]
    above = np.cumsum(starts)
    page = np.stack(
        [np.log1p(above), np.log1p(above[-1] - above), np.full(len(starts), np.log1p(above[-1]))], axis=1
    )
    return np.hstack([guess, *alike, same, page / 2]).astype(np.float32)


def _mean_by(keys: list[str], values: Matrix) -> Matrix:
    number: dict[str, int] = {}
    group = np.array([number.setdefault(key, len(number)) for key in keys])
    sums = np.zeros((len(number), values.shape[1]), dtype=np.float32)
    np.add.at(sums, group, values)
    means: Matrix = (sums / np.bincount(group)[:, None])[group].astype(np.float32)
    return means


def best_path(stage: Stage, scores: Matrix) -> Labels:
    """The likeliest sequence of labels (Viterbi)."""
    n = len(scores)
    back = np.zeros((n, N_LABELS), dtype=np.int64)
    state = stage.first + scores[0]
    for i in range(1, n):
        through = state[:, None] + stage.chain
        back[i] = through.argmax(0)
        state = through.max(0) + scores[i]
    path = np.zeros(n, dtype=np.int64)
    path[-1] = int(state.argmax())
    for i in range(n - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return path


def marginals(stage: Stage, scores: Matrix) -> Matrix:
    """Lines × labels: how likely each label is, given the whole page (forward and backward)."""
    chain = np.exp(stage.chain.astype(np.float64))
    emit = np.exp((scores - scores.max(1, keepdims=True)).astype(np.float64)) + 1e-30
    n = len(emit)
    ahead, behind = np.empty_like(emit), np.ones_like(emit)
    state = np.exp(stage.first.astype(np.float64)) * emit[0]
    ahead[0] = state / state.sum()
    for i in range(1, n):
        state = (ahead[i - 1] @ chain) * emit[i]
        ahead[i] = state / state.sum()
    for i in range(n - 2, -1, -1):
        state = chain @ (behind[i + 1] * emit[i + 1])
        behind[i] = state / state.sum()
    both = ahead * behind
    probability: Matrix = (both / both.sum(1, keepdims=True)).astype(np.float32)
    return probability


@lru_cache(maxsize=1)
def stages() -> tuple[Stage, Stage]:
    """The shipped weights; raises ModelError where they are missing or damaged."""
    return read_stages(WEIGHTS)


def read_stages(path: Path) -> tuple[Stage, Stage]:
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name].astype(np.float32) for name in stored.files}
        return _stage(arrays, "one"), _stage(arrays, "two")
    except (OSError, ValueError, KeyError) as problem:
        raise ModelError(f"The weights of the page model at {path} cannot be read: {problem}.") from problem


def _stage(arrays: dict[str, Matrix], name: str) -> Stage:
    part = {key.removeprefix(name + "_"): value for key, value in arrays.items() if key.startswith(name)}
    return Stage((part["w1"], part["b1"]), (part["w2"], part["b2"]), part["chain"], part["first"])
