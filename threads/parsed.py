"""What reading gives: the comments, and beside them what else the files held or refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from threads.schema import PAGES, empty

REJECTS = ("source", "line", "reason", "excerpt")


def no_rejects() -> pd.DataFrame:
    """An empty table of unreadable records."""
    return pd.DataFrame({name: pd.Series(dtype="Int64" if name == "line" else "str") for name in REJECTS})


@dataclass(frozen=True, slots=True)
class Parsed:
    """COMMENTS and PAGES as in schema.py, the rejects, and one record an input file for run.json."""

    comments: pd.DataFrame
    pages: pd.DataFrame = field(default_factory=lambda: empty(PAGES))
    rejects: pd.DataFrame = field(default_factory=no_rejects)
    inputs: list[dict[str, Any]] = field(default_factory=list)
