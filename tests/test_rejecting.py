"""Replies that reject what only the encoder found above them."""

import numpy as np
import pandas as pd
import pytest

from threads.detectors.rejecting import HELD, rejections

CLAIM, TALK = "They had the trucks arranged weeks before.", "The trucks were red."


def replies(*texts, parent=CLAIM):
    return pd.DataFrame({
        "comment_id": [f"r{place}" for place in range(len(texts))],
        "text": list(texts),
        "parent_text": pd.Series([parent] * len(texts), dtype=object),
    })  # fmt: skip


def found(comments, told=frozenset(), held=0.9):
    def chances(texts):
        return np.array([held if text == CLAIM else 0.1 for text in texts])

    return list(rejections(comments, "conspiracy", "conspiratorial", set(told), chances))


def test_a_rejection_of_what_the_encoder_found_is_counter_speech():
    (row,) = found(replies("That is a disgusting lie."))
    assert (row["comment_id"], row["stance"], row["weight"]) == ("r0", "condemn", 0.9)
    assert row["rule"].startswith("answer:")
    assert "90 %" in row["reason"]


@pytest.mark.parametrize("text", ["Nice weather.", "Exactly, wake up.", "", None])
def test_anything_else_is_none(text):
    assert not found(replies(text))


def test_nothing_is_rejected_where_the_parent_holds_nothing():
    assert not found(replies("That is a disgusting lie.", parent=TALK))
    assert not found(replies("That is a disgusting lie."), held=HELD - 0.01)


def test_a_reply_with_evidence_of_its_own_is_left_to_the_rules():
    assert not found(replies("That is a disgusting lie."), told={"r0"})


def test_comments_without_parents_are_no_replies():
    assert not found(replies("That is a disgusting lie.", parent=None))
    assert not found(replies("That is a disgusting lie.").drop(columns="parent_text"))
