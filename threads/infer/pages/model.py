"""The model that labels a page's lines as a sequence: two small networks, each under a linear chain.

The first sees a line, its neighbours and the page. The second sees also what the first thought of the
lines that look alike, stand alike or read the same: on one page all comments share the layout of their
record. Weights are plain arrays (numpy's npz, no pickles), fitted by `threads.train.page`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from threads.errors import ModelError
from threads.infer.pages import artefacts
from threads.infer.pages.features import Matrix, PageFeatures
from threads.infer.pages.lines import Line

Labels = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
OUTSIDE, AUTHOR, ARTEFACT, START, BODY = range(5)
"""Labels: not of the comments; a line with a comment's author; a date, button or badge in the comments;
the first line of a comment's body; its further lines."""
N_LABELS = 5
RADIUS = 3
_LONGEST_HEADER = (
    200  # names of blogs that link to the page reach 150 code points in the page dumps, with the date 180
)
_NEVER, _SELDOM = 20.0, 4.0  # taken off the scores (natural logs) of a label that cannot be, or hardly
_HOLE, _ENOUGH = 40, 2  # lines of a stretch without comments, and comments on either side, to doubt it
_COUNTED = 60.0
"""Comments beyond which more say nothing new: the pages that the model is fitted on seldom have more."""
_TRUST = 2.0  # weight of what a line's likes say; of 0 to 4 the best on the held-out sources of fold 0
_CALM = 0.6  # of 0.5 to 1 about the best on held-out pages of all kinds; the differences are small
_CALMER = 0.4  # of the second's own guess, from which it judges the comments once more
_PRIOR = 1.0  # line's worth of doubt in a habit seen seldom
WEIGHTS = Path(__file__).parents[2] / "data" / "models" / "page" / "weights.npz"


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
    limits = Limits.of(lines)

    def second_sight(guess: Matrix) -> Matrix:
        seen = window(consensus(guess, features, lines), 1)
        return _conformed(limits.ruled(two.emissions(np.hstack([inputs, seen]))), features, limits)

    scores = second_sight(first_sight(one, inputs, limits))
    labels = best_path(two, scores)
    if (labels == START).sum() >= _ENOUGH:
        inside = _inside(labels)
        scores[inside] = second_sight(_calm(two, scores, _CALMER))[inside]
        labels = best_path(two, scores)
    if holes := _holes(labels):
        scores[holes, OUTSIDE] -= _SELDOM
        labels = best_path(two, scores)
    return Labelling(labels, marginals(two, scores))


def _inside(labels: Labels) -> slice:
    """From the first line of the comments to the last: what is around them is not judged by them again."""
    found = np.flatnonzero(labels != OUTSIDE)
    return slice(int(found[0]), int(found[-1]) + 1)


@dataclass(frozen=True, slots=True)
class Limits:
    """For each line: whether it can be no name, whether it is a button, whether it is a sign to vote with."""

    nameless: Bools
    button: Bools
    vote: Bools

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Limits:
        texts = [line.text for line in lines]
        return cls(
            np.array([not _may_name(text) for text in texts]),
            np.array([artefacts.is_button(text) for text in texts]),
            np.array([artefacts.is_vote(text) for text in texts]),
        )

    def ruled(self, scores: Matrix) -> Matrix:
        """The scores, lowered in place where a line can be no name, or hardly the text of a comment."""
        scores[self.nameless, AUTHOR] -= _NEVER
        scores[self.vote, START] -= _SELDOM
        scores[self.vote, BODY] -= _SELDOM
        return scores


def first_sight(one: Stage, inputs: Matrix, limits: Limits) -> Matrix:
    """What the first stage thinks of each line, calmed: the second is to judge by the whole page."""
    return _calm(one, limits.ruled(one.emissions(inputs)), _CALM)


def _calm(stage: Stage, scores: Matrix, heat: float) -> Matrix:
    return marginals(replace(stage, chain=heat * stage.chain, first=heat * stage.first), heat * scores)


def _conformed(scores: Matrix, features: PageFeatures, limits: Limits) -> Matrix:
    """The scores, raised in place for a line that others like it on the page speak for, itself left out.

    A line laid out as nearly all names of the page are is a name; a button that elsewhere is one is one.
    """
    chance = np.exp(scores - scores.max(1, keepdims=True))
    chance /= chance.sum(1, keepdims=True)
    kinds = ((features.layouts, AUTHOR, ~limits.nameless), (features.classes, ARTEFACT, limits.button))
    for keys, label, fit in kinds:
        share = _share_of_likes(keys, chance[:, label])
        scores[:, label] += np.where(fit, _TRUST * np.maximum(np.log(share / (1 - share)), 0), 0)
    return scores


def _share_of_likes(keys: list[str], chance: Matrix) -> Matrix:
    """Of the other lines with a line's key, the share that has the label; near a half where they are few."""
    number: dict[str, int] = {}
    group = np.array([number.setdefault(key, len(number)) for key in keys])
    sums, counts = np.bincount(group, chance), np.bincount(group)
    share: Matrix = (sums[group] - chance + _PRIOR) / (counts[group] - 1 + 2 * _PRIOR)
    return share


def _holes(labels: Labels) -> list[int]:
    """Lines outside in short stretches between comments: few pages print anything else there."""
    starts = np.flatnonzero(labels == START)
    if len(starts) < 2 * _ENOUGH:
        return []
    inside = np.flatnonzero(labels != OUTSIDE)
    inside = inside[(inside >= starts[_ENOUGH - 1]) & (inside <= starts[-_ENOUGH])]
    return [i for above, below in pairwise(inside) if below - above <= _HOLE for i in range(above + 1, below)]


