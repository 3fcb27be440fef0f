"""The cues of a comment and one of its possible parents, as a row of numbers."""

from __future__ import annotations

import numpy as np

from threads.infer.links import cues_words
from threads.infer.links.cues_copies import find_shared
from threads.infer.links.cues_words import word_cues
from threads.infer.links.page import titled_names
from threads.infer.links.thread import NOBODY, ROOT, Floats, Ints, Thread
from threads.infer.names import AT, CALLED, NAMED, Mentions, find_mentions

PAIR: tuple[str, ...] = (
    "no parent",
    "previous",
    "near",
    "far",
    "same person",
    "candidate nameless",
    "@name",
    "called by name",
    "named",
    "latest by the one named",
    "candidate names the author",
    "repeats",
    "repeats much",
    "rare words",
    "thanks for the link in it",
    "answers a question",
    "candidate spoke since",
    "author spoke since",
    "candidate follows the author",
    "next is by the candidate",
    "second next is by the candidate",
    "longer than the candidate",
    "later than the candidate",
    "earlier than the candidate",
    "time between",
    "candidate opens the page",
    "candidate has many comments",
    "candidate is by the most active",
)
OWN: tuple[str, ...] = (
    "nameless",
    "opens the page",
    "author has many comments",
    "author is the most active",
    "author new on the page",
    "names known",
    "names another",
    "@name of nobody here",
    "names one in the article",
    "repeats the article",
    "words of the article",
    "next and previous by one person",
    "next by the author",
    "previous by the author",
    "later than a following one",
    "earlier than a previous one",
    "earlier than the previous one",
    "later than the next one",
    "times known",
    "time since the previous",
    "named by the next",
    "repeated by the next",
)
BEFORE: tuple[str, ...] = (
    "same person",
    "candidate nameless",
    "@name",
    "called by name",
    "named",
    "candidate names the author",
    "repeats",
    "rare words",
    "thanks for the link in it",
    "answers a question",
    "candidate spoke since",
    "candidate follows the author",
    "next is by the candidate",
    "second next is by the candidate",
    "longer than the candidate",
    "candidate opens the page",
    "candidate has many comments",
)
"""Cues of PAIR that are shown for the previous comment too, whichever candidate is weighed against it."""
ALONE: tuple[str, ...] = (
    *OWN,
    *(f"previous: {name}" for name in BEFORE),
    *(f"previous: {name}" for name in cues_words.NAMES),
)
"""The cues that are the same for all candidates of a comment."""
NAMES: tuple[str, ...] = (
    *PAIR,
    *ALONE,
    *cues_words.NAMES,
    *(f"candidate {name}" for name in cues_words.NAMES),
)


