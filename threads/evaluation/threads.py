"""How well threads are recovered from files whose true links are known, beside simple rules; a row each.

There are three views of a source, see evaluate_views.py.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from threads.errors import InputError
from threads.evaluation.links import figures
from threads.evaluation.true_lines import lines_of
from threads.evaluation.true_links import Known, known, without
from threads.evaluation.views import Recovered, datable, from_comments, from_pages
from threads.flattening import Page, flatten, read_dump
from threads.reading import Progress, quiet

CHAT = "irc"
"""How the names of sources begin that no page shows: logs of a chat."""
COLUMNS = (
    "source", "view", "rule", "threads", "comments", "precision", "recall", "authors", "parents", "replies",
    "roots", "path", "calibration", "links", "links_and_starts", "false_pages", "seconds",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Samples:
    """What there is to measure on, and a sentence for each line or file that could not be read."""

    threads: list[Known] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def measure_threads(path: Path | str, **options: Any) -> pd.DataFrame:  # noqa: ANN401 - those of `measure`
    """`measure` of all that lies in a file or folder; lines that cannot be read are passed over.

    Raises InputError where there is nothing to measure.
    """
    return measure(read_samples(Path(path)), **options)


def read_samples(path: Path, most: int | None = None) -> Samples:
    """Threads of a `*.jsonl` file or of a folder of them, and pages with NAME.gold.json beside NAME.txt.

    With `most` about as many comments of each source: every n-th thread of it. Raises InputError, with the
    first problem, where nothing could be read.
    """
    if not path.exists():
        raise InputError(f"There is no file or folder {path}.")
    unread: list[str] = []
    records = list(_records(sorted(path.glob("*.jsonl")) if path.is_dir() else [path], unread))
    pages = list(_dumps(sorted(path.glob("*.gold.json")) if path.is_dir() else [], unread))
    if not records and not pages:
        expected = "neither *.jsonl with a thread a line, nor NAME.txt with NAME.gold.json"
        raise InputError(unread[0] if unread else f"{path} holds no threads: {expected}.")
    threads = [known(record, below=True) for record in _thinned(records, most)]
    return Samples(threads, pages, unread)


def _records(files: Sequence[Path], unread: list[str]) -> Iterable[dict[str, Any]]:
    for file in files:
        try:
            for number, found in lines_of(file):
                if isinstance(found, str):
                    unread.append(f"{file}, line {number}: {found}.")
                else:
                    yield found
        except InputError as problem:
            unread.append(str(problem))


def _dumps(files: Sequence[Path], unread: list[str]) -> Iterable[Page]:
    for file in files:
        try:
            yield read_dump(file)
        except InputError as problem:
            unread.append(str(problem))


def _thinned(records: Sequence[dict[str, Any]], most: int | None) -> list[dict[str, Any]]:
    """Every n-th thread of each source, so that about `most` comments of it are left."""
    own: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        own.setdefault(record["source"], []).append(record)
    counts = [sum(len(one["comments"]) for one in each) for each in own.values()]
    steps = [max(1, -(-count // most)) if most else 1 for count in counts]
    return [one for each, step in zip(own.values(), steps, strict=True) for one in each[::step]]


def measure(
    samples: Samples, *, drop_authors: float = 0.0, artefacts: float = 0.0, seed: int = 1,
    progress: Progress = quiet,
) -> pd.DataFrame:  # fmt: skip
    """One row for each source, view and rule, that of this package (`model`) first.

    Columns: source, view (links, dated or page), rule, threads, comments (those that count), precision and
    recall of the comments found, authors (share of those found with the right one, or rightly with none),
    the figures of `evaluate_links.figures`, false_pages (share of the pages without comments on which some
    are found), seconds (of processor time, for 1000 comments). A share `drop_authors` of the names is lost,
    and `artefacts` of the comments on rendered pages have an age or buttons. NaN: does not apply.
    """
    threads = [_nameless(one, drop_authors, seed) for one in samples.threads]
    pages = [flatten(one, artefacts, seed) for one in threads if not one.source.startswith(CHAT)]
    pages += samples.pages
    sources = list(dict.fromkeys([*(one.source for one in threads), *(page.source for page in pages)]))
    rows: list[dict[str, Any]] = []
    for source in progress(sources, "Measuring", len(sources)):
        listed = [one for one in threads if one.source == source and one.thread.size]
        shown = [page for page in pages if page.source == source]
        rows += _rows(source, from_comments(listed)) if listed else []
        rows += _rows(source, from_comments(listed, dated=True)) if any(map(datable, listed)) else []
        rows += _rows(source, from_pages(shown)) if shown else []
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _nameless(one: Known, rate: float, seed: int) -> Known:
    """The thread with a share of its names lost; the same thread and seed lose the same ones."""
    chance = random.Random(f"{seed}:{one.name}")  # noqa: S311 -- draws names, keeps no secret
    lost = np.array([chance.random() < rate for _ in one.authors], dtype=bool)
    if not lost.any():
        return one
    thread = without(one, lost, one.thread.times, article=True)
    authors = [None if gone else author for author, gone in zip(one.authors, lost, strict=True)]
    return replace(one, authors=authors, thread=thread)


def _rows(source: str, found: Recovered) -> list[dict[str, Any]]:
    size = sum(one.thread.size for one in found.threads)
    same = {
        "source": source, "view": found.view, "threads": len(found.threads),
        "comments": sum(int(one.counts.sum()) for one in found.threads), **found.boundaries,
    }  # fmt: skip
    rows = [{**same, "rule": rule, **figures(found.threads, each)} for rule, each in found.guesses.items()]
    rows[0]["seconds"] = 1000 * found.seconds / size if size else float("nan")
    return rows
