"""Fits what stands between the first pass and the encoder: the screens, and how the stages become one score.

python -m threads.train.cascade DATA [--out FOLDER]

Run it after every training of the encoder and every change to a lexicon. It takes some ten minutes on one
core, most of them the encoder's over 9,000 development comments.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from threads.detectors import fast
from threads.detectors.cascade import FOLDER, only_mentions
from threads.detectors.encoder import HEADS, Encoder
from threads.detectors.join import Floats, log_odds
from threads.detectors.linear import LinearModel, load_linear
from threads.evaluation.measures import auc, calibration_error
from threads.train.balance import balance
from threads.train.encoder.judge import dev_rows
from threads.train.encoder.pairs import pairs
from threads.train.encoder.words import TELLING
from threads.train.ngrams import fit_ngrams, write_ngrams

VERSION = "cascade-v1"
SEED = 7

READ = 0.1
"""Share of harmless comments on anything that a trope detector has read twice: what speed allows. Bounds set
by what is missed of the development comments would be tighter, and miss tropes on topics that these do not
have: with 3 % of them missed, 40 % of the antisemitic cases of TropeCheck's open part were never read."""

DOUBTED = (0.08, 0.97)
"""Toxicity scores between which the encoder is asked, beside comments that name a group. Of our own pairs
kept out 80 % of the toxic ones are so read, with 0.15 for 0.08 and without the names 48 %; of 2,871 comments
of public exports 24 %, and 8 %."""

SIGNS = {
    "toxicity": ("encoder", "first"),
    "antisemitism": ("encoder", "first", "opposes"),
    "conspiracy": ("encoder", "first", "opposes"),
}
"""What each head's score is fitted to, on development comments."""

FIXED: dict[str, dict[str, float]] = {
    "toxicity": {},
    "antisemitism": {"mention": -0.5},
    "conspiracy": {"mention": -0.5, "screen": 0.3},
}
"""What is added at a weight that is not fitted. Where the rules found a trope only as a mention and the
encoder gives even odds, under half of the development comments are rightly flagged. The n-grams that
screen for antisemitism know the names of groups and are not let near its score. Those for conspiracy,
fitted freely, would get 0.8 beside the encoder's 0.5 (AUC on held development comments 0.95, without them
0.92), for they know the words of one pandemic; on topics that they have not seen (TropeCheck's open part)
their AUC is 0.73."""

UNNAMED = {"antisemitism": {"unnamed": -1.0}}
"""What is taken off after the fit: a comment in which nobody is named must hint the louder. Of 1,500 comments
of public exports 0.6 % were called antisemitic without it and 0.1 % with it; three in a hundred antisemitic
development comments fewer were found, and the AUC rose by 0.005."""

NEWS = ("civil_toxic_spans", "wiki_cat_large", "olid", "davidson")
"""Sources of people who talk of anything, and not of plots."""

ORDINARY = 5_000
"""Harmless comments a source that a screen learns from beside the rows labelled for its head."""


def screen_rows(data: Path, head: str) -> pd.DataFrame:
    """text, label, weight: rows labelled for the head, harmless ones of other tables, and our own pairs, save
    those kept out of every training.
    """
    written = pairs()
    own = written[(written["head"] == head) & ~written["kept_out"].astype(bool)]
    other = _ordinary(_train(data, "toxicity"), head)
    parts = [
        _train(data, head).assign(weight=1.0),
        other.assign(label=0, weight=0.5),
        own.assign(weight=3.0),
    ]
    if head == "antisemitism":
        parts.append(_train(data, "other_targets").assign(label=0, weight=0.5))
    return pd.concat([part[["text", "label", "weight"]] for part in parts], ignore_index=True)


def _train(data: Path, name: str) -> pd.DataFrame:
    table = pd.read_parquet(data / f"{name}.parquet")
    return table[(table["split"] == "train") & (table["lang"] == "en" if "lang" in table else True)]


def _ordinary(table: pd.DataFrame, head: str) -> pd.DataFrame:
    """Comments on anything; for antisemitism hateful ones too."""
    if head == "conspiracy":
        table = table[table["source"].isin(NEWS)]
    table = table[~table["text"].str.contains(TELLING)]
    return table.sample(frac=1, random_state=SEED).groupby("source").head(ORDINARY)


