"""Hanging all comments of a page at once, so that each link agrees with those before it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from threads.infer.links.cues_pairs import Cues
from threads.infer.links.model import Network
from threads.infer.links.thread import NOBODY, ROOT, Floats, Ints
from threads.infer.links.trees import later

BEAM = 5
"""Branches followed at once: 2 and 8 differ by less than a point on every source held out."""
DEEPEST = 20
"""Open comments that can be answered: the nearest ones and the top-level one."""
NEAR = 6
"""Candidates whose cues are computed for all comments in one go; those further up are looked up singly."""
CHUNK = 2048

Branch = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """A way to hang the comments so far: its open branch (top first) and the answers to each on it.

    `best` sums the probabilities of its links, `mass` is the probability of this branch. The tree with
    the highest sum is taken, not the likeliest one: that would prefer top-level comments, after which
    there is less to choose from (16 points worse on deep pages with a wide beam).
    """

    branch: Branch
    answers: tuple[int, ...]
    best: float
    mass: float


@dataclass(frozen=True, slots=True)
class Decoded:
    """For each comment its parent (ROOT for none) and the probabilities of its possible parents."""

    parents: Ints
    chances: list[dict[int, float]]

    @property
    def confidence(self) -> Floats:
        """The probability of each parent that was chosen."""
        return np.array(
            [chance[int(at)] for chance, at in zip(self.chances, self.parents, strict=True)], dtype=np.float32
        )


def decode_branching(cues: Cues, network: Network, bonus: list[dict[int, float]] | None = None) -> Decoded:
    """Beam search where only the previous comment and its ancestors can be answered.

    `bonus` adds to the score of candidates for which the page itself speaks (an indent, a name it gives).
    Ways that leave the same branch open are merged, so the beam follows distinct branches only.
    """
    people = cues.thread.people.tolist()
    hidden = _Hidden(cues, network)
    open_: list[Open] = [Open((), (), 0.0, 1.0)]
    steps: list[dict[Branch, tuple[Branch, int]]] = []
    chances: list[dict[int, float]] = []
    for at in range(cues.thread.size):
        rows = [(way, rank) for way in open_ for rank in range(-1, len(way.branch))]
        candidates = [way.branch[rank] if rank >= 0 else ROOT for way, rank in rows]
        states = [row for way in open_ for row in states_of(people, at, way.branch, way.answers)]
        score = network.score(hidden.rows(at, candidates), np.array(states, dtype=np.float32))
        log = _softmax_by_way(score, open_)
        if bonus is not None and bonus[at]:
            log = [value + bonus[at].get(c, 0.0) for value, c in zip(log, candidates, strict=True)]
        late = later(cues.thread, at, candidates)
        if late.any():
            log = np.where(late, -np.inf, log).tolist()
        open_, step, chance = _advance(at, rows, candidates, log)
        steps.append(step)
        chances.append(chance)
    return Decoded(_backtrack(open_, steps), chances)


def states_of(
    people: list[int], at: int, branch: Branch, answers: tuple[int, ...]
) -> list[tuple[float, ...]]:
    """The values of STATE for answering nobody, then for answering each comment of the branch, top first."""
    me, last = people[at], len(branch) - 1
    mine = me != NOBODY
    authors = [people[each] for each in branch]
    rows: list[tuple[float, ...]] = [(0, 0, 0, 0, 0, 0, 0, 0, mine and last >= 0 and authors[last] == me)]
    higher = False
    for rank, count in enumerate(answers):
        below = authors[rank + 1] if rank < last else NOBODY - 1
        rows.append(
            (
                rank == last,
                (last - rank) / 3,
                min(count, 8) / 4,
                mine and rank > 0 and authors[rank - 1] == me,
                mine and below == me,
                mine and higher,
                rank == 0,
                below == NOBODY,
                rows[0][-1],
            )
        )
        higher = higher or (rank > 0 and authors[rank - 1] == me)
    return rows


class _Hidden:
    """The hidden layer for pairs: the near ones computed in chunks ahead, the far ones when asked for."""

    def __init__(self, cues: Cues, network: Network) -> None:
        self.cues, self.network = cues, network
        self.start = -CHUNK
        self.near = np.zeros((0, NEAR + 1, len(network.bias)), dtype=np.float32)

    def rows(self, at: int, candidates: list[int]) -> Floats:
        if at >= self.start + CHUNK:
            self._fill(at)
        near = self.near[at - self.start]
        far = sorted({c for c in candidates if c != ROOT and at - c > NEAR})
        if far:
            others = np.array(far, dtype=np.int64)
            table = self.network.hidden(self.cues.pairs(np.full(len(far), at, dtype=np.int64), others))
            near = np.concatenate([near, table])
        place = {c: NEAR + 1 + row for row, c in enumerate(far)}
        found: Floats = near[[0 if c == ROOT else place[c] if at - c > NEAR else at - c for c in candidates]]
        return found

    def _fill(self, start: int) -> None:
        stop = min(start + CHUNK, self.cues.thread.size)
        comments = np.repeat(np.arange(start, stop), NEAR + 1)
        candidates = comments - np.tile(np.arange(NEAR + 1), stop - start)
        candidates[:: NEAR + 1] = ROOT
        candidates[candidates < 0] = ROOT
        table = self.network.hidden(self.cues.pairs(comments, candidates))
        self.start, self.near = start, table.reshape(stop - start, NEAR + 1, -1)


def _softmax_by_way(score: Floats, ways: list[Open]) -> list[float]:
    out: list[float] = []
    start = 0
    for way in ways:
        part = score[start : start + len(way.branch) + 1]
        top = part.max()
        out.extend((part - (top + np.log(np.exp(part - top).sum()))).tolist())
        start += len(part)
    return out


def _advance(
    at: int, rows: list[tuple[Open, int]], candidates: list[int], log: list[float]
) -> tuple[list[Open], dict[Branch, tuple[Branch, int]], dict[int, float]]:
    """Hang one comment in every way, merge equal branches, keep the best ones."""
    chance: dict[int, float] = {}
    masses = [way.mass * math.exp(value) for (way, _), value in zip(rows, log, strict=True)]
    for candidate, mass in zip(candidates, masses, strict=True):
        chance[candidate] = chance.get(candidate, 0.0) + mass
    whole = sum(chance.values())
    chance = {candidate: mass / whole for candidate, mass in chance.items()}
    merged: dict[Branch, Open] = {}
    back: dict[Branch, tuple[Branch, int]] = {}
    heaviest = sorted((row for row in range(len(rows)) if masses[row] > 0), key=lambda row: -masses[row])
    for row in heaviest[: 3 * BEAM]:
        way, rank = rows[row]
        branch, answers = hang(way.branch, way.answers, rank, at)
        best = way.best + chance[candidates[row]]
        known = merged.get(branch)
        mass = masses[row] + (known.mass if known else 0.0)
        if known is None or best > known.best:
            back[branch] = (way.branch, candidates[row])
            merged[branch] = Open(branch, answers, best, mass)
        else:
            merged[branch] = Open(branch, known.answers, known.best, mass)
    kept = sorted(merged.values(), key=lambda way: -way.mass)[:BEAM]
    total = sum(way.mass for way in kept)
    kept = [Open(way.branch, way.answers, way.best, way.mass / total) for way in kept]
    return kept, {way.branch: back[way.branch] for way in kept}, chance


def hang(branch: Branch, answers: tuple[int, ...], rank: int, at: int) -> tuple[Branch, tuple[int, ...]]:
    """The open branch, and the answers to each on it, once comment `at` answers the one at `rank`."""
    if rank < 0:
        return (at,), (0,)
    branch, answers = (*branch[: rank + 1], at), (*answers[:rank], answers[rank] + 1, 0)
    if len(branch) > DEEPEST:
        return (branch[0], *branch[2:]), (answers[0], *answers[2:])
    return branch, answers


def _backtrack(ways: list[Open], steps: list[dict[Branch, tuple[Branch, int]]]) -> Ints:
    parents = np.full(len(steps), ROOT, dtype=np.int64)
    if not steps:
        return parents
    branch = max(ways, key=lambda way: way.best).branch
    for at in range(len(steps) - 1, -1, -1):
        branch, parents[at] = steps[at][branch]
    return parents
