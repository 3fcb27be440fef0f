"""The coarse kinds by which lines of a page are alike: shapes of their words, neighbours, blanks and bulk."""

from __future__ import annotations

import re

from threads.infer.pages import artefacts
from threads.infer.pages.dates import Stamp
from threads.infer.pages.lines import Line

SEEN = 200  # code points of a long line in which words are counted: enough for its register
_WORD = re.compile(r"[^\W\d_][\w'’.-]*|\d+|[^\w\s]")
IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # one says as much as half a word
_UNSPACED = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,2}|[^\s\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+"
)


def words(text: str) -> list[str]:
    """The words of a text; where it writes without spaces, every two signs count as one."""
    return text.split() if text.isascii() else _UNSPACED.findall(text)


def width(text: str) -> int:
    """Code points, each that says as much as half a word counted as three."""
    return len(text) + (0 if text.isascii() else 2 * len(IDEOGRAPH.findall(text[:SEEN])))


def shape(text: str, stamp: Stamp | None) -> str:
    """The text of a line with dates, names and numbers taken out: what recurs when a record recurs."""
    if len(text) > artefacts.SHORT:
        return "P"
    if artefacts.is_button(text):
        return "=" + artefacts.bare(text)
    if stamp:
        text = text[: stamp.start] + " ⌚ " + text[stamp.end :]
    parts = [_part(word) for word in _WORD.findall(text)]
    kept = [part for i, part in enumerate(parts) if i == 0 or part != parts[i - 1]]
    if len(kept) > 9 or (len(parts) > 6 and "⌚" not in kept):
        return "p"
    return " ".join(kept)


def _part(word: str) -> str:
    if word[0].isdigit():
        return "0"
    if word[0].isupper() or "_" in word or any(map(str.isdigit, word)):
        return "W"
    return word if word.isascii() or not IDEOGRAPH.match(word) else "文" if len(word) < 8 else "文文"


def layouts(lines: list[Line], stamps: list[Stamp | None]) -> list[str]:
    """Blank lines around and a coarse length: what all names of a page share, and few other lines."""
    below = [*(line.blanks for line in lines[1:]), 2]
    return [
        f"{min(line.blanks, 3)}{min(under, 3)}{_bulk(line.text)}{bool(stamp):d}{line.text[-1] in '.!?…:'}"
        for line, under, stamp in zip(lines, below, stamps, strict=True)
    ]


def _bulk(text: str) -> str:
    if len(text) > artefacts.SHORT or not any(map(str.isalpha, text)):
        return "P" if len(text) > artefacts.SHORT else "0"
    return str(min(len(words(text)), 9))


def contexts(lines: list[Line], classes: list[str]) -> list[str]:
    coarse = ["p" if len(kind) > 40 else kind for kind in classes]
    marked = [f"{min(line.blanks, 3)}{kind}" for line, kind in zip(lines, coarse, strict=True)]
    padded = ["^", *marked, "$"]
    return ["/".join(padded[i : i + 3]) for i in range(len(lines))]
