"""One author's comments in the order in which they were written."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from reports.charts import looks
from threads.errors import InputError
from threads.scored import Scored
from threads.summary import by_author, dated_rows

name = "author_profile"
title = "How do one author's comments score, one after the other?"
question = (
    "By time where the times are known, otherwise in the order of the page. The report draws the author with "
    "the most comments; a notebook draws any: reports.chart('author_profile', scored, author='…')."
)


def frame(scored: Scored, *, author: str | None = None) -> pd.DataFrame:
    """One row a comment: author, n_comments, step (from 1), created, comment_id and the heads' scores.

    `author` is a name or an author_id. Raises InputError where nobody here bears it.
    """
    table = scored.wide()
    chosen = _chosen(scored, author)
    rows = table[(table.author == chosen) | (table.author_id == chosen)] if chosen else table.iloc[:0]
    if author is not None and rows.empty:
        raise InputError(f"No comment here is by {author!r}.")
    ordered = rows.sort_values(["created", "thread_id", "position"], kind="stable", ignore_index=True)
    heads = looks.shown_heads(scored.heads)
    shown = ordered[["created", "comment_id", *heads]]
    shown.insert(0, "step", range(1, len(shown) + 1))
    shown.insert(0, "n_comments", len(shown))
    shown.insert(0, "author", looks.name(ordered.author.iloc[0] if len(ordered) else None, 60))
    return shown


def _chosen(scored: Scored, author: str | None) -> str | None:
    if author is not None:
        return author
    named = by_author(scored).query("author.notna() and n_comments > 1")
    return None if named.empty else str(named.author_id.iloc[0])


def draw(frame: pd.DataFrame) -> Figure:
    """A panel a head, comments along the axis."""
    heads = looks.shown_heads(list(frame.columns))
    figure, panels = looks.figure(9, 0.9 + 1.2 * len(heads), nrows=len(heads), sharex=True, squeeze=False)
    timed = dated_rows(frame).all() and frame.created.min() < frame.created.max()
    x = frame.created if timed else frame.step
    for head, axes in zip(heads, panels[:, 0], strict=True):
        _, colour, marker, _ = looks.HEADS[head]
        axes.plot(x, frame[head], color=colour, marker=marker, linewidth=0.8, markersize=5)
        looks.score_axis(axes, head, "y")
        axes.set_ylabel(looks.HEADS[head][0])
    panels[0, 0].set_title(f"{frame.author.iloc[0]}, {len(frame)} comments")
    if timed:
        looks.date_axis(panels[-1, 0])
    panels[-1, 0].set_xlabel("time (UTC)" if timed else "comments in the order of the page")
    return figure
