"""Tables and runs out, as files that other programs open safely."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from threads.errors import CaseError
from threads.scored import Scored

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(frame: pd.DataFrame, path: Path, kind: str) -> int:
    """Write a table as csv, jsonl or parquet and return its number of rows.

    In CSV a text that a spreadsheet would take for a formula is prefixed with an apostrophe (OWASP, CSV
    injection); the other two hold texts as they are. Raises CaseError where the file cannot be written.
    """
    try:
        match kind:
            case "csv":
                defused(frame).to_csv(path, index=False, encoding="utf-8-sig")
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
    """Return the table with every text that begins like a formula prefixed with an apostrophe."""
    texts = frame.select_dtypes(include=["object", "string"]).columns
    return frame.assign(**{name: frame[name].map(_defuse) for name in texts})


def _defuse(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
