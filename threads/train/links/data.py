"""Threads whose links are known, varied as scrapes vary; used for training only."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from threads.evaluation.true_links import UNKNOWN, Known, without
from threads.infer.links.thread import ROOT, Ints, Thread, build
from threads.infer.pages.ages import DAY, HOUR, MINUTE


def vary(one: Known, rng: np.random.Generator) -> Thread:
    """The thread as a scrape may have it: some names, the times or the article lost."""
    thread = one.thread
    rate = rng.choice([0.0, 0.0, 0.25, 0.5, 1.0], p=[0.3, 0.2, 0.3, 0.15, 0.05])
    lost = rng.random(thread.size) < rate
    # Pages by time are mostly exports and logs, which have times; page text mostly has none.
    times = thread.times if rng.random() < (0.6 if one.by_time else 0.25) else np.full(thread.size, np.nan)
    return without(one, lost, times, article=rng.random() < 0.7)


AGED = 0.15
"""Share of pages shown with ages ("3 hours ago") in place of their times. A judgement."""


def age(one: Known, thread: Thread, rng: np.random.Generator) -> Thread:
    """At times the thread with ages, as a page shows them an hour, a day, a month or a year later."""
    times = one.thread.times
    if rng.random() >= AGED or np.isnan(times).all():
        return thread
    later = np.nanmax(times) + float(rng.choice([HOUR, DAY, 30 * DAY, 365 * DAY]))
    passed = later - times
    unit = np.select([passed >= size for size in _STEPS], _STEPS, default=MINUTE)
    return replace(thread, times=-np.floor(passed / unit) * unit, ages=True)


_STEPS = [365 * DAY, 30 * DAY, DAY, HOUR]


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
