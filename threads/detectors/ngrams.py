"""Words and hashed n-grams of many texts at once, each n-gram owned by words with offsets into the text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint64]
Indices = NDArray[np.int64]

BITS = 19
"""2**19 buckets: the weights take 0.9 MB, packed."""

LETTER_SIZES = range(2, 6)
LONGEST_WORD = 32
"""Only this many letters of a word are read: longer ones are links and keyboard noise."""

FAMILIES = ("words", "letters")
"""Each is scaled by its own number of n-grams, so that the many letters do not drown the few words."""

_TABLE = 0x20000  # letters, look-alike styles and emoji lie below; what is above is not a word
_BREAK, _LETTER, _JOINER, _SYMBOL, _UNSEEN = range(5)
_JOINERS = {"'": "'", "’": "'", "*": "*", "$": "s", "@": "a", "!": "i"}
_LEET = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t"}
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_SECOND = np.uint64(0xC2B2AE3D27D4EB4F)
_GROUP = np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some texts, in order: one row a word.

    `text` is the index of its text, `start` and `end` are code points in that text, `key` is its hash and
    `group` says that it names a group of people, so that only its neighbours may be looked at. `letters`
    holds the folded letters of all words, `owner` the word of each.
    """

    text: Indices
    start: Indices
    end: Indices
    key: Codes
    group: NDArray[np.bool_]
    letters: Codes
    owner: Indices

    def __len__(self) -> int:
        return len(self.text)


@dataclass(frozen=True, slots=True)
class Grams:
    """One size of n-gram: its bucket, and the first and last word that it is made from."""

    family: str
    bucket: Indices
    first: Indices
    last: Indices


@cache
def _tables() -> tuple[Codes, NDArray[np.uint8]]:
    """Folded letter and class of every code point below _TABLE."""
    fold = np.arange(_TABLE, dtype=np.uint64)
    kind = np.zeros(_TABLE, dtype=np.uint8)
    for code in range(_TABLE):
        letter = chr(code)
        category = unicodedata.category(letter)
        plain = unicodedata.normalize("NFKC", letter).lower() if category[0] in "LNS" else letter
        fold[code] = ord(plain) if len(plain) == 1 else code
        kind[code] = _class(category)
    for joiner, plain in _JOINERS.items():
        fold[ord(joiner)], kind[ord(joiner)] = ord(plain), _JOINER
    return fold, kind


def _class(category: str) -> int:
    if category[0] in "LMN":
        return _LETTER
    return {"So": _SYMBOL, "Cf": _UNSEEN, "Mn": _UNSEEN}.get(category, _BREAK)


