"""Whether a score of 0.8 is right in eight of ten cases: the reliability plot of a labelled table."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from matplotlib import rc_context
from matplotlib.figure import Figure

from reports.charts import looks
from reports.words import head as head_name
from threads.errors import InputError

_MARK = "#0072b2"


def draw(frame: pd.DataFrame, head: str, threshold: float) -> Figure:
    """Draw what `evaluation.measures.reliability` gives: the share of positives by score, counts below."""
    figure, (shares, counts) = looks.figure(5.5, 6, nrows=2, sharex=True, height_ratios=[3, 1])
    shares.plot([0, 1], [0, 1], color="#777777", linewidth=1, linestyle="--", label="score = share right")
    spread = [frame["share"] - frame["low"], frame["high"] - frame["share"]]
    shares.errorbar(
        frame["mean_score"], frame["share"], yerr=spread, color=_MARK, marker="o", markersize=5,
        linewidth=1.2, elinewidth=1, capsize=3, label="measured, with 95 % interval",
    )  # fmt: skip
    for axes in (shares, counts):
        axes.axvline(threshold, color="black", linewidth=1, linestyle=":", label=f"threshold {threshold:g}")
    shares.set_ylim(-0.02, 1.02)
    shares.set_ylabel("share labelled yes")
    shares.legend(loc="lower right", fontsize=8)
    bars = counts.bar(
        frame["from"], frame["comments"], width=frame["to"] - frame["from"], align="edge",
        color="#bbbbbb", edgecolor="black", linewidth=0.6,
    )  # fmt: skip
    counts.bar_label(bars, labels=[f"{count:,}" for count in frame["comments"]], fontsize=7, padding=2)
    counts.set_yscale("log")
    counts.tick_params(axis="y", which="both", left=False, labelleft=False)  # the bars say their numbers
    counts.grid(visible=False, axis="y")
    counts.set_ylim(0.8, max(10, frame["comments"].max() * 6))
    counts.set_ylabel("comments (log)")
    counts.set_xlim(-0.02, 1.02)
    counts.set_xlabel(f"{head_name(head)} score")
    figure.suptitle("Is the score a chance?", x=0.01, ha="left", fontsize=11, fontweight="bold")
    return figure


def write(frame: pd.DataFrame, path: Path, head: str, threshold: float) -> None:
    """Write the plot as a PNG of 150 dots an inch. Raises InputError where that cannot be done."""
    if path.suffix.casefold() != ".png":
        raise InputError(f"The plot is written as PNG; call the file {path.with_suffix('.png')}.")
    try:
        with rc_context(looks.STYLE), looks.any_glyph():
            draw(frame, head, threshold).savefig(path, dpi=150, metadata={"Software": None})
    except OSError as problem:
        raise InputError(f"The plot cannot be written to {path}: {problem.strerror}.") from problem
