"""Any table of texts as COMMENTS: what a notebook brings, with its own ids, types and further columns."""

from __future__ import annotations

import pandas as pd

from threads.comment import comment_hash
from threads.errors import InputError, MissingColumn
from threads.infer.people.guessing import infer_people
from threads.rebuild import rebuild
from threads.schema import COMMENTS, conform

_IDS = ("comment_id", "parent_id", "thread_id", "author_id")
_WORDS = (
    "author", "url", "title", "platform", "source", "created_text", "reply_to", "reply_to_all", "deleted",
)  # fmt: skip
_HERE = "frame"  # thread, platform and source of rows that name none


def as_comments(frame: pd.DataFrame) -> pd.DataFrame:
    """Any frame with a `text` column as COMMENTS; without ids and parents the rows are unrelated roots.

    Columns of COMMENTS are read for what they hold: ids as text (1.0 is "1"), times as UTC (what is no
    time stands in `created_text`), likes as whole numbers. Further columns are kept behind them. One
    comment a row, whatever the index. Raises MissingColumn where there is no `text`, InputError for
    what is no table of texts.
    """
    if not isinstance(frame, pd.DataFrame):
        raise InputError(f"A frame with a column 'text' can be scored, not a {type(frame).__name__}.")
    if "text" not in frame.columns:
        raise MissingColumn(f"The frame has no column 'text'; it has {', '.join(map(str, frame.columns))}.")
    if not frame.columns.is_unique:
        raise InputError(f"The frame has two columns {frame.columns[frame.columns.duplicated()][0]!r}.")
    if set(COMMENTS.names) <= set(frame.columns):
        return frame
    table = _with_ids(_typed(frame.reset_index(drop=True)))
    try:
        known = conform(table, COMMENTS)
    except UnicodeEncodeError as problem:
        raise InputError(
            "A text of the frame holds half of a surrogate pair, which no table can."
        ) from problem
    return rebuild(infer_people(known).join(table.drop(columns=COMMENTS.names, errors="ignore")))


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    words = {name: _texts(table[name]) for name in (*_IDS, *_WORDS) if name in table}
    typed = table.assign(**words, text=_texts(table.text).fillna(""), position=range(len(table)))
    if "likes" in typed:
        likes = pd.to_numeric(typed.likes, errors="coerce").round().clip(-(2**31), 2**31 - 1)
        typed = typed.assign(likes=likes.astype("Int64"))
    if "created" in typed:
        created = pd.to_datetime(typed.created, utc=True, errors="coerce", format="mixed")
        said = _texts(typed.created).where(created.isna())
        typed = typed.assign(created=created, created_text=said.fillna(typed.get("created_text", said)))
    defaults = {"thread_id": _HERE, "platform": _HERE, "source": _HERE}
    filled = {name: typed[name].fillna(value) if name in typed else value for name, value in defaults.items()}
    return typed.assign(**filled)


def _texts(column: pd.Series) -> pd.Series:
    """The values as text, a whole number that a table made a float of as it was: 17.0 is "17"."""
    return column.astype(object).map(_text, na_action="ignore").astype("str").where(column.notna())


def _text(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _with_ids(table: pd.DataFrame) -> pd.DataFrame:
    """A comment without an id gets one from its place and text."""
    made = [comment_hash(place, text) for place, text in enumerate(table.text)]
    own = table.comment_id if "comment_id" in table else pd.Series(None, table.index, dtype="str")
    return table.assign(comment_id=own.fillna(pd.Series(made, table.index)))
