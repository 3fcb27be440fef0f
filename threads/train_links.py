"""Fits the weights for reply links on threads whose links are known: `python -m threads.train_links PATH`.

PATH is a folder of `*.jsonl`, a thread a line: `source, title, article, order_type (dfs or chrono)` and
`comments: [{id, author, text, parent, order, time?}]`. `--pages` adds a folder of `*.blocks.gold.json`,
the comments of saved pages. The same files and seed give the same weights.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click
import numpy as np
import torch

from threads.infer.cues_pairs import Cues
from threads.infer.decode import by_time_candidates, decode_branching, decode_by_time, hang, states_of
from threads.infer.links_model import FOLDER, STATE, LinkModel, Network, save
from threads.infer.links_thread import ROOT, Floats, Ints, Thread
from threads.train_links_data import Flags, Known, in_branches, in_time, read_known, read_pages, vary, without

BATCH, RATE, DECAY = 512, 6e-3, 1e-2


@dataclass(frozen=True, slots=True)
class Plan:
    """How a network is fitted: units of its hidden layer, rounds, and how many networks are averaged."""

    hidden: int
    rounds: int
    members: int


# Pages: 16 units and 5 rounds did as well on held-out sources as 24 and 6. Chat, with much more to learn
# from, gained two points of link F1 from 14 rounds instead of 6; 8 keep the time in bounds.
BRANCHING = Plan(hidden=16, rounds=5, members=3)
BY_TIME = Plan(hidden=24, rounds=8, members=1)
COPIES = 2
"""How often a thread is shown, each time with other names, times or the article lost."""
MOST = 8_000
"""Comments of one source used for one kind of page."""
EQUAL = 0.75
"""A source weighs as its size to the power of 1 - EQUAL: a large one must not drown the others."""
CHAT = "irc"
"""How the names of sources begin that are logs of a chat, which no page lists by branches."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Candidates of many comments: cues, state, how many each comment has, the right one, a weight."""

    cues: Floats
    state: Floats
    sizes: Ints
    right: Ints
    weight: Floats


Group = tuple[int, list[int], list[tuple[float, ...]]]
"""A comment, its candidates, and the state that each would be chosen in."""


def gather(threads: Sequence[Known], *, by_time: bool, seed: int) -> Rows:
    """Rows of one source's threads, as if each page listed replies under parents, or went by time."""
    rng = np.random.default_rng(seed)
    shaped = [in_time(one) if by_time else in_branches(one) if one.by_time else one for one in threads]
    copies = 1 if by_time else COPIES
    parts = [
        rows
        for _ in range(copies)
        for one in shaped
        if one is not None and (rows := _rows_of(one, vary(one, rng), by_time=by_time)) is not None
    ]
    return join(parts)


