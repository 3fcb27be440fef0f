"""How far two comments share habits that few others on their page have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from threads.infer.links.thread import Floats, Ints
from threads.infer.people.signs import SIGNS, count_signs
from threads.infer.people.words import WORDS, count_words

HABITS: tuple[str, ...] = (*SIGNS, *WORDS)
READ = 1500
"""Characters read of a comment: its habits show in these or not at all."""
# The next four are judgements, not measured; the weight that habits have was fitted with them as they are.
_MOST = 5
"""Chances counted at most: the tenth ellipsis of a comment says little that the fifth did not."""
_PRIOR = 10.0
"""Chances that the usual rate counts for beside what the page shows."""
_FIRM = 1.5
"""How little people vary in a habit: chances that a person's own rate is worth before we read them."""
_USUAL = 0.1
"""The usual rate of any habit: they are meant to be rare."""


@dataclass(frozen=True, slots=True)
class Habits:
    """The habits of a page's comments: `hits` out of `chances`, a row a comment, a column a habit."""

    hits: Ints
    chances: Ints
    logs: tuple[Floats, Floats, Floats]
    alone: Floats

    def likeness(self, one: Ints, other: Ints) -> Floats:
        """For pairs of rows the log-likelihood that one person wrote both, against two people of this page.

        A row a pair, a column a habit; 0 where either had no chance to show it. A habit that half of the
        page shares says little, one that nobody else has says much.
        """
        hits = self.hits[one] + self.hits[other]
        chances = self.chances[one] + self.chances[other]
        both = _chance(self.logs, hits, chances)
        found: Floats = (both - self.alone[one] - self.alone[other]).astype(np.float32)
        return found


def read_habits(texts: Sequence[str]) -> Habits:
    """The habits of all comments of one page, named or not: they are each other's background."""
    heads = [text.strip()[:READ] for text in texts]
    hits, chances = np.concatenate([count_signs(heads), count_words(heads)], axis=2)
    few = np.minimum(chances, _MOST)
    hits = np.rint(hits * few / np.maximum(chances, 1)).astype(np.int64)
    rate = (hits.sum(axis=0) + _USUAL * _PRIOR) / (few.sum(axis=0) + _PRIOR)
    logs = (_rising(_FIRM * rate), _rising(_FIRM * (1 - rate)), _rising(np.full(len(rate), _FIRM)))
    return Habits(hits, few, logs, _chance(logs, hits, few))


def _rising(start: Floats) -> Floats:
    """log(a (a+1) … (a+k-1)) for each a of `start`, k from 0 to twice _MOST; a row an a."""
    steps = np.log(start[:, None] + np.arange(2 * _MOST))
    found: Floats = np.concatenate([np.zeros((len(start), 1)), np.cumsum(steps, axis=1)], axis=1)
    return found


def _chance(logs: tuple[Floats, Floats, Floats], hits: Ints, chances: Ints) -> Floats:
    """The log-likelihood of the counts where each person's rate is drawn around that of the page."""
    column = np.arange(hits.shape[1])
    found: Floats = logs[0][column, hits] + logs[1][column, chances - hits] - logs[2][column, chances]
    return found
