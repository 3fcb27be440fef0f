"""How all charts look: readable in print without colour, with long names, with three rows or thirty."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pandas as pd
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure

from reports.marks import visible

STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text: small, searchable, in the reader's own fonts
    "svg.hashsalt": "comment-threads",
    "text.parse_math": False,  # a name may hold dollar signs
    "font.family": "sans-serif",
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.titlesize": 10.0,
    "axes.titlelocation": "left",
    "axes.grid": True,
    "grid.color": "#dddddd",
    "grid.linewidth": 0.6,
    "figure.facecolor": "white",
    "legend.frameon": False,
}


@contextmanager
def any_glyph() -> Iterator[None]:
    """Let names in scripts that matplotlib's font lacks pass: an SVG leaves them to the reader's fonts."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from font", category=UserWarning)
        yield


HEADS = {
    # head: (name, colour of the Okabe–Ito palette, marker, range)
    "toxicity": ("Toxicity", "#d55e00", "o", (0.0, 1.0)),
    "antisemitism": ("Antisemitism", "#0072b2", "s", (0.0, 1.0)),
    "conspiracy": ("Conspiracy", "#009e73", "^", (0.0, 1.0)),
    "sentiment": ("Sentiment", "#666666", "D", (-1.0, 1.0)),
}

NAME_LENGTH = 26
UNNAMED = "(name lost)"


def shown_heads(columns: Sequence[str]) -> list[str]:
    """The heads of HEADS that the columns hold, in the order of HEADS."""
    return [head for head in HEADS if head in columns]


def figure(width: float, height: float, **grid: Any) -> tuple[Figure, Any]:  # noqa: ANN401 - matplotlib's own
    """An empty Figure of so many inches with its axes, apart from pyplot's global state."""
    with rc_context(STYLE):
        made = Figure(figsize=(width, height), layout="constrained")
        return made, made.subplots(**grid)


def name(author: object, length: int = NAME_LENGTH) -> str:
    """An author's name fit for an axis: shortened in the middle, nothing invisible in it."""
    if author is None or pd.isna(author):  # type: ignore[call-overload]
        return UNNAMED
    shown = " ".join(visible(str(author)).split())
    half = length // 2
    return shown if len(shown) <= length else f"{shown[:half]}…{shown[-(length - half - 1) :]}"


def score_axis(axes: Axes, head: str, which: str = "x") -> None:
    """Give an axis the head's name and range."""
    title, _, _, (low, high) = HEADS[head]
    pad = (high - low) * 0.04
    getattr(axes, f"set_{which}lim")(low - pad, high + pad)
    getattr(axes, f"set_{which}label")(f"{title} ({low:g} to {high:g})")


def date_axis(axes: Axes) -> None:
    """Label a time axis with as few words as tell the dates apart."""
    locator = AutoDateLocator(minticks=3, maxticks=8)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
