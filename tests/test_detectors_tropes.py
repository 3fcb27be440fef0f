"""The two trope detectors: findings and mentions, contested categories, the conspiracy rule, evidence."""

import pickle
from pathlib import Path

import pandas as pd
import pytest

from threads.detectors.antisemitism import antisemitism
from threads.detectors.conspiracy import conspiracy, is_plot
from threads.detectors.tropes import noisy_or
from threads.schema import EVIDENCE, FINDING_STANCES, SCORES, conform

shared = Path(__file__).resolve().parents[1].parent / "shared"


def frame(*texts, parents=None):
    ids = [f"c{number}" for number in range(len(texts))]
    return pd.DataFrame({"comment_id": ids, "text": texts, "parent_text": parents or [None] * len(texts)})


def scores(detector, *texts):
    return detector.detect(frame(*texts)).scores


@pytest.mark.parametrize(
    "text",
    [
        "The Jews control the media and you know it.",
        "Th3 J e w s control the m3dia",
        "I'm not antisemitic but the Jews control the media.",
    ],
)
def test_an_asserted_trope_is_a_finding(text):
    assert scores(antisemitism(), text).antisemitism[0] >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "",
        "My Jewish neighbours lit the candles and sang.",
        "Israel's government was wrong to build there, and its critics are right.",
        "He claims that the Jews control the media.",
        "The old lie that the Jews control the media is disgusting.",
        "Zionism is a nationalism like others, and I oppose it.",
        "Chag sameach to all who celebrate!",
        "Thank you, Mr Minister, you are doing the best you can.",
    ],
)
def test_mentions_and_plain_talk_score_nothing(text):
    assert scores(antisemitism(), text).antisemitism[0] == 0
    assert scores(conspiracy(), text).conspiracy[0] == 0


def test_what_speaks_against_a_finding_is_kept_in_words():
    found = antisemitism().detect(frame("He claims that the Jews control the media."))
    mentions = found.evidence[found.evidence.weight > 0]
    against = found.evidence[found.evidence.weight < 0]
    assert set(mentions.stance) == {"report"}
    assert "stance:others-say" in set(against.rule)
    assert "‘He claims’ gives it as somebody else's words" in set(against.reason)


def test_contested_categories_have_a_head_of_their_own():
    contested = "The Zionazi regime again."
    both = f"{contested} The Jews control the media."
    table = scores(antisemitism(), contested, both)
    assert table.antisemitism[0] == 0
    assert table.antisemitism_contested[0] > 0
    assert table.antisemitism[1] >= 0.5
    assert table.antisemitism_contested[1] > 0


PLOT = "A shadow government of bankers secretly runs the country, and they hide it from us."
CRITICISM = [
    "The government is incompetent and the minister should resign.",
    "NATO expanded too far and the foreign minister knows it.",
    "The company lied about its emissions and paid a fine.",
    "Oligarchs have too much money.",
]


def test_agent_deed_and_secrecy_make_a_conspiracy():
    table = scores(conspiracy(), PLOT)
    assert table.conspiracy[0] >= 0.5
    assert table.suspicion[0] == table.conspiracy[0]
    assert scores(antisemitism(), PLOT).antisemitism[0] == 0


@pytest.mark.parametrize("text", CRITICISM)
def test_criticism_is_no_conspiracy(text):
    assert scores(conspiracy(), text).conspiracy[0] == 0


def test_one_element_alone_is_suspicion():
    table = scores(conspiracy(), "It is no coincidence that this happened.", "The cabal met on Tuesday.")
    assert (table.conspiracy == 0).all()
    assert (table.suspicion > 0).any()


def test_agent_and_deed_must_stand_close_together():
    agent, deed = "The cabal met.", "It was a psyop."
    filler = "We had soup. Then it rained. The train was late."
    for text, expected in [(f"{agent} {deed}", True), (f"{agent} {filler} {deed}", False)]:
        words, judged = conspiracy().judge(text)
        assert is_plot([item for item in judged if item.is_finding], words) is expected


@pytest.mark.parametrize("detector", [antisemitism(), conspiracy()], ids=lambda d: d.name)
def test_findings_fit_the_tables_and_every_span_lies_in_its_text(detector):
    texts = [
        "",
        PLOT,
        "𝕁𝕖𝕨𝕤 control the media 🙂 (((them)))",
        "> The Jews control the media\nNonsense!",
        *CRITICISM,
    ]
    comments = frame(*texts)
    found = detector.detect(comments)
    assert list(conform(found.scores, SCORES).columns) == ["comment_id", *detector.heads]
    evidence = conform(found.evidence, EVIDENCE)
    length = evidence.comment_id.map(comments.set_index("comment_id").text.str.len())
    assert ((evidence.start >= 0) & (evidence.start < evidence.end) & (evidence.end <= length)).all()
    assert evidence.weight.between(-1, 1).all()
    assert evidence.reason.str.len().gt(0).all()
    assert set(evidence.detector) <= {detector.name}


