"""A bias audit on the user's own comments: do the detectors treat groups and dialects alike?"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from threads.auditing.checks import by_groups, checked, dialect_checks, term_checks
from threads.auditing.dialects import score_dialects, shares
from threads.auditing.record import FILE, Audit, identity
from threads.auditing.rescoring import Rescorer
from threads.auditing.swaps import swap_findings, swap_unflagged
from threads.auditing.terms import by_term
from threads.case import Case
from threads.detectors import built_in
from threads.detectors.base import Detector
from threads.errors import CaseError, InputError
from threads.evaluation.scores import score_texts
from threads.reading import Progress, quiet
from threads.schema import LINKED
from threads.scored import Scored
from threads.staging import staged
from threads.triaging import Policy, exceeding

MOST = 200
"""Comments swapped for each head and check. A share of 1 % then has its interval under the bound of 5 %, and
up to 1,400 texts are read anew for a head: half a minute of the encoder."""

_SHOWN = 5


def audit(  # noqa: PLR0913 - a choice of the reader each
    comments: Scored | pd.DataFrame,
    detectors: Sequence[Detector] | None = None,
    policy: Policy | None = None,
    *,
    labelled: str | None = None,
    most: int = MOST,
    progress: Progress = quiet,
) -> Audit:
    """Audit every head of the policy on comments: swapped groups, rates by term, dialects.

    `comments` is what `score` gave by these `detectors` (the built-in ones by default), or a frame with
    `text` (and `parent_text`), which is scored first. `labelled` names the head that a column `label` (0 or
    1) is about, which is then the only one audited. At most `most` comments are swapped for each head and
    check, always the same of the same comments. Raises InputError where no head can be audited.
    """
    chosen = tuple(built_in() if detectors is None else detectors)
    policy = policy or Policy()
    scored = comments if isinstance(comments, Scored) else _scored(comments, chosen, policy, progress)
    rescorer = Rescorer(chosen, policy, progress)
    heads = [head for head in policy.thresholds if head in scored.heads and rescorer.detector(head)]
    if not heads or labelled not in (None, *heads):
        raise InputError(
            f"There is no head {labelled or 'of the policy'} to audit; there are {scored.heads}."
        )
    if labelled and "label" not in scored.comments:
        raise InputError("The frame has no column 'label' of 0 and 1 to audit by.")
    return _audit(scored, heads, rescorer, labelled, most)


def audit_case(
    case: Case,
    detectors: Sequence[Detector],
    policy: Policy,
    *,
    most: int = MOST,
    progress: Progress = quiet,
) -> Audit:
    """Audit a scored case and write it into the case as audit.json, which the report then shows.

    Raises CaseError where other detectors than these scored it.
    """
    scored = case.scored()
    _require_same(scored.run, detectors, case.path)
    found = replace(audit(scored, detectors, policy, most=most, progress=progress), of=identity(scored.run))
    with staged(case.path) as new:
        (new / FILE).write_text(json.dumps(found.record(), indent=1, ensure_ascii=False) + "\n", "utf-8")
    return found


def _audit(scored: Scored, heads: list[str], rescorer: Rescorer, labelled: str | None, most: int) -> Audit:
    policy, table = rescorer.policy, _drawn(scored)
    over = exceeding(table, scored, policy)
    asked = [labelled] if labelled else heads
    moves = pd.concat([
        swap_findings(table, over[asked], scored, rescorer, most),
        swap_unflagged(table, over[asked], rescorer, most),
    ], ignore_index=True)  # fmt: skip
    dialects = score_dialects(asked, rescorer)
    terms = by_term(table, over[asked], table["label"].astype(int) if labelled else None)
    found = [checked(moves), dialect_checks(dialects), *([term_checks(terms)] if labelled else [])]
    return Audit(
        checks=_by_head(pd.concat([each for each in found if len(each)]), asked),
        swaps=by_groups(moves), changed=_by_head(_shown(moves), asked), terms=terms,
        dialects=_by_head(shares(dialects), asked),
        thresholds={head: policy.thresholds[head] for head in asked}, definition=policy.definition,
        labelled=labelled,
    )  # fmt: skip


def _scored(frame: pd.DataFrame, detectors: Sequence[Detector], policy: Policy, progress: Progress) -> Scored:
    """The frame's texts with the scores of the policy's heads; its further columns are kept."""
    if "text" not in frame:
        raise InputError("The frame has no column 'text' to audit.")
    rows = frame.reset_index(drop=True)
    used = [each for each in detectors if not policy.thresholds.keys().isdisjoint(each.heads)]
    parts = [score_texts(rows, detector, progress) for detector in used]
    if not parts:
        return Scored(rows, pd.DataFrame({"comment_id": []}))
    heads = [part.scores.drop(columns="comment_id") for part in parts]
    seen = parts[0].comments.join(rows.drop(columns=[*parts[0].comments, *heads[0]], errors="ignore"))
    scores = pd.concat([seen[["comment_id"]], *heads], axis=1)
    return Scored(seen, scores, pd.concat([part.evidence for part in parts], ignore_index=True))


def _drawn(scored: Scored) -> pd.DataFrame:
    """The comments with their scores and `parent_text`, each text once, in an order that is arbitrary and
    the same every time.
    """
    table = scored.wide()
    if "parent_text" not in table:
        texts = table.set_index("comment_id")["text"]
        table = table.assign(parent_text=table["parent_id"].where(table["link"].isin(LINKED)).map(texts))
    table = table[table["text"].str.strip() != ""].drop_duplicates(["text", "parent_text"])
    order = pd.util.hash_pandas_object(table["comment_id"], index=False)
    return table.loc[order.sort_values(kind="stable").index]


def _by_head(table: pd.DataFrame, heads: Sequence[str]) -> pd.DataFrame:
    return table.sort_values(
        "head", key=lambda names: names.map(heads.index), kind="stable", ignore_index=True
    )


def _shown(moves: pd.DataFrame) -> pd.DataFrame:
    """Swaps that changed sides and should not have, one a comment."""
    left = (moves["check"] == "finding") & ~moves["now"].astype(bool)
    came = (moves["check"] == "unflagged") & moves["now"].astype(bool)
    each = moves[left | came].drop_duplicates(["head", "check", "comment_id"])
    return each.groupby(["head", "check"], sort=False).head(_SHOWN).reset_index(drop=True)


def _require_same(run: Mapping[str, Any], detectors: Sequence[Detector], path: Path) -> None:
    for detector in detectors:
        said = run.get("detectors", {}).get(detector.name)
        if said != json.loads(json.dumps(detector.describe())):
            raise CaseError(
                f"The case {path} was not scored by this detector of {detector.name}; give the same options "
                f"as then, or score it anew with: threads score {path}"
            )
