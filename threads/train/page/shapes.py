"""Conversations printed as comments in many shapes, every line with its label: what the page model learns from."""

# ruff: noqa: E501 -- tables of words, patterns and features read better unbroken

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from threads.infer.pages.model import ARTEFACT, AUTHOR, BODY, OUTSIDE, START
from threads.train.page.words import WORDS

Labelled = list[tuple[str, int]]
Thread = Mapping[str, Any]

_HEADERS = {
    "name": 8, "says": 4, "dot": 1, "bullet_date": 3, "to": 2, "by": 2, "points": 3, "initials": 2, "badge": 2, "twice": 2, "inline_date": 3,
    "split_says": 3, "tail_first": 1, "count": 2, "number": 2, "stacked": 1, "handle": 1, "forum": 2, "votes": 1, "place": 1,
    "posted": 2, "email": 0.7, "wrote": 1, "hook": 1, "avatar": 1, "fan": 1, "bar": 1, "hash": 1.5, "alone": 1.5, "flair": 1.5, "guest": 1, "wrote_at": 1.5,
}  # fmt: skip
_DATED = (
    "bullet_date",
    "by",
    "points",
    "inline_date",
    "number",
    "votes",
    "posted",
    "email",
    "wrote",
    "wrote_at",
    "hash",
)
"""Headers that hold the date themselves."""
_ORDERS = ("name to date", "name date to", "to name date", "date name to", "name to date")
_SPACINGS = {"blocks": 5, "compact": 4, "lines": 3, "tight": 2, "double": 1, "heads": 1}
_NESTINGS = {"": 7, "space": 2, ">": 1, "|": 1, "bullet": 2}
_CLOCKS = ("at {h12}:{m:02d} {ap}", "{h12}:{m:02d} {ap}", "um {h}:{m:02d} Uhr", "{h:02d}:{m:02d}", "@ {h:02d}:{m:02d}", "// {h:02d}:{m:02d}", ", {h:02d}:{m:02d}", "- {h12}:{m:02d}{ap}", "")  # fmt: skip
_DAYS = ("{M} {d}, {y}", "{d}. {M} {y}", "{d} {M} {y}", "{d:02d}.{n:02d}.{y}", "{n}/{d}/{y}", "{y}-{n:02d}-{d:02d}", "{A} {d}, {y}", "{d} {A} {y}", "{d:02d}/{n:02d}/{y}", "{A} {d}")  # fmt: skip


def drawn(rng: Random, odds: Mapping[str, float]) -> str:
    return rng.choices(tuple(odds), tuple(odds.values()))[0]


