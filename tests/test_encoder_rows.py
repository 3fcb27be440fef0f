"""Rows of the encoder's training: what our own sentences teach each head, and what is never read."""

from random import Random

import pandas as pd
import pytest

pytest.importorskip("sklearn")

from threads.detectors.encoder import HEADS
from threads.train.encoder.pairs import CASES, KEPT_OUT, PASSES, add_written, open_cases, pairs
from threads.train.encoder.rows import on_topic
from threads.train.encoder.table import Rows
from threads.train.encoder.words import LEFT, MASK, TOPICS, as_other, later, masked

COLUMNS = ["group", "category", "act", "label", "topic", "text"]
OWN = [
    ("a", "A3", "endorse", 1, "media", "Jews own every paper in this town."),
    ("a", "A3", "condemn", 0, "media", "He said Jews own every paper, and I left the room."),
    ("a", "A3", "other_target", 0, "media", "Mormons own every paper in this town."),
    ("a", "A0", "plain", 0, "media", "The paper came late today."),
    ("b", "staged", "endorse", 1, "moon landing", "They filmed the landing in a shed."),
    ("b", "staged", "deny", 0, "moon landing", "Nobody filmed the landing in a shed."),
    ("c", "threat", "endorse", 1, "women", "Women like you need a slap."),
    ("c", "threat", "endorse", 1, "Jews", "Jews like you need a slap."),
    ("c", "kind", "plain", 0, "holiday", "Happy Hanukkah, neighbours!"),
    ("c", "exclusion", "endorse", 1, "Muslims", "Muslims should never have been let in."),
]
HEAD_OF = {"a": "antisemitism", "b": "conspiracy", "c": "toxicity"}


def cells(rows, text):
    """The label of each head that a text has one of."""
    place = rows.texts.index(text)
    labels, weights = rows.arrays()
    return {head: labels[place, at] for at, head in enumerate(HEADS) if weights[place, at]}


@pytest.fixture
def own(tmp_path):
    table = pd.DataFrame(OWN, columns=COLUMNS)
    for head, part in table.groupby(table["group"].map(HEAD_OF)):
        part.to_csv(tmp_path / f"{head}.tsv", sep="\t", index=False, quoting=3)
    return pairs(tmp_path).assign(kept_out=False)


@pytest.fixture
def rows(own):
    rows = Rows()
    add_written(rows, own, "pairs", Random(1), swap=False)  # noqa: S311  # no secret hangs on it
    return rows


def test_every_sentence_stands_there_as_often_as_told(rows):
    assert len(rows.texts) == len(OWN) * PASSES["pairs"]


@pytest.mark.parametrize(
    ("row", "taught"),
    [
        (0, {"antisemitism": 1, "toxicity": 1, "opposes": 0}),
        (1, {"antisemitism": 0, "toxicity": 0, "conspiracy": 0, "opposes": 1}),
        (2, {"antisemitism": 0, "opposes": 0}),
        (3, {"antisemitism": 0, "toxicity": 0, "conspiracy": 0}),
        (4, {"conspiracy": 1, "antisemitism": 0, "opposes": 0}),
        (5, {"conspiracy": 0, "antisemitism": 0, "toxicity": 0, "opposes": 1}),
        (6, {"toxicity": 1, "antisemitism": 0, "conspiracy": 0, "opposes": 0}),
        (7, {"toxicity": 1, "antisemitism": 1, "conspiracy": 0, "opposes": 0}),
        (8, {"toxicity": 0, "antisemitism": 0, "conspiracy": 0}),
    ],
)
def test_an_act_teaches_each_head_what_follows_from_it(rows, row, taught):
    assert cells(rows, OWN[row][-1]) == taught


def test_a_claim_is_swapped_where_nothing_ties_it_to_jews(own):
    rows = Rows()
    add_written(rows, own, "pairs", Random(1), swap=True)  # noqa: S311  # no secret hangs on it
    said = [text for text in rows.texts if text.endswith("own every paper in this town.")]
    assert len(said) == 2 * PASSES["pairs"] + 1
    assert cells(rows, said[PASSES["pairs"]])["antisemitism"] == 0


def test_hatred_of_others_is_added_once_more_said_of_jews(own):
    rows = Rows()
    add_written(rows, own, "pairs", Random(1), swap=True)  # noqa: S311  # no secret hangs on it
    said = cells(rows, "Jews should never have been let in.")
    assert said == {"toxicity": 1, "antisemitism": 1, "conspiracy": 0, "opposes": 0}


def test_families_kept_out_are_whole_and_are_not_trained_on(tmp_path):
    table = pd.DataFrame(
        [(f"f{n // 3}", *OWN[n % 3][1:-1], f"text {n}") for n in range(300)], columns=COLUMNS
    )
    table.to_csv(tmp_path / "some.tsv", sep="\t", index=False, quoting=3)
    found, rows = pairs(tmp_path), Rows()
    assert all(len(set(family)) == 1 for _, family in found.groupby("group")["kept_out"])
    assert 0.3 / KEPT_OUT < found["kept_out"].mean() < 3 / KEPT_OUT
    add_written(rows, found, "pairs", Random(1), swap=False)  # noqa: S311  # no secret hangs on it
    assert not set(rows.texts) & set(found.loc[found["kept_out"], "text"])


def test_without_pairs_there_are_none(tmp_path):
    rows = Rows()
    add_written(rows, pairs(tmp_path), "pairs", Random(1), swap=True)  # noqa: S311  # no secret hangs on it
    assert not rows.texts


def test_cases_held_back_are_never_read():
    tables = [pd.read_csv(path, sep="\t", quoting=3, dtype=str) for path in sorted(CASES.glob("*.tsv"))]
    held = {text for table in tables for text in table.loc[table["part"] == "held", "text"]}
    found = open_cases()
    assert held and not held & set(found["text"])
    assert {"antisemitism", "conspiracy"} == set(found["head"])


def test_topics_are_kept_out_whole(own):
    assert on_topic(own, "moon|bank").tolist() == [row[4] == "moon landing" for row in OWN]
    assert not on_topic(own, "").any()


def test_names_that_tie_a_text_to_jews_stay_and_plain_names_are_swapped():
    draw = Random(1)  # noqa: S311  # no secret hangs on it
    for text in ("Jews run it.", "The Zionists run it.", "Jewish bankers run it.", "Zionism runs it."):
        said = as_other(text, draw)
        assert said is not None and "ew" not in said[:4] and "ioni" not in said
    for text in ("The zionazis run it, Jews.", "Jews and jewtube run it.", "Jews own the Talmud."):
        assert as_other(text, draw) is None


def test_who_is_a_pronoun_and_the_other_who_is_a_topic():
    assert masked("Those who trust the WHO.", TOPICS) == f"Those who trust the {MASK}."


def test_a_long_text_is_read_from_somewhere_within():
    draw = Random(1)  # noqa: S311  # no secret hangs on it
    words = [f"w{n}" for n in range(3 * LEFT)]
    found = {later(" ".join(words), draw) for _ in range(20)}
    assert len(found) > 5
    assert all(text.split() == words[-len(text.split()) :] and len(text.split()) >= LEFT for text in found)
    assert later("short as it is", draw) == "short as it is"
