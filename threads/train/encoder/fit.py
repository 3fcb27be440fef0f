"""The network and its training: MiniLM, its lower part frozen, with a linear head for each question."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

from threads.detectors.encoder import HEADS
from threads.train.encoder.table import Rows

TOKENS = 96
"""Longer rows are cut: what the encoder reads at a time."""

BATCH = 32
RATE, HEAD_RATE = 1.2e-4, 1e-3
WARM, COOL = 100, 0.3
"""Batches in which the rate rises, and the share of all in which it falls."""

SMOOTH = 0.03
FROZEN = 2
"""Layers that keep MiniLM's weights, as do the word embeddings: a fifth faster, and words that no row holds
keep their likeness to those that rows hold."""


STILL = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
"""Nothing is dropped within MiniLM: no row is seen often enough to be learned by heart, and it costs time."""


class Network(nn.Module):
    """Mean and first token of the last layer, then one logit a head."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.base = AutoModel.from_pretrained(base, add_pooling_layer=False, **STILL)
        self.heads = nn.Linear(2 * self.base.config.hidden_size, len(HEADS))
        self.drop = nn.Dropout(0.1)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Logits (rows, heads) for token ids and their mask (rows, tokens), both int64."""
        states = self.base(input_ids=ids, attention_mask=mask).last_hidden_state
        kept = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * kept).sum(1) / kept.sum(1)
        logits: torch.Tensor = self.heads(self.drop(torch.cat([mean, states[:, 0]], 1)))
        return logits


@dataclass(frozen=True)
class Plan:
    """How far to train: `batches`, or as many as fit in `minutes` of this machine, whichever is less."""

    batches: int
    minutes: float = float("inf")


def fit(base: Path, rows: Rows, seed: int, plan: Plan, say: Callable[[str], None]) -> tuple[Network, int]:
    """The trained network and the number of batches it took, each of rows of like length, drawn at random.

    The same seed, rows and number of batches give the same weights on one machine. The rate rises, stays, and
    falls to 0 over the last COOL of the way.
    """
    torch.manual_seed(seed)
    network = Network(base)
    _freeze(network)
    weights = rows.arrays()[1]
    share = torch.tensor(weights.sum(0) / weights.sum(), dtype=torch.float32)
    enough = replace(plan, batches=min(plan.batches, ceil(len(rows.texts) / BATCH)))
    pace, optimiser, step = _Pace(enough), _optimiser(network), 0
    network.train()
    for ids, mask, label, weight in _batches(base, rows, seed):
        pace.set(optimiser, step)
        if pace.over(step):
            break
        loss = _loss(network(ids, mask), label, weight, share)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_([p for p in network.parameters() if p.requires_grad], 1.0)
        optimiser.step()
        step += 1
        if step % 25 == 0:
            say(f"{step} batches, {pace.seconds():.0f} s, loss {float(loss.detach()):.3f}")
    return network.eval(), step


class _Pace:
    """The learning rate over a training whose end is only known once most of its time is gone."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.end, self.begun = plan, plan.batches, time.monotonic()

    def seconds(self) -> float:
        return time.monotonic() - self.begun

    def set(self, optimiser: torch.optim.Optimizer, step: int) -> None:
        """Set the rate of the step that comes; fix the end where the time for it is running out."""
        if step < self.end * (1 - COOL) and self.seconds() > self.plan.minutes * 60 * (1 - COOL):
            self.end = int(step / (1 - COOL))
        factor = min(1.0, (step + 1) / WARM, (self.end - step) / (self.end * COOL))
        for group in optimiser.param_groups:
            group["lr"] = group["initial_lr"] * max(factor, 0.0)

    def over(self, step: int) -> bool:
        return step >= self.end


def _loss(
    logits: torch.Tensor, label: torch.Tensor, weight: torch.Tensor, share: torch.Tensor
) -> torch.Tensor:
    """Weighted cross-entropy; a head's part follows its labelled weight over all rows, evened by a root."""
    soft = label * (1 - 2 * SMOOTH) + SMOOTH
    each = nn.functional.binary_cross_entropy_with_logits(logits, soft, reduction="none") * weight
    even = share.clamp(min=1e-6).pow(-0.5)  # of a head without any labels nothing is learned
    return (each * even).sum() / (BATCH * (share * even).sum() * 1.5)


def _freeze(network: Network) -> None:
    for part in (network.base.embeddings, *network.base.encoder.layer[:FROZEN]):
        part.requires_grad_(False)
        for module in part.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0


def _optimiser(network: Network) -> torch.optim.Optimizer:
    body = [p for p in network.base.parameters() if p.requires_grad]
    head = list(network.heads.parameters())
    groups = [{"params": body, "initial_lr": RATE}, {"params": head, "initial_lr": HEAD_RATE}]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]


def _batches(base: Path, rows: Rows, seed: int) -> Iterator[Batch]:
    """Token ids, mask, labels and weights of rows of like length, the batches shuffled."""
    encoded = tokenizer(base).encode_batch(rows.texts)
    lengths = np.array([len(row.ids) for row in encoded])
    labels, weights = rows.arrays()
    draw = np.random.default_rng(seed)
    order = np.argsort(lengths + draw.random(len(lengths)) * 3, kind="stable")
    groups = [order[begin : begin + BATCH] for begin in range(0, len(order), BATCH)]
    for place in draw.permutation(len(groups)):
        group = groups[place]
        ids, mask = padded([encoded[row].ids for row in group])
        yield (torch.from_numpy(ids), torch.from_numpy(mask),
               torch.from_numpy(labels[group]), torch.from_numpy(weights[group]))  # fmt: skip


def padded(rows: list[list[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ids filled up with zeros to the longest row, and where they are real."""
    width = max(map(len, rows))
    ids = np.array([row + [0] * (width - len(row)) for row in rows], np.int64)
    mask = np.array([[1] * len(row) + [0] * (width - len(row)) for row in rows], np.int64)
    return ids, mask


def tokenizer(base: Path, tokens: int = TOKENS) -> Tokenizer:
    """MiniLM's tokenizer, cut at `tokens` and without padding."""
    reader = Tokenizer.from_file(str(base / "tokenizer.json"))
    reader.no_padding()
    reader.enable_truncation(tokens)
    return reader
