"""Threads whose links are known, read from files and varied as scrapes vary; used for training only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from threads.infer.links_thread import ROOT, Ints, Thread, Times, build

Flags = npt.NDArray[np.bool_]

UNKNOWN = -2
"""In place of a true parent that is not among the comments before."""


@dataclass(frozen=True, slots=True)
class Known:
    """A thread with its true links: each comment's parent, ROOT or UNKNOWN; only `counts` are judged."""

    source: str
    by_time: bool
    authors: list[str | None]
    thread: Thread
    parents: Ints
    accepted: list[frozenset[int]]
    counts: Flags


def read_known(path: Path) -> list[Known]:
    """All threads of a folder or of one file, in the order of file names and lines.

    In a folder the files named `*_dev.jsonl` are passed over: they are for measuring.
    """
    found = sorted(file for file in path.glob("*.jsonl") if not file.stem.endswith("_dev"))
    files = found if path.is_dir() else [path]
    return [known(json.loads(line)) for file in files for line in file.open(encoding="utf-8")]


def read_pages(folder: Path) -> list[Known]:
    """The comments of saved pages (`*.blocks.gold.json`), as one source; pages without any are left out."""
    records = [
        json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.blocks.gold.json"))
    ]
    base = {"source": "pages", "order_type": "dfs"}
    return [known({**base, **record}) for record in records if record["comments"]]


def known(record: dict[str, Any]) -> Known:
    """One line of a file as a thread; a text without its @names is preferred, as they are the platform's."""
    comments = sorted(record["comments"], key=lambda comment: comment["order"])
    place = {comment["id"]: at for at, comment in enumerate(comments)}
    authors = [comment["author"] or None for comment in comments]
    thread = build(
        [comment.get("text_nomention", comment["text"]) or "" for comment in comments],
        authors,
        _seconds([comment.get("time") for comment in comments]),
        title=record.get("title") or "",
        article=record.get("article") or "",
    )
    links = [comment.get("parents") or [comment["parent"]] for comment in comments]
    accepted = [_accepted(one, place, at) for at, one in enumerate(links)]
    parents = np.array([_first(one, place, at) for at, one in enumerate(links)], dtype=np.int64)
    counts = np.array([comment.get("annotated", True) for comment in comments]) & (parents != UNKNOWN)
    return Known(
        record["source"], record["order_type"] == "chrono", authors, thread, parents, accepted, counts
    )


def _first(parents: Sequence[str | None], place: dict[str, int], at: int) -> int:
    if parents[0] is None:
        return ROOT
    found = place.get(parents[0], at)
    return found if found < at else UNKNOWN


def _accepted(parents: Sequence[str | None], place: dict[str, int], at: int) -> frozenset[int]:
    return frozenset(_first([parent], place, at) for parent in parents) - {UNKNOWN}


def _seconds(times: Sequence[Any]) -> Times:
    if any(isinstance(time, str) and len(time) == 5 for time in times):
        return _clock([str(time) for time in times])
    parsed = pd.to_datetime(pd.Series(times, dtype=object), utc=True, errors="coerce", format="mixed")
    seconds = (parsed - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(seconds=1)
    found: Times = np.asarray(seconds, dtype=np.float64)
    return found


def _clock(times: Sequence[str]) -> Times:
    """Seconds from hours and minutes; a step back means the next day."""
    minutes = np.array([int(time[:2]) * 60 + int(time[3:]) for time in times], dtype=np.float64)
    days = np.cumsum(np.diff(minutes, prepend=minutes[:1]) < -60)
    return (minutes + 1440 * days) * 60


def vary(one: Known, rng: np.random.Generator) -> Thread:
    """The thread as a scrape may have it: some names, the times or the article lost."""
    thread = one.thread
    rate = rng.choice([0.0, 0.0, 0.25, 0.5, 1.0], p=[0.3, 0.2, 0.3, 0.15, 0.05])
    lost = rng.random(thread.size) < rate
    # Pages by time are mostly exports and logs, which have times; page text mostly has none.
    times = thread.times if rng.random() < (0.6 if one.by_time else 0.25) else np.full(thread.size, np.nan)
    return without(one, lost, times, article=rng.random() < 0.7)


def without(one: Known, lost: Flags, times: Times, *, article: bool) -> Thread:
    """The thread with the names of some comments lost, other times, and its article if wanted."""
    thread = one.thread
    return build(
        thread.texts,
        [None if gone else author for author, gone in zip(one.authors, lost, strict=True)],
        times,
        title=thread.title,
        article=thread.article if article else "",
    )


def in_branches(one: Known) -> Known:
    """The thread with replies listed under their parent, as most pages would show it."""
    below: dict[int, list[int]] = {}
    for at, parent in enumerate(one.parents.tolist()):
        below.setdefault(max(parent, ROOT), []).append(at)
    order: list[int] = []
    waiting = list(reversed(below.get(ROOT, [])))
    while waiting:
        order.append(waiting.pop())
        waiting.extend(reversed(below.get(order[-1], [])))
    return reordered(one, np.array(order, dtype=np.int64), by_time=False)


def reordered(one: Known, order: Ints, *, by_time: bool) -> Known:
    """The thread with its comments in another order; a parent that then comes later is UNKNOWN."""
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    parents = np.array([place[p] if p >= 0 else p for p in one.parents[order].tolist()], dtype=np.int64)
    parents[parents >= np.arange(len(order))] = UNKNOWN
    authors = [one.authors[at] for at in order]
    old = one.thread
    texts = [old.texts[at] for at in order]
    thread = build(texts, authors, old.times[order], title=old.title, article=old.article)
    accepted = [frozenset([int(parent)]) for parent in parents]
    counts = one.counts[order] & (parents != UNKNOWN)
    return Known(one.source, by_time, authors, thread, parents, accepted, counts)


def in_time(one: Known) -> Known | None:
    """The thread in order of time; None where it has no times or is too short to differ."""
    if one.by_time:
        return one
    times = one.thread.times
    if np.isnan(times).any() or one.thread.size < 3:
        return None
    return reordered(one, np.argsort(times, kind="stable"), by_time=True)
