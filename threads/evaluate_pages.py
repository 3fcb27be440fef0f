"""How well a page was taken apart: comments found and authors right, against the page's gold comments."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

ALIKE = 0.8
"""A comment is found where its text is as similar as this, spaces aside, and begins at the same words."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over one page or many: they add up."""

    gold: int = 0
    found: int = 0
    matched: int = 0
    authors: int = 0
    authors_right: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(self.counts(), other.counts(), strict=True)))

    def counts(self) -> tuple[int, ...]:
        return self.gold, self.found, self.matched, self.authors, self.authors_right

    @property
    def precision(self) -> float:
        return self.matched / self.found if self.found else float(self.gold == 0)

    @property
    def recall(self) -> float:
        return self.matched / self.gold if self.gold else 1.0

    @property
    def author_accuracy(self) -> float:
        """Share of the matched comments whose author (or lack of one) is right."""
        return self.authors_right / self.authors if self.authors else 1.0


def compare(found: Sequence[tuple[str | None, str]], gold: Sequence[tuple[str | None, str]]) -> Tally:
    """Match found (author, text) pairs with the gold ones, in order and each at most once."""
    matched = right = 0
    at = 0
    for author, text in found:
        hit = next((i for i in range(at, len(gold)) if _same(text, gold[i][1])), None)
        if hit is None:
            continue
        at, matched = hit + 1, matched + 1
        right += _plain(author) == _plain(gold[hit][0])
    return Tally(len(gold), len(found), matched, matched, right)


def _plain(name: str | None) -> str:
    return "".join((name or "").split()).rstrip(".").casefold()


def _same(text: str, gold: str) -> bool:
    one, two = " ".join(text.split()), " ".join(gold.split())
    if one == two:
        return True
    if not one or not two or not 0.66 <= len(one) / len(two) <= 1.5:
        return False
    head = min(12, len(one), len(two))
    if difflib.SequenceMatcher(None, one[:head], two[:head]).ratio() < ALIKE:
        return False
    one, two = one[:2000], two[:2000]
    return difflib.SequenceMatcher(None, one, two, autojunk=False).quick_ratio() >= ALIKE
