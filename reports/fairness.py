"""What a bias audit found, in words and rows: for the report's section and for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table
from rich.text import Text

from reports.lookup import Record, records
from reports.marks import visible
from reports.words import count, head, percent, score
from threads.auditing.checks import BOUND
from threads.auditing.record import Audit, read_audit
from threads.auditing.swaps import ABOUT
from threads.triaging import Policy

DIALECTS = {
    "mainstream": "mainstream English",
    "african_american": "African-American English",
    "learner": "learners' English",
}
_RESULTS = {"fails": "fails", "holds": "passes", "open": "unsure"}
_EXPECTED = {"meant": "should be high", "attacking": "may be right"}
_PAIRS = 30  # of groups, those that changed sides most; all are in audit.json
_FEW = 5  # comments: below it one of them is a fifth of the share or more


def section(folder: Path, run: Mapping[str, Any], policy: Policy) -> Record | None:
    """What the template shows of the audit that lies in a case; None without one.

    An audit of other scores or of another policy is only said to be out of date.
    """
    found = read_audit(folder)
    if found is None:
        return None
    if not found.fits(run, policy):
        return {"stale": True, "warnings": []}
    pairs = found.swaps[found.swaps.check.isin(["finding", "unflagged"]) & (found.swaps.comments >= _FEW)]
    return {
        "stale": False, "bound": percent(BOUND), "warnings": warnings(found),
        "checks": [_worded(row) for row in records(found.checks)], "heads": list(found.thresholds),
        "pairs": records(pairs.sort_values("share", ascending=False, kind="stable").head(_PAIRS)),
        "terms": _by(records(found.terms), "term"), "changed": records(found.changed),
        "dialects": _by(records(found.dialects), "dialect", "kind"), "names": DIALECTS,
    }  # fmt: skip


def warnings(found: Audit) -> list[str]:
    """One sentence for each head that fails."""
    rows = records(found.checks[found.checks.verdict == "fails"])
    return [
        f"{head(name)} fails: {'; '.join(_failure(row) for row in rows if row['head'] == name)}."
        for name in found.failing()
    ]


def tables(found: Audit) -> Group:
    """The audit for a terminal: what fails, the checks, the rates by term and by dialect."""
    told = warnings(found) or ["No head fails a check."]
    parts: list[Text | Table] = [Text(visible(line), "bold") for line in told]
    parts.append(_table("Names of groups swapped, and dialects", _CHECK_HEADS, _check_cells(found)))
    rates = "False alarms by term" if found.labelled else "Share flagged by term (no false alarm rate)"
    parts.append(_table(rates, _TERM_HEADS if found.labelled else _TERM_HEADS[:5], _term_cells(found)))
    parts.append(_table("By dialect", ("score", "sentences", "dialect", "flagged", "mean"), _dialects(found)))
    return Group(*parts)


def of(row: Record) -> str:
    """What a check looked at, for a row of a table."""
    about = ABOUT.get(row["head"], ())
    match row["check"]:
        case "finding":
            return "flagged; with another group named"
        case "meant":
            return "flagged; others named than Jews and Israelis"
        case "unflagged":
            return (
                "not flagged and calm; with Jews named" if about else "not flagged; with another group named"
            )
        case "attacking":
            return "not flagged but hostile; with Jews named"
        case "dialect":
            return f"harmless; in {DIALECTS.get(row['of'], row['of'])}"
    return f"false alarms on “{row['of']}”, above those on all"


def ends(row: Mapping[str, Any]) -> str:
    """The interval of a share, in per cent."""
    return f"{100 * row['low']:.0f}–{100 * row['high']:.0f}"


def _failure(row: Record) -> str:
    share = f"{percent(row['share'])} ({ends(row)} %)"
    others = "calm comments that are not flagged would be, had they named Jews"
    if row["head"] not in ABOUT:
        others = "comments that are not flagged would be, had they named another group"
    match row["check"]:
        case "finding":
            return f"{share} of the flagged comments would not be, had they named another group"
        case "unflagged":
            return f"{share} of the {others}"
        case "dialect":
            return f"{share} of harmless sentences are flagged only in {DIALECTS.get(row['of'], row['of'])}"
    return f"harmless comments that name “{row['of']}” are flagged more often than others, by {share}"


def _worded(row: Record) -> Record:
    result = _RESULTS.get(row["verdict"], _EXPECTED.get(row["check"], ""))
    return {**row, "what": of(row), "result": result, "ends": ends(row)}


def _by(rows: list[Record], *keys: str) -> list[Record]:
    """The rows of the heads side by side: the keys, and under `heads` the row of each."""
    found: dict[tuple[Any, ...], Record] = {}
    for row in rows:
        key = tuple(row[name] for name in keys)
        found.setdefault(key, {**{name: row[name] for name in keys}, "heads": {}})["heads"][row["head"]] = {
            **row, "ends": ends(row),
        }  # fmt: skip
    return list(found.values())


_CHECK_HEADS = ("score", "comments", "n", "changed", "95 %", "move", "")


def _check_cells(found: Audit) -> list[tuple[str, ...]]:
    rows = (_worded(row) for row in records(found.checks))
    return [
        (row["head"], row["what"], f"{row['comments']:,}", percent(row["share"]), row["ends"],
         score(row["mean_move"]), row["result"]) for row in rows
    ]  # fmt: skip


_TERM_HEADS = ("score", "term", "n", "rate", "95 %", "AUC", "BPSN")


def _term_cells(found: Audit) -> list[tuple[str, ...]]:
    return [
        (row["head"], row["term"], f"{row['comments']:,}", percent(row["rate"]), ends(row),
         *([score(row["subgroup_auc"]), score(row["bpsn_auc"])] if found.labelled else [])
        ) for row in records(found.terms)
    ]  # fmt: skip


def _dialects(found: Audit) -> list[tuple[str, ...]]:
    return [
        (row["head"], count(row["comments"], f"{row['kind']} one"), DIALECTS.get(row["dialect"], ""),
         percent(row["share"]), score(row["mean_score"])) for row in records(found.dialects)
    ]  # fmt: skip


_NUMBERS = {"n", "changed", "rate", "95 %", "move", "flagged", "mean", "AUC", "BPSN"}


def _table(title: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table:
    made = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for name in heads:
        made.add_column(name, justify="right" if name in _NUMBERS else "left")
    last = ""
    for first, *rest in rows:
        if last and first != last:
            made.add_section()
        made.add_row(first if first != last else "", *(Text(visible(cell)) for cell in rest))
        last = first
    return made
