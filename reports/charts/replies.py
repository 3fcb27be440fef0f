"""Replies against the comments that they answer."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from reports.charts import looks
from reports.words import counted_links, percent
from threads.cutting import SURE
from threads.scored import Scored
from threads.summary import reply_pairs

name = "replies"
title = "Do replies score like the comments they answer?"
question = (
    "Each sign is a reply: to the right how its parent scores, upwards how it scores itself. On the dashed "
    f"line both score alike. Hollow signs rest on a link inferred with less than {percent(SURE)} confidence."
)


def frame(scored: Scored, *, min_link_confidence: float = 0.0) -> pd.DataFrame:
    """As threads.summary.reply_pairs, with a column `sure`: parent_confidence of at least SURE.

    Every link counts by default: each reply is a sign of its own, and the unsure ones are told apart.
    """
    pairs = reply_pairs(scored, min_link_confidence=min_link_confidence)
    heads = looks.shown_heads(scored.heads)
    kept = ["comment_id", "parent_id", "parent_confidence", *heads, *(f"parent_{head}" for head in heads)]
    shown = pairs[kept].assign(sure=pairs.parent_confidence >= SURE)
    shown.attrs = dict(pairs.attrs)
    return shown


def draw(frame: pd.DataFrame) -> Figure:
    """A panel a head."""
    heads = looks.shown_heads(list(frame.columns))
    figure, panels = looks.figure(2.9 * len(heads), 3.5, ncols=len(heads), squeeze=False)
    for head, axes in zip(heads, panels[0], strict=True):
        title, colour, marker, (low, high) = looks.HEADS[head]
        for sure, filling in [(True, colour), (False, "none")]:
            rows = frame[frame.sure == sure]
            axes.scatter(
                rows[f"parent_{head}"], rows[head], s=26, marker=marker, facecolors=filling,
                edgecolors=colour, linewidths=0.9, alpha=0.75,
            )  # fmt: skip
        axes.plot([low, high], [low, high], color="#777777", linewidth=0.8, linestyle="dashed")
        looks.score_axis(axes, head)
        looks.score_axis(axes, head, "y")
        axes.set_xlabel("of the parent")
        axes.set_ylabel("of the reply")
        axes.set_title(title)
        axes.set_box_aspect(1)
    floor = frame.attrs["min_link_confidence"]
    figure.supxlabel(f"{len(frame)} replies: {counted_links(floor)}", fontsize=9)
    return figure
