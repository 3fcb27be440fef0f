"""Conversations rendered as page dumps of many shapes, every line with its label: what the page model learns from."""

# ruff: noqa: E501 -- tables of words, patterns and features read better unbroken

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from threads.infer.page_model import ARTEFACT, AUTHOR, BODY, OUTSIDE, START
from threads.train_page_words import WORDS

Labelled = list[tuple[str, int]]
Thread = Mapping[str, Any]

_HEADERS = ("name", "says", "dot", "bullet_date", "to", "by", "points", "initials", "badge", "twice", "inline_date", "split_says", "date_first", "tail_first", "count", "number", "stacked")  # fmt: skip
_HEADER_ODDS = (8, 4, 1, 3, 2, 2, 2, 2, 2, 2, 3, 3, 1, 1, 1, 2, 1)
_CLOCKS = ("at {h12}:{m:02d} {ap}", "{h12}:{m:02d} {ap}", "um {h}:{m:02d} Uhr", "{h:02d}:{m:02d}", "@ {h:02d}:{m:02d}", "// {h:02d}:{m:02d}", ", {h:02d}:{m:02d}", "- {h12}:{m:02d}{ap}", "")  # fmt: skip
_DAYS = ("{M} {d}, {y}", "{d}. {M} {y}", "{d} {M} {y}", "{d:02d}.{n:02d}.{y}", "{n}/{d}/{y}", "{y}-{n:02d}-{d:02d}", "{A} {d}, {y}", "{d} {A} {y}", "{d:02d}/{n:02d}/{y}", "{A} {d}")  # fmt: skip


@dataclass
class Shape:
    """How one page prints its comments; drawn once a page, so that all its records look alike."""

    rng: Random
    language: str = field(init=False)
    header: str = field(init=False)
    spacing: str = field(init=False)
    nesting: str = field(init=False)
    footer: bool = field(init=False)
    dates: str = field(init=False)
    tail: list[str] = field(init=False)
    tail_rate: float = field(init=False)
    lost: float = field(init=False)
    numbered: bool = field(init=False)
    ragged: bool = field(init=False)

    def __post_init__(self) -> None:
        rng = self.rng
        self.language = rng.choices(list(WORDS), (6, 3, 1, 1))[0]
        self.header = rng.choices(_HEADERS, _HEADER_ODDS)[0]
        self.spacing = rng.choices(("blocks", "lines", "tight", "double", "heads"), (5, 3, 2, 1, 1))[0]
        self.nesting = rng.choices(("", "space", ">", "|", "bullet"), (7, 2, 1, 1, 2))[0]
        self.footer = (
            self.header in ("name", "by", "inline_date", "bullet_date", "says") and rng.random() < 0.1
        )
        self.dates = rng.choices(("", "relative", rng.choice(_DAYS) + " " + rng.choice(_CLOCKS)), (2, 2, 4))[
            0
        ]
        self.tail = rng.choice(self.words("tail")).split("|")
        self.tail_rate = rng.choices((0.0, 0.3, 1.0), (3, 2, 4))[0]
        self.lost = (
            rng.choices((0.0, 0.25, 0.5), (6, 2, 1))[0]
            if self.spacing in ("blocks", "double") and not self.footer
            else 0.0
        )
        self.numbered = rng.random() < 0.12
        self.ragged = (
            rng.random() < 0.3
        )  # a scrape that kept dates and buttons of some comments and not of others
        if self.ragged and rng.random() < 0.7:
            self.header, self.spacing, self.nesting, self.numbered, self.dates, self.footer = (
                "name",
                "blocks",
                "",
                False,
                "relative",
                False,
            )
            self.lost, self.tail_rate, self.language = rng.choice((0.0, 0.25, 0.5)), 0.3, "en"

    def words(self, what: str) -> list[str]:
        return WORDS[self.language][what]

    def word(self, what: str, **values: object) -> str:
        return self.rng.choice(self.words(what)).format(k=self.rng.randint(2, 11), **values)

    def date(self) -> str:
        rng = self.rng
        if self.dates in ("", "relative"):
            return self.word("ago")
        month, hour = rng.randint(1, 12), rng.randint(0, 23)
        name = self.words("months")[month - 1]
        return self.dates.format(M=name, A=name[:3], n=month, d=rng.randint(1, 28), y=rng.randint(2006, 2024), h=hour, h12=hour % 12 or 12, m=rng.randint(0, 59), ap=rng.choice(("am", "pm")) if rng.random() < 0.5 else "PM").replace(" ,", ",").strip()  # fmt: skip


