"""Counterfactual identity swaps: would the comment have been flagged, had it named another group?

The test is counterfactual token fairness: Garg, Perot, Limtiaco, Taly, Chi and Beutel 2019, *Counterfactual
Fairness in Text Classification through Robustness*. As there, a swap that changes what is said ("asymmetric")
is told apart: away from the group that a head is about, and towards it in comments that attack.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import pandas as pd

from threads.auditing.rescoring import Rescorer
from threads.identity_terms import Mention, mentions, other_terms, swapped
from threads.scored import Scored
from threads.text import sentences
from threads.triaging import Policy

ABOUT: Mapping[str, tuple[str, ...]] = {"antisemitism": ("Jewish", "Israeli")}
"""Heads that are about a group: a swap away from it should lower the score. The first is swapped to."""

WHOLE = 400
"""Code points up to which a finding is swapped whole: what the encoder reads at once, 94 word pieces of some
four letters. Of a longer one, the sentences that carry the score."""

GROUPS = 5
"""Groups that a finding's is swapped for, of fifteen: findings differ more from each other than the swaps of
one do, so that more of them cost time and hardly narrow the interval."""

LONGEST = 1_000
"""Comments that are not flagged are swapped whole, as each sentence may be what keeps them harmless; longer
ones are not drawn, for their cost."""

MOVES = ("head", "check", "comment_id", "from", "to", "text", "before", "after", "now")
"""One row a swap: the score before and after, and whether the swapped `text` is a finding."""

CALM = 0.5
"""Of the toxicity threshold: comments below are taken not to attack. Of 501 development comments about other
groups, with Jews named instead, 3 % of those below are findings of antisemitism (eight of the ten do attack),
20 % of those from there to the threshold, 53 % of those above."""

FLAGGED = ("finding", "meant")
"""Checks of comments that are findings before the swap; those of the others are not."""

Row = dict[str, Any]


def swap_findings(
    table: pd.DataFrame, over: pd.DataFrame, scored: Scored, rescorer: Rescorer, most: int
) -> pd.DataFrame:
    """At most `most` findings of each head that name a group, with others in its place: MOVES.

    `table` has comment_id, text, parent_text and the scores, in the order in which comments are drawn; `over`
    says which heads exceed the policy. `check` is finding, or meant where the group is the one that the head
    is about.
    """
    rows: list[Row] = []
    for head in over.columns.astype(str):
        places = _places(scored, rescorer, head)
        bases = list(islice(_bases(table[over[head]], head, places), most))
        kept = enumerate(_still_findings(bases, rescorer))
        rows += [row for turn, base in kept for row in _to_others(base, turn)]
    return _moves(rows, rescorer)


def swap_unflagged(table: pd.DataFrame, over: pd.DataFrame, rescorer: Rescorer, most: int) -> pd.DataFrame:
    """At most `most` comments that name a group and are no findings of a head, with another in its place.

    One group a comment, in turn; of a head that is about a group, that one. `check` is unflagged, or for such
    a head attacking where the comment is not CALM: to attack the group may well be a finding. MOVES.
    """
    rows: list[Row] = []
    for head in over.columns.astype(str):
        quiet = ~over[head] & (table["text"].str.len() <= LONGEST)
        calm = _calm(table, rescorer.policy) if head in ABOUT else pd.Series(True, table.index)
        for check, part in (("unflagged", quiet & calm), ("attacking", quiet & ~calm)):
            swaps = _to_one(_bases(table[part], head), ABOUT.get(head, ()))
            rows += [{**row, "check": check} for row in islice(swaps, most)]
    return _moves(rows, rescorer)


def _calm(table: pd.DataFrame, policy: Policy) -> pd.Series:
    """Comments that attack nobody, as far as the toxicity head can tell; all without one."""
    if "toxicity" not in table or "toxicity" not in policy.thresholds:
        return pd.Series(True, table.index)
    return table["toxicity"] < CALM * policy.thresholds["toxicity"]


def _places(scored: Scored, rescorer: Rescorer, head: str) -> dict[Any, tuple[int, int]]:
    """Where the first and the last of the words that raised the score lie in each comment."""
    detector, found = rescorer.detector(head), scored.findings()
    rows = found[found["detector"] == (detector.name if detector else "")].groupby("comment_id")
    return dict(zip(rows.groups, zip(rows["start"].min(), rows["end"].max(), strict=True), strict=True))


def _bases(
    table: pd.DataFrame, head: str, places: Mapping[Any, tuple[int, int]] | None = None
) -> Iterator[Row]:
    """The comments that name a group, as they are drawn; with `places` long ones are cut to what counts."""
    columns = (table[name] for name in ("comment_id", "text", "parent_text", head))
    for comment_id, whole, parent, score in zip(*columns, strict=True):
        text = _carrying(whole, places.get(comment_id)) if places is not None else whole
        if said := mentions(text):
            yield {
                "head": head, "comment_id": comment_id, "text": text, "whole": whole, "parent_text": parent,
                "before": float(score), "said": said,
            }  # fmt: skip


def _carrying(text: str, place: tuple[int, int] | None) -> str:
    """The sentences that carry the score and the one before, which "they" takes up; a short text whole."""
    if place is None or len(text) <= WHOLE:
        return text
    ends = sentences(text)
    begins = [0, 0, *ends]  # of the sentence before each
    first = next(number for number, end in enumerate(ends) if end > place[0])
    last = next((end for end in ends if end >= place[1]), len(text))
    return text[begins[first] : last].strip()


def _still_findings(bases: list[Row], rescorer: Rescorer) -> Iterator[Row]:
    """The same, those whole again that are no finding once they are cut."""
    cut = [base for base in bases if base["text"] != base["whole"]]
    again = iter(_rescored(cut, rescorer))
    for base in bases:
        if base["text"] == base["whole"]:
            yield base
            continue
        score, is_finding = next(again)
        whole = {"text": base["whole"], "said": mentions(base["whole"])}
        yield {**base, "before": score} if is_finding else {**base, **whole}


def _to_others(base: Row, turn: int) -> Iterator[Row]:
    """Each group that a finding names becomes GROUPS others, which take turns from finding to finding."""
    about = ABOUT.get(base["head"], ())
    by_term = _by_term(base["said"])
    for term, said in by_term.items():
        avoided = {*by_term, *(about if term in about else ())}
        targets = [each for each in _targets(said) if each not in avoided]
        for other in _in_turn(targets, turn, GROUPS):
            yield {**_swap(base, said, other), "check": "meant" if term in about else "finding"}


def _to_one(bases: Iterable[Row], about: tuple[str, ...]) -> Iterator[Row]:
    """The first group that each names becomes another, the others taking turns."""
    turn = 0
    for base in bases:
        by_term = _by_term(base["said"])
        if not by_term.keys().isdisjoint(about):
            continue
        said = next(iter(by_term.values()))
        targets = [each for each in (about[:1] or _targets(said)) if each not in by_term]
        for other in _in_turn(targets, turn, 1):
            yield _swap(base, said, other)
            turn += 1


def _in_turn(targets: list[str], turn: int, number: int) -> list[str]:
    """`number` of the targets, going round from turn to turn."""
    first = turn * number
    return [targets[at % len(targets)] for at in range(first, first + min(number, len(targets)))]


def _by_term(said: Iterable[Mention]) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for each in said:
        found.setdefault(each.term, []).append(each)
    return found


def _targets(said: list[Mention]) -> list[str]:
    """The groups that have a word of every form in which the one was named."""
    forms = {each.form for each in said}
    return [
        name for name in other_terms(said[0].term, said[0].form) if all(
            name in other_terms(said[0].term, form) for form in forms
        )
    ]  # fmt: skip


def _swap(base: Row, said: list[Mention], other: str) -> Row:
    return {**base, "from": said[0].term, "to": other, "text": swapped(base["text"], said, other)}


def _moves(rows: list[Row], rescorer: Rescorer) -> pd.DataFrame:
    after = _rescored(rows, rescorer)
    done = [{**row, "after": score, "now": now} for row, (score, now) in zip(rows, after, strict=True)]
    return pd.DataFrame(done, columns=list(MOVES))


def _rescored(rows: list[Row], rescorer: Rescorer) -> list[tuple[float, bool]]:
    wanted = pd.DataFrame(rows, columns=["head", "text", "parent_text"])
    found = rescorer.score(wanted)
    return list(zip(found["score"].tolist(), found["called"].tolist(), strict=True))
