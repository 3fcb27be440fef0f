"""The cues that a nameless answer to an answer is by the nameless author of the first comment."""

from __future__ import annotations

import re
from functools import cached_property

import numpy as np

from threads.infer.links.thread import NOBODY, Floats, Ints
from threads.infer.people.habits import Habits, read_habits
from threads.infer.people.page import NONE, PeoplePage
from threads.infer.people.profiles import Profiles, read_profiles

STRUCTURE: tuple[str, ...] = (
    "the links are sure",
    "who is between answers again",
    "a third person is named on the branch",
    "only answer to the one between",
    "other answers to the first",
    "comments between",
    "no nameless one between",
    "the first opens a branch",
    "named people return to a branch here",
    "size of the page",
    "share of the nameless",
)
NAMES: tuple[str, ...] = (
    "called by one name",
    "called by two names",
    "call one name",
    "calls the first by name",
)
WORDING: tuple[str, ...] = (
    "stands by own words",
    "opens with thanks",
    "gives thanks for something",
    "thanks for the answer to a question",
    "answers a question put back",
    "corrects or adds",
    "both say I",
    "unlike in length",
    "share rare words",
    "alike in letters",
    "more alike than to the one between",
)
SHARED: tuple[str, ...] = (
    "habits shared",
    "habits not shared",
    "rarest habit shared",
)
CUES: tuple[str, ...] = (*STRUCTURE, *NAMES, *WORDING, *SHARED)

_STANDS = re.compile(
    r"\b(?:i stand by|(?:what|as|like) i (?:said|wrote|mentioned|meant|asked)"
    r"|i (?:already )?(?:said|meant|mentioned|wrote|asked)"
    r"|my (?:(?:first|last|previous|original|earlier|own|initial) )?"
    r"(?:comments?|posts?|questions?|points?|statement|remark|suggestion|example|mistake|bad)"
    r"|i was (?:just |only )?(?:talking|referring|asking|thinking|wondering|saying|trying|joking)"
    r"|i (?:didn.?t|did not|never|don.?t) (?:say|said|mean|claim|write|imply|suggest)"
    r"|wie ich (?:schon )?sagte|ich meinte|mein kommentar|como dije|comme je (?:l.ai )?dit)\b",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"\W{0,3}(?:(?:ok|okay|ah|oh|great|perfect|hi|yes|cool)\b\W{1,3})?(?:many )?"
    r"(?:thank|thanks|thx|danke|vielen dank|merci|gracias)\b",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"(?:\s(?:you|very much|so much|a lot|again)){0,3},?\s(?:for|für|pour|por)\b", re.IGNORECASE
)
_ADDS = re.compile(
    r"\W{0,3}(?:edit\b|update\b|correction|p\.?s\b|typo|s/\w|i meant|i forgot|forgot to|oops"
    r"|sorry,? (?:i|my|that)|nachtrag|also,|my bad|should (?:be|read|have (?:been|said)))",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:i|i.m|my|me|ich|mein\w{0,2}|je|mon|yo|mi)\b", re.IGNORECASE)
_CALLS = re.compile(
    r"\W{0,3}(?:(?i:hi|hello|hey|dear|hallo|thanks|thank you|sorry|yes|no|well|ok|danke)[,!]?\s)?"
    r"@?([A-Z]\w{1,20})\s?[,:!—–\n]"
)
_OPENERS = """
yes no well thanks thank ok okay hi hello hey dear so but and oh ah sure right true actually also however
sorry indeed agreed exactly great nice good interesting first second third now then why what how when
edit update note nope yeah yep haha lol wow please maybe perhaps again still this that it the they he she
you we in on at for from if as or finally anyway otherwise therefore hmm ja nein danke hallo aber und
unfortunately personally honestly obviously apparently clearly basically fortunately
"""
_NO_NAMES = frozenset(_OPENERS.split())
_READ = 1500
_DOUBTFUL = 0.02
"""A link is never taken to be less likely than this: a logarithm is taken of it."""


