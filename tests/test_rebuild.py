"""Threads from parent pointers: every table of pointers becomes a forest, whatever is wrong with it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from threads.cutting import sure_links
from threads.rebuild import GIVEN, integrity, rebuild
from threads.schema import COMMENTS, conform

SHAPE = ["link", "root_id", "depth", "order", "n_replies", "n_descendants"]


def pointers(*pairs: tuple[str, str | None], thread: str = "page", **columns: list[object]) -> pd.DataFrame:
    """A table of (id, parent id) pairs in page order."""
    ids, parents = zip(*pairs, strict=True)
    frame = pd.DataFrame({"comment_id": ids, "parent_id": parents, "thread_id": thread, "text": "words"})
    return frame.assign(position=range(len(frame)), **columns)


def rebuilt(*pairs: tuple[str, str | None], **columns: list[object]) -> pd.DataFrame:
    return rebuild(pointers(*pairs, **columns)).set_index("comment_id")


def test_a_thread_is_read_depth_first():
    tree = rebuilt(("a", None), ("b", None), ("c", "a"), ("d", "c"), ("e", "a"))
    assert list(tree.index) == ["a", "c", "d", "e", "b"]
    assert list(tree["depth"]) == [0, 1, 2, 1, 0]
    assert list(tree["order"]) == [0, 1, 2, 3, 4]
    assert list(tree["n_replies"]) == [2, 1, 0, 0, 0]
    assert list(tree["n_descendants"]) == [3, 1, 0, 0, 0]
    assert list(tree["root_id"]) == ["a", "a", "a", "a", "b"]
    assert list(tree["link"]) == ["root", "reply", "reply", "reply", "root"]


def test_what_the_source_says_is_certain():
    tree = rebuilt(("a", None), ("b", "a"))
    assert list(tree["parent_confidence"]) == [1.0, 1.0]
    assert tree.loc["b", "parent_reason"] == GIVEN
    assert pd.isna(tree.loc["a", "parent_reason"])


def test_a_guess_keeps_its_confidence_and_its_reason():
    tree = rebuilt(
        ("a", None), ("b", "a"), ("c", "a"), ("d", None),
        parent_confidence=[0.4, 0.7, None, None], parent_reason=["no cue", "@name", "quotes", None],
    )  # fmt: skip
    assert list(tree["link"]) == ["root", "inferred", "inferred", "root"]
    assert tree["parent_confidence"].tolist() == pytest.approx([0.4, 0.7, 1.0, 1.0])
    assert tree["parent_reason"].tolist()[:3] == ["no cue", "@name", "quotes"]


def test_a_missing_parent_costs_neither_the_comment_nor_its_thread():
    tree = rebuilt(("a", None), ("b", "gone"), ("c", "b"), ("d", "a"))
    assert len(tree) == 4
    assert tree.loc["b", ["link", "parent_id", "depth"]].tolist() == ["missing", "gone", 0]
    assert tree.loc["c", ["link", "root_id", "depth"]].tolist() == ["reply", "b", 1]


def test_a_parent_is_looked_up_within_the_thread():
    frame = pd.concat([pointers(("a", None)), pointers(("b", "a"), thread="other")])
    assert rebuild(frame)["link"].tolist() == ["root", "missing"]


def test_a_comment_that_answers_itself_stands_as_a_root():
    tree = rebuilt(("a", "a"), ("b", "a"))
    assert tree["link"].tolist() == ["cycle", "reply"]
    assert tree["depth"].tolist() == [0, 1]


def test_a_circle_is_cut_at_its_earliest_comment():
    times = pd.to_datetime(["2024-01-03", "2024-01-01", "2024-01-02", "2024-01-04"], utc=True)
    tree = rebuilt(("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"), created=list(times))
    assert tree["link"].to_dict() == {"b": "cycle", "a": "reply", "c": "reply", "d": "reply"}
    assert tree["depth"].to_dict() == {"b": 0, "a": 1, "c": 2, "d": 2}
    assert pd.isna(tree.loc["b", "parent_confidence"])


def test_each_of_many_circles_is_cut_once():
    pairs = [(f"{n}{side}", f"{n}{other}") for n in range(50) for side, other in ("ab", "bc", "ca")]
    assert integrity(rebuild(pointers(*pairs)))["cycles"] == 50


def test_repeated_ids_are_told_apart_and_replies_stay_with_the_first():
    tree = rebuild(pointers(("a", None), ("b", "a"), ("a", "b"), ("a", None), ("a#2", None)))
    assert tree["comment_id"].tolist() == ["a", "b", "a#3", "a#4", "a#2"]
    assert tree["parent_id"].tolist()[:3] == [None, "a", "b"] or pd.isna(tree["parent_id"][0])
    assert tree["n_replies"].tolist() == [1, 1, 0, 0, 0]
    assert integrity(rebuild(pointers(("a", None), ("a", None), ("x#1", None))))["duplicates"] == 1


def test_an_id_used_in_two_threads_keeps_the_replies_of_each():
    frame = pd.concat([pointers(("1", None), ("2", "1")), pointers(("1", None), ("3", "1"), thread="other")])
    tree = rebuild(frame)
    assert tree["comment_id"].tolist() == ["1", "2", "1#2", "3"]
    assert tree["parent_id"].tolist()[1::2] == ["1", "1#2"]


def test_siblings_stand_by_time_and_by_place_where_a_time_is_missing():
    late, early = pd.Timestamp("2024-05-02", tz="UTC"), pd.Timestamp("2024-05-01", tz="UTC")
    pairs = (("a", None), ("b", "a"), ("c", "a"))
    assert list(rebuilt(*pairs, created=[early, late, early]).index) == ["a", "c", "b"]
    assert list(rebuilt(*pairs, created=[pd.NaT, late, early]).index) == ["a", "b", "c"]


def test_threads_keep_the_order_in_which_they_appear():
    frame = pd.concat([pointers(("z", None), thread="second"), pointers(("a", None), thread="first")])
    assert rebuild(frame)["thread_id"].tolist() == ["second", "first"]


@pytest.mark.parametrize(
    "frame", [pointers(("a", None)).iloc[:0], pd.DataFrame({"comment_id": [], "thread_id": []})]
)
def test_no_comments_are_no_threads(frame):
    tree = rebuild(frame)
    assert len(tree) == 0
    assert set(SHAPE) <= set(tree.columns)
    assert sum(integrity(tree).values()) == 0


def test_a_rebuilt_table_conforms_to_the_schema():
    tree = conform(
        rebuild(pointers(("a", None), ("b", "a"), ("c", "c"))).assign(platform="csv", source="x.csv"),
        COMMENTS,
    )
    assert tree["link"].tolist() == ["root", "reply", "cycle"]


def test_the_table_that_is_given_stays_as_it_is():
    frame = pointers(("a", "a"), ("a", None))
    before = frame.copy()
    rebuild(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_ten_thousand_levels():
    n = 10_000
    frame = pointers(*((str(i), str(i - 1) if i else None) for i in range(n))).sample(frac=1, random_state=1)
    tree = rebuild(frame)
    assert tree["depth"].tolist() == list(range(n))
    assert tree["n_descendants"].tolist() == list(range(n - 1, -1, -1))
    assert set(tree["root_id"]) == {"0"}


def test_a_circle_of_ten_thousand():
    tree = rebuild(pointers(*((str(i), str((i + 1) % 10_000)) for i in range(10_000))))
    counts = integrity(tree)
    assert (counts["replies"], counts["cycles"]) == (9_999, 1)
    assert tree["depth"].max() == 9_999


def test_sixty_thousand_siblings():
    frame = pointers(("a", None), *((f"b{i}", "a") for i in range(60_000))).sample(frac=1, random_state=1)
    tree = rebuild(frame)
    assert tree["n_replies"][0] == tree["n_descendants"][0] == 60_000
    assert tree["position"].tolist() == list(range(60_001))


tables = st.lists(
    st.tuples(
        st.integers(0, 8), st.one_of(st.none(), st.integers(0, 11)), st.integers(0, 1), st.integers(0, 3)
    ),
    max_size=24,
)


def frame_of(rows: list[tuple[int, int | None, int, int]]) -> pd.DataFrame:
    columns = ["comment_id", "parent_id", "thread_id", "created"]
    frame = pd.DataFrame(rows, columns=columns).astype({"comment_id": str, "thread_id": str})
    frame["parent_id"] = [None if parent is None else str(parent) for _, parent, _, _ in rows]
    frame["created"] = pd.to_datetime(frame["created"].astype("int64"), unit="D", utc=True)
    return frame.assign(position=np.arange(len(rows)))


@given(tables)
@settings(deadline=None, max_examples=40)
def test_any_pointers_give_a_forest(rows):
    tree = rebuild(frame_of(rows))
    assert len(tree) == len(rows)
    assert tree["comment_id"].is_unique
    row_of = {each.comment_id: each for each in tree.itertuples()}
    for each in row_of.values():
        if each.link in {"reply", "inferred"}:
            parent = row_of[each.parent_id]
            assert (parent.thread_id, parent.root_id) == (each.thread_id, each.root_id)
            assert each.depth == parent.depth + 1
            assert parent.order < each.order <= parent.order + parent.n_descendants
        else:
            assert (each.depth, each.root_id) == (0, each.comment_id)
    counts = integrity(tree)
    assert counts["comments"] == sum(
        counts[kind] for kind in ("roots", "replies", "inferred", "missing", "cycles")
    )


def test_links_that_were_cut_are_counted_and_named_only_where_there_are_some():
    tree = rebuild(pointers(("a", None), ("b", "a"), ("c", "gone"), parent_confidence=[None, 0.4, None]))
    assert "unsure" not in integrity(tree)
    counts = integrity(sure_links(tree, 0.5))
    assert counts == {
        "comments": 3, "roots": 1, "replies": 0, "inferred": 0, "missing": 1, "cycles": 0, "unsure": 1,
        "duplicates": 0,
    }  # fmt: skip
    assert integrity(sure_links(tree, 0.4)) == integrity(tree)


@given(tables)
@settings(deadline=None, max_examples=40)
def test_the_counts_of_a_forest_add_up(rows):
    tree = rebuild(frame_of(rows))
    hung = tree["link"].isin(["reply", "inferred"])
    assert tree["n_replies"].sum() == hung.sum()
    assert tree["n_descendants"].sum() == tree["depth"].sum()
    for _, thread in tree.groupby("thread_id"):
        assert thread["order"].tolist() == list(range(len(thread)))
        assert thread.loc[thread["depth"] == 0, "n_descendants"].add(1).sum() == len(thread)


@given(tables, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_the_order_of_the_rows_does_not_matter(rows, random):
    frame = frame_of(rows).drop_duplicates(["comment_id", "thread_id"])
    for column in ("comment_id", "parent_id"):  # an id that two threads share is renamed in the later one
        both = zip(frame[column], frame["thread_id"], strict=True)
        frame[column] = [None if pd.isna(name) else f"{name}/{thread}" for name, thread in both]
    places = list(range(len(frame)))
    random.shuffle(places)
    one, other = rebuild(frame), rebuild(frame.iloc[places])
    columns = ["comment_id", *SHAPE]
    by_id = [tree[columns].sort_values("comment_id", ignore_index=True) for tree in (one, other)]
    pd.testing.assert_frame_equal(*by_id)


@given(tables)
@settings(deadline=None, max_examples=40)
def test_rebuilding_twice_changes_nothing(rows):
    once = rebuild(frame_of(rows))
    pd.testing.assert_frame_equal(rebuild(once), once)
