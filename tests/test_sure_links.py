"""Links under a floor: cut in one place, counted nowhere, and said wherever a number rests on links."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

import reports
import threads
from reports import sections, words
from reports.charts import CHARTS
from threads.cli import main
from threads.cutting import SURE, at_floor, floor_of, sure_links
from threads.detectors.sentiment import Sentiment
from threads.errors import InputError
from threads.rebuild import rebuild
from threads.schema import COMMENTS, conform
from threads.scored import Scored
from threads.summary import by_author, by_thread, reply_network, reply_pairs
from threads.triaging import Policy, triage

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
GUESSED = {"b": (0.9, "addresses Nora by name"), "d": (0.46, "comes right after it"), "a": (0.3, "no cue")}


@pytest.fixture
def doubtful(scored: Scored) -> Scored:
    """The run of conftest with two inferred links, b to a at 0.9 and d to b at 0.46; a is a root at 0.3."""
    table = scored.comments
    sure = table.comment_id.map({name: sure for name, (sure, _) in GUESSED.items()})
    why = table.comment_id.map({name: why for name, (_, why) in GUESSED.items()})
    guessed = table.assign(
        parent_confidence=sure.fillna(table.parent_confidence).astype("float32"),
        parent_reason=why.fillna(table.parent_reason),
    )
    return replace(scored, comments=conform(rebuild(guessed), COMMENTS))


def test_what_is_under_the_floor_stands_by_itself_and_says_its_best_guess(doubtful: Scored) -> None:
    cut = sure_links(doubtful.comments, 0.5).set_index("comment_id")
    assert cut.link.to_dict() == {
        "a": "root", "b": "inferred", "c": "reply", "d": "unsure", "e": "root", "f": "reply", "g": "reply",
    }  # fmt: skip
    d = cut.loc["d"]
    assert (d.depth, d.root_id, d.parent_reason) == (0, "d", "best guess b, 0.46: comes right after it")
    assert d[["parent_id", "parent_confidence"]].isna().all()
    assert cut.loc["b", "n_replies"] == 1
    assert cut.loc["a", "n_descendants"] == 2


def test_a_link_of_the_source_reaches_any_floor_and_an_unsure_root_stays_one(doubtful: Scored) -> None:
    cut = sure_links(doubtful.comments, 1.0).set_index("comment_id")
    assert cut.link[["a", "b", "c", "d"]].tolist() == ["root", "unsure", "reply", "unsure"]
    assert cut.loc["a", "parent_confidence"] == pytest.approx(0.3)
    assert (cut.loc["c", "root_id"], cut.loc["c", "depth"]) == ("b", 1)


def test_a_link_at_the_floor_reaches_it(doubtful: Scored) -> None:
    assert "unsure" not in set(sure_links(doubtful.comments, 0.46).link)


def test_without_a_floor_nothing_changes(doubtful: Scored) -> None:
    cut = sure_links(doubtful.comments, 0)
    pd.testing.assert_frame_equal(cut, doubtful.comments, check_like=False)
    assert floor_of(cut) == 0.0
    assert doubtful.comments.attrs == {}


def test_links_that_lead_nowhere_stay_what_they_are() -> None:
    frame = pd.DataFrame({
        "comment_id": list("abcd"), "parent_id": ["zz", "c", "b", "c"], "thread_id": "t", "text": "x",
        "parent_confidence": [None, 0.4, None, None], "platform": "csv", "source": "x.csv",
        "position": range(4),
    })  # fmt: skip
    built = conform(rebuild(frame), COMMENTS)
    cut = sure_links(built, 0.9).set_index("comment_id")
    before = built.set_index("comment_id")
    for name in ("a", "b"):
        pd.testing.assert_series_equal(
            cut.loc[name, ["link", "parent_id"]], before.loc[name, ["link", "parent_id"]]
        )


@pytest.mark.parametrize("floor", [-0.1, 1.01, math.nan, "0.5", None])
def test_a_floor_that_is_none_is_refused_in_a_sentence(doubtful: Scored, floor: object) -> None:
    for ask in (sure_links, at_floor):
        with pytest.raises(InputError, match=r"has to be a number from 0 to 1\."):
            ask(doubtful.comments if ask is sure_links else doubtful, floor)


links = st.lists(
    st.tuples(st.integers(-1, 9), st.floats(0, 1, width=32), st.booleans()), min_size=1, max_size=12
)


def page(rows: list[tuple[int, float, bool]]) -> pd.DataFrame:
    """Comments that answer an earlier one or nobody; each link a guess, or given by the source."""
    return rebuild(pd.DataFrame({
        "comment_id": [f"c{n}" for n in range(len(rows))],
        "parent_id": [f"c{up % n}" if n and up >= 0 else None for n, (up, _, _) in enumerate(rows)],
        "parent_confidence": [None if said else sure for _, sure, said in rows],
        "parent_reason": [None if said else "a cue" for _, _, said in rows],
        "thread_id": "t", "position": range(len(rows)),
    }))  # fmt: skip


@given(links, st.floats(0, 1), st.floats(0, 1))
@settings(deadline=None, max_examples=40)
def test_cutting_twice_is_cutting_at_the_higher_floor(rows, one, other) -> None:
    built = page(rows)
    twice = sure_links(sure_links(built, one), other)
    pd.testing.assert_frame_equal(twice, sure_links(built, max(one, other)))
    assert floor_of(twice) == max(one, other)


@given(links, st.floats(0, 1))
@settings(deadline=None, max_examples=40)
def test_what_is_cut_is_a_forest_with_the_same_comments(rows, floor) -> None:
    built = page(rows)
    cut = sure_links(built, floor)
    assert set(cut.comment_id) == set(built.comment_id)
    assert cut.n_replies.sum() == cut.link.isin(["reply", "inferred"]).sum()
    assert cut.n_descendants.sum() == cut.depth.sum()
    assert (cut.depth[cut.link == "unsure"] == 0).all()
    assert (cut.link == "unsure").sum() == (
        (built.link == "inferred") & (built.parent_confidence < floor)
    ).sum()


def test_by_thread_counts_links_by_their_kind(doubtful: Scored) -> None:
    counted = ["n_roots", "n_given", "n_inferred", "n_unsure", "depth"]
    for floor, expected in [(0.0, [1, 1, 2, 0, 2]), (0.5, [1, 1, 1, 1, 2]), (1.0, [1, 1, 0, 2, 1])]:
        table = by_thread(doubtful, min_link_confidence=floor)
        assert table.set_index("thread_id").loc["t1", counted].tolist() == expected
        assert table.attrs["min_link_confidence"] == floor
    assert by_thread(doubtful).mean_link_confidence.tolist() == pytest.approx([(0.9 + 0.46 + 1) / 3, 1.0])


def test_who_answers_whom(doubtful: Scored) -> None:
    pairs = reply_network(doubtful)
    names = list(zip(pairs.author_id, pairs.parent_author_id, pairs.n_replies, strict=True))
    assert names == [
        ("Nora Feld", "grumbler", 1), ("Petra", "Ivo", 1),
        ("grumbler", "Nora Feld", 1), ("t1/anon-1", "grumbler", 1),
    ]  # fmt: skip
    assert pd.isna(pairs.author[3])
    sure = reply_network(doubtful, min_link_confidence=0.5)
    assert "t1/anon-1" not in set(sure.author_id)
    assert sure.attrs["min_link_confidence"] == 0.5


@pytest.mark.parametrize("aggregate", [by_author, by_thread, reply_pairs, reply_network, triage])
def test_every_aggregate_names_its_floor(doubtful: Scored, aggregate: Callable[..., pd.DataFrame]) -> None:
    assert aggregate(doubtful).attrs["min_link_confidence"] == 0.0
    assert aggregate(doubtful, min_link_confidence=0.8).attrs["min_link_confidence"] == 0.8
    assert aggregate(at_floor(doubtful, 0.8), min_link_confidence=0.5).attrs["min_link_confidence"] == 0.8
    with pytest.raises(InputError):
        aggregate(doubtful, min_link_confidence=2)


def test_an_author_is_answered_by_links_that_reach_the_floor(doubtful: Scored) -> None:
    answered = [
        by_author(doubtful, min_link_confidence=floor).set_index("author_id").n_answered["grumbler"]
        for floor in (0.0, 0.5)
    ]
    assert answered == [2, 1]


def test_the_queue_counts_replies_that_reach_the_floor(doubtful: Scored) -> None:
    every, sure = (
        triage(doubtful, min_link_confidence=floor).set_index("comment_id") for floor in (0.0, 0.5)
    )
    assert every.reasons["b"].endswith("; 2 replies")
    assert sure.reasons["b"].endswith("; 1 reply (links of at least 0.50)")
    assert every.priority["b"] > sure.priority["b"]


def test_the_audit_slice_is_the_same_at_any_floor(doubtful: Scored) -> None:
    policy = Policy(
        audit_least=1, audit_share=0.01, thresholds={"antisemitism": 0.5}, weights={"antisemitism": 1.0}
    )
    for seed in range(5):
        drawn = [
            triage(doubtful, replace(policy, seed=seed), min_link_confidence=floor).comment_id.tolist()
            for floor in (0.0, 0.95)
        ]
        assert drawn[0] == drawn[1]


def test_a_chart_that_rests_on_links_names_its_floor_and_no_other_does(doubtful: Scored) -> None:
    floors = {module.name: module.frame(doubtful).attrs.get("min_link_confidence") for module in CHARTS}
    assert {name: floor for name, floor in floors.items() if floor is not None} == {
        "replies": 0.0, "thread_tree": 0.0, "reply_network": 0.5,
    }  # fmt: skip
    for name in ("replies", "thread_tree", "reply_network"):
        drawn = reports.chart(name, doubtful, min_link_confidence=0.95)
        said = [
            *(text.get_text() for text in drawn.texts),
            drawn.get_supxlabel(),
            *(a.get_xlabel() for a in drawn.axes),
        ]
        assert any("only links of at least 95 % confidence count" in each for each in said), name


def test_the_numbers_of_a_chart_that_rests_on_links_name_its_floor(
    doubtful: Scored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Figure, "savefig", lambda *_, **__: None)
    for floor in (0.0, 0.95):
        reports.write_charts(doubtful, tmp_path, min_link_confidence=floor)
        tables = {path.stem: pd.read_csv(path) for path in tmp_path.glob("*.csv")}
        assert {
            name: table.min_link_confidence.unique().tolist()
            for name, table in tables.items() if "min_link_confidence" in table
        } == {"replies": [floor], "thread_tree": [floor], "reply_network": [max(floor, 0.5)]}  # fmt: skip


def test_a_chart_without_links_takes_no_floor(doubtful: Scored) -> None:
    with pytest.raises(
        InputError, match="The chart 'authors' has no choice 'min_link_confidence'; it has most"
    ):
        reports.chart("authors", doubtful, min_link_confidence=0.8)


def test_the_tree_sets_unsure_comments_apart(doubtful: Scored) -> None:
    frame = reports.charts.thread_tree.frame(doubtful, min_link_confidence=0.5).set_index("comment_id")
    assert frame.unsure.to_dict() == {"a": False, "b": False, "c": False, "d": True}
    assert pd.isna(frame.parent_order["d"])
    assert frame.depth["d"] == 0


def test_the_network_counts_whom_it_leaves_out(doubtful: Scored) -> None:
    frame = reports.charts.reply_network.frame(doubtful, most=2)
    assert len(frame) == 2
    assert frame.attrs["n_left_out"] == 1
    assert sorted({*frame.row, *frame.column}) == [0, 1]


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    monkeypatch.setattr(sections, "charts", lambda scored, policy=None: [])
    return lambda scored, **asked: reports.write(scored, tmp_path / "r.html", **asked).read_text("utf-8")


def lines(html: str) -> dict[int, str]:
    found = re.findall(r'<li id="c(\d+)" (class=.*?)</li>', html, re.DOTALL)
    return {int(number): text for number, text in found}


def test_a_reader_can_switch_to_the_sure_links_without_script(
    doubtful: Scored, written: Callable[..., str]
) -> None:
    html = written(doubtful)
    assert re.findall(r'<input type="radio" name="links" id="(l-\w+)"', html) == ["l-all", "l-sure"]
    assert set(re.findall(r'<label for="(l-\w+)"', html)) == {"l-all", "l-sure"}
    cut = sure_links(doubtful.comments, SURE).set_index("comment_id")
    for number, name in enumerate(doubtful.comments.comment_id):
        place = re.search(r"--s:(\d+);--o:(\d+)", lines(html)[number])
        if doubtful.comments.thread_id[number] == "t1":
            assert place
            assert [int(place[1]), int(place[2])] == [cut.depth[name], cut.order[name]]
        else:
            assert place is None, "a thread without unsure links reads the same both ways"


def test_an_unsure_link_shows_its_best_guess(doubtful: Scored, written: Callable[..., str]) -> None:
    moved = lines(written(doubtful))[3]
    assert re.match(r'class="inferred moved"', moved)
    said = re.search(r'<span class="unlinked with-sure".*?</span>', moved, re.DOTALL)
    assert said
    assert "whom this answers is unsure (best guess: grumbler, 46 %)" in re.sub("<[^>]*>", "", said[0])
    assert 'href="#c1"' in said[0]
    assert not [
        text for number, text in lines(written(doubtful)).items() if number != 3 and "unlinked" in text
    ]


def test_the_kinds_of_links_stand_beside_each_thread(doubtful: Scored, written: Callable[..., str]) -> None:
    html = re.sub(r"<[^>]*>", "", written(doubtful))
    assert "3 links: 1 given by the source (33 %), 1 inferred and sure (33 %), 1 unsure (33 %)" in html
    assert "2 links, all given by the source" in html


def test_where_every_link_is_sure_there_is_nothing_to_switch(
    scored: Scored, doubtful: Scored, written: Callable[..., str]
) -> None:
    assert 'name="links"' not in written(scored)
    assert 'name="links"' not in written(doubtful, min_link_confidence=0.8)


def test_a_report_with_a_floor_says_so_and_follows_it(doubtful: Scored, written: Callable[..., str]) -> None:
    html = written(doubtful, min_link_confidence=0.5)
    assert html.count("only links of at least 50 % confidence count") >= 2
    assert sum('class="unsure"' in text for text in lines(html).values()) == 1
    card = re.search(
        r'<article id="q\d+">(?:(?!</article>).)*You are (?:(?!</article>).)*</article>', html, re.DOTALL
    )
    assert card
    assert "Whom this answers is unsure (best guess: grumbler, 46 %: comes right after it)" in card[0]
    assert "every link counts, sure or not" in written(doubtful)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((0, 0, 0), "0 links"),
        ((0, 1, 0), "1 link, all inferred and sure"),
        ((1, 0, 3), "4 links: 1 given by the source (25 %), 3 unsure (75 %)"),
    ],
)
def test_shares_of_links_in_words(numbers: tuple[int, int, int], said: str) -> None:
    assert words.shares(*numbers) == said


def test_the_floor_from_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "charts", lambda scored, policy=None: [])
    monkeypatch.setattr("threads.detectors.built_in", lambda *_, **__: [Sentiment()])

    def call(*arguments: object) -> str:
        result = CliRunner().invoke(main, [str(each) for each in arguments])
        assert result.exit_code == 0, result.output
        return result.output

    case, floor = tmp_path / "case", ("--min-link-confidence", "0.8")
    call("run", SEEDS / "harvest_soup.txt", "-o", case, *floor)
    assert json.loads((case / "run.json").read_text("utf-8"))["min_link_confidence"] == 0.8
    assert "only links of at least 80 % confidence count" in (case / "report.html").read_text("utf-8")
    whole = threads.Case(case).comments()
    assert "unsure" not in set(whole.link)
    call("export", case, "-o", tmp_path / "sure.csv", *floor)
    exported = pd.read_csv(tmp_path / "sure.csv")
    low = whole[(whole.link == "inferred") & (whole.parent_confidence < 0.8)].comment_id
    assert len(low)
    assert set(exported[exported.link == "unsure"].comment_id) == set(low)
    call("report", case)
    assert json.loads((case / "run.json").read_text("utf-8"))["min_link_confidence"] == 0.0
    call("queue", case, *floor)