def sample(threads: Sequence[Known]) -> tuple[list[Known], list[Known]]:
    """The threads of one source that are trained on, MOST comments at most, and those left over."""
    count = sum(int(one.counts.sum()) for one in threads)
    step = -(-count // MOST)
    return list(threads[::step]), [one for at, one in enumerate(threads) if at % step] if step > 1 else []


def join(parts: Sequence[Rows]) -> Rows:
    """All rows in one; each part is a source, or a piece of one, with its weight as it is."""
    return Rows(*(np.concatenate([getattr(part, name) for part in parts]) for name in Rows.__slots__))


def weighted(rows: Rows) -> Rows:
    """Rows of one source with the weight that a source of its size has."""
    count = len(rows.sizes)
    weight = np.full(count, max(count, 400) ** -EQUAL, dtype=np.float32)
    return Rows(rows.cues, rows.state, rows.sizes, rows.right, weight)


def _rows_of(one: Known, thread: Thread, *, by_time: bool) -> Rows | None:
    """The candidates of each comment as the decoder would meet them, had it hung all before it rightly."""
    cues = Cues(thread)
    groups = _by_time_groups(cues, one) if by_time else _branch_groups(thread, one)
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


def _by_time_groups(cues: Cues, one: Known) -> list[Group]:
    groups: list[Group] = []
    for at in np.flatnonzero(one.counts).tolist():
        found = [ROOT, *by_time_candidates(cues, at)]
        groups.append((at, found, [(0.0,) * len(STATE)] * len(found)))
    return groups


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


def fit(rows: Rows, seed: int, plan: Plan) -> Network:
    """Networks that give the right candidate of each comment the highest share, averaged."""
    members = [_fit_one(rows, seed + member, plan) for member in range(plan.members)]
    return Network(
        cues=np.concatenate([one.cues for one in members], axis=1),
        state=np.concatenate([one.state for one in members], axis=1),
        bias=np.concatenate([one.bias for one in members]),
        out=(np.concatenate([one.out for one in members]) / plan.members).astype(np.float32),
        calibration=SAME,
    )


SAME: Floats = np.array([[0, 1], [0, 1]], dtype=np.float32)


def _fit_one(rows: Rows, seed: int, plan: Plan) -> Network:
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    rng = np.random.default_rng(seed)
    starts = np.concatenate([[0], np.cumsum(rows.sizes)])
    table = torch.from_numpy(np.concatenate([rows.cues, rows.state], axis=1))
    weight = torch.from_numpy(rows.weight / rows.weight.mean())
    inside = torch.nn.Linear(table.shape[1], plan.hidden)
    outside = torch.nn.Linear(plan.hidden, 1, bias=False)
    optimiser = torch.optim.AdamW([*inside.parameters(), *outside.parameters()], lr=RATE, weight_decay=DECAY)
    batches = -(-len(rows.sizes) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=plan.rounds * batches)
    for _ in range(plan.rounds):
        for batch in np.array_split(rng.permutation(len(rows.sizes)), batches):
            sizes = rows.sizes[batch]
            group = np.repeat(np.arange(len(batch)), sizes)
            first = np.cumsum(sizes) - sizes
            at = np.arange(len(group)) + np.repeat(starts[batch] - first, sizes)
            part = table[torch.from_numpy(at)]
            # A cue lost here and there keeps the network from leaning on a single one.
            part = part * (torch.rand_like(part) > 0.05)
            log = _log_share(
                outside(torch.relu(inside(part))).squeeze(1), torch.from_numpy(group), len(batch)
            )
            right = torch.from_numpy(first + rows.right[batch])
            loss = -(log[right] * weight[torch.from_numpy(batch)]).mean()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    matrix = inside.weight.detach().numpy().T
    split = rows.cues.shape[1]
    bias, out = inside.bias.detach().numpy().copy(), outside.weight.detach().numpy()[0].copy()
    return Network(
        cues=matrix[:split].copy(), state=matrix[split:].copy(), bias=bias, out=out, calibration=SAME
    )


def _log_share(score: torch.Tensor, group: torch.Tensor, groups: int) -> torch.Tensor:
    """The logarithm of each candidate's share of its comment's softmax."""
    top = torch.full((groups,), -torch.inf).scatter_reduce(0, group, score.detach(), "amax")
    shifted = score - top[group]
    total = torch.zeros(groups).index_add(0, group, shifted.exp())
    return shifted - total.log()[group]


def judge(threads: Sequence[Known], network: Network) -> tuple[Floats, Flags]:
    """The decoder's probability of each link it gives, and whether the link is right."""
    chances: list[Floats] = [np.zeros(0, dtype=np.float32)]
    right: list[Flags] = [np.zeros(0, dtype=bool)]
    for one in threads:
        decode = decode_by_time if one.by_time else decode_branching
        decoded = decode(Cues(one.thread), network)
        good = np.array(
            [int(at) in ok for at, ok in zip(decoded.parents, one.accepted, strict=True)], dtype=bool
        )
        chances.append(decoded.confidence[one.counts])
        right.append(good[one.counts])
    return np.concatenate(chances), np.concatenate(right)


def calibrate(judged: Sequence[tuple[Floats, Flags]]) -> Floats:
    """Two rows, from the decoder's probability to the share that was right; sources weigh alike."""
    from sklearn.isotonic import IsotonicRegression

    chance = np.concatenate([each for each, _ in judged])
    right = np.concatenate([each for _, each in judged])
    weight = np.concatenate([np.full(len(each), 1 / max(len(each), 200)) for each, _ in judged])
    smooth = IsotonicRegression(y_min=0.02, y_max=0.98, out_of_bounds="clip").fit(chance, right, weight)
    steps = np.linspace(0, 1, 13)
    # Averaged over the neighbourhood of each step, so that twelve steps suffice.
    shares = [smooth.predict(np.clip(np.linspace(at - 1 / 24, at + 1 / 24, 9), 0, 1)).mean() for at in steps]
    return np.array([steps, np.maximum.accumulate(shares)], dtype=np.float32)


def as_text(threads: Sequence[Known], seed: int, lost: float = 0.0) -> list[Known]:
    """The threads as page text shows them: without times, the names of a share `lost` of comments gone."""
    rng = np.random.default_rng(seed)
    found = []
    for one in threads:
        gone = rng.random(one.thread.size) < lost
        thread = without(one, gone, np.full(one.thread.size, np.nan), article=True)
        found.append(replace(one, thread=thread))
    return found


def train(threads: Sequence[Known], seed: int) -> LinkModel:
    """The model for all sources, its probabilities set by what it does on what it has not seen."""
    return LinkModel(branching=train_branching(threads, seed), by_time=train_by_time(threads, seed))


def train_branching(threads: Sequence[Known], seed: int) -> Network:
    """For pages that list replies under their parent; calibrated on each source while it is held out."""
    sources = by_source([one for one in threads if not one.source.startswith(CHAT)])
    rows = {name: rows_of_source(own, seed, by_time=False) for name, own in sources.items()}
    judged = [each for _, each in held_out(sources, rows, seed)]
    calibration = calibrate(judged) if judged else SAME
    return replace(fit(join(list(rows.values())), seed, BRANCHING), calibration=calibration)


def held_out(
    sources: Mapping[str, Sequence[Known]], rows: Mapping[str, Rows], seed: int
) -> Iterator[tuple[str, tuple[Floats, Flags]]]:
    """For each source the decoder's probabilities, and what was right, by a network that never saw it."""
    for held, own in sources.items():
        rest = [rows[other] for other in rows if other != held]
        shown = [one for one in own if not one.by_time]
        if rest and shown:
            network = fit(join(rest), seed, BRANCHING)
            yield held, judge(as_text(shown, seed), network)


def train_by_time(threads: Sequence[Known], seed: int) -> Network:
    """For pages ordered by time; calibrated on threads that were left over, as there are few sources."""
    sources = by_source([one for one in threads if one.by_time])
    if not sources:
        return train_branching(threads, seed)
    network = fit(join([rows_of_source(own, seed, by_time=True) for own in sources.values()]), seed, BY_TIME)
    judged = [judge(left[:60], network) for own in sources.values() if (left := sample(own)[1])]
    return replace(network, calibration=calibrate(judged) if judged else SAME)


def by_source(threads: Sequence[Known]) -> dict[str, list[Known]]:
    """The threads of each source, sources by name."""
    return {
        name: [one for one in threads if one.source == name]
        for name in sorted({one.source for one in threads})
    }


def rows_of_source(own: Sequence[Known], seed: int, *, by_time: bool) -> Rows:
    """Weighted rows of the threads of one source that are trained on."""
    return weighted(
        gather(sample(own)[0], by_time=by_time, seed=seed + zlib.crc32(own[0].source.encode()) % 1000)
    )


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--pages", type=click.Path(exists=True, path_type=Path), help="Folder of *.blocks.gold.json.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=FOLDER, show_default=True, help="Where to write."
)
@click.option("--seed", default=1, show_default=True)
def main(path: Path, pages: Path | None, out: Path, seed: int) -> None:
    """Fit the weights for reply links on the threads in PATH and write them."""
    threads = read_known(path) + (read_pages(pages) if pages else [])
    save(train(threads, seed), out)
    click.echo(f"{len(threads)} threads read, weights written to {out}")


if __name__ == "__main__":
    main()
