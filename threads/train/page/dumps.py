"""Real page texts and their gold comments, brought to the same labelled lines as rendered pages."""

from __future__ import annotations

import bisect
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from threads.infer.pages import artefacts
from threads.infer.pages import dates as artefacts_dates
from threads.infer.pages.lines import clean
from threads.infer.pages.model import ARTEFACT, AUTHOR, BODY, OUTSIDE, START
from threads.train.page.shapes import Labelled

_ABOVE = 14  # lines above the first body in which its author is looked for


@dataclass(frozen=True, slots=True)
class Dump:
    """A page's text, the site it is of, how it was rendered, and its gold comments (author, text)."""

    site: str
    rendering: str
    text: str
    gold: Sequence[Mapping[str, Any]]


def dumps(folder: Path) -> Iterator[Dump]:
    """Every NAME.RENDERING.txt that has a NAME.RENDERING.gold.json beside it."""
    for path in sorted(folder.glob("*.gold.json")):
        stem = path.name.removesuffix(".gold.json")
        site, rendering = stem.rsplit(".", 1)
        gold = json.loads(path.read_text(encoding="utf-8"))["comments"]
        yield Dump(site, rendering, path.with_name(stem + ".txt").read_text(encoding="utf-8"), gold)


def labelled(dump: Dump) -> Labelled:
    """The dump's lines, each with its label.

    Pingbacks are labelled as comments, since they are printed as such; reading the page leaves them out.
    """
    text = clean(dump.text)
    raw = text.split("\n")
    bodies = _bodies(text, dump.gold)
    labels = [OUTSIDE] * len(raw)
    if not bodies:
        return list(zip(raw, labels, strict=True))
    bodies = _with_pingbacks(bodies, raw)
    for first, last, _ in bodies:
        labels[first : last + 1] = [START] + [BODY] * (last - first)
    _label_gaps(bodies, raw, labels)
    return list(zip(raw, labels, strict=True))


Body = tuple[int, int, str | None]
"""First and last line, and the author: "" where unknown, None for a pingback."""


def _bodies(text: str, gold: Sequence[Mapping[str, Any]]) -> list[Body]:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    found = []
    for comment, span in zip(gold, locate(text, [c["text"] or "" for c in gold]), strict=True):
        if span:
            first, last = (bisect.bisect_right(starts, at) - 1 for at in (span[0], span[1] - 1))
            found.append((first, last, comment["author"] or ""))
    return found


def locate(text: str, wanted: Sequence[str]) -> list[tuple[int, int] | None]:
    """Where each wanted text stands, spaces aside and in order; by its first words where the rest differs."""
    places = [i for i, c in enumerate(text) if not c.isspace()]
    flat = "".join(text[i] for i in places)
    spans: list[tuple[int, int] | None] = []
    at = 0
    for each in wanted:
        squeezed = re.sub(r"\s+", "", each)
        start, length = flat.find(squeezed, at), len(squeezed)
        if start < 0:
            start = flat.find(squeezed[:30], at)
            end = flat.find(squeezed[-20:], start) if start >= 0 else -1
            length = end + 20 - start if end >= 0 else 30
        if start < 0 or not squeezed:
            spans.append(None)
            continue
        at = start + length
        spans.append((places[start], places[min(at, len(places)) - 1] + 1))
    return spans


def _with_pingbacks(bodies: list[Body], raw: list[str]) -> list[Body]:
    taken = {i for first, last, _ in bodies for i in range(first, last + 1)}
    stop = min(len(raw), bodies[-1][1] + 60)
    pings: list[Body] = [
        (i, i, None)
        for i in range(bodies[0][0], stop)
        if i not in taken and re.match(r"\s*\[(?:…|\.\.\.)\].{7}", raw[i])
    ]
    return sorted([*bodies, *pings], key=lambda body: body[:2])


def _label_gaps(bodies: list[Body], raw: list[str], labels: list[int]) -> None:
    first, last = bodies[0], bodies[-1]
    above = range(max(0, first[0] - _ABOVE), first[0])
    under = range(first[1] + 1, min(len(raw), first[1] + 6))
    below = not _named(above, raw, first[2]) and bool(_named(under, raw, first[2]))
    ends = [max(-1, first[0] - _ABOVE - 1), *(body[1] for body in bodies)]
    starts = [*(body[0] for body in bodies), min(len(raw), last[1] + 8)]
    for n, (end, start) in enumerate(zip(ends, starts, strict=True)):
        gap = [i for i in range(end + 1, start) if raw[i].strip()]
        owner = bodies[n - 1] if below and n else bodies[n] if not below and n < len(bodies) else None
        names = _names_of(gap, raw, owner) if owner else []
        place = "first" if n == 0 else "last" if n == len(bodies) else "between"
        for i in _kept(gap, raw, names, place, below):
            labels[i] = AUTHOR if i in names else ARTEFACT


def _kept(gap: list[int], raw: list[str], names: list[int], place: str, below: bool) -> list[int]:
    """The lines of a gap that are of comments: above the first from its name, below the last its buttons."""
    if place == "between":
        return gap
    if place == "first":
        return [i for i in gap if names and i >= names[0]] if not below else []
    if below:
        return [i for i in gap if names and i <= names[-1] + 2]
    tail = [not (artefacts.is_button(raw[i]) or artefacts.is_sign(raw[i])) for i in gap]
    return gap[: tail.index(True)] if True in tail else gap


def _names_of(gap: list[int], raw: list[str], owner: Body) -> list[int]:
    if owner[2] is not None:
        return _named(gap, raw, owner[2])
    dated = [k for k, i in enumerate(gap) if artefacts_dates.find(raw[i].strip())]
    return [gap[max(dated[-1] - 1, 0)]] if dated else []


def _named(rows: Sequence[int], raw: list[str], author: str | None) -> list[int]:
    name = _letters(author or "")
    return [i for i in rows if name and _names(_letters(raw[i]), name)]


def _names(line: str, name: str) -> bool:
    close = len(line) >= 3 and name.startswith(line) and len(name) - len(line) < 8
    return line.startswith(name) or (name in line and len(line) < len(name) + 60) or close


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()
