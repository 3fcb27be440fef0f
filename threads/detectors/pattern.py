"""The pattern language of lexicons, and a matcher that finds many patterns in one pass over a text's words.

Within one sentence: words in a row; `stem*`; `a|b`; `word?`; `{set}`; `..N` a gap of at most N words
(`..` is `..4`). No regular expression runs over the text, so a hostile text costs no more than its length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise, product
from operator import or_
from typing import NamedTuple

from threads.detectors.hints import Forms, Hints, frequency, rarest
from threads.text import Words, words

Sets = Mapping[str, Sequence[str]]

MAX_GAP = 9
_GAP = 4
_MAX_OPTIONAL = 4
_WINDOW = 100  # words: shorter ones hold fewer words that match nothing, longer ones overlap less


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern: phrases (tuples of words, each perhaps a `stem*`), any of which may stand
    there, after a gap of at most `gap` other words.
    """

    phrases: frozenset[tuple[str, ...]]
    gap: int = 0
    optional: bool = False

    def frequency(self) -> float:
        """A guess at how often it occurs; only speed depends on it."""
        return sum(frequency(rarest(phrase)) for phrase in self.phrases)

    def longest(self) -> int:
        """The most words that stand in its place, the gap before it left out."""
        return max((len(phrase) for phrase in self.phrases), default=0)


Places = tuple[Element, ...]


def parse(pattern: str, sets: Sets) -> list[Places]:
    """The sequences of elements that a pattern stands for: one for each choice of its optional parts.

    Raises ValueError with a sentence where it is not well formed.
    """
    elements: list[Element] = []
    gap: int | None = None
    for item in pattern.split():
        if item.startswith(".."):
            if gap is not None or not elements:
                raise ValueError("a gap stands between two words")
            gap = _gap_of(item)
            continue
        elements.append(replace(_element(item, sets), gap=gap or 0))
        gap = None
    if gap is not None or all(e.optional for e in elements):
        raise ValueError("a pattern begins and ends with a word, one of them required")
    return _without_optional(elements)


def _gap_of(item: str) -> int:
    size = item[2:]
    if size and not (size.isdigit() and int(size) <= MAX_GAP):
        raise ValueError(f"a gap is .. or ..N with N at most {MAX_GAP}, not {item!r}")
    return int(size) if size else _GAP


def _element(item: str, sets: Sets) -> Element:
    optional = item.endswith("?")
    phrases: set[tuple[str, ...]] = set()
    for part in item.removesuffix("?").split("|"):
        if "{" in part or "}" in part:
            if part[0] + part[-1] != "{}" or part[1:-1] not in sets:
                raise ValueError(f"there is no set {part}")
            phrases.update(_phrase(member) for member in sets[part[1:-1]])
        else:
            phrases.add(_phrase(part))
    return Element(frozenset(phrases), optional=optional)


def _phrase(member: str) -> tuple[str, ...]:
    """The member as text is folded, so that "anti-semit*" is ("anti", "semit*")."""
    found: list[str] = []
    for chunk in member.split():
        folded = words(chunk.rstrip("*")).words
        if not folded:
            raise ValueError(f"{member!r} holds no word")
        found += [*folded[:-1], folded[-1] + "*" * chunk.endswith("*")]
    if not found:
        raise ValueError("a set or alternative is empty")
    return tuple(found)


def _without_optional(elements: list[Element]) -> list[Places]:
    if sum(e.optional for e in elements) > _MAX_OPTIONAL:
        raise ValueError(f"at most {_MAX_OPTIONAL} parts of a pattern are optional")
    choices = product(*([True, False] if e.optional else [True] for e in elements))
    return [_chosen(elements, choice) for choice in choices]


def _chosen(elements: list[Element], choice: tuple[bool, ...]) -> Places:
    """The elements kept; the gap before one left out is granted to the next."""
    kept: list[Element] = []
    carried = 0
    for element, keep in zip(elements, choice, strict=True):
        gap = max(element.gap, carried)
        carried = 0 if keep else gap
        if keep:
            kept.append(replace(element, gap=gap if kept else 0, optional=False))
    return tuple(kept)


class Found(NamedTuple):
    """A pattern found: the key it was given, its first word and one past its last."""

    key: int
    first: int
    stop: int


