"""Scoring changed texts anew, as an audit needs it: each detector in one go, each text once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from threads.detectors.base import Detector
from threads.evaluation.scores import called, policy_for, score_texts
from threads.reading import Progress, quiet
from threads.triaging import Policy


@dataclass(frozen=True, slots=True)
class Rescorer:
    """The detectors in use, and the policy that says what a finding is."""

    detectors: Sequence[Detector]
    policy: Policy
    progress: Progress = quiet

    def detector(self, head: str) -> Detector | None:
        """The detector that fills a head, None where it is none of these."""
        return next((each for each in self.detectors if head in each.heads), None)

    def score(self, wanted: pd.DataFrame) -> pd.DataFrame:
        """Score rows of `head`, `text` and `parent_text`: `score` and `called` under their index."""
        parts = [pd.DataFrame({"score": pd.Series(dtype=float), "called": pd.Series(dtype=bool)})]
        for detector in self.detectors:
            rows = wanted[wanted["head"].isin(detector.heads)]
            if len(rows):
                parts.append(self._scored(rows, detector))
        return pd.concat(parts[1:] or parts).reindex(wanted.index)

    def _scored(self, rows: pd.DataFrame, detector: Detector) -> pd.DataFrame:
        number = rows.groupby(["text", "parent_text"], dropna=False, sort=False).ngroup()
        scored = score_texts(rows[~number.duplicated()], detector, self.progress)
        parts = []
        for head, places in number.groupby(rows["head"], sort=False):
            over = called(scored, str(head), policy_for(str(head), self.policy))
            found = pd.DataFrame({"score": scored.scores[head].astype(float), "called": over.astype(bool)})
            parts.append(found.iloc[places].set_axis(places.index))
        return pd.concat(parts)
