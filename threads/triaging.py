"""What to look at first, and why: a ranked queue with its reasons in words. It orders; people decide."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import numpy as np
import pandas as pd

from threads.copies import representatives
from threads.cutting import floor_of, sure_links
from threads.errors import PolicyError
from threads.reasons import categories, reasons
from threads.scored import Scored
from threads.taxonomy import categories as taxonomy

QUEUE = ("rank", "comment_id", "why", "priority", "reasons", "categories", "copies", "copy_of")

_THRESHOLDS = MappingProxyType({"antisemitism": 0.28, "conspiracy": 0.5, "toxicity": 0.65})
_WEIGHTS = MappingProxyType({"antisemitism": 1.0, "conspiracy": 0.7, "toxicity": 0.6})


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How a team wants its queue. The defaults put content that targets a group before rudeness.

    thresholds    head -> score from which a comment is a finding. Of the development comments, 0.28 of
                  antisemitism flags 2 % of the harmless tweets about Israel and 4 % of those about Jews;
                  0.5 of conspiracy 3 % of the critical posts and 78 % of the conspiratorial; 0.65 of
                  toxicity 4 % of the harmless and 58 % of the toxic (benchmarks/cascade.py).
    weights       head -> how much it counts for priority, in (0, 1].
    definition    which contested antisemitism categories (A12–A15) are findings: "agreed" none of them,
                  "ihra" or "jda" those to which that definition says yes. They are shown in any case.
    reach         what a comment gains for each doubling of the discussion below it.
    counter_speech  what is left of the priority of a comment whose tropes are all reported or condemned:
                  objections are heated too, and should not be queued before what they object to.
    audit_share   share of the comments not flagged that is drawn at random for a person to look at, so
                  that misses are seen too; at least `audit_least` where there are so many.
    seed          of that draw.
    copies        Jaccard similarity of word triples from which two comments are near-copies.
    """

    thresholds: Mapping[str, float] = field(default_factory=lambda: dict(_THRESHOLDS))
    weights: Mapping[str, float] = field(default_factory=lambda: dict(_WEIGHTS))
    definition: Literal["agreed", "ihra", "jda"] = "agreed"
    reach: float = 0.02
    counter_speech: float = 0.5
    audit_share: float = 0.02
    audit_least: int = 5
    seed: int = 0
    copies: float = 0.8

    def __post_init__(self) -> None:
        if unknown := set(self.thresholds) ^ set(self.weights):
            raise PolicyError(
                f"The policy gives {', '.join(sorted(unknown))} a threshold or a weight, not both."
            )
        if wrong := [h for h, t in self.thresholds.items() if not 0 < t <= 1]:
            raise PolicyError(f"The policy's threshold for {wrong[0]} is not in (0, 1].")
        if not 0 <= self.audit_share <= 1:
            raise PolicyError("The policy's audit_share is not in [0, 1].")
        if self.definition not in ("agreed", "ihra", "jda"):
            raise PolicyError(f"The policy's definition is {self.definition!r}, not agreed, ihra or jda.")


def triage(
    scored: Scored,
    policy: Policy | None = None,
    *,
    decided: Collection[str] = frozenset(),
    min_link_confidence: float = 0.0,
) -> pd.DataFrame:
    """Rank what a person should look at: the findings, worst first, then the audit slice.

    Returns QUEUE columns: rank from 1; why ("finding" or "audit"); priority (higher first); reasons in
    words; categories (ids parted by blanks); copies (near-copies of this comment, itself not counted);
    copy_of (the comment it is a near-copy of, which stands before it). Comments whose id is in `decided`
    are left out. The replies and the discussion below a comment are counted by links of at least
    `min_link_confidence`, which attrs name. Deterministic for the same scores, policy and floor.
    """
    policy = policy or Policy()
    comments = _at_floor(scored.comments, min_link_confidence)
    open_rows = comments[~comments.comment_id.isin(set(decided))]
    table = open_rows.merge(scored.scores, on="comment_id", how="left", validate="1:1")
    over = exceeding(table, scored, policy)
    flagged = over.any(axis=1)
    found = table[flagged].assign(why="finding", priority=priority(table, over, scored, policy)[flagged])
    queue = pd.concat([_ranked(found, policy), _audit(table[~flagged], policy)], ignore_index=True)
    queue = queue.assign(
        rank=range(1, len(queue) + 1),
        reasons=reasons(queue, scored, policy.thresholds, floor_of(comments)),
        categories=categories(queue, scored),
    )[list(QUEUE)]
    queue.attrs["min_link_confidence"] = floor_of(comments)
    return queue


