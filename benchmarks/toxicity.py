"""Speed and quality of the built-in toxicity scorer: `python benchmarks/toxicity.py [LABELLED.parquet]`.

Always: comments a second, and the hand-written probes by kind. With a labelled table (text, label, split,
source, kind): the measures of its split `dev` by source, and the false alarms by kind of negative.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from threads.detectors.toxicity import Toxicity
from threads.evaluation.measures import auc, by_group, false_alarms

PROBES = Path(__file__).with_name("toxicity_probes.tsv")
N_COMMENTS, N_WORDS = 20_000, 40


def scored(texts: pd.Series) -> np.ndarray:
    ids = [str(number) for number in range(len(texts))]
    frame = pd.DataFrame({"comment_id": ids, "text": texts.tolist(), "parent_text": None})
    return Toxicity().detect(frame).scores["toxicity"].to_numpy(dtype=np.float64)


def speed(probes: pd.DataFrame) -> None:
    """Comments of four or five harmless sentences, one in twenty of them with an insult."""
    harmless = probes.loc[probes["kind"].isin(["plain", "neutral identity"]), "text"].to_numpy()
    toxic = probes.loc[probes["kind"] == "insult", "text"].to_numpy()
    drawn = np.random.default_rng(1).choice(harmless, (N_COMMENTS, 6))
    texts = pd.Series([" ".join(" ".join(row).split()[:N_WORDS]) for row in drawn])
    texts[::20] += " " + toxic[0]
    scored(texts.head(10))
    start = time.process_time()
    scored(texts)
    print(
        f"{N_COMMENTS / (time.process_time() - start):,.0f} comments of {N_WORDS} words a processor second\n"
    )


def hand_written(probes: pd.DataFrame) -> None:
    scores = pd.Series(scored(probes["text"]))
    called = (scores >= 0.5).groupby([probes["label"], probes["kind"]])
    table = pd.DataFrame({"probes": called.size(), "called toxic": called.sum()})
    table["mean score"] = scores.groupby([probes["label"], probes["kind"]]).mean().round(2)
    print(f"AUC on the hand-written probes {auc(probes['label'], scores):.3f}\n{table}\n")


def labelled(path: Path) -> None:
    table = pd.read_parquet(path)
    dev = table[table["split"] == "dev"].reset_index(drop=True)
    scores = scored(dev["text"])
    print(f"AUC {auc(dev['label'], scores):.3f}\n{by_group(dev, scores, 'source').round(3)}\n")
    named = dev.assign(kind=dev["source"] + " " + dev["kind"])
    print(false_alarms(named, scores, by="kind").round(3))


if __name__ == "__main__":
    pd.set_option("display.width", 160, "display.max_columns", 12)
    sentences = pd.read_csv(PROBES, sep="\t", quoting=3)
    speed(sentences)
    hand_written(sentences)
    for name in sys.argv[1:]:
        labelled(Path(name))
