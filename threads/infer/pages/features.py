"""What speaks for a line being a name, a date, a body: features of form, place and recurrence, as a matrix."""

# ruff: noqa: E501 -- tables of words, patterns and features read better unbroken

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from math import log, log1p
from typing import Any

import numpy as np
from numpy.typing import NDArray

from threads.infer.pages import artefacts
from threads.infer.pages import dates as artefacts_dates
from threads.infer.pages import kinds as page_kinds
from threads.infer.pages.dates import Stamp
from threads.infer.pages.lines import Line

Matrix = NDArray[np.float32]

_SENTENCE_END = (".", "!", "?", "…", '"', "”", "“", ")", "»", "。", "！", "？", "～", "~")
_CALLED = re.compile(r"@([\w-]{2,30})")
_HANDLE = re.compile(r"^@?[\w.-]{2,30}$")
_INNER = re.compile(r"[a-zäöü][A-Z]|[^\W_][_.\d-]")
_DIGIT, _LETTER = re.compile(r"\d"), re.compile(r"[^\W\d_]")
_JOINED = re.compile(r"[_\d]")
_SPOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_CODE = re.compile(r"[{}\[\]()<>;=_/\\#$&|*+]")
_LINK = re.compile(r"^(?:https?://|www\.)\S+$|^[\w-]{2,30}\.(?:com|org|net|io|de|co\.uk)(?:/\S*)?$")
_REGISTER = {
    **dict.fromkeys(artefacts.SPOKEN_WORDS, 3),
    **dict.fromkeys(artefacts.SECOND_PERSON, 2),
    **dict.fromkeys(artefacts.FIRST_PERSON, 1),
}
_MANY = 100
"""Lines alike beyond which more say nothing new: the pages that the model is fitted on seldom have more."""


@dataclass(frozen=True, slots=True)
class PageFeatures:
    """What the model sees.

    `form` (lines × features) is of the line itself, `region` of what lies around it and of the page; `classes` is a
    coarse kind of each line, `contexts` that of it and its neighbours, `layouts` its blanks and length alone.
    """

    form: Matrix
    region: Matrix
    stamps: list[Stamp | None]
    classes: list[str]
    contexts: list[str]
    layouts: list[str]


def describe(lines: list[Line]) -> PageFeatures:
    """The features of all lines of a page; each value lies in about [0, 3]."""
    seen: dict[str, tuple[Stamp | None, list[float], str]] = {}
    for line in lines:
        if line.text not in seen:
            seen[line.text] = _of_text(line.text)
    stamps = [seen[line.text][0] for line in lines]
    classes = [("#" if line.bullet[:1].isdigit() else "") + seen[line.text][2] for line in lines]
    contexts = page_kinds.contexts(lines, classes)
    own = np.hstack([np.array([seen[line.text][1] for line in lines], dtype=np.float32), _set_out(lines)])
    layouts = page_kinds.layouts(lines, stamps)
    form = np.hstack([own, _recurrence(lines, classes, contexts), _named(lines, layouts)])
    return PageFeatures(
        form, np.hstack([_around(form), _place(own, lines)]), stamps, classes, contexts, layouts
    )


def _of_text(text: str) -> tuple[Stamp | None, list[float], str]:
    """A text's date, its features wherever it stands, and its shape."""
    stamp = artefacts_dates.find(text) if len(text) <= 2 * artefacts.SHORT else None
    words = page_kinds.words(text[: page_kinds.SEEN])
    own = [
        *_length(text, words),
        *_ends(text, text[:1], words),
        *_dated(text, stamp),
        *(_furniture(text) if len(text) <= artefacts.SHORT else _NO_FURNITURE),
        *_register(text[: page_kinds.SEEN], len(words)),
        *_manner(text),
    ]
    return stamp, own, page_kinds.shape(text, stamp)


def _set_out(lines: list[Line]) -> Matrix:
    """How a line is set: its bullet and prefix, its indent, the blank lines above."""
    rows = [
        (bool(line.bullet), line.bullet[:1].isdigit() or line.bullet[:1] == "#", bool(line.prefix), min(line.indent, 60) / 30,
         line.blanks == 0, line.blanks == 1, line.blanks == 2, line.blanks > 2)
        for line in lines
    ]  # fmt: skip
    return np.array(rows, dtype=np.float32)