@dataclass
class Shape:
    """How one page prints its comments; drawn once a page, so that all its records look alike.

    `ragged` is a scrape that kept dates and buttons of some comments and not of others; `lost` is the share
    of names that it lost, `kept` that of the dates that it kept; `raised` are buttons above the body, "below" the
    date or "beside" it; `quoting` is a forum's way to quote; `variant` chooses between wordings of one meaning.
    """

    rng: Random
    language: str = field(init=False)
    header: str = field(init=False)
    order: list[str] = field(init=False)
    spacing: str = field(init=False)
    nesting: str = field(init=False)
    footer: bool = False
    dates: str = field(init=False)
    tail: list[str] = field(init=False)
    tail_rate: float = field(init=False)
    to_rate: float = field(init=False)
    lost: float = 0.0
    numbered: bool = False
    ragged: bool = field(init=False)
    raised: str = ""
    kept: float = 0.3
    quoting: bool = False
    variant: float = field(init=False)

    def __post_init__(self) -> None:
        rng = self.rng
        self.language = drawn(rng, dict(zip(WORDS, (6, 3, 1.5, 1, 0.5, 0.5), strict=True)))
        self.ragged, self.variant = rng.random() < 0.42, rng.random()
        self.tail_rate = rng.choices((0.0, 0.3, 1.0), (3, 2, 4))[0]
        self.to_rate = rng.choices((0.0, 0.2, 1.0), (5, 3, 2))[0]
        self.order = rng.choice(_ORDERS).split()
        self.dates = rng.choices(("", "relative", f"{rng.choice(_DAYS)} {rng.choice(_CLOCKS)}"), (2, 3, 4))[0]
        (self._scraped if self.ragged else self._printed)()
        self.tail = rng.choice(self.words("tail")).split("|")

    def _printed(self) -> None:
        rng = self.rng
        self.header, self.spacing, self.nesting = (
            drawn(rng, odds) for odds in (_HEADERS, _SPACINGS, _NESTINGS)
        )
        self.footer = (
            self.header in ("name", "by", "inline_date", "bullet_date", "says") and rng.random() < 0.12
        ) or (self.header == "posted" and rng.random() < 0.7)
        self.quoting = rng.random() < (0.4 if self.header == "forum" else 0.06)
        self.numbered = rng.random() < 0.12
        self.raised = rng.choices(("", "below", "beside"), (8, 1, 1))[0]
        if self.spacing in ("blocks", "double") and not self.footer:
            self.lost = rng.choices((0.0, 0.25, 0.5), (6, 2, 1))[0]

    def _scraped(self) -> None:
        """Names alone on their lines, dates and buttons here and there, an empty line for a lost name."""
        self.header, self.spacing, self.nesting = "name", "blocks", ""
        self.kept = self.tail_rate = self.rng.choice((0.0, 0.15, 0.3, 0.3, 0.3, 0.6))
        self.dates, self.order, self.to_rate = "relative", ["name", "date"], 0.0
        self.lost = self.rng.choices((0.0, 0.25, 0.5), (2, 3, 1))[0]
        self.language = "en"

    def words(self, what: str) -> list[str]:
        return WORDS[self.language][what]

    def usual(self, what: str, **values: object) -> str:
        """The wording that this page always uses."""
        words = self.words(what)
        return words[int(self.variant * len(words))].format(**values)

    def word(self, what: str, **values: object) -> str:
        return self.rng.choice(self.words(what)).format(k=self.rng.randint(2, 11), **values)

    def date(self) -> str:
        rng = self.rng
        if self.dates in ("", "relative"):
            return self.word("ago")
        month, hour = rng.randint(1, 12), rng.randint(0, 23)
        name = self.words("months")[month - 1]
        return self.dates.format(M=name, A=name[:3], n=month, d=rng.randint(1, 28), y=rng.randint(2006, 2024), h=hour, h12=hour % 12 or 12, m=rng.randint(0, 59), ap=rng.choice(("am", "pm")) if rng.random() < 0.5 else "PM").replace(" ,", ",").strip()  # fmt: skip


