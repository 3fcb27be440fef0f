from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from threads.scored import Scored
from threads.summary import by_author, by_thread, over_time, overlap, reply_pairs


def test_by_author_never_gives_a_mean_without_its_number(scored: Scored) -> None:
    table = by_author(scored).set_index("author_id")
    assert table.n_comments.to_dict() == {"Ivo": 2, "Nora Feld": 2, "Petra": 1, "grumbler": 1, "t1/anon-1": 1}
    assert table.loc["Nora Feld", "mean_toxicity"] == pytest.approx(0.2)
    assert table.loc["grumbler", "n_antisemitism"] == 1
    assert table.loc["Nora Feld", "n_counter_speech"] == 1
    assert table.loc["Nora Feld", "n_antisemitism"] == 0
    assert pd.isna(table.loc["t1/anon-1", "author"])


def test_answers_count_links_between_two_people_only(scored: Scored) -> None:
    table = by_author(scored).set_index("author_id")
    assert table.loc["grumbler", "n_answered"] == 2
    assert table.loc["Ivo", ["n_answers", "n_answered"]].tolist() == [0, 1]


def test_a_floor_on_links_is_used_and_named(scored: Scored) -> None:
    doubtful = scored.comments.assign(
        parent_confidence=scored.comments.parent_confidence.where(scored.comments.comment_id != "d", 0.4)
    )
    table = by_author(replace(scored, comments=doubtful), min_link_confidence=0.5)
    assert table.set_index("author_id").loc["grumbler", "n_answered"] == 1
    assert table.attrs["min_link_confidence"] == 0.5


def test_by_thread(scored: Scored) -> None:
    table = by_thread(scored).set_index("thread_id")
    assert table.n_comments.to_dict() == {"t1": 4, "t2": 3}
    assert table.depth.to_dict() == {"t1": 2, "t2": 1}
    assert table.n_authors.to_dict() == {"t1": 3, "t2": 2}
    assert table.n_roots.to_dict() == {"t1": 1, "t2": 1}


def test_a_thread_without_a_title_has_that_of_its_page(scored: Scored) -> None:
    bare = replace(
        scored,
        comments=scored.comments.assign(title=pd.Series(None, dtype="str")),
        pages=pd.DataFrame({"thread_id": ["t2"], "title": ["Floods"]}),
    )
    titles = by_thread(bare).set_index("thread_id").title
    assert titles["t2"] == "Floods"
    assert pd.isna(titles["t1"])


def test_over_time_keeps_empty_periods_and_counts_what_has_no_date(scored: Scored) -> None:
    table = over_time(scored, "D")
    assert table.n_comments.tolist() == [2, 1, 0, 0, 2, 0, 0, 0, 1]
    assert table.attrs["n_undated"] == 1


def test_an_impossible_date_counts_as_none(scored: Scored) -> None:
    odd = scored.comments.assign(created=scored.comments.created.where(scored.comments.comment_id != "g"))
    odd.loc[odd.comment_id == "g", "created"] = pd.Timestamp("0001-01-02", tz="UTC").as_unit("us")
    table = over_time(replace(scored, comments=odd), "D")
    assert len(table) == 5
    assert table.attrs["n_undated"] == 2


def test_overlap(scored: Scored) -> None:
    table = overlap(scored)
    assert table.n_comments.sum() + table.attrs["n_unflagged"] == len(scored.comments)
    assert table[table.antisemitism].n_comments.tolist() == [1]


def test_reply_pairs(scored: Scored) -> None:
    pairs = reply_pairs(scored).set_index("comment_id")
    assert set(pairs.index) == {"b", "c", "d", "f", "g"}
    assert pairs.loc["d", "parent_antisemitism"] == pytest.approx(0.9)
    assert pairs.loc["d", "toxicity"] == pytest.approx(0.95)
