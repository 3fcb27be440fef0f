"""VADER's compound of a sentence, by the package, without the work of it that changes nothing."""

from __future__ import annotations

from functools import cache, reduce
from math import copysign
from operator import or_

from vaderSentiment.vaderSentiment import (
    BOOSTER_DICT,
    NEGATE,
    SPECIAL_CASES,
    SentimentIntensityAnalyzer,
    SentiText,
    normalize,
)

_FEELS, _TURNS, _IDIOM, _BUT, _KIND = 1, 2, 4, 8, 16
_BEFORE, _AFTER = 3, 2  # words around a feeling word that VADER looks at; those after it for an idiom only
_MEMORY = 100_000  # tokens, some 10 MB


def _longest(phrases: dict[str, float]) -> frozenset[str]:
    return frozenset(max(phrase.split(), key=len) for phrase in phrases)


_TURNING = _longest(BOOSTER_DICT).union(NEGATE, ("so", "this", "least"))
"""Words that change what a feeling word after them counts."""

_IDIOMS = _longest(SPECIAL_CASES) | {"no"}
"""Words that do so whatever stands before or after it."""


class Vader(dict[str, int]):
    """`compound` of sentences; as a mapping, what each token seen so far does in one.

    Most words feel nothing, and most feeling words stand beside none that turns them. The first count 0 and
    the second what the lexicon says; the package is asked for the others, and for the sum.
    """

    def __init__(self) -> None:
        self._analyzer = SentimentIntensityAnalyzer()
        self._emojis = frozenset(self._analyzer.emojis)
        self._does = {word: _FEELS for word in self._analyzer.lexicon if word not in BOOSTER_DICT}
        marks = [*((word, _TURNS) for word in _TURNING), *((word, _IDIOM) for word in _IDIOMS)]
        for word, mark in (*marks, ("but", _BUT), ("kind", _KIND)):
            self._does[word] = self._does.get(word, 0) | mark

    def __missing__(self, token: str) -> int:
        if len(self) >= _MEMORY:
            self.clear()
        word = _word(token)
        low = word.lower()
        does = self._does.get(low, 0)
        if "n't" in low:
            does |= _TURNS
        if does & _FEELS and word.isupper():
            does |= _IDIOM
        self[token] = does
        return does

    def compound(self, sentence: str) -> float:
        """In [-1, 1]; the same as polarity_scores(sentence)["compound"]."""
        tokens = sentence.split()
        does = [*map(self.__getitem__, tokens)]
        all_do = reduce(or_, does, 0)
        if all_do & _KIND or not (sentence.isascii() or self._emojis.isdisjoint(sentence)):
            return float(self._analyzer.polarity_scores(sentence)["compound"])
        if not all_do & _FEELS:
            return 0.0
        if all_do == _FEELS:
            valences = [self._plain(token) for token, do in zip(tokens, does, strict=True) if do]
        else:
            valences = self._valences(sentence, tokens, does)
        if all_do & _BUT:
            valences = self._analyzer._but_check([_word(token) for token in tokens], valences)
        return self._summed(valences, sentence)

    def _valences(self, sentence: str, tokens: list[str], does: list[int]) -> list[float]:
        """What each word counts, with 0 for those that feel nothing."""
        valences, turned = [0.0] * len(does), list[int]()
        for at, do in enumerate(does):
            if not do & _FEELS:
                continue
            first = max(0, at - _BEFORE)
            before, around = reduce(or_, does[first:at], 0), reduce(or_, does[first : at + _AFTER + 1])
            if before & _TURNS or around & _IDIOM:
                turned.append(at)
            else:
                valences[at] = self._plain(tokens[at])
        if turned:
            text = SentiText(sentence)
            for at in turned:
                word = text.words_and_emoticons[at]
                valences[at : at + 1] = self._analyzer.sentiment_valence(0, text, word, at, [])
        return valences

    def _plain(self, token: str) -> float:
        return float(self._analyzer.lexicon[_word(token).lower()])

    def _summed(self, valences: list[float], sentence: str) -> float:
        """The compound of score_valence, which also works out three other figures."""
        total, emphasis = sum(valences), self._analyzer._punctuation_emphasis(sentence)
        return float(round(normalize(total + copysign(emphasis, total)), 4)) if total else 0.0


def _word(token: str) -> str:
    word: str = SentiText._strip_punc_if_word(token)
    return word


@cache
def vader() -> Vader:
    """The one analyzer, read when first asked for."""
    return Vader()