def _header(shape: Shape, name: str, other: str, number: int) -> Labelled:
    """The lines above a body (or below it, in a footer), each with its label."""
    date = shape.date()
    inline = {
        "dot": f"{name} .", "says": f"{name} {shape.words('says')[0]}", "bullet_date": f"{name} • {date}",
        "to": f"{name} {'>' if number % 7 else '→'} {other}" if other else name, "by": f"{shape.words('by')[0]} {name} on {date}",
        "points": f"[–]{name} {shape.rng.randint(-4, 90)} points {date}", "inline_date": f"{name} {date}",
        "number": f"{number}. {name}" + (f" {date}" if shape.dates else ""),
    }  # fmt: skip
    lines: Labelled = [(inline.get(shape.header, name), AUTHOR)]
    initials = "".join(word[0] for word in name.split()[:2]).upper()
    badges = shape.words("badge")
    badge = [(badges[number % len(badges)], ARTEFACT)]
    stacks: dict[str, Callable[[], Labelled]] = {
        "initials": lambda: [(initials, ARTEFACT), *lines],
        "badge": lambda: [*lines, *(badge if number % 3 == 0 else [])],
        "twice": lambda: [*lines, *lines],
        "split_says": lambda: [*lines, (shape.words("says")[0], ARTEFACT)],
        "tail_first": lambda: [(shape.tail[0], ARTEFACT), *lines],
        "count": lambda: [*lines, (str(shape.rng.randint(1, 9000)), ARTEFACT), *lines],
        "stacked": lambda: [*lines, ("•", ARTEFACT)],
    }
    lines = stacks.get(shape.header, lambda: lines)()
    if (
        shape.dates
        and not (shape.ragged and shape.rng.random() > 0.3)
        and shape.header not in ("bullet_date", "by", "points", "inline_date", "number")
    ):
        lines = [(date, ARTEFACT), *lines] if shape.header == "date_first" else [*lines, (date, ARTEFACT)]
    if shape.header not in ("to", "points") and other and number % 5 == 0 and shape.nesting == "":
        lines.append((shape.word("to", o=other), ARTEFACT))
    return [(f"#{number}", ARTEFACT), *lines] if shape.numbered else lines


def _body(shape: Shape, text: str) -> list[str]:
    paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
    if shape.spacing != "lines" or not paragraphs or shape.rng.random() > 0.15:
        return paragraphs
    words = paragraphs[0].split()  # a link in the text is a text node of its own, hence a line
    cut = shape.rng.randint(1, max(1, len(words) - 1))
    return [" ".join(words[:cut]), " ".join(words[cut : cut + 2]), *([" ".join(words[cut + 2 :])] if words[cut + 2 :] else []), *paragraphs[1:]]  # fmt: skip


def _record(shape: Shape, comment: Thread, other: str, number: int, first: bool) -> Labelled:
    """One comment with the blank lines below its parts."""
    rng = shape.rng
    lost = rng.random() < shape.lost or not comment["author"]
    gap: Labelled = [("", OUTSIDE)] if shape.spacing != "lines" else []
    inner = gap if shape.spacing in ("blocks", "double", "heads") else []
    header = [] if lost else _header(shape, str(comment["author"]), other, number)
    if (
        lost
        and shape.dates
        and rng.random() < (0.3 if shape.ragged else 0.7)
        and shape.header not in ("bullet_date", "by", "points", "inline_date", "number")
    ):
        header = [(shape.date(), ARTEFACT)]
    head: Labelled = []
    for line in header:
        head += [line, *(inner if shape.spacing != "heads" else [])]
    head += gap if shape.spacing in ("tight", "heads") and header else []
    if lost and not (first and rng.random() < 0.5):
        head = [("", OUTSIDE), *head]
    text = "" if rng.random() < 0.01 and not lost else str(comment["text"] or "")
    body: Labelled = []
    for i, paragraph in enumerate(_body(shape, text)):
        body += [(paragraph, BODY if i else START), *gap]
    if not body and gap:
        body = [("", OUTSIDE), *gap]
    tail: Labelled = []
    if rng.random() < shape.tail_rate:
        for button in rng.choice(shape.words("tail")).split("|") if shape.ragged else shape.tail:
            tail.append((button, ARTEFACT))
        tail += gap
    parts = [*body, *head, *tail] if shape.footer else [*head, *body, *tail]
    return [*parts, *(gap if shape.spacing == "double" else [])]


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
    ids = {comment["id"]: str(comment["author"] or "") for comment in thread["comments"]}
    lines: Labelled = []
    for i, comment in enumerate(thread["comments"]):
        record = _record(shape, comment, ids.get(comment["parent"] or "", ""), i + 1, i == 0)
        lines += _nested(shape, record, min(int(comment.get("depth") or 1) - 1, 8), i + 1)
    return lines


