"""Where a text or an address names one of many people: whole names, parts of them, and handles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from threads.infer.people.cue_names import placeholder
from threads.ordinary_words import ORDINARY

Span = tuple[int, int, str]
"""Beginning and end in a text, and the name that stands there as its bearer writes it."""
Kind = Literal["sure", "word", "short", "exact", "ordinary", "part", "ordinary part"]

# A letter may bear marks of its own code points: accents, and the vowels of scripts from Hebrew to Thai.
_WORD = re.compile(
    "[^\\W_](?:[^\\W_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u0900-\u0dff\u0e31-\u0e4e\u200c\u200d])*"
)
_ASCII_WORD = re.compile("[a-z0-9]+")
MOST_WORDS = 6
"""A name of more words is found only behind an @ and as an id."""
_NAMELIKE = re.compile(r"[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){1,2}")
_CAMEL = re.compile("[a-z][A-Z]")
_WITHOUT_BLANKS = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
_JOINT = re.compile("(?:[^\\w\n,;:!?]|_)?")
_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
# Words before and after an ordinary word that show whether it names a person; a judgement.
_FIXES = frozenset((
    "a", "an", "the", "this", "that", "these", "those", "my", "your", "our", "his", "her", "its", "their",
    "no", "any", "some", "every", "each", "in", "since", "until", "last", "next", "der", "die", "das", "den",
    "dem", "des", "ein", "eine", "einer", "einen", "dieser", "diese", "dieses", "jede", "keine", "mein",
    "dein", "sein", "le", "la", "les", "un", "une", "el", "los", "las", "una", "il", "lo", "uno", "het",
))  # fmt: skip
_TITLES = frozenset((
    "mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "señor", "monsieur", "madame",
))  # fmt: skip
_SPEAKS = re.compile(
    r"(?:'s|’s)?\s(?:said|says|wrote|writes|thinks|asked|asks|claims|claimed|knows|believes|replied|answered|"
    r"meant|means|schrieb|schreibt|sagt|sagte|(?:is|was)\s(?:right|wrong))\b"
)
_BEGINS = re.compile(r"(?:^|[.!?:;…\n>\"“„(])\s*$")
_CALLS = re.compile(
    r"(?:^|[.!?;:…\n>\"“„(]|\b(?:hi|hey|hello|dear|thanks|thank you|danke|hallo|liebe|lieber),?)\s*$", re.I
)
_CALLED = re.compile(r"\s?[,:!]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name to look for: as its bearer writes it, and how readily words are taken for it."""

    written: str
    kind: Kind
    said: str
    """The words themselves, which are less than the name where they are a part of it."""


@dataclass(slots=True)
class Names:
    """Names by their folded words; `longest` says of a first word how many words a name with it may have."""

    by_words: dict[str, Name] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    unspaced: dict[str, Name] = field(default_factory=dict)

    def add(self, words: list[str], name: Name) -> None:
        """Take up a name; the first of two that read alike is kept."""
        self.by_words.setdefault(" ".join(words), name)
        self.longest[words[0]] = max(self.longest.get(words[0], 0), len(words))

    def of_kinds(self, *kinds: Kind) -> Names:
        """Those of some kinds only."""
        return replace(
            self, by_words={key: name for key, name in self.by_words.items() if name.kind in kinds}
        )

    def exactly(self) -> Names:
        """The same names, each taken for one wherever it is written just so."""
        return replace(self, by_words={k: replace(name, kind="exact") for k, name in self.by_words.items()})


def fold(word: str) -> str:
    """The word in lower case without accents."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_PLAIN))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def words_in(text: str) -> list[tuple[int, int, str]]:
    """The words of a text, which "_", "-" and "'" part too: beginning, end, folded."""
    if text.isascii():
        return [(*found.span(), found[0]) for found in _ASCII_WORD.finditer(text.lower())]
    return [(*found.span(), fold(found[0])) for found in _WORD.finditer(text)]


def names_of(people: Iterable[str], *, parts: bool = True) -> Names:
    """The names of some people; with `parts`, also first and last names, where they are one person's only."""
    found, bearers = Names(), dict[str, set[str]]()
    for person in sorted(set(people)):
        if placeholder(person):
            continue
        for written in spellings(person):
            _add_whole(found, person, written)
        if parts:
            for word in {each[0] for each in _WORD.finditer(person)}:
                bearers.setdefault(word, set()).add(person)
    for word, who in bearers.items():
        _add_part(found, word, who)
    return found


def spellings(name: str) -> list[str]:
    """The name, its umlauts written out, and the first part of an address (ann@x.example, ann.x.example)."""
    found = [name]
    out = name
    for sign, two in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ø", "oe"), ("å", "aa"), ("æ", "ae")):
        out = out.replace(sign, two).replace(sign.upper(), two.capitalize())
    if out != name:
        found.append(out)
    bare = name.lstrip("@")
    if "@" in bare.strip("@") and " " not in bare:
        found.append(bare.split("@")[0])
    elif bare.count(".") >= 2 and " " not in bare:
        found.append(bare.split(".")[0])
    return found


