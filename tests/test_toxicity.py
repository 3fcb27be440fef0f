import hashlib
import json
import re
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from threads.detectors.toxicity import FLOOR, FOLDER, PIECE, Toxicity
from threads.evaluation.measures import auc

PROBES = Path(__file__).resolve().parents[1] / "benchmarks" / "toxicity_probes.tsv"


@pytest.fixture(scope="module")
def detector():
    return Toxicity()


def frame(*texts):
    ids = [f"c{number}" for number in range(len(texts))]
    return pd.DataFrame({"comment_id": ids, "text": list(texts), "parent_text": None})


def marked(found, text):
    rows = found.evidence
    return [text[start:end] for start, end in zip(rows["start"], rows["end"], strict=True)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("You are a complete idiot and everybody knows it.", "idiot"),
        ("Oh well, what a pathetic little man he is.", "pathetic"),
        ("So you are an id1ot after all", "id1ot"),
        ("Du bist so ein dummer Vollidiot.", "Vollidiot"),
        ("These people are filthy animals.", "filthy"),
    ],
)
def test_an_insult_scores_high_and_its_words_are_marked(detector, text, word):
    found = detector.detect(frame(text))
    assert found.scores.loc[0, "toxicity"] > 0.5
    assert any(word in span for span in marked(found, text))
    strongest = found.evidence.loc[found.evidence["weight"].idxmax()]
    assert word in text[strongest.start : strongest.end]
    assert (strongest.kind, strongest.category, strongest.rule) == ("exact", "", "toxicity:linear-v2")
    assert "toxic" in strongest.reason


@pytest.mark.parametrize(
    "text",
    [
        "I am a proud Jewish woman",
        "My neighbours are Muslim and they brought us cake.",
        "As a gay man I have lived here for thirty years.",
        "Our new doctor is black and she is wonderful.",
        "Ich bin Jude und wohne gern in dieser Stadt.",
        "The minister's plan is a disaster and should be withdrawn.",
        "Thank you, Mr Lavrov",
        "Thank you for the link, I will read it tonight.",
    ],
)
def test_harmless_comments_score_low_and_have_no_evidence(detector, text):
    found = detector.detect(frame(text))
    assert found.scores.loc[0, "toxicity"] < FLOOR
    assert found.evidence.empty


GROUPS = ("Jews", "Muslims", "Christians", "Arabs", "women", "gays", "immigrants", "Germans", "Turks")


def test_a_group_named_is_no_reason(detector):
    texts = [f"Many {group} live in our town." for group in GROUPS]
    scores = detector.detect(frame(*texts)).scores["toxicity"]
    assert (scores == scores[0]).all() and scores[0] < FLOOR


def test_the_same_is_said_of_every_group_alike(detector):
    scores = detector.detect(frame(*(f"{group} are vermin" for group in GROUPS))).scores["toxicity"]
    assert (scores == scores[0]).all() and scores[0] > 0.5


def test_probes_are_ranked_better_than_words_alone_would_be(detector):
    probes = pd.read_csv(PROBES, sep="\t", quoting=3)
    scores = detector.detect(frame(*probes["text"])).scores["toxicity"]
    assert auc(probes["label"], scores) > 0.8
    neutral = probes["kind"].eq("neutral identity").to_numpy()
    assert (scores[neutral] >= 0.5).sum() == 0


def test_spans_stay_inside_the_text_and_do_not_overlap(detector):
    text = "🙂 x\u200by You \u202eare an iiiidiot, a moron 💩 and a pathetic LOSER! " * 4
    found = detector.detect(frame("fine", text)).evidence.sort_values("start")
    assert set(found["comment_id"]) == {"c1"}
    assert (found["start"] >= 0).all() and (found["end"] <= len(text)).all()
    assert (found["start"].to_numpy()[1:] >= found["end"].to_numpy()[:-1]).all()
    assert (found["weight"] > 0).sum() <= 5 and (found["weight"] < 0).sum() <= 2


def test_what_speaks_against_it_is_marked_too(detector):
    text = "Please see the talk page for the source. You stupid moron, you fucking idiot"
    found = detector.detect(frame(text)).evidence
    assert (found["weight"] < 0).any()
    assert "harmless" in found.loc[found["weight"].idxmin(), "reason"]


@pytest.mark.parametrize("text", ["", " \n", "?!...", None, "\0", "\U0010ffff"])
def test_a_text_without_words_scores_0(detector, text):
    found = detector.detect(frame(text))
    assert found.scores.loc[0, "toxicity"] == 0
    assert found.evidence.empty


