"""Our own sentences as training rows: the pairs beside this module, and the open cases of TropeCheck."""

from __future__ import annotations

from pathlib import Path
from random import Random
from zlib import crc32

import pandas as pd

from threads.detectors.encoder import FOLDER
from threads.train.encoder.table import UNRELATED, Cells, Row, Rows, each
from threads.train.encoder.words import TELLING, as_jewish, as_other

PAIRS = Path(__file__).parents[1] / "pairs"
CASES = FOLDER.parents[1] / "tropecheck"

OPPOSING = frozenset({"condemn", "deny", "report"})
CLAIMING = frozenset({"endorse", "insinuate", "other_target"})
"""Acts that the head `opposes` learns as 1 and as 0; it learns nothing from the rest."""

KEPT_OUT = 10
"""One family of pairs in so many is never trained on: calibration and the card's figures need it."""

WEIGHT, PASSES = {"pairs": 1.0, "cases": 0.8}, {"pairs": 3, "cases": 3}
HATEFUL = 0.3
"""Weight of an antisemitic claim as a positive of `toxicity`: hatred, though often polite."""

SAID = 0.7
"""Weight in `antisemitism` of what was written of another group, or of Jews for another head."""


def pairs(folder: Path = PAIRS) -> pd.DataFrame:
    """Every pair: group, category, act, label, topic, text, head, and whether its family is kept out."""
    tables = [_table(path).assign(head=path.stem) for path in sorted(folder.glob("*.tsv"))]
    if not tables:
        return pd.DataFrame(columns=["group", "act", "label", "topic", "text", "head", "kept_out"])
    found = pd.concat(tables, ignore_index=True)
    found["label"] = found["label"].astype(int)
    found["kept_out"] = [crc32(group.encode()) % KEPT_OUT == 0 for group in found["group"]]
    return found


def open_cases(folder: Path = CASES) -> pd.DataFrame:
    """TropeCheck's open cases that are clearly one or the other, in the columns of `pairs`.

    Those held back for judging are never read. A case's topic is its category.
    """
    parts = []
    for head in ("antisemitism", "conspiracy"):
        table = _table(folder / f"{head}.tsv")
        table = table[(table["part"] == "open") & table["expected"].isin(["flag", "clear"])]
        parts.append(
            table.assign(
                head=head, act=table["function"], label=(table["expected"] == "flag").astype(int),
                topic=table["category"], kept_out=False,
            )
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def _table(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, sep="\t", quoting=3, keep_default_na=False, dtype=str)


def add_written(rows: Rows, table: pd.DataFrame, kind: str, draw: Random, *, swap: bool) -> None:
    """Append those not kept out of our own sentences, several times each; `kind` is `pairs` or `cases`.

    An antisemitic claim is added once more said of another group, where nothing ties it to Jews, and what is
    said of another group, hatred or not, once more said of Jews.
    """
    for row in each(table[~table["kept_out"].astype(bool)]):
        text, cells = str(row.text), _cells(row, WEIGHT[kind])
        for _ in range(PASSES[kind]):
            rows.add(text, cells)
        if not swap:
            continue
        said = as_other(text, draw) if row.label and row.head == "antisemitism" else None
        if said:
            rows.add(said, {"antisemitism": (0.0, 1.0), "opposes": (0.0, 0.5)})
        of_jews = as_jewish(text) if row.head == "toxicity" else None
        if of_jews:
            rows.add(of_jews, cells | {"antisemitism": (float(row.label), SAID)})


def _cells(row: Row, weight: float) -> Cells:
    """The label for its own head; for the others what follows from the act and from the words."""
    head, label, act = str(row.head), float(row.label), str(row.act)
    cells: Cells = {head: (label, weight)}
    if head == "toxicity":
        cells |= _beside(row)
    elif not label and act != "other_target":
        cells["toxicity"] = (0.0, UNRELATED)
    elif head == "antisemitism" and act == "endorse":
        cells["toxicity"] = (1.0, HATEFUL)
    if head == "conspiracy" and not (label and TELLING.search(str(row.text))):
        cells["antisemitism"] = (0.0, UNRELATED)
    elif head == "antisemitism" and not label and act != "other_target":
        cells["conspiracy"] = (0.0, UNRELATED)
    if act in OPPOSING | CLAIMING:
        cells["opposes"] = (float(act in OPPOSING), weight)
    return cells


def _beside(row: Row) -> Cells:
    """What a sentence of the toxicity pairs is for the two policy heads: a kind one surely nothing."""
    if row.category == "kind":
        return {"antisemitism": (0.0, 1.0), "conspiracy": (0.0, 1.0)}
    if row.topic == "Jews":
        return {"antisemitism": (float(row.label), SAID), "conspiracy": (0.0, UNRELATED)}
    if TELLING.search(str(row.text)):
        return {"conspiracy": (0.0, UNRELATED)}
    return {"antisemitism": (0.0, SAID), "conspiracy": (0.0, UNRELATED)}
