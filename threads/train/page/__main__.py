"""Fits the page model from labelled pages: conversations rendered in many shapes, and real pages."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from threads.infer.pages.features import Matrix
from threads.infer.pages.model import N_LABELS, RADIUS, WEIGHTS, Limits, Stage, consensus, first_sight, window
from threads.train.page.corpus import read_dumps, real, rendered
from threads.train.page.example import Example, Labels

_BATCH = 1024
_WEIGHTS = (1.0, 2.0, 1.0, 2.0, 1.0)  # a name or a beginning that is missed costs a whole comment
_TWINS = 2  # networks a stage; their mean varies less with the seed
_DAMPING = 0.5  # each line's network sees its neighbours already, so the chain counts half


def fit(
    examples: Sequence[Example], *, hidden: int = 48, epochs: int = 6, seed: int = 0
) -> tuple[Stage, Stage]:
    """Both stages, each the mean of two networks.

    The second learns from guesses of first stages that had not seen the page's fold.
    """
    one = _mean([fit_stage(examples, None, hidden, epochs, seed + n) for n in range(_TWINS)])
    halves = [
        fit_stage([e for e in examples if e.fold % 2 != k], None, hidden, max(1, epochs // 2), seed)
        for k in (0, 1)
    ]
    extra = [_second_sight(halves[e.fold % 2], e) for e in examples]
    return one, _mean([fit_stage(examples, extra, hidden, epochs, seed + n) for n in range(_TWINS)])


def _mean(stages: Sequence[Stage]) -> Stage:
    """One stage whose scores are the mean of those of its parts."""
    hidden = (
        np.hstack([stage.hidden[0] for stage in stages]),
        np.hstack([stage.hidden[1] for stage in stages]),
    )
    output = (np.vstack([stage.output[0] for stage in stages]) / len(stages)).astype(np.float32)
    bias: Matrix = np.mean([stage.output[1] for stage in stages], axis=0)
    return Stage(hidden, (output, bias), stages[0].chain, stages[0].first)


def _second_sight(stage: Stage, page: Example) -> Matrix:
    inputs = np.hstack([window(page.features.form), page.features.region])
    guess = first_sight(stage, inputs, Limits.of(page.lines))
    return consensus(guess, page.features, page.lines)


def fit_stage(
    examples: Sequence[Example], extra: Sequence[Matrix] | None, hidden: int, epochs: int, seed: int
) -> Stage:
    """One network by cross entropy, line by line, and its chain by counting."""
    torch.manual_seed(seed)
    channels = [
        _Channel([e.features.form for e in examples], RADIUS),
        _Channel([e.features.region for e in examples], 0),
    ]
    if extra is not None:
        channels.append(_Channel(extra, 1))
    labels = torch.from_numpy(np.concatenate([e.labels for e in examples]))
    weight = torch.from_numpy(
        np.concatenate([np.full(len(e.labels), e.weight, dtype=np.float32) for e in examples])
    )
    weight = weight * torch.tensor(_WEIGHTS)[labels]
    net = nn.Sequential(
        nn.Dropout(0.1),
        nn.Linear(sum(c.width for c in channels), hidden),
        nn.ReLU(),
        nn.Dropout(0.2),
        nn.Linear(hidden, N_LABELS),
    )
    _descend(net, channels, labels, weight, epochs)
    return _stage(net, *_chain([e.labels for e in examples]))


class _Channel:
    """Features of all pages in one matrix with zeros between the pages, and windows into it."""

    def __init__(self, pages: Sequence[Matrix], radius: int) -> None:
        gap = np.zeros((radius, pages[0].shape[1]), dtype=np.float32)
        self.rows = torch.from_numpy(np.concatenate([gap, *(part for page in pages for part in (page, gap))]))
        starts = np.cumsum([radius, *(len(page) + radius for page in pages[:-1])])
        self.centre = torch.from_numpy(
            np.concatenate([start + np.arange(len(page)) for start, page in zip(starts, pages, strict=True)])
        )
        self.shifts = torch.arange(-radius, radius + 1)
        self.width = pages[0].shape[1] * len(self.shifts)

    def take(self, which: Tensor) -> Tensor:
        return self.rows[self.centre[which].unsqueeze(1) + self.shifts].reshape(len(which), -1)


def _descend(
    net: nn.Sequential, channels: Sequence[_Channel], labels: Tensor, weight: Tensor, epochs: int
) -> None:
    steps = epochs * (len(labels) // _BATCH + 1)
    optimiser = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 5e-3, total_steps=steps)
    for _ in range(epochs):
        for which in torch.split(torch.randperm(len(labels)), _BATCH):
            scores = net(torch.cat([channel.take(which) for channel in channels], dim=1))
            loss = (
                nn.functional.cross_entropy(scores, labels[which], reduction="none") * weight[which]
            ).mean()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch gives no types
            optimiser.step()
            schedule.step()


def _chain(pages: Sequence[Labels]) -> tuple[Matrix, Matrix]:
    """How much likelier each label is after each other one than by itself, and at the start; damped logs."""
    pairs, first = np.full((N_LABELS, N_LABELS), 0.5), np.full(N_LABELS, 0.5)
    for labels in pages:
        np.add.at(pairs, (labels[:-1], labels[1:]), 1)
        first[labels[0]] += 1
    alone = np.log(pairs.sum(0) / pairs.sum())
    after = np.log(pairs / pairs.sum(1, keepdims=True)) - alone
    begin = np.log(first / first.sum()) - alone
    return (_DAMPING * after).astype(np.float32), (_DAMPING * begin).astype(np.float32)


def _stage(net: nn.Sequential, chain: Matrix, first: Matrix) -> Stage:
    arrays = [parameter.detach().numpy().astype(np.float32) for parameter in net.parameters()]
    return Stage(
        (np.ascontiguousarray(arrays[0].T), arrays[1]),
        (np.ascontiguousarray(arrays[2].T), arrays[3]),
        chain,
        first,
    )


def save(stages: tuple[Stage, Stage], path: Path) -> None:
    """Write the arrays, rounded to 16 bits, for `page_model.read_stages`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, NDArray[np.float16]] = {}
    for name, stage in zip(("one", "two"), stages, strict=True):
        parts = {
            "w1": stage.hidden[0],
            "b1": stage.hidden[1],
            "w2": stage.output[0],
            "b2": stage.output[1],
            "chain": stage.chain,
            "first": stage.first,
        }
        arrays |= {f"{name}_{key}": value.astype(np.float16) for key, value in parts.items()}
    with path.open("wb") as stream:
        np.savez_compressed(stream, allow_pickle=False, **arrays)


def main() -> None:
    """Fit on everything and write the shipped weights, or with --fold leave a fold out for measuring."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dumps", type=Path)
    parser.add_argument("threads", type=Path)
    parser.add_argument("-o", "--out", type=Path, default=WEIGHTS)
    parser.add_argument("--pages", type=int, default=5000, help="rendered pages")
    parser.add_argument(
        "--fold", type=int, default=None, help="leave out the real pages of this fold, 0 to 3"
    )
    options = parser.parse_args()
    torch.set_num_threads(1)  # the same sums in the same order wherever it is run
    pages = read_dumps(options.dumps)
    examples = [*rendered(options.threads, pages, options.pages, options.fold), *real(pages, options.fold)]
    save(fit(examples), options.out)


if __name__ == "__main__":
    main()
