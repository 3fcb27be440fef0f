"""Comments, their scores and the evidence, together: what a notebook works with and what reports show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from threads.errors import InputError
from threads.infer.people.guessing import why_joined
from threads.parsed import no_rejects
from threads.schema import EVIDENCE, FINDING_STANCES, LINKED, PAGES, empty


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one comment scored as it did.

    `evidence` holds the comment's rows of EVIDENCE in the order of the text and the `words` of each span.
    `same_author` says in words why a nameless comment was taken to be by the author of an earlier one.
    """

    comment: pd.Series
    scores: pd.Series
    evidence: pd.DataFrame
    parent: pd.Series | None = None
    same_author: str | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """The tables of one run. `comments`, `scores` and `evidence` follow schema.py and share `comment_id`.

    `pages` has a row for every page read, those without comments included; `rejects` one for every record
    that could not be read (source, line, reason, excerpt); `run` says what scored, as in run.json.
    """

    comments: pd.DataFrame
    scores: pd.DataFrame
    evidence: pd.DataFrame = field(default_factory=lambda: empty(EVIDENCE))
    pages: pd.DataFrame = field(default_factory=lambda: empty(PAGES))
    rejects: pd.DataFrame = field(default_factory=no_rejects)
    run: dict[str, Any] = field(default_factory=dict)

    @property
    def heads(self) -> list[str]:
        """The score columns."""
        return [name for name in self.scores.columns if name != "comment_id"]

    def wide(self) -> pd.DataFrame:
        """Comments joined with their scores, one row a comment, in the order of `comments`."""
        return self.comments.merge(self.scores, on="comment_id", how="left", validate="1:1")

    def findings(self) -> pd.DataFrame:
        """The evidence that raised a score: positive weight, and no stance or one that asserts."""
        rows = self.evidence
        return rows[(rows.weight > 0) & rows.stance.fillna("").isin(["", *FINDING_STANCES])]

    def mentions(self) -> pd.DataFrame:
        """Tropes found but not held against the comment: reported, condemned or said of one's own group."""
        rows = self.evidence
        return rows[(rows.weight > 0) & ~rows.stance.fillna("").isin(["", *FINDING_STANCES])]

    def explain(self, comment_id: str) -> Explanation:
        """Gather everything that is known of one comment. Raises InputError for an unknown id."""
        from threads.passages import with_words  # which itself works on a Scored

        comment = _row(self.comments, comment_id)
        if comment is None:
            raise InputError(f"There is no comment {comment_id!r} here; ids stand in the column comment_id.")
        evidence = with_words(self, [comment_id]).evidence
        rows = evidence[evidence.comment_id == comment_id].sort_values(["start", "end"])
        words = [comment.text[start:end] for start, end in zip(rows.start, rows.end, strict=True)]
        scores = _row(self.scores, comment_id)
        parent = _row(self.comments, comment.parent_id) if comment.link in LINKED else None
        if scores is None:
            raise InputError(f"The comment {comment_id!r} has not been scored.")
        thread = self.comments[self.comments.thread_id == comment.thread_id]
        return Explanation(
            comment,
            scores.drop("comment_id"),
            rows.assign(words=words),
            parent,
            why_joined(thread).get(comment_id),
        )


def _row(frame: pd.DataFrame, comment_id: str) -> pd.Series | None:
    rows = frame[frame.comment_id == comment_id]
    return None if rows.empty else rows.iloc[0]
