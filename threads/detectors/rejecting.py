"""Replies that reject what only the encoder found in the comment above them: counter-speech, never a finding.

Rules find such replies by themselves where the parent holds words of a lexicon (detectors.tropes).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from threads.detectors.answering import Answer, answers
from threads.text import words

HELD = 0.5
"""The chance from which a parent holds what can be rejected, as for rules."""

Chances = Callable[[list[str]], NDArray[np.float64]]
"""Of texts, each by itself: how surely it holds a trope; 0 where that need not be known more closely."""


def rejections(
    comments: pd.DataFrame, detector: str, adjective: str, told: set[str], chances: Chances
) -> Iterator[dict[str, Any]]:
    """A row of evidence for each reply that condemns a parent which holds a trope.

    `comments` as a Detector gets them; `told` are the ids of those that have evidence already.
    """
    if "parent_text" not in comments:
        return
    replies = comments[comments["parent_text"].notna() & ~comments["comment_id"].isin(told)]
    parents = replies["parent_text"].unique().tolist()
    held = dict(zip(parents, chances(parents), strict=True)) if parents else {}
    for reply in replies.itertuples():
        chance = held[reply.parent_text]
        answer = _rejection(reply.text) if chance >= HELD else None
        if answer is None:
            continue
        read = f"what reads as {adjective} by the sentence encoder ({100 * chance:.0f} %)"
        yield {
            "comment_id": reply.comment_id, "detector": detector, "category": "", "kind": "rule",
            "stance": answer.stance, "start": answer.start, "end": answer.end, "weight": chance,
            "rule": f"answer:{answer.cue.id}", "reason": answer.reason(read),
        }  # fmt: skip


def _rejection(text: object) -> Answer | None:
    answer = answers().read(words(text)) if isinstance(text, str) else None
    return answer if answer is not None and answer.stance == "condemn" else None
