"""Folding: text in lower case with its disguises taken off, and where each letter came from.

Offsets map back to code points of the *original* text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_LOOK_ALIKES = {
    ord(sign): plain
    for signs, plain in [
        ("аαɑ", "a"), ("бЬьъ", "b"), ("сϲ", "c"), ("ԁđ", "d"), ("еёεəє", "e"), ("ƒ", "f"), ("ցɡ", "g"),
        ("һħн", "h"), ("іїιıɩ", "i"), ("јϳ", "j"), ("кκ", "k"), ("ӏłǀ", "l"), ("м", "m"), ("ոηп", "n"),
        ("оοσøօ", "o"), ("рρ", "p"), ("ԛ", "q"), ("гɾ", "r"), ("ѕꜱ", "s"), ("тτŧ", "t"), ("υս", "u"),
        ("νѵ", "v"), ("ԝωա", "w"), ("хχ", "x"), ("уγү", "y"), ("ᴢ", "z"),
        ("’‘‚‛`´ʼ", "'"), ("“”„‟«»", '"'), ("–—−‐‑", "-"),
    ]
    for sign in signs
}  # fmt: skip
"""Letters that pass for Latin ones at a glance (from the Unicode confusables list, by eye), and
typographic signs as their plain forms."""

_EXPANSIONS = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "✡": " jew "}

_LEET = str.maketrans("013457@$!€£", "oieastasiel")
# A digit or sign counts as a letter only between letters ("k1ke", "h!tler"); "$" also at a word's ends
# unless it is money. So 88, 1488, ww2, covid19, 90s and $5 stay what they are.
_LEET_SIGN = re.compile(
    r"(?<=[a-z])[013457@$€£](?=[a-z])"
    r"|(?<=[a-z])[013457](?=[013457][a-z])|(?<=[a-z][013457])[013457](?=[a-z])"
    r"|(?<![a-z0-9])\$(?=[a-z]{2})|(?<=[a-z]{2})\$(?![a-z0-9])|(?<=\b[a-z])!(?=[a-z])"
)
_SPACED = re.compile(
    r"(?<![a-z0-9'])[a-z](?=([ .\-_*/|·])[a-z]\1[a-z](?![a-z0-9]))(?:\1[a-z]){2,24}(?![a-z0-9'])"
)
_REPEATED = re.compile(r"([a-hj-vx-z])\1{2,}|(?<!w)i{3,}")
_HOLED = re.compile(r"\b[a-z]{1,9}[*#_@][a-z*#_@]{0,9}[a-z]\b")
_SIGNS = re.compile(r"[013457@$€£*#_!](?:(?<=[a-z].)[a-z013457*#_@]|(?<=\$)[a-z]|(?<=[a-z]\$))")
SPREAD = re.compile(r"([ .\-_*/|·])(?<=\b[a-z].)[a-z]\1[a-z](?![^\W_])")
RUN = re.compile(r"([a-vx-z])\1\1")
# The three above find every disguise and some that are none; each begins with what is rare, for speed.
_CENSORED = (
    "jew", "jews", "jewish", "jewess", "kike", "kikes", "kyke", "yid", "yids", "heeb", "heebs",
    "hymie", "goy", "goyim", "zionist", "zionists", "zio", "zios", "nazi", "nazis", "hitler",
    "holocaust", "rothschild", "rothschilds", "soros", "israel", "israeli", "israelis", "hebrew",
    "synagogue", "antisemitic", "antisemite", "antisemitism", "gas", "gassed", "kill", "die", "murder",
    "burn", "shoah",
)  # fmt: skip
"""Words that are written with a letter starred out; any other word with a hole is left alone."""


_FOREIGN = re.compile(r"[^\x00-\x7f]")
_FEW = 32  # signs replaced one after the other, five times faster than all together in an English text


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and where each of its characters came from; `starts` is None where nothing moved."""

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the original text behind folded[start:end]; an empty span stays empty."""
        if self.starts is None or self.ends is None:
            return start, end
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]


class _Draft:
    """Characters on their way through the folding steps, each with its origin."""

    def __init__(self, text: str) -> None:
        self.chars = list(text)
        self.starts = list(range(len(text)))
        self.ends = list(range(1, len(text) + 1))

    @property
    def text(self) -> str:
        return "".join(self.chars)

    def drop(self, gone: set[int]) -> None:
        """Remove characters; the one before each takes over its place in the original."""
        if not gone:
            return
        kept = [i for i in range(len(self.chars)) if i not in gone]
        self.ends = [self.ends[after - 1] for after in [*kept[1:], len(self.chars)]]
        self.chars, self.starts = [self.chars[i] for i in kept], [self.starts[i] for i in kept]

    def put(self, at: int, replacement: str) -> None:
        self.chars[at : at + len(replacement)] = replacement


def fold(text: str) -> Folded:
    """The text in lower case with its disguises taken off: accents, look-alike letters, zero-width signs,
    leet, spaced-out ("j e w s"), starred-out ("j*ws") and repeated letters ("jeeews").

    Text without a disguise, most comments, costs a few searches.
    """
    low = lowered(text)
    return _undisguised(_folded_letters(text)) if low is None else unmask(low)


def unmask(low: str) -> Folded:
    """The rest of fold() for a text whose letters are folded."""
    return _undisguised(_Draft(low)) if _may_be_disguised(low) else Folded(low)


def _undisguised(draft: _Draft) -> Folded:
    for step in (_close_spaces, _fill_holes, _read_leet, _shorten):
        step(draft)
    return Folded(draft.text, tuple(draft.starts), tuple(draft.ends))


def _may_be_disguised(low: str) -> bool:
    return bool(_SIGNS.search(low) or SPREAD.search(low) or RUN.search(low))


def lowered(text: str) -> str | None:
    """The text with each sign folded to one letter; None where one becomes several or none.

    Signs without width that stand beside no letter (after an emoji) become blanks, which changes nothing.
    """
    if text.isascii():
        return text.lower()
    folded = {sign: _letter(sign) for sign in set(_FOREIGN.findall(text))}
    if any(len(letters) > 1 for letters in folded.values()):
        return None
    silent = "".join(sign for sign, letters in folded.items() if not letters)
    if silent and re.search(rf"\w[{re.escape(silent)}]+\w", text):
        return None
    if len(folded) > _FEW:
        return text.translate({ord(sign): letters or " " for sign, letters in folded.items()}).lower()
    for sign, letters in folded.items():  # no letter that comes out is itself folded further
        text = text.replace(sign, letters or " ")
    return text.lower()


def _folded_letters(text: str) -> _Draft:
    letters = [_letter(sign) for sign in text]
    draft = _Draft("".join(letters))
    draft.starts = [at for at, several in enumerate(letters) for _ in several]
    draft.ends = [at + 1 for at in draft.starts]
    return draft


@lru_cache(maxsize=65_536)
def _letter(sign: str) -> str:
    """What one code point is folded to: nothing for a sign without width, else its plain Latin form."""
    if sign == "…":
        return "."
    parts = unicodedata.normalize("NFKD", sign).lower()
    parts = "".join(c for c in parts if unicodedata.category(c) not in {"Mn", "Me", "Cf"})
    parts = "".join(_EXPANSIONS.get(c, c) for c in parts)
    return parts.translate(_LOOK_ALIKES)


def _close_spaces(draft: _Draft) -> None:
    gone: set[int] = set()
    for match in _SPACED.finditer(draft.text):
        gone.update(range(match.start() + 1, match.end(), 2))
    draft.drop(gone)


def _fill_holes(draft: _Draft) -> None:
    for match in _HOLED.finditer(draft.text):
        word = _uncensored(match.group())
        if word:
            draft.put(match.start(), word)


@lru_cache(maxsize=4096)
def _uncensored(holed: str) -> str | None:
    """The one listed word that fits the letters left, None where none or several fit."""
    fitting = [word for word in _CENSORED if _fits(holed, word)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(holed: str, word: str) -> bool:
    pairs = zip(holed, word, strict=False)
    return len(holed) == len(word) and all(sign == letter or sign in "*#_@" for sign, letter in pairs)


def _read_leet(draft: _Draft) -> None:
    for match in _LEET_SIGN.finditer(draft.text):
        draft.put(match.start(), match.group().translate(_LEET))


def _shorten(draft: _Draft) -> None:
    """Three or more of a letter become one, unless they are the whole word ("kkk")."""
    text, gone = draft.text, set[int]()
    for match in _REPEATED.finditer(text):
        start, end = match.span()
        if text[start - 1 : start].isalpha() or text[end : end + 1].isalpha():
            gone.update(range(start + 1, end))
    draft.drop(gone)
