"""Who answers whom, measured: `python benchmarks/links.py ../shared/threads --pages ../shared/dumps`.

Each source is judged by a network that never saw it, on the text of its threads (no times), with all
names and with a quarter of them lost, beside four simple rules. Of a large source every n-th thread is
judged (`--most`).
Pages ordered by time, chats among them, are measured by `links_time.py`.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import numpy as np

from threads.evaluation.links import RULES, Guess, figures
from threads.evaluation.true_links import Known, read_known
from threads.infer.links.model import Network
from threads.train.links.branching import (
    BRANCHING,
    as_text,
    by_source,
    decode_all,
    join,
    rows_of_source,
)
from threads.train.links.fit import fit

MEASURES = {
    "all": "parents", "replies": "replies", "root F1": "roots", "path": "path", "ECE": "calibration",
    "links": "links", "+starts": "links_and_starts",
}  # fmt: skip
"""Headings of the table, with what each is called by `threads.evaluation.links.figures`."""


def show(source: str, rule: str, threads: Sequence[Known], guesses: Sequence[Guess], seconds: float) -> None:
    """Print one row of the table."""
    found = figures(threads, guesses)
    values = [found[measure] for measure in MEASURES.values()] + [seconds]
    cells = ("" if np.isnan(value) else f"{value:.3f}" for value in values)
    print(f"{source:20} {_count(threads):6} {rule:14}", *(f"{cell:>8}" for cell in cells), flush=True)


HEAD = f"{'source':20} {'count':>6} {'rule':14} " + " ".join(f"{each:>8}" for each in (*MEASURES, "s/1000"))


def show_rules(source: str, threads: Sequence[Known]) -> None:
    for rule in RULES:
        show(source, rule.__name__, threads, [Guess.of(rule(one.thread)) for one in threads], float("nan"))


def show_learned(source: str, tag: str, threads: Sequence[Known], network: Network) -> None:
    start = time.process_time()
    decoded = decode_all(threads, network)
    seconds = (time.process_time() - start) * 1000 / max(1, sum(one.thread.size for one in threads))
    guesses = [Guess(one.parents, network.calibrated(one.confidence)) for one in decoded]
    show(source, tag, threads, guesses, seconds)


def _count(threads: Sequence[Known]) -> int:
    return int(sum(one.counts.sum() for one in threads))


def branching(sources: Mapping[str, Sequence[Known]], seed: int, most: int) -> None:
    """The leave-one-source-out table for pages that list replies under their parents."""
    rows = {source: rows_of_source(own, seed) for source, own in sources.items()}
    for held, own in sources.items():
        if own[0].by_time:
            continue
        shown = own[:: -(-_count(own) // most)]
        network = fit(join([rows[other] for other in rows if other != held]), seed, BRANCHING)
        show_rules(held, as_text(shown, seed))
        show_learned(held, "learned", as_text(shown, seed), network)
        show_learned(held, "names lost .25", as_text(shown, seed, 0.25), network)
        show_learned(held, "with times", shown, network)


@click.command()
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--pages", type=click.Path(exists=True, path_type=Path), help="Folder of *.blocks.gold.json.")
@click.option("--most", default=2000, show_default=True, help="Comments of a source judged, about.")
@click.option("--seed", default=1, show_default=True)
def main(path: Path, pages: Path | None, most: int, seed: int) -> None:
    """Print the table for the threads in PATH."""
    threads = read_known(path, pages)
    print(HEAD)
    branching(by_source([one for one in threads if not one.source.startswith("irc")]), seed, most)


if __name__ == "__main__":
    main()
