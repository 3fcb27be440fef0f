"""Fits the networks for pages ordered by time to candidates whose cues are known; used for training only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from threads.evaluation.true_links import Flags
from threads.infer.links.thread import Floats, Ints
from threads.infer.links.time_model import TRAINED, TimeNetwork

Halves = npt.NDArray[np.float16]

BATCH, RATE, DECAY = 512, 6e-3, 1e-2
LOST = 0.03
"""Share of cues blanked out in training."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a network is fitted: units of its two hidden layers, rounds, and how many networks are averaged."""

    hidden: tuple[int, int]
    rounds: int
    members: int


@dataclass(frozen=True, slots=True)
class Rows:
    """Candidates of many comments: cues, how many each comment has, which are right, a weight a comment.

    `stands_for` says for how many candidates a row stands, as of the many far ones only some are taken.
    """

    cues: Halves
    sizes: Ints
    right: Flags
    stands_for: Floats
    weight: Floats


def join(parts: Sequence[Rows]) -> Rows:
    """All rows in one, each with its weight as it is."""
    return Rows(*(np.concatenate([getattr(part, name) for part in parts]) for name in Rows.__slots__))


def fit(rows: Rows, seed: int, plan: Plan) -> TimeNetwork:
    """Networks that give the right candidates of each comment the highest share, averaged."""
    members = [_fit_one(rows, seed + member, plan) for member in range(plan.members)]
    weights = {name: np.stack([each[name] for each in members]) for name in members[0]}
    return TimeNetwork(**weights, calibration=SAME).placed(TRAINED)


SAME: Floats = np.array([[0, 1], [0.02, 0.98]], dtype=np.float32)
"""A calibration that changes nothing but that nothing is certain."""


def _fit_one(rows: Rows, seed: int, plan: Plan) -> dict[str, Floats]:
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    scorer = Scorer(rows.cues.shape[1], plan.hidden)
    steps = plan.rounds * -(-len(rows.sizes) // BATCH)
    optimiser = torch.optim.AdamW(scorer.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    for loss in _losses(rows, scorer, np.random.default_rng(seed), plan.rounds):
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
    return scorer.arrays()


class Scorer(torch.nn.Module):
    """Two hidden layers beside a linear part."""

    def __init__(self, inputs: int, hidden: tuple[int, int]) -> None:
        super().__init__()
        self.first = torch.nn.Linear(inputs, hidden[0])
        self.second = torch.nn.Linear(*hidden)
        self.out = torch.nn.Linear(hidden[1], 1, bias=False)
        self.straight = torch.nn.Linear(inputs, 1, bias=False)

    def forward(self, table: torch.Tensor) -> torch.Tensor:
        # A cue lost here and there keeps the network from leaning on a single one.
        table = table * (torch.rand_like(table) > LOST)
        layer = torch.relu(self.second(torch.relu(self.first(table))))
        score: torch.Tensor = self.out(layer) + self.straight(table)
        return score.squeeze(1)

    def arrays(self) -> dict[str, Floats]:
        """The weights under the names that TimeNetwork has for them."""
        weights = {
            "first": self.first.weight.T,
            "first_bias": self.first.bias,
            "second": self.second.weight.T,
            "second_bias": self.second.bias,
            "out": self.out.weight[0],
            "straight": self.straight.weight[0],
        }
        return {name: weight.detach().numpy().copy() for name, weight in weights.items()}


def _losses(rows: Rows, scorer: Scorer, rng: np.random.Generator, rounds: int) -> Iterator[torch.Tensor]:
    """The loss of each batch of comments, in an order drawn anew for each round."""
    starts = np.cumsum(rows.sizes) - rows.sizes
    weight = torch.from_numpy(rows.weight / rows.weight.mean())
    log = torch.from_numpy(np.log(rows.stands_for))
    right = torch.from_numpy(rows.right.astype(np.float32))
    for _ in range(rounds):
        for batch in np.array_split(rng.permutation(len(rows.sizes)), -(-len(rows.sizes) // BATCH)):
            sizes = rows.sizes[batch]
            group = torch.from_numpy(np.repeat(np.arange(len(batch)), sizes))
            first = np.cumsum(sizes) - sizes
            at = np.arange(int(sizes.sum())) + np.repeat(starts[batch] - first, sizes)
            score = scorer(torch.from_numpy(rows.cues[at].astype(np.float32))) + log[at]
            share = _log_share(score, group, right[at], len(batch))
            yield -(share * weight[torch.from_numpy(batch)]).mean()


def _log_share(score: torch.Tensor, group: torch.Tensor, right: torch.Tensor, groups: int) -> torch.Tensor:
    """The logarithm of the share that all right candidates of a comment have together."""
    top = torch.full((groups,), -torch.inf).scatter_reduce(0, group, score.detach(), "amax")
    mass = (score - top[group]).exp()
    whole = torch.zeros(groups).index_add(0, group, mass)
    good = torch.zeros(groups).index_add(0, group, mass * right)
    return (good + 1e-9).log() - whole.log()