Rest = tuple[tuple[str, ...], int]  # what must follow a first word, and bits of the elements it then fills


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a word can be: bits of the elements that it fills alone, those that it may fill with the words
    after it, and which words those are, by the second of them (stems apart).
    """

    alone: int
    maybe: int
    longer: Mapping[str, list[Rest]]
    stems: list[Rest]


class _Known(dict[str, "_Kind | None"]):
    """What each word seen so far can be; most words are nothing. Forgets all when it has grown large."""

    _LIMIT = 200_000

    def __init__(self, phrases: Mapping[tuple[str, ...], int]) -> None:
        self._phrases = phrases
        self._heads = Forms((phrase[0], (phrase[1:], bits)) for phrase, bits in phrases.items())

    def __reduce__(self) -> tuple[type[_Known], tuple[Mapping[tuple[str, ...], int]]]:
        return _Known, (self._phrases,)  # the words seen so far stay behind

    def __missing__(self, word: str) -> _Kind | None:
        if len(self) >= self._LIMIT:
            self.clear()
        kind = self[word] = _kind(rests) if (rests := self._heads.of(word)) else None
        return kind


def _kind(rests: Iterable[Rest]) -> _Kind:
    alone = maybe = 0
    longer: dict[str, list[Rest]] = {}
    stems: list[Rest] = []
    for rest, bits in rests:
        if not rest:
            alone |= bits
            continue
        maybe |= bits
        (stems if rest[0].endswith("*") else longer.setdefault(rest[0], [])).append((rest, bits))
    return _Kind(alone, maybe, longer, stems)


class _Sequence(NamedTuple):
    """The key of a pattern; the number of each of its elements and the gap before it; bits of them all."""

    key: int
    places: list[tuple[int, int]]
    needed: int


class Matcher:
    """Finds keyed patterns. Built once; `find` is pure and may be called from several threads.

    Every distinct element of all patterns is a bit. A stretch of text is looked at closely only for the
    patterns whose elements may all be in it, and those are found through the rarest element of each.
    """

    def __init__(self, patterns: Iterable[tuple[int, Places]]) -> None:
        numbers: dict[frozenset[tuple[str, ...]], int] = {}
        self._anchored: dict[int, list[_Sequence]] = {}
        self._longest = 0
        for key, sequence in patterns:
            places = [(numbers.setdefault(e.phrases, len(numbers)), e.gap) for e in sequence]
            anchor = numbers[min(sequence, key=Element.frequency).phrases]
            found = _Sequence(key, places, _bits(number for number, _ in places))
            self._anchored.setdefault(anchor, []).append(found)
            self._longest = max(self._longest, sum(e.gap + e.longest() for e in sequence))
        self._anchors = _bits(self._anchored)
        phrases: dict[tuple[str, ...], int] = {}
        for members, number in numbers.items():
            for phrase in members:
                phrases[phrase] = phrases.get(phrase, 0) | 1 << number
        self._known = _Known(phrases)
        self._hints = Hints(phrases)

    def find(self, text: Words) -> list[Found]:
        """Every place where a pattern matches, sentence by sentence; matches of one key do not overlap."""
        size = _WINDOW + self._longest  # each overlaps the next, so that one of them holds whatever matches
        windows = (text.words[at : at + size] for at in range(0, len(text.words), _WINDOW))
        if not any(map(self._standing, windows)):
            return []  # cutting the text into sentences would cost more than all this
        found: list[Found] = []
        for first, stop in pairwise(text.cuts):
            found += _found(self._standing(text.words[first:stop]), first)
        return found

    def _standing(self, text: list[str]) -> list[tuple[int, dict[int, int]]]:
        """The key of each sequence that stands in a stretch of text, and for each end its latest start."""
        possible = self._possible(self._hints.of(text))
        if not possible:
            return []
        wanted = reduce(or_, [sequence.needed for sequence in possible])
        stretch = _Stretch(text, [self._known[word] for word in text], wanted)
        return [(s.key, ends) for s in possible if (ends := stretch.match(s.places))]

    def _possible(self, present: int) -> list[_Sequence]:
        """The sequences all of whose elements are present."""
        anchors = present & self._anchors
        possible: list[_Sequence] = []
        while anchors:
            lowest = anchors & -anchors
            anchors ^= lowest
            possible += [s for s in self._anchored[lowest.bit_length() - 1] if s.needed & present == s.needed]
        return possible


def _bits(numbers: Iterable[int]) -> int:
    return reduce(or_, (1 << number for number in numbers), 0)


def _found(standing: Iterable[tuple[int, dict[int, int]]], offset: int) -> Iterator[Found]:
    """What stands in a sentence, by its key; `offset` is the sentence's first word."""
    spans: dict[int, set[tuple[int, int]]] = {}
    for key, ends in standing:
        spans.setdefault(key, set()).update((stop + offset, first + offset) for stop, first in ends.items())
    return (Found(key, *span) for key, ends in spans.items() for span in _apart(ends))


def _apart(ends: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of spans given as (stop, first), those that do not overlap, the earliest to end and shortest first."""
    kept: list[tuple[int, int]] = []
    for stop, first in sorted(ends, key=lambda span: (span[0], -span[1])):
        if not kept or first >= kept[-1][1]:
            kept.append((first, stop))
    return kept


class _Stretch:
    """Words in a row, and which of the elements wanted stand where among them."""

    def __init__(self, text: list[str], kinds: list[_Kind | None], wanted: int) -> None:
        self._filled: list[tuple[int, int, int]] = []  # start, end, bits of the elements filled
        self._spans: dict[int, list[tuple[int, int]]] = {}
        for at, kind in enumerate(kinds):
            if kind is None:
                continue
            if alone := kind.alone & wanted:
                self._filled.append((at, at + 1, alone))
            if kind.maybe & wanted and at + 1 < len(text):
                for rest, bits in (*kind.longer.get(text[at + 1], ()), *kind.stems):
                    end = at + 1 + len(rest)
                    if bits & wanted and end <= len(text) and _reads(rest, text[at + 1 : end]):
                        self._filled.append((at, end, bits))

    def match(self, places: list[tuple[int, int]]) -> dict[int, int]:
        """For each end that the sequence can have, the latest start that leads there."""
        reached = {end: at for at, end in self._where(places[0][0])}
        for number, gap in places[1:]:
            if not reached:
                break
            further: dict[int, int] = {}
            for at, end in self._where(number):
                first = max(reached.get(before, -1) for before in range(at - gap, at + 1))
                if first >= 0:
                    further[end] = max(first, further.get(end, -1))
            reached = further
        return reached

    def _where(self, number: int) -> list[tuple[int, int]]:
        """Each span in which the element stands, in reading order."""
        if number not in self._spans:
            self._spans[number] = [(start, end) for start, end, bits in self._filled if bits >> number & 1]
        return self._spans[number]


def _reads(rest: tuple[str, ...], text: list[str]) -> bool:
    return all(w.startswith(p[:-1]) if p[-1] == "*" else w == p for p, w in zip(rest, text, strict=True))