def _length(text: str, words: list[str]) -> list[float]:
    n, w = page_kinds.width(text), len(words)
    return [
        log1p(min(n, 3000)) / 3, float(n <= 2), float(n <= 12), float(n <= 30), float(n <= 60), float(n <= 120),
        float(n > 250), float(w == 1), float(w == 2), float(w == 3), float(4 <= w <= 6), float(w > 6),
    ]  # fmt: skip


def _ends(text: str, first: str, words: list[str]) -> list[float]:
    capitals = [word[0].isupper() for word in words if word[0].isalpha()]
    capital = sum(capitals)
    return [
        float(text.endswith(_SENTENCE_END)), float(text.endswith(":")), float(text.endswith(",")),
        float(text.endswith("?")), float(first.islower()), float(first.isupper()), float(first in "\"“„«'‘>"),
        float(bool(capitals) and capital == len(capitals)), capital / len(capitals) if capitals else 0.0,
        float(text.isupper() and len(text) > 3), float(bool(_DIGIT.search(text, 0, 60))),
        float(not _LETTER.search(text, 0, 200)), float(len(words) == 1 and bool(_JOINED.search(text))),
        float(text.endswith((" .", "•", "·"))), float("," in text[:120]), float(" - " in text or " – " in text or " | " in text),
    ]  # fmt: skip


def _dated(text: str, stamp: Stamp | None) -> list[float]:
    if stamp is None:
        return [0.0] * 6
    rest = len(text) - (stamp.end - stamp.start)
    relative = stamp.parts is None
    return [
        1.0,
        float(rest <= 5),
        float(rest <= 40),
        float(stamp.start == 0),
        float(relative),
        float(not relative and rest <= 60),
    ]


_NO_FURNITURE = [0.0] * 15


@lru_cache(maxsize=4096)
def _furniture(text: str) -> list[float]:
    points = artefacts.POINTS.search(text)
    return [
        float(artefacts.is_button(text)), float(artefacts.is_badge(text)), float(bool(artefacts.SAYS.search(text))),
        float(bool(points)), float(bool(points) and len(text) < 20), float(bool(artefacts.REPLY_TO.search(text))),
        float(bool(artefacts.HEADING.match(text))), float(artefacts.mentions(text, artefacts.FORM)),
        float(artefacts.mentions(text, artefacts.NONE_YET)), float(artefacts.mentions(text, artefacts.AFTER)),
        float(artefacts.mentions(text, artefacts.MENU)), float(bool(artefacts.BYLINE.match(text))),
        float(" > " in text or " → " in text or " ▸ " in text or " » " in text), float("•" in text or "·" in text or "|" in text),
        float("[–]" in text or "[-]" in text or "[+]" in text or text.startswith(("@", "u/", "/u/"))),
    ]  # fmt: skip


def _register(text: str, count: int) -> list[float]:
    per = 10 / max(count, 10)
    kinds = [_REGISTER[word] for word in _SPOKEN.findall(text.lower()) if word in _REGISTER]
    me, you = kinds.count(1), kinds.count(2)
    spoken = kinds.count(3) + len(artefacts.SPOKEN_SIGNS.findall(text))
    return [
        min(me * per, 2.0), min(you * per, 2.0), min(spoken * per, 2.0), float(me > 0), float(you > 0), float(spoken > 0),
        float("://" in text or "www." in text), float(bool(artefacts.PINGBACK.match(text))), float(text[:1] == "@"),
    ]  # fmt: skip


def _manner(text: str) -> list[float]:
    """A sign to vote with, a greeting or closing, a mere link, signs as in code, a quotation's head."""
    short = len(text) <= artefacts.SHORT
    signs = len(_CODE.findall(text[: artefacts.SHORT]))
    return [
        float(artefacts.is_vote(text)), float(short and artefacts.closes(text)), float(short and bool(artefacts.GREETING.match(text))),
        float(bool(_LINK.match(text))), min(10 * signs / max(len(text[:artefacts.SHORT]), 10), 2.0), float(bool(artefacts.QUOTED_FROM.match(text))),
    ]  # fmt: skip


