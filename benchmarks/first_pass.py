"""Speed of the first pass beside vaderSentiment alone: `python benchmarks/first_pass.py [LABELLED.parquet]`.

Comments of about 40 words, drawn from the hand-written probes, one in twenty with an insult; with a labelled
table its comments of 30 to 50 words, as they are. Rounds alternate, each on comments of its own, so that what
slows the machine slows both; the medians of the rounds' ratios are printed. Above 1 is faster than VADER.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from threads.detectors.antisemitism import antisemitism
from threads.detectors.base import Detector
from threads.detectors.conspiracy import conspiracy
from threads.detectors.sentiment import Sentiment
from threads.detectors.toxicity import Toxicity

PROBES = Path(__file__).with_name("toxicity_probes.tsv")
ROUNDS, N_COMMENTS, N_WORDS = 12, 500, 40


def hand_written() -> list[str]:
    probes = pd.read_csv(PROBES, sep="\t", quoting=3)
    plain = probes.loc[probes["kind"].isin(["plain", "neutral identity"]), "text"].to_numpy()
    insult = probes.loc[probes["kind"] == "insult", "text"].iloc[0]
    drawn = np.random.default_rng(1).choice(plain, ((ROUNDS + 1) * N_COMMENTS, 6))
    texts = [" ".join(" ".join(row).split()[:N_WORDS]) for row in drawn]
    return [f"{text} {insult}" if at % 20 == 0 else text for at, text in enumerate(texts)]


def labelled(path: Path) -> list[str]:
    texts = pd.read_parquet(path, columns=["text"])["text"]
    fitting = texts[texts.map(lambda text: len(text.split())).between(30, 50)]
    return fitting.sample(min((ROUNDS + 1) * N_COMMENTS, len(fitting)), random_state=1).tolist()


def seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def one_round(texts: list[str], detectors: tuple[Detector, ...]) -> dict[str, float]:
    ids = [str(number) for number in range(len(texts))]
    frame = pd.DataFrame({"comment_id": ids, "text": texts, "parent_text": None})
    vader = SentimentIntensityAnalyzer()
    spent = {"vader": seconds(lambda: [vader.polarity_scores(text) for text in texts])}
    for detector in detectors:
        spent[detector.name] = seconds(lambda d=detector: d.detect(frame))  # type: ignore[misc]
    spent["first pass"] = sum(spent[detector.name] for detector in detectors)
    return spent


def main(texts: list[str]) -> None:
    detectors = (Sentiment(), Toxicity(), antisemitism(), conspiracy())
    size = len(texts) // (ROUNDS + 1)
    rounds = [one_round(texts[at * size : (at + 1) * size], detectors) for at in range(ROUNDS + 1)]
    table = pd.DataFrame(rounds[1:])  # the first reads the models and warms up
    print(f"vaderSentiment alone: {size / table['vader'].median():,.0f} comments a processor second")
    ratios = table.rdiv(table["vader"], axis=0).drop(columns="vader")
    print(ratios.quantile([0.25, 0.5, 0.75]).T.round(2).to_string())


if __name__ == "__main__":
    main(labelled(Path(sys.argv[1])) if sys.argv[1:] else hand_written())
