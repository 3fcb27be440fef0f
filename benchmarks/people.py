"""Which nameless comments are by one person: `python benchmarks/people.py ../shared/threads --pages ../shared/dumps`.

Names are dropped from threads whose authors are known, at the rates of `threads.train.people`. Each source is
judged by weights that never saw it, with its true links, and with links guessed by a network that never saw
it. `pairs` are nameless answers to an answer to a nameless comment, `base` the share by one person; then what
is joined: how many, the share that is right, the share of the right ones found, the mean confidence. `rule`
joins where the wording alone says so; `people` counts all comments taken to be by the person of an earlier
one, chains of joins included.
"""  # noqa: E501  (the first line is the command)

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from threads.evaluation.true_links import Flags
from threads.infer.links.model import load as load_links
from threads.infer.links.thread import Floats
from threads.infer.people.cues import CUES
from threads.infer.people.joining import GIVEN, GUESSED, numbered
from threads.infer.people.model import PeopleModel
from threads.train.links.branching import BRANCHING, join, rows_of_source
from threads.train.links.fit import fit as fit_links
from threads.train.people import Labelled, Shown, fit, label, pages_of, read

COLUMNS = ("source", "links", "pairs", "base", "what", "joined", "right", "found", "sure")
_STANDS, _THANKS, _SURE = (
    CUES.index(name) for name in ("stands by own words", "opens with thanks", "the links are sure")
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What was joined of one source: confidence and truth of each join, and how many pairs were right."""

    sure: Floats
    right: Flags
    of: int

    def show(self, *first: object) -> None:
        """Print one row of the table."""
        mean = [float(each.mean()) if len(each) else float("nan") for each in (self.right, self.sure)]
        found = self.right.sum() / self.of if self.of else float("nan")
        print(*first, f"{len(self.right):7} {mean[0]:7.2f} {found:7.2f} {mean[1]:7.2f}", flush=True)


def judge(held: Labelled, model: PeopleModel, *, given: bool, rule: bool) -> Judged:
    """The pairs with true links, or with guessed ones, that the model (or the wording alone) joins."""
    some = held.given == given
    table, same = held.table[some], held.same[some]
    sure = model.probability(table)
    joined = sure >= (GIVEN if given else GUESSED)
    if rule:
        joined = ((table[:, _STANDS] + table[:, _THANKS]) > 0) & (table[:, _SURE] > np.log(0.16))
    return Judged(sure[joined], same[joined], int(same.sum()))


def judge_people(pages: Sequence[Shown], model: PeopleModel, *, given: bool) -> Judged:
    """Every comment that was given the person of an earlier one, beside the first comment of that person."""
    sure: list[float] = []
    right: list[bool] = []
    for one, page in [(one, page) for one, page, true in pages if true == given]:
        people, found = one.thread.people.tolist(), numbered(page, model)
        first = {number: at for at, (number, likely) in enumerate(found) if likely == 1}
        joined = [(at, number, likely) for at, (number, likely) in enumerate(found) if likely < 1]
        sure += [likely for _, _, likely in joined]
        right += [people[at] == people[first[number]] for at, number, _ in joined]
    return Judged(np.array(sure), np.array(right, dtype=bool), 0)


def calibration_error(judged: Sequence[Judged]) -> float:
    """Expected calibration error of all joins, in bins a twentieth wide."""
    sure, right = (np.concatenate([getattr(each, name) for each in judged]) for name in ("sure", "right"))
    bins = (sure * 20).astype(int)
    parts = [bins == each for each in np.unique(bins)]
    return float(sum(abs(sure[part].mean() - right[part].mean()) * part.mean() for part in parts))


@click.command()
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--pages", type=click.Path(exists=True, path_type=Path), help="Folder of *.blocks.gold.json.")
@click.option("--seed", default=1, show_default=True)
def main(path: Path, pages: Path | None, seed: int) -> None:
    """Print the table for the threads in PATH."""
    sources = read(path, pages)
    seen = {name: label(pages_of(own, load_links().branching, seed)) for name, own in sources.items()}
    rows = {name: rows_of_source(own, seed) for name, own in sources.items()}
    print(f"{COLUMNS[0]:20} {COLUMNS[1]:8}", *(f"{each:>7}" for each in COLUMNS[2:]))
    every: dict[tuple[bool, str], list[Judged]] = {}
    for name, own in sources.items():
        network = fit_links(join([rows[other] for other in rows if other != name]), seed, BRANCHING)
        model = fit({other: each for other, each in seen.items() if other != name})
        shown = list(pages_of(own, network, seed))
        held = label(shown)
        for given in (False, True):
            same = held.same[held.given == given]
            judged = {
                "rule": judge(held, model, given=given, rule=True),
                "learned": judge(held, model, given=given, rule=False),
                "people": judge_people(shown, model, given=given),
            }
            for what, each in judged.items():
                base = float(same.mean()) if len(same) else float("nan")
                each.show(f"{name:20} {'true' if given else 'guessed':8} {len(same):7} {base:7.2f} {what:>7}")
                every.setdefault((given, what), []).append(each)
    for (given, what), found in every.items():
        pooled = Judged(
            np.concatenate([one.sure for one in found]),
            np.concatenate([one.right for one in found]),
            sum(one.of for one in found),
        )
        pooled.show(f"{'all':20} {'true' if given else 'guessed':8} {'':7} {'':7} {what:>7}")
        print(f"calibration error {calibration_error(found):.3f}")


if __name__ == "__main__":
    main()
