"""What was measured on labels, for a terminal: figures of a head, TropeCheck, thresholds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table
from rich.text import Text

from reports.marks import visible
from reports.words import count
from threads.evaluation.intervals import Interval
from threads.evaluation.labels import LabelMeasures
from threads.evaluation.thresholds import Threshold
from threads.taxonomy import categories

_HEADS = {
    "comments": "n", "positives": "yes", "auc": "AUC", "average_precision": "AP", "precision": "prec.",
    "recall": "recall", "f1": "F1", "false_alarm_rate": "alarms", "calibration_error": "ECE",
}  # fmt: skip
_LISTED = 30


def label_measures(found: LabelMeasures) -> Group:
    """The figures of a head, by group where asked, and its false alarms by kind and identity term."""
    about = f"{found.head} from {found.threshold:g}"
    parts: list[Text | Table] = [Text(visible(about), "bold")]
    if found.left_out:
        parts.append(Text(f"Left out, without an answer or a text: {count(found.left_out, 'row')}"))
    parts.append(_figures(found.figures))
    parts += [_figures(table, column) for column, table in found.groups.items()]
    if len(found.by_kind):
        parts.append(_alarms(found.by_kind, "kind", "False alarms by kind"))
    parts.append(_alarms(found.by_term, "term", "False alarms by term in it"))
    return Group(*parts)


def _figures(table: pd.DataFrame, by: str | None = None) -> Table:
    shown = _table(f"By {visible(by)}" if by else None, *([visible(by)] if by else []))
    for name in _HEADS.values():
        shown.add_column(name, justify="right", no_wrap=True)
    for row in table.head(_LISTED).to_dict(orient="records"):
        cells = [_number(row[name]) for name in _HEADS]
        shown.add_row(*([_value(row[by])] if by else []), *cells)
    return shown


def _alarms(table: pd.DataFrame, by: str, title: str) -> Table:
    shown = _table(title, by)
    for name in ("harmless", "alarms", "rate", "95 %"):
        shown.add_column(name, justify="right", no_wrap=True)
    for row in table.head(_LISTED).to_dict(orient="records"):
        cells = (f"{row['comments']:,}", f"{row['alarms']:,}", _percent(row["rate"]))
        shown.add_row(_value(row[by]), *cells, _ends(Interval(row["low"], row["high"])))
    return shown


def trope_shares(table: pd.DataFrame, part: str) -> Group:
    """TropeCheck's table, of a row for each detector and part of the cases, for each detector."""
    parts: list[Text | Table] = []
    for name, rows in table.groupby("detector", sort=False):
        shown = _table(f"{name}, {part} cases", "", "")
        for head in ("cases", "right", "share", "95 %"):
            shown.add_column(head, justify="right", no_wrap=True)
        last = ""
        for row in rows.to_dict(orient="records"):
            if last and row["of"] != last:
                shown.add_section()
            cells = (f"{row['comments']:,}", f"{row['right']:,}", _percent(row["share"]))
            ends = _ends(Interval(row["low"], row["high"]))
            first = {"all": "", "expected": "should be"}.get(row["of"], row["of"])
            shown.add_row(first if row["of"] != last else "", _named(row), *cells, ends)
            last = row["of"]
        parts.append(shown)
    return Group(*parts)


def _table(title: str | None, *heads: str) -> Table:
    """Without frames, so that nine figures stand in eighty columns."""
    made = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for head in heads:
        made.add_column(head)
    return made


def _value(value: object) -> Text:
    return Text(visible(" ".join(str(value).split())))


def _named(row: Mapping[Any, Any]) -> str:
    category = categories().get(str(row["name"]))
    return f"{category.id} {category.name}" if category else str(row["name"]).replace("_", " ")


def thresholds(fitted: Sequence[Threshold]) -> Table:
    """What was found for each head; a refusal is told apart from the table."""
    shown = _table(None, "head")
    for name in ("from", "decided", "yes", "flagged", "prec.", "95 %", "recall", "95 %"):
        shown.add_column(name, justify="right", no_wrap=True)
    for each in fitted:
        shares = (
            _percent(each.right / each.flagged if each.flagged else float("nan")), _ends(each.precision),
            _percent(each.right / each.yes if each.yes else float("nan")), _ends(each.recall),
        )  # fmt: skip
        at = f"{each.threshold:g}" if each.found else "not told"
        counts = (f"{each.decisions:,}", f"{each.yes:,}", f"{each.flagged:,}")
        shown.add_row(each.head, at, *counts, *(shares if each.found else ("", "", "", "")))
    return shown


def _number(value: float) -> str:
    if pd.isna(value):
        return "–"
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"


def _percent(share: float) -> str:
    return "–" if pd.isna(share) else f"{100 * share:.1f} %"


def _ends(ends: Interval) -> str:
    return f"{100 * ends.low:.0f}–{100 * ends.high:.0f}"
