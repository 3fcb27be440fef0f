"""A case that is being written, put under pseudonyms: its comments, its pages, its rejects and its inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from threads.formats import FORMATS
from threads.mentions import Names
from threads.parsed import Parsed
from threads.pseudonyms import Pseudonyms, known, named_in
from threads.schema import COMMENTS, conform

_PAGE_TEXTS = ("title", "article", "note")
_NAMING = ["author", "author_id", "reply_to"]


def hide_case(read: Parsed, case: Path, salt: bytes) -> Parsed:
    """Rewrite the comments in `case` under pseudonyms, and give pages, rejects and inputs without names.

    A page keeps no address and a reject no excerpt: nobody knows the names in it.
    """
    parts = sorted((case / "comments").glob("part-*.parquet"))
    pseudonyms = _of_everybody(parts, salt)
    nobody = dict.fromkeys(read.pages["thread_id"], Names())
    pages = _hide_pages(read.pages.assign(url=None), nobody, pseudonyms)
    for part in parts:
        comments = pd.read_parquet(part)
        threads = comments.groupby("thread_id", sort=False).indices
        told = pages.thread_id[pages.thread_id.isin(set(threads))].unique()
        pages = _hide_pages(pages, {each: known(comments.iloc[threads[each]]) for each in told}, pseudonyms)
        write_comments(_hide(comments, pseudonyms), part)
    return replace(
        read,
        pages=pages.assign(
            thread_id=[pseudonyms.of_thread(each) for each in pages["thread_id"]],
            source=[pseudonyms.in_source(each) for each in pages["source"]],
        ),
        rejects=_hide_rejects(read.rejects, pseudonyms),
        inputs=_hide_inputs(read.inputs, pseudonyms),
    )


def _of_everybody(parts: Sequence[Path], salt: bytes) -> Pseudonyms:
    people, ids = set[str](), set[str]()
    for part in parts:
        rows = pd.read_parquet(part, columns=_NAMING)
        people |= named_in(rows)
        ids |= {each for each in rows["author_id"].dropna() if "#anon-" not in each}
    return Pseudonyms(salt, people, ids)


def _hide(comments: pd.DataFrame, pseudonyms: Pseudonyms) -> pd.DataFrame:
    identifies = {each.name: each.identifies for each in FORMATS}
    parts = [
        pseudonyms.hide(rows, identifies.get(str(platform), ()))
        for platform, rows in comments.groupby("platform", sort=False)
    ]
    return pd.concat(parts).loc[comments.index] if parts else comments


def _hide_pages(pages: pd.DataFrame, people: Mapping[str, Names], pseudonyms: Pseudonyms) -> pd.DataFrame:
    """The pages with names replaced in the texts of the threads in `people`, whose own people are given."""
    hidden = {name: pages[name].tolist() for name in _PAGE_TEXTS}
    for at, thread_id in enumerate(pages["thread_id"]):
        for texts in hidden.values():
            if thread_id in people and isinstance(texts[at], str):
                texts[at] = pseudonyms.in_text(texts[at], people[thread_id])
    return pages.assign(
        **{name: pd.Series(texts, pages.index, dtype="str") for name, texts in hidden.items()}
    )


def _hide_rejects(rejects: pd.DataFrame, pseudonyms: Pseudonyms) -> pd.DataFrame:
    return rejects.assign(
        excerpt="",
        source=[pseudonyms.in_source(each) for each in rejects["source"]],
        reason=[pseudonyms.in_text(each, Names()) for each in rejects["reason"]],
    )


def _hide_inputs(inputs: Sequence[dict[str, Any]], pseudonyms: Pseudonyms) -> list[dict[str, Any]]:
    return [{**each, "source": pseudonyms.in_source(each["source"])} for each in inputs]


def write_comments(comments: pd.DataFrame, path: Path) -> None:
    """Write one part of a case's COMMENTS."""
    table = pa.Table.from_pandas(
        conform(comments, COMMENTS), COMMENTS.remove_metadata(), preserve_index=False
    )
    pq.write_table(table, path)