def _may_name(text: str) -> bool:
    """An author line is short, no button, no mere signs, and not the end of a sentence ("he said.")."""
    if len(text) > _LONGEST_HEADER or not any(map(str.isalnum, text)) or artefacts.is_button(text):
        return False
    if artefacts.bare(text) in artefacts.NO_NAMES or text.startswith(("http://", "https://", "www.")):
        return False
    if artefacts.closes(text) or artefacts.QUOTED_FROM.match(text) or artefacts.HEADING.match(text):
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
    spaces = [min(line.blanks, 3) for line in lines]
    alike = [
        _mean_by(keys, guess)
        for keys in (features.classes, features.contexts, features.layouts, [str(space) for space in spaces])
    ]
    same = _mean_by([line.text[:100] for line in lines], guess)[:, [AUTHOR, ARTEFACT]]
    starts = guess[:, START]
    above = np.minimum(np.cumsum(starts), _COUNTED)
    below = np.minimum(starts.sum() - np.cumsum(starts), _COUNTED)
    page = np.stack(
        [np.log1p(above), np.log1p(below), np.full(len(starts), np.log1p(min(starts.sum(), _COUNTED)))],
        axis=1,
    )
    return np.hstack([guess, *alike, same, page / 2, habits(guess, spaces)]).astype(np.float32)


def habits(guess: Matrix, spaces: list[int]) -> Matrix:
    """How usual the place of a line would be on this page for each label, judged by all the other lines.

    Its place are the blank lines above and below it, and those between it and the label of its neighbours.
    """
    labels = guess.argmax(1).tolist()
    under = [*spaces[1:], 3]
    pair = [space * 4 + low for space, low in zip(spaces, under, strict=True)]
    after = [space * N_LABELS + label for space, label in zip(spaces, [OUTSIDE, *labels[:-1]], strict=True)]
    before = [space * N_LABELS + label for space, label in zip(under, [*labels[1:], OUTSIDE], strict=True)]
    total = guess.sum(0)
    known = np.log1p(np.minimum(total[[AUTHOR, START]], _COUNTED)) / 2
    shares = [_share_by(keys, guess, total) for keys in (pair, after, before)]
    return np.hstack([*shares, np.broadcast_to(known, (len(guess), 2))])


def _share_by(keys: list[int], guess: Matrix, total: Matrix) -> Matrix:
    """For each label, the share of its other lines that have the key of this line."""
    sums = np.zeros((max(keys) + 1, guess.shape[1]), dtype=np.float32)
    np.add.at(sums, keys, guess)
    share: Matrix = (sums[keys] - guess + _PRIOR / 4) / (total - guess + _PRIOR)
    return share[:, 1:]


def _mean_by(keys: list[str], values: Matrix) -> Matrix:
    number: dict[str, int] = {}
    group = np.array([number.setdefault(key, len(number)) for key in keys])
    sums = np.zeros((len(number), values.shape[1]), dtype=np.float32)
    np.add.at(sums, group, values)
    means: Matrix = (sums / np.bincount(group)[:, None])[group].astype(np.float32)
    return means


def best_path(stage: Stage, scores: Matrix) -> Labels:
    """The likeliest sequence of labels (Viterbi), in plain floats: faster than arrays of five."""
    columns, rows = stage.chain.T.tolist(), scores.tolist()
    state = [before + score for before, score in zip(stage.first.tolist(), rows[0], strict=True)]
    back: list[list[int]] = []
    for row in rows[1:]:
        a, b, c, d, e = state
        step, state = [], []
        for (p, q, r, s, t), score in zip(columns, row, strict=True):
            through = (a + p, b + q, c + r, d + s, e + t)
            best = max(through)
            step.append(through.index(best))
            state.append(best + score)
        back.append(step)
    path = [state.index(max(state))]
    for step in reversed(back):
        path.append(step[path[-1]])
    return np.array(path[::-1], dtype=np.int64)


def marginals(stage: Stage, scores: Matrix) -> Matrix:
    """Lines × labels: how likely each label is, given the whole page (forward and backward)."""
    emit = np.exp((scores - scores.max(1, keepdims=True)).astype(np.float64)) + 1e-30
    chain, first = np.exp(stage.chain.astype(np.float64)), np.exp(stage.first.astype(np.float64))
    ahead, behind = _passes(first * emit[0], chain * emit[1:, None, :])
    both = ahead * behind
    probability: Matrix = (both / both.sum(1, keepdims=True)).astype(np.float32)
    return probability


def _passes(first: Floats, steps: Floats) -> tuple[Floats, Floats]:
    """Lines × labels, from the top and from the foot: each round joins runs of twice as many lines.

    `steps` are (lines - 1) × label × label, what one line does to the states of the line above.
    """
    runs = np.stack([steps, steps[::-1].swapaxes(1, 2)], axis=1)
    reach = 1
    while reach < len(runs):
        joined = runs[:-reach] @ runs[reach:]
        runs[reach:] = joined / joined.max((-1, -2), keepdims=True)
        reach *= 2
    last = np.ones(N_LABELS)
    ends = (np.stack([first, last])[None, :, None, :] @ runs)[:, :, 0, :]
    ends /= ends.max(-1, keepdims=True)
    return np.vstack([first, ends[:, 0]]), np.vstack([ends[::-1, 1], last])


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
