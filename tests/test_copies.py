from __future__ import annotations

from threads.copies import representatives

LONG = "Please read the whole report of the harbour board before you say that the new quay is too dear"


def test_case_and_punctuation_do_not_tell_copies_apart() -> None:
    assert representatives(["Buy now at my shop!", "something else here", "buy NOW, at my shop"]) == [0, 1, 0]


def test_a_changed_word_in_a_long_text_is_a_near_copy() -> None:
    assert representatives([LONG, LONG + " indeed"]) == [0, 0]


def test_the_same_topic_is_not_a_copy() -> None:
    assert representatives([LONG, "The new quay is too dear, whatever the harbour board writes"]) == [0, 1]


def test_short_and_empty_texts() -> None:
    assert representatives(["yes", "", "", "Yes!", "no"]) == [0, 1, 2, 0, 4]


def test_the_first_of_a_chain_stands_for_all_that_resemble_it() -> None:
    assert representatives([LONG, LONG + " indeed", LONG + " really"]) == [0, 0, 0]
