"""Fits the weights for nameless people, on threads whose authors are known.

`python -m threads.train.people PATH`

PATH is a folder of `*.jsonl`, a thread a line, as `threads.train.links` reads them; `--pages` adds a folder
of `*.blocks.gold.json`. Names are dropped at random; a pair of comments that lost theirs is right where the
names were the same. Links are once the true ones and once those of the shipped link model. The same files,
seed and link weights give the same weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt

from threads.evaluation.true_links import Flags, Known, read_known, without
from threads.infer.links.cues_pairs import Cues
from threads.infer.links.decode import decode_branching
from threads.infer.links.model import Network
from threads.infer.links.model import load as load_links
from threads.infer.links.thread import NOBODY, Floats, Ints
from threads.infer.people.cues import PairCues
from threads.infer.people.model import FOLDER, PeopleModel, save
from threads.infer.people.page import NONE, PeoplePage
from threads.train.links.branching import CHAT, by_source
from threads.train.links.data import in_branches
from threads.train.options import known_threads

LOST = (0.25, 0.5, 1.0)
"""Shares of the names that are dropped, one after the other."""
MOST = 3000
"""Comments of one source that are read, about; of a large source every n-th thread."""
PENALTY = 100.0
"""Weight of the squared weights against the loss. 10, 100 and 1000 differed little on sources held out."""
EQUAL = 0.75
"""A source weighs as its size to the power of 1 - EQUAL: a large one must not drown the others."""
_FEW = 400


Shown = tuple[Known, PeoplePage, bool]
"""A thread, its page with names dropped, and whether the links of the page are the true ones."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """Pairs of nameless comments: their cues, whether one person wrote both, whether the links were given."""

    table: Floats
    same: Flags
    given: Flags


def label(pages: Iterable[Shown]) -> Labelled:
    """The pairs of one source's pages."""
    parts = [
        (table, same, np.full(len(same), given))
        for one, page, given in pages
        for table, same in [label_page(one, page)]
    ]
    tables, same, given = zip(*parts, strict=True)
    return Labelled(np.concatenate(tables), np.concatenate(same), np.concatenate(given))


def pages_of(threads: Sequence[Known], network: Network, seed: int) -> Iterator[Shown]:
    """Each thread with names dropped, with its true links and with guessed ones; whether they are true."""
    step = -(-sum(one.thread.size for one in threads) // MOST)
    shown = [in_branches(one) if one.by_time else one for one in threads[::step]]
    for rate in LOST:
        rng = np.random.default_rng(seed)
        for one in shown:
            lost = rng.random(one.thread.size) < rate
            yield one, _page(one, lost, np.maximum(one.parents, NONE), np.ones(one.thread.size)), True
            bare = without(one, lost, np.full(one.thread.size, np.nan), article=True)
            found = decode_branching(Cues(bare), network)
            yield one, _page(one, lost, found.parents, network.calibrated(found.confidence)), False


def _page(one: Known, lost: Flags, parents: Ints, sure: npt.NDArray[np.floating]) -> PeoplePage:
    return PeoplePage(
        texts=one.thread.texts,
        parents=np.asarray(parents),
        sure=sure.astype(np.float64),
        people=np.where(lost, NOBODY, one.thread.people),
        nameless=["" if gone else None for gone in lost],
    )


def label_page(one: Known, page: PeoplePage) -> tuple[Floats, Flags]:
    """The cues of the pairs of a page whose authors are known, and which pairs are by one person."""
    cues = PairCues(page)
    people = one.thread.people
    first, second = people[cues.pairs[:, 0]], people[cues.pairs[:, 2]]
    known = (first != NOBODY) & (second != NOBODY)
    return cues.table()[known], (first == second)[known]


def fit(sources: Mapping[str, Labelled]) -> PeopleModel:
    """Weights for the pairs of all sources, of which each weighs nearly alike."""
    from sklearn.linear_model import LogisticRegression

    held = [each for each in sources.values() if len(each.same)]
    table, same = np.concatenate([each.table for each in held]), np.concatenate([each.same for each in held])
    weight = np.concatenate([np.full(len(each.same), max(len(each.same), _FEW) ** -EQUAL) for each in held])
    usual, spread = table.mean(axis=0), np.maximum(table.std(axis=0), 0.05)
    line = LogisticRegression(C=1 / PENALTY, max_iter=1000)
    line.fit((table - usual) / spread, same, sample_weight=weight / weight.mean())
    return PeopleModel(weights=line.coef_[0] / spread, usual=usual, bias=float(line.intercept_[0]))


def read(path: Path, pages: Path | None) -> dict[str, list[Known]]:
    """The threads of each source, logs of chats left out: their messages call each other by name."""
    threads = read_known(path, pages)
    return by_source([one for one in threads if not one.source.startswith(CHAT)])


@click.command()
@known_threads(FOLDER)
def main(path: Path, pages: Path | None, out: Path, seed: int) -> None:
    """Fit the weights for nameless people on the threads in PATH and write them."""
    network = load_links().branching
    sources = {name: label(pages_of(own, network, seed)) for name, own in read(path, pages).items()}
    save(fit(sources), out)
    click.echo(f"{sum(len(each.same) for each in sources.values())} pairs, weights written to {out}")


if __name__ == "__main__":
    main()
