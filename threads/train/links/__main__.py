"""Fits the weights for reply links on threads whose links are known: `python -m threads.train.links PATH`.

PATH is a folder of `*.jsonl`, a thread a line: `source, title, article, order_type (dfs or chrono)` and
`comments: [{id, author, text, parent, order, time?}]`. `--pages` adds a folder of `*.blocks.gold.json`,
the comments of saved pages. The same files and seed give the same weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from threads.evaluation.true_links import Known, read_known
from threads.infer.links.model import FOLDER, LinkModel, save
from threads.train.links.branching import train_branching
from threads.train.links.by_time import train_by_time
from threads.train.options import known_threads


def train(threads: Sequence[Known], seed: int) -> LinkModel:
    """The model for all sources."""
    return LinkModel(branching=train_branching(threads, seed), by_time=train_by_time(threads, seed))


@click.command()
@known_threads(FOLDER)
def main(path: Path, pages: Path | None, out: Path, seed: int) -> None:
    """Fit the weights for reply links on the threads in PATH and write them."""
    threads = read_known(path, pages)
    save(train(threads, seed), out)
    click.echo(f"{len(threads)} threads read, weights written to {out}")


if __name__ == "__main__":
    main()
