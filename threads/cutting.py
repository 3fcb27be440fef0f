"""Links that are too unsure to build on, cut: the one place that says what becomes of their comments.

A link that the source gave has the confidence 1.0 and reaches any floor; the others are inferred. A
comment judged to answer nobody has no link, so it stays a root however unsure that is.
"""

from __future__ import annotations

from dataclasses import replace
from numbers import Real

import pandas as pd

from threads.errors import InputError
from threads.rebuild import rebuild
from threads.schema import LINKED
from threads.scored import Scored

SURE = 0.8
"""From here on a report calls a link sure: at least four in five are right where the confidence is true.
Of the 29 links inferred on our sample pages at 0.8 or more, 28 agree with their outlines."""

LIKELY = 0.5
"""From here on a link is likelier right than wrong: the least that a count of who answers whom needs. Of the
links inferred on our sample pages 44 of 46 from 0.5 on agree with their outlines, and 1 of the 3 below."""

_FLOOR = "min_link_confidence"
_OF_LINKS = ["parent_id", "link", "parent_confidence", "parent_reason"]


def at_floor(scored: Scored, min_link_confidence: float) -> Scored:
    """The run with the links of its comments cut as by `sure_links`."""
    return replace(scored, comments=sure_links(scored.comments, min_link_confidence))


def floor_of(comments: pd.DataFrame) -> float:
    """The floor that the table was cut at; 0.0 where every link counts."""
    return float(comments.attrs.get(_FLOOR, 0.0))


def sure_links(comments: pd.DataFrame, min_link_confidence: float) -> pd.DataFrame:
    """COMMENTS in which only links of at least this confidence are left, and every place found anew.

    A comment whose link is cut has `link` "unsure", neither parent_id nor parent_confidence, depth 0, and
    its best guess in parent_reason; what stood below it stays below it. Rows are in reading order and
    `attrs["min_link_confidence"]` names the floor; of two floors the higher one holds. Raises InputError
    for a floor outside [0, 1].
    """
    floor = max(_checked(min_link_confidence), floor_of(comments))
    unsure = comments.link.isin(LINKED) & (comments.parent_confidence < floor)
    kept = _cut(comments, unsure) if unsure.any() else comments.copy(deep=False)
    kept.attrs = {**comments.attrs, _FLOOR: floor}
    return kept


def _checked(floor: float) -> float:
    if not isinstance(floor, Real) or not 0 <= floor <= 1:
        raise InputError(f"min_link_confidence is {floor!r}; it has to be a number from 0 to 1.")
    return float(floor)


def _cut(comments: pd.DataFrame, unsure: pd.Series) -> pd.DataFrame:
    """Rebuilt from the links that are left; links of other kinds stay what they were."""
    marked = comments.assign(
        parent_id=comments.parent_id.mask(unsure),
        link=comments.link.mask(unsure, "unsure"),
        parent_confidence=comments.parent_confidence.mask(unsure),
        parent_reason=comments.parent_reason.mask(unsure, _guesses(comments[unsure])),
    )
    built = rebuild(marked.assign(parent_id=marked.parent_id.where(marked.link.isin(LINKED))))
    links = marked.set_index("comment_id")[_OF_LINKS].loc[built.comment_id]
    return built.assign(**{name: links[name].array for name in _OF_LINKS})


def _guesses(unsure: pd.DataFrame) -> pd.Series:
    """What was guessed for the links that are cut, in words."""
    why = (": " + unsure.parent_reason).fillna("")
    sure = unsure.parent_confidence.map("{:.2f}".format)
    return "best guess " + unsure.parent_id + ", " + sure + why
