"""A case that is being written, put under pseudonyms: its comments, its pages, and its rejects."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from threads.formats import FORMATS
from threads.parsed import Parsed
from threads.pseudonyms import Pseudonyms, known
from threads.schema import COMMENTS, conform

_PAGE_TEXTS = ("title", "article", "note")


def hide_case(read: Parsed, case: Path, pseudonyms: Pseudonyms) -> Parsed:
    """Rewrite the comments in `case` under pseudonyms, and give pages and rejects without names.

    A page keeps no address and a reject no excerpt: nobody knows the names in it.
    """
    pages = read.pages.assign(url=None)
    for part in sorted((case / "comments").glob("part-*.parquet")):
        comments = pd.read_parquet(part)
        pages = _hide_pages(pages, comments, pseudonyms)
        write_comments(_hide(comments, pseudonyms), part)
    return replace(read, pages=pages, rejects=read.rejects.assign(excerpt=""))


def _hide(comments: pd.DataFrame, pseudonyms: Pseudonyms) -> pd.DataFrame:
    identifies = {each.name: each.identifies for each in FORMATS}
    parts = [
        pseudonyms.hide(rows, identifies.get(str(platform), ()))
        for platform, rows in comments.groupby("platform", sort=False)
    ]
    return pd.concat(parts).loc[comments.index] if parts else comments


def _hide_pages(pages: pd.DataFrame, comments: pd.DataFrame, pseudonyms: Pseudonyms) -> pd.DataFrame:
    """The pages with the names of their own thread's authors replaced in their texts."""
    hidden = pages.copy()
    for thread_id, rows in comments.groupby("thread_id", sort=False):
        here, names = hidden["thread_id"] == thread_id, known(rows)
        for column in _PAGE_TEXTS:
            for row in hidden.index[here & hidden[column].notna()]:
                hidden.loc[row, column] = pseudonyms.replace(hidden.loc[row, column], names)
    return hidden


def write_comments(comments: pd.DataFrame, path: Path) -> None:
    """Write one part of a case's COMMENTS."""
    table = pa.Table.from_pandas(
        conform(comments, COMMENTS), COMMENTS.remove_metadata(), preserve_index=False
    )
    pq.write_table(table, path)
