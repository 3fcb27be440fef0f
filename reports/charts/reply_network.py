"""Who answers whom, and how often."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from reports.charts import looks
from reports.words import counted_links, percent
from threads.cutting import LIKELY, SURE
from threads.scored import Scored
from threads.summary import reply_network

name = "reply_network"
title = "Who answers whom?"
question = (
    "A row for each person who answers, a column for each who is answered; the number counts the replies. "
    f"Hollow squares rest on links of less than {percent(SURE)} confidence on average. It describes a "
    "discussion and says nothing about a person."
)

MOST = 20


def frame(scored: Scored, *, min_link_confidence: float = LIKELY, most: int = MOST) -> pd.DataFrame:
    """As threads.summary.reply_network, among the `most` people with most replies given and received.

    Adds author and parent_author as they are shown, row and column (0 the person with most replies), and
    `sure`: a mean_link_confidence of at least SURE. `attrs["n_left_out"]` counts the replies that are not
    among those people. A wrong link here makes up that one person spoke to another, and a reader sees no
    single link that could be doubted; so links that are likelier wrong than right do not count by default.
    """
    pairs = reply_network(scored, min_link_confidence=min_link_confidence)
    replies = pd.concat([pairs.set_index(key).n_replies for key in ("author_id", "parent_author_id")])
    people = replies.groupby(level=0).sum().sort_values(ascending=False, kind="stable").head(most).index
    shown = pairs[pairs.author_id.isin(people) & pairs.parent_author_id.isin(people)]
    drawn = people[people.isin([*shown.author_id, *shown.parent_author_id])]
    place = {author_id: number for number, author_id in enumerate(drawn)}
    shown = shown.assign(
        author=[looks.name(each) for each in shown.author],
        parent_author=[looks.name(each) for each in shown.parent_author],
        row=shown.author_id.map(place), column=shown.parent_author_id.map(place),
        sure=shown.mean_link_confidence >= SURE,
    ).reset_index(drop=True)  # fmt: skip
    n_left_out = int(pairs.n_replies.sum() - shown.n_replies.sum())
    shown.attrs = {**pairs.attrs, "n_left_out": n_left_out}
    return shown


def draw(frame: pd.DataFrame) -> Figure:
    """Squares with their number, those who answer downwards, those who are answered to the right."""
    names = dict(zip(frame.row, frame.author, strict=True))
    names |= dict(zip(frame.column, frame.parent_author, strict=True))
    places = sorted(names)
    side = 0.33 * (places[-1] + 1)
    figure, axes = looks.figure(3.2 + side, 2.6 + side)
    for sure, filling in [(True, "#cfe2f3"), (False, "none")]:
        rows = frame[frame.sure == sure]
        axes.scatter(
            rows.column, rows.row, s=230, marker="s", facecolors=filling, edgecolors="#0072b2",
            linewidths=0.9, zorder=2,
        )  # fmt: skip
    for row in frame.itertuples():
        axes.text(row.column, row.row, str(row.n_replies), ha="center", va="center", zorder=3)
    axes.set_xticks(places, [names[place] for place in places], rotation=45, ha="left")
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set_yticks(places, [names[place] for place in places])
    axes.set_xlim(-0.6, places[-1] + 0.6)
    axes.set_ylim(places[-1] + 0.6, -0.6)
    axes.set_aspect("equal")
    axes.set_xlabel("is answered")
    axes.set_ylabel("answers")
    figure.supxlabel(_told(frame), fontsize=9)
    return figure


def _told(frame: pd.DataFrame) -> str:
    told = f"{frame.n_replies.sum()} replies: {counted_links(frame.attrs['min_link_confidence'])}"
    left_out = frame.attrs["n_left_out"]
    return f"{told}; {left_out} more by or to other people" if left_out else told
