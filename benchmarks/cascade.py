"""How the two stages do together on labelled comments, beside the first alone, and how fast they are.

python benchmarks/cascade.py DATA-FOLDER [--speed-only]

Only comments of split "dev". Calls are those of the default policy; MCC is Matthews' correlation at that
threshold, and at the threshold that is best on one half of the comments, measured on the other.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import click
import numpy as np
import pandas as pd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from threads.detectors import built_in, fast
from threads.detectors.base import Detector
from threads.detectors.cascade import Cascade, encoder, read
from threads.evaluation.measures import auc, decisions, false_alarms
from threads.train.encoder.judge import dev_rows
from threads.triaging import Policy

SEED = 7
WORDS = (30, 50)
ROUNDS = 5


def frame(texts: list[str]) -> pd.DataFrame:
    ids = [str(number) for number in range(len(texts))]
    return pd.DataFrame({"comment_id": ids, "text": texts, "parent_text": None})


def mcc(truth: np.ndarray, called: np.ndarray) -> float:
    return float(np.corrcoef(truth, called)[0, 1]) if called.any() and not called.all() else 0.0


def best(truth: np.ndarray, scores: np.ndarray) -> float:
    """MCC on one half of the comments at the threshold that is best on the other."""
    half = np.random.default_rng(SEED).random(len(truth)) < 0.5
    found = {at: mcc(truth[half], scores[half] >= at) for at in np.arange(0.05, 0.96, 0.05)}
    return mcc(truth[~half], scores[~half] >= max(found, key=lambda at: found[at]))


def judge(cascade: Cascade, data: Path) -> None:
    head = cascade.name
    dev, at = dev_rows(data, head, SEED), Policy().thresholds[head]
    rows = frame(dev["text"].tolist())
    before = cascade.first.detect(rows).scores[head].to_numpy(np.float64)
    found = cascade.detect(rows)
    after = found.scores[head].to_numpy(np.float64)
    print(f"\n== {head}, threshold {at}: the encoder read {found.stages['encoder']} of {len(dev)}")
    lines = {}
    for source, part in [*dev.groupby("source"), ("all", dev)]:
        truth, here = part["label"].to_numpy(), part.index
        row = decisions(truth, after[here] >= at)
        row |= {"auc_first": auc(truth, before[here]), "auc": auc(truth, after[here])}
        row |= {"mcc": mcc(truth, after[here] >= at), "mcc_best": best(truth, after[here])}
        lines[source] = {"comments": len(part), **row}
    print(pd.DataFrame(lines).T.round(3).to_string())
    kinds = dev.assign(kind=dev["kind"].str.split("|").str[0])
    alarms = false_alarms(kinds, after, "kind", at)
    print(alarms[alarms["comments"] >= 15].round(3).to_string())


def others(cascade: Cascade, data: Path) -> None:
    table = pd.read_parquet(data / "other_targets.parquet")
    dev = table[table["split"] == "dev"].reset_index(drop=True)
    called = cascade.detect(frame(dev["text"].tolist())).scores[cascade.name] >= 0.5
    print("\nsaid of other groups and called antisemitic:", called.groupby(dev["source"]).mean().to_dict())


def speed(data: Path) -> None:
    """Comments a second of processor time: VADER alone, the first pass, the cascade where a tenth is read."""
    table = pd.read_parquet(data / "toxicity.parquet")
    table = table[(table["lang"] == "en") & table["text"].str.split().str.len().between(*WORDS)]
    texts = table["text"].sample(3000, random_state=SEED).tolist()
    doubts = np.logical_or.reduce([doubtful(each, texts) for each in ours()])
    doubted = [text for text, doubt in zip(texts, doubts, strict=True) if doubt]
    settled = [text for text, doubt in zip(texts, doubts, strict=True) if not doubt]
    mixed = [*doubted[:60], *settled[:540]]
    vader = SentimentIntensityAnalyzer()
    ways = {
        "vader": lambda: [vader.polarity_scores(text) for text in mixed],
        "first pass": lambda: [each.detect(frame(mixed)) for each in fast()],
        "cascade": lambda: [each.detect(frame(mixed)) for each in built_in()],
    }
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            read.cache_clear()
            begun = time.process_time()
            way()
            spent[name].append(time.process_time() - begun)
    print(f"\n{len(doubted)} of {len(texts)} comments on anything are read twice; of those timed a tenth")
    for name, seconds in spent.items():
        ratio = statistics.median(v / s for v, s in zip(spent["vader"], seconds, strict=True))
        print(
            f"{name:10} {len(mixed) / statistics.median(seconds):6.0f} a second, {ratio:.2f} of VADER's rate"
        )


def doubtful(cascade: Cascade, texts: list[str]) -> np.ndarray:
    """Which of the texts the encoder would read."""
    found = cascade.first.detect(frame(texts))
    return cascade._doubtful(texts, cascade._screened(texts, found), found)


def ours() -> list[Cascade]:
    found: list[Detector] = list(built_in())
    return [each for each in found if isinstance(each, Cascade)]


@click.command()
@click.argument("data", type=click.Path(exists=True, path_type=Path))
@click.option("--speed-only", is_flag=True)
def main(data: Path, *, speed_only: bool) -> None:
    begun = time.monotonic()
    encoder().probabilities(["warm"])
    print(f"the encoder loaded in {time.monotonic() - begun:.2f} s")
    speed(data)
    for cascade in [] if speed_only else ours():
        judge(cascade, data)
        if cascade.name == "antisemitism":
            others(cascade, data)


if __name__ == "__main__":
    main()
