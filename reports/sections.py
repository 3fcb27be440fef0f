"""What the sections of the report show beside the comments themselves: counts, authors, charts."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from reports.cards import Card
from reports.lookup import Record, records
from threads.scored import Scored
from threads.summary import by_author
from threads.taxonomy import categories
from threads.triaging import Policy, exceeding

if TYPE_CHECKING:
    from matplotlib.figure import Figure

TABLE_ROWS = 200  # of any table; what is longer is in the files beside the report
_CHART_ROWS = 100  # of the numbers under a chart
_LINES_MOST = 300_000  # bytes of a chart as lines; six of these leave room in a report of 3 MB


def high(scores: Record, heads: list[str]) -> list[str]:
    """The heads whose scores are worth a reader's time: a tenth or more, either way."""
    return [head for head in heads if scores[head] is not None and abs(scores[head]) >= 0.1]


def has_any(scores: Record, heads: list[str]) -> bool:
    """Whether one of the heads is shown as something else than 0.00."""
    return any(scores[head] is not None and abs(scores[head]) >= 0.005 for head in heads)


def n_bare(pages: pd.DataFrame) -> int:
    return int((pages.n_comments.fillna(0) == 0).sum())


def exceeded(scored: Scored, policy: Policy) -> dict[Any, list[str]]:
    """comment_id -> the heads whose threshold it exceeds, for those with any."""
    wide = scored.wide()
    over = exceeding(wide, scored, policy)
    return {
        name: [head for head, is_over in zip(over.columns, row, strict=True) if is_over]
        for name, row in zip(wide.comment_id, over.to_numpy(), strict=True)
        if row.any()
    }


def summary(scored: Scored, over: dict[Any, list[str]]) -> Record:
    heads = [head for found in over.values() for head in found]
    mentions = scored.mentions()
    speaking_against = mentions[mentions.stance == "condemn"]
    return {
        "n_comments": len(scored.comments),
        "n_text": int((scored.comments.text.str.strip() != "").sum()),
        "n_unnamed": int(scored.comments.author.isna().sum()),
        "n_flagged": len(over),
        "heads": {
            head: {
                "flagged": heads.count(head),
                "mentions": _commented(mentions, head) - _commented(speaking_against, head),
                "against": _commented(speaking_against, head),
            }
            for head in ("antisemitism", "conspiracy", "toxicity")
            if head in scored.heads
        },
    }


def _commented(evidence: pd.DataFrame, detector: str) -> int:
    return int(evidence[evidence.detector == detector].comment_id.nunique())


def filters(shown: list[Card]) -> dict[str, int]:
    """What the queue can be narrowed to, with the number of cards: heads, then categories."""
    names = [name for card in shown for name in card.sort]
    order = ["antisemitism", "conspiracy", "toxicity", *categories()]
    return {name: names.count(name) for name in order if name in names}


def authors(scored: Scored, policy: Policy) -> Record:
    """The authors with most comments; unnamed ones with a single comment are counted, not listed."""
    table = by_author(scored, policy)
    alone = table.author.isna() & (table.n_comments == 1)
    listed = table[~alone]
    measured = [name.removeprefix("mean_") for name in table.columns if name.startswith("mean_")]
    return {
        "authors": records(listed.head(TABLE_ROWS)), "n_authors": len(listed),
        "n_alone": int(alone.sum()), "measured": measured,
    }  # fmt: skip


def charts(scored: Scored, policy: Policy | None = None) -> list[Record]:
    """Every chart that has something to draw, with the numbers that are drawn."""
    from reports.charts import CHARTS, frame_of, svg  # matplotlib takes a second to import

    drawn = []
    for chart in CHARTS:
        frame = frame_of(chart, scored, policy)
        if frame.empty:
            continue
        figure = chart.draw(frame)
        lines = svg(figure)
        told = frame[frame.n_comments > 0] if "n_comments" in frame else frame  # no rows for empty periods
        drawn.append({
            "name": chart.name, "title": chart.title, "question": chart.question,
            "svg": Markup(lines) if len(lines) <= _LINES_MOST else None,  # noqa: S704  matplotlib escapes its texts
            "png": None if len(lines) <= _LINES_MOST else _dots(figure),
            "columns": [str(name) for name in frame.columns], "n_rows": len(told),
            "rows": records(told.head(_CHART_ROWS)),
            "floor": frame.attrs.get("min_link_confidence"),
        })  # fmt: skip
    return drawn


def _dots(figure: Figure) -> str:
    """The figure as a PNG in base64: thousands of signs weigh a tenth of what they do as lines."""
    from matplotlib import rc_context

    from reports.charts.looks import STYLE, any_glyph

    out = io.BytesIO()
    with rc_context(STYLE), any_glyph():
        figure.savefig(out, format="png", dpi=150, metadata={"Software": None})
    return base64.b64encode(out.getvalue()).decode("ascii")
