"""Places on a page by whom they concern, counted between any two places without looking at each."""

from __future__ import annotations

import numpy as np

from threads.infer.links.thread import Ints


class Events:
    """Where something happened to a person, or between two; whoever is below 0 counts as unknown."""

    def __init__(self, who: Ints, places: Ints, size: int) -> None:
        self.size = max(1, size)
        known = who >= 0
        self.keys = np.sort(who[known] * self.size + places[known])

    def between(self, who: Ints, start: Ints, end: Ints) -> Ints:
        """How many there are after `start` and before `end`, places both; 0 for the unknown."""
        stop = np.searchsorted(self.keys, who * self.size + np.minimum(end, self.size))
        begin = np.searchsorted(self.keys, who * self.size + start, side="right")
        return np.where(who >= 0, np.maximum(stop - begin, 0), 0)

    def last(self, who: Ints, end: Ints) -> Ints:
        """The last place before `end`; -1 where there is none."""
        if not len(self.keys):
            return np.full(len(who), -1, dtype=np.int64)
        found = np.searchsorted(self.keys, who * self.size + end) - 1
        key = self.keys[np.maximum(found, 0)]
        return np.where((found >= 0) & (key // self.size == who) & (who >= 0), key % self.size, -1)
