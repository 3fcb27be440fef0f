"""A page's text as lines, each with what its place and shape on the page says; no meaning yet."""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass

from threads.infer.pages.dates import MONTHS

_MONTH = r"(?i:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b"  # "10. April" is a date, no item
_BULLET = re.compile(
    r"^(?:[*+•‣▪◦○●–]|o(?=\s)|"
    r"#?\d{1,5}[.)](?=\s|$)(?!\s{1,3}" + _MONTH + r")|#\d{1,5}(?=\s|$|:)|\d{1,5}\s{0,2}\|(?=\s))\s{0,4}"
)
_QUOTED = re.compile(r"^(?:[>|│┃]\s?){1,40}")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_BREAK = re.compile(r"\r\n?|\u2028|\u2029|\x85|\x0c|\x0b")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank.

    `text` is without indent, prefix and bullet; `bullet` and `prefix` are what was taken off; `indent` is
    in columns; `blanks` counts the blank lines before it (the beginning of the page counts as two);
    `number` is its place among all lines of the text, from 0.
    """

    text: str
    bullet: str
    prefix: str
    indent: int
    blanks: int
    number: int


def clean(text: str) -> str:
    """The text with one kind of line break, no control characters or marks of direction, composed (NFC)."""
    text = _CONTROL.sub("", _BREAK.sub("\n", text))
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def split(text: str, most: int = sys.maxsize) -> list[Line]:
    """The lines of a cleaned text that are not blank, in order; the first `most` of them.

    A bullet that stands alone on its line, as when a list is scraped, marks the line below it.
    """
    lines: list[Line] = []
    blanks, waiting = 2, ""
    for number, raw in enumerate(text.split("\n")):
        stripped = raw.strip()
        if not stripped:
            blanks += 1
            continue
        line = _line(raw, stripped, blanks, number)
        if not line.text:
            waiting = waiting or line.bullet
            continue
        if waiting:
            line = Line(line.text, line.bullet or waiting, line.prefix, line.indent, line.blanks, number)
        lines.append(line)
        blanks, waiting = 0, ""
        if len(lines) >= most:
            break
    return lines


def _line(raw: str, stripped: str, blanks: int, number: int) -> Line:
    indent = len(raw[:200].expandtabs(4)) - len(raw[:200].expandtabs(4).lstrip())
    prefix = bullet = ""
    text = stripped
    if text[0] in ">|│┃" and (match := _QUOTED.match(text)):
        prefix, text = match.group().strip(), text[match.end() :]
    if match := _BULLET.match(text):
        bullet, text = match.group().strip(), text[match.end() :]
    if not text and not bullet:
        text, prefix = prefix, ""
    return Line(text.strip(), bullet, prefix, indent, blanks, number)
