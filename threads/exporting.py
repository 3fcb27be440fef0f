"""Tables and runs out, as files that other programs open safely."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from threads.errors import CaseError
from threads.scored import Scored

_FORMULA = re.compile("[\t\r\n]|['\\s\\x00-\x1f\u200b-\u200f\u2060\ufeff]*[-=+@\uff0b\uff0d\uff1d\uff20]")
"""How a text begins that a spreadsheet may take for a formula: behind blanks too, and in wide signs."""


def export(frame: pd.DataFrame, path: Path, kind: str) -> int:
    """Write a table as csv, jsonl or parquet and return its number of rows.

    In CSV a text or the name of a column that a spreadsheet would take for a formula is prefixed with an
    apostrophe (OWASP, CSV injection); `as_written` takes it away. Lines end in CR LF, so that a text with
    either of them is quoted and begins no row. The other two hold texts as they are. Raises CaseError where
    the file cannot be written.
    """
    try:
        match kind:
            case "csv":
                defused(frame).to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")
            case "jsonl":
                frame.to_json(path, orient="records", lines=True, force_ascii=False, date_format="iso")
            case "parquet":
                frame.to_parquet(path, index=False)
            case _:
                raise ValueError(f"{kind} is not csv, jsonl or parquet")
    except OSError as problem:
        raise CaseError(f"The file {path} cannot be written: {problem.strerror or problem}.") from problem
    return len(frame)


def export_run(scored: Scored, path: Path, kind: str) -> int:
    """Write a run and return its number of comments: as a table (csv, jsonl, parquet: comments with scores),
    as a ConvoKit corpus (convokit: a folder) or as a reply graph (graphml, gexf).

    Raises CaseError where it cannot be written.
    """
    try:
        match kind:
            case "convokit":
                from threads.corpus import write_corpus

                return write_corpus(scored, path)
            case "graphml" | "gexf":
                from threads.graphs import write_graph  # networkx, only where a graph is wanted

                return write_graph(scored, path, kind)
    except OSError as problem:
        raise CaseError(f"{path} cannot be written: {problem.strerror or problem}.") from problem
    return export(scored.wide(), path, kind)


def defused(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table with every text, and every column's name, that begins like a formula prefixed."""
    texts = frame.select_dtypes(include=["object", "string", "category"]).columns
    return frame.assign(**{name: frame[name].astype(object).map(_defuse) for name in texts}).rename(
        columns=_defuse
    )


def as_written(text: str) -> str:
    """A text from such a CSV file as it was before: without the apostrophe that was set before it."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text


def _defuse(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
