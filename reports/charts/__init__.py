"""Charts: one module each, with a question as its title, a `frame` of numbers and a `draw` of that frame.

`frame(scored, …)` gives the numbers that are drawn, tested, downloaded and read out as a table; it asks
`threads.summary` for every aggregate. `draw(frame)` makes a matplotlib Figure of them and adds nothing.
"""

from __future__ import annotations

import io
from inspect import signature
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
from matplotlib import rc_context
from matplotlib.figure import Figure

from reports.charts import (
    author_profile,
    authors,
    label_overlap,
    replies,
    reply_network,
    thread_tree,
    timeline,
)
from reports.charts.looks import STYLE, any_glyph
from threads.cutting import at_floor
from threads.errors import InputError
from threads.scored import Scored
from threads.triaging import Policy


class Chart(Protocol):
    """A module that draws one kind of chart; an empty frame means that there is nothing to draw."""

    name: str
    title: str
    question: str

    def frame(self, scored: Scored) -> pd.DataFrame: ...

    def draw(self, frame: pd.DataFrame) -> Figure: ...


CHARTS: tuple[Chart, ...] = (
    authors,
    author_profile,
    thread_tree,
    reply_network,
    label_overlap,
    replies,
    timeline,
)


def chart(name: str, scored: Scored, **choices: Any) -> Figure:  # noqa: ANN401 - each chart has its own
    """Draw one chart by name; `choices` go to its `frame`, as author="jd" or min_link_confidence=0.8.

    Raises InputError for an unknown name, a choice that the chart has not, and where there is nothing to
    draw.
    """
    found = {module.name: module for module in CHARTS}
    if name not in found:
        raise InputError(f"There is no chart {name!r}; there are {', '.join(found)}.")
    has = list(signature(found[name].frame).parameters)[1:]
    if unknown := [choice for choice in choices if choice not in has]:
        there = f"it has {', '.join(has)}" if has else "it has none"
        raise InputError(f"The chart {name!r} has no choice {unknown[0]!r}; {there}.")
    frame = found[name].frame(scored, **choices)
    if frame.empty:
        raise InputError(f"There is nothing to draw in the chart {name!r} with these comments.")
    return titled(found[name], frame)


def titled(module: Chart, frame: pd.DataFrame) -> Figure:
    """Draw a frame with the chart's title above it, to stand by itself in a notebook or a file."""
    figure = module.draw(frame)
    figure.suptitle(module.title, x=0.01, ha="left", fontsize=11, fontweight="bold")
    return figure


def svg(figure: Figure) -> str:
    """Return the figure as an SVG element to stand inside a page, the same bytes for the same figure."""
    out = io.StringIO()
    with rc_context(STYLE), any_glyph():
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    text = out.getvalue()
    return text[text.index("<svg") :]


def frame_of(module: Chart, scored: Scored, policy: Policy | None) -> pd.DataFrame:
    """The numbers of a chart, with the policy where it counts what exceeds thresholds."""
    takes = policy is not None and "policy" in signature(module.frame).parameters
    return module.frame(scored, **({"policy": policy} if takes else {}))


def write_charts(
    scored: Scored, folder: Path, *, policy: Policy | None = None, min_link_confidence: float = 0.0
) -> list[Path]:
    """Write every chart that has something to draw as a PNG of 150 dots an inch, and its numbers as CSV.

    Links of less than `min_link_confidence` count for nothing. A chart that rests on links names the floor
    that it used, and so does the column `min_link_confidence` of its numbers.
    """
    from threads.exporting import export

    scored = at_floor(scored, min_link_confidence)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for module in CHARTS:
        frame = frame_of(module, scored, policy)
        if frame.empty:
            continue
        path = folder / f"{module.name}.png"
        with rc_context(STYLE), any_glyph():
            titled(module, frame).savefig(path, dpi=150, metadata={"Software": None})
        export(_with_floor(frame), path.with_suffix(".csv"), "csv")
        written.append(path)
    return written


def _with_floor(frame: pd.DataFrame) -> pd.DataFrame:
    """The numbers of a chart with the floor on its links, where it rests on links, in a column."""
    if "min_link_confidence" not in frame.attrs:
        return frame
    return frame.assign(min_link_confidence=frame.attrs["min_link_confidence"])
