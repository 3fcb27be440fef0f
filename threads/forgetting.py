"""Forgetting a person: their comments lose text and name, and the threads stand as they were."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from threads.errors import InputError
from threads.hiding import write_comments

_LOST = (
    "author", "author_id", "author_confidence", "url", "created_text", "edited", "reply_to", "parent_reason",
)  # fmt: skip


def forget(comments: pd.DataFrame, names: set[str]) -> tuple[pd.DataFrame, set[str]]:
    """COMMENTS without what the authors called `names` wrote or are called, and the ids of these comments.

    Each stays as a comment "deleted" without text, so that its answers keep their place. What others wrote
    of the person is theirs and stays.
    """
    gone = comments["author"].isin(names) | comments["author_id"].isin(names)
    kept = comments.assign(
        text=comments["text"].mask(gone, ""),
        deleted=comments["deleted"].mask(gone, "deleted"),
        **{name: comments[name].mask(gone) for name in _LOST},
    )
    return kept, set(comments.loc[gone, "comment_id"])


def forget_in(case: Path, new: Path, part: str, names: set[str]) -> set[str]:
    """Write one part of a case's tables to `new` without these authors, and return the ids of their comments.

    A comment without text scores 0 and has no evidence, as everywhere.
    """
    kept, gone = forget(pd.read_parquet(case / "comments" / part), names)
    for folder in ("comments", "scores", "evidence"):
        (new / folder).mkdir(exist_ok=True)
    write_comments(kept, new / "comments" / part)
    if (case / "scores").is_dir():
        scores, evidence = (pd.read_parquet(case / name / part) for name in ("scores", "evidence"))
        heads = scores.columns.drop("comment_id")
        scores.loc[scores["comment_id"].isin(gone), heads] = 0.0
        scores.to_parquet(new / "scores" / part, index=False)
        evidence[~evidence["comment_id"].isin(gone)].to_parquet(new / "evidence" / part, index=False)
    return gone


def require(found: set[str], name: str) -> None:
    """Raise InputError where nobody of that name wrote anything."""
    if not found:
        raise InputError(f"There is no comment by {name!r} in the case; names must be written as there.")
