"""What the trope detectors share: find lexicon entries, pass them through the stance gate, write evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from threads.detectors.base import Findings
from threads.detectors.lexicon import Hit, Lexicon
from threads.detectors.stance import Context, Gate, Spoken, Verdict
from threads.schema import FINDING_STANCES
from threads.text import Words, words

FACTOR = {"endorse": 1.0, "insinuate": 0.75, "unclear": 0.5}
"""How much of an entry's weight counts under a stance. By judgement: a hinted trope of full weight still
passes a threshold of 0.5, an unclear one reaches it only in company."""

_INSULTS = frozenset({"A2"})
_NAME_WORDS = 2  # "k-word", "filthy k-word"; more words make a claim
_AMBIGUOUS = 2  # from here on an entry needs a second signal (data/lexicons, TAXONOMY of the entries)


@dataclass(frozen=True, slots=True)
class Judged:
    """A hit and what the author does with it; `weight` is what it adds to a score, 0 for a mention."""

    hit: Hit
    verdict: Verdict
    plain: bool = False

    @property
    def is_finding(self) -> bool:
        return not self.plain and self.verdict.stance in FINDING_STANCES

    @property
    def weight(self) -> float:
        return self.hit.entry.weight * FACTOR[self.verdict.stance] if self.is_finding else 0.0


Heads = Callable[[Sequence[Judged], Words], tuple[float, ...]]
Targeted = Callable[[Words, int], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class TropeDetector:
    """A Detector made of a lexicon, the gate and a rule that turns judged hits into its heads' scores.

    `targeted(words, sentence)` says whether a sentence names the target group, a second signal.
    """

    name: str
    heads: tuple[str, ...]
    lexicon: Lexicon
    gate: Gate
    rule: Heads
    targeted: Targeted

    def describe(self) -> dict[str, Any]:
        return {
            "kind": "lexicon with stance gate",
            "entries": len(self.lexicon.entries),
            "lexicon_sha256": self.lexicon.sha256,
            "stance_sha256": self.gate.sha256,
        }

    def judge(self, text: str, parent_text: str | None = None) -> tuple[Words, list[Judged]]:
        """Every hit in a text with its verdict, in reading order."""
        cut = words(text)
        hits = self.lexicon.find(cut)
        if not hits:
            return cut, []
        context = self.gate.read(cut, parent_text)
        judged = [_judged(hit, context) for hit in hits]
        sure = [j for j in judged if j.hit.entry.ambiguity < _AMBIGUOUS and j.is_finding]
        return cut, [self._supported(j, sure, judged, cut) for j in judged]

    def _supported(self, judged: Judged, sure: list[Judged], others: list[Judged], cut: Words) -> Judged:
        """An ambiguous hit without a second signal is taken in its plain meaning."""
        hit = judged.hit
        if hit.entry.ambiguity < _AMBIGUOUS or not judged.is_finding:
            return judged
        if hit.raised or sure or self.targeted(cut, cut.sentence(hit.first)):
            return judged
        return Judged(hit, judged.verdict, plain=True)

    def detect(self, comments: pd.DataFrame) -> Findings:
        scores: list[tuple[float, ...]] = []
        evidence: list[tuple[object, ...]] = []
        parents = comments.parent_text if "parent_text" in comments else pd.Series(None, comments.index)
        for comment_id, text, parent in zip(comments.comment_id, comments.text, parents, strict=True):
            body = text if isinstance(text, str) else ""
            cut, judged = self.judge(body, parent if isinstance(parent, str) else None)
            scores.append(self.rule(judged, cut) if judged else (0.0,) * len(self.heads))
            evidence += [(comment_id, self.name, *row) for row in _rows(judged)]
        table = pd.DataFrame(scores, columns=list(self.heads), index=comments.index, dtype="float32")
        table.insert(0, "comment_id", comments.comment_id)
        return Findings(table, pd.DataFrame(evidence, columns=list(_COLUMNS)))


_COLUMNS = (
    "comment_id", "detector", "category", "start", "end", "weight", "rule", "kind", "stance", "reason",
)  # fmt: skip


def _judged(hit: Hit, context: Context) -> Judged:
    """A word that lowers the entry makes a finding a mention, unless the author takes that word back."""
    if hit.lowered is not None and context.voids(*hit.lowered):
        hit = replace(hit, lowered=None)
    is_name = hit.entry.category in _INSULTS and hit.stop - hit.first <= _NAME_WORDS
    coded = hit.entry.ambiguity > 0
    verdict = context.stance(hit.first, hit.stop, hit.own, is_coded=coded, is_name=is_name)
    if hit.lowered is not None and verdict.stance in FINDING_STANCES:
        verdict = Verdict("report", verdict.against)
    return Judged(hit, verdict)


def _rows(judged: Iterable[Judged]) -> Iterable[tuple[object, ...]]:
    """Evidence rows: each hit, then once each what speaks against it (weight below 0)."""
    against: dict[tuple[int, int, str], tuple[object, ...]] = {}
    for item in judged:
        hit, entry = item.hit, item.hit.entry
        stance = "report" if item.plain else item.verdict.stance
        weight = item.weight if item.is_finding else entry.weight
        yield (entry.category, hit.start, hit.end, weight, entry.id, "rule", stance, entry.coded)
        for start, end, rule, reason in _objections(item):
            row = (entry.category, start, end, -entry.weight, rule, "rule", stance, reason)
            against.setdefault((start, end, rule), row)
    yield from against.values()


def _objections(item: Judged) -> Iterable[tuple[int, int, str, str]]:
    hit = item.hit
    for spoken in item.verdict.against:
        yield spoken.start, spoken.end, f"stance:{spoken.cue.id}", _reason(spoken)
    if hit.lowered is not None:
        yield *hit.lowered, "stance:lowered", f"these words speak for the plain meaning: {hit.entry.plain}"
    if item.plain:
        yield hit.start, hit.end, "stance:plain", f"may be meant plainly: {hit.entry.plain}"


def _reason(spoken: Spoken) -> str:
    return spoken.cue.reason.format(words=spoken.words)


def noisy_or(weights: Iterable[float]) -> float:
    """The chance that at least one of several independent signs is right, in [0, 1]."""
    missed = 1.0
    for weight in weights:
        missed *= 1 - weight
    return 1 - missed


def by_category(judged: Iterable[Judged]) -> dict[str, float]:
    """The strongest finding of each category; saying the same thing twice adds nothing."""
    strongest: dict[str, float] = {}
    for item in judged:
        category = item.hit.entry.category
        strongest[category] = max(item.weight, strongest.get(category, 0.0))
    return strongest
