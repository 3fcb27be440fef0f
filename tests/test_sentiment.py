import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from threads.detectors.sentiment import READ_AT_MOST, Sentiment, sentiment_of
from threads.detectors.vader import vader


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("I love this, it is wonderful!", 0.5, 1),
        ("What a terrible, awful, disgusting idea.", -1, -0.5),
        ("The bus leaves at nine.", 0, 0),
        ("", 0, 0),
        (" \n\t ", 0, 0),
        ("Das ist ein Haus.", 0, 0),
    ],
)
def test_sentiment_of_a_text(text, low, high):
    assert low <= sentiment_of(text) <= high


def test_a_long_text_does_not_run_to_the_end_of_the_scale():
    once = "I like the park. I do not like the noise. The lake is nice. The bus is late. "
    assert sentiment_of(once * 30) == pytest.approx(sentiment_of(once), abs=0.01)


def test_sentences_without_feeling_do_not_drown_the_others():
    assert sentiment_of("I hate this. " + "The bus leaves at nine. " * 20) == sentiment_of("I hate this.")


def test_longer_sentences_count_for_more():
    praise = "The park by the lake behind the old town hall is lovely and wonderful."
    blame = "The park by the lake behind the old town hall is awful and horrible."
    assert sentiment_of(f"{praise} Bad.") > 0 > sentiment_of(f"Nice. {blame}")


def test_what_is_beyond_the_bound_does_not_count():
    text = "The bus leaves at nine. " * (READ_AT_MOST // 24 + 1)
    assert sentiment_of(text + "I love it!" * 1000) == 0


@pytest.mark.parametrize(
    "text", ["a" * 2_000_000, "good " * 100_000, "😀" * 2_000, ".\n" * 100_000, "\0\ud800"]
)
def test_odd_texts_stay_in_range(text):
    assert -1 <= sentiment_of(text) <= 1


def test_detect_keeps_rows_and_gives_no_evidence():
    frame = pd.DataFrame({"comment_id": ["b", "a"], "text": ["I hate it.", None], "parent_text": None})
    found = Sentiment().detect(frame)
    assert found.scores["comment_id"].tolist() == ["b", "a"]
    assert found.scores["sentiment"].dtype == "float32"
    assert found.scores.loc[0, "sentiment"] < 0 == found.scores.loc[1, "sentiment"]
    assert found.evidence.empty
    assert Sentiment().detect(frame.head(0)).scores.columns.tolist() == ["comment_id", "sentiment"]


def test_describes_itself():
    assert Sentiment().describe()["version"].startswith("vaderSentiment 3")


PACKAGE = SentimentIntensityAnalyzer()
SAID = (
    "good GOOD bad, love hate. great!! like?? no No nor or not never isn't without doubt so this least at "
    "very VERY kind of sort just enough but BUT the shit bomb to die for yeah right :) <3 I house Ann ' ... "
    "😀 bad😀 “ok”"
)


@given(st.lists(st.sampled_from(SAID.split()), max_size=10))
def test_the_compound_is_the_package_s_own(said):
    sentence = " ".join(said)
    assert vader().compound(sentence) == PACKAGE.polarity_scores(sentence)["compound"]


def test_a_sentence_without_feeling_counts_nothing():
    assert vader().compound("The bus leaves at nine, not at ten!") == 0
