"""Whose the nameless comments are."""

from __future__ import annotations

import pandas as pd
import pytest

from threads.infer.people import infer_people


def thread(*rows: tuple[str | None, str, int | None], sure: float = 0.9, **columns) -> pd.DataFrame:
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


FIRST = (None, "The pool is worth every penny.", None)
ANSWER = ("Bob", "It is not, see https://costs.example", 0)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Thank you for the link. I stand by what I said.", True),
        ("As I said, the pool pays for itself.", True),
        ("My comment was about the children.", True),
        ("Danke, das wusste ich nicht.", True),
        ("The link is dead.", False),
        ("Bob is right, who wants to swim?", False),
        ("They stand by what they said.", False),
        ("No thanks.", False),
    ],
)
def test_who_comes_back_to_own_words_is_one_person(text, same):
    out = infer_people(thread(FIRST, ANSWER, (None, text, 1)))
    assert (out["author_id"][0] == out["author_id"][2]) is same
    assert out["author_id"][0] == "t#anon-1"
    assert out["author_confidence"][2] < 1 if same else out["author_id"][2] == "t#anon-2"


def test_a_doubtful_link_joins_nobody():
    rows = (FIRST, ANSWER, (None, "Thank you for the link. I stand by what I said.", 1))
    assert infer_people(thread(*rows, sure=0.2))["author_id"].nunique() == 3


def test_who_answers_themselves_or_a_named_person_joins_nobody():
    rows = (
        ("Ann", "The pool is worth it.", None),
        ANSWER,
        (None, "Thank you, as I said.", 1),
        (None, "As I said.", 0),
    )
    assert infer_people(thread(*rows))["author_id"].tolist() == ["ann", "bob", "t#anon-1", "t#anon-2"]


def test_names_become_ids_and_no_name_is_made_up():
    rows = (("Ann  Miller .", "a", None), ("ann miller", "b", None), (None, "c", None), ("  ", "d", None))
    out = infer_people(thread(*rows))
    assert out["author_id"].tolist() == ["ann miller", "ann miller", "t#anon-1", "t#anon-2"]
    assert out["author"].isna().tolist() == [False, False, True, False]
    assert out["author_confidence"].tolist() == [1, 1, 1, 1]


def test_ids_of_the_source_stay_and_threads_are_apart():
    one = thread(FIRST, ANSWER, author_id=["u1", None])
    two = thread(FIRST).assign(thread_id="v", comment_id="v0")
    out = infer_people(pd.concat([one, two], ignore_index=True))
    assert out["author_id"].tolist() == ["u1", "bob", "v#anon-1"]


def test_no_comments():
    assert len(infer_people(thread())) == 0
