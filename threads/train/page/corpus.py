"""The pages that the page model is fitted on: rendered conversations and real dumps, dealt into folds by site."""

# ruff: noqa: E501 -- tables of words, patterns and features read better unbroken

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from threads.train.page.dumps import Dump, dumps, labelled
from threads.train.page.example import Example, example
from threads.train.page.pages import page_of
from threads.train.page.people import varied
from threads.train.page.shapes import Thread

FOLDS = 4
SOURCES = {"wordpress_lemire": 6, "wordpress_wxr": 1, "wikipedia_talk": 3, "discourse_urho3d": 4, "disqus_xml": 3, "reddit": 1, "twitter_rumoureval": 2}  # fmt: skip
"""How often each source is drawn: long multi-paragraph comments with articles most."""
HELD_OUT = ("disqus_xml", "reddit", "twitter_rumoureval")
"""Sources that no model of a fold is fitted on."""
_SIZES = (1, 2, 3, 4, 5, 8, 12, 20, 30, 50, 100)
_WITHOUT = 0.22  # share of pages without comments; of the real ones 58 %, each a trap of its own
_WEIGHT_WITH, _WEIGHT_WITHOUT = 3.0, 4.0


def folds_of(pages: Sequence[Dump]) -> dict[str, int]:
    """Each site's fold, those with comments and those without dealt evenly."""
    sites = sorted({page.site for page in pages})
    having = {page.site for page in pages if page.gold}
    dealt: dict[str, int] = {}
    rng = Random(5)  # noqa: S311 -- draws pages, keeps no secret
    for group in ([s for s in sites if s in having], [s for s in sites if s not in having]):
        rng.shuffle(group)
        dealt |= {site: n % FOLDS for n, site in enumerate(group)}
    return dealt


def rendered(
    folder: Path, pages: Sequence[Dump], count: int, skip: int | None, seed: int = 5
) -> Iterator[Example]:
    """Rendered pages; with `skip`, none that uses a source held out or the menus of a site in that fold."""
    rng = Random(seed)  # noqa: S311 -- draws pages, keeps no secret
    fold = folds_of(pages)
    names = [name for name in SOURCES if skip is None or name not in HELD_OUT]
    threads = {name: _threads(folder / f"{name}.jsonl") for name in names}
    articles = [
        t for group in threads.values() for t in group if len(t.get("article") or "") > 300 and t["comments"]
    ]
    furniture = [
        _furniture(page)
        for page in pages
        if not page.gold and page.rendering != "layout" and fold[page.site] != skip
    ]
    for n in range(count):
        thread = rng.choice(threads[rng.choices(names, [SOURCES[name] for name in names])[0]])
        page = page_of(
            rng, None if rng.random() < _WITHOUT else varied(rng, _part(rng, thread)), articles, furniture
        )
        if made := example(page, 1.0, n):
            yield made


def real(pages: Sequence[Dump], skip: int | None) -> Iterator[Example]:
    """The real dumps of all folds but one."""
    fold = folds_of(pages)
    for page in pages:
        if fold[page.site] == skip:
            continue
        if made := example(labelled(page), _WEIGHT_WITH if page.gold else _WEIGHT_WITHOUT, fold[page.site]):
            yield made


def read_dumps(folder: Path) -> list[Dump]:
    return list(dumps(folder))


def _threads(path: Path) -> list[Thread]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _furniture(page: Dump) -> list[str]:
    return [line.strip() for line in page.text.split("\n") if line.strip()]


def _part(rng: Random, thread: Thread) -> Thread:
    """A run of a thread's comments in page order, so that long threads do not drown the rest."""
    comments = sorted(thread["comments"], key=lambda comment: comment["order"])
    size = rng.choice(_SIZES)
    start = rng.randrange(max(1, len(comments) - size + 1))
    return {**thread, "comments": comments[start : start + size]}
