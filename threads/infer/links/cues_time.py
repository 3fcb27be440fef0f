"""Further cues for a page ordered by time, where anything earlier can be answered: chats and forums."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from threads.infer.events import Events
from threads.infer.links import cues_pairs, cues_words
from threads.infer.links.cues_pairs import Cues
from threads.infer.links.cues_time_names import OWN, PLACES, SECONDS
from threads.infer.links.thread import NOBODY, ROOT, Floats, Ints, Thread, Times
from threads.infer.names import CALLED, Mentions
from threads.infer.names_short import short_names

_SOON = 12
"""What the two authors say to each other in so many comments after counts as soon."""


class TimeCues(Cues):
    """The cues of a page by time: those of any page, and those of cues_time_names after them."""

    def __init__(self, thread: Thread) -> None:
        super().__init__(thread)
        self.clock = _clock(thread.times)
        self.asks = self.words[:, _W["asks"]] > 0
        self.command = np.array([text[:1] == "!" for text in thread.texts], dtype=bool)
        self.previous_own = self.latest_own()
        self.many = max(1, len(thread.names))
        named = [max(found, key=found.__getitem__) if found else NOBODY for found in self.mentions.of]
        self.target = np.array(named, dtype=np.int64)
        self.told, self.tells, self.nth = self._carried()
        self._happened()
        sums = [math.fsum(self.shared.weight[word] for word in bag) for bag in self.shared.rare]
        self.norm = np.sqrt(1 + np.array(sums, dtype=np.float64))
        self.talk = self._talks()
        self.own_time = self._own_time()

    def _find_mentions(self) -> Mentions:
        found = super()._find_mentions()
        for at, person in short_names(self.thread):
            found.of[at].setdefault(person, CALLED)
        return found

    def _happened(self) -> None:
        """Who spoke, asked, was named, was named by whom, and spoke to nobody by name, and where."""
        people, size = self.thread.people, self.thread.size
        at = np.arange(size)
        self.spoke = Events(people, at, size)
        self.asked = Events(people[self.asks], at[self.asks], size)
        self.asked_at_all = np.cumsum(self.asks)
        whom = np.array([person for found in self.mentions.of for person in found], dtype=np.int64)
        where = np.repeat(at, [len(found) for found in self.mentions.of])
        self.named = Events(whom, where, size)
        self.named_by = Events(self._both(people[where], whom), where, size)
        plain = self.target == NOBODY
        self.named_nobody = Events(people[plain], at[plain], size)

    def _both(self, one: Ints, other: Ints) -> Ints:
        """Two people as one index; below 0 where either is unknown."""
        return np.where((one >= 0) & (other >= 0), one * self.many + other, -1)

    def _carried(self) -> tuple[Ints, Ints, Ints]:
        """Whom the author of each comment named last, names next, and how often they have written before."""
        told, tells, nth = self.target.copy(), self.target.copy(), np.zeros(self.thread.size, dtype=np.int64)
        for at, before in enumerate(self.previous_own.tolist()):
            if before >= 0:
                told[at] = told[before] if told[at] == NOBODY else told[at]
                nth[at] = nth[before] + 1
        for at, after in reversed(list(enumerate(self.latest.tolist()))):
            if tells[at] == NOBODY and after < self.thread.size:
                tells[at] = tells[after]
        return told, tells, nth

    def _talks(self) -> list[frozenset[str]]:
        """The rare words of each comment and its author's two before."""
        rare, before = self.shared.rare, self.previous_own.tolist()
        talks = []
        for at, bag in enumerate(rare):
            one = before[at]
            two = before[one] if one >= 0 else -1
            talks.append(bag.union(*(rare[place] for place in (one, two) if place >= 0)))
        return talks

    def pairs(self, comments: Ints, candidates: Ints) -> Floats:
        """As of Cues, with the columns of cues_time_names after them."""
        base = super().pairs(comments, candidates)
        root = candidates == ROOT
        other = np.where(root, 0, candidates)
        columns = [
            *self._distances(comments, other),
            *self._partners(comments, other),
            *self._named_cues(comments, other, base),
            *self._around(comments, other),
        ]
        more = np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)
        more[root] = 0
        return np.concatenate([base, more, self.own_time[comments]], axis=1)

    def _distances(self, j: Ints, i: Ints) -> list[np.ndarray]:
        people = self.thread.people
        distance, gap = j - i, self.clock[j] - self.clock[i]
        timed = ~np.isnan(gap)
        theirs = self.spoke.between(people[i], i, j)
        own = self.spoke.between(people[j], i, j)
        same = (people[j] == people[i]) & (people[j] != NOBODY)
        latest = same & (own == 0)
        return [
            *((distance > low) & (distance <= high) for low, high in pairwise((1, *PLACES))),
            *(timed & (gap >= low) & (gap < high) for low, high in pairwise((-np.inf, *SECONDS))),
            timed,
            np.log1p(theirs) / 2,
            np.log1p(own) / 2,
            np.log1p(np.maximum(distance - 1 - theirs - np.where(same, 0, own), 0)) / 3,
            latest,
            latest & timed & (gap <= 60),
            latest & (distance == 1),
        ]

    def _partners(self, j: Ints, i: Ints) -> list[np.ndarray]:
        """Whom the two authors name before and after."""
        people, none = self.thread.people, self.thread.size
        mine, theirs = people[j], people[i]
        last = self.spoke.last(theirs, j)
        my_last, my_next = _at(self.told, self.previous_own[j]), _at(self.tells, self.latest[j])
        their_last = _at(self.told, last)
        their_next = _at(self.tells, np.where(last >= 0, self.latest[np.maximum(last, 0)], none))
        both = (mine != NOBODY) & (theirs != NOBODY)
        told, tells = both & (my_last == theirs), both & (my_next == theirs)
        return [
            told,
            both & (their_last == mine),
            told & (their_last == mine),
            tells,
            both & (their_next == mine),
            self.named_by.between(self._both(mine, theirs), j, j + _SOON) > 0,
            self.named_by.between(self._both(theirs, mine), j, j + _SOON) > 0,
            tells & told,
            both & (their_next != mine) & (their_next != NOBODY),
            both & (mine == theirs) & (self.target[j] != NOBODY) & (my_last == self.target[j]),
        ]

    def _named_cues(self, j: Ints, i: Ints, base: Floats) -> list[np.ndarray]:
        """Who is named in the two comments and between them."""
        people, target, theirs_named = self.thread.people, self.target[j], self.target[i]
        mine, theirs = people[j], people[i]
        how = (base[:, _HOW] > 0).any(axis=1)
        back = base[:, _BACK] > 0
        since = self.named.between(theirs, i, j)
        me_since = self.named.between(mine, i, j)
        by_me = self.named_by.between(self._both(mine, theirs), i, j)
        by_them = self.named_by.between(self._both(theirs, mine), i, j)
        alike = (target != NOBODY) & (target == theirs_named)
        quiet = theirs_named == NOBODY
        return [
            since > 0,
            np.log1p(since) / 2,
            by_me > 0,
            me_since > 0,
            by_them > 0,
            back & (me_since == 0),
            how & (self.spoke.between(theirs, i, j) == 1),
            how & self.asks[i] & (self.asked.between(theirs, i, j) == 0),
            how & back & (by_them == 0),
            how & quiet & (self.named_nobody.between(theirs, i, j) == 0),
            (target != NOBODY) & ~how,
            ~quiet & ~back,
            alike,
            alike & (mine == theirs) & (mine != NOBODY),
            self.asks[i] & (since == 0),
            self.command[i] & alike,
        ]

    def _around(self, j: Ints, i: Ints) -> list[np.ndarray]:
        """What stands around the candidate, and the words that the two share."""
        people = self.thread.people
        theirs, known = people[i], people[i] != NOBODY
        after = people[np.minimum(i + 1, self.thread.size - 1)]
        before = people[np.maximum(i - 1, 0)]
        silent = np.where(self.previous_own[i] >= 0, i - self.previous_own[i], _NEVER)
        return [
            known & (after == theirs) & (i + 1 < j),
            known & (before == theirs) & (i > 0),
            (self.latest[i] - i <= 4) & (self.latest[i] < j),
            known & (self.nth[i] == 0),
            np.log1p(self.nth[i]) / 4,
            np.log1p(silent) / 5,
            self.asks[i] & (self.asked_at_all[np.maximum(j - 1, 0)] == self.asked_at_all[i]),
            self.command[i],
            *self._overlaps(j, i),
        ]

    def _overlaps(self, j: Ints, i: Ints) -> Floats:
        """Rare words in common: of the two, with the candidate's talk, of the author's own talk with it."""
        rare, talk, weight = self.shared.rare, self.talk, self.shared.weight
        found = np.zeros((3, len(j)), dtype=np.float32)
        for row, (one, other) in enumerate(zip(j.tolist(), i.tolist(), strict=True)):
            if common := rare[one] & talk[other]:
                found[1, row] = sum(weight[word] for word in common)
                if common := common & rare[other]:
                    found[0, row] = sum(weight[word] for word in common) / self.norm[other]
            if rare[other] and (common := talk[one] & rare[other]):
                found[2, row] = sum(weight[word] for word in common) / self.norm[other]
        found[:2] /= self.norm[j]
        found /= 2
        return found

    def _own_time(self) -> Floats:
        thread, target, before = self.thread, self.target, self.previous_own
        size, people, times = thread.size, thread.people, thread.times
        at = np.arange(size)
        ago = np.where(before >= 0, times - times[np.maximum(before, 0)], np.nan)
        named, here = self.named.last(people, at), self.spoke.last(target, at)
        back = self.named_by.between(self._both(target, people), np.full(size, -1), at)
        my_last = _at(self.told, before)
        words = np.array([text[:200].count(" ") for text in thread.texts], dtype=np.int64)
        clock = np.nan_to_num(np.fmax.accumulate(times)) if size else times
        recent = at - np.searchsorted(clock, clock - 300)
        columns = [
            _far(at - before, before >= 0),
            self.tells >= 0,
            _far(self.latest - at, self.latest < size),
            np.where(np.isnan(ago), 0, np.log1p(np.maximum(ago, 0)) / 8),
            _far(at - named, named >= 0),
            (named > before) & (named >= 0),
            here >= 0,
            np.where(here >= 0, np.log1p(at - here) / 4, 0),
            back > 0,
            (target >= 0) & (my_last == target),
            (target >= 0) & (my_last >= 0) & (my_last != target),
            self.command,
            words == 0,
            words < 4,
            np.where(np.isnan(times), 0, np.log1p(np.maximum(recent, 0)) / 4),
            self.asks & (before < 0) & (people >= 0),
        ]
        table = np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)
        return table.reshape(size, len(OWN))


def _clock(times: Times) -> Times:
    """The times of a page on which seconds matter; unknown on slower ones, where hours tell as little."""
    known = times[~np.isnan(times)]
    fast = len(known) > 1 and np.ptp(known) < _FAST * (len(known) - 1)
    return times if fast else np.full(len(times), np.nan)


def _at(values: Ints, places: Ints) -> Ints:
    """The values at some places; NOBODY for a place off the page."""
    inside = (places >= 0) & (places < len(values))
    return np.where(inside, values[np.where(inside, places, 0)], NOBODY)


def _far(distance: Ints, known: np.ndarray) -> np.ndarray:
    """A distance in comments as a cue; more than any on a page where it is unknown."""
    return np.where(known, np.log1p(np.maximum(distance, 0)) / 4, 1.5)


_NEVER = 200
# Mean seconds between comments. Chat has 10 to 70, blogs and forums mostly hours. With seconds told on all
# pages a blog held out was hung a point worse, Twitter four points.
_FAST = 600
_W = {name: at for at, name in enumerate(cues_words.NAMES)}
_HOW = [cues_pairs.NAMES.index(name) for name in ("@name", "called by name", "named")]
_BACK = cues_pairs.NAMES.index("candidate names the author")
