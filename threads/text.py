"""Text as the detectors see it: cut into folded words and sentences, offsets kept.

Every offset that leaves this module is a code point of the *original* text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property, lru_cache

from threads.folding import Folded, fold
from threads.markup import strip_markup

__all__ = ["Folded", "Words", "fold", "sentences", "strip_markup", "words"]


class Words:
    """The words of a text in folded form, where each stands in the original, and in which sentence.

    Places and sentences are worked out when first asked for: most comments hold no word that matters.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._folded = fold(text)
        self.words = [word if word.isalpha() else _normal(word) for word in _WORD.findall(self._folded.text)]
        self._spans: list[tuple[int, int]] | None = None
        if "#" in text:
            self._spans = self._cut_hashtags()

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Start and end of each word in the original text."""
        if self._spans is None:
            self._spans = [self._folded.span(*match.span()) for match in _WORD.finditer(self._folded.text)]
        return self._spans

    def span(self, first: int, stop: int) -> tuple[int, int]:
        """Where the words first..stop (one past the last) stand in the original text."""
        return self.spans[first][0], self.spans[stop - 1][1]

    @cached_property
    def cuts(self) -> list[int]:
        """Index of the first word of each sentence, then the number of words."""
        return _cuts(self.text, [start for start, _ in self.spans])

    def sentence(self, word: int) -> int:
        """Number of the sentence that holds the word."""
        return bisect_right(self.cuts, word) - 1

    def bounds(self, sentence: int) -> tuple[int, int]:
        """First word of the sentence and one past its last."""
        return self.cuts[sentence], self.cuts[sentence + 1]

    def _cut_hashtags(self) -> list[tuple[int, int]]:
        """Make #TheGreatReset three words."""
        cut: list[tuple[str, int, int]] = []
        for word, (start, end) in zip(self.words, self.spans, strict=True):
            tag = self.text[start:end]
            is_tag = self.text[start - 1 : start] == "#" and tag.isascii()
            humps = list(_HUMP.finditer(tag)) if is_tag else []
            cut += [(fold(m.group()).text, start + m.start(), start + m.end()) for m in humps] or [
                (word, start, end)
            ]
        self.words = [word for word, _, _ in cut]
        return [(start, end) for _, start, end in cut]


_WORD = re.compile(
    r"https?://\S+|www\.\S+|@\w+|\({3,}|\){3,}|\d{1,3}(?:[.,]\d{3})+(?!\d)|[^\W_]+(?:'[^\W_]+)*"
)
_HUMP = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_APOSTROPHE_KEPT = frozenset(("we're", "we'll", "we'd", "he'll", "he'd", "she'll", "she'd", "i'll", "i'd"))
_CONTRACTED = frozenset(
    ("it", "that", "he", "she", "what", "who", "there", "here", "let", "where", "how", "when", "why", "one")
)


def words(text: str) -> Words:
    """Cut a text into folded words and sentences. Links and @names are one word each and match nothing."""
    return Words(text)


@lru_cache(maxsize=65_536)
def _normal(word: str) -> str:
    """A word as patterns spell it: no possessive, "dont" for "don't", "(((" for more brackets, 6000000."""
    if word[0] in "()":
        return word[:3]
    if word[0].isdigit() and ("," in word or "." in word):
        return word.replace(",", "").replace(".", "")
    if "'" not in word or word in _APOSTROPHE_KEPT:
        return word
    base, _, tail = word.rpartition("'")
    return base if tail == "s" and base not in _CONTRACTED else word.replace("'", "")


_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|(?<=[a-z])[.!?]+(?=[A-Z])|\n[ \t]*\n|\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|st|prof|sen|rep|gen|col|gov|sgt|lt|jr|sr|vs|etc|inc|corp|e\.g|i\.e|[a-z]))\.$",
    re.IGNORECASE,
)


def _cuts(text: str, starts: list[int]) -> list[int]:
    """Index of the first word of each sentence, then the number of words."""
    cuts, at = [0], 0
    for end in sentences(text)[:-1]:
        while at < len(starts) and starts[at] < end:
            at += 1
        if at > cuts[-1]:
            cuts.append(at)
    if len(starts) > cuts[-1]:
        cuts.append(len(starts))
    return cuts if starts else [0, 0]


def sentences(text: str) -> list[int]:
    """Where each sentence ends, as offsets; the last is the end of the text.

    A full stop ends one unless it belongs to an abbreviation, an ellipsis unless a small letter follows, a
    line break unless the line was merely wrapped (no stop before it, a small letter after it).
    """
    ends = [match.end() for match in _END.finditer(text) if _is_end(text, match)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return ends


def _is_end(text: str, match: re.Match[str]) -> bool:
    sign = match.group()
    after = text[match.end() : match.end() + 40].lstrip()[:1]
    if sign.startswith("\n"):
        return sign != "\n" or not after.islower() or text[max(0, match.start() - 1)] in ".!?:>"
    if sign[0] in "!?" or "!" in sign or "?" in sign:
        return True
    if sign.startswith(("..", "…")):
        return not after.islower()
    return not _ABBREVIATION.search(text[max(0, match.start() - 6) : match.start() + 1])