def _name_lines(shape: Shape, name: str, other: str, number: int) -> Labelled:
    """The line with the name in its form, and what the form stacks above and below it."""
    rng, date, badges = shape.rng, shape.date(), shape.words("badge")
    some = badges[number % len(badges)] if number % 3 == 0 else ""
    inline = {
        "dot": f"{name} .", "says": f"{name} {shape.usual('says')}", "bullet_date": f"{name} • {date}",
        "to": f"{name} {'>' if number % 7 else '→'} {other}" if other else name, "by": f"{shape.usual('by')} {name} on {date}",
        "points": f"[–]{name} {rng.randint(-4, 90)} points {date}", "inline_date": f"{name} {date}",
        "number": f"{number}. {name}" + (f" {date}" if shape.dates else ""), "votes": f"{name} {date} [–]",
        "posted": f"{shape.usual('posted')} {name} {'—|-•,'[int(shape.variant * 5)]} {date}", "email": f"{shape.usual('from')} {name}",
        "wrote": shape.usual("wrote", d=date, o=name), "wrote_at": f"{name} {shape.usual('wrote_at', d=date)}",
        "hook": f"{name} {'↪➜▸↳'[int(shape.variant * 4)]} {other}" if other else name, "bar": f"{number} | {name}",
        "hash": f"#{number} {name}" + (f" {date}" if shape.dates else ""), "guest": name if number % 3 else shape.words("badge")[-1],
        "flair": name + (f" ({some})" if shape.variant < 0.3 else f" [{some}]" if shape.variant < 0.6 else f" {some}") * bool(some),
    }  # fmt: skip
    line: Labelled = [(inline.get(shape.header, name), AUTHOR)]
    initials = "".join(word[0] for word in name.split()[:2]).upper()
    stacks: dict[str, Callable[[], tuple[list[str], list[str]]]] = {
        "initials": lambda: ([initials], []),
        "badge": lambda: ([], [some] if some else []),
        "split_says": lambda: ([], [shape.usual("says")]),
        "tail_first": lambda: ([shape.tail[0]], []),
        "stacked": lambda: ([], ["•"]),
        "handle": lambda: ([], ["@" + "".join(name.lower().split())[:15] + str(len(name))]),
        "forum": lambda: ([], [f"Posts: {rng.randint(1, 4000)}", f"Joined: {shape.words('months')[number % 12][:3]} {rng.randint(1999, 2020)}"][: 1 + len(name) % 2]),
        "place": lambda: ([], [f"{name[:4].title()}ville"]),
        "email": lambda: ([], [f"{shape.usual('sent')} {date}"]),
        "avatar": lambda: ([shape.usual("avatar", o=name)], []),
        "fan": lambda: ([some] if some else [], []),
        "alone": lambda: ([f"{number}{'.' * (shape.variant < 0.5)}"], []),
    }  # fmt: skip
    above, below = stacks.get(shape.header, lambda: ([], []))()
    again = {"twice": line, "count": [(str(rng.randint(1, 9000)), ARTEFACT), *line]}.get(shape.header, [])
    return [*((text, ARTEFACT) for text in above), *line, *again, *((text, ARTEFACT) for text in below)]


def _header(shape: Shape, name: str, other: str, number: int) -> Labelled:
    """The lines above a body (or below it, in a footer), each with its label."""
    own_date = shape.dates and shape.header not in _DATED
    buttons = [] if not shape.raised else shape.tail
    date = " ".join([shape.date(), *(buttons if shape.raised == "beside" else [])])
    told = other and shape.header not in ("to", "points") and shape.rng.random() < shape.to_rate
    parts: dict[str, Labelled] = {
        "name": _name_lines(shape, name, other, number),
        "date": [(date, ARTEFACT)] if own_date and not _dropped(shape) else [],
        "to": [(shape.word("to", o=other), ARTEFACT)] if told else [],
    }
    lines = [line for part in shape.order for line in parts[part]]
    lines += [(button, ARTEFACT) for button in buttons] if shape.raised == "below" else []
    return [(f"#{number}", ARTEFACT), *lines] if shape.numbered and not shape.footer else lines


def _dropped(shape: Shape) -> bool:
    return shape.ragged and shape.rng.random() > shape.kept


def _body(shape: Shape, text: str) -> Labelled:
    """The lines of a body; a scrape keeps the line breaks of the text, a page parts all paragraphs alike."""
    blank: Labelled = [("", OUTSIDE)]
    if shape.ragged:
        raw = re.sub(r"\n\s*\n\s*", "\n\n", text.strip()).split("\n") if text.strip() else []
        return [
            (line.strip(), BODY if i else START) if line.strip() else blank[0] for i, line in enumerate(raw)
        ]
    paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
    if shape.spacing == "lines" and paragraphs and shape.rng.random() < 0.15:
        words = paragraphs[0].split()  # a link in the text is a text node of its own, hence a line
        cut = shape.rng.randint(1, max(1, len(words) - 1))
        cuts = (words[:cut], words[cut : cut + 2], words[cut + 2 :])
        paragraphs = [*(" ".join(part) for part in cuts if part), *paragraphs[1:]]
    packed = shape.spacing == "lines" or (shape.spacing == "compact" and shape.rng.random() < 0.3)
    between = [] if packed else blank
    return [
        line
        for i, text in enumerate(paragraphs)
        for line in ([(text, START)] if not i else [*between, (text, BODY)])
    ]


