"""Pseudonyms: the same name is the same everywhere, and no name is left where it names somebody."""

from __future__ import annotations

import pandas as pd
import pytest

import threads as th
from threads.pseudonyms import Pseudonyms, known

HIDDEN = Pseudonyms(b"a salt of the tests")


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("@Ann you are wrong, Ann Bell too", ["Ann"], "@{0} you are wrong, {0} Bell too"),
        ("Ann Bell said so; ann bell!", ["Ann Bell"], "{0} said so; {0}!"),
        ("I will ask Will.", ["Will"], "I will ask {0}."),
        ("@will see", ["Will"], "@{0} see"),
        ("quietRiver7 wrote: no", ["QuietRiver7"], "{0} wrote: no"),
        ("A river is quiet.", ["QuietRiver7"], "A river is quiet."),
        ("O'Neil-Smith's dog", ["O'Neil-Smith"], "{0}'s dog"),
        ("as o'neil-smith says", ["O'Neil-Smith"], "as {0} says"),
        ("Jo said", ["Jo"], "Jo said"),
        ("@Jo said", ["Jo"], "@{0} said"),
        ("Österreich Ürün ürün", ["Ürün"], "Österreich {0} ürün"),
        ("", ["Ann"], ""),
    ],
)
def test_names_are_replaced_where_they_are_mentioned(text: str, names: list[str], left: str) -> None:
    listed = known(pd.DataFrame({"author": names, "reply_to": [None] * len(names)}))
    assert HIDDEN.replace(text, listed) == left.format(*(HIDDEN.of(name) for name in names))


def test_a_name_is_one_pseudonym_in_any_case_and_another_under_another_salt() -> None:
    assert HIDDEN.of("Ann  Bell") == HIDDEN.of("ann bell") == HIDDEN.of("@Ann Bell") != HIDDEN.of("Ann Ball")
    assert HIDDEN.of("Ann") != Pseudonyms(b"another").of("Ann")


def test_no_name_is_left_in_a_table_and_its_links_hold() -> None:
    comments = th.score(pd.DataFrame({
        "comment_id": ["x:ann-bell/1", "x:2", "x:3"],
        "parent_id": [None, "x:ann-bell/1", "x:2"],
        "thread_id": "t", "author": ["Ann Bell", "Zoe9", None],
        "text": ["Hello", "@Ann Bell no. Ann Bell, never!", "Zoe9 is right"],
        "url": ["https://x.example/ann-bell/1", "https://x.example/u/zoe9?c=2", None],
        "reply_to": [None, "Ann Bell", None],
    }), []).comments  # fmt: skip
    hidden = HIDDEN.hide(comments)
    told = hidden.to_csv().casefold()
    assert not any(name in told for name in ("ann", "bell", "zoe9"))
    assert hidden.parent_id.tolist()[1:] == hidden.comment_id.tolist()[:2]
    assert set(hidden.root_id) == {hidden.comment_id[0]} and hidden.author[0] == hidden.reply_to[1]
    assert hidden.columns.tolist() == comments.columns.tolist()
    assert HIDDEN.hide(comments, ["url"]).url.isna().all()
    assert pd.isna(hidden.author[2])
