"""The stance gate: what an author does with the words of a trope. Asserted, hinted, reported, called out?

A trope that is quoted to condemn it, reported or denied is a mention and no finding. The cues are data
(data/lexicons/stance.toml); how they combine stands in `Context.stance`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from threads.detectors.lexicon import FOLDER, common_sets, matcher, read_toml
from threads.detectors.quoting import Quotation, quotations
from threads.errors import LexiconError
from threads.text import Words

ACTS = ("deny", "condemn", "report", "in_group", "ask", "hedge", "insinuate", "affirm")
PLACES = ("before", "after", "inside", "sentence", "near", "next", "comment")
_VOIDING = ("affirm", "hedge")
_OVERLAPPING = (
    *_VOIDING,
    "insinuate",
    "in_group",
)  # may share words with the trope: "we Jews", "not all Jews"
_NO_DENIAL_IN_QUESTION = frozenset(
    {"negated", "negated-before"}
)  # "Aren't the banks run by …?" denies nothing
_MOST_CUES = 2000  # a comment has a few dozen; each is compared with each hit, of which there are at most 200
_NEXT_WORDS = 4  # a rejection opens the next sentence ("No, ...", "Well, that is nonsense")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A kind of words that shows a stance; see the head of stance.toml for what the fields mean."""

    id: str
    act: str
    where: str
    reason: str
    reach: int = 0
    claims: bool = False
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """A cue in a text: its words (first, one past the last), its span in the original and how it reads."""

    cue: Cue
    first: int
    stop: int
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The stance towards one match, and the cues that speak against taking it as a finding."""

    stance: str
    against: tuple[Spoken, ...] = ()


class Gate:
    """Knows the cues; `read` looks at one comment."""

    def __init__(self, path: Path = FOLDER / "stance.toml") -> None:
        tables, self.sha256 = read_toml(path)
        self.cues = tuple(_cue(table) for table in tables["cue"])
        sets = common_sets(path.parent / "sets.toml", tables.get("sets", {}), path.name)
        self._matcher = matcher(
            ((n, cue.patterns, f"{path.name}: cue {cue.id}") for n, cue in enumerate(self.cues)), sets
        )
        self._turns = frozenset(sets["turn"])

    def read(self, words: Words, parent_text: str | None = None) -> Context:
        """The context of one comment, in which its matches are then judged one by one."""
        found = [
            _spoken(self.cues[f.key], f.first, f.stop, words) for f in self._matcher.find(words)[:_MOST_CUES]
        ]
        return Context(words, _standing(found), quotations(words.text, parent_text), self._turns)


def _spoken(cue: Cue, first: int, stop: int, words: Words) -> Spoken:
    start, end = words.span(first, stop)
    return Spoken(cue, first, stop, start, end, " ".join(words.text[start:end].split()))


def _cue(table: dict[str, Any]) -> Cue:
    cue = Cue(**{**table, "patterns": tuple(table["patterns"])})
    if cue.act not in ACTS or cue.where not in PLACES:
        raise LexiconError(f"stance.toml: cue {cue.id} has an unknown act or place.")
    return cue


def _standing(found: list[Spoken]) -> list[Spoken]:
    """The cues without those that an affirming or hedging one overlaps ("nobody can deny")."""
    void = {word for s in found if s.cue.act in _VOIDING for word in range(s.first, s.stop)}
    return [s for s in found if s.cue.act in _VOIDING or void.isdisjoint(range(s.first, s.stop))]


@dataclass(frozen=True, slots=True)
class Context:
    """One comment: its words, the cues in it and what in it is quoted."""

    words: Words
    cues: list[Spoken]
    quoted: list[Quotation]
    turns: frozenset[str]

    def stance(
        self,
        first: int,
        stop: int,
        own: frozenset[str] = frozenset(),
        *,
        is_coded: bool = False,
        is_name: bool = False,
    ) -> Verdict:
        """What the author does with words first..stop; `own` are words that the trope itself may hold.

        `is_coded` says that they have an innocent sense, so that quotation marks may be scare quotes;
        `is_name` that they are a slur and no claim, so that nothing is denied by "no" or "he thinks".
        Denial and disapproval come first, then the own group, then other people's words unless the author
        agrees with them; what is left is hinted, asked or asserted.
        """
        asked = self.asked(first, stop)
        near = [s for s in self.cues if self.bears(s, first, stop, own)]
        near = [s for s in near if not (asked and s.cue.id in _NO_DENIAL_IN_QUESTION)]
        near = [s for s in near if not (is_name and s.cue.claims)]
        acts = {s.cue.act for s in near}
        quotation = self._quotation(first, stop, is_coded=is_coded)
        agreed = "affirm" in acts and any(s.cue.id == "agreement" for s in near)
        if quotation is not None:
            return self._quoted(quotation, near, agreed=agreed)
        rejecting = _of(near, "deny", "condemn")
        if rejecting:
            return Verdict("condemn", rejecting)
        if "in_group" in acts:
            return Verdict("in_group", _of(near, "in_group"))
        if "report" in acts and not agreed:
            return Verdict("report", _of(near, "report"))
        return _left(acts, near, asked=asked)

    def _quoted(self, quotation: Quotation, near: list[Spoken], *, agreed: bool) -> Verdict:
        """Quoted words: called out by what is said around them, agreed with, or merely reported."""
        outside = [s for s in self.cues if s.end <= quotation.start or s.start >= quotation.end]
        answers = [s for s in outside if s.cue.act == "condemn" or s.cue.where == "next"]
        rejecting = _of(
            answers if quotation.is_block else [s for s in near if s in outside], "deny", "condemn"
        )
        if rejecting:
            return Verdict("condemn", rejecting)
        if agreed or (quotation.is_block and any(s.cue.id == "agreement" for s in outside)):
            return Verdict("endorse")
        if self._is_all(quotation) and not any(s.cue.act == "report" for s in outside):
            return Verdict("unclear", (_as_spoken(quotation),))
        return Verdict("report", (_as_spoken(quotation),))

    def _is_all(self, quotation: Quotation) -> bool:
        """The comment is nothing but the quotation, so that nobody can tell what it is quoted for."""
        apart = (start for start, _ in self.words.spans if not quotation.start <= start < quotation.end)
        said = [at for at in apart if self.words.text[at] != "@" and self.words.text[at : at + 4] != "http"]
        return not said

    def voids(self, start: int, end: int) -> bool:
        """Whether an affirming cue takes back the words at start..end ("not a conspiracy theory")."""
        return any(s.cue.act in _VOIDING and s.start < end and start < s.end for s in self.cues)

    def _quotation(self, first: int, stop: int, *, is_coded: bool) -> Quotation | None:
        start, end = self.words.span(first, stop)
        half = (start + end) / 2  # its claim may be quoted and its subject not: Jews, he said, "run it all"
        around = (q for q in self.quoted if q.start <= (start if q.is_short else half) and end <= q.end)
        return next((q for q in around if not (q.is_short and is_coded)), None)

    def asked(self, first: int, stop: int) -> bool:
        """The sentence that holds the words ends in a question mark."""
        _, last = self.words.bounds(self.words.sentence(stop - 1))
        end = self.words.spans[last - 1][1]
        tail = self.words.text[end : end + 6]
        return "?" in tail.split("\n")[0]

    def bears(self, spoken: Spoken, first: int, stop: int, own: frozenset[str]) -> bool:
        """Whether the cue stands where it says something of the words first..stop."""
        where = spoken.cue.where
        inside = first <= spoken.first and spoken.stop <= stop
        if where == "inside":
            return inside and self.words.words[spoken.first] not in own
        # A leading cue may run into the trope ("stop blaming") with words that are not the trope's own.
        shared = self.words.words[first : spoken.stop]
        leads = where == "before" and spoken.first < first and not own.issuperset(shared)
        apart = leads or spoken.stop <= first or spoken.first >= stop
        if inside or not (apart or spoken.cue.act in _OVERLAPPING):
            return False
        if where == "comment":
            return True
        distance = self.words.sentence(spoken.first) - self.words.sentence(first)
        if where == "near":
            return abs(distance) <= 1
        if where == "next":
            opening = self.words.bounds(self.words.sentence(spoken.first))[0]
            return distance == 1 and spoken.first - opening < _NEXT_WORDS and self._is_whole(spoken)
        return distance == 0 and self._reaches(spoken, first, stop)

    def _is_whole(self, spoken: Spoken) -> bool:
        """A single word rejects only where it stands alone: "No.", "Wrong!", not "No one knows"."""
        after = self.words.text[spoken.end : spoken.end + 1]
        return spoken.stop - spoken.first > 1 or not after or after in ".,!?;:\n…"

    def _reaches(self, spoken: Spoken, first: int, stop: int) -> bool:
        """Within the sentence: on the right side, near enough, and no turn ("but", "I say") between."""
        if spoken.cue.where == "sentence":
            return True
        before = spoken.cue.where == "before"
        if before and spoken.first >= first:
            return False
        left, right = (min(spoken.stop, first), first) if before else (stop, spoken.first)
        if not 0 <= right - left <= spoken.cue.reach:
            return False
        if not self.turns.isdisjoint(self.words.words[left:right]):
            return False
        if before and any(left <= s.first and s.stop <= right for s in self.cues if s.cue.act == "affirm"):
            return False
        between = self.words.text[self.words.spans[left - 1][1] : self.words.spans[right][0]]
        stops = ",.;!?" if spoken.cue.act == "deny" and before else ".;!?"
        return not any(sign in between for sign in stops)


def _left(acts: set[str], near: list[Spoken], *, asked: bool) -> Verdict:
    if "ask" in acts and asked:
        return Verdict("report", _of(near, "ask"))
    return Verdict("insinuate" if asked or acts & {"hedge", "insinuate"} else "endorse")


def _of(spoken: Iterable[Spoken], *acts: str) -> tuple[Spoken, ...]:
    return tuple(s for s in spoken if s.cue.act in acts)


_QUOTED = Cue(id="quoted", act="report", where="comment", reason="it stands in a quotation")


def _as_spoken(quotation: Quotation) -> Spoken:
    return Spoken(_QUOTED, 0, 0, quotation.start, quotation.end, "")


@cache
def gate() -> Gate:
    """The gate with the cues that are shipped, built once."""
    return Gate()
