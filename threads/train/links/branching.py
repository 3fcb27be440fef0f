"""Rows and weights for pages that list replies under their parent."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from threads.evaluation.true_links import Known, without
from threads.infer.links.cues_pairs import Cues
from threads.infer.links.decode import (
    Decoded,
    decode_branching,
    hang,
    states_of,
)
from threads.infer.links.model import Network
from threads.infer.links.thread import ROOT, Thread
from threads.train.links.data import age, in_branches, vary
from threads.train.links.fit import Plan, Rows, fit

# 16 units and 5 rounds did as well on held-out sources as 24 and 6.
BRANCHING = Plan(hidden=16, rounds=5, members=3)
COPIES = 2
"""How often a thread is shown, each time with other names, times or the article lost."""
MOST = 8_000
"""Comments of one source used for one kind of page."""
EQUAL = 0.75
"""A source weighs as its size to the power of 1 - EQUAL: a large one must not drown the others."""
CHAT = "irc"
"""How the names of sources begin that are logs of a chat, which no page lists by branches."""


Group = tuple[int, list[int], list[tuple[float, ...]]]
"""A comment, its candidates, and the state that each would be chosen in."""


def gather(threads: Sequence[Known], *, seed: int) -> Rows:
    """Rows of one source's threads, as if each page listed replies under parents."""
    rng = np.random.default_rng(seed)
    shaped = [in_branches(one) if one.by_time else one for one in threads]
    parts = [
        rows
        for _ in range(COPIES)
        for one in shaped
        if (rows := _rows_of(one, age(one, vary(one, rng), rng))) is not None
    ]
    return join(parts)


def sample(threads: Sequence[Known]) -> list[Known]:
    """The threads of one source that are trained on, MOST comments at most."""
    count = sum(int(one.counts.sum()) for one in threads)
    return list(threads[:: -(-count // MOST)])


def join(parts: Sequence[Rows]) -> Rows:
    """All rows in one, each with its weight as it is."""
    return Rows(*(np.concatenate([getattr(part, name) for part in parts]) for name in Rows.__slots__))


def weighted(rows: Rows) -> Rows:
    """Rows of one source with the weight that a source of its size has."""
    count = len(rows.sizes)
    weight = np.full(count, max(count, 400) ** -EQUAL, dtype=np.float32)
    return replace(rows, weight=weight)


def _rows_of(one: Known, thread: Thread) -> Rows | None:
    """The candidates of each comment as the decoder would meet them, had it hung all before it rightly."""
    cues = Cues(thread)
    groups = _branch_groups(thread, one)
    groups = [group for group in groups if int(one.parents[group[0]]) in group[1]]
    if not groups:
        return None
    comments = np.repeat([at for at, _, _ in groups], [len(found) for _, found, _ in groups])
    return Rows(
        cues.pairs(comments, np.array([each for _, found, _ in groups for each in found], dtype=np.int64)),
        np.array([row for _, _, state in groups for row in state], dtype=np.float32),
        np.array([len(found) for _, found, _ in groups]),
        np.array([found.index(int(one.parents[at])) for at, found, _ in groups]),
        np.ones(len(groups), dtype=np.float32),
    )


def _branch_groups(thread: Thread, one: Known) -> list[Group]:
    people = thread.people.tolist()
    groups: list[Group] = []
    branch: tuple[int, ...] = ()
    answers: tuple[int, ...] = ()
    for at, parent in enumerate(one.parents.tolist()):
        if one.counts[at] and at:
            groups.append((at, [ROOT, *branch], states_of(people, at, branch, answers)))
        rank = branch.index(parent) if parent in branch else -1
        branch, answers = hang(branch, answers, rank, at)
    return groups


def decode_all(threads: Sequence[Known], network: Network) -> list[Decoded]:
    """Each thread decoded as a page of its own."""
    return [decode_branching(Cues(one.thread), network) for one in threads]


def as_text(threads: Sequence[Known], seed: int, lost: float = 0.0) -> list[Known]:
    """The threads as page text shows them: without times, the names of a share `lost` of comments gone."""
    rng = np.random.default_rng(seed)
    found = []
    for one in threads:
        gone = rng.random(one.thread.size) < lost
        thread = without(one, gone, np.full(one.thread.size, np.nan), article=True)
        found.append(replace(one, thread=thread))
    return found


def train_branching(threads: Sequence[Known], seed: int) -> Network:
    """For pages that list replies under their parent; its probabilities are left as they are.

    On seven sources held out in turn they were off by 0.04–0.11 (Reddit 0.38); a map fitted to the other
    held-out sources did no better.
    """
    sources = by_source([one for one in threads if not one.source.startswith(CHAT)])
    rows = [rows_of_source(own, seed) for own in sources.values()]
    return fit(join(rows), seed, BRANCHING)


def by_source(threads: Sequence[Known]) -> dict[str, list[Known]]:
    """The threads of each source, sources by name."""
    return {
        name: [one for one in threads if one.source == name]
        for name in sorted({one.source for one in threads})
    }


def rows_of_source(own: Sequence[Known], seed: int) -> Rows:
    """Weighted rows of the threads of one source that are trained on."""
    return weighted(gather(sample(own), seed=seed + zlib.crc32(own[0].source.encode()) % 1000))
