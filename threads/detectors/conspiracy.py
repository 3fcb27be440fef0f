"""Conspiratorial talk by lexicon and stance gate, over narrative elements, traits and cues of secrecy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from threads.detectors.lexicon import FOLDER, common_sets, load, matcher, read_toml
from threads.detectors.pattern import Matcher
from threads.detectors.stance import gate
from threads.detectors.tropes import Judged, TropeDetector, by_category, noisy_or
from threads.text import Words

ELEMENTS = (*(f"N{number}" for number in range(1, 9)), *(f"T{number}" for number in range(1, 8)), "S")
_DEEDS = frozenset({"N2", "N6"})
_SIGNS = frozenset({"T2", "T3", "T6", "T7", "S"})
_NEIGHBOURS = 1  # sentences between an agent and the deed: the same or the next one
_LEXICON = FOLDER / "conspiracy.toml"
_NAMED = ("{plotters}", "{powers}", "{trade}", "{officials}", "{overseers}")


@cache
def conspiracy() -> TropeDetector:
    """The detector with the lexicon that is shipped, built once. LexiconError where that is malformed."""
    return TropeDetector(
        name="conspiracy",
        heads=("conspiracy", "suspicion"),
        lexicon=load(_LEXICON, ELEMENTS),
        gate=gate(),
        rule=_scores,
        targeted=_nobody,
    )


def _nobody(words: Words, sentence: int) -> bool:
    """No group is the target of plots: an ambiguous hit has no second signal from one."""
    return False


def _scores(judged: Sequence[Judged], words: Words) -> tuple[float, float]:
    """`conspiracy` where an agent and a deed or aim are asserted close together, with a trait or a cue of
    secrecy; `suspicion` for any element at all. Both noisy-or over elements.
    """
    found = [item for item in judged if item.is_finding]
    suspicion = noisy_or(by_category(found).values())
    return (suspicion if is_plot(found, words) else 0.0), suspicion


def is_plot(found: Sequence[Judged], words: Words) -> bool:
    """The rule by which a comment is flagged: agent, deed or aim beside it, and a sign of the genre.

    Where findings stand apart from each other, somebody named in the sentence of the deed or in the one
    before it, whom "they" then takes up, is an agent too.
    """
    deeds = _sentences(found, _DEEDS, words)
    if not deeds or not _sentences(found, _SIGNS, words):
        return False
    agents = _sentences(found, {"N1"}, words)
    if any(abs(agent - deed) <= _NEIGHBOURS for agent in agents for deed in deeds):
        return True
    named = _named(words) if _stand_apart(found) else set()
    return any(0 <= deed - agent <= _NEIGHBOURS for agent in named for deed in deeds)


def _stand_apart(found: Sequence[Judged]) -> bool:
    """Two findings that share no word: "secret plan" alone may mean two things, but is said once."""
    return min(item.hit.stop for item in found) <= max(item.hit.first for item in found)


def _named(words: Words) -> set[int]:
    """The sentences that name somebody who could have done it: a power, a trade, an office."""
    return {words.sentence(found.first) for found in _agents().find(words)}


@cache
def _agents() -> Matcher:
    sets = common_sets(FOLDER / "sets.toml", read_toml(_LEXICON)[0]["sets"], _LEXICON.name)
    return matcher([(0, _NAMED, _LEXICON.name)], sets)


def _sentences(found: Iterable[Judged], elements: Iterable[str], words: Words) -> set[int]:
    wanted = frozenset(elements)
    return {words.sentence(i.hit.first) for i in found if not wanted.isdisjoint(i.hit.entry.elements)}
