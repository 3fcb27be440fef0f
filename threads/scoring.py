"""Scoring: every detector over a table of comments, a partition at a time or all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from threads.detectors import built_in
from threads.detectors.base import Detector
from threads.frames import as_comments
from threads.hyperlinks import blanked
from threads.parsed import Parsed
from threads.rebuild import integrity
from threads.schema import EVIDENCE, LINKED, SCORES, conform, empty
from threads.scored import Scored
from threads.version import VERSION

SLICE = 4_096
"""Comments that go through all detectors at a time: what one of them has read is still known to the next
(detectors.cascade), and memory stays bounded."""

Stages = Counter[tuple[str, str]]
"""How many comments each stage of a detector read, by detector and stage."""


def score_frame(
    comments: pd.DataFrame, detectors: Sequence[Detector]
) -> tuple[pd.DataFrame, pd.DataFrame, Stages]:
    """Score one partition: COMMENTS in; SCORES, EVIDENCE and the count of each stage out.

    Pure, and the same whatever else the partition holds, as long as a comment's parent is in it. Addresses
    are not read.
    """
    parents = comments.parent_id.where(comments.link.isin(LINKED))
    texts = comments.text.map(blanked, na_action="ignore")
    seen = pd.DataFrame({
        "comment_id": comments.comment_id,
        "text": texts,
        "parent_text": parents.map(texts.set_axis(comments.comment_id)),
    }).reset_index(drop=True)  # fmt: skip
    scores, evidence, stages = list[pd.DataFrame](), list[pd.DataFrame](), Stages()
    for begin in range(0, max(1, len(seen)), SLICE):
        some = seen.iloc[begin : begin + SLICE].reset_index(drop=True)
        found = [detector.detect(some) for detector in detectors]
        heads = [f.scores.drop(columns="comment_id") for f in found]
        scores.append(pd.concat([some[["comment_id"]], *heads], axis=1))
        evidence += [f.evidence for f in found if len(f.evidence)]
        for detector, f in zip(detectors, found, strict=True):
            stages.update({(detector.name, stage): count for stage, count in f.stages.items()})
    told = conform(pd.concat(evidence, ignore_index=True), EVIDENCE) if evidence else empty(EVIDENCE)
    return conform(pd.concat(scores, ignore_index=True), SCORES), told, stages


def score(comments: pd.DataFrame | Parsed, detectors: Sequence[Detector] | None = None) -> Scored:
    """Score comments in memory, with the built-in detectors unless others are given.

    `comments` comes from `read` or `parse` (which also tells of pages and rejects), or is any frame with
    a `text` column. A column of that frame that is called like a head stands as `<head>_given` beside it.
    """
    chosen = built_in() if detectors is None else detectors
    parsed = comments if isinstance(comments, Parsed) else Parsed(as_comments(comments))
    scores, evidence, stages = score_frame(parsed.comments, chosen)
    table = parsed.comments.rename(columns={head: f"{head}_given" for head in scores if head != "comment_id"})
    run = run_record(parsed, integrity(table), chosen) | {"stages": told(stages)}
    return Scored(table, scores, evidence, parsed.pages, parsed.rejects, run)


def run_record(parsed: Parsed, counts: dict[str, int], detectors: Iterable[Detector] = ()) -> dict[str, Any]:
    """What run.json says of any run: our version, inputs, integrity counts, each detector's description."""
    return {
        "version": VERSION,
        "inputs": parsed.inputs,
        "integrity": counts,
        "detectors": {detector.name: detector.describe() for detector in detectors},
    }


def told(stages: Stages) -> dict[str, dict[str, int]]:
    """What run.json says of the stages: detector -> stage -> comments that it read."""
    return {
        name: {stage: count for (of, stage), count in stages.items() if of == name}
        for name in dict.fromkeys(name for name, _ in stages)
    }