def teasers(shape: Shape, articles: Sequence[Thread]) -> Labelled:
    """Other articles announced on the page: titles, bylines and first sentences; the trap beside the comments."""
    rng, lines = shape.rng, [shape.rng.choice(shape.words("after"))]
    style = rng.randint(0, 5)
    for article in rng.sample(list(articles), min(len(articles), rng.randint(2, 6))):
        start = " ".join(str(article["article"]).split()[: rng.randint(15, 60)]) + rng.choice(
            (" …", "...", " [...]", "")
        )
        author = rng.choice(article["comments"])["author"] if article["comments"] else "Redaktion"
        byline = rng.choice(
            (f"{shape.words('by')[0]} {author}", f"{author} - {shape.date()}", shape.date(), str(author))
        )
        lines += [
            article["title"],
            *([byline] if style in (1, 2, 4) else []),
            *([start] if style != 3 else []),
        ]
        lines += [rng.choice(shape.words("more"))] if style in (2, 5) else []
    return [(line, OUTSIDE) for line in lines if line]


def page_of(
    rng: Random, thread: Thread | None, articles: Sequence[Thread], furniture: Sequence[Sequence[str]]
) -> Labelled:
    """A whole page: menu, title, article, comments (none where `thread` is None), form, teasers, foot."""
    shape = Shape(rng)
    host = thread if thread and thread.get("article") else rng.choice(list(articles))
    lines: Labelled = []
    gap: Labelled = [("", OUTSIDE)] if shape.spacing != "lines" else []

    def put(texts: Sequence[str]) -> None:
        for text in texts:
            lines.extend([(text, OUTSIDE), *gap])

    bare = thread is not None and rng.random() < (
        0.2 if thread.get("article") else 0.65
    )  # comments right under a title
    if rng.random() < (0.25 if bare or shape.ragged else 0.6):
        menu = rng.choice(furniture)
        put(menu[: rng.randint(1, min(40, len(menu)))])
    put([str((thread or host)["title"])])
    if not bare:
        put([p.strip() for p in str(host["article"]).split("\n") if p.strip()][: rng.randint(2, 60)])
    if rng.random() < (0.05 if bare or shape.ragged else 0.2):
        put([text for text, _ in teasers(shape, articles)])
    if thread:
        _section(shape, thread, lines, put)
    elif rng.random() < 0.6:
        put([rng.choice(shape.words("none"))])
    if rng.random() < 0.4:
        put(rng.choice(shape.words("form")).split("|") + shape.words("fields")[: rng.randint(0, 6)])
    if rng.random() < 0.4:
        put([text for text, _ in teasers(shape, articles)])
    put(_foot(rng, furniture))
    return lines


def _foot(rng: Random, furniture: Sequence[Sequence[str]]) -> Sequence[str]:
    lines = rng.choice(furniture)
    return lines[-rng.randint(1, min(60, len(lines))) :] if rng.random() < 0.6 else []


def _section(shape: Shape, thread: Thread, lines: Labelled, put: Callable[[Sequence[str]], None]) -> None:
    rng = shape.rng
    if rng.random() < 0.15:
        put(rng.choice(shape.words("form")).split("|") + shape.words("fields")[: rng.randint(0, 6)])
    if rng.random() < (0.3 if shape.ragged else 0.65):
        put([rng.choice(shape.words("heading")).format(n=len(thread["comments"]), t=thread["title"])])
    lines.extend(comments_of(shape, thread))
