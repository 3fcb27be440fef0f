"""How well pages are read: comments found, authors right, false comments, time; beside a trivial baseline.

    python benchmarks/page_reading.py ../shared/dumps ../shared/threads

A folder of dumps holds NAME.txt with NAME.gold.json beside it; a folder of threads holds conversations, one
a line, and flatten.py, which renders them. The shipped weights were fitted on pages of both, so --weights and
--fold take a model fitted by `python -m threads.train.page --fold N` and measure on the sites left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from threads.evaluation.pages import Tally, compare
from threads.infer.pages import artefacts
from threads.infer.pages import model as page_model
from threads.infer.pages.reading import read_page
from threads.train.page.corpus import folds_of, read_dumps

Pairs = list[tuple[str | None, str]]
Reader = Callable[[str], Pairs]


@dataclass(frozen=True, slots=True)
class Sample:
    """A page's text with its gold comments, and the source and rendering that it is counted under."""

    group: str
    text: str
    gold: Pairs


def ours(text: str) -> Pairs:
    return [(comment.author, comment.text) for comment in read_page(text).comments]


def blocks_below_heading(text: str) -> Pairs:
    """The baseline: every block between blank lines that stands below a heading of comments, by nobody."""
    lines = text.split("\n")
    start = next(
        (i for i, line in enumerate(lines) if artefacts.HEADING.match(line.strip()[:200])), len(lines)
    )
    return [(None, block.strip()) for block in "\n".join(lines[start + 1 :]).split("\n\n") if block.strip()]


def dumps(folder: Path, fold: int | None) -> Iterator[Sample]:
    pages = read_dumps(folder)
    folds = folds_of(pages)
    for page in pages:
        if fold is None or folds[page.site] == fold:
            yield Sample(
                page.rendering, page.text, [(c["author"] or None, c["text"] or "") for c in page.gold]
            )


def flattened(folder: Path, pages: int, drop: float, artefact_rate: float) -> Iterator[Sample]:
    flatten = _module(folder / "flatten.py").flatten
    for path in sorted(folder.glob("*.jsonl")):
        if path.stem.startswith("irc"):
            continue
        threads = [json.loads(line) for line in path.read_text().splitlines()]
        random.Random(3).shuffle(threads)  # noqa: S311 -- draws pages, keeps no secret
        for thread in threads[:pages]:
            text, gold = flatten(thread, drop, artefact_rate)
            by_id = {c["id"]: c["text"] or "" for c in thread["comments"]}
            yield Sample(
                path.stem, text, [(g["author"] if g["author_shown"] else None, by_id[g["id"]]) for g in gold]
            )


def _module(path: Path) -> Any:  # noqa: ANN401 -- a script, loaded for one function
    spec = importlib.util.spec_from_file_location("flatten", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure(samples: list[Sample], reader: Reader) -> None:
    tallies: dict[str, Tally] = defaultdict(Tally)
    seconds: dict[str, float] = defaultdict(float)
    pages: dict[str, int] = defaultdict(int)
    empty: dict[str, list[bool]] = defaultdict(list)
    for sample in samples:
        began = time.process_time()
        found = reader(sample.text)
        seconds[sample.group] += time.process_time() - began
        pages[sample.group] += 1
        if sample.gold:
            tallies[sample.group] += compare(found, sample.gold)
        else:
            empty[sample.group].append(bool(found))
    print(
        f"{'':24}{'pages':>6}{'gold':>7}{'precision':>11}{'recall':>8}{'authors':>9}{'false':>8}{'ms/page':>9}"
    )
    for group, tally in tallies.items():
        false = f"{sum(empty[group])}/{len(empty[group])}" if empty[group] else "–"
        print(
            f"{group:24}{pages[group]:>6}{tally.gold:>7}{tally.precision:>11.3f}{tally.recall:>8.3f}"
            f"{tally.author_accuracy:>9.3f}{false:>8}{1000 * seconds[group] / pages[group]:>9.1f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("dumps", type=Path)
    parser.add_argument("threads", type=Path)
    parser.add_argument("--pages", type=int, default=60, help="flattened pages of each source")
    parser.add_argument("--drop-author", type=float, default=0.25)
    parser.add_argument("--artefacts", type=float, default=0.3)
    parser.add_argument("--weights", type=Path, help="weights other than the shipped ones")
    parser.add_argument("--fold", type=int, help="only the dumps of this fold, 0 to 3")
    options = parser.parse_args()
    if options.weights:
        page_model.WEIGHTS = options.weights
    samples = [
        *dumps(options.dumps, options.fold),
        *flattened(options.threads, options.pages, options.drop_author, options.artefacts),
    ]
    for reader in (blocks_below_heading, ours):
        print(f"\n{reader.__name__}")
        measure(samples, reader)


if __name__ == "__main__":
    main()
