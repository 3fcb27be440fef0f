"""The embedded encoder: shapes, purity, windows, what it must tell apart, and which words it says it was."""

import builtins
import json
from random import Random

import numpy as np
import pytest

from threads.detectors.encoder import FOLDER, HEADS, READ_AT_MOST, Encoder
from threads.detectors.occlusion import HIDDEN, PARTS, marks, occlude, strongest
from threads.errors import ModelError
from threads.schema import EVIDENCE

ANTISEMITISM = HEADS.index("antisemitism")
CALM = "We walked along the river and the children fed the ducks until it rained. "
PLOT = (
    "A handful of bankers secretly planned the whole collapse, they own every newspaper and they hide the"
    " proof so that nobody finds out who is really in control."
)
DRAW = Random(1)  # noqa: S311  # no secret hangs on it
TEXTS = ["Short.", CALM, PLOT, "you are a worthless idiot", CALM * 3]


@pytest.fixture(scope="module")
def encoder():
    pytest.importorskip("onnxruntime")
    pytest.importorskip("tokenizers")
    return Encoder()


def test_a_row_a_text_and_a_column_a_head(encoder):
    chances = encoder.probabilities(TEXTS)
    assert chances.shape == (len(TEXTS), len(HEADS)) and chances.dtype == np.float32
    assert ((chances > 0) & (chances < 1)).all()
    assert encoder.probabilities([]).shape == (0, len(HEADS))


@pytest.mark.parametrize("text", ["", "  \n\t", "!!! ... ?", "\u200b"])
def test_a_text_without_a_word_scores_nothing(encoder, text):
    assert encoder.probabilities([text, CALM])[0].tolist() == [0] * len(HEADS)


def test_a_score_does_not_depend_on_what_stands_beside_it(encoder):
    together = encoder.probabilities(TEXTS)
    alone = np.concatenate([encoder.probabilities([text]) for text in TEXTS])
    backwards = encoder.probabilities(TEXTS[::-1])[::-1]
    assert np.abs(together - alone).max() < 1e-3
    assert np.abs(together - backwards).max() < 1e-3


def test_a_plot_in_the_midst_of_a_long_text_is_found_and_placed(encoder):
    text = CALM * 12 + PLOT + " " + CALM * 12
    column = HEADS.index("conspiracy")
    long, calm = encoder.read([text, CALM * 25])
    assert long.log_odds[column] > calm.log_odds[column] + 1
    begin, end = long.places[column]
    assert "bankers" in text[begin:end] or "in control" in text[begin:end]
    assert end - begin < len(text) / 3


def test_what_lies_beyond_the_limit_does_not_count(encoder):
    padding = " " * READ_AT_MOST
    assert encoder.probabilities([CALM + padding + PLOT]).tolist() == encoder.probabilities([CALM]).tolist()


@pytest.mark.parametrize(
    ("head", "worse", "better"),
    [
        (
            "toxicity",
            "you are a worthless idiot, everybody hates you",
            "you are a patient teacher and everybody thanks you",
        ),
        (
            "toxicity",
            "Get out of our country, you filthy animals.",
            "They got out of the country with their animals.",
        ),
        (
            "antisemitism",
            "The Jews pull the strings of every bank and every government.",
            "Jewish neighbours brought soup when my mother was ill.",
        ),
        (
            "antisemitism",
            "Jews are greedy liars, they always were.",
            "It is a shameful lie that Jews are greedy, and I told him so.",
        ),
        (
            "antisemitism",
            "Jews are greedy liars, they always were.",
            "Mexicans are greedy liars, they always were.",
        ),
        (
            "antisemitism",
            "Those Zionist vermin control our media and our money.",
            "The Israeli parliament passed its budget after a long debate.",
        ),
        ("conspiracy", PLOT, "The bank collapsed because its risk office was badly run, the report says."),
        (
            "conspiracy",
            "They staged the landing in a studio and silence everyone who knows.",
            "The landing was filmed with a camera on the ladder.",
        ),
        (
            "opposes",
            "He said that Jews control the media, which is a vile lie, and I told him so.",
            "Jews control the media, and you know it.",
        ),
        (
            "opposes",
            "The pamphlet claimed that the bankers had planned the crash in secret, without any proof.",
            "The bankers planned the crash in secret and you will never see the proof.",
        ),
    ],
)
def test_the_act_counts_and_not_the_name(encoder, head, worse, better):
    scores = encoder.probabilities([worse, better])[:, HEADS.index(head)]
    assert scores[0] > scores[1] + 0.1


