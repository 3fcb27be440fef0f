"""Whose the nameless comments are."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from threads.errors import ModelError
from threads.infer.people.cue_names import placeholder
from threads.infer.people.guessing import infer_people, why_joined
from threads.infer.people.habits import HABITS, read_habits
from threads.infer.people.model import FOLDER, load

Row = tuple[str | None, str, int | None]


def thread(*rows: Row, sure: float = 0.9, **columns) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "comment_id": [f"c{at}" for at in range(len(rows))],
            "thread_id": "t",
            "author": [author for author, _, _ in rows],
            "text": [text for _, text, _ in rows],
            "parent_id": [None if parent is None else f"c{parent}" for _, _, parent in rows],
            "parent_confidence": sure,
            "position": range(len(rows)),
        }
    ).assign(**columns)


FIRST: Row = (None, "The pool is worth every penny.", None)
ANSWER: Row = ("Bob", "It is not, see https://costs.example", 0)
BACK: Row = (None, "As I said, the pool pays for itself.", 1)
# A page on which one nameless person writes unlike all others.
PAGE: tuple[Row, ...] = (
    ("Ann", "We went there on Sunday, and it was lovely.", None),
    ("Cid", "Nothing beats the old one.", None),
    (None, "i was there on sunday ... the pool is great ... and teh slide too", None),
    ("Bob", "The slide is closed, is it not?", 2),
)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("As I said, the pool pays for itself.", True),
        ("The link is dead.", False),
        ("Bob is right, who wants to swim?", False),
        ("They stand by what they said.", False),
        ("No thanks.", False),
        ("", False),
    ],
)
def test_who_comes_back_to_own_words_is_one_person(text, same):
    out = infer_people(thread(FIRST, ANSWER, (None, text, 1)))
    assert (out["author_id"][0] == out["author_id"][2]) is same
    assert out["author_id"][0] == "t#anon-1"
    assert out["author_confidence"][0] == 1
    assert 0.7 < out["author_confidence"][2] < 1 if same else out["author_id"][2] == "t#anon-2"


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("no it is open again ... they mended teh slide", True),
        ("It is open again. They mended the slide, I believe.", False),
    ],
)
def test_rare_habits_of_writing_show_one_person(text, same):
    out = infer_people(thread(*PAGE, (None, text, 3)))
    assert (out["author_id"][2] == out["author_id"][4]) is same


def test_a_habit_that_all_share_shows_nobody():
    rows = [(name, text.lower().replace(".", " ..."), parent) for name, text, parent in PAGE]
    rows += [("Dora", "so it goes ... and teh rest ... teh pool", None)] * 6
    alone = infer_people(thread(*PAGE, (None, "no it is open again ... they mended teh slide", 3)))
    among = infer_people(thread(*rows, (None, "no it is open again ... they mended teh slide", 3)))
    assert alone["author_confidence"][4] < 1
    assert among["author_confidence"].tolist() == [1] * 11


def test_who_thanks_for_the_answer_asked_the_question():
    asked = (None, "Does anyone know when the pool opens?", None)
    rows = (PAGE[0], asked, ("Bob", "At nine, every day but Monday.", 1))
    out = infer_people(thread(*rows, (None, "Thanks for the quick answer, Bob!", 2)))
    assert out["author_id"][1] == out["author_id"][3]


def test_a_doubtful_link_joins_nobody():
    assert infer_people(thread(FIRST, ANSWER, BACK))["author_id"].nunique() == 2
    assert infer_people(thread(FIRST, ANSWER, BACK, sure=0.2))["author_id"].nunique() == 3


def test_who_answers_themselves_or_a_named_person_joins_nobody():
    rows = (
        ("Ann", "The pool is worth it.", None),
        ANSWER,
        (None, "Thank you, as I said.", 1),
        (None, "As I said.", 0),
    )
    assert infer_people(thread(*rows))["author_id"].tolist() == ["ann", "bob", "t#anon-1", "t#anon-2"]


def test_a_chain_of_joins_is_one_person_and_less_sure():
    rows = (FIRST, ANSWER, BACK, ("Bob", "You said nothing of them before.", 2))
    out = infer_people(thread(*rows, (None, "But as I said, my point was the children.", 3)))
    assert out["author_id"].tolist() == ["t#anon-1", "bob", "t#anon-1", "bob", "t#anon-1"]
    assert out["author_confidence"][4] < out["author_confidence"][2] < 1


def test_a_page_has_the_same_people_whatever_is_read_beside_it():
    own = thread(*PAGE, (None, "no it is open again ... they mended teh slide", 3))
    other = thread(*[(None, "no ... it is teh same ... i say", None)] * 9).assign(thread_id="v")
    both = infer_people(pd.concat([other, own], ignore_index=True))
    alone = infer_people(own)
    assert both["author_id"][9:].tolist() == alone["author_id"].tolist()
    assert both["author_confidence"][9:].tolist() == alone["author_confidence"].tolist()


def test_names_become_ids_and_no_name_is_made_up():
    rows = (("Ann  Miller .", "a", None), ("ann miller", "b", None), (None, "c", None), ("  ", "d", None))
    out = infer_people(thread(*rows))
    assert out["author_id"].tolist() == ["ann miller", "ann miller", "t#anon-1", "t#anon-2"]
    assert out["author"].isna().tolist() == [False, False, True, False]
    assert out["author_confidence"].tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("name", "nobody"),
    [
        ("Guest", True),
        ("anonymous", True),
        ("[deleted]", True),
        ("Gast", True),
        ("Anónimo .", True),
        ("Unknown", True),
        ("Guest1984", False),
        ("Anonymous Ann", False),
        ("Gaston", False),
        ("", False),
    ],
)
def test_a_name_that_stands_for_none_is_no_person(name, nobody):
    assert bool(placeholder(name)) is nobody
    if name:
        out = infer_people(thread((name, "The pool is open.", None), (name, "The slide is closed.", None)))
        assert out["author_id"].nunique() == 1 + nobody
        assert out["author"].tolist() == [name, name]


def test_placeholders_join_like_lost_names_but_not_with_another():
    guest = [("Guest", text, parent) for _, text, parent in (FIRST, ANSWER, BACK)]
    named = infer_people(thread(guest[0], ANSWER, guest[2]))
    assert named["author_id"].tolist() == ["t#anon-1", "bob", "t#anon-1"]
    mixed = infer_people(thread(guest[0], ANSWER, ("Anonymous", *BACK[1:])))
    assert mixed["author_id"].tolist() == ["t#anon-1", "bob", "t#anon-2"]


def test_an_id_of_the_source_tells_two_guests_apart_unless_it_names_nobody_either():
    rows = (("Guest", "a", None), ("Guest", "b", None), ("Guest", "c", None))
    out = infer_people(thread(*rows, author_id=["17", "guest", "18"]))
    assert out["author_id"].tolist() == ["17", "t#anon-1", "18"]


def test_ids_of_the_source_stay_and_threads_are_apart():
    one = thread(FIRST, ANSWER, author_id=["u1", None])
    two = thread(FIRST).assign(thread_id="v", comment_id="v0")
    out = infer_people(pd.concat([one, two], ignore_index=True))
    assert out["author_id"].tolist() == ["u1", "bob", "v#anon-1"]


def test_the_reasons_of_a_join_are_words():
    out = infer_people(thread(*PAGE, (None, "no it is open again ... they mended teh slide", 3)))
    reasons = why_joined(out)
    assert list(reasons) == ["c4"]
    assert reasons["c4"].startswith("it answers an answer to the first; ")
    assert "both begin sentences in lower case and trail off in dots" in reasons["c4"]
    assert why_joined(infer_people(thread(FIRST, ANSWER))) == {}


def test_habits_count_hits_out_of_chances():
    habits = read_habits(["i say ... it 's fine , no ?", "I said it. It’s done!!", ""])
    column = {name: at for at, name in enumerate(HABITS)}
    found = {
        name: list(zip(habits.hits[:, at].tolist(), habits.chances[:, at].tolist(), strict=True))
        for name, at in column.items()
    }
    assert found["begins sentences in lower case"] == [(2, 2), (0, 2), (0, 0)]
    assert found["sets a space before punctuation"] == [(2, 2), (0, 0), (0, 0)]
    assert found["trails off in dots"] == [(1, 2), (0, 2), (0, 0)]
    assert found["uses curly apostrophes"] == [(0, 0), (1, 1), (0, 0)]
    assert found["doubles ! and ?"] == [(0, 1), (1, 1), (0, 0)]
    assert found["writes i for I"] == [(1, 1), (0, 1), (0, 0)]


def test_hostile_text_is_read_in_bounds():
    wild = ["\0" * 3000, "." * 9000, "a" * 9000, "i ... " * 2000, "👍" * 500, "\n" * 400]
    rows: list[Row] = [(None, text, at - 1 if at else None) for at, text in enumerate(wild)]
    out = infer_people(thread(*rows))
    assert out["author_id"].notna().all()
    assert out["author_confidence"].between(0, 1).all()
    assert read_habits(["\ud800 i"]).hits.sum() > 0


def test_a_cycle_of_given_links_ends():
    out = infer_people(thread((None, "As I said.", 1), (None, "As I said.", 2), (None, "As I said.", 0)))
    assert out["author_id"].notna().all()


def test_weights_of_another_version_are_refused(tmp_path):
    read = json.loads((FOLDER / "weights.json").read_text("utf-8"))
    read["cues"]["shoe size"] = [1.0, 0.0]
    (tmp_path / "weights.json").write_text(json.dumps(read), "utf-8")
    with pytest.raises(ModelError, match="another version"):
        load(tmp_path)
    with pytest.raises(ModelError, match="cannot be read"):
        load(tmp_path / "absent")


def test_weights_are_made_again_from_the_same_pairs():
    for needed in ("sklearn", "torch"):
        pytest.importorskip(needed)
    from threads.infer.people.cues import CUES
    from threads.train.people import Labelled, fit

    rng = np.random.default_rng(3)
    table = rng.normal(size=(300, len(CUES)))
    pairs = Labelled(table, table[:, 0] + rng.normal(size=300) > 0, np.ones(300, dtype=bool))
    one, two = fit({"source": pairs}), fit({"source": pairs})
    assert one.weights.tolist() == two.weights.tolist()
    assert one.weights.argmax() == 0
    assert ((one.probability(table) > 0.5) == pairs.same).mean() > 0.7


def test_the_seed_page_joins_the_two_comments_that_one_person_wrote():
    seeds = Path(__file__).resolve().parents[1].parent / "shared" / "seeds"
    if not seeds.is_dir():
        pytest.skip("the pages that were given with the task are not here")
    import threads as th

    comments = th.read(next(seeds.glob("004_*")))
    joined = comments[comments["author_confidence"] < 1]
    assert joined["position"].tolist() == [17]
    assert comments["author_id"][17] == comments["author_id"][15]


def test_no_comments():
    assert len(infer_people(thread())) == 0
