"""How well a page was taken apart: comments found and authors right, against the page's gold comments."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

ALIKE = 0.8
"""A comment is found where its text is as similar as this, spaces aside, and begins at the same words."""

Pair = tuple[str | None, str]
"""Author (None where there is no name) and text."""


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


def compare(found: Sequence[Pair], gold: Sequence[Pair]) -> Tally:
    """Match found (author, text) pairs with the gold ones, in order and each at most once."""
    matched = matches([text for _, text in found], [text for _, text in gold])
    right = sum(
        _plain(author) == _plain(gold[hit][0])
        for (author, _), hit in zip(found, matched, strict=True)
        if hit is not None
    )
    count = sum(hit is not None for hit in matched)
    return Tally(len(gold), len(found), count, count, right)


def matches(found: Sequence[str], gold: Sequence[str]) -> list[int | None]:
    """Which gold comment each found one is, None for none: in order, each gold one at most once.

    What is the same in both is matched first, so that one comment too many does not push those after it
    onto wrong partners; then what is alike in between.
    """
    one, two = [" ".join(text.split()) for text in found], [" ".join(text.split()) for text in gold]
    blocks = difflib.SequenceMatcher(None, one, two, autojunk=False).get_matching_blocks()
    matched: list[int | None] = [None] * len(one)
    row = at = 0
    for block in blocks:
        for this in range(row, block.a):
            hit = next((i for i in range(at, block.b) if _alike(one[this], two[i])), None)
            if hit is not None:
                matched[this], at = hit, hit + 1
        matched[block.a : block.a + block.size] = range(block.b, block.b + block.size)
        row, at = block.a + block.size, block.b + block.size
    return matched


def _plain(name: str | None) -> str:
    return "".join((name or "").split()).rstrip(".").casefold()


def _alike(one: str, two: str) -> bool:
    if not one or not two or not 0.66 <= len(one) / len(two) <= 1.5:
        return False
    head = min(12, len(one), len(two))
    if difflib.SequenceMatcher(None, one[:head], two[:head]).ratio() < ALIKE:
        return False
    one, two = one[:2000], two[:2000]
    return difflib.SequenceMatcher(None, one, two, autojunk=False).quick_ratio() >= ALIKE
