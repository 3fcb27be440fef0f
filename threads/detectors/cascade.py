"""A detector in two stages: a cheap one for every comment, the encoder for what that cannot rule out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from threads.detectors.antisemitism import names_target
from threads.detectors.base import Detector, Findings
from threads.detectors.encoder import HEADS, Encoder, Reading
from threads.detectors.join import Floats, Join, join_of, log_odds
from threads.detectors.linear import LinearModel, load_linear
from threads.detectors.occlusion import HIDDEN
from threads.detectors.rejecting import rejections
from threads.errors import ModelError
from threads.identity_terms import names_group
from threads.schema import EVIDENCE, FINDING_STANCES, conform
from threads.taxonomy import categories

FOLDER = Path(__file__).parent.parent / "data" / "models" / "cascade"

KNOWN = 4_096
"""Readings that are remembered, so that a comment which several detectors doubt is read once: as many as
`score_frame` passes to the detectors at a time."""

VETO = -1.7
"""The encoder's log odds (a chance of 0.15) below which a rule's finding does not stand by itself: of such
findings 24 % are right on development comments, of those above 56 % and more."""

TOLD = 0.28
"""A reading is told as evidence where the score with it or without it is at least this, the lowest threshold
of the default policy ..."""

MOVED = 0.05
"""... and where it moved the score by this much."""

_ADJECTIVES = {"toxicity": "toxic", "antisemitism": "antisemitic", "conspiracy": "conspiratorial"}
_SURE = 0.5
_YES = "the sentence encoder reads it as {adjective} ({chance:.0f} %)"
_NO = "the sentence encoder doubts that it is {adjective} ({chance:.0f} %)"

_CONTESTED = {category.id for category in categories().values() if category.contested}

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Cascade:
    """`first` over every comment, and the encoder over those that it cannot rule out or be sure of.

    Same name and heads as `first`. Where the encoder was asked, the first head is the joined score, and the
    passage it went by is evidence of kind `approximate` (threads.passages finds the words within). Words
    that the definitions of antisemitism disagree on are hidden from it where nothing else was found: it has
    learned by one of these definitions, and must not decide between them.
    """

    first: Detector
    folder: Path = FOLDER

    @property
    def name(self) -> str:
        return self.first.name

    @property
    def heads(self) -> tuple[str, ...]:
        return self.first.heads

    def describe(self) -> dict[str, Any]:
        """The first stage, the encoder, and the hash of what joins them."""
        return {
            "kind": "cascade",
            "first": self.first.describe(),
            "encoder": encoder().describe(),
            "join_sha256": sha256(self._facts).hexdigest(),
        }

    def detect(self, comments: pd.DataFrame) -> Findings:
        found = self.first.detect(comments)
        ids = comments["comment_id"].tolist()
        texts = comments["text"].fillna("").tolist()
        screened = self._screened(texts, found)
        asked = np.flatnonzero(self._doubtful(texts, screened, found))
        hidden = _contested(found, self.name)
        readings = [read(without(texts[row], hidden[ids[row]])) for row in asked]
        before = found.scores[self.name].to_numpy(np.float64)
        signs = self._signs(readings, before[asked], screened[asked])
        signs["mention"] = only_mentions(found)[asked].astype(np.float64)
        if "unnamed" in self.join.weights:
            signs["unnamed"] = unnamed(texts, found)[asked]
        joined = before.copy()
        joined[asked] = self._standing(before[asked], self.join.chances(signs), signs["encoder"])
        scores = found.scores.assign(**{self.name: joined.astype(np.float32)})
        told = [
            row
            for place, reading in zip(asked, readings, strict=True)
            for row in self._told(ids[place], reading, float(before[place]), float(joined[place]))
        ]
        told += self._rejections(comments, found)
        return Findings(scores, _with(found.evidence, told), {"first": len(texts), "encoder": len(asked)})

    def _rejections(self, comments: pd.DataFrame, found: Findings) -> Iterator[dict[str, Any]]:
        """Replies that reject what only the encoder found in their parents."""
        if self._screen is not None:
            told, adjective = set(found.evidence["comment_id"]), _ADJECTIVES[self.name]
            yield from rejections(comments, self.name, adjective, told, self._chances)

    def _chances(self, texts: list[str]) -> Floats:
        """The joined score of texts that the screen lets pass, each by itself; 0 for the others."""
        chances = np.zeros(len(texts))
        if self._screen is None:
            return chances
        passed = np.flatnonzero(self._screen.log_odds(texts) >= self.join.low)
        if len(passed):
            some = pd.DataFrame({"comment_id": list(map(str, passed)), "text": [texts[at] for at in passed]})
            chances[passed] = self.detect(some).scores[self.name].to_numpy(np.float64)
        return chances

    @cached_property
    def join(self) -> Join:
        return join_of(self.name, self._facts)

    @cached_property
    def _facts(self) -> bytes:
        try:
            return (self.folder / "join.json").read_bytes()
        except OSError as problem:
            raise ModelError(f"The cascade in {self.folder} cannot be read: {problem}.") from problem

    @cached_property
    def _screen(self) -> LinearModel | None:
        """The n-grams that screen for a head of rules; a first stage of n-grams screens by itself."""
        folder = self.folder / self.name
        return load_linear(folder) if folder.is_dir() else None

    def _screened(self, texts: Sequence[str], found: Findings) -> Floats:
        """The screen's log odds of each comment."""
        if self._screen is None:
            return log_odds(found.scores[self.name].to_numpy(np.float64))
        screened: Floats = np.clip(self._screen.log_odds(texts), -10, 10)
        return screened

    def _doubtful(self, texts: Sequence[str], screened: Floats, found: Findings) -> Flags:
        """The comments that the encoder reads: between the bounds, or with a trope or a group's name in them.

        Hatred of a group can be said in words that n-grams know as harmless.
        """
        doubtful = screened >= self.join.low
        if self._screen is None:
            doubtful |= np.array([names_group(text) for text in texts], np.bool_)
        else:
            doubtful |= found.scores["comment_id"].isin(set(found.evidence["comment_id"])).to_numpy()
        in_doubt: Flags = doubtful & (screened <= self.join.high)
        return in_doubt

    def _signs(self, readings: Sequence[Reading], before: Floats, screened: Floats) -> dict[str, Floats]:
        table = np.array([reading.log_odds for reading in readings]).reshape(-1, len(HEADS)).clip(-10, 10)
        read = dict(zip(HEADS, table.T, strict=True))
        return {**read, "encoder": read[self.name], "first": log_odds(before), "screen": screened}

    def _standing(self, before: Floats, joined: Floats, encoder_odds: Floats) -> Floats:
        """The joined score, or what is more: the encoder's behind n-grams, which may know the words of hatred
        as harmless; that of rules which the encoder does not veto.
        """
        if self._screen is None:
            read: Floats = np.maximum(joined, 1 / (1 + np.exp(-encoder_odds)))
            return read
        standing: Floats = np.where(encoder_odds >= VETO, np.maximum(before, joined), joined)
        return standing

    def _told(
        self, comment_id: str, reading: Reading, before: float, after: float
    ) -> Iterator[dict[str, Any]]:
        """The passage that the encoder went by, where it moved a score that matters."""
        column = HEADS.index(self.name)
        chance = 1 / (1 + np.exp(-reading.log_odds[column]))
        start, end = reading.places[column]
        agrees = (after > before) == (chance >= _SURE)
        if max(before, after) < TOLD or abs(after - before) < MOVED or not agrees or start == end:
            return
        told = _YES if chance >= _SURE else _NO
        yield {
            "comment_id": comment_id, "detector": self.name, "category": "", "kind": "approximate",
            "stance": None, "start": start, "end": end,
            "weight": after - before, "rule": RULE,
            "reason": told.format(adjective=_ADJECTIVES[self.name], chance=100 * chance),
        }  # fmt: skip


