"""Threads with known links as this package recovers them, and as simple rules do: three views of a source.

`links` hangs the comments as the file has them, with their names, but with times only where the thread goes
by time; `dated` has the times of all; `page` goes the whole way from the text of a page, where a comment that
is not found has no right parent either.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

import numpy as np
import pandas as pd

from threads.comment import Comment
from threads.evaluation.links import LOST, RULES, Guess
from threads.evaluation.pages import Tally, compare, matches
from threads.evaluation.true_links import Known
from threads.flattening import Page
from threads.infer.links.guessing import infer_links
from threads.infer.links.thread import NOBODY, ROOT, Thread, Times, from_frame
from threads.infer.pages.reading import PageReading, read_page
from threads.schema import COMMENTS, conform, empty

MODEL = "model"
"""In place of a rule's name: what this package infers."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was guessed of threads, by rule, MODEL first; `seconds` of processor time that MODEL took.

    `boundaries`: precision and recall of the comments found, authors (share of those found with the right
    one, or rightly with none), false_pages (share of the pages without comments on which some are found).
    """

    view: str
    threads: Sequence[Known]
    guesses: Mapping[str, Sequence[Guess]]
    seconds: float
    boundaries: Mapping[str, float] = field(default_factory=dict)


def from_comments(threads: Sequence[Known], *, dated: bool = False) -> Recovered:
    """Threads recovered from their comments, none of them empty, as `dated` or as `links` has them.

    The rules do without times, so they are not measured once more where the threads are dated.
    """
    shown = [one.thread if dated or one.by_time else replace(one.thread, times=_none(one)) for one in threads]
    frame = pd.concat([_frame_of(each, str(at)) for at, each in enumerate(shown)], ignore_index=True)
    articles = {str(at): each.article for at, each in enumerate(shown)}
    start = time.process_time()
    linked = infer_links(frame, articles)
    seconds = time.process_time() - start
    by_thread = _by_thread(linked)
    guesses = {MODEL: [_guess(by_thread[str(at)]) for at in range(len(threads))]}
    if not dated:
        guesses |= {rule.__name__: [Guess.of(rule(each)) for each in shown] for rule in RULES}
    return Recovered("dated" if dated else "links", threads, guesses, seconds)


def datable(one: Known) -> bool:
    """Whether a page of this thread would list replies under their parents, with times beside them."""
    return not one.by_time and not bool(np.isnan(one.thread.times).all())


def _none(one: Known) -> Times:
    return np.full(one.thread.size, np.nan)


def _frame_of(thread: Thread, name: str) -> pd.DataFrame:
    authors = [thread.names[person] if person != NOBODY else None for person in thread.people.tolist()]
    return pd.DataFrame({
        "comment_id": [f"{name}:{at}" for at in range(thread.size)],
        "thread_id": name,
        "author": pd.Series(authors, dtype="str"),
        "text": pd.Series(thread.texts, dtype="str"),
        "created": pd.to_datetime(pd.Series(thread.times), unit="s", utc=True),
        "title": thread.title,
        "position": range(thread.size),
        "platform": "page_text",
    })  # fmt: skip


def _by_thread(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {str(name): rows for name, rows in frame.groupby("thread_id", sort=False)}


def _guess(rows: pd.DataFrame) -> Guess:
    """The links of one thread; a comment_id ends with the place of the comment in it."""
    parents = [ROOT if pd.isna(parent) else int(parent.rpartition(":")[2]) for parent in rows["parent_id"]]
    return Guess(np.array(parents, dtype=np.int64), rows["parent_confidence"].to_numpy(dtype=np.float32))


def from_pages(pages: Sequence[Page]) -> Recovered:
    """Threads recovered from the text of their pages."""
    start = time.process_time()
    readings = [read_page(page.text, str(at)) for at, page in enumerate(pages)]
    articles = {str(at): each.article for at, each in enumerate(readings)}
    linked = infer_links(_frame_found(readings), articles)
    seconds = time.process_time() - start
    by_thread = _by_thread(linked)
    guesses: dict[str, list[Guess]] = {MODEL: [], **{rule.__name__: [] for rule in RULES}}
    for at, (page, reading) in enumerate(zip(pages, readings, strict=True)):
        partners = matches([each.text for each in reading.comments], [text for _, text in page.gold])
        rows = by_thread.get(str(at), linked[:0])
        thread = from_frame(rows, reading.article)
        found = {MODEL: _guess(rows), **{rule.__name__: Guess.of(rule(thread)) for rule in RULES}}
        for name, guess in found.items():
            guesses[name].append(_carried(guess, partners, len(page.gold)))
    return Recovered("page", [page.links for page in pages], guesses, seconds, _boundaries(pages, readings))


def _boundaries(pages: Sequence[Page], readings: Sequence[PageReading]) -> dict[str, float]:
    pairs = [[(each.author, each.text) for each in reading.comments] for reading in readings]
    having = [compare(found, page.gold) for found, page in zip(pairs, pages, strict=True) if page.gold]
    false = [bool(found) for found, page in zip(pairs, pages, strict=True) if not page.gold]
    tally = sum(having, Tally())
    named = ("precision", "recall", "authors")
    shares = (tally.precision, tally.recall, tally.author_accuracy)
    found_on_none = {"false_pages": sum(false) / len(false)} if false else {}
    return (dict(zip(named, shares, strict=True)) if having else {}) | found_on_none


def _frame_found(readings: Sequence[PageReading]) -> pd.DataFrame:
    """What was found on the pages as rows of COMMENTS; a comment_id ends with the place on its page."""
    found = [comment for reading in readings for comment in reading.comments]
    if not found:
        return empty(COMMENTS)
    names = [each.name for each in fields(Comment) if each.name != "reply_to_all"]  # which no page has
    columns = {name: [getattr(comment, name) for comment in found] for name in names}
    ids = [f"{comment.thread_id}:{comment.position}" for comment in found]
    columns |= {"comment_id": ids, "comment_confidence": columns["confidence"]}
    return conform(pd.DataFrame(columns).assign(platform="page_text", source=""), COMMENTS)


def _carried(guess: Guess, partners: Sequence[int | None], count: int) -> Guess:
    """The guess for found comments as one for the page's gold comments; LOST where there is no partner."""
    carried = Guess.of(np.full(count, LOST, dtype=np.int64))
    for at, partner in enumerate(partners):
        if partner is not None:
            parent = int(guess.parents[at])
            gold = ROOT if parent == ROOT else partners[parent]
            carried.parents[partner] = LOST if gold is None else gold
            carried.confidence[partner] = guess.confidence[at]
    return carried