def read_words(texts: Sequence[str], groups: Sequence[str] = ()) -> Words:
    """The words of the texts, lower-cased and freed of invisible letters and of runs of a letter over two.

    A star, at-sign, dollar or apostrophe between letters belongs to the word (`a$$hole`, `f*ck`); an emoji
    is a word of its own. Words in `groups` are marked. Any text at all is read; none raises.
    """
    raw = np.frombuffer("\n".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    fold, kinds = _tables()
    raw = np.where(raw < _TABLE, raw, 0)
    codes, kind = fold[raw], kinds[raw]
    place = np.flatnonzero((kind != _UNSEEN) & ~_third_of_a_run(codes, kind))
    codes, kind = codes[place], kind[place]
    return _group_letters(texts, _read_leet(codes), _settle_joiners(kind, codes), place, groups)


def _read_leet(codes: Codes) -> Codes:
    """A digit between two plain letters is the letter that it looks like."""
    plain = (codes >= ord("a")) & (codes <= ord("z"))
    between = np.zeros_like(plain)
    between[1:-1] = plain[:-2] & plain[2:]
    read = codes.copy()
    digits = np.flatnonzero(between & (codes >= ord("0")) & (codes <= ord("9")))
    for digit, letter in _LEET.items():
        read[digits[codes[digits] == ord(digit)]] = ord(letter)
    return read


def _third_of_a_run(codes: Codes, kind: NDArray[np.uint8]) -> NDArray[np.bool_]:
    third = np.zeros(len(codes), dtype=np.bool_)
    third[2:] = (codes[2:] == codes[1:-1]) & (codes[2:] == codes[:-2]) & (kind[2:] == _LETTER)
    return third


def _settle_joiners(kind: NDArray[np.uint8], codes: Codes) -> NDArray[np.uint8]:
    """A joiner between letters (or beside its own like, within letters) is a letter, any other a break."""
    like = codes[1:] == codes[:-1]
    letter = kind == _LETTER
    before, after = np.zeros_like(letter), np.zeros_like(letter)
    before[1:] = letter[:-1] | (like & (kind[:-1] == _JOINER))
    after[:-1] = letter[1:] | (like & (kind[1:] == _JOINER))
    settled = np.where((kind == _JOINER) & before & after, _LETTER, kind)
    return np.where(settled == _JOINER, _BREAK, settled)


def _group_letters(
    texts: Sequence[str], codes: Codes, kind: NDArray[np.uint8], place: Indices, groups: Sequence[str]
) -> Words:
    is_letter, is_symbol = kind == _LETTER, kind == _SYMBOL
    begins = is_letter.copy()
    begins[1:] &= ~is_letter[:-1]
    begins |= is_symbol
    used = is_letter | is_symbol
    letters, where, begins = codes[used], place[used], begins[used]
    first = np.flatnonzero(begins)
    owner = np.cumsum(begins) - 1
    within = np.arange(len(letters)) - first[owner]
    last = np.append(first[1:], len(letters)) - 1 if len(first) else first
    borders = np.cumsum([0, *(len(text) + 1 for text in texts)])
    text = np.searchsorted(borders, where[first], side="right") - 1
    short = within < LONGEST_WORD
    letters, owner, within = letters[short], owner[short], within[short]
    key = _keys(letters, within)
    start, end = where[first] - borders[text], where[last] + 1 - borders[text]
    return Words(text, start, end, key, np.isin(key, _group_keys(tuple(groups))), letters, owner)


def _keys(letters: Codes, within: Indices) -> Codes:
    """A hash a word: the sum of each letter times a power of a prime for its place, modulo 2**64."""
    if not len(letters):
        return np.zeros(0, dtype=np.uint64)
    powers = np.cumprod(np.full(LONGEST_WORD, _SECOND))
    keys: Codes = np.add.reduceat(letters * powers[within], np.flatnonzero(within == 0))
    return keys


@cache
def _group_keys(groups: tuple[str, ...]) -> Codes:
    return read_words(groups).key if groups else np.zeros(0, dtype=np.uint64)


def _bucket(code: Codes, size: int) -> Indices:
    mixed = (code + np.uint64(size)) * _PRIME
    mixed ^= mixed >> np.uint64(29)
    mixed *= _SECOND
    bucket: Indices = (mixed >> np.uint64(64 - BITS)).astype(np.int64)
    return bucket


def grams(words: Words) -> Iterator[Grams]:
    """Every n-gram of the words: single words, pairs, pairs with one word between, and letters within a word.

    A word that names a group gives no n-gram of its own; in a pair it stands as "some group".
    """
    yield from word_grams(words)
    yield from letter_grams(words)


def distinct(words: Words) -> tuple[Words, Indices]:
    """Each word once, wherever it first stands, and the row there of every word."""
    _, first, row = np.unique(words.key, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    chosen = first[order]
    kept = np.zeros(len(words), dtype=np.bool_)
    kept[chosen] = True
    read = kept[words.owner]
    number = np.cumsum(kept) - 1
    once = Words(
        words.text[chosen],
        words.start[chosen],
        words.end[chosen],
        words.key[chosen],
        words.group[chosen],
        words.letters[read],
        number[words.owner[read]],
    )
    return once, rank[row]


def word_grams(words: Words) -> Iterator[Grams]:
    """N-grams of words: single ones, pairs, pairs with one word between."""
    key = np.where(words.group, _GROUP, words.key)
    alone = np.flatnonzero(~words.group)
    yield Grams("words", _bucket(key[alone], 101), alone, alone)
    for gap in (1, 2):
        first = np.flatnonzero(words.text[:-gap] == words.text[gap:])
        first = first[~(words.group[first] & words.group[first + gap])]
        pair = key[first] * _SECOND + (key[first + gap] ^ (key[first + gap] >> np.uint64(31)))
        yield Grams("words", _bucket(pair, 102 + gap), first, first + gap)


def letter_grams(words: Words) -> Iterator[Grams]:
    """N-grams of letters, the word's edges counting as letters too."""
    padded = np.zeros(len(words.letters) + 2 * len(words), dtype=np.uint64)
    padded[np.arange(len(words.letters)) + 2 * words.owner + 1] = words.letters
    lengths = np.bincount(words.owner, minlength=len(words)) + 2
    owner = np.repeat(np.arange(len(words)), lengths)
    readable = ~words.group[owner]
    code = padded
    for size in LETTER_SIZES:
        code = code[:-1] * _SECOND + padded[size - 1 :]
        first, last = owner[: len(code)], owner[size - 1 :]
        whole = np.flatnonzero((first == last) & readable[: len(code)])
        yield Grams("letters", _bucket(code[whole], size), first[whole], first[whole])
