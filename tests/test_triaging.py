from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from threads.errors import PolicyError
from threads.scored import Scored
from threads.triaging import QUEUE, Policy, triage


def test_the_gravest_comes_first_and_copies_follow_what_they_copy(scored: Scored) -> None:
    queue = triage(scored, Policy(audit_share=0))
    assert list(queue.columns) == list(QUEUE)
    assert queue.comment_id.tolist() == ["b", "e", "f", "d"]
    assert queue["rank"].tolist() == [1, 2, 3, 4]
    assert queue.set_index("comment_id").copies.to_dict() == {"b": 0, "e": 1, "f": 0, "d": 0}
    assert queue.set_index("comment_id").copy_of.dropna().to_dict() == {"f": "e"}


def test_reasons_say_what_is_asserted_how_high_and_how_far_it_reaches(scored: Scored) -> None:
    reasons = triage(scored).set_index("comment_id").reasons
    assert reasons["b"].startswith("asserts: Jews secretly own firms; asserts: Jews are all about money")
    assert "antisemitism 0.90" in reasons["b"]
    assert reasons["b"].endswith("2 replies")
    assert "toxicity 0.95 for ‘scum’" in reasons["d"]
    assert "1 near-copy" in reasons["e"]


def test_counter_speech_is_never_queued_as_a_finding(scored: Scored) -> None:
    queue = triage(scored)
    assert "c" not in set(queue[queue.why == "finding"].comment_id)
    assert queue.set_index("comment_id").categories["b"] == "A3 A4"


def test_a_heated_objection_comes_after_an_insult_of_the_same_score(scored: Scored) -> None:
    heated = scored.scores.assign(
        toxicity=scored.scores.toxicity.where(scored.scores.comment_id != "c", 0.99)
    )
    queue = triage(replace(scored, scores=heated), Policy(audit_share=0)).set_index("comment_id")
    assert queue.priority["c"] < queue.priority["d"]
    assert "speaks against: Jews secretly own firms" in queue.reasons["c"]


def test_the_audit_slice_is_drawn_from_what_was_not_flagged_and_the_same_each_time(scored: Scored) -> None:
    policy = Policy(audit_share=0.4, audit_least=2)
    audits = [triage(scored, policy).query("why == 'audit'").comment_id.tolist() for _ in range(2)]
    assert audits[0] == audits[1]
    assert len(audits[0]) == 2
    assert set(audits[0]) <= {"a", "c", "g"}
    other = triage(scored, replace(policy, seed=7)).query("why == 'audit'")
    assert set(other.comment_id) <= {"a", "c", "g"}


def test_what_is_decided_is_left_out(scored: Scored) -> None:
    assert "b" not in set(triage(scored, decided={"b"}).comment_id)


def test_reach_breaks_ties_towards_the_longer_discussion(scored: Scored) -> None:
    flat = scored.scores.assign(toxicity=0.0, antisemitism=0.9, conspiracy=0.0)
    queue = triage(replace(scored, scores=flat, evidence=scored.evidence.iloc[:0]), Policy(copies=1.0))
    assert queue.comment_id.tolist()[:3] == ["a", "b", "e"]


@pytest.mark.parametrize(("definition", "queued"), [("agreed", False), ("ihra", True), ("jda", False)])
def test_contested_categories_follow_the_definition_that_a_team_chose(
    scored: Scored, definition: str, queued: bool
) -> None:
    row = scored.evidence.iloc[[0]].assign(comment_id="g", category="A12", start=0, end=6)
    with_one = replace(scored, evidence=pd.concat([scored.evidence, row], ignore_index=True))
    queue = triage(with_one, Policy(definition=definition, audit_share=0))  # type: ignore[arg-type]
    assert ("g" in set(queue.comment_id)) == queued


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        ({"thresholds": {"toxicity": 0.0}, "weights": {"toxicity": 1.0}}, "threshold for toxicity"),
        ({"thresholds": {"toxicity": 0.5}, "weights": {}}, "toxicity"),
        ({"audit_share": 2.0}, "audit_share"),
        ({"definition": "mine"}, "definition"),
    ],
)
def test_a_policy_that_contradicts_itself_is_refused(choices: dict, says: str) -> None:
    with pytest.raises(PolicyError, match=says):
        Policy(**choices)


def test_nothing_to_look_at(scored: Scored) -> None:
    quiet = replace(scored, scores=scored.scores.assign(toxicity=0.0, antisemitism=0.0, conspiracy=0.0))
    assert triage(quiet, Policy(audit_share=0)).empty
