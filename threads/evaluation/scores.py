"""Texts scored to be measured: by the one detector that gives a head, and what a policy calls a finding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from threads.detectors import BUILT_IN, built_in
from threads.detectors.base import Detector
from threads.errors import InputError
from threads.hyperlinks import blanked
from threads.reading import Progress, quiet
from threads.scored import Scored
from threads.triaging import Policy, exceeding

_CHUNK = 2_000
_NO_THRESHOLD = 0.5
"""For heads that no policy names, as `suspicion`: the middle of the scale, as nothing was measured."""


def detector_of(head: str, toxicity: str = BUILT_IN, checkpoint: Path | None = None) -> Detector:
    """The detector that fills a head in [0, 1]. Raises InputError for a head that none of them has."""
    found = [each for each in built_in(toxicity, checkpoint) if each.name != "sentiment"]
    for each in found:
        if head in each.heads:
            return each
    heads = ", ".join(name for each in found for name in each.heads)
    raise InputError(f"There is no head {head!r} to measure; there are {heads}.")


def score_texts(rows: pd.DataFrame, detector: Detector, progress: Progress = quiet) -> Scored:
    """Score rows with `text` (and `parent_text` where there is one) by one detector, in their order."""
    parents = rows["parent_text"].tolist() if "parent_text" in rows else None
    seen = pd.DataFrame({
        "comment_id": [str(number) for number in range(len(rows))],
        "text": rows["text"].tolist(),
        "parent_text": pd.Series(parents, range(len(rows)), dtype="str"),
    })  # fmt: skip
    starts = range(0, max(1, len(seen)), _CHUNK)
    chunks = progress(starts, "Scoring", len(starts))
    said = seen.assign(
        **{name: seen[name].map(blanked, na_action="ignore") for name in ("text", "parent_text")}
    )
    found = [detector.detect(said.iloc[at : at + _CHUNK].reset_index(drop=True)) for at in chunks]
    return Scored(
        seen,
        pd.concat([each.scores for each in found], ignore_index=True),
        pd.concat([each.evidence for each in found], ignore_index=True),
    )


def policy_for(head: str, policy: Policy | None = None, threshold: float | None = None) -> Policy:
    """The policy with this one head in it, at `threshold` where that is given."""
    policy = policy or Policy()
    at = policy.thresholds.get(head, _NO_THRESHOLD) if threshold is None else threshold
    return replace(policy, thresholds={head: at}, weights={head: 1.0})


def called(scored: Scored, head: str, policy: Policy) -> pd.Series:
    """Whether each comment is a finding of the head under the policy."""
    return exceeding(scored.wide(), scored, policy)[head]