class Cues:
    """All cues of one thread; `pairs` gives rows for any comments and candidates."""

    def __init__(self, thread: Thread) -> None:
        self.thread = thread
        self.mentions = self._find_mentions()
        self.shared = find_shared(thread)
        self.words = word_cues(thread.texts)
        self.count = _counts(thread)
        self.most = int(self.count.max(initial=0))
        named = np.flatnonzero(thread.people != NOBODY)
        self.spoken = np.sort(thread.people[named] * thread.size + named)
        self.latest = _next_own(thread.people)
        self.own = self._own_cues()

    def _find_mentions(self) -> Mentions:
        return find_mentions(self.thread)

    def pairs(self, comments: Ints, candidates: Ints) -> Floats:
        """One row a pair, one column for each of NAMES; candidate ROOT stands for "answers nobody"."""
        root = candidates == ROOT
        other = np.where(root, 0, candidates)
        table = np.zeros((len(comments), len(NAMES)), dtype=np.float32)
        table[:, : len(PAIR)] = self._pair_cues(comments, other)
        table[:, len(PAIR) + len(ALONE) + self.words.shape[1] :] = self.words[other]
        table[root] = 0
        table[root, 0] = 1
        table[:, len(PAIR) : len(PAIR) + len(ALONE)] = self.own[comments]
        table[:, len(PAIR) + len(ALONE) : len(PAIR) + len(ALONE) + self.words.shape[1]] = self.words[comments]
        return table

    def _pair_cues(self, j: Ints, i: Ints) -> Floats:
        thread, words = self.thread, self.words
        mine, theirs = thread.people[j], thread.people[i]
        known = (mine != NOBODY) & (theirs != NOBODY)
        how, back, copied, shared, last = self._looked_up(j, i)
        gap = thread.times[j] - thread.times[i]
        columns = [
            np.zeros(len(j)),
            j - i == 1,
            1 / np.maximum(j - i, 1),
            np.log(np.clip(j - i, 1, 64)) / 4,
            known & (mine == theirs),
            theirs == NOBODY,
            how == AT,
            how == CALLED,
            how == NAMED,
            last,
            back / AT,
            np.log1p(copied) / 3,
            copied >= 12,
            shared / 20,
            words[j, _W["thanks for the link"]] * words[i, _W["link"]],
            words[i, _W["asks"]] * (1 - words[j, _W["asks"]]),
            (theirs != NOBODY) & self._spoke_between(theirs, i, j),
            (mine != NOBODY) & self._spoke_between(mine, i, j),
            (mine != NOBODY) & (i > 0) & (thread.people[np.maximum(i - 1, 0)] == mine),
            (theirs != NOBODY) & (self._person(j + 1) == theirs),
            (theirs != NOBODY) & (self._person(j + 2) == theirs),
            words[j, _W["length"]] - words[i, _W["length"]],
            gap > 0,
            gap < 0,
            np.where(np.isnan(gap) | thread.ages, 0, np.log1p(np.abs(gap)) / 12),
            i == 0,
            np.log1p(self.count[i]) / 3,
            (self.count[i] == self.most) & (self.count[i] > 1),
        ]
        return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)

    def _looked_up(self, j: Ints, i: Ints) -> tuple[Floats, ...]:
        """From dictionaries: names both ways, repeated runs, shared words, latest by a named one."""
        people = self.thread.people.tolist()
        of, copied = self.mentions.of, self.shared.copied
        rows = [
            (
                of[one].get(people[other], 0) if of[one] else 0,
                of[other].get(people[one], 0) if of[other] else 0,
                copied[one].get(other, 0) if copied[one] else 0,
                self.shared.overlap(one, other),
                people[other] in of[one] and self.latest[other] >= one if of[one] else False,
            )
            for one, other in zip(j.tolist(), i.tolist(), strict=True)
        ]
        return tuple(np.array(rows, dtype=np.float32).reshape(len(rows), 5).T)

    def _person(self, at: Ints) -> Ints:
        """Who wrote the comment at each place; NOBODY past the end."""
        inside = at < self.thread.size
        return np.where(inside, self.thread.people[np.minimum(at, self.thread.size - 1)], NOBODY - 1)

    def _spoke_between(self, person: Ints, start: Ints, end: Ints) -> np.ndarray:
        """Whether the person wrote a comment after `start` and before `end` (both positions)."""
        before = self._last_before(person, end)
        return before > start

    def _last_before(self, person: Ints, end: Ints) -> Ints:
        """The place of each person's last comment before a place; -1 where there is none."""
        if not len(self.spoken):
            return np.full(len(person), -1, dtype=np.int64)
        found = np.searchsorted(self.spoken, person * self.thread.size + end) - 1
        key = self.spoken[np.maximum(found, 0)]
        mine = (found >= 0) & (key // self.thread.size == person) & (person != NOBODY)
        return np.where(mine, key % self.thread.size, -1)

    def _own_cues(self) -> Floats:
        thread = self.thread
        size = thread.size
        at = np.arange(size)
        people = thread.people
        before = np.concatenate([[NOBODY - 1], people[:-1]])[:size]
        after = np.concatenate([people[1:], [NOBODY - 1]])[:size]
        named = people != NOBODY
        times = _time_cues(thread.times, ages=thread.ages)
        text = (thread.title + "\n" + thread.article).lower()
        columns = [
            ~named,
            at == 0,
            np.log1p(self.count) / 3,
            (self.count == self.most) & (self.count > 1),
            self.latest_own() < 0,
            np.full(size, named.mean() if size else 0.0),
            np.array([max(people.values(), default=0) / AT for people in self.mentions.of]),
            np.array(self.mentions.strangers),
            np.array([bool(titled_names(each, text)) for each in thread.texts]),
            np.log1p(np.array(self.shared.from_article)) / 3,
            np.array(self.shared.article_share),
            (before == after) & (before >= 0),
            named & (after == people),
            named & (before == people),
            *times,
            np.array([_named_by_next(self.mentions.of, people, at_) for at_ in range(size)]),
            np.array([at_ + 1 < size and at_ in self.shared.copied[at_ + 1] for at_ in range(size)]),
        ]
        own = np.stack([np.asarray(c, dtype=np.float32) for c in columns], axis=1).reshape(size, len(OWN))
        return np.concatenate([own, self._before()], axis=1)

    def _before(self) -> Floats:
        """The cues of BEFORE and the words of the previous comment; 0 for the first on the page."""
        at = np.arange(self.thread.size)
        before = np.maximum(at - 1, 0)
        pairs = self._pair_cues(at, before)[:, [PAIR.index(name) for name in BEFORE]]
        table: Floats = np.concatenate([pairs, self.words[before]], axis=1)
        table[:1] = 0
        return table

    def last_of(self, person: int, before: int) -> int:
        """The place of the person's last comment before a place; -1 where there is none."""
        return int(self._last_before(np.array([person]), np.array([before]))[0])

    def latest_own(self) -> Ints:
        """The place of the author's comment before this one; -1 where there is none."""
        return self._last_before(self.thread.people, np.arange(self.thread.size))


_W = {name: at for at, name in enumerate(cues_words.NAMES)}


def _counts(thread: Thread) -> Ints:
    if not thread.names:
        return np.zeros(thread.size, dtype=np.int64)
    known = thread.people[thread.people != NOBODY]
    per = np.bincount(known, minlength=len(thread.names))
    return np.where(thread.people == NOBODY, 0, per[thread.people])


def _next_own(people: Ints) -> Ints:
    """For each comment the place of its author's next one; past the end where there is none."""
    following = np.full(len(people), len(people), dtype=np.int64)
    ahead: dict[int, int] = {}
    for at in range(len(people) - 1, -1, -1):
        person = int(people[at])
        if person != NOBODY:
            following[at] = ahead.get(person, len(people))
            ahead[person] = at
    return following


def _time_cues(times: np.ndarray, *, ages: bool) -> list[np.ndarray]:
    """Later than a following one, earlier than a previous one, the same for neighbours, known, gap."""
    size = len(times)
    if not size:
        return [np.zeros(0)] * 6
    known = ~np.isnan(times)
    least = np.minimum.accumulate(np.where(known, times, np.inf)[::-1])[::-1]
    most = np.maximum.accumulate(np.where(known, times, -np.inf))
    gap = np.diff(times, prepend=np.nan)
    ahead = np.diff(times, append=np.nan)
    return [
        known & (times > np.append(least[1:], np.inf)),
        known & (times < np.append(-np.inf, most[:-1])),
        gap < 0,
        ahead < 0,
        known & (not ages),
        np.where(np.isnan(gap) | ages, 0, np.log1p(np.abs(gap)) / 12),
    ]


def _named_by_next(of: list[dict[int, int]], people: Ints, at: int) -> bool:
    return at + 1 < len(of) and int(people[at]) in of[at + 1]