@pytest.mark.parametrize(
    "kind",
    [
        "Shabbat shalom to everyone who helped in the kitchen today!",
        "My Jewish grandmother taught the whole street to bake.",
        "The museum shows the history of the Jewish quarter until 1938.",
        "Mazel tov to the two of you, what a wedding!",
    ],
)
def test_a_kind_mention_is_no_finding(encoder, kind):
    assert encoder.probabilities([kind])[0, ANTISEMITISM] < 0.5


def test_hidden_words_lie_in_the_text_and_the_worst_is_marked(encoder):
    text = f"{CALM}But you are a worthless idiot. {CALM}"
    parts = occlude(encoder, text, "toxicity")
    assert 1 < len(parts) <= PARTS
    assert all(0 <= part.start < part.end <= len(text) for part in parts)
    assert [part.start for part in parts] == sorted(part.start for part in parts)
    heaviest = max(parts, key=lambda part: part.weight)
    assert (
        "idiot" in text[heaviest.start : heaviest.end] or "worthless" in text[heaviest.start : heaviest.end]
    )
    assert heaviest in strongest(parts)


def test_few_readings_find_the_words_that_all_readings_find(encoder, monkeypatch):
    read = []
    once = Encoder._read
    monkeypatch.setattr(Encoder, "_read", lambda self, text: read.append(text) or once(self, text))
    text = f"{CALM}But you are a worthless idiot. {CALM}"
    parts = occlude(encoder, text, "toxicity")
    assert len(read) <= 16 < PARTS
    whole = once(encoder, text).log_odds[HEADS.index("toxicity")]
    for part in parts:
        hidden = f"{text[: part.start]} {HIDDEN} {text[part.end :]}"
        left = once(encoder, hidden).log_odds[HEADS.index("toxicity")]
        assert part.weight == pytest.approx(whole - left, abs=1e-4)


def test_a_short_text_is_taken_apart_at_once(encoder):
    text = "you are a worthless idiot, friend"
    words = [text[part.start : part.end] for part in occlude(encoder, text, "toxicity")]
    assert words == ["you", "are", "a", "worthless", "idiot", "friend"]


def test_marks_are_evidence(encoder):
    found = marks(encoder, ["a", "b"], ["you are a worthless idiot", ""], "toxicity")
    assert list(found.columns) == EVIDENCE.names
    assert set(found["comment_id"]) == {"a"} and set(found["kind"]) == {"approximate"}
    assert (found["weight"] > 0).all()


def test_weights_are_those_of_the_notes(encoder, tmp_path):
    assert encoder.describe()["sha256"] == json.loads((FOLDER / "calibration.json").read_text())["sha256"]
    for name in ("calibration.json", "tokenizer.json"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    with pytest.raises(ModelError, match="cannot be read"):
        Encoder(tmp_path).probabilities(["a word"])
    (tmp_path / "weights.onnx").write_bytes(b"something else")
    with pytest.raises(ModelError, match="are not those of"):
        Encoder(tmp_path).probabilities(["a word"])


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_a_missing_package_says_which_line_to_run(monkeypatch, package):
    real = builtins.__import__

    def absent(name, *rest, **more):
        if name.partition(".")[0] == package:
            raise ModuleNotFoundError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(ModelError, match=f"pip install {package}"):
        Encoder().probabilities(["a word"])


def test_swaps_change_the_name_and_nothing_else():
    pytest.importorskip("sklearn")
    from threads.train.encoder.words import MASK, as_jewish, as_other, masked

    said = as_other("The jew and the rabbi run this school.", DRAW)
    assert said is not None and said.startswith("The ") and said.endswith(" school.") and "jew" not in said
    assert as_other("The oven jokes about a jew are vile.", DRAW) is None
    assert as_jewish("muslims are all liars") == "jews are all liars"
    assert as_jewish("muslims and their mosques") is None
    assert as_jewish("The weather is fine.") is None
    assert masked("Jews and gays met.") == f"{MASK} and {MASK} met."