def _lost_header(shape: Shape) -> Labelled:
    kept = shape.kept if shape.ragged else 0.7
    if shape.dates and shape.header not in _DATED and shape.rng.random() < kept:
        return [(shape.date(), ARTEFACT)]
    return []


def _quoted(shape: Shape, other: str, quote: str) -> str:
    """The words answered, as a forum prints them above the answer."""
    heads = (
        f"Quote:\nOriginally Posted by {other}",
        f"Originally Posted by {other}",
        f"Quote from: {other}",
        f"{other} wrote:",
        "Quote:",
    )
    return f"{heads[int(shape.variant * 5)]}\n{' '.join(quote.split()[:30])}\n"


def _record(shape: Shape, comment: Thread, other: str, quote: str, number: int) -> Labelled:
    """One comment with the blank lines below its parts."""
    rng = shape.rng
    lost = rng.random() < shape.lost or not comment["author"]
    gap: Labelled = [] if shape.spacing in ("lines", "compact") else [("", OUTSIDE)]
    header = _lost_header(shape) if lost else _header(shape, str(comment["author"]), other, number)
    head = _spaced(shape, header, gap)
    if lost and not (number == 1 and rng.random() < (0.12 if shape.ragged else 0.3)):
        head = [("", OUTSIDE), *head]
    text = "" if rng.random() < 0.01 and not lost else str(comment["text"] or "")
    text = _quoted(shape, other, quote) + text if shape.quoting and other and text else text
    body = _body(shape, f"{number}. {text}" if shape.footer and shape.numbered and text else text)
    body = [*body, *gap] if body else [*gap, *gap]
    tail: Labelled = []
    if rng.random() < shape.tail_rate and not shape.raised:
        buttons = rng.choice(shape.words("tail")).split("|") if shape.ragged else shape.tail
        tail = [*((button, ARTEFACT) for button in buttons), *gap]
    parts = [*body, *head, *tail] if shape.footer else [*head, *body, *tail]
    return [*parts, *([("", OUTSIDE)] if shape.spacing in ("double", "compact") else [])]


def _spaced(shape: Shape, header: Labelled, gap: Labelled) -> Labelled:
    """The header with the page's blank lines: after each line, or after the last alone."""
    if shape.spacing in ("blocks", "double"):
        return [part for line in header for part in (line, *gap)]
    return [*header, *(gap if header else [])]


def _nested(shape: Shape, record: Labelled, depth: int, number: int) -> Labelled:
    if not shape.nesting:
        return record
    mark = {"space": "    " * depth, "bullet": "  " * depth}.get(shape.nesting, (shape.nesting + " ") * depth)
    out = [(mark + text if text else "", label) for text, label in record]
    at = next((i for i, (text, _) in enumerate(out) if text), None)
    if shape.nesting == "bullet" and at is not None:
        bullet = ("* ", "+ ", "o ")[depth % 3] if shape.language != "de" else f"{number}. "
        out[at] = (mark + bullet + record[at][0], out[at][1])
    return out


def comments_of(shape: Shape, thread: Thread) -> Labelled:
    """All comments of a thread in the page's shape."""
    ids = {c["id"]: (str(c["author"] or ""), str(c["text"] or "")) for c in thread["comments"]}
    lines: Labelled = []
    for i, comment in enumerate(thread["comments"]):
        record = _record(shape, comment, *ids.get(comment["parent"] or "", ("", "")), i + 1)
        lines += _nested(shape, record, min(int(comment.get("depth") or 1) - 1, 8), i + 1)
    return lines
