"""How the embedded encoder does on labelled comments, on its own traps, and how fast and pure it is.

python benchmarks/encoder.py DATA-FOLDER [--float FILE]

Only comments of split "dev" and the cases of our suite that were held back. `--float` adds the AUC of an
export in single precision beside that of the weights shipped.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click
import numpy as np
import pandas as pd

from threads.detectors.antisemitism import antisemitism
from threads.detectors.conspiracy import conspiracy
from threads.detectors.encoder import FOLDER, HEADS, Encoder
from threads.detectors.toxicity import Toxicity
from threads.evaluate import auc, false_alarms
from threads.train.encoder_judge import dev_rows

THRESHOLD = 0.5
SEED = 7
CASES = FOLDER.parents[1] / "tropecheck"


def beside(head: str, dev: pd.DataFrame) -> np.ndarray:
    """The scores of the detector that needs no encoder."""
    detector = {"toxicity": Toxicity, "antisemitism": antisemitism, "conspiracy": conspiracy}[head]()
    rows = pd.DataFrame({"comment_id": dev.index.astype(str), "text": dev["text"], "parent_text": None})
    return detector.detect(rows).scores[head].to_numpy()


def judge(encoder: Encoder, data: Path, head: str, single: Encoder | None) -> None:
    dev, column = dev_rows(data, head, SEED), HEADS.index(head)
    texts = dev["text"].tolist()
    scores = {"encoder": encoder.probabilities(texts)[:, column], "without": beside(head, dev)}
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


def tropes(encoder: Encoder) -> None:
    """The third of our suite that no training has seen: right at the threshold, by function."""
    for head in ("antisemitism", "conspiracy"):
        table = pd.read_csv(CASES / f"{head}.tsv", sep="\t", quoting=3, keep_default_na=False)
        held = table[(table["part"] == "held") & table["expected"].isin(["flag", "clear"])]
        score = encoder.probabilities(held["text"].tolist())[:, HEADS.index(head)]
        truth = (held["expected"] == "flag").to_numpy()
        right = pd.Series((score >= THRESHOLD) == truth, index=held.index)
        print(f"\n== TropeCheck {head}, held third: AUC {auc(truth, score):.3f}, right {right.mean():.3f}")
        shares = right.groupby([held["function"], held["expected"]]).agg(["size", "mean"]).round(3)
        print(shares.to_string())


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
@click.option("--float", "single", type=click.Path(exists=True, path_type=Path), help="Folder of an export.")
def main(data: Path, single: Path | None) -> None:
    begun = time.monotonic()
    encoder = Encoder()
    encoder.probabilities(["warm"])
    print(f"loaded in {time.monotonic() - begun:.2f} s")
    tropes(encoder)
    sys.stdout.flush()
    others(encoder, data)
    speed(encoder, data)
    for head in HEADS[::-1]:
        judge(encoder, data, head, Encoder(single) if single else None)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