class PairCues:
    """The cues of a page's pairs: a nameless comment (`second`) and the one that the comment it answers
    (`between`) answers (`first`), nameless too.
    """

    def __init__(self, page: PeoplePage) -> None:
        self.page = page
        self.pairs = _pairs(page)
        self.texts = [text[:_READ] for text in page.texts]

    @cached_property
    def habits(self) -> Habits:
        return read_habits(self.texts)

    @cached_property
    def profiles(self) -> Profiles:
        return read_profiles(self.texts)

    def table(self) -> Floats:
        """One row a pair, one column for each of CUES."""
        if not len(self.pairs):
            return np.zeros((0, len(CUES)), dtype=np.float32)
        return np.concatenate(
            [self._structure(), self._names(), self._wording(), _summed(self.likeness())], axis=1
        ).astype(np.float32)

    def likeness(self) -> Floats:
        """How far each habit speaks for one person: a row a pair, a column a habit."""
        return self.habits.likeness(self.pairs[:, 0], self.pairs[:, 2])

    def _structure(self) -> Floats:
        nameless = np.cumsum([name is not None for name in self.page.nameless])
        shared = [self.page.returning(), np.log1p(self.page.size), nameless[-1] / self.page.size]
        return np.array(
            [
                [*self._place((first, between, second), nameless), *shared]
                for first, between, second in self.pairs.tolist()
            ]
        )

    def _place(self, pair: tuple[int, int, int], nameless: Ints) -> list[float]:
        page, (first, between, second) = self.page, pair
        person, above = page.people[between], int(page.parents[first])
        beside, up = page.children[between], page.above(second)
        others = page.named_on([*up, *page.children[first], *page.children[second]]) - {int(person)}
        sure = np.log(np.maximum(page.sure[[second, between]], _DOUBTFUL)).sum()
        return [
            float(sure),
            float(person != NOBODY and person in page.people[page.children[second]]),
            float(bool(others)),
            float(len(beside) == 1),
            float(np.log1p(len(page.children[first]) - 1)),
            float(np.log1p(abs(second - first) - 1)),
            float(abs(nameless[second] - nameless[first]) == 1),
            float(above == NONE),
        ]

    def _names(self) -> Floats:
        return np.array([self._called(first, second) for first, _, second in self.pairs.tolist()])

    def _called(self, first: int, second: int) -> list[float]:
        here, there = self._names_for(first), self._names_for(second)
        calls, called = _calls(self.texts[second]), _calls(self.texts[first])
        return [
            float(bool(here & there)),
            float(bool(here and there and not here & there)),
            float(bool(calls) and calls == called),
            float(calls in here or called in there),
        ]

    def _names_for(self, at: int) -> set[str]:
        """The names by which the answers to a comment call its author."""
        return {_calls(self.texts[child]) for child in self.page.children[at]} - {""}

    def _wording(self) -> Floats:
        one, middle, two = self.pairs.T
        asks, says, stands, thanks, gives, adds, size = self._own()
        alike = self.profiles.alike(one, two)
        return np.column_stack([
            stands[two],
            thanks[two],
            gives[two],
            asks[one] * thanks[two],
            asks[middle] * (1 - asks[two]),
            adds[two],
            says[one] * says[two],
            np.abs(size[one] - size[two]),
            self.profiles.shared(one, two),
            alike,
            alike - self.profiles.alike(middle, two),
        ])  # fmt: skip

    def _own(self) -> Floats:
        """For the comments of pairs: asks, says I, stands by it, thanks, for what, adds, length: rows."""
        own: Floats = np.zeros((7, self.page.size), dtype=np.float32)
        for at in np.unique(self.pairs).tolist():
            own[:, at] = _speaks(self.texts[at])
        return own


def _pairs(page: PeoplePage) -> Ints:
    """Rows of first, between, second: one at most for each nameless comment.

    A comment that was deleted, or is a picture, says nothing of who wrote it.
    """
    rows = []
    for second, shown in enumerate(page.nameless):
        up = page.above(second, 2) if shown is not None else []
        alike = len(up) == 2 and up[1] != second and page.nameless[up[1]] == shown
        if alike and page.texts[second].strip() and page.texts[up[1]].strip():
            rows.append((up[1], up[0], second))
    return np.array(rows, dtype=np.int64).reshape(len(rows), 3)


def _speaks(text: str) -> list[float]:
    thanks = _THANKS.match(text)
    return [
        float("?" in text[-200:]),
        float(bool(_FIRST_PERSON.search(text))),
        float(bool(_STANDS.search(text))),
        float(bool(thanks)),
        float(bool(thanks and _FOR.match(text, thanks.end()))),
        float(bool(_ADDS.match(text))),
        float(np.log1p(len(text))),
    ]


def _calls(text: str) -> str:
    """The name with which the comment opens as one speaks to somebody; empty for none."""
    match = _CALLS.match(text)
    name = match.group(1).lower() if match else ""
    return "" if name in _NO_NAMES else name


def _summed(likeness: Floats) -> Floats:
    """The columns of SHARED; one habit counts 3 for and 1 against at most, so that none decides alone."""
    clipped = np.clip(likeness, -1, 3)
    shared = np.maximum(clipped, 0).sum(axis=1)
    lost = np.minimum(clipped, 0).sum(axis=1)
    return np.column_stack([shared, lost, clipped.max(axis=1)])
