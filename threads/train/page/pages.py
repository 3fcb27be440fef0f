"""Whole pages around rendered comments: menus, title, article, frame of the site, forms, teasers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from threads.infer.pages.model import OUTSIDE
from threads.train.page.frames import FRAMES, Frame, filled
from threads.train.page.shapes import Labelled, Shape, Thread, comments_of

Put = Callable[[Sequence[str]], None]


def page_of(
    rng: Random, thread: Thread | None, articles: Sequence[Thread], furniture: Sequence[Sequence[str]]
) -> Labelled:
    """A whole page: menu, title, article, comments (none where `thread` is None), form, teasers, foot."""
    shape = Shape(rng)
    host = thread if thread and thread.get("article") else rng.choice(list(articles))
    frame = rng.choice(FRAMES) if rng.random() < 0.35 else None
    if frame is FRAMES[0] and rng.random() < 0.7:
        shape.header, shape.spacing = "points", rng.choice(("compact", "blocks", "lines"))
    page = _Page(shape, frame, str((thread or host)["title"]))
    if thread and shape.ragged and rng.random() < 0.45:
        return _unframed(shape, thread)
    bare = thread is not None and rng.random() < (0.2 if thread.get("article") else 0.65)
    quiet = bare or shape.ragged
    page.open(rng.choice(furniture), 0.2 if quiet else 0.6)
    if not bare:  # else the comments stand right under the title
        paragraphs = [p.strip() for p in str(host["article"]).split("\n") if p.strip()]
        page.put(_with_subheads(rng, paragraphs[: rng.randint(1, 60)]))
    if rng.random() < (0.05 if quiet else 0.2):
        page.put(teasers(shape, articles))
    page.section(thread)
    if rng.random() < (0.7 if thread is None else 0.15 if quiet else 0.4):
        page.put(teasers(shape, articles))
    page.close(rng.choice(furniture))
    return page.lines


def _unframed(shape: Shape, thread: Thread) -> Labelled:
    """Title, article and comments alone, as a scraper that knows the site keeps them."""
    page = _Page(shape, None, str(thread["title"]))
    page.put([page.title])
    page.put([p.strip() for p in str(thread.get("article") or "").split("\n") if p.strip()])
    return [*page.lines, *comments_of(shape, thread)]


def _with_subheads(rng: Random, paragraphs: Sequence[str]) -> list[str]:
    """At times an article with short lines before some paragraphs, which look like names and are none."""
    if rng.random() < 0.6:
        return list(paragraphs)
    rate, lines = rng.choice((0.15, 0.4)), []
    for paragraph in paragraphs:
        words = rng.choice(paragraphs).split()
        at = rng.randrange(len(words))
        if rng.random() < rate:
            lines.append(" ".join(words[at : at + rng.randint(1, 4)]).strip(".,:;").capitalize())
        lines.append(paragraph)
    return lines


class _Page:
    """Labelled lines that grow from the top, with the blank lines of the page's shape."""

    def __init__(self, shape: Shape, frame: Frame | None, title: str) -> None:
        self.shape, self.rng, self.frame, self.title = shape, shape.rng, frame, title
        self.lines: Labelled = []
        self.rate = self.rng.choice((0.3, 0.6, 0.9))
        packed = shape.spacing == "lines" or (shape.spacing == "compact" and self.rng.random() < 0.5)
        self.gap: Labelled = [] if packed else [("", OUTSIDE)]

    def put(self, texts: Sequence[str], packed: bool = False) -> None:
        for text in texts:
            self.lines.extend([(text, OUTSIDE), *([] if packed else self.gap)])
        if packed and texts:
            self.lines.append(("", OUTSIDE))

    def open(self, menu: Sequence[str], menus: float) -> None:
        """The menu, the title and what the frame prints below it."""
        self._frame("early")
        if self.rng.random() < menus:
            self.put(menu[: self.rng.randint(1, min(40, len(menu)))])
        self.put([self.title])
        if self.rng.random() < 0.5:
            self._frame("above")

    def section(self, thread: Thread | None) -> None:
        """The comments with heading and form, or what stands in their place."""
        shape, rng = self.shape, self.rng
        if thread is None:
            self._frame("above")
            self.put([rng.choice(shape.words("none"))] if rng.random() < 0.6 else [])
        else:
            self._form(0.15)
            if rng.random() < (0.25 if shape.ragged else 0.6):
                count = len(thread["comments"])
                self.put([rng.choice(shape.words("heading")).format(n=count, t=self.title)])
            self._frame("above")
            self.lines.extend(comments_of(shape, thread))
        self._form(0.2 if shape.ragged else 0.4)

    def close(self, foot: Sequence[str]) -> None:
        self._frame("below")
        if self.rng.random() < (0.3 if self.shape.ragged else 0.6):
            self.put(foot[-self.rng.randint(1, min(60, len(foot))) :])

    def _form(self, rate: float) -> None:
        if self.rng.random() < rate:
            form = self.rng.choice(self.shape.words("form")).split("|")
            self.put(form + self.shape.words("fields")[: self.rng.randint(0, 6)])

    def _frame(self, part: str) -> None:
        if self.frame:
            lines = getattr(self.frame, part)
            values = {"site": "Harrowfield Courier", "name": "Clara Voss", "ago": self.shape.date()}
            self.put(filled(self.rng, lines, self.rate, **values), packed=self.rng.random() < 0.5)


def teasers(shape: Shape, articles: Sequence[Thread]) -> list[str]:
    """Other articles announced on the page, with bylines and first sentences: a trap beside the comments."""
    rng, lines = shape.rng, [shape.rng.choice(shape.words("after"))]
    style = rng.randint(0, 5)
    for article in rng.sample(list(articles), min(len(articles), rng.choice((2, 3, 4, 6, 12)))):
        end = rng.choice((" …", "...", " [...]", ""))
        start = " ".join(str(article["article"]).split()[: rng.randint(15, 60)]) + end
        author = rng.choice(article["comments"])["author"]
        by = (f"{shape.words('by')[0]} {author}", f"{author} - {shape.date()}", shape.date(), str(author))
        byline = [rng.choice(by)] if style in (1, 2, 4) else []
        label = [str(article["title"]).split()[0]] if style in (0, 5) else []
        lines += [*label, str(article["title"]), *byline, *([start] if style != 3 else [])]
        lines += [rng.choice(shape.words("more"))] if style in (2, 5) else []
    return [line for line in lines if line]
