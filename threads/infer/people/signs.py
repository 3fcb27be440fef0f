"""Habits of writing that are seen in signs: case, spacing, punctuation, quotation marks, line breaks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from threads.infer.links.thread import Ints

SIGNS: tuple[str, ...] = (
    "begins sentences in lower case",
    "leaves two spaces after a sentence",
    "sets a space before punctuation",
    "leaves none after a comma",
    "trails off in dots",
    "sets the ellipsis as one sign",
    "trails off in other than three dots",
    "ends sentences with exclamation marks",
    "doubles ! and ?",
    "ends without a full stop",
    "uses curly apostrophes",
    "uses curly quotation marks",
    "uses low or angled quotation marks",
    "writes words in capitals",
    "uses long dashes",
    "uses two hyphens for a dash",
    "parts paragraphs",
    "breaks lines within a paragraph",
    "uses brackets",
    "uses semicolons",
    "uses emoji",
    "uses asterisks or underscores",
)

_UPPER, _LOWER, _DIGIT, _SPACE, _OTHER = 1, 2, 3, 4, 5
_TABLE = 0x3000
_LONG = 120
"""Characters from which a comment could well have had a bracket or a second paragraph. A judgement."""

Codes = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]


def count_signs(texts: Sequence[str]) -> Ints:
    """Hits and chances (first axis) of each text (second) for each of SIGNS (third)."""
    if not texts:
        return np.zeros((2, 0, len(SIGNS)), dtype=np.int64)
    joined = "\0\0".join(texts) + "\0\0"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    sizes = np.array([len(text) for text in texts])
    owner = np.repeat(np.arange(len(texts)), sizes + 2)
    done = np.zeros((2, len(texts), len(SIGNS)), dtype=np.int64)
    for at, (does, could) in enumerate(_masks(codes)):
        hits = np.bincount(owner[does], minlength=len(texts))
        once = (sizes >= _LONG) | (hits > 0)
        chances = once if could is None else np.bincount(owner[could], minlength=len(texts))
        done[:, :, at] = np.minimum(hits, chances), chances
    return done


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """Which kind of sign each code point of the table is; 0 for punctuation and the rest."""
    kinds = np.zeros(_TABLE, dtype=np.uint8)
    for code in range(_TABLE):
        sign = chr(code)
        if sign.isalpha():
            kinds[code] = _UPPER if sign.isupper() else _LOWER if sign.islower() else _OTHER
        elif sign.isdigit():
            kinds[code] = _DIGIT
        elif sign.isspace():
            kinds[code] = _SPACE
    return kinds


def _next(flags: Flags, by: int = 1) -> Flags:
    """Whether it holds `by` places on."""
    out = np.zeros_like(flags)
    out[:-by] = flags[by:]
    return out


def _before(flags: Flags, by: int = 1) -> Flags:
    """Whether it holds `by` places before."""
    out = np.zeros_like(flags)
    out[by:] = flags[:-by]
    return out


def _is(codes: Codes, signs: str) -> Flags:
    found: Flags = codes == ord(signs[0])
    for sign in signs[1:]:
        found = found | (codes == ord(sign))
    return found


def _masks(codes: Codes) -> list[tuple[Flags, Flags | None]]:
    """For each of SIGNS where it is done and where it could have been; None: once in any text of length."""
    kinds = _kinds()[np.minimum(codes, _TABLE - 1)]
    upper, lower, space = kinds == _UPPER, kinds == _LOWER, kinds == _SPACE
    letter = upper | lower | (kinds == _OTHER)
    first = _before(codes == 0) | (np.arange(len(codes)) == 0)
    last = _next(codes == 0) & (codes != 0)
    line = codes == ord("\n")
    dot, bang, many = codes == ord("."), codes == ord("!"), _is(codes, "!?")
    comma = codes == ord(",")
    end = dot | many | (codes == ord("…"))
    runs = end & ~_before(end)
    dots = (dot & ~_before(dot) & _next(dot)) | (codes == ord("…"))
    begins = (upper | lower) & (first | (_before(space) & _before(end | line, 2)) | _before(line))
    after = end & _next(space) & ~_next(line)
    stop = (comma | many | _is(codes, ";:")) & _before(letter | space) & _next(space | (codes == 0))
    tight = _before(letter) & _next(letter)
    curled, straight = codes == ord("’"), codes == ord("'")
    apostrophe = (curled | straight) & tight
    low = _is(codes, "„«»‚‹›")
    bent, plain = _is(codes, "“”") | low, codes == ord('"')
    word = letter & ~_before(letter | (kinds == _DIGIT)) & _next(letter) & _next(letter, 2) & _next(letter, 3)
    capitals = word & upper & _next(upper) & _next(upper, 2) & _next(upper, 3)
    long_dash = _is(codes, "—–")
    hyphens = (codes == ord("-")) & _next(codes == ord("-")) & ~_before(codes == ord("-"))
    dash = long_dash | hyphens | ((codes == ord("-")) & _before(space) & _next(space))
    blank = line & _next(line)
    single = line & ~_next(line) & ~_before(line)
    emoji = ((codes >= 0x1F300) & (codes < 0x1FB00)) | ((codes >= 0x2600) & (codes < 0x27C0))
    return [
        (begins & lower, begins),
        (after & _next(space, 2), after & _next(letter | space, 2)),
        (stop & _before(space), stop),
        (comma & tight, comma & _before(letter)),
        (dots, runs),
        (codes == ord("…"), dots),
        (dots & ~(_next(dot, 2) & ~_next(dot, 3)), dots & (codes != ord("…"))),
        (runs & bang, runs),
        (many & ~_before(many) & _next(many), many & ~_before(many)),
        (last & letter, last),
        (curled & tight, apostrophe),
        (bent, bent | plain),
        (low, bent | plain),
        (capitals, word),
        (long_dash, dash),
        (hyphens, dash),
        (blank & ~_before(line), None),
        (single, None),
        (codes == ord("("), None),
        (codes == ord(";"), None),
        (emoji, None),
        (_is(codes, "*_"), None),
    ]
