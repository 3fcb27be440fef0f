"""TropeCheck: short cases that each test one thing about a trope detector (data/tropecheck/DATASHEET.md)."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import pandas as pd

from threads.detectors import built_in
from threads.detectors.base import Detector
from threads.evaluation.measures import with_interval
from threads.evaluation.scores import called, policy_for, score_texts
from threads.version import VERSION

TESTED = ("antisemitism", "conspiracy")
"""The detectors that there are cases for: a file each."""

Part = Literal["held", "open", "all"]
OBJECTING = ("condemn", "report")
_FOLDER = files("threads") / "data" / "tropecheck"


def cases(detector: str, part: Part = "held") -> pd.DataFrame:
    """The cases for a detector: id, category, function, expected, group, part, text.

    `held` is the third that nothing was trained or written on, `open` the rest.
    """
    with (_FOLDER / f"{detector}.tsv").open(encoding="utf-8") as file:
        table = pd.read_csv(file, sep="\t", quoting=csv.QUOTE_NONE, dtype="str", keep_default_na=False)
    return table if part == "all" else table[table["part"] == part].reset_index(drop=True)


def checked(detector: Detector, part: Part = "held") -> pd.DataFrame:
    """The cases for a detector with its score, whether it is flagged, and whether that is right.

    Flagged is what the default policy calls a finding. Right: `flag` is flagged, and `clear`, `contested`
    and `suspicion` are not.
    """
    table = cases(detector.name, part)
    scored = score_texts(table, detector)
    flagged = called(scored, detector.name, policy_for(detector.name)).set_axis(table.index)
    scores = scored.scores[detector.name].set_axis(table.index)
    right = flagged == (table["expected"] == "flag")
    return table.assign(detector=detector.name, score=scores, flagged=flagged, right=right)


def check_tropes(part: Part = "held") -> pd.DataFrame:
    """Run the built-in detectors over their cases; rows as `checked` gives them."""
    return pd.concat([checked(each, part) for each in tested()], ignore_index=True)


def tested() -> list[Detector]:
    """The built-in detectors that there are cases for."""
    return [each for each in built_in() if each.name in TESTED]


def shares(rows: pd.DataFrame) -> pd.DataFrame:
    """The share right of checked cases, a row for each part of them.

    Columns: detector, of (all, expected, function, category), name, comments, right, share, low, high (95 %,
    Wilson). `all` has a row "overall" and one "condemn and report".
    """
    tables = [_shares(str(name), table) for name, table in rows.groupby("detector", sort=False)]
    return pd.concat(tables, ignore_index=True)


def _shares(detector: str, rows: pd.DataFrame) -> pd.DataFrame:
    objecting = rows[rows["function"].isin(OBJECTING)]
    parts = [("all", "overall", rows), ("all", "condemn and report", objecting)]
    for of in ("expected", "function", "category"):
        parts += [(of, str(name), group) for name, group in rows.groupby(of, sort=False)]
    counts = pd.DataFrame(
        [(of, name, len(group), int(group["right"].sum())) for of, name, group in parts],
        columns=["of", "name", "comments", "right"],
    )
    table = with_interval(counts.assign(share=counts["right"] / counts["comments"]), counts["right"])
    table.insert(0, "detector", detector)
    return table


def result(rows: pd.DataFrame) -> dict[str, Any]:
    """The short result of checked held cases, with what it was measured of: data/tropecheck/result.json."""
    table = shares(rows)
    about = {each.name: each.describe() for each in tested()}
    return {
        "version": VERSION,
        "part": "held",
        "detectors": {
            name: {
                "detector": about[name],
                "cases_sha256": cases_sha256(name),
                "overall": _short(table, name, "overall"),
                "condemn_and_report": _short(table, name, "condemn and report"),
                "flag": _short(table, name, "flag"),
                "clear": _short(table, name, "clear"),
            }
            for name in table["detector"].unique()
        },
    }


def _short(table: pd.DataFrame, detector: str, name: str) -> dict[str, int]:
    row = table[(table["detector"] == detector) & (table["name"] == name)].iloc[0]
    return {"cases": int(row["comments"]), "right": int(row["right"])}


def cases_sha256(detector: str) -> str:
    """The hash of the file of cases."""
    return hashlib.sha256((_FOLDER / f"{detector}.tsv").read_bytes()).hexdigest()


@cache
def stored() -> Mapping[str, Any]:
    """The result that is shipped, as `result` made it."""
    kept: Mapping[str, Any] = json.loads((_FOLDER / "result.json").read_text(encoding="utf-8"))
    return kept


def result_of(name: str, about: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The shipped result of a detector, if it was measured of the one that `about` describes; else None."""
    kept: Mapping[str, Any] | None = stored()["detectors"].get(name)
    return kept if kept and kept["detector"] == dict(about) else None