def test_no_comments_give_empty_tables(detector):
    found = detector.detect(frame())
    assert found.scores.columns.tolist() == ["comment_id", "toxicity"]
    assert found.scores.empty and found.evidence.empty


def test_a_comment_scores_the_same_whatever_is_beside_it(detector):
    texts = ["You idiot", "fine " * 60_000, "", "nice day", "what a moron " * 30]
    together = detector.detect(frame(*texts))
    for row, text in enumerate(texts):
        alone = detector.detect(frame(text))
        assert alone.scores.loc[0, "toxicity"] == together.scores.loc[row, "toxicity"]
        spans = together.evidence[together.evidence["comment_id"] == f"c{row}"]
        columns = ["start", "end", "weight"]
        np.testing.assert_array_equal(alone.evidence[columns], spans[columns])


def test_an_insult_deep_in_a_long_text_is_found_where_it_stands(detector):
    calm = "The park by the lake was lovely and the weather was fine. "
    text = calm * 3000 + "You are a filthy idiot and a moron. " * 3 + calm * 3000
    found = detector.detect(frame(text))
    assert found.scores.loc[0, "toxicity"] > 0.5
    strongest = found.evidence.loc[found.evidence["weight"].idxmax()]
    assert strongest.start > PIECE
    assert (
        "idiot" in text[strongest.start : strongest.end] or "moron" in text[strongest.start : strongest.end]
    )


@pytest.mark.parametrize(
    "text", ["a" * 3_000_000, "*" * 1_000_000, "a$" * 500_000, "😀" * 500_000, "1l" * 500_000]
)
def test_odd_texts_are_read(detector, text):
    assert 0 <= detector.detect(frame(text)).scores.loc[0, "toxicity"] <= 1


def test_describes_itself(detector):
    facts = detector.describe()
    assert (facts["kind"], facts["version"]) == ("linear n-grams", "linear-v2")
    assert len(facts["sha256"]) == 64


def test_the_card_has_the_figures_of_the_weights():
    card = (FOLDER / "card.md").read_text(encoding="utf-8")
    measured = json.loads((FOLDER / "calibration.json").read_text(encoding="utf-8"))["dev"]
    for source, row in measured["by_source"].items():
        figures = f"{row['auc']:.3f} | {row['average_precision']:.3f} | {row['f1']:.3f} |"
        assert f"| {source} | {row['comments']:.0f} | {row['positives']:.0f} | {figures}" in card
    assert f"AUC over all {measured['auc']}, calibration error {measured['calibration_error']}" in card
    assert f"and {len((FOLDER / 'lessons.tsv').read_text().splitlines()) - 1} sentences of our own" in card


def test_the_readme_has_the_hashes_of_the_files():
    data = FOLDER.parent.parent
    readme = (data / "DATA.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{16})` \|$", readme, flags=re.MULTILINE)
    assert {f"models/toxicity/{name}" for name in ("weights.npz", "lessons.tsv")} <= {
        path for path, _ in rows
    }
    for path, digits in rows:
        assert hashlib.sha256((data / path).read_bytes()).hexdigest().startswith(digits), path


def test_training_from_a_table_makes_a_model_that_loads(tmp_path):
    pytest.importorskip("sklearn")
    from threads.train.toxicity import train

    for name in ("groups.txt", "lessons.tsv"):
        shutil.copy(FOLDER / name, tmp_path / name)
    said = [
        ("what a nice day", 0),
        ("thank you for this", 0),
        ("you utter blockhead", 1),
        ("blockhead go away", 1),
    ]
    rows = [(f"{text} {i}", label) for i in range(10) for text, label in said]
    table = pd.DataFrame(rows, columns=["text", "label"]).assign(source="ours")
    table["split"] = ["train", "dev"] * 20
    table.loc[table.index % 4 > 1, "split"] = ["dev", "train"] * 10
    table.to_parquet(tmp_path / "labelled.parquet")
    figures = json.loads(train(tmp_path / "labelled.parquet", tmp_path))
    scores = Toxicity(tmp_path).detect(frame("you blockhead", "a nice day")).scores["toxicity"]
    assert scores[0] > 0.5 > scores[1]
    assert figures["auc"] > 0.9
    first = (tmp_path / "weights.npz").read_bytes()
    train(tmp_path / "labelled.parquet", tmp_path)
    assert (tmp_path / "weights.npz").read_bytes() == first