def fit_screen(data: Path, head: str, folder: Path) -> LinearModel:
    """Fit the screen of a head of rules, write it and read it back."""
    rows = screen_rows(data, head)
    weights, bias = fit_ngrams(rows["text"].tolist(), rows["label"], rows["weight"], ())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "groups.txt").write_text("", encoding="utf-8")
    facts = {"version": VERSION, "rows": len(rows), "bias": bias, "slope": 1.0, "intercept": 0.0}
    write_ngrams(folder, weights, facts)
    return load_linear(folder)


def signs(dev: pd.DataFrame, head: str, screen: LinearModel | None) -> pd.DataFrame:
    """The log odds of every sign for development comments, as threads.detectors.cascade has them."""
    first = next(each for each in fast() if each.name == head)
    seen = pd.DataFrame({"comment_id": dev.index.astype(str), "text": dev["text"], "parent_text": None})
    found = first.detect(seen)
    before = log_odds(found.scores[head].to_numpy(np.float64))
    table = pd.DataFrame(Encoder().log_odds(dev["text"].tolist()).clip(-10, 10), columns=list(HEADS))
    screened = before if screen is None else screen.log_odds(dev["text"].tolist()).clip(-10, 10)
    mentioned = only_mentions(found).astype(np.float64)
    return table.assign(encoder=table[head], first=before, screen=screened, mention=mentioned)


def fit_join(
    dev: pd.DataFrame, found: pd.DataFrame, head: str, screen: LinearModel | None, ordinary: list[str]
) -> dict[str, Any]:
    """Bounds, weights and intercept fitted on a random half of the comments, the figures on the other."""
    half = np.random.default_rng(SEED).random(len(dev)) < 0.5
    names, truth, weight = list(SIGNS[head]), dev["label"].to_numpy(), balance(dev[half])
    free = LogisticRegression(C=10).fit(found.loc[half, names], truth[half], weight)
    weights = dict(zip(names, free.coef_[0].tolist(), strict=True)) | FIXED[head]
    total = np.array(sum(found[name] * each for name, each in weights.items()), np.float64)
    platt = LogisticRegression(C=1e6).fit(total[half, None], truth[half], weight)
    slope, intercept = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    weights = {name: round(slope * each, 4) for name, each in weights.items()} | UNNAMED.get(head, {})
    joined = slope * total + intercept
    low, high = _bounds(screen, ordinary)
    odds = {"first": found["first"].to_numpy(), "encoder": found["encoder"].to_numpy(), "joined": joined}
    held = _held(dev[~half], {name: values[~half] for name, values in odds.items()})
    return {
        "low": round(low, 4), "high": round(high, 4), "weights": weights,
        "intercept": round(intercept, 4), "held_half": held,
    }  # fmt: skip


def _held(dev: pd.DataFrame, odds: dict[str, Floats]) -> dict[str, Any]:
    """AUC of each stage and of both, and the calibration error of both, on comments not fitted on."""
    chances = 1 / (1 + np.exp(-odds["joined"]))
    return {
        "auc": {name: round(auc(dev["label"], values), 3) for name, values in odds.items()},
        "calibration_error": round(calibration_error(dev["label"], chances, balance(dev)), 3),
    }


def _bounds(screen: LinearModel | None, ordinary: list[str]) -> tuple[float, float]:
    """Screen log odds between which the encoder is asked."""
    if screen is None:
        low, high = log_odds(np.array(DOUBTED)).tolist()
        return low, high
    return float(np.quantile(screen.log_odds(ordinary), 1 - READ)), 10.0


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", default=FOLDER, type=click.Path(path_type=Path), help="Where to write the cascade.")
def main(data: Path, out: Path) -> None:
    """Fit the screens and the joins to the tables in DATA and write them."""
    heads, calm = {}, dev_rows(data, "toxicity", SEED)
    ordinary = calm[(calm["label"] == 0) & calm["source"].isin(NEWS)]["text"].tolist()
    for head in SIGNS:
        screen = None if head == "toxicity" else fit_screen(data, head, out / head)
        dev = dev_rows(data, head, SEED)
        heads[head] = fit_join(dev, signs(dev, head, screen), head, screen, ordinary)
        click.echo(f"{head}: {json.dumps(heads[head])}")
    about = {"version": VERSION, "encoder": Encoder().describe(), "heads": heads}
    (out / "join.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
