"""Who answers whom, measured: `python benchmarks/links.py ../shared/threads --pages ../shared/dumps`.

Each source is judged by a network that never saw it, on the text of its threads (no times), with all
names and with a quarter of them lost, beside four simple rules. Of a large source every n-th thread is
judged (`--most`).
Pages ordered by time, chats among them, are measured by `links_time.py`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click
import numpy as np

from threads.infer.cues_words import NAMES as WORDS
from threads.infer.cues_words import word_cues
from threads.infer.links_model import Network
from threads.infer.links_thread import NOBODY, ROOT, Floats, Ints, Thread
from threads.infer.names import find_mentions
from threads.train.links import (
    BRANCHING,
    as_text,
    by_source,
    decode_all,
    join,
    rows_of_source,
)
from threads.train.links_data import Flags, Known, read_known, read_pages
from threads.train.links_fit import fit
from threads.train.links_judge import judged

Rule = Callable[[Thread], Ints]
COLUMNS = ("source", "comments", "rule", "all", "replies", "root F1", "path", "ECE", "s/1000")


def previous(thread: Thread) -> Ints:
    """Each comment answers the one before."""
    return np.arange(thread.size) - 1


def root(thread: Thread) -> Ints:
    """Nobody answers anybody."""
    return np.full(thread.size, ROOT)


def name(thread: Thread) -> Ints:
    """The latest comment of a person whose name is mentioned, else the comment before."""
    mentions = find_mentions(thread)
    latest: dict[int, int] = {}
    parents = previous(thread)
    for at, person in enumerate(thread.people.tolist()):
        named = [latest[each] for each in mentions.of[at] if each in latest]
        parents[at] = max(named, default=at - 1)
        latest[person] = at
    return parents


def rules(thread: Thread) -> Ints:
    """The one named, else the comment before where the words are those of an answer, else nobody."""
    parents, mentions, words = name(thread), find_mentions(thread), word_cues(thread.texts)
    speaks = words[:, [WORDS.index(each) for each in _ANSWERS]].any(axis=1)
    people = thread.people
    turns = np.zeros(thread.size, dtype=bool)
    turns[2:] = (people[2:] == people[:-2]) & (people[2:] != NOBODY)
    plain = np.array([not each for each in mentions.of], dtype=bool)
    return np.where(plain & ~speaks & ~turns, ROOT, parents)


_ANSWERS = ("opens: thanks", "opens: agree", "opens: disagree", "opens: asks back", "you", "your post")


def ece(chance: Floats, right: Flags) -> float:
    """Expected calibration error in ten bins of equal width."""
    bins = np.minimum((chance * 10).astype(int), 9)
    parts = [(bins == each) for each in range(10) if (bins == each).any()]
    return float(sum(abs(chance[part].mean() - right[part].mean()) * part.mean() for part in parts))


def path_share(parents: Ints, true: Ints) -> float:
    """Mean share of a comment's true ancestors that it has in the guessed tree (1 where it has none)."""
    above, wanted = _ancestors(parents), _ancestors(true)
    return float(
        np.mean([len(a & b) / len(b) if b else float(not a) for a, b in zip(above, wanted, strict=True)])
    )


def _ancestors(parents: Ints) -> list[frozenset[int]]:
    found: list[frozenset[int]] = []
    for parent in parents.tolist():
        found.append(found[parent] | {parent} if 0 <= parent < len(found) else frozenset())
    return found


def figures(threads: Sequence[Known], parents: Sequence[Ints]) -> list[float]:
    """Accuracy over all comments, over true replies; F1 of roots; mean share of the path."""
    right, reply, guessed = [], [], []
    for one, guess in zip(threads, parents, strict=True):
        good = [int(at) in accepted for at, accepted in zip(guess, one.accepted, strict=True)]
        right.append(np.array(good)[one.counts])
        reply.append(one.parents[one.counts] >= 0)
        guessed.append(guess[one.counts] >= 0)
    good_, reply_, guessed_ = (np.concatenate(each) for each in (right, reply, guessed))
    f1 = 2 * (~reply_ & ~guessed_).sum() / max(1, (~reply_).sum() + (~guessed_).sum())
    paths = [path_share(guess, one.parents) for one, guess in zip(threads, parents, strict=True)]
    sizes = [one.thread.size for one in threads]
    return [good_.mean(), good_[reply_].mean(), float(f1), float(np.average(paths, weights=sizes))]


def show(source: str, count: int, rule: str, values: Sequence[float]) -> None:
    """Print one row of the table."""
    print(f"{source:20} {count:6} {rule:14}", *(f"{value:8.3f}" for value in values), flush=True)


def show_rules(source: str, threads: Sequence[Known]) -> None:
    for rule in (previous, root, name, rules):
        show(source, _count(threads), rule.__name__, figures(threads, [rule(one.thread) for one in threads]))


def show_learned(source: str, tag: str, threads: Sequence[Known], network: Network) -> None:
    start = time.process_time()
    decoded = decode_all(threads, network)
    seconds = (time.process_time() - start) * 1000 / max(1, sum(one.thread.size for one in threads))
    parents = [each.parents for each in decoded]
    chance, right = judged(threads, decoded)
    doubt = ece(network.calibrated(chance), right)
    show(source, _count(threads), tag, [*figures(threads, parents), doubt, seconds])


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
    threads = read_known(path) + (read_pages(pages) if pages else [])
    print(f"{COLUMNS[0]:20} {COLUMNS[1]:>6} {COLUMNS[2]:14}", *(f"{each:>8}" for each in COLUMNS[3:]))
    branching(by_source([one for one in threads if not one.source.startswith("irc")]), seed, most)


if __name__ == "__main__":
    main()
