"""Fits the network for reply links to candidates whose cues are known; used for training only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from threads.infer.links.model import Network
from threads.infer.links.thread import Floats, Ints

BATCH, RATE, DECAY = 512, 6e-3, 1e-2
LOST = 0.05
"""Share of cues blanked out in training."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a network is fitted: units of its hidden layer, rounds, and how many networks are averaged."""

    hidden: int
    rounds: int
    members: int


@dataclass(frozen=True, slots=True)
class Rows:
    """Candidates of many comments: cues, state, how many each comment has, the right one, a weight."""

    cues: Floats
    state: Floats
    sizes: Ints
    right: Ints
    weight: Floats


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


SAME: Floats = np.array([[0, 1], [0.02, 0.98]], dtype=np.float32)
"""A calibration that changes nothing but that nothing is certain."""


def _fit_one(rows: Rows, seed: int, plan: Plan) -> Network:
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    scorer = Scorer(rows.cues.shape[1] + rows.state.shape[1], plan.hidden)
    batches = -(-len(rows.sizes) // BATCH)
    optimiser = torch.optim.AdamW(scorer.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=plan.rounds * batches)
    for loss in _losses(rows, scorer, np.random.default_rng(seed), plan.rounds):
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
    return scorer.network(rows.cues.shape[1])


class Scorer(torch.nn.Module):
    """A hidden layer beside a linear part."""

    def __init__(self, inputs: int, hidden: int) -> None:
        super().__init__()
        self.inside = torch.nn.Linear(inputs, hidden)
        self.outside = torch.nn.Linear(hidden, 1, bias=False)
        self.straight = torch.nn.Linear(inputs, 1, bias=False)

    def forward(self, table: torch.Tensor) -> torch.Tensor:
        # A cue lost here and there keeps the network from leaning on a single one.
        table = table * (torch.rand_like(table) > LOST)
        score: torch.Tensor = self.outside(torch.relu(self.inside(table))) + self.straight(table)
        return score.squeeze(1)

    def network(self, cues: int) -> Network:
        """As arrays; the linear part becomes two units, one for each sign."""
        straight = self.straight.weight.detach().numpy()
        matrix = np.concatenate([self.inside.weight.detach().numpy(), straight, -straight]).T
        bias = np.concatenate([self.inside.bias.detach().numpy(), [0, 0]])
        out = np.concatenate([self.outside.weight.detach().numpy()[0], [1, -1]])
        parts = [each.astype(np.float32) for each in (matrix[:cues], matrix[cues:], bias, out)]
        return Network(**dict(zip(("cues", "state", "bias", "out"), parts, strict=True)), calibration=SAME)


def _losses(rows: Rows, scorer: Scorer, rng: np.random.Generator, rounds: int) -> Iterator[torch.Tensor]:
    """The loss of each batch of comments, in an order drawn anew for each round."""
    starts = np.cumsum(rows.sizes) - rows.sizes
    table = torch.from_numpy(np.concatenate([rows.cues, rows.state], axis=1))
    weight = torch.from_numpy(rows.weight / rows.weight.mean())
    for _ in range(rounds):
        for batch in np.array_split(rng.permutation(len(rows.sizes)), -(-len(rows.sizes) // BATCH)):
            sizes = rows.sizes[batch]
            group = torch.from_numpy(np.repeat(np.arange(len(batch)), sizes))
            first = np.cumsum(sizes) - sizes
            at = torch.from_numpy(np.arange(int(sizes.sum())) + np.repeat(starts[batch] - first, sizes))
            which = torch.from_numpy(batch)
            log = _log_share(scorer(table[at]), group, len(batch))
            yield -(log[torch.from_numpy(first + rows.right[batch])] * weight[which]).mean()


def _log_share(score: torch.Tensor, group: torch.Tensor, groups: int) -> torch.Tensor:
    """The logarithm of each candidate's share of its comment's softmax."""
    top = torch.full((groups,), -torch.inf).scatter_reduce(0, group, score.detach(), "amax")
    shifted = score - top[group]
    total = torch.zeros(groups).index_add(0, group, shifted.exp())
    return shifted - total.log()[group]
