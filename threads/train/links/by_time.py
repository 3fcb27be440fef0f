"""Fits the network for pages ordered by time: chats, forums, and other pages put in order of time."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from threads.evaluation.true_links import Flags, Known, without
from threads.infer.links.cues_time import TimeCues
from threads.infer.links.decode import Decoded
from threads.infer.links.decode_time import candidates_of, decode_by_time
from threads.infer.links.thread import Floats, Thread
from threads.infer.links.time_model import CUES, TRAINED, TimeNetwork
from threads.train.links.by_time_fit import Halves, Plan, Rows, fit, join
from threads.train.links.data import in_time, vary
from threads.train.links.judge import calibrate, judged

BY_TIME = Plan(hidden=(48, 24), rounds=4, members=3)
MOST = 100_000
"""Comments of one source used."""
EQUAL = 0.75
"""A source weighs as its size to the power of 1 - EQUAL: a large one must not drown the others."""
CHAT, CHAT_WEIGHS = "irc", 3.0
"""How the names of sources begin that are logs of a chat, and how much more than other sources they weigh."""
NEAR, ONE_IN = 14, 4
"""Of the wrong candidates beyond the nearest NEAR one in ONE_IN is trained on, and stands for as many."""
LEFT = 8
"""Every LEFT-th thread is left over for the calibration."""

_COLUMNS = np.array([CUES.index(name) for name in TRAINED])
_RELATED = (
    "same person",
    "@name",
    "called by name",
    "named",
    "candidate names the author",
    "both name the same person",
    "candidate is the one whom the author named last",
)
"""Cues that make a far candidate worth training on."""


def train_by_time(threads: Sequence[Known], seed: int, most: int = MOST) -> TimeNetwork:
    """The network for all sources, calibrated on threads of the same sources that were left over."""
    parts: list[Rows] = []
    left: list[list[Known]] = []
    for source in sorted({one.source for one in threads}):
        own = [timed for one in threads if one.source == source and (timed := in_time(one)) is not None]
        rng = np.random.default_rng(seed + zlib.crc32(source.encode()) % 1000)
        shown = [replace(one, thread=_varied(one, rng)) for one in _some(own, most)]
        rows = [_rows_of(one, rng) for at, one in enumerate(shown) if at % LEFT != LEFT - 1]
        if known := [each for each in rows if each is not None]:
            parts.append(_weighted(join(known), source))
        left.append(shown[LEFT - 1 :: LEFT])
    network = fit(join(parts), seed, BY_TIME)
    seen = [judged(own, decode_time(own, network)) for own in left if own]
    return replace(network, calibration=calibrate(seen)) if seen else network


def _some(threads: Sequence[Known], most: int) -> Sequence[Known]:
    """Every n-th thread, so that about `most` comments are used."""
    count = sum(int(one.counts.sum()) for one in threads)
    return threads[:: max(1, -(-count // most))]


def _varied(one: Known, rng: np.random.Generator) -> Thread:
    """The thread as a scrape may have it; a log of a chat mostly has its names and times."""
    if not one.source.startswith(CHAT):
        return vary(one, rng)
    lost = rng.random(one.thread.size) < rng.choice([0.0, 0.25], p=[0.85, 0.15])
    times = one.thread.times if rng.random() < 0.8 else np.full(one.thread.size, np.nan)
    return without(one, lost, times, article=True)


def _rows_of(one: Known, rng: np.random.Generator) -> Rows | None:
    """The candidates of each comment that counts, far ones thinned out."""
    cues = TimeCues(one.thread)
    groups = [(at, candidates_of(cues, at)) for at in np.flatnonzero(one.counts).tolist()]
    groups = [(at, found) for at, found in groups if one.accepted[at] & set(found)]
    if not groups:
        return None
    sizes = np.array([len(found) for _, found in groups])
    starts = np.cumsum(sizes) - sizes
    comments = np.repeat([at for at, _ in groups], sizes)
    table = cues.pairs(comments, np.array([each for _, found in groups for each in found]))[:, _COLUMNS]
    right: Flags = np.array([each in one.accepted[at] for at, found in groups for each in found], dtype=bool)
    far = np.arange(len(table)) - np.repeat(starts, sizes) > NEAR
    easy: Flags = far & ~right & ~_related(table)
    keep = ~easy | (rng.random(len(easy)) < 1 / ONE_IN)
    return Rows(
        _halves(table[keep]),
        np.add.reduceat(keep.astype(np.int64), starts),
        right[keep],
        np.where(easy[keep], ONE_IN, 1).astype(np.float32),
        np.ones(len(sizes), dtype=np.float32),
    )


def _halves(table: Floats) -> Halves:
    return table.astype(np.float16)


def _related(table: Floats) -> Flags:
    return np.asarray((table[:, [TRAINED.index(name) for name in _RELATED]] > 0).any(axis=1), dtype=bool)


def _weighted(rows: Rows, source: str) -> Rows:
    """Rows of one source with the weight that a source of its size and kind has."""
    count = len(rows.sizes)
    each = max(count, 400) ** -EQUAL * (CHAT_WEIGHS if source.startswith(CHAT) else 1)
    return replace(rows, weight=np.full(count, each, dtype=np.float32))


def decode_time(threads: Sequence[Known], network: TimeNetwork) -> list[Decoded]:
    """Each thread decoded as a page ordered by time."""
    return [decode_by_time(TimeCues(one.thread), network) for one in threads]
