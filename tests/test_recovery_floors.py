"""Recovery must not get worse: pinned floors on pages and conversations of our own.

`seeds/*.txt` with their outlines, and `own_threads.jsonl`: 13 conversations in four languages with their true
links, invented by us and written before anything was measured on them. To raise the floors: run this file as
a script, set FLOORS to a little below what it prints, and say beside them when that was. No floor is lowered
to make a change pass; where the conversations themselves change, CORPUS changes with them.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

import threads
from threads.evaluation.threads import measure, read_samples
from threads.outline import compare, read_outline

HERE = Path(__file__).resolve().parent
OWN, SEEDS = HERE / "own_threads.jsonl", HERE.parent / "seeds"
CORPUS = "3999776803626a1912810746dd347115f98910549c71da964b5c940447676a69"

LOSSY = "own, a quarter of the names lost, artefacts"
# Measured 2026-11-22 on 164 comments, and set about three comments lower: parents 0.787 from the comments and
# 0.774 from the page, 0.713 and 0.750 with names lost; comments found 0.988 and 1.000, none too many; on the
# sample pages parents 0.808. The best rule, the previous comment, has 0.659 of the parents.
FLOORS = {
    ("seeds", "page"): {"parents": 0.78},
    ("own", "links"): {"parents": 0.76, "replies": 0.71, "roots": 0.73, "path": 0.68},
    ("own", "page"): {
        "precision": 0.98, "recall": 0.97, "authors": 0.98,
        "parents": 0.75, "replies": 0.72, "roots": 0.71, "path": 0.67,
    },
    (LOSSY, "links"): {"parents": 0.69, "replies": 0.60, "roots": 0.66, "path": 0.62},
    (LOSSY, "page"): {
        "precision": 0.98, "recall": 0.98, "authors": 0.98,
        "parents": 0.73, "replies": 0.65, "roots": 0.69, "path": 0.65,
    },
}  # fmt: skip


def measured() -> dict[tuple[str, str], dict[str, float]]:
    """Each figure that has a floor, by what it is measured on."""
    samples = read_samples(OWN)
    one_source = replace(samples, threads=[replace(one, source="own") for one in samples.threads])
    found = {("seeds", "page"): {"parents": seeds_right()}}
    for name, options in {
        "own": {},
        LOSSY: {"drop_authors": 0.25, "artefacts": 0.3},
    }.items():
        table = measure(one_source, **options)
        for row in table[table.rule == "model"].to_dict(orient="records"):
            found[name, row["view"]] = row
    return found


def seeds_right() -> float:
    """Share of the comments on the sample pages whose parent is right."""
    outlines = {page: read_outline(page.with_suffix(".outline")) for page in SEEDS.glob("*.txt")}
    counts = [compare(threads.read(page), outline) for page, outline in outlines.items()]
    return sum(each["parents"] for each in counts) / sum(each["wanted"] for each in counts)


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], dict[str, float]]:
    return measured()


@pytest.mark.parametrize(
    ("name", "view", "figure", "floor"),
    [(*key, figure, floor) for key, floors in FLOORS.items() for figure, floor in floors.items()],
)
def test_recovery_is_no_worse_than_it_was(found, name, view, figure, floor) -> None:
    assert found[name, view][figure] >= floor


def test_the_floors_are_those_of_these_conversations() -> None:
    assert hashlib.sha256(OWN.read_bytes()).hexdigest() == CORPUS


if __name__ == "__main__":
    for (name, view), figures in measured().items():
        print(name, view, {key: figures[key] for key in FLOORS[name, view]})  # noqa: T201 -- to be read
