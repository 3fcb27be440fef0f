"""The cascade: who is read twice, how the two readings become one score, and what is told of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import threads as th
from threads.detectors import built_in
from threads.detectors.cascade import RULE, Cascade, encoder, without
from threads.detectors.encoder import HEADS
from threads.detectors.join import Join, join_of
from threads.errors import ModelError
from threads.passages import with_words
from threads.scoring import SLICE, score_frame

CALM = "The bread was fine, but the queue at the counter took half an hour."
POLITE = (
    "Funny how it is always the same tribe that ends up with the banks and the papers, and nobody may say so."
)
PLOT = (
    "They planned the crash years ago, they own the papers and the judges, and they hide the proof from us."
)
CONTESTED = ["Israel is an apartheid state.", "The Israelis behave just like the Nazis did."]
TEXTS = [CALM, POLITE, PLOT, *CONTESTED, "", "[deleted]", "you are a worthless idiot", CALM * 20]


def table(texts: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {"comment_id": [f"c{n}" for n in range(len(texts))], "text": texts, "parent_text": None}
    )


def detector(name: str) -> Cascade:
    found = next(each for each in built_in() if each.name == name)
    assert isinstance(found, Cascade)
    return found


@pytest.mark.parametrize("name", ["toxicity", "antisemitism", "conspiracy"])
def test_a_calm_comment_is_ruled_out_by_the_first_pass(name: str) -> None:
    found = detector(name).detect(table([CALM, ""]))
    assert found.stages == {"first": 2, "encoder": 0}
    assert (found.scores[name] < 0.3).all() and found.evidence.empty


@pytest.mark.parametrize(("name", "text"), [("antisemitism", POLITE), ("conspiracy", PLOT)])
def test_what_has_no_rule_is_found_by_the_encoder_and_its_passage_told(name: str, text: str) -> None:
    cascade = detector(name)
    before, found = cascade.first.detect(table([text])), cascade.detect(table([text]))
    assert found.stages == {"first": 1, "encoder": 1}
    assert found.scores[name].iloc[0] > before.scores[name].iloc[0] + 0.2
    passage = found.evidence[found.evidence.rule == RULE].iloc[0]
    assert passage.kind == "approximate" and passage.weight > 0
    assert (passage.start, passage.end) == (0, len(text.rstrip(".")) + 1)


@pytest.mark.parametrize("text", CONTESTED)
def test_what_the_definitions_disagree_on_is_hidden_from_the_encoder(text: str) -> None:
    """The encoder has learned by one of them: with those words it calls these comments antisemitic."""
    found = detector("antisemitism").detect(table([text]))
    assert set(found.evidence[found.evidence.weight > 0].category) <= {"A12", "A13", "A14", "A15", ""}
    assert found.stages["encoder"] == 1 and found.scores.antisemitism.iloc[0] < 0.4
    hidden = found.evidence[found.evidence.category != ""][["start", "end"]].itertuples(index=False)
    seen, unseen = encoder().probabilities([text, without(text, hidden)])[:, HEADS.index("antisemitism")]
    assert unseen < seen


def test_hidden_words_leave_the_others_where_they_are() -> None:
    assert without("a long story of it", [(2, 12)]) == "a [MASK]     of it"
    assert without("BDS now", [(0, 3)]) == "    now"


@pytest.mark.parametrize("name", ["toxicity", "antisemitism", "conspiracy"])
def test_a_comment_scores_the_same_whatever_stands_beside_it(name: str) -> None:
    together = detector(name).detect(table(TEXTS)).scores[name].tolist()
    assert together == [detector(name).detect(table([text])).scores[name].iloc[0] for text in TEXTS]
    assert detector(name).detect(table([])).scores.columns.tolist() == ["comment_id", *detector(name).heads]


def test_the_share_of_each_stage_stands_in_the_run_and_slices_change_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = th.score(pd.DataFrame({"text": TEXTS}))
    monkeypatch.setattr("threads.scoring.SLICE", 3)
    sliced = th.score(pd.DataFrame({"text": TEXTS}))
    assert whole.run["stages"] == sliced.run["stages"]
    assert whole.run["stages"]["antisemitism"]["first"] == len(TEXTS) < SLICE
    assert 0 < whole.run["stages"]["antisemitism"]["encoder"] < len(TEXTS)
    pd.testing.assert_frame_equal(whole.scores, sliced.scores)
    key = ["comment_id", "detector", "start", "end", "rule"]
    pd.testing.assert_frame_equal(
        whole.evidence.sort_values(key, ignore_index=True),
        sliced.evidence.sort_values(key, ignore_index=True),
    )


def test_only_fast_asks_no_encoder() -> None:
    comments = th.score(pd.DataFrame({"text": TEXTS}), built_in(only_fast=True))
    assert comments.run["stages"] == {}
    assert not (comments.evidence.kind == "approximate").any()
    assert comments.run["detectors"]["antisemitism"]["kind"] == "lexicon with stance gate"


def test_the_words_of_a_passage_are_found_where_it_will_be_shown() -> None:
    scored = th.score(pd.DataFrame({"text": [POLITE, PLOT]}))
    first, second = scored.comments.comment_id
    shown = with_words(scored, [first])
    told = shown.evidence[(shown.evidence.comment_id == first) & (shown.evidence.detector == "antisemitism")]
    words = told[told.kind == "approximate"]
    said = [POLITE[start:end] for start, end in zip(words.start, words.end, strict=True)]
    assert len(words) and RULE not in set(words.rule)
    assert any("tribe" in word or "bank" in word or "own" in word for word in said)
    assert all(len(word) < len(POLITE) / 2 for word in said)
    other = scored.evidence[scored.evidence.comment_id == second]
    pd.testing.assert_frame_equal(shown.evidence[shown.evidence.comment_id == second].reset_index(drop=True),
                                  other.reset_index(drop=True))  # fmt: skip
    assert set(words.rule) <= set(scored.explain(first).evidence.rule)


def test_words_are_not_told_of_another_encoder() -> None:
    scored = th.score(pd.DataFrame({"text": [POLITE]}))
    scored.run["detectors"]["antisemitism"]["encoder"]["sha256"] = "0" * 64
    assert with_words(scored, scored.comments.comment_id) is scored


def test_two_processes_score_as_one(tmp_path: Path) -> None:
    source = tmp_path / "talk.csv"
    pd.DataFrame({"text": TEXTS * 3, "thread": range(3 * len(TEXTS))}).to_csv(source, index=False)
    alone, shared = th.Case(tmp_path / "a"), th.Case(tmp_path / "b")
    for case, workers in ((alone, 1), (shared, 2)):
        case.parse([source])
        case.score(workers=workers)
    assert alone.run["stages"] == shared.run["stages"]
    pd.testing.assert_frame_equal(alone.scored().scores, shared.scored().scores)


def test_a_partition_counts_its_stages() -> None:
    comments = th.score(pd.DataFrame({"text": TEXTS}), []).comments
    *_, stages = score_frame(comments, built_in())
    assert stages["conspiracy", "first"] == len(TEXTS)


def test_a_join_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(ModelError, match=r"no join for conspiracy"):
        join_of("conspiracy", b'{"heads": {}}')
    with pytest.raises(ModelError, match="cannot be read"):
        _ = Cascade(built_in(only_fast=True)[2], Path("nowhere")).join


def test_a_join_is_logistic_in_its_signs() -> None:
    join = Join(-1, 1, {"encoder": 1.0, "first": 0.5}, -1.0)
    signs = {"encoder": np.array([1.0, 3.0]), "first": np.array([0.0, -4.0]), "screen": np.array([9.0, 9.0])}
    assert join.chances(signs).round(4).tolist() == [0.5, 0.5]