def _named(lines: list[Line], layouts: list[str]) -> Matrix:
    """Whether a line looks like a chosen name, stands after "@" elsewhere, and how much of it has no spaces."""
    called = {name.lower() for line in lines for name in _CALLED.findall(line.text[: page_kinds.SEEN])}
    alike = Counter(layouts)
    rows = []
    for line, layout in zip(lines, layouts, strict=True):
        text = line.text[: page_kinds.SEEN]
        single = len(text) <= 30 and bool(_HANDLE.match(text))
        rows.append([
            float(single and bool(_INNER.search(text))), float(single and text.islower()),
            float(len(text) <= 40 and bool(called) and text.split()[0].strip(".,:").lower() in called),
            0.0 if text.isascii() else len(page_kinds.IDEOGRAPH.findall(text)) / len(text), log(min(alike[layout], _MANY)) / 2,
        ])  # fmt: skip
    return np.array(rows, dtype=np.float32)


def _recurrence(lines: list[Line], classes: list[str], contexts: list[str]) -> Matrix:
    texts = [line.text[:100] for line in lines]
    after = [c.split("/", 1)[-1] for c in contexts]
    counts = np.log(np.minimum([_counts(keys) for keys in (texts, classes, contexts, after)], _MANY)).T
    rows = [
        (count > 0 and len(line.text) < 60, kind == "P", "⌚" in kind)
        for line, kind, count in zip(lines, classes, counts[:, 0], strict=True)
    ]
    halved: Matrix = np.hstack([counts, np.array(rows)]).astype(np.float32) / np.float32(2)
    return halved


def _counts(keys: list[str]) -> list[int]:
    """How often each key occurs on the page."""
    counts = Counter(keys)
    return [counts[key] for key in keys]


_AROUND = (
    0, 3, 5, 7, 12, 15, 19, 28, 29, 32, 34, 36, 37, 45, 49, 50, 51, 52, 53, 54, 62, 64, 68, 69, 70, 71, 72, 73, 74, 76,
)  # fmt: skip
"""Features whose mean above and below a line tells article from comments: lengths, register, dates, recurrence."""
_REACH = 12


def _around(form: Matrix) -> Matrix:
    """Means of some features over the dozen lines above and the dozen below."""
    n = len(form)
    sums = np.vstack([np.zeros((1, len(_AROUND)), dtype=np.float32), np.cumsum(form[:, _AROUND], axis=0)])
    index = np.arange(n)
    above, below = np.maximum(index - _REACH, 0), np.minimum(index + 1 + _REACH, n)
    up = (sums[index] - sums[above]) / np.maximum(index - above, 1)[:, None]
    down = (sums[below] - sums[index + 1]) / np.maximum(below - index - 1, 1)[:, None]
    return np.hstack([up, down]).astype(np.float32)


_OWN = {
    "length": 0,
    "short60": 4,
    "dated": 28,
    "date_only": 29,
    "heading": 40,
    "form": 41,
    "none_yet": 42,
    "after": 43,
}


def _place(own: Matrix, lines: list[Line]) -> Matrix:
    """Where on the page the line stands, and what the page as a whole is like."""
    n = len(lines)
    index = np.arange(n, dtype=np.float32)
    columns: list[NDArray[Any]] = [
        index / max(n, 1),
        np.minimum(index, 10) / 10,
        np.minimum(n - 1 - index, 10) / 10,
    ]
    for name in ("heading", "form", "none_yet", "after"):
        seen = own[:, _OWN[name]] > 0
        columns += [_since(seen), np.cumsum(seen) > 0, np.cumsum(seen[::-1])[::-1] > 0]
    dated = own[:, _OWN["dated"]] > 0
    columns += [_since(dated), _since(dated[::-1])[::-1]]
    blanks = np.array([line.blanks for line in lines])
    indents = np.array([line.indent for line in lines], dtype=np.float32)
    step = np.diff(indents, prepend=indents[:1])
    columns += [step > 0, step < 0, np.append(step[1:], 0) > 0, np.append(step[1:], 0) < 0]
    for value in (
        log1p(min(n, 6 * _MANY)) / 3,
        (blanks == 0).mean(),
        (blanks >= 2).mean(),
        dated.mean(),
        (own[:, _OWN["short60"]] > 0).mean(),
    ):
        columns.append(np.full(n, round(float(value) * 5) / 5))  # coarse, or pages would be learned by heart
    return np.stack([column.astype(np.float32) for column in columns], axis=1)


def _since(seen: NDArray[np.bool_]) -> Matrix:
    """How near the last seen line above is, 1 on it and falling by distance; 0 where there is none."""
    n = len(seen)
    index = np.arange(n)
    last = np.maximum.accumulate(np.where(seen, index, -1))
    near: Matrix = np.where(last >= 0, 1 / (1 + np.log2(1 + index - last)), 0).astype(np.float32)
    return near