@pytest.mark.parametrize("detector", [antisemitism(), conspiracy()], ids=lambda d: d.name)
def test_a_comment_scores_the_same_whatever_is_beside_it(detector):
    texts = [PLOT, "The Jews control the media.", "Hello there."]
    together = detector.detect(frame(*texts)).scores.drop(columns="comment_id")
    alone = [detector.detect(frame(text)).scores.drop(columns="comment_id") for text in texts]
    assert together.equals(pd.concat(alone, ignore_index=True))
    empty = detector.detect(frame())
    assert (len(empty.scores), len(empty.evidence)) == (0, 0)
    assert conform(empty.evidence, EVIDENCE).columns.tolist() == EVIDENCE.names


def test_the_parent_is_read():
    parent = "Well then. The Jews control the whole media of this land."
    reply = "The Jews control the whole media of this land.\nWhere did you get that from?"
    table = antisemitism().detect(frame(reply, reply, parents=[None, parent])).scores
    assert table.antisemitism[0] >= 0.5
    assert table.antisemitism[1] == 0


def test_a_description_is_plain_json():
    described = antisemitism().describe()
    assert described["entries"] == len(antisemitism().lexicon.entries)
    assert len(described["lexicon_sha256"]) == len(described["stance_sha256"]) == 64


@pytest.mark.parametrize("detector", [antisemitism(), conspiracy()], ids=lambda d: d.name)
def test_a_detector_can_be_sent_to_another_process(detector):
    texts = [PLOT, "The Jews control the media.", "Who built the (((bank)))?", "Hello there."]
    expected = detector.detect(frame(*texts))
    sent = pickle.loads(pickle.dumps(detector))  # noqa: S301
    assert sent.describe() == detector.describe()
    assert sent.detect(frame(*texts)).scores.equals(expected.scores)
    assert sent.detect(frame(*texts)).evidence.equals(expected.evidence)


def test_they_are_whoever_the_sentence_before_named():
    deed = "They buried the results of the tests, and no paper will print it."
    assert scores(conspiracy(), f"The water company lied. {deed}").conspiracy[0] > 0
    assert scores(conspiracy(), f"The water was brown. {deed}").conspiracy[0] == 0
    once = "The water company lied. They buried the results of the tests."
    assert scores(conspiracy(), once).conspiracy[0] == 0


@pytest.mark.parametrize(
    "label",
    [
        "#chemtrails",
        "#NWO #FalseFlag",
        "Inside job.",
        "The game has a false flag mission.",
        "#GreatReplacement",
    ],
)
def test_the_bare_name_of_a_theory_flags_nothing(label):
    assert scores(conspiracy(), label).conspiracy[0] == 0


@pytest.mark.parametrize(
    "text", ["It was a false flag.", "It was an inside job.", "Chemtrails are sprayed over our heads."]
)
def test_a_theory_asserted_by_its_name_is_flagged(text):
    assert scores(conspiracy(), text).conspiracy[0] >= 0.5


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        (
            "That is a disgusting antisemitic lie, Ron. The claim that Jews are behind every bad bill is as "
            "old as it is stupid.",
            {"condemn"},
        ),
        ("It is antisemitic to say that Jews control the media.", {"condemn"}),
        ("Nobody should believe that Jews caused the plague.", {"condemn"}),
    ],
)
def test_counter_speech_is_kept_as_such(text, stances):
    found = antisemitism().detect(frame(text))
    assert found.scores.antisemitism[0] == 0
    assert set(found.evidence[found.evidence.weight > 0].stance) == stances


def test_noisy_or():
    assert noisy_or([]) == 0
    assert noisy_or([0.5, 0.5]) == 0.75


SEEDS = [
    ("typically jewish", {"A4"}),
    ("Khazarian", {"A7", "A16"}),
    ("Jewish power blocks", {"A3"}),
]


def test_the_shared_page_has_the_findings_that_a_reader_finds():
    pages = list(shared.glob("seeds/004_*.txt"))
    if not pages:
        pytest.skip("the shared sample page is not here")
    comments = pages[0].read_text().partition("A little late for that")[2].split("\n\n\n")
    blocks = [block for comment in comments for block in comment.split("\n\nBrad Isherwood\n\n")]
    found = antisemitism().detect(frame(*blocks))
    flagged = {i for i, score in enumerate(found.scores.antisemitism) if score >= 0.5}
    wanted = {
        i: categories for i, block in enumerate(blocks) for words, categories in SEEDS if words in block
    }
    assert flagged == set(wanted)
    rows = found.evidence[found.evidence.stance.isin(FINDING_STANCES) & (found.evidence.weight > 0)]
    for number, categories in wanted.items():
        assert categories & set(rows[rows.comment_id == f"c{number}"].category)
    plots = conspiracy().detect(frame(*blocks)).scores.conspiracy
    assert {i for i, score in enumerate(plots) if score >= 0.5} == {
        i for i, block in enumerate(blocks) if "There is shadow government" in block
    }