RULE = "encoder:passage"
"""The rule of a passage that the encoder went by."""


def unnamed(texts: Sequence[str], found: Findings) -> Floats:
    """1 where nothing in a comment names Jews and no rule found anything, else 0."""
    hit = found.scores["comment_id"].isin(set(found.evidence["comment_id"]))
    rows = [not is_hit and not names_target(text) for text, is_hit in zip(texts, hit, strict=True)]
    return np.array(rows, np.float64)


def only_mentions(found: Findings) -> Flags:
    """Whether a trope was found in each comment, and in none of them as the author's own."""
    rows = found.evidence[found.evidence["weight"] > 0]
    asserted = rows["stance"].fillna("").isin(["", *FINDING_STANCES])
    ids = found.scores["comment_id"]
    mentioned: Flags = (ids.isin(rows["comment_id"]) & ~ids.isin(rows.loc[asserted, "comment_id"])).to_numpy()
    return mentioned


def _contested(found: Findings, head: str) -> dict[str, list[tuple[int, int]]]:
    """The words that the definitions disagree on, in comments in which nothing else was found."""
    rows = found.evidence[found.evidence["category"].isin(_CONTESTED) & (found.evidence["weight"] > 0)]
    clear = set(found.scores.loc[found.scores[head] == 0, "comment_id"])
    hidden = defaultdict[str, list[tuple[int, int]]](list)
    for comment_id, start, end in zip(rows["comment_id"], rows["start"], rows["end"], strict=True):
        if comment_id in clear:
            hidden[comment_id].append((start, end))
    return hidden


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with a sign in place of the words of each span, every other letter at its place."""
    for start, end in spans:
        sign = HIDDEN if end - start >= len(HIDDEN) else ""
        text = text[:start] + sign.ljust(end - start) + text[end:]
    return text


def _with(evidence: pd.DataFrame, told: list[dict[str, Any]]) -> pd.DataFrame:
    if not told:
        return evidence
    return pd.concat([conform(evidence, EVIDENCE), conform(pd.DataFrame(told), EVIDENCE)], ignore_index=True)


@cache
def encoder() -> Encoder:
    """The encoder that is shipped, loaded once a process."""
    return Encoder()


@lru_cache(maxsize=KNOWN)
def read(text: str) -> Reading:
    """What the encoder that is shipped says of a text."""
    return next(encoder().read([text]))
