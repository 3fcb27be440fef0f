"""A page's lost structure: which block is a comment, whose it is and whom it answers, each with its doubt."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from threads.infer.links.guessing import infer_links
from threads.infer.people.guessing import infer_people


def infer(comments: pd.DataFrame, articles: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Fill in who wrote and who answers whom where the source does not say; the rest is left as it is."""
    return infer_people(infer_links(comments, articles))
