"""Antisemitism by lexicon and stance gate, over the categories A1–A16 of the taxonomy."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial

from threads.detectors.lexicon import FOLDER, common_sets, load, matcher
from threads.detectors.pattern import Matcher
from threads.detectors.stance import gate
from threads.detectors.tropes import Judged, TropeDetector, by_category, noisy_or
from threads.taxonomy import categories
from threads.text import Words, words

CATEGORIES = tuple(f"A{number}" for number in range(1, 17))
_TARGETS = ("{jews}", "{jew_slurs}", "{zionists}", "judaism", "talmud*", "synagogue*", "rabbi|rabbis")


@cache
def antisemitism() -> TropeDetector:
    """The detector with the lexicon that is shipped, built once. LexiconError where that is malformed."""
    return TropeDetector(
        name="antisemitism",
        heads=("antisemitism", "antisemitism_contested"),
        lexicon=load(FOLDER / "antisemitism.toml", CATEGORIES),
        gate=gate(),
        rule=_scores,
        targeted=partial(_names_target, _targets()),
    )


def _scores(judged: Sequence[Judged], _: Words) -> tuple[float, float]:
    """Noisy-or over categories. What the published definitions disagree on (A12–A15) has a head of its
    own, and counts towards the first only beside something that they agree on.
    """
    strongest = by_category(judged)
    contested = {c: w for c, w in strongest.items() if categories()[c].contested}
    agreed = any(weight > 0 for c, weight in strongest.items() if c not in contested)
    return noisy_or(strongest.values()) if agreed else 0.0, noisy_or(contested.values())


@cache
def _targets() -> Matcher:
    return matcher([(0, _TARGETS, "targets")], common_sets(FOLDER / "sets.toml", {}, "targets"))


def names_target(text: str) -> bool:
    """Whether a text names Jews, Zionists or what is theirs, in any word of the lexicon's."""
    return any(True for _ in _targets().find(words(text)))


def _names_target(targets: Matcher, words: Words, sentence: int) -> bool:
    return any(words.sentence(found.first) == sentence for found in targets.find(words))