def _at_floor(comments: pd.DataFrame, floor: float) -> pd.DataFrame:
    """The comments cut at the floor, rows as they were: the audit slice is the same at any floor."""
    cut = sure_links(comments, floor)
    rows = cut.set_index("comment_id", drop=False).loc[comments.comment_id].set_axis(comments.index)
    rows.attrs = cut.attrs
    return rows


def exceeding(table: pd.DataFrame, scored: Scored, policy: Policy) -> pd.DataFrame:
    """Which heads of the policy each comment exceeds: a boolean frame, a column a head."""
    over = pd.DataFrame({
        head: table[head] >= threshold if head in table else False
        for head, threshold in policy.thresholds.items()
    }, index=table.index)  # fmt: skip
    if policy.definition != "agreed" and "antisemitism" in over:
        over["antisemitism"] |= table.comment_id.isin(_contested(scored, policy.definition))
    return over


def _contested(scored: Scored, definition: str) -> set[str]:
    says_yes = {c.id for c in taxonomy().values() if c.contested and getattr(c, definition).verdict == "yes"}
    found = scored.findings()
    return set(found[found.category.isin(says_yes)].comment_id)


def priority(table: pd.DataFrame, over: pd.DataFrame, scored: Scored, policy: Policy) -> pd.Series:
    """Noisy-or of the exceeded heads' weighted scores, scaled by the gravest category, plus reach.

    Counter-speech keeps policy.counter_speech of it.

    A head counts as score * weight; a comment with two heads outranks one with either alone. Severity in
    1..5 (taxonomy) scales by 0.8 to 1.2. Reach adds policy.reach for each doubling of n_descendants + 1.
    """
    remaining = pd.Series(1.0, index=table.index)
    for head, weight in policy.weights.items():
        if head in table:
            remaining *= 1 - weight * table[head].where(over[head], 0.0).fillna(0.0)
    remaining = 1 - (1 - remaining) * _objecting(table, over, scored).map(
        {True: policy.counter_speech, False: 1.0}
    )
    severity = _severity(table, scored)
    ranked: pd.Series = (1 - remaining) * (0.7 + 0.1 * severity) + policy.reach * np.log2(
        1 + table.n_descendants
    )
    return ranked


def _objecting(table: pd.DataFrame, over: pd.DataFrame, scored: Scored) -> pd.Series:
    """Whether a comment mentions tropes only to report or condemn them."""
    asserted = scored.findings().query("stance.notna()").comment_id
    mentioned = table.comment_id.isin(set(scored.mentions().comment_id) - set(asserted))
    return mentioned & ~over.drop(columns="toxicity", errors="ignore").any(axis=1)


def _severity(table: pd.DataFrame, scored: Scored) -> pd.Series:
    grave = {c.id: c.severity for c in taxonomy().values()}
    found = scored.findings()
    worst = found.assign(severity=found.category.map(grave)).groupby("comment_id").severity.max()
    return table.comment_id.map(worst).astype(float).fillna(3.0)


def _ranked(found: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Order by priority, near-copies right behind the highest of their kind."""
    ordered = found.sort_values(["priority", "comment_id"], ascending=[False, True], ignore_index=True)
    first = representatives(ordered.text.tolist(), policy.copies)
    place = pd.Series(first, index=ordered.index)
    copy_of = ordered.comment_id.reindex(place).set_axis(ordered.index).where(place != ordered.index)
    copies = place.map(place.value_counts()) - 1
    ordered = ordered.assign(copy_of=copy_of, copies=copies.where(copy_of.isna(), 0).astype(int), place=place)
    return ordered.sort_values("place", kind="stable", ignore_index=True)


def _audit(rest: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    written = rest[rest.text.str.strip() != ""]
    wanted = max(policy.audit_least, round(policy.audit_share * len(written))) if policy.audit_share else 0
    drawn = written.sample(n=min(wanted, len(written)), random_state=policy.seed)
    return drawn.assign(why="audit", priority=0.0, copies=0, copy_of=None)
