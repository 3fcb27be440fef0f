"""Names of groups in English texts: which are found, in what form, and what stands in their place."""

from __future__ import annotations

import pytest

from threads.identity_terms import identity_terms, mentions, naming, other_terms, swapped


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Jews and every Jew", [("Jewish", "people"), ("Jewish", "one")]),
        ("He is Muslim, a Muslim who prays.", [("Muslim", "adjective"), ("Muslim", "one")]),
        ("that Muslim guy", [("Muslim", "epithet")]),
        ("black coffee for black kids in a black car", [("Black", "epithet")]),
        ("Judaism and Islam", [("Jewish", "faith"), ("Muslim", "faith")]),
        ("my disabled account, the disabled people", [("disabled", "people")]),
        ("the Israeli government and an Israeli woman", [("Israeli", "epithet")]),
        ("the Islamic State, the Muslim Brotherhood", []),
        ("@muslims, /r/jews, jewellery, a woman", []),
        ("white   people", [("white", "people")]),
    ],
)
def test_mentions_have_a_form(text: str, found: list[tuple[str, str]]) -> None:
    assert [(each.term, each.form) for each in mentions(text)] == found


@pytest.mark.parametrize(
    ("text", "term", "said"),
    [
        ("The Jews own it, said a Jew.", "Asian", "The Asians own it, said an Asian."),
        ("jews again", "Muslim", "muslims again"),
        ("WHITE PEOPLE!", "Jewish", "JEWS!"),
        ("I saw women there. Women sang.", "immigrant", "I saw immigrants there. Immigrants sang."),
        ("an Arab shop", "Jewish", "a Jewish shop"),
        ("A immigrant family", "Jewish", "A Jewish family"),
    ],
)
def test_a_swap_reads_as_if_it_had_been_written_so(text: str, term: str, said: str) -> None:
    assert swapped(text, mentions(text), term) == said


def test_only_terms_with_a_word_of_the_form_can_stand_in() -> None:
    assert set(other_terms("Jewish", "faith")) == {"Muslim", "Christian"}
    assert "women" not in other_terms("Jewish", "one")
    assert len(other_terms("women", "people")) == len(identity_terms()) - 1
    with pytest.raises(KeyError):
        swapped("Judaism", mentions("Judaism"), "white")


def test_what_is_swapped_in_is_found_again_and_counted() -> None:
    for form, text in {"people": "Jews sing.", "one": "That is a Jew.", "faith": "Judaism is old."}.items():
        said = mentions(text)
        for term in other_terms("Jewish", form):
            [again] = mentions(swapped(text, said, term))
            assert (again.term, again.form) == (term, form)


def test_every_people_word_is_counted_under_its_term() -> None:
    import pandas as pd

    said = mentions("Jews sing.")
    texts = {term: swapped("Jews sing.", said, term) for term in other_terms("Jewish", "people")}
    there = naming(pd.Series(texts))
    assert all(there.loc[term, term] for term in texts)


def test_hostile_texts_take_no_time_worth_naming() -> None:
    assert mentions("a " * 50_000 + "\n" * 50_000 + "(((" * 20_000) == []
    text = " " * 50_000 + "jews " * 2_000
    assert swapped(text, mentions(text), "Muslim").count("muslims") == 2_000