def _add_whole(found: Names, person: str, written: str) -> None:
    words = [word for _, _, word in words_in(written)]
    kind = _kind(written, words)
    if kind is None or len(words) > MOST_WORDS:
        return
    name = Name(person, kind, written)
    found.add(words, name)
    joined = "".join(words)
    if len(words) > 1 and len(joined) >= 6:
        found.add([joined], Name(person, "sure", written))
    if _WITHOUT_BLANKS.match(written) and len(written) > 2:
        found.unspaced[written] = name


def _kind(written: str, words: list[str]) -> Kind | None:
    """How readily words are taken for the name; None where only an @ before it shows that it is meant."""
    letters = "".join(words)
    if len(letters) < 2 or letters.isdigit():
        return None
    if all(word in ORDINARY or len(word) == 1 for word in words):
        return "ordinary"
    if len(words) > 1 or any(sign.isdigit() for sign in letters) or _CAMEL.search(written):
        return "sure" if len(letters) > 3 else "short"
    return "word" if len(letters) > 2 else "short"


def _add_part(found: Names, word: str, who: set[str]) -> None:
    if len(word) < 3 or not word[0].isupper() or fold(word) in found.by_words:
        return
    whole = next(iter(who)) if len(who) == 1 else word
    if any(len(words_in(person)) > 1 for person in who):
        found.add([fold(word)], Name(whole, _kind_of_part(fold(word), who), word))


def _kind_of_part(word: str, who: set[str]) -> Kind:
    """A rare part of what reads like a first and a last name ("Quillon") is found in any case."""
    if word in ORDINARY:
        return "ordinary part"
    is_name = any(_NAMELIKE.fullmatch(name) and not ORDINARY & set(fold(name).split()) for name in who)
    return "word" if len(word) > 3 and is_name else "part"


def find(text: str, here: Names, elsewhere: Names) -> Iterator[Span]:
    """Each place where the text names somebody, left to right, the longest name first and one from `here`."""
    words, free = words_in(text), 0
    for place, (start, _, word) in enumerate(words):
        if place < free or not (word in here.longest or word in elsewhere.longest):
            continue
        found = _longest(text, words, place, here) or _longest(text, words, place, elsewhere)
        if found is not None:
            free = place + found[0]
            yield start, words[free - 1][1], found[1].written


def find_unspaced(text: str, book: Names) -> Iterator[Span]:
    """Names in scripts without blanks between words, three signs and longer."""
    lengths = sorted({len(name) for name in book.unspaced}, reverse=True)
    place = 0
    while lengths and place < len(text):
        length = next((n for n in lengths if text[place : place + n] in book.unspaced), 0)
        if length:
            yield place, place + length, book.unspaced[text[place : place + length]].written
        place += length or 1


def _longest(
    text: str, words: list[tuple[int, int, str]], place: int, book: Names
) -> tuple[int, Name] | None:
    most = min(book.longest.get(words[place][2], 0), len(words) - place)
    for count in range(most, 0, -1):
        here = words[place : place + count]
        name = book.by_words.get(" ".join(word for _, _, word in here))
        if name and _whole(text, here, name) and _meant(text, here[0][0], here[-1][1], name):
            return count, name
    return None


def _whole(text: str, words: list[tuple[int, int, str]], name: Name) -> bool:
    """Whether the words stand as close together as in a name, and no sentence ends between them."""
    if all(_JOINT.fullmatch(text, words[n][1], words[n + 1][0]) for n in range(len(words) - 1)):
        return True
    said = " ".join(text[words[0][0] : words[-1][1]].casefold().split())
    return said in " ".join(name.said.casefold().split())


def _meant(text: str, start: int, end: int, name: Name) -> bool:
    """Whether these words name somebody, and are not only words that are also a name."""
    said = text[start:end]
    same = said in name.said and said[:1].isupper()
    match name.kind:
        case _ if text[max(0, start - 1) : start] == "@":
            meant = True
        case "exact":
            meant = said in name.said
        case "short" | "part":
            meant = same
        case "ordinary part":
            meant = same and (_titled(text, start) or _is_called(text, start, end))
        case "ordinary":
            meant = _is_called(text, start, end) or (same and _is_name(text, start, end))
        case _:
            meant = True
    return meant


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether an ordinary word with a capital letter names somebody, by the words before and after it."""
    if " " in text[start:end]:
        return True
    before = text[max(0, start - 20) : start]
    if text[start:end].isupper() or _last(before) in _FIXES or text[end : end + 4] == " of ":
        return False
    return not _BEGINS.search(before) or _SPEAKS.match(text, end) is not None


def _titled(text: str, start: int) -> bool:
    return _last(text[max(0, start - 12) : start]) in _TITLES


def _is_called(text: str, start: int, end: int) -> bool:
    """Whether the words begin a sentence, or follow a greeting, and a comma or colon follows them."""
    return bool(_CALLED.match(text, end) and _CALLS.search(text[max(0, start - 12) : start]))


def _last(text: str) -> str:
    words = text.split()
    return words[-1].casefold().strip("(\"'.,") if words else ""
