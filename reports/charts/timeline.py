"""Comments and findings over time."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from reports.charts import looks
from threads.scored import Scored
from threads.summary import dated_rows, over_time

name = "timeline"
title = "When were the comments written, and when do findings come?"
question = "Comments with an absolute date only: the grey steps count all, the signs count the findings."

_STEPS = [("3h", "h"), ("60D", "D"), ("1100D", "W"), ("100000D", "MS")]  # span up to -> period drawn


def frame(scored: Scored, *, freq: str | None = None) -> pd.DataFrame:
    """As threads.summary.over_time; empty where fewer than two comments have a date of their own."""
    created = scored.comments.created[dated_rows(scored.comments)]
    if created.nunique() < 2:
        return pd.DataFrame()
    return over_time(scored, freq or _period(created.max() - created.min()))


def _period(span: pd.Timedelta) -> str:
    return next((freq for limit, freq in _STEPS if span <= pd.Timedelta(limit)), "YS")


def draw(frame: pd.DataFrame) -> Figure:
    """Counts by period."""
    figure, axes = looks.figure(9, 3.2)
    axes.fill_between(frame.period, frame.n_comments, step="mid", color="#dddddd", label="all comments")
    axes.step(frame.period, frame.n_comments, where="mid", color="#888888", linewidth=0.8)
    for head in looks.shown_heads(list(looks.HEADS)):
        column = f"n_{head}"
        found = frame[frame[column] > 0] if column in frame else frame.iloc[:0]
        if len(found):
            title, colour, marker, _ = looks.HEADS[head]
            axes.scatter(
                found.period, found[column], s=26, color=colour, marker=marker, label=title, zorder=3
            )
    axes.set_ylabel("comments")
    axes.set_ylim(bottom=0)
    axes.yaxis.get_major_locator().set_params(integer=True)
    figure.legend(loc="outside upper left", ncols=4)
    looks.date_axis(axes)
    undated = frame.attrs.get("n_undated", 0)
    axes.set_xlabel(
        f"time (UTC); {undated} comments without a date are not shown" if undated else "time (UTC)"
    )
    return figure
