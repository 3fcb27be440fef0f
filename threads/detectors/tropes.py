"""What the trope detectors share: find lexicon entries, pass them through the stance gate, write evidence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from threads.detectors.answering import Answer, Answers, answers
from threads.detectors.base import Findings
from threads.detectors.lexicon import Hit, Lexicon
from threads.detectors.stance import Context, Gate, Spoken, Verdict
from threads.schema import FINDING_STANCES
from threads.text import Words, words

FACTOR = {"endorse": 1.0, "insinuate": 0.75, "unclear": 0.5}
"""How much of an entry's weight counts under a stance. By judgement: a hinted trope of full weight still
passes a threshold of 0.5, an unclear one reaches it only in company."""

AGREEING = 0.1
"""What agreeing with a trope of the parent adds, and all that it can: below any threshold in use, so that a
person decides who sees both. By judgement."""

_HELD = 0.5  # the score from which a parent holds a trope that can be answered: the policy's threshold
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


@dataclass(frozen=True, slots=True)
class Above:
    """The trope that a parent asserts, and what it would score with this one alone."""

    item: Judged
    scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer adds to the reply: its scores, and its row of evidence after the first two columns."""

    scores: tuple[float, ...]
    row: tuple[object, ...]


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
    answers: Answers = field(default_factory=answers)

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
        texts = [text if isinstance(text, str) else "" for text in comments.text.tolist()]
        given = comments.parent_text.tolist() if "parent_text" in comments else [None] * len(texts)
        parents = [parent if isinstance(parent, str) else None for parent in given]
        scores: list[tuple[float, ...]] = []
        evidence: list[list[tuple[object, ...]]] = []
        bare: set[str] = set()
        for text, parent in zip(texts, parents, strict=True):
            cut, judged = self.judge(text, parent)
            scores.append(self._scored(judged, cut))
            evidence.append(list(_rows(judged)))
            if not judged:
                bare.add(text)
        for at, answered in self._answers(texts, parents, bare):
            scores[at] = tuple(max(pair) for pair in zip(scores[at], answered.scores, strict=True))
            evidence[at].append(answered.row)
        table = pd.DataFrame(scores, columns=list(self.heads), index=comments.index, dtype="float32")
        table.insert(0, "comment_id", comments.comment_id)
        pairs = zip(comments.comment_id, evidence, strict=True)
        rows = [(comment_id, self.name, *row) for comment_id, found in pairs for row in found]
        return Findings(table, pd.DataFrame(rows, columns=list(_COLUMNS)))

    def _scored(self, judged: Sequence[Judged], cut: Words) -> tuple[float, ...]:
        return self.rule(judged, cut) if judged else (0.0,) * len(self.heads)

    def _answers(
        self, texts: Sequence[str], parents: Sequence[str | None], bare: Collection[str]
    ) -> Iterable[tuple[int, Answered]]:
        """What the replies without a trope of their own do with their parents', by the reply's place.

        A text in `bare` holds no entry; other parents, few, are read once and by themselves.
        """
        known: dict[str, Above | None] = {}
        for at, (text, parent) in enumerate(zip(texts, parents, strict=True)):
            if not parent or parent in bare:
                continue
            if parent not in known:
                known[parent] = self._above(parent)
            above = known[parent]
            answer = self._answer(text, parent) if above is not None else None
            if above is not None and answer is not None:
                yield at, _as_answered(answer, above)

    def _answer(self, text: str, parent_text: str) -> Answer | None:
        cut, judged = self.judge(text, parent_text)
        asserts = self._scored(judged, cut)[0] > 0
        mentions = any(not item.plain and not item.is_finding for item in judged)
        return None if asserts or mentions else self.answers.read(cut)

    def _above(self, text: str) -> Above | None:
        """The trope for which a parent is a finding, agreed on by the definitions where one is."""
        cut, judged = self.judge(text)
        if self._scored(judged, cut)[0] < _HELD:
            return None
        found = [(self.rule([item], cut), item) for item in judged if item.is_finding]
        alone, strongest = max(found, key=lambda pair: (pair[0][0] > 0, pair[1].weight))
        return Above(strongest, alone)


_COLUMNS = (
    "comment_id", "detector", "category", "start", "end", "weight", "rule", "kind", "stance", "reason",
)  # fmt: skip


def _as_answered(answer: Answer, above: Above) -> Answered:
    """A rejection weighs like a mention of the same trope and scores nothing; agreement next to nothing."""
    entry = above.item.hit.entry
    agreeing = answer.stance in FINDING_STANCES
    scores = tuple(min(AGREEING, score) if agreeing else 0.0 for score in above.scores)
    weight = AGREEING if agreeing else entry.weight
    rule, reason = f"answer:{answer.cue.id}", answer.reason(entry.coded)
    row = (entry.category, answer.start, answer.end, weight, rule, "rule", answer.stance, reason)
    return Answered(scores, row)


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
