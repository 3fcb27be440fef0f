"""Which comments another cannot answer: those that stand below it, and those written later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from threads.infer.links.thread import ROOT, Thread


class Trees:
    """The trees of one page as its comments are hung, to hang no comment below itself.

    Each comment points at one above it, paths are shortened as they are followed: n comments and as many
    questions cost little more than n steps.
    """

    def __init__(self, size: int, links: Mapping[int, int]) -> None:
        self._above = list(range(size))
        for at, parent in links.items():
            self.hang(at, parent)

    def hang(self, at: int, parent: int) -> None:
        """Hang a comment that hangs nowhere yet; a link that would close a circle is passed over."""
        if parent != ROOT and not self.below(at, parent):
            self._above[at] = parent

    def below(self, at: int, other: int) -> bool:
        """Whether `other` is, or stands below, the comment `at`, which hangs nowhere yet."""
        return self._top(other) == at

    def _top(self, at: int) -> int:
        above = self._above
        while above[at] != at:
            above[at] = above[above[at]]
            at = above[at]
        return at


def later(thread: Thread, at: int, candidates: Sequence[int]) -> np.ndarray:
    """Which candidates were written after the comment, both times known; ages are too coarse to tell."""
    if thread.ages or not len(candidates):
        return np.zeros(len(candidates), dtype=bool)
    places = np.asarray(candidates, dtype=np.int64)
    after: np.ndarray = (places != ROOT) & (thread.times[places] > thread.times[at])
    return after
