"""Who answers whom on pages ordered by time: `python benchmarks/links_time.py ../shared/threads`.

Chat (`irc_*_dev.jsonl`) is judged by networks trained on all other threads, its own training file among
them. With `--held SOURCE` that source, put in order of time, is judged by networks that never saw it: with
times and without, with all names and a quarter of them lost.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
import numpy as np
from links import HEAD, show, show_rules

from threads.evaluation.links import Guess
from threads.evaluation.true_links import Known, read_known, without
from threads.infer.links.time_model import TimeNetwork
from threads.train.links.branching import as_text
from threads.train.links.by_time import MOST, decode_time, train_by_time
from threads.train.links.data import in_time


def by_time(tag: str, threads: Sequence[Known], model: TimeNetwork) -> None:
    """Print one row for threads judged by the model."""
    start = time.process_time()
    decoded = decode_time(threads, model)
    seconds = (time.process_time() - start) * 1000 / max(1, sum(one.thread.size for one in threads))
    guesses = [Guess(one.parents, model.calibrated(one.confidence)) for one in decoded]
    show(threads[0].source, tag, threads, guesses, seconds)


def lost(threads: Sequence[Known], seed: int) -> list[Known]:
    """The threads with the names of a quarter of the comments lost, times kept."""
    rng = np.random.default_rng(seed)
    return [
        replace(one, thread=without(one, rng.random(one.thread.size) < 0.25, one.thread.times, article=True))
        for one in threads
    ]


def chat(path: Path, threads: Sequence[Known], seed: int, most: int) -> None:
    """Chat: also F1 of the annotated links, both ways of counting."""
    model = train_by_time(threads, seed, most)
    for file in sorted(path.glob("irc_*_dev.jsonl")):
        own = read_known(file)
        show_rules(file.stem, own)
        by_time("learned", own, model)
        by_time("names lost .25", lost(own, seed), model)


def left_out(held: str, threads: Sequence[Known], seed: int, most: int, judge: int) -> None:
    """A source in order of time, judged by networks that never saw it."""
    model = train_by_time([one for one in threads if one.source != held], seed, most)
    own = [timed for one in threads if one.source == held and (timed := in_time(one)) is not None]
    own = own[:: max(1, -(-sum(int(one.counts.sum()) for one in own) // judge))]
    show_rules(held, own)
    by_time("learned", own, model)
    by_time("names lost .25", lost(own, seed), model)
    by_time("no times", as_text(own, seed), model)
    by_time("neither", as_text(own, seed, 0.25), model)


@click.command()
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--held", multiple=True, help="A source to leave out and judge; several can be named.")
@click.option("--most", default=MOST, show_default=True, help="Comments of a source trained on, about.")
@click.option("--judge", default=5000, show_default=True, help="Comments of a source judged, about.")
@click.option("--seed", default=1, show_default=True)
def main(path: Path, held: tuple[str, ...], most: int, judge: int, seed: int) -> None:
    """Print the table for the threads in PATH."""
    threads = read_known(path)
    print(HEAD)
    for source in held:
        left_out(source, threads, seed, most, judge)
    if not held:
        chat(path, threads, seed, most)


if __name__ == "__main__":
    main()
