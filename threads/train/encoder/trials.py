"""What each source and trick of the encoder's training is worth: short trainings with one of them left out.

python -m threads.train.encoder.trials DATA --base MINILM [--batches N] [NAME ...]

Float weights, nothing is written; AUC of each trial on the same development comments. NAME is one of TRIALS.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import click
import numpy as np
import pandas as pd
import torch
from numpy.typing import NDArray

from threads.detectors.encoder import HEADS
from threads.evaluation.measures import auc, f1
from threads.train.encoder.fit import Network, Plan, fit, padded, tokenizer
from threads.train.encoder.judge import dev_rows
from threads.train.encoder.pairs import open_cases, pairs
from threads.train.encoder.rows import SEED, TRICKS, gather, on_topic, plots, train_rows
from threads.train.encoder.table import Rows
from threads.train.encoder.words import as_jewish

TOPICS = r"moon|space|bank|money|financ|cash|election|\b5g\b|syria|terror|food|celebrity"
"""Topics of our own sentences that the trial `topics` never trains on."""

MOST, AT_ONCE = 250, 16
"""Development comments a source that a trial is judged on, and read at a time."""

Chances = NDArray[np.float64]
"""(texts, HEADS) in [0, 1], not calibrated."""


def _only_plots(data: Path) -> Rows:
    rows = Rows()
    plots(rows, train_rows(data, "conspiracy"), Random(SEED))  # noqa: S311  # no secret hangs on it
    return rows


def _lacking(trick: str, data: Path) -> Rows:
    return gather(data, SEED, tricks=TRICKS - {trick})


TRIALS: dict[str, Callable[[Path], Rows]] = {
    "all": lambda data: gather(data, SEED),
    **{f"no {trick}": partial(_lacking, trick) for trick in sorted(TRICKS)},
    "topics": lambda data: gather(data, SEED, without=TOPICS),
    "pandemic only": _only_plots,
}  # fmt: skip


def read(network: Network, base: Path, texts: list[str]) -> Chances:
    """Each text's chances, from its first tokens alone."""
    encoded = [row.ids for row in tokenizer(base).encode_batch(texts)]
    order = np.argsort([len(row) for row in encoded])
    found = np.zeros((len(texts), len(HEADS)))
    with torch.no_grad():
        for begin in range(0, len(order), AT_ONCE):
            places = order[begin : begin + AT_ONCE]
            ids, mask = padded([encoded[place] for place in places])
            logits = network(torch.from_numpy(ids), torch.from_numpy(mask))
            found[places] = torch.sigmoid(logits).numpy()
    return found


def judged(data: Path) -> pd.DataFrame:
    """What every trial is judged on: text, label, head, and set: the source or what was kept out."""
    own = pd.concat([pairs(), open_cases()], ignore_index=True)
    own = own[own["head"] == "conspiracy"].sample(frac=1, random_state=SEED)
    parts = [own[on_topic(own, TOPICS)].head(2 * MOST).assign(set="topics kept out"),
             own.head(2 * MOST).assign(set="our own"), _of_jews(data), _of_others(data)]  # fmt: skip
    for head in HEADS[1:]:
        dev = dev_rows(data, head, SEED).sample(frac=1, random_state=SEED)
        parts.append(dev.groupby("source").head(MOST).assign(head=head, set=dev["source"]))
    found: pd.DataFrame = pd.concat(parts, ignore_index=True)[["text", "label", "head", "set"]]
    return found


def _of_jews(data: Path) -> pd.DataFrame:
    """What Reddit says of other groups, claimed or quoted, said of Jews."""
    dev = dev_rows(data, "opposes", SEED)
    dev = dev[dev["source"] == "redditbias"].assign(text=dev["text"].map(as_jewish), label=1 - dev["label"])
    return dev.dropna(subset="text").assign(head="antisemitism", set="reddit, said of Jews")


def _of_others(data: Path) -> pd.DataFrame:
    """Hatred of Jews (1) beside hatred of others (0)."""
    jews = dev_rows(data, "antisemitism", SEED).query("source == 'hatexplain' and label == 1").head(MOST)
    others = pd.read_parquet(data / "other_targets.parquet").query("split == 'dev' and label == 1").head(MOST)
    both = pd.concat([jews, others.assign(label=0)])
    return both.assign(head="antisemitism", set="of Jews, of others")


def figures(rows: pd.DataFrame, chances: Chances) -> pd.Series:
    """AUC by head and set, and for antisemitism of ISCA the best F1 over thresholds."""
    rows = rows.assign(score=chances[np.arange(len(rows)), [HEADS.index(head) for head in rows["head"]]])
    groups = rows.groupby(["head", "set"])
    found = {f"{head} {name}": auc(part["label"], part["score"]) for (head, name), part in groups}
    isca = rows[rows["set"] == "isca2024"]
    found["isca2024 F1"] = max(f1(isca["label"], isca["score"], level) for level in np.arange(0.1, 0.9, 0.05))
    return pd.Series(found).round(3)


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("names", nargs=-1, type=click.Choice(list(TRIALS)))
@click.option("--base", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="Folder with MiniLM's config.json, model.safetensors and tokenizer.json.")  # fmt: skip
@click.option("--batches", default=250, help="Batches of each training.")
def main(data: Path, names: tuple[str, ...], base: Path, batches: int) -> None:
    """Train each trial, all unless named, and print its figures."""
    torch.set_num_threads(1)
    rows = judged(data)
    for name in names or tuple(TRIALS):
        network, _ = fit(base, TRIALS[name](data), SEED, Plan(batches), lambda _: None)
        click.echo(f"\n== {name}\n{figures(rows, read(network, base, rows['text'].tolist())).to_string()}")


if __name__ == "__main__":
    main()
