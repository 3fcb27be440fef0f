import socket

import numpy as np
import pandas as pd
import pytest
import torch
from transformers import BertConfig, BertForSequenceClassification

from threads.detectors.detoxify_heads import load
from threads.errors import ModelError

VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "you",
    "are",
    "an",
    "idiot",
    "have",
    "a",
    "nice",
    "day",
]
CLASSES = ["toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate"]


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    """A network too small to know anything, in the layout of a Detoxify checkpoint."""
    return write_checkpoint(tmp_path_factory.mktemp("detoxify") / "tiny.ckpt", {"classes": CLASSES}, 6)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def write_checkpoint(path, dataset, outputs, kind="BertForSequenceClassification"):
    config = BertConfig(
        vocab_size=len(VOCABULARY), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, max_position_embeddings=32, num_labels=outputs,
    )  # fmt: skip
    torch.manual_seed(3)
    network = BertForSequenceClassification(config).eval()
    states = teach(network)
    arch = {"num_classes": outputs, "model_type": "bert-base-uncased", "model_name": kind}
    torch.save({"config": {"arch": {"args": arch}, "dataset": {"args": dataset}}, "state_dict": states}, path)
    config.save_pretrained(path.parent)
    (path.parent / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n")
    return path


def teach(network):
    """Weights under which "idiot idiot idiot" scores high and "have a nice day" low, for every head."""
    with torch.no_grad():
        bad, good = (
            network.bert(
                torch.tensor([[2, *(VOCABULARY.index(word) for word in text.split()), 3]])
            ).pooler_output
            for text in ("idiot " * 12, "have a nice day " * 3)
        )
    states, way = network.state_dict(), bad - good
    states["classifier.weight"][:] = 6 * way / way.norm() ** 2
    states["classifier.bias"][:] = -3 * ((bad + good) @ way.T / way.norm() ** 2).squeeze()
    return states


def frame(*texts):
    ids = [f"c{number}" for number in range(len(texts))]
    return pd.DataFrame({"comment_id": ids, "text": list(texts), "parent_text": None})


def test_heads_have_our_names(checkpoint):
    found = load("detoxify:original", checkpoint).detect(frame("you are an idiot"))
    assert list(found.scores.columns) == [
        "comment_id", "toxicity", "toxicity_severe", "toxicity_obscene", "toxicity_threat", "toxicity_insult",
        "toxicity_identity_attack",
    ]  # fmt: skip
    assert found.scores.iloc[:, 1:].to_numpy().min() > 0


def test_identity_heads_of_the_unbiased_model(tmp_path):
    dataset = {"classes": ["toxicity", "sexual_explicit"], "identity_classes": ["jewish", "muslim"]}
    detector = load("detoxify:unbiased", write_checkpoint(tmp_path / "u.ckpt", dataset, 4))
    assert detector.heads == ("toxicity", "toxicity_sexual_explicit", "identity_jewish", "identity_muslim")


def test_one_text_or_many_score_the_same_in_the_order_given(checkpoint):
    detector = load("detoxify:original", checkpoint)
    texts = ["have a nice day you nice idiot", "idiot", "", "you are an idiot", "a nice day", "day"]
    together = detector.detect(frame(*texts)).scores
    alone = pd.concat([detector.detect(frame(text)).scores for text in texts])
    heads = list(detector.heads)
    np.testing.assert_allclose(together[heads], alone[heads], atol=1e-5)
    assert together["toxicity"].nunique() > 3
    assert (together.loc[2, heads] == 0).all()


def test_no_comments_give_empty_tables(checkpoint):
    found = load("detoxify:original", checkpoint).detect(frame())
    assert found.scores.empty and found.evidence.empty
    assert "toxicity_threat" in found.scores.columns


def test_a_long_text_scores_as_its_highest_part(checkpoint):
    detector = load("detoxify:original", checkpoint)
    text = "have a nice day " * 20 + "idiot " * 40 + "have a nice day " * 20
    found = detector.detect(frame("day", text))
    row = found.evidence.iloc[0]
    part = detector.detect(frame(text[row.start : row.end])).scores
    assert found.evidence["comment_id"].tolist() == ["c1"]
    assert text[row.start : row.end] == ("idiot " * 30).strip()
    assert found.scores.loc[1, "toxicity"] == pytest.approx(part.loc[0, "toxicity"], abs=1e-5)
    assert found.scores.loc[1, "toxicity"] > 0.8
    assert (row.kind, row.reason) == ("approximate", "part 5 of 9 of a long text")


def test_a_calm_long_text_has_no_evidence(checkpoint):
    found = load("detoxify:original", checkpoint).detect(frame("have a nice day " * 40))
    assert found.scores.loc[0, "toxicity"] < 0.3
    assert found.evidence.empty


def test_describes_itself(checkpoint):
    facts = load("detoxify:original", checkpoint).describe()
    assert facts["version"] == "detoxify:original"
    assert len(facts["sha256"]) == 64


@pytest.mark.parametrize("spec", ["detoxify:huge", "original", "built-in"])
def test_an_unknown_model_is_named(spec):
    with pytest.raises(ModelError, match="No toxicity model is called"):
        load(spec)


def test_a_missing_checkpoint_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    with pytest.raises(ModelError, match="--checkpoint"):
        load("detoxify:original")
    with pytest.raises(ModelError, match="is not at"):
        load("detoxify:original", tmp_path / "none.ckpt")


def test_a_missing_tokenizer_says_what_to_do(tmp_path, monkeypatch):
    path = write_checkpoint(tmp_path / "tiny.ckpt", {"classes": CLASSES}, 6)
    for name in ("config.json", "vocab.txt"):
        (tmp_path / name).unlink()
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    with pytest.raises(ModelError, match=r"configuration and tokenizer of bert-base-uncased"):
        _ = load("detoxify:original", path).heads


class Trap:
    def __reduce__(self):
        return print, ("code of the checkpoint was run",)


def test_a_checkpoint_is_not_unpickled(tmp_path, capsys):
    torch.save({"config": Trap(), "state_dict": {}}, tmp_path / "trap.ckpt")
    with pytest.raises(ModelError, match="plain arrays"):
        _ = load("detoxify:original", tmp_path / "trap.ckpt").heads
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("content", "says"),
    [([1, 2], "holds a list"), ({"state_dict": {}}, "lacks 'config'")],
)
def test_what_is_no_checkpoint_is_refused(tmp_path, content, says):
    torch.save(content, tmp_path / "other.ckpt")
    with pytest.raises(ModelError, match=says):
        _ = load("detoxify:original", tmp_path / "other.ckpt").heads


def test_a_checkpoint_may_not_name_any_class(tmp_path):
    path = write_checkpoint(tmp_path / "odd.ckpt", {"classes": CLASSES}, 6, kind="Trainer")
    with pytest.raises(ModelError, match="none of Detoxify's"):
        _ = load("detoxify:original", path).heads


def test_arrays_of_another_model_are_refused(tmp_path):
    path = write_checkpoint(tmp_path / "tiny.ckpt", {"classes": CLASSES}, 6)
    content = torch.load(path, weights_only=True)
    del content["state_dict"]["bert.pooler.dense.weight"]
    torch.save(content, path)
    with pytest.raises(ModelError, match="does not fit"):
        _ = load("detoxify:original", path).heads
