"""Which findings fall on the same comments."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from reports.charts import looks
from threads.scored import Scored
from threads.summary import overlap
from threads.triaging import Policy

name = "label_overlap"
title = "Which findings fall on the same comments?"
question = "Each row is a combination of findings, the filled signs say which; the bar counts the comments."


def frame(scored: Scored, *, policy: Policy | None = None) -> pd.DataFrame:
    """As threads.summary.overlap: a boolean column a head, and n_comments."""
    return overlap(scored, policy)


def draw(frame: pd.DataFrame) -> Figure:
    """Combinations as rows: which heads, and how many comments."""
    heads = [column for column in frame.columns if column != "n_comments"]
    figure, (which, bars) = looks.figure(
        8, 1.2 + 0.36 * len(frame), ncols=2, sharey=True, width_ratios=[1, 3]
    )  # fmt: skip
    places = range(len(frame))
    for x, head in enumerate(heads):
        filled = ["black" if on else "white" for on in frame[head]]
        which.scatter([x] * len(frame), places, s=70, c=filled, edgecolors="black", linewidths=0.8)
    which.set_xticks(range(len(heads)), [looks.HEADS[head][0] for head in heads], rotation=30, ha="right")
    which.set_xlim(-0.6, len(heads) - 0.4)
    which.set_yticks([])
    which.grid(visible=False)
    drawn = bars.barh(places, frame.n_comments, color="#999999", edgecolor="black", linewidth=0.6)
    bars.bar_label(drawn, padding=3)
    bars.set_xlabel("comments")
    bars.set_ylim(len(frame) - 0.4, -0.6)
    bars.margins(x=0.12)
    bars.xaxis.get_major_locator().set_params(integer=True)
    return figure
