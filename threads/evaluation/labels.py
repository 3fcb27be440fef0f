"""How well a head does on a labelled table: ranking, decisions, false alarms, calibration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from threads.detectors.base import Detector
from threads.errors import InputError
from threads.evaluation.labelled import Labelled, labelled, only, read_table
from threads.evaluation.measures import (
    auc,
    average_precision,
    calibration_error,
    decisions,
    reliability,
    with_interval,
)
from threads.evaluation.scores import called, detector_of, policy_for, score_texts
from threads.identity_terms import naming
from threads.reading import Progress, quiet
from threads.triaging import Policy

_MOST_GROUPS = 200
"""A column with more values than this is no kind of comment but an id, and its table would say nothing."""


@dataclass(frozen=True, slots=True)
class LabelMeasures:
    """What was measured of one head, as frames.

    `figures`      one row: comments, positives, auc, average_precision, precision, recall, f1,
                   false_alarm_rate, calibration_error.
    `groups`       column -> the same for each of its values, the name in the first column.
    `by_kind`      harmless comments called findings, by the column `kind`: comments, alarms, rate, low and
                   high (95 %, Wilson); empty where the table has no such column.
    `by_term`      the same for harmless comments that hold an identity term, below those of any comment.
    `reliability`  as threads.evaluation.measures.reliability.
    """

    head: str
    threshold: float
    detector: Mapping[str, Any]
    left_out: int
    figures: pd.DataFrame
    groups: Mapping[str, pd.DataFrame]
    by_kind: pd.DataFrame
    by_term: pd.DataFrame
    reliability: pd.DataFrame


def measure_labels(  # noqa: PLR0913 - a choice of the reader each
    path: Path | str,
    head: str,
    *,
    columns: Mapping[str, str] | None = None,
    where: Mapping[str, str] | None = None,
    by: Sequence[str] = (),
    policy: Policy | None = None,
    threshold: float | None = None,
    detector: Detector | None = None,
    progress: Progress = quiet,
) -> LabelMeasures:
    """Score the texts of a labelled table and measure one head against the labels.

    Columns: `text`, `label` or `verdict`, and `parent_text`, `kind`, `source` and others where there are
    any; `columns` says which is which. `where` keeps the rows with these values. A finding is what the
    policy calls one, at `threshold` instead of its own where that is given. Raises InputError for an input
    that cannot be measured.
    """
    detector = detector or detector_of(head)
    table = read_table(Path(path), columns)
    found = labelled(table, rows=only(table, where or {}))
    _require(by, found.rows, table.path)
    return measure_rows(found, head, detector, policy_for(head, policy, threshold), by, progress)


def measure_rows(  # noqa: PLR0913, PLR0917 - as measure_labels
    found: Labelled, head: str, detector: Detector, policy: Policy, by: Sequence[str], progress: Progress
) -> LabelMeasures:
    """Measure rows that are read; `policy` has the one head."""
    scored = score_texts(found.rows, detector, progress)
    rows = found.rows.assign(_score=scored.scores[head].astype(float), _called=called(scored, head, policy))
    harmless = rows[rows["label"] == 0]
    return LabelMeasures(
        head=head,
        threshold=policy.thresholds[head],
        detector=detector.describe(),
        left_out=found.left_out,
        figures=pd.DataFrame([_figures(rows)]),
        groups={column: _grouped(rows, column) for column in by},
        by_kind=_alarms_by_kind(harmless) if "kind" in rows else _no_alarms("kind"),
        by_term=_alarms_by_term(harmless),
        reliability=reliability(rows["label"], rows["_score"]),
    )


def _figures(rows: pd.DataFrame) -> dict[str, float]:
    labels, scores = rows["label"], rows["_score"]
    return {
        "comments": len(rows),
        "positives": int(labels.sum()),
        "auc": auc(labels, scores),
        "average_precision": average_precision(labels, scores),
        **decisions(labels, rows["_called"]),
        "calibration_error": calibration_error(labels, scores),
    }


def _grouped(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    groups = rows.groupby(rows[column].astype("str").fillna(""), sort=False)
    table = pd.DataFrame([{column: name, **_figures(group)} for name, group in groups])
    return table.sort_values("comments", ascending=False, kind="stable", ignore_index=True)


def _no_alarms(name: str) -> pd.DataFrame:
    return pd.DataFrame(columns=[name, "comments", "alarms", "rate", "low", "high"])


def _alarms_by_kind(harmless: pd.DataFrame) -> pd.DataFrame:
    groups = harmless.groupby(harmless["kind"].astype("str").fillna(""))["_called"]
    counts = pd.DataFrame({"comments": groups.size(), "alarms": groups.sum().astype(int)})
    table = _rates(counts.rename_axis("kind").reset_index())
    return table.sort_values(["rate", "comments"], ascending=False, kind="stable", ignore_index=True)


def _alarms_by_term(harmless: pd.DataFrame) -> pd.DataFrame:
    """All harmless comments, then those with each term that stands in any of them."""
    called = harmless["_called"].astype(bool)
    there = {"any comment": called, **{name: called[has] for name, has in naming(harmless["text"]).items()}}
    counts = pd.DataFrame({
        "term": list(there),
        "comments": [len(each) for each in there.values()],
        "alarms": [int(each.sum()) for each in there.values()],
    })  # fmt: skip
    table = _rates(counts[counts["comments"] > 0])
    rest = table.iloc[1:].sort_values(["rate", "comments"], ascending=False, kind="stable")
    return pd.concat([table.iloc[:1], rest], ignore_index=True)


def _rates(counts: pd.DataFrame) -> pd.DataFrame:
    return with_interval(counts.assign(rate=counts["alarms"] / counts["comments"]), counts["alarms"])


def _require(by: Sequence[str], rows: pd.DataFrame, path: Path) -> None:
    for column in by:
        if column not in rows:
            names = ", ".join(str(name)[:40] for name in rows.columns[:12])
            raise InputError(f"{path} has no column {column} to group by; it has {names}.")
        if rows[column].nunique() > _MOST_GROUPS:
            raise InputError(f"The column {column} of {path} has over {_MOST_GROUPS} values to group by.")
