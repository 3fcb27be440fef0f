import json
import shutil

import numpy as np
import pytest

from threads.detectors.linear import DAMPING, LinearModel, load_linear
from threads.detectors.ngrams import BITS, LONGEST_WORD, distinct, grams, read_words
from threads.detectors.toxicity import FOLDER
from threads.errors import ModelError

GROUPS = ("green", "greens")


@pytest.fixture(scope="module")
def model():
    """Weights drawn by lot: what is tested here holds for any."""
    weights = np.random.default_rng(5).normal(size=2**BITS).astype(np.float32)
    return LinearModel("test", weights, -1.5, GROUPS, "")


def cut(text, groups=()):
    words = read_words([text], groups)
    return [text[start:end] for start, end in zip(words.start, words.end, strict=True)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You are, well, wrong!", ["You", "are", "well", "wrong"]),
        ("it's an a$$hole, f*ck, b!tch", ["it's", "an", "a$$hole", "f*ck", "b!tch"]),
        ("$5 for @anna *wow* !no", ["5", "for", "anna", "wow", "no"]),
        ("ni\u200bce x\u00adtra", ["ni\u200bce", "x\u00adtra"]),
        ("Hi🙂🙂 you", ["Hi", "🙂", "🙂", "you"]),
        ("Schöne Grüße", ["Schöne", "Grüße"]),
        ("שלום عليكم", ["שלום", "عليكم"]),
        ("a\0b\ud800c", ["a", "b", "c"]),
        ("\U000fffffab", ["ab"]),
        ("", []),
        ("?! ...", []),
    ],
)
def test_words_keep_their_place(text, words):
    assert cut(text) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("IDIOT", "idiot"),
        ("id1ot", "idiot"),
        ("l0s3r", "loser"),
        ("idioooooot", "idioot"),
        ("id\u200biot", "idiot"),
        ("𝕚𝕕𝕚𝕠𝕥", "idiot"),
        ("ｉｄｉｏｔ", "idiot"),
        ("don’t", "don't"),
        ("x" * LONGEST_WORD + "abc", "x" * 2 + "abc"),
    ],
)
def test_disguises_read_as_the_plain_word(one, other):
    assert read_words([one]).key.tolist() == read_words([other]).key.tolist()


@pytest.mark.parametrize(
    ("one", "other"), [("covid19", "covidig"), ("2019", "zoig"), ("idiot", "idiom"), ("ab", "ba")]
)
def test_other_words_stay_apart(one, other):
    assert read_words([one]).key.tolist() != read_words([other]).key.tolist()


def test_texts_do_not_touch_each_other():
    words = read_words(["aa", "a b", "", "c"])
    assert words.text.tolist() == [0, 1, 1, 3]
    assert words.start.tolist() == [0, 0, 2, 0]
    pairs = [gram for gram in grams(words) if (gram.first != gram.last).any()]
    assert [(gram.first.tolist(), gram.last.tolist()) for gram in pairs] == [([1], [2])]


def test_a_word_that_names_a_group_counts_only_beside_others():
    words = read_words(["Greens x"], GROUPS)
    assert words.group.tolist() == [True, False]
    owners = {(int(a), int(b)) for gram in grams(words) for a, b in zip(gram.first, gram.last, strict=True)}
    assert owners == {(0, 1), (1, 1)}


def test_one_group_is_like_another(model):
    assert model.log_odds(["the green man"]) == model.log_odds(["the greens man"])
    assert model.log_odds(["the green man"]) != model.log_odds(["the red man"])


def test_the_log_odds_are_the_damped_sums_of_weights(model):
    words = read_words(["so be it"])
    by_family = {"words": [], "letters": []}
    for gram in grams(words):
        by_family[gram.family] += model.weights[gram.bucket].tolist()
    expected = model.bias + sum(sum(found) / np.sqrt(len(found) + DAMPING) for found in by_family.values())
    assert model.log_odds(["so be it"])[0] == pytest.approx(expected, rel=1e-5)
    assert len(by_family["words"]) == 3 + 2 + 1


@pytest.mark.parametrize(
    "text", ["one", "so be it", "the green man sees green trees", " ".join(f"w{i}" for i in range(64))]
)
def test_the_weights_of_the_words_add_up_to_the_score(model, text):
    passage = model.explain([text])[0]
    assert model.bias + passage.weights.sum() == pytest.approx(model.log_odds([text])[0], rel=1e-5)


def test_no_window_is_shorter_than_the_text_allows(model):
    for n_words in (33, 40, 63, 65, 100):
        weights = model.explain([" ".join(f"w{number}" for number in range(n_words))])[0].weights
        assert len(weights) >= min(n_words, 33)


def test_group_words_weigh_nothing(model):
    passage = model.explain(["the green man and the green greens"])[0]
    assert (passage.weights == 0).tolist() == [False, True, False, False, False, True, True]


def test_a_text_scores_the_same_in_any_batch(model):
    texts = ["so be it", "", "the green man", "x " * 500, "it is", "!?"]
    together = model.log_odds(texts)
    assert together.tolist() == [model.log_odds([text])[0] for text in texts]
    assert np.isneginf(together[[1, 5]]).all()
    alone = [model.explain([text])[0].weights.tolist() for text in texts]
    assert [passage.weights.tolist() for passage in model.explain(texts)] == alone


def test_no_texts(model):
    assert model.log_odds([]).tolist() == []
    assert model.explain([]) == []


def test_a_long_text_scores_as_its_highest_window(model):
    filler, insult = "calm words here " * 200, "so be it " * 30
    text = filler + insult + filler
    assert model.log_odds([text])[0] >= model.log_odds([filler])[0]
    passage = model.explain([text])[0]
    assert len(passage.weights) == 64
    window = text[passage.start[0] : passage.end[-1]]
    # Two n-grams reach over the window's edges.
    assert model.log_odds([window])[0] == pytest.approx(model.log_odds([text])[0], abs=0.5)


@pytest.mark.parametrize("name", ["weights.npz", "calibration.json", "groups.txt"])
def test_a_missing_file_is_named(tmp_path, name):
    shutil.copytree(FOLDER, tmp_path / "model")
    (tmp_path / "model" / name).unlink()
    with pytest.raises(ModelError, match=name):
        load_linear(tmp_path / "model")


def test_weights_that_are_not_the_ones_calibrated_are_refused(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "model")
    np.savez_compressed(tmp_path / "model" / "weights.npz", weights=np.zeros(2**BITS, dtype=np.float16))
    with pytest.raises(ModelError, match="are not those"):
        load_linear(tmp_path / "model")


def test_damaged_weights_are_refused(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "model")
    (tmp_path / "model" / "weights.npz").write_bytes(b"PK\3\4 cut off")
    with pytest.raises(ModelError, match="cannot be read"):
        load_linear(tmp_path / "model")


def test_a_calibration_without_its_numbers_is_refused(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "model")
    facts = json.loads((FOLDER / "calibration.json").read_text())
    del facts["slope"]
    (tmp_path / "model" / "calibration.json").write_text(json.dumps(facts))
    with pytest.raises(ModelError, match="slope"):
        load_linear(tmp_path / "model")


def test_words_that_are_the_same_are_kept_once():
    words = read_words(["one two", "Two one", "three"])
    once, row = distinct(words)
    assert len(once) == 3
    assert once.key[row].tolist() == words.key.tolist()
    assert np.bincount(once.owner).tolist() == [3, 3, 5]
