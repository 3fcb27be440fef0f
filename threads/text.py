"""Text as the detectors see it: cut into folded words and sentences, offsets kept.

Every offset that leaves this module is a code point of the *original* text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property, lru_cache
from itertools import chain

from threads.folding import RUN, SPREAD, Folded, fold, lowered, unmask
from threads.markup import strip_markup

__all__ = ["Folded", "Words", "fold", "sentences", "strip_markup", "words"]


class Words:
    """The words of a text in folded form, where each stands in the original, and in which sentence.

    Places and sentences are worked out when first asked for: most comments hold no word that matters.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._spans: list[tuple[int, int]] | None = None
        read = _words(text)
        self.words = [*map(_normal, _WORD.findall(self._folded.text))] if read is None else read
        if _CUT_TAG.search(text):
            self._spans = self._cut_hashtags()

    @cached_property
    def _folded(self) -> Folded:
        return fold(self.text)

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
_CUT_TAG = re.compile(  # any other hashtag is one word, as it stands
    r"#(?=[^\s#])(?!(?:[A-Z]?[a-z]{2,}|[A-Z]{2,})(?=[\s,;?)]|[.!:](?:\s|$)|$))"
)
_HUMP = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_APOSTROPHE_KEPT = frozenset(("we're", "we'll", "we'd", "he'll", "he'd", "she'll", "she'd", "i'll", "i'd"))
_CONTRACTED = frozenset(
    ("it", "that", "he", "she", "what", "who", "there", "here", "let", "where", "how", "when", "why", "one")
)


_BLANKS = {code: chr(code) if chr(code).isalnum() or chr(code) in "'@#$*_!" else " " for code in range(128)}
_GROUPED = re.compile(r"[.,](?<=\d.)\d{3}")
_WHOLE = ("://", "www.", "(((", ")))")
_FOREIGN_LETTER = re.compile(r"[^\W\x00-\x7f]|[€£]")
_MEMORY = 100_000  # tokens, some 15 MB


class _Spellings(dict[str, tuple[str, ...]]):
    """The words in each token seen so far, as patterns spell them: one, none, or several."""

    def __missing__(self, token: str) -> tuple[str, ...]:
        if len(self) >= _MEMORY:
            self.clear()
        if token.isascii() and token.isalpha() and not RUN.search(token):
            spelling: tuple[str, ...] = (token,)
        else:
            spelling = (*map(_normal, _WORD.findall(unmask(token).text)),)
        self[token] = spelling
        return spelling


_SPELLINGS = _Spellings()


def _words(text: str) -> list[str] | None:
    """The folded words of a text in which each token can be read by itself, as in most; else None."""
    low = lowered(text)
    if low is None or SPREAD.search(low):
        return None
    if not (any(sign in low for sign in _WHOLE) or _GROUPED.search(low)):
        if not (low.isascii() or _FOREIGN_LETTER.search(low)):
            low = low.encode("ascii", "replace").decode()
        low = low.translate(_BLANKS)  # makes many tokens the same; only the above hold more than letters
    return [*chain.from_iterable(map(_SPELLINGS.__getitem__, low.split()))]


@lru_cache(maxsize=4_096)
def words(text: str) -> Words:
    """Cut a text into folded words and sentences. Links and @names are one word each and match nothing.

    What was cut is remembered, as several detectors read the comments of one slice.
    """
    return Words(text)


@lru_cache(maxsize=65_536)
def _normal(word: str) -> str:
    """A word as patterns spell it: no possessive, "dont" for "don't", "(((" for more brackets, 6000000."""
    if word.isalpha():
        return word
    if word[0] in "()":
        return word[:3]
    if word[0].isdigit() and ("," in word or "." in word):
        return word.replace(",", "").replace(".", "")
    if "'" not in word or word in _APOSTROPHE_KEPT:
        return word
    base, _, tail = word.rpartition("'")
    return base if tail == "s" and base not in _CONTRACTED else word.replace("'", "")


_END = re.compile(  # begins with one sign, which the regex engine looks for at little cost
    r"[.!?…\n](?:(?<=\n)(?:[ \t]*\n)?"
    r"|(?<=[.!?…])[.!?…]*[\"'”’)\]]*(?=\s|$)|(?<=[a-z][.!?])[.!?]*(?=[A-Z]))"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|st|prof|sen|rep|gen|col|gov|sgt|lt|jr|sr|vs|etc|inc|corp|e\.g|i\.e|[a-z]))\.$",
    re.IGNORECASE,
)
_LONGEST = 5  # letters in a row before a full stop are more than any of these has


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
    sign, start = match.group(), match.start()
    if sign[0] == "\n":
        return sign != "\n" or not _opens_small(text, match.end()) or text[max(0, start - 1)] in ".!?:>"
    if sign[0] in "!?" or "!" in sign or "?" in sign:
        return True
    if sign.startswith(("..", "…")):
        return not _opens_small(text, match.end())
    if text[max(0, start - _LONGEST) : start].isalpha() and start >= _LONGEST:
        return True
    return not _ABBREVIATION.search(text[max(0, start - 6) : start + 1])


def _opens_small(text: str, at: int) -> bool:
    """Whether what follows begins with a small letter."""
    return text[at : at + 40].lstrip()[:1].islower()
