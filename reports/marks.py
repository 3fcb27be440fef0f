"""Text and evidence to segments: the only place that marks spans, for the page, the app and the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Protocol, TypeVar


class Span(Protocol):
    """A row of evidence, as `frame.itertuples()` gives it; only its borders matter here."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


Row = TypeVar("Row", bound=Span)


@dataclass(frozen=True, slots=True)
class Segment(Generic[Row]):
    """A stretch of a text between two borders, and the rows of evidence that cover it.

    `ends` are those of the rows that end where the segment ends: the place for a label.
    `left_out` counts the code points that `shorten` dropped here; the text is then empty.
    """

    text: str
    evidence: tuple[Row, ...] = ()
    ends: tuple[Row, ...] = ()
    left_out: int = 0


def segments(text: str, evidence: Iterable[Row]) -> list[Segment[Row]]:
    """Split a text at the borders of its evidence; the joined segments are the text.

    `start` and `end` are code points into `text`. Spans may overlap and nest; what reaches beyond the
    text is clipped, and a span of which nothing is left covers nothing.
    """
    spans = [(max(0, int(row.start)), min(len(text), int(row.end)), row) for row in evidence]
    spans = [span for span in spans if span[0] < span[1]]
    borders = sorted({0, len(text), *(s for s, _, _ in spans), *(e for _, e, _ in spans)})
    return list(_sweep(text, borders, spans))


def _sweep(text: str, borders: list[int], spans: list[tuple[int, int, Row]]) -> Iterable[Segment[Row]]:
    waiting = sorted(spans, key=lambda span: span[0])[::-1]
    live: list[tuple[int, int, Row]] = []
    for left, right in pairwise(borders):
        while waiting and waiting[-1][0] <= left:
            live.append(waiting.pop())
        live = [span for span in live if span[1] > left]
        covering = tuple(row for _, _, row in live)
        yield Segment(text[left:right], covering, tuple(row for _, end, row in live if end == right))


def shorten(parts: Sequence[Segment[Row]], room: int, most: int = 200) -> list[Segment[Row]]:
    """The segments with the middle of each long one left out, so that marked words stay in sight.

    A segment of more than `room` code points is cut; of more than `most` segments the rest is left out.
    """
    kept = [piece for part in parts[:most] for piece in _cut(part, room)]
    beyond = sum(len(part.text) for part in parts[most:])
    return [*kept, Segment("", left_out=beyond)] if beyond else kept


def _cut(part: Segment[Row], room: int) -> list[Segment[Row]]:
    """The start and the end of a segment that is too long, two fifths of the room each, in whole words."""
    if len(part.text) <= room:
        return [part]
    most = max(1, room * 2 // 5)
    head = part.text[: _last_blank(part.text[:most])]
    tail = part.text[len(part.text) - _last_blank(part.text[: -most - 1 : -1]) :]
    gone = len(part.text) - len(head) - len(tail)
    return [
        Segment(head, part.evidence),
        Segment("", part.evidence, left_out=gone),
        Segment(tail, part.evidence, part.ends),
    ]


def _last_blank(text: str) -> int:
    """Where the last word begins, unless that would lose more than half."""
    blank = text.rfind(" ") + 1
    return blank if 2 * blank > len(text) else len(text)


_PLAIN = {"\n", "\t", "\u200c", "\u200d"}
"""Layout, and the joiners that Persian and emoji are written with: left as they are."""

_NAMES = {
    "\u00ad": "SHY", "\u061c": "ALM", "\u200b": "ZWSP", "\u200e": "LRM", "\u200f": "RLM", "\u2060": "WJ",
    "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO",
    "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI", "\ufeff": "BOM",
}  # fmt: skip


def visible(text: str) -> str:
    """The text with what cannot be seen made visible: direction overrides, zero widths, controls.

    The right-to-left override becomes `⟨RLO⟩`, so that no text can turn round what stands beside it;
    lone surrogates, which no file can hold, become their number.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in _PLAIN else _shown(char) for char in text)


def _shown(char: str) -> str:
    if char == "\r":
        return ""
    kind = unicodedata.category(char)
    if kind in {"Zs", "Zl", "Zp"}:
        return " " if kind == "Zs" else "\n"
    if char in _NAMES:
        return f"⟨{_NAMES[char]}⟩"
    return char if kind in {"Co", "Cn"} and ord(char) < 0xE0000 else f"⟨U+{ord(char):04X}⟩"
