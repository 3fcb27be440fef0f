"""What a bias audit found, and its file in a case."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pandas as pd

from threads.auditing.checks import CHECKS, SWAPS
from threads.auditing.dialects import SHARES
from threads.auditing.swaps import MOVES
from threads.auditing.terms import TERMS
from threads.errors import CaseError
from threads.triaging import Policy
from threads.version import VERSION

FILE = "audit.json"
_FRAMES = {"checks": CHECKS, "swaps": SWAPS, "changed": MOVES, "terms": TERMS, "dialects": SHARES}


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found, as frames.

    `checks`    what it concludes: audit_checks.CHECKS.
    `swaps`     the moves from group to group: audit_checks.SWAPS.
    `changed`   for each head and check up to five swaps that changed sides and should not have, it seems
                until a person reads them: MOVES.
    `terms`     the share flagged by term: audit_terms.TERMS; with `labelled`, the head that the labels were
                about, false alarm rates.
    `dialects`  paired sentences of our own by dialect: audit_dialects.SHARES.

    `thresholds` and `definition` are the policy's; `of` says which run was audited.
    """

    checks: pd.DataFrame
    swaps: pd.DataFrame
    changed: pd.DataFrame
    terms: pd.DataFrame
    dialects: pd.DataFrame
    thresholds: Mapping[str, float]
    definition: str
    labelled: str | None = None
    of: Mapping[str, Any] | None = None
    version: str = VERSION

    def failing(self) -> list[str]:
        """The heads that fail a check, in the order of the policy."""
        failed = set(self.checks["head"][self.checks["verdict"] == "fails"])
        return [head for head in self.thresholds if head in failed]

    def fits(self, run: Mapping[str, Any], policy: Policy) -> bool:
        """Whether it was made of this run's scores under this policy."""
        same = all(policy.thresholds.get(head) == at for head, at in self.thresholds.items())
        return same and self.definition == policy.definition and self.of == identity(run)

    def record(self) -> dict[str, Any]:
        """The audit as plain JSON values, frames as lists of records."""
        frames = {
            name: json.loads(getattr(self, name).to_json(orient="records", double_precision=5))
            for name in _FRAMES
        }
        return {each.name: frames.get(each.name, getattr(self, each.name)) for each in fields(self)}


def read_audit(folder: Path) -> Audit | None:
    """The audit that lies in a case, if one does. Raises CaseError where it is damaged."""
    path = folder / FILE
    try:
        record = json.loads(path.read_text("utf-8"))
        frames = {
            name: pd.DataFrame(record[name], columns=list(columns)) for name, columns in _FRAMES.items()
        }
        return Audit(**{**record, **frames})
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, TypeError, KeyError) as problem:
        raise CaseError(f"{path} is damaged; make it again with: threads audit {folder}") from problem


def identity(run: Mapping[str, Any]) -> dict[str, Any]:
    """What of run.json tells the scores of a case from others."""
    return {"created": run.get("created"), "detectors": run.get("detectors")}
