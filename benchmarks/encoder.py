"""How the embedded encoder does on labelled comments, on its own traps, and how fast it is.

python benchmarks/encoder.py DATA-FOLDER [--folder ENCODER] [--float ENCODER]

Only comments of split "dev", our own pairs whose families were kept out of training, and the cases of our
suite that were held back. `--float` adds the AUC of an export in single precision beside the 8-bit weights.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click
import numpy as np
import pandas as pd
from sklearn.metrics import matthews_corrcoef

from threads.detectors.antisemitism import antisemitism
from threads.detectors.conspiracy import conspiracy
from threads.detectors.encoder import FOLDER, HEADS, Encoder
from threads.detectors.toxicity import Toxicity
from threads.evaluation.measures import auc, f1, false_alarms
from threads.train.encoder.judge import dev_rows
from threads.train.encoder.pairs import CASES

THRESHOLD = 0.5
LEVELS = np.arange(0.05, 0.96, 0.01)
SEED = 7
BUILT_IN = {"toxicity": Toxicity, "antisemitism": antisemitism, "conspiracy": conspiracy}


def beside(head: str, dev: pd.DataFrame) -> dict[str, np.ndarray]:
    """The scores of the detector that needs no encoder, where there is one."""
    if head not in BUILT_IN:
        return {}
    rows = pd.DataFrame({"comment_id": dev.index.astype(str), "text": dev["text"], "parent_text": None})
    return {"without": BUILT_IN[head]().detect(rows).scores[head].to_numpy()}


def judge(encoder: Encoder, data: Path, head: str, single: Encoder | None) -> None:
    dev, column = dev_rows(data, head, SEED), HEADS.index(head)
    texts = dev["text"].tolist()
    scores = {"encoder": encoder.probabilities(texts)[:, column], **beside(head, dev)}
    if single:
        scores["float"] = single.probabilities(texts)[:, column]
    print(f"\n== {head}: AUC by source")
    for source, part in dev.groupby("source"):
        found = {name: round(auc(part["label"], values[part.index]), 3) for name, values in scores.items()}
        called = scores["encoder"][part.index] >= THRESHOLD
        hits = called[part["label"] == 1].mean()
        false = called[part["label"] == 0].mean()
        print(f"{source:20} {len(part):5} {found} recall {hits:.3f} false alarms {false:.3f}")
    print("all", {name: round(auc(dev["label"], values), 3) for name, values in scores.items()})
    alarms = false_alarms(dev.assign(kind=dev["kind"].str.split("|").str[0]), scores["encoder"], "kind")
    print(alarms[alarms["comments"] >= 15].round(3).to_string())
    own = dev[dev["source"] == "pairs"]
    right = pd.Series((scores["encoder"] >= THRESHOLD) == dev["label"], index=dev.index)[own.index]
    print(right.groupby(own["kind"]).agg(["size", "mean"]).round(3).to_string())


def tropes(encoder: Encoder) -> None:
    """The third of our suite that no training has seen: right at the threshold, by function."""
    for head in ("antisemitism", "conspiracy"):
        table = pd.read_csv(CASES / f"{head}.tsv", sep="\t", quoting=3, keep_default_na=False)
        held = table[(table["part"] == "held") & table["expected"].isin(["flag", "clear"])]
        scores = encoder.probabilities(held["text"].tolist())
        score = scores[:, HEADS.index(head)]
        truth = (held["expected"] == "flag").to_numpy()
        right = pd.Series((score >= THRESHOLD) == truth, index=held.index)
        print(f"\n== TropeCheck {head}, held third: AUC {auc(truth, score):.3f}, right {right.mean():.3f}")
        told = pd.DataFrame({"right": right, **{name: scores[:, HEADS.index(name)] for name in HEADS}})
        groups = told.groupby([held["function"], held["expected"]])
        print(groups.mean().assign(cases=groups.size()).round(3).to_string())


def shared_tasks(encoder: Encoder, data: Path) -> None:
    """The figures that others report: MCC on PAN's official test, F1 on ISCA's organisers' part.

    At 0.5, and at the level best on comments that are not of the test: PAN's development part, one half of
    the organisers'.
    """
    table = pd.read_parquet(data / "conspiracy.parquet")
    part = table["native_split"].where(table["source"] == "pan24_en")
    chosen, test = (_scored(encoder, table[part == name], "conspiracy") for name in ("dev", "official_test"))
    _at_best("PAN 2024, MCC", matthews_corrcoef, chosen, test)
    table = pd.read_parquet(data / "antisemitism.parquet")
    isca = _scored(encoder, table[table["native_split"] == "organiser_test"], "antisemitism")
    half = np.random.default_rng(SEED).random(len(isca)) < 0.5
    _at_best("ISCA organisers, F1", f1, isca[half], isca[~half])


def _scored(encoder: Encoder, table: pd.DataFrame, head: str) -> pd.DataFrame:
    return table.assign(score=encoder.probabilities(table["text"].tolist())[:, HEADS.index(head)])


def _at_best(name: str, measure, chosen: pd.DataFrame, test: pd.DataFrame) -> None:  # noqa: ANN001
    def at(part: pd.DataFrame, level: float) -> float:
        return float(measure(part["label"], (part["score"] >= level).astype(int)))

    best = max(LEVELS, key=lambda level: at(chosen, level))
    print(f"{name}: {at(test, THRESHOLD):.3f} at 0.5, {at(test, best):.3f} at {best:.2f} ({len(test)})")


def others(encoder: Encoder, data: Path) -> None:
    """Of what is said of other groups nothing is antisemitic, claimed or quoted."""
    table = pd.read_parquet(data / "other_targets.parquet")
    dev = table[table["split"] == "dev"]
    scores = encoder.probabilities(dev["text"].tolist())
    called = pd.Series(scores[:, 1] >= THRESHOLD, index=dev.index)
    print("\n== said of other groups: called antisemitic, and AUC of the toxicity head for the claim")
    for source, part in dev.groupby("source"):
        ranked = auc(part["label"], scores[dev["source"] == source, 0])
        print(f"{source:12} {len(part)} called {called[part.index].mean():.3f}, AUC {ranked:.3f}")


def speed(encoder: Encoder, data: Path) -> None:
    table = dev_rows(data, "toxicity", SEED)
    texts = table["text"][table["text"].str.split().str.len().between(25, 50)].tolist()[:200]
    begun = time.process_time()
    encoder.probabilities(texts)
    spent = time.process_time() - begun
    words = np.mean([len(text.split()) for text in texts])
    print(f"\n{len(texts) / spent:.0f} comments of {words:.0f} words a second of processor time")


@click.command()
@click.argument("data", type=click.Path(exists=True, path_type=Path))
@click.option("--folder", default=FOLDER, type=click.Path(exists=True, path_type=Path), help="The encoder.")
@click.option("--float", "single", type=click.Path(exists=True, path_type=Path), help="Folder of an export.")
def main(data: Path, folder: Path, single: Path | None) -> None:
    begun = time.monotonic()
    encoder = Encoder(folder)
    encoder.probabilities(["warm"])
    print(f"loaded in {time.monotonic() - begun:.2f} s")
    for figures in (tropes, lambda one: shared_tasks(one, data), lambda one: others(one, data)):
        figures(encoder)
        sys.stdout.flush()
    speed(encoder, data)
    for head in HEADS[::-1]:
        judge(encoder, data, head, Encoder(single) if single else None)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
