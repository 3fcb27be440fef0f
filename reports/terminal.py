"""Tables and marked texts for a terminal. Comments are hostile text: nothing of theirs is read as markup."""

from __future__ import annotations

from typing import Any

import pandas as pd
from rich.console import Group
from rich.table import Table
from rich.text import Text

from reports.lookup import mark, records
from reports.marks import segments, visible
from reports.words import link, percent
from threads.scored import Explanation, Scored

_RAISED, _SPOKE_AGAINST = "bold underline", "dim underline"
_EXCERPT = 160


def queue_table(queue: pd.DataFrame, scored: Scored) -> Table:
    """The queue as a table: rank, id, author, why, and the beginning of the text."""
    rows = queue.merge(scored.comments[["comment_id", "author", "text"]], on="comment_id", how="left")
    table = Table("#", "comment", "author", "why", "text", show_lines=True)
    table.columns[1].overflow = "fold"  # an id is there to be copied whole
    for row in records(rows):
        cells = (
            str(row["rank"]),
            row["comment_id"],
            row["author"] or "—",
            row["reasons"],
            _excerpt(row["text"]),
        )
        table.add_row(*(Text(visible(cell)) for cell in cells))
    return table


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1] + "…"


def explanation_text(explanation: Explanation) -> Group:
    """One comment with its words marked, its place in the thread, its scores, the rule behind each mark."""
    rows = records(explanation.evidence)
    marked = Text()
    for part in segments(explanation.comment.text, [mark(row) for row in rows]):
        raised = any(row.weight > 0 for row in part.evidence)
        marked.append(visible(part.text), _RAISED if raised else _SPOKE_AGAINST if part.evidence else "")
    scores = Text("  ".join(f"{head} {value:.2f}" for head, value in explanation.scores.items()))
    return Group(marked, Text(), *_place(explanation), Text(), scores, Text(), _rules(explanation.evidence))


def _place(explanation: Explanation) -> list[Text]:
    """Whom the comment answers, and whose it is where that had to be worked out."""
    [comment] = records(explanation.comment.to_frame().T)
    parent = explanation.parent
    answered = None if parent is None else f"{_or_nameless(parent.author)} ({parent.comment_id})"
    lines = [Text(visible(link(comment, answered)))]
    if explanation.same_author:
        who = f"Perhaps by {comment['author_id']} ({percent(comment['author_confidence'])})"
        lines.append(Text(visible(f"{who}: {explanation.same_author}")))
    return lines


def _or_nameless(author: Any) -> str:  # noqa: ANN401 - a value of a frame
    return "an unnamed author" if pd.isna(author) else str(author)


def _rules(evidence: pd.DataFrame) -> Table | Text:
    if evidence.empty:
        return Text("No rule or model marked any words.")
    table = Table("words", "weight", "category", "stance", "why", "rule")
    for row in records(evidence):
        cells = [
            row["words"],
            f"{row['weight']:+.2f}",
            *(row[name] for name in ("category", "stance", "reason", "rule")),
        ]
        table.add_row(*(Text(visible(cell or "")) for cell in cells))
    return table


def rows_table(rows: list[dict[str, Any]]) -> Table:
    """Records with the same keys as a table; a key that only some have is left empty in the others."""
    heads = list(dict.fromkeys(key for row in rows for key in row))
    table = Table(*heads)
    for row in rows:
        table.add_row(*(Text(str(row.get(head, ""))) for head in heads))
    return table


_MEASURES = {
    "view": "view", "rule": "rule", "comments": "comments", "precision": "prec.", "recall": "recall",
    "authors": "authors", "parents": "parents", "replies": "replies", "roots": "roots", "path": "path",
    "calibration": "ECE", "links": "links", "links_and_starts": "+starts", "false_pages": "false",
    "seconds": "s/1000",
}  # fmt: skip
_SAME_FOR_ALL_RULES = ["comments", "precision", "recall", "authors", "false_pages"]


def measures(table: pd.DataFrame) -> Text:
    """How well threads were recovered (rows of `evaluation.threads.measure`), a table for each source.

    Lines may be wider than the terminal: a cut figure would be worse.
    """
    return Text("\n\n").join(
        _of_source(str(name), rows) for name, rows in table.groupby("source", sort=False)
    )


def _of_source(name: str, rows: pd.DataFrame) -> Text:
    head, *lines = (line.rstrip() for line in _measure_cells(rows).to_string(index=False).split("\n"))
    text = Text.assemble((visible(name), "bold"), "\n", (head, "dim"))
    for line, rule in zip(lines, rows["rule"], strict=True):
        text.append("\n").append(line, "bold" if rule == "model" else "")
    return text


def _measure_cells(rows: pd.DataFrame) -> pd.DataFrame:
    """The figures of one source as text, without columns that do not apply; what is the same stands once."""
    shown = rows[[name for name in _MEASURES if rows[name].notna().any()]].astype(object)
    same = [name for name in _SAME_FOR_ALL_RULES if name in shown]
    shown[same] = shown[same].mask(shown.duplicated("view"))
    cells = shown.map(_figure).rename(columns=_MEASURES)
    for name in ("view", "rule"):  # words stand to the left, their heads too
        width = max(cells[name].str.len().max(), len(name))
        cells[name] = cells[name].str.ljust(width)
        cells = cells.rename(columns={name: name.ljust(width)})
    return cells


def _figure(value: object) -> str:
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:.3f}"
    return str(value)
