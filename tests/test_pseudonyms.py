"""Pseudonyms: the same name is the same everywhere, and no name is left where it names somebody."""

from __future__ import annotations

import pandas as pd
import pytest

import threads as th
from threads.mentions import names_of
from threads.pseudonyms import Pseudonyms, named_in

HIDDEN = Pseudonyms(b"a salt of the tests")


@pytest.mark.parametrize(
    ("text", "people", "left"),
    [
        # Whole names, in any case and as they are written in addresses.
        ("Ann Bell said so; ann bell! ANN-BELL", ["Ann Bell"], "{0} said so; {0}! {0}"),
        ("quietRiver7 wrote: no", ["QuietRiver7"], "{0} wrote: no"),
        ("A river is quiet.", ["QuietRiver7"], "A river is quiet."),
        ("O'Neil-Smith's dog, as o'neil-smith says", ["O'Neil-Smith"], "{0}'s dog, as {0} says"),
        ("see J. R. Stone (sic)", ["J. R. Stone"], "see {0} (sic)"),
        ("Thanks, I met Ann. Bell rang.", ["ann_bell"], "Thanks, I met Ann. Bell rang."),
        ("Halcyone, halcyone", ["Halcyone"], "{0}, {0}"),
        ("anns", ["Ann"], "anns"),
        ("Jürgen Groß, jurgen gross, Juergen Gross", ["Jürgen Groß"], "{0}, {0}, {0}"),
        ("ask [Cat*|Lover] (x+) or cat_lover", ["[Cat*|Lover]"], "ask [{0}] (x+) or {0}"),
        ("我同意王小明的看法", ["王小明"], "我同意{0}的看法"),
        # First and last names alone.
        ("Ann, you are wrong. As Zorn said", ["Ann Zorn"], "{0}, you are wrong. As {0} said"),
        ("quillon said", ["Quillon Zorn"], "{0} said"),
        ("a badger is angry, Badger", ["Angry Badger"], "a badger is angry, {0}"),
        ("a bell rang, Mr Bell; Bell: no", ["Ann Bell"], "a bell rang, Mr {0}; {0}: no"),
        # Short ones in their own case.
        ("Jo said, no jo", ["Jo"], "{0} said, no jo"),
        ("x X", ["X"], "x X"),
        # Words that are names are words still.
        ("I will ask Will. Will you? will, no", ["Will"], "I will ask {0}. Will you? {0}, no"),
        ("Art is long. The Art of war; thanks Art!", ["Art"], "Art is long. The Art of war; thanks {0}!"),
        ("in May, may I? May said so.", ["May"], "in May, may I? {0} said so."),
        ("will it? I WILL.", ["will"], "will it? I WILL."),
        ("who will smith it? Will Smith is right", ["Will Smith"], "who will smith it? {0} is right"),
        ("the guest, anonymous", ["Guest", "Anonymous"], "the guest, anonymous"),
        # Handles and addresses, known or not.
        ("@Ann you are wrong", ["Ann"], "@{0} you are wrong"),
        ("@will see, u/will and /u/will", ["Will"], "@{0} see, u/{0} and /u/{0}"),
        ("hey @nobody_here, @everyone", ["nobody_here"], "hey @{0}, @everyone"),
        ("<@123456> no", ["123456"], "<@{0}> no"),
        ("write to zoe@x.example.", ["zoe@x.example"], "write to {0}."),
        ("@zoe@x.example and Zoe", ["zoe@x.example"], "@{0} and {0}"),
        ("(https://x.example/ann-bell/1)", ["Ann Bell"], "(https://x.example/{0}/1)"),
        ("https://x.example/what-will-be?u=1", ["Will"], "https://x.example/what-will-be?u=1"),
        ("https://x.example/user/zed/1", ["zed"], "https://x.example/user/{0}/1"),
        ("https://x.example/%4Aohn%20Zorn", ["John Zorn"], "https://x.example/{0}"),
        ("https://netflix.com/title", ["Ann"], "https://netflix.com/title"),
        ("", ["Ann"], ""),
    ],
)  # fmt: skip
def test_names_are_replaced_where_they_are_mentioned(text: str, people: list[str], left: str) -> None:
    assert HIDDEN.in_text(text, names_of(people)) == left.format(*(HIDDEN.of(name) for name in people))


def test_what_is_replaced_once_is_not_replaced_again() -> None:
    text = HIDDEN.in_text("@Ann Zorn, see https://x.example/user/ann-zorn", names_of(["Ann Zorn"]))
    assert HIDDEN.in_text(text, names_of([HIDDEN.of("Ann Zorn")])) == text and "Zorn" not in text


def test_a_first_name_of_two_is_one_word_and_neither_of_them() -> None:
    hidden = HIDDEN.in_text("Ann, no.", names_of(["Ann Zorn", "Ann Wye"]))
    assert hidden == f"{HIDDEN.of('Ann')}, no."


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
    pseudonyms = Pseudonyms(b"a salt of the tests", named_in(comments))
    hidden = pseudonyms.hide(comments)
    told = hidden.to_csv().casefold()
    assert not any(name in told for name in ("ann", "bell", "zoe9"))
    assert hidden.parent_id.tolist()[1:] == hidden.comment_id.tolist()[:2]
    assert set(hidden.root_id) == {hidden.comment_id[0]} and hidden.author[0] == hidden.reply_to[1]
    assert hidden.columns.tolist() == comments.columns.tolist()
    assert pseudonyms.hide(comments, ["url"]).url.isna().all()
    assert pd.isna(hidden.author[2])


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("reddit:abc12", True),
        ("wordpress:951", True),
        ("csv:what-will-be/3", True),
        ("csv:will/3", False),
        ("x:art-lover-7", True),
        ("x:ann_zorn/3#2", False),
        ("x:/annzorn/3", False),
        ("x:https://x.example/1", False),
        ("bluesky:at://did:plc:abcdef/app/1", False),
        ("mbox:1@host.example", False),
        ("page_text:0123456789ab", False),
        ("x:user/7654321", False),
    ],
)
def test_an_id_is_replaced_as_a_whole_where_it_tells_of_somebody(name: str, *, kept: bool) -> None:
    pseudonyms = Pseudonyms(b"salt", ["Ann Zorn", "Will", "Art"], ["7654321"])
    assert (pseudonyms.of_comment(name) == name) is kept
    assert pseudonyms.of_comment(name) == pseudonyms.of_comment(name)
    assert pseudonyms.of_comment(name).startswith(name.split(":")[0])
    assert pseudonyms.of_comment(f"{name}/1") != pseudonyms.of_comment(f"{name}/2")


def test_two_that_hold_one_name_in_two_spellings_stay_two() -> None:
    pseudonyms = Pseudonyms(b"salt", ["Ann Zorn"])
    assert len({pseudonyms.of_thread(name) for name in ("Ann Zorn/1", "ann-zorn/1", "ann-zorn/2")}) == 3


def test_an_address_that_runs_into_a_name_is_emptied() -> None:
    comments = th.score(pd.DataFrame({
        "text": ["Hello", "Hello"], "author": ["Ann Zorn", "Bo Quill"],
        "url": ["https://annzornblog.example/1", "https://x.example/2"],
    }), []).comments  # fmt: skip
    assert Pseudonyms(b"salt", named_in(comments)).hide(comments).url.tolist()[1:] == ["https://x.example/2"]
    assert pd.isna(Pseudonyms(b"salt").hide(comments).url[0])
