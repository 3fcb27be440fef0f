"""Threads whose reply links are known, as arrays; what they look like on disk is said in true_lines.py."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from threads.infer.links.thread import ROOT, Ints, Thread, Times, build

Flags = npt.NDArray[np.bool_]

UNKNOWN = -2
"""In place of a true parent that is not among the comments before."""
_CLOCK = re.compile(r"\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Known:
    """A thread with its true links: each comment's parent, ROOT or UNKNOWN; only `counts` are judged.

    `accepted` holds all true parents of each comment. `chat` says that people annotated the links of some
    messages, which may answer several.
    """

    source: str
    by_time: bool
    authors: list[str | None]
    thread: Thread
    parents: Ints
    accepted: list[frozenset[int]]
    counts: Flags
    name: str = ""
    chat: bool = False


def read_known(path: Path, pages: Path | None = None) -> list[Known]:
    """All threads of a folder or of one file, in the order of file names and lines, then those of `pages`.

    In a folder the files named `*_dev.jsonl` are passed over: they are for measuring.
    """
    found = sorted(file for file in path.glob("*.jsonl") if not file.stem.endswith("_dev"))
    files = found if path.is_dir() else [path]
    threads = [known(json.loads(line)) for file in files for line in file.open(encoding="utf-8")]
    return threads + (_read_pages(pages) if pages else [])


def _read_pages(folder: Path) -> list[Known]:
    """The comments of saved pages (`*.blocks.gold.json`), as one source; pages without any are left out."""
    records = [
        json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.blocks.gold.json"))
    ]
    base = {"source": "pages", "order_type": "dfs"}
    return [known({**base, **record}) for record in records if record["comments"]]


def known(record: dict[str, Any], *, below: bool = False) -> Known:
    """One line of a file as a thread; a text without its @names is preferred, as they are the platform's.

    A parent that stands below its reply, as on a page that lists the newest first, is UNKNOWN unless
    `below` says to keep it.
    """
    comments = sorted(record["comments"], key=lambda comment: comment["order"])
    authors = [comment.get("author") or None for comment in comments]
    thread = build(
        [comment.get("text_nomention", comment["text"]) or "" for comment in comments],
        authors,
        _seconds([comment.get("time") for comment in comments]),
        title=record.get("title") or "",
        article=record.get("article") or "",
    )
    place = {comment["id"]: at for at, comment in enumerate(comments)}
    links = [
        [_place(place, parent, at, below=below) for parent in comment.get("parents") or [comment["parent"]]]
        for at, comment in enumerate(comments)
    ]
    parents = np.array([first for first, *_ in links], dtype=np.int64)
    annotated = [comment.get("annotated", True) for comment in comments]
    by_time = record["order_type"] == "chrono"
    return Known(
        source=record["source"],
        by_time=by_time,
        authors=authors,
        thread=thread,
        parents=parents,
        accepted=[frozenset(each) - {UNKNOWN} for each in links],
        counts=np.array(annotated, dtype=bool) & (parents != UNKNOWN),
        name=str(record.get("id", "")),
        chat=by_time and any("annotated" in comment for comment in comments),
    )


def _place(places: dict[str, int], parent: str | None, at: int, *, below: bool) -> int:
    if parent is None:
        return ROOT
    found = places.get(parent, at)
    return found if found < at or (below and found > at) else UNKNOWN


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


def _seconds(times: Sequence[Any]) -> Times:
    if any(isinstance(time, str) and _CLOCK.fullmatch(time) for time in times):
        return _clock([str(time) for time in times])
    dates = pd.to_datetime(pd.Series(times, dtype=object), utc=True, errors="coerce", format="mixed")
    seconds = (dates - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(seconds=1)
    found: Times = np.asarray(seconds, dtype=np.float64)
    return found


def _clock(times: Sequence[str]) -> Times:
    """Seconds from hours and minutes, NaN for what is none; a step back means the next day."""
    minutes = pd.Series([
        int(time[:2]) * 60 + int(time[3:]) if _CLOCK.fullmatch(time) else np.nan for time in times
    ])  # fmt: skip
    days = (minutes.ffill().diff() < -60).cumsum()
    return np.asarray((minutes + 1440 * days) * 60, dtype=np.float64)
