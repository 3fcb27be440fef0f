"""What the encoder is trained on: texts with a label and a weight a head, from the labelled sources."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pandas as pd

from threads.train.encoder.pairs import add_written, open_cases, pairs
from threads.train.encoder.table import UNRELATED, Cells, Row, Rows, each
from threads.train.encoder.words import OTHER, TELLING, TOPICS, as_jewish, as_other, later, masked, thinned

SEED = 7

TRICKS = frozenset({"mask", "swap", "cases", "pairs"})

MASKED = 0.2
"""Share of rows whose identity words are all masked."""

CAPS = {
    "civil_toxic_spans": 5405, "hatexplain": 3400, "implicit_hate": 3000, "ghc": 3000, "olid": 3600,
    "davidson": 1000, "stormfront": 1400, "paradetox": 1200, "wiki_cat_large": 2000, "germeval2018": 0,
}  # fmt: skip
"""Toxicity rows a source: the news comments, being the only ones, all of them; German none, as the encoder's
vocabulary is English."""

TALK = {"civil_toxic_spans": 0.6, "wiki_cat_large": 0.6, "olid": 0.3, "davidson": 0.3, "paradetox": 0.3}
"""Weight of comments on anything as negatives of `conspiracy`: without them its topic words would decide."""

AS_CAPS = {("isca2024", 0): 9999, ("hatexplain", 0): 2500}
AS_PASSES = {"isca2024": 2}
"""Antisemitism rows a source and label, 2,000 unless told, and how often: ISCA's labels are the experts'."""

CALLED_OUT = re.compile(r"anti-?\s?semit|neo-?nazi|hate crime|bigot|white suprem|condemn", re.I)
"""A tweet with these words that experts found harmless mostly objects to antisemitism or reports it: a weak
positive of `opposes`, at the weight of UNRELATED."""

HATRED = frozenset({"hatespeech", "hate", "implicit_hate", "explicit_hate"})
"""Kinds of the toxicity rows in which the author hates."""

PLOT_PASSES = 3
"""How often a comment with or without a plot is read: from its begin, then from somewhere within."""


def gather(data: Path, seed: int, *, tricks: frozenset[str] = TRICKS, without: str = "") -> Rows:
    """Training rows: those from the tables in `data`, then our own pairs and cases.

    `tricks` are those of TRICKS that are used; own sentences whose topic holds the pattern `without` are not.
    """
    draw, rows = Random(seed), Rows()  # noqa: S311  # no secret hangs on it
    tables = {
        name: train_rows(data, name) for name in ("toxicity", "antisemitism", "other_targets", "conspiracy")
    }
    _toxicity(rows, tables["toxicity"], draw)
    _antisemitism(rows, tables["antisemitism"], draw, swap="swap" in tricks)
    _other_targets(rows, tables["other_targets"], draw, swap="swap" in tricks)
    plots(rows, tables["conspiracy"], draw)
    if "swap" in tricks:
        _said_of_jews(rows, tables["toxicity"], draw)
    for kind, table in (("cases", open_cases()), ("pairs", pairs())):
        if kind in tricks:
            add_written(rows, table[~on_topic(table, without)], kind, draw, swap="swap" in tricks)
    if "mask" in tricks:
        rows.texts = [masked(text) if draw.random() < MASKED else text for text in rows.texts]
    return rows


def on_topic(table: pd.DataFrame, topics: str) -> pd.Series:
    """Which of our own sentences are on one of the topics, a pattern; on none where it is empty."""
    return table["topic"].str.contains(topics or "(?!)", case=False, regex=True).astype(bool)


def train_rows(data: Path, name: str) -> pd.DataFrame:
    table = pd.read_parquet(data / f"{name}.parquet")
    return table[table["split"] == "train"].reset_index(drop=True)


def _some(table: pd.DataFrame, n: float, draw: Random) -> pd.DataFrame:
    return table.sample(min(int(n), len(table)), random_state=draw.randrange(2**31))


HARMLESS_PASSES = {"civil_toxic_spans": 2}


def _toxicity(rows: Rows, table: pd.DataFrame, draw: Random) -> None:
    for source, part in table.groupby("source", sort=True):
        cap = CAPS[str(source)]
        # Gab and Wikipedia are nearly all harmless: half of what is taken is toxic, where there is so much.
        toxic = _some(part[part["label"] == 1], cap / 2, draw)
        harmless = _some(part[part["label"] == 0], cap - len(toxic), draw)
        for row in each(pd.concat([toxic] + [harmless] * HARMLESS_PASSES.get(str(source), 1))):
            rows.add(str(row.text), _toxic_cells(row))


def _toxic_cells(row: Row) -> Cells:
    source, kind, label = str(row.source), str(row.kind), float(row.label)
    cells = {"toxicity": (label, 0.3 if kind.startswith("offensive (AAVE") else 1.0)}
    if not TELLING.search(str(row.text)):
        cells["antisemitism"] = (0.0, UNRELATED)
    if source in TALK:
        cells["conspiracy"] = (0.0, TALK[source])
    if kind in HATRED:
        cells["opposes"] = (0.0, UNRELATED)
    return cells


def _antisemitism(rows: Rows, table: pd.DataFrame, draw: Random, *, swap: bool) -> None:
    for (source, label), part in table.groupby(["source", "label"], sort=True):
        cap = AS_CAPS.get((str(source), int(str(label))), 2000)
        for row in each(_some(part, min(cap, len(part)), draw)):
            text, cells = str(row.text), _antisemitic_cells(row)
            for _ in range(AS_PASSES.get(str(source), 1)):
                rows.add(text, cells)
            said = as_other(text, draw) if label and swap else None
            if said:
                rows.add(said, {"antisemitism": (0.0, 1.0), "opposes": (0.0, UNRELATED)})


def _antisemitic_cells(row: Row) -> Cells:
    label = float(row.label)
    cells = {"antisemitism": (label, 0.6 if row.weak else 1.0)}
    if row.source == "isca2024" and not label:
        cells["conspiracy"] = (0.0, UNRELATED)
    if label or (row.source == "isca2024" and CALLED_OUT.search(str(row.text))):
        cells["opposes"] = (1.0 - label, UNRELATED)
    return cells


def _other_targets(rows: Rows, table: pd.DataFrame, draw: Random, *, swap: bool) -> None:
    """As they are: nothing antisemitic; said of Jews: antisemitic exactly where the claim is made."""
    for row in each(table):
        quoting = row.source == "redditbias"
        label, said = float(row.label), as_jewish(str(row.text)) if swap else None
        cells = {"toxicity": (label, 0.5)}
        if quoting or label:
            cells["opposes"] = (1.0 - label, 0.7 if quoting else UNRELATED)
        if said is None or draw.random() < 0.5:
            rows.add(str(row.text), {"antisemitism": (0.0, 0.7), **cells})
        if said is not None:
            rows.add(said, {"antisemitism": (label, 0.8 if quoting else 1.0), **cells})


def _said_of_jews(rows: Rows, table: pd.DataFrame, draw: Random) -> None:
    """Hatred of others and harmless talk of others, said of Jews."""
    hateful = table["kind"].isin(HATRED) & (table["source"] != "davidson")
    harmless = (table["label"] == 0) & table["source"].isin(
        ["ghc", "hatexplain", "olid", "wiki_cat_large", "implicit_hate"]
    )
    for label, chosen, n in ((1.0, hateful, 900), (0.0, harmless, 1200)):
        naming = table[
            chosen & table["text"].map(lambda text: bool(OTHER.search(text))) & (table["lang"] == "en")
        ]
        said = [as_jewish(text) for text in _some(naming, 3 * n, draw)["text"]]
        for text in [text for text in said if text][:n]:
            rows.add(text, {"antisemitism": (label, 0.8), "toxicity": (label, 0.5)})


def plots(rows: Rows, table: pd.DataFrame, draw: Random) -> None:
    """Telegram, all of it, and anti-vaccine tweets, with words of the pandemic masked."""
    caves, claimed = table["source"] == "caves", table["label"] == 1
    borderline = table["kind"].str.startswith("oppositional, borderline")
    parts = [(table[~caves], 9999.0, 1.0, PLOT_PASSES), (table[caves & claimed], 9999.0, 1.0, PLOT_PASSES),
             (table[caves & borderline], 600.0, 0.3, 1),
             (table[caves & ~claimed & ~borderline], 1500.0, 0.7, 1)]  # fmt: skip
    for part, cap, weight, passes in parts:
        for row in each(_some(part, min(cap, len(part)), draw)):
            cells = {"conspiracy": (float(row.label), weight)}
            if not TELLING.search(str(row.text)):
                cells["antisemitism"] = (0.0, UNRELATED)
            for turn in range(passes):
                text = later(str(row.text), draw) if turn else str(row.text)
                rows.add(thinned(text, TOPICS, draw.random(), draw), cells)
