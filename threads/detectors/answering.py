"""What a reply that holds no trope does with the one above it: rejects it, agrees with it, or neither.

"That is a disgusting lie" condemns what it answers; "Exactly. Wake up" may assert it. Only a cue that points
at the parent counts (`answer` in data/lexicons/stance.toml), so that the parent need not be read otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from threads.detectors.lexicon import FOLDER, common_sets, matcher, read_toml
from threads.detectors.pattern import Found, Sets, parse
from threads.detectors.stance import Context, Gate, Spoken, gate
from threads.errors import LexiconError
from threads.text import Words

ACTS = ("reject", "doubt", "agree")
PLACES = ("start", "pointing", "alone")
_OPENING = 2  # sentences of a longer reply that speak of what is above; later ones may have moved on
_SHORT = 25  # words of a reply all of which does
_ALONE = 6  # words of a reply that is hardly more than the cue
_LEAD = 1  # words before a cue that still opens its sentence: "lol exactly", "and reported"
_MOST_CUES = 50  # a reply has one or two; a flood of them says no more
_DOUBTS = 2  # "Source? This is a hoax": one alone may ask, or be appalled by what the parent tells


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCue:
    """Words that show what a reply does with its parent; the fields are explained in stance.toml."""

    id: str
    act: str
    where: str
    reason: str
    patterns: tuple[str, ...]
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reply does with its parent: its stance, and the words at start..end that show it."""

    stance: str
    cue: AnswerCue
    start: int
    end: int
    words: str

    def reason(self, coded: str) -> str:
        """The rule in words, given what the parent asserts."""
        return f"{self.cue.reason.format(words=self.words)} the comment above, which asserts: {coded}"


class Answers:
    """Knows the cues by which replies answer; `read` looks at one reply."""

    def __init__(self, gate: Gate, path: Path = FOLDER / "stance.toml") -> None:
        tables, _ = read_toml(path)
        self._gate = gate
        self._cues = tuple(_cue(table) for table in tables["answer"])
        sets = common_sets(path.parent / "sets.toml", tables.get("sets", {}), path.name)
        self._own = tuple(_own(cue.patterns, sets) for cue in self._cues)
        self._matcher = matcher(
            ((n, cue.patterns, f"{path.name}: answer {cue.id}") for n, cue in enumerate(self._cues)), sets
        )

    def read(self, words: Words) -> Answer | None:
        """What the reply does with its parent; None where it does not say.

        Rejection is `condemn`; agreement is `unclear`, beside a rejection too, and `in_group` where the
        author speaks of the own group.
        """
        found = self._matcher.find(words)[:_MOST_CUES]
        found = [f for f in _longest(found) if _points(self._cues[f.key], f, words)]
        if not found:
            return None
        context = self._gate.read(words)
        meant = [f for f in found if self._is_meant(f, words, context)]
        shown = _decisive([(self._cues[f.key].act, f) for f in meant])
        if shown is None:
            return None
        cue, (start, end) = self._cues[shown.key], words.span(shown.first, shown.stop)
        stance = _stance({self._cues[f.key].act for f in meant}, context.cues)
        return Answer(stance, cue, start, end, " ".join(words.text[start:end].split()))

    def _is_meant(self, found: Found, words: Words, context: Context) -> bool:
        """Not denied, not others' words, not taken back and not asked: "I don't think that is a lie"."""
        key, first, stop = found
        cue, own = self._cues[key], self._own[key]
        if not cue.asked and context.asked(first, stop):
            return False
        if any(context.bears(s, first, stop, own) for s in context.cues if _is_scope(s)):
            return False
        core = {at for at in range(first + 1, stop) if words.words[at] in own}
        void = (s for s in context.cues if s.cue.act in ("affirm", "hedge"))
        return cue.act == "agree" or all(core.isdisjoint(range(s.first, s.stop)) for s in void)


def _cue(table: dict[str, Any]) -> AnswerCue:
    cue = AnswerCue(**{**table, "patterns": tuple(table["patterns"])})
    if cue.act not in ACTS or cue.where not in PLACES:
        raise LexiconError(f"stance.toml: answer {cue.id} has an unknown act or place.")
    return cue


def _own(patterns: Sequence[str], sets: Sets) -> frozenset[str]:
    """Every word that the patterns themselves hold; a negation among them denies nothing."""
    elements = (element for pattern in patterns for places in parse(pattern, sets) for element in places)
    return frozenset(word for element in elements for phrase in element.phrases for word in phrase)


def _points(cue: AnswerCue, found: Found, words: Words) -> bool:
    """Whether the cue stands where it speaks of the parent."""
    sentence = words.sentence(found.first)
    if cue.where == "alone":
        return len(words.words) <= _ALONE
    if sentence >= _OPENING and len(words.words) > _SHORT:
        return False
    if cue.where == "pointing":
        return True
    opening = words.bounds(sentence)[0]
    return _opens(found.first, opening, words) and _is_whole(found, words)


def _opens(first: int, opening: int, words: Words) -> bool:
    """It begins the sentence, or a part of it that a comma sets off ("As a teacher, I agree")."""
    gap = words.text[words.spans[first - 1][1] : words.spans[first][0]] if first > opening else ","
    return first - opening <= _LEAD or "," in gap


def _is_whole(found: Found, words: Words) -> bool:
    """A single word answers only where it stands alone: "Exactly.", not "exactly how"."""
    _, end = words.span(found.first, found.stop)
    return found.stop - found.first > 1 or words.text[end : end + 1] in ("", *".,!?;:\n…)-–—")


def _longest(found: Sequence[Found]) -> list[Found]:
    """Without what lies within a longer cue: "yeah right" does not agree."""
    return [
        f for f in found if not any(g.first <= f.first and f.stop <= g.stop and g[1:] != f[1:] for g in found)
    ]


def _is_scope(spoken: Spoken) -> bool:
    return spoken.cue.act in ("deny", "report") and spoken.cue.where in ("before", "inside")


def _decisive(meant: Sequence[tuple[str, Found]]) -> Found | None:
    """The cue to show: the first rejection, else the first agreement, else the first of several doubts."""
    doubts = [found for act, found in meant if act == "doubt"]
    rejecting = [found for act, found in meant if act == "reject"]
    agreeing = [found for act, found in meant if act == "agree"]
    shown = rejecting or agreeing or (doubts if len(doubts) >= _DOUBTS else [])
    return min(shown, key=lambda found: found.first, default=None)


def _stance(acts: set[str], around: Sequence[Spoken]) -> str:
    if "agree" not in acts:
        return "condemn"
    return "in_group" if any(s.cue.act == "in_group" for s in around) else "unclear"


@cache
def answers() -> Answers:
    """The cues that are shipped, built once."""
    return Answers(gate())
