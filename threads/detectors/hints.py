"""Which elements of many patterns a text may hold, told from its single words, the rare ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Generic, TypeVar

_COMMON = (
    "a about all also am an and any are as at back be because been being but by can cant come could day "
    "did didnt do does doesnt dont down even every first for from get go going good got had has have he "
    "her here him his how i if im in into is isnt it its ive just know last let like little look made make "
    "many may me more most much my need never new no not now of off on one only or other our out over own "
    "people really right said same say see she should since so some something still take than that thats "
    "the their them then there these they thing things think this those time to too two up us use used very "
    "want was way we well went were what when where which while who why will with without work would year "
    "years yes yet you your youre"
)
_COMMONEST = frozenset(_COMMON.split())

T = TypeVar("T")


def rarest(phrase: tuple[str, ...]) -> str:
    """The word of a phrase by which it is looked for."""
    return min(phrase, key=frequency)


def frequency(word: str) -> float:
    """A guess at how often a word or `stem*` occurs: long words are rare, save the commonest."""
    return 1.0 if word in _COMMONEST else 2.0 ** -(len(word) - 3 * word.endswith("*"))


class Forms(Generic[T]):
    """What is said of words and of `stem*`s, found for a word by all the forms that it takes."""

    def __init__(self, said: Iterable[tuple[str, T]]) -> None:
        self._words: dict[str, list[T]] = {}
        stems: list[tuple[str, T]] = []
        for form, what in said:
            if form.endswith("*"):
                stems.append((form[:-1], what))
            else:
                self._words.setdefault(form, []).append(what)
        self._shortest = min((len(stem) for stem, _ in stems), default=0)
        self._stems: dict[str, list[tuple[str, T]]] = {}
        for stem, what in stems:
            self._stems.setdefault(stem[: self._shortest], []).append((stem, what))

    def of(self, word: str) -> Sequence[T]:
        said = self._words.get(word, ())
        stems = self._stems.get(word[: self._shortest])
        if stems is None:
            return said  # as for most words
        return [*said, *(what for stem, what in stems if word.startswith(stem))]


class Hints(dict[str, int]):
    """For each word seen so far the bits of the elements that may stand where it does: those with a phrase
    of which it is the rarest word. Forgets all when it has grown large.
    """

    _LIMIT = 200_000

    def __init__(self, phrases: Mapping[tuple[str, ...], int]) -> None:
        self._phrases = phrases
        self._forms = Forms((rarest(phrase), bits) for phrase, bits in phrases.items())

    def __reduce__(self) -> tuple[type[Hints], tuple[Mapping[tuple[str, ...], int]]]:
        return Hints, (self._phrases,)  # the words seen so far stay behind

    def __missing__(self, word: str) -> int:
        if len(self) >= self._LIMIT:
            self.clear()
        said = self._forms.of(word)
        bits = self[word] = reduce(or_, said) if said else 0
        return bits

    def of(self, words: Iterable[str]) -> int:
        """The bits of all elements that may stand in a text of these words."""
        return reduce(or_, map(self.__getitem__, words), 0)
