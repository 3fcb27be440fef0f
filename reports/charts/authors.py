"""Every comment of every author, by score."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from reports.charts import looks
from threads.scored import Scored
from threads.summary import by_author

name = "authors"
title = "What does each author write, and how does it score?"
question = (
    "Each sign is a comment, each bar the mean of the author's comments, whose number stands beside "
    "the name. It describes comments and says nothing about a person; a mean of few comments means little."
)

MOST = 30


def frame(scored: Scored, *, most: int = MOST) -> pd.DataFrame:
    """One row a comment of the `most` authors with the most comments.

    Columns: author (with the number of comments), place (0 the author with the most), n_comments,
    comment_id, the heads' scores, and mean_<head> of the author.
    """
    counted = by_author(scored).head(most).reset_index(names="place")
    table = scored.wide()
    heads = looks.shown_heads(scored.heads)
    rows = table.assign(author_id=table.author_id.fillna(table.comment_id))
    rows = rows[["comment_id", "author_id", *heads]].merge(
        counted[["author_id", "author", "place", "n_comments", *(f"mean_{head}" for head in heads)]],
        on="author_id",
    )
    labels = [f"{looks.name(a)}  n={n}" for a, n in zip(rows.author, rows.n_comments, strict=True)]
    ordered = rows.assign(author=labels).sort_values(["place", "comment_id"], ignore_index=True)
    return ordered.drop(columns="author_id")


def draw(frame: pd.DataFrame) -> Figure:
    """A row an author, a panel a head."""
    heads = looks.shown_heads(list(frame.columns))
    people = frame.drop_duplicates("place").sort_values("place")
    figure, panels = looks.figure(
        11, 1.3 + 0.27 * len(people), ncols=len(heads), sharey=True, squeeze=False
    )  # fmt: skip
    for head, axes in zip(heads, panels[0], strict=True):
        _, colour, marker, _ = looks.HEADS[head]
        axes.scatter(
            frame[head],
            frame.place,
            s=18,
            marker=marker,
            facecolors="none",
            edgecolors=colour,
            linewidths=0.9,
        )
        axes.scatter(people[f"mean_{head}"], people.place, s=110, marker="|", color="black", linewidths=1.6)
        looks.score_axis(axes, head)
    axes = panels[0][0]
    axes.set_yticks(people.place, people.author)
    axes.set_ylim(len(people) - 0.5, -0.5)
    return figure
