"""The shape of a thread: every comment by its place and depth, joined to what it answers."""

from __future__ import annotations

import pandas as pd
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from reports.charts import looks
from reports.words import count, counted_links
from threads.cutting import at_floor, floor_of
from threads.schema import LINKED
from threads.scored import Scored
from threads.summary import by_thread

name = "thread_tree"
title = "What shape does the discussion have, and where does it heat up?"
question = (
    "From left to right in reading order, downwards from a comment to its replies. Larger and darker "
    "signs score higher; a dashed line is a link that was inferred. The report draws the longest thread."
)

MOST = 300


def frame(
    scored: Scored,
    *,
    thread_id: str | None = None,
    head: str | None = None,
    min_link_confidence: float = 0.0,
) -> pd.DataFrame:
    """One row a comment of the thread, at most MOST: order, depth, parent_order (null for a root), inferred,
    unsure (the link is under the floor, so the comment stands by itself), author, title, head, score (of the
    head; by default the highest of toxicity, antisemitism, conspiracy). attrs name the floor.
    """
    scored = at_floor(scored, min_link_confidence)
    threads = by_thread(scored).sort_values(["n_comments", "thread_id"], ascending=[False, True])
    if threads.empty:
        return pd.DataFrame()
    table = scored.wide()
    rows = table[table.thread_id == (thread_id or threads.thread_id.iloc[0])].sort_values("order").head(MOST)
    orders = rows.set_index("comment_id").order
    heads = [head] if head else [h for h in ("toxicity", "antisemitism", "conspiracy") if h in rows]
    shown = pd.DataFrame({
        "order": rows.order, "depth": rows.depth,
        "parent_order": rows.parent_id.where(rows.link.isin(LINKED)).map(orders),
        "inferred": rows.link == "inferred", "unsure": rows.link == "unsure",
        "author": [looks.name(author) for author in rows.author],
        "title": rows.title, "head": head or "the highest of " + ", ".join(heads),
        "score": rows[heads].max(axis=1), "comment_id": rows.comment_id,
    }).reset_index(drop=True)  # fmt: skip
    shown.attrs["min_link_confidence"] = floor_of(scored.comments)
    return shown


def draw(frame: pd.DataFrame) -> Figure:
    """Order to the right, depth downwards."""
    deepest = int(frame.depth.max())
    figure, axes = looks.figure(min(14.0, 4 + 0.16 * len(frame)), min(9.0, 1.9 + 0.45 * (deepest + 1)))
    for inferred, style in [(False, "solid"), (True, (0, (3, 2)))]:
        axes.add_collection(
            LineCollection(_links(frame, inferred), colors="#888888", linewidths=0.8, linestyles=[style])
        )
    for unsure, marker in [(True, "D"), (False, "o")]:
        rows = frame[frame.unsure == unsure]
        dots = axes.scatter(
            rows.order, rows.depth, c=rows.score, s=25 + 130 * rows.score, cmap="OrRd", marker=marker,
            vmin=-0.15, vmax=1, edgecolors="black", linewidths=0.7, zorder=3,
        )  # fmt: skip
    figure.colorbar(
        dots,
        ax=axes,
        label=str(frame["head"].iloc[0]),
        boundaries=[i / 10 for i in range(11)],
        ticks=[0, 0.5, 1],
    )
    axes.set_ylim(deepest + 0.7, -0.7)
    axes.set_xlim(-1, frame.order.max() + 1)
    axes.set_yticks(range(0, deepest + 1, max(1, (deepest + 1) // 12)))
    axes.set_xlabel(f"comments in reading order; {_told(frame)}")
    axes.set_ylabel("depth")
    if pd.notna(frame.title.iloc[0]):
        axes.set_title(looks.name(frame.title.iloc[0], 90))
    return figure


def _told(frame: pd.DataFrame) -> str:
    """Which links are drawn, and what becomes of the comments whose link is not."""
    n_unsure = int(frame.unsure.sum())
    apart = f" ({count(n_unsure, 'comment')} whose link is less sure: diamonds at depth 0)" * bool(n_unsure)
    return counted_links(frame.attrs["min_link_confidence"]) + apart


def _links(frame: pd.DataFrame, inferred: bool) -> list[list[tuple[float, float]]]:
    depth = frame.set_index("order").depth
    rows = frame[frame.parent_order.notna() & (frame.inferred == inferred)]
    return [
        [(parent, depth[parent]), (parent, child_depth), (order, child_depth)]
        for parent, order, child_depth in zip(rows.parent_order, rows.order, rows.depth, strict=True)
    ]
