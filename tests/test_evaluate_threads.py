"""Measuring recovered threads: each figure on a case small enough to be counted by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from threads.cli import main
from threads.errors import InputError
from threads.evaluation import views as evaluate_views
from threads.evaluation.links import LOST, RULES, Guess, figures
from threads.evaluation.pages import compare, matches
from threads.evaluation.threads import measure, measure_threads, read_samples
from threads.evaluation.true_lines import parsed
from threads.evaluation.true_links import Known, known
from threads.evaluation.views import from_pages
from threads.flattening import flatten
from threads.infer.links.guessing import infer_links
from threads.infer.links.thread import ROOT

TEXTS = (
    "The ferry was late again this morning, forty minutes in the rain.",
    "Was there any word from the captain about why?",
    "Fog on the far side, they said, but I saw none.",
    "I gave up on the ferry years ago and drive around the lake.",
    "That is an hour each way though, is it not?",
)
AUTHORS = ("Edda Moor", "Caspar Lind", "Edda Moor", "T. Wick", "Caspar Lind")
PARENTS = (None, "0", "1", None, "3")


def record(**changes: object) -> dict:
    comments = [
        {"id": str(at), "author": author, "text": text, "parent": parent, "order": at}
        for at, (author, text, parent) in enumerate(zip(AUTHORS, TEXTS, PARENTS, strict=True))
    ]
    base = {"id": "ferry", "source": "lake", "title": "The ferry", "article": "", "order_type": "dfs"}
    return {**base, "comments": comments, **changes}


def chat(*links: list[str]) -> Known:
    comments = [
        {"id": str(at), "author": "a", "text": "x", "parent": (own or [None])[0], "parents": own,
         "annotated": at != 1, "order": at}
        for at, own in enumerate(links)
    ]  # fmt: skip
    return known(record(order_type="chrono", comments=comments, source="irc_lake"))


def guess(*parents: int, sure: float = math.nan) -> Guess:
    return Guess(np.array(parents), np.full(len(parents), sure, dtype=np.float32))


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), "utf-8")
    return path


def test_the_figures_of_a_thread_counted_by_hand() -> None:
    # Right: 0, 1, 3. Comment 2 is hung on 0 and not on 1; 4 is called a root.
    found = figures([known(record())], [guess(ROOT, 0, 0, ROOT, ROOT, sure=0.9)])
    assert found["parents"] == pytest.approx(3 / 5)
    assert found["replies"] == pytest.approx(1 / 3)
    assert found["roots"] == pytest.approx(2 * 2 / (2 + 3))
    assert found["path"] == pytest.approx((1 + 1 + 1 / 2 + 1 + 0) / 5)
    assert found["calibration"] == pytest.approx(0.3, abs=1e-6)
    assert math.isnan(found["links"])


def test_a_comment_that_was_not_found_is_wrong_and_says_no_confidence() -> None:
    found = figures([known(record())], [guess(LOST, LOST, 1, LOST, 3)])
    assert found["parents"] == pytest.approx(2 / 5)
    assert found["roots"] == 0
    assert found["path"] == pytest.approx((0 + 0 + 1 / 2 + 0 + 1) / 5)
    assert math.isnan(found["calibration"])


def test_links_of_a_chat_with_and_without_starts() -> None:
    # Message 2 answers 0 and 1; message 1 is not annotated and does not count.
    one = chat([], ["0"], ["0", "1"], [])
    found = figures([one], [guess(ROOT, 0, 1, 2)])
    assert found["links"] == pytest.approx(2 * 1 / (2 + 2))
    assert found["links_and_starts"] == pytest.approx(2 * 2 / (3 + 4))
    assert found["parents"] == pytest.approx(2 / 3)


def test_nothing_to_measure_is_no_figure() -> None:
    assert all(math.isnan(value) for value in figures([], []).values())


@pytest.mark.parametrize(
    ("found", "gold", "partners"),
    [
        (["a b c", "d e f"], ["a b c", "d e f"], [0, 1]),
        (["Thanks", "one", "two"], ["one", "two", "Thanks"], [None, 0, 1]),
        (["one", "menu of the page", "two"], ["one", "two"], [0, None, 1]),
        (["one  two\nthree"], ["one two three"], [0]),
        (["The ferry was late agan"], ["zero", "The ferry was late again"], [1]),
        ([], ["one"], []),
        (["one"], [], [None]),
    ],
    ids=["same", "a comment too many", "a menu", "spaces", "alike", "none found", "none there"],
)
def test_which_comment_a_found_one_is(found: list[str], gold: list[str], partners: list) -> None:
    assert matches(found, gold) == partners


def test_the_tally_counts_authors_of_what_was_matched() -> None:
    tally = compare([("Ann", "one"), (None, "two"), ("Bo", "menu")], [("Ann", "one"), ("Cy", "two")])
    assert (tally.gold, tally.found, tally.matched, tally.authors_right) == (2, 3, 2, 1)


def test_a_flattened_thread_is_title_article_then_author_and_body() -> None:
    one = known(record(article="It rains.", comments=record()["comments"][:2]))
    nameless = known(record(comments=[{**record()["comments"][0], "author": ""}]))
    assert flatten(one).text == (
        f"The ferry\n\nIt rains.\n\nEdda Moor\n\n{TEXTS[0]}\n\nCaspar Lind\n\n{TEXTS[1]}\n\n"
    )
    assert flatten(nameless).text == f"The ferry\n\n\n{TEXTS[0]}\n\n"


def test_the_same_seed_gives_the_same_page() -> None:
    one = known(record())
    assert flatten(one, 0.5, seed=3) == flatten(one, 0.5, seed=3)
    assert flatten(one, 1.0).text.count("\n\n") >= 3 * len(TEXTS)


def test_a_row_for_each_view_and_rule(tmp_path: Path) -> None:
    table = measure_threads(write(tmp_path / "lake.jsonl", record()))
    assert table.rule.tolist() == ["model", *(rule.__name__ for rule in RULES)] * 2
    assert table.view.tolist() == ["links"] * 5 + ["page"] * 5
    page = table[(table.view == "page") & (table.rule == "model")].iloc[0]
    assert (page.precision, page.recall, page.authors) == (1, 1, 1)
    assert page.seconds > 0
    previous = table[table.rule == "previous"]
    assert previous.parents.tolist() == pytest.approx([4 / 5, 4 / 5])


@pytest.mark.parametrize(
    ("order", "views"),
    [("dfs", {"links": False, "dated": True, "page": False}), ("chrono", {"links": True, "page": False})],
)
def test_which_view_has_the_times_of_the_file(tmp_path: Path, monkeypatch, order: str, views: dict) -> None:
    seen = []
    monkeypatch.setattr(
        evaluate_views,
        "infer_links",
        lambda frame, articles: seen.append(frame) or infer_links(frame, articles),
    )
    comments = [{**c, "time": f"2025-04-01T0{at}:00:00Z"} for at, c in enumerate(record()["comments"])]
    table = measure_threads(write(tmp_path / "lake.jsonl", record(comments=comments, order_type=order)))
    assert table[table.rule == "model"]["view"].tolist() == list(views)
    assert [frame.created.notna().all() for frame in seen] == list(views.values())


def test_every_comment_of_a_page_that_was_not_read_is_wrong() -> None:
    page = flatten(known(record()))
    found = from_pages([type(page)("lake", "Nothing here.", page.gold, page.links)])
    assert figures(found.threads, found.guesses["root"])["parents"] == 0
    assert found.boundaries["recall"] == 0


def test_a_chat_is_not_shown_as_a_page(tmp_path: Path) -> None:
    table = measure_threads(write(tmp_path / "chat.jsonl", record(source="irc_lake", order_type="chrono")))
    assert set(table.view) == {"links"}


def test_lost_names_stay_lost_in_both_views(tmp_path: Path) -> None:
    samples = read_samples(write(tmp_path / "lake.jsonl", record()))
    table = measure(samples, drop_authors=1.0)
    assert table.authors.dropna().eq(1).all()
    rows = table[table.view == "links"].set_index("rule")
    assert rows.parents["name"] == rows.parents["previous"]


def test_a_cap_takes_every_nth_thread_of_a_source(tmp_path: Path) -> None:
    rows = [record(id=str(at), source=source) for source in ("a", "b") for at in range(6)]
    rows.append(record(id="c", source="c", comments=[]))
    samples = read_samples(write(tmp_path / "lake.jsonl", *rows), most=10)
    names = [one.source + one.name for one in samples.threads]
    assert names == ["a0", "a3", "b0", "b3", "cc"]
    table = measure(samples)
    assert table[table.source == "c"].view.unique().tolist() == ["page"]


def test_a_parent_below_its_reply_counts_where_the_newest_stands_first() -> None:
    comments = [{**comment, "order": -comment["order"]} for comment in record()["comments"]]
    turned = record(comments=comments)
    assert known(turned, below=True).parents.tolist() == [1, ROOT, 3, 4, ROOT]
    assert known(turned).counts.tolist() == [False, True, False, False, True]


def test_a_saved_page_with_its_gold_beside_it(tmp_path: Path) -> None:
    text = flatten(known(record())).text
    gold = record()["comments"]
    spans = [
        {"id": c["id"], "author": c["author"], "author_shown": True, "parent": c["parent"],
         "start": text.index(c["text"]), "end": text.index(c["text"]) + len(c["text"])}
        for c in gold
    ]  # fmt: skip
    for name, comments, page in (("a.lines", gold, text), ("b", spans, text), ("c", [], "An empty page.")):
        (tmp_path / f"{name}.txt").write_text(page, "utf-8")
        write(tmp_path / f"{name}.gold.json", {"comments": comments})
    table = measure_threads(tmp_path).query("rule == 'model'").set_index("source")
    assert table.recall["lines"] == table.recall[tmp_path.name] == 1
    assert table.false_pages[tmp_path.name] == 0
    assert math.isnan(table.false_pages["lines"])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('{"id": 1', "it is no JSON"),
        ("[" * 100_000, "it is no JSON"),
        ("[1]", "no list 'comments'"),
        ({"comments": "none"}, "no list 'comments'"),
        ({"comments": ["a"]}, "comment 1 is no object"),
        ({"comments": [{"id": "a", "parent": None}]}, "comment 1 has no 'text'"),
        ({"comments": [{"id": "a", "text": "b"}]}, "comment 1 has no 'parent'"),
        ({"comments": [{"id": "a", "text": "b", "parent": None}] * 2}, "comment 2 has an id that is"),
        ({"comments": [{"id": "a", "text": 7, "parent": None}]}, "'text' of the wrong type"),
        ({"comments": [{"id": "a", "text": "b", "parent": None, "parents": 3}]}, "'parents' of the wrong"),
        ({"comments": [], "source": 3}, "it has a 'source' of the wrong type"),
        ({"comments": [{"id": "a", "text": "\ud800", "parent": None}]}, "half of a surrogate pair"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_thread_is_named_and_the_rest_goes_on(tmp_path: Path, row, reason: str) -> None:
    bad = write(tmp_path / "bad.jsonl", row)
    with pytest.raises(InputError, match=rf"bad\.jsonl, line 1: .*{reason}"):
        read_samples(bad)
    samples = read_samples(write(tmp_path / "mixed.jsonl", record(), row, "", record(id="two")))
    assert len(samples.threads) == 2
    assert len(samples.unread) == 1
    assert "mixed.jsonl, line 2: " in samples.unread[0]
    assert reason in samples.unread[0]


def test_what_a_record_leaves_out_is_filled_in(tmp_path: Path) -> None:
    bare = {"comments": [{"id": 1, "text": "one", "parent": None}, {"id": 2, "text": "two", "parent": 1}]}
    (one,) = read_samples(write(tmp_path / "bare.jsonl", bare)).threads
    assert (one.source, one.parents.tolist(), one.authors) == ("bare", [ROOT, 0], [None, None])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
NAMES = ("id", "author", "text", "parent", "parents", "order", "time", "annotated", "start", "end")
COMMENT = st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, JSON))


@given(st.fixed_dictionaries(
    {"comments": st.lists(COMMENT, max_size=3) | JSON},
    optional=dict.fromkeys(("id", "source", "title", "article", "order_type"), JSON),
))  # fmt: skip
def test_any_record_is_taken_or_refused_but_nothing_breaks(row: dict) -> None:
    found = parsed(json.dumps(row).encode(), {"source": "any", "id": "any"})
    assert found if isinstance(found, str) else known(found).source is not None


def test_the_command_prints_a_table_and_says_what_it_left_out(tmp_path: Path) -> None:
    path = write(tmp_path / "lake.jsonl", record(source="[bold]lake"), "{")
    result = CliRunner().invoke(main, ["evaluate", "threads", str(path)])
    assert result.exit_code == 0
    assert result.stdout.startswith("[bold]lake\n")
    assert "previous" in result.stdout
    assert "+starts" not in result.stdout
    assert "lake.jsonl, line 2: it is no JSON." in result.stderr
    assert "1 record could not be read" in result.stderr


def test_the_command_prints_json_for_a_notebook(tmp_path: Path) -> None:
    path = write(tmp_path / "lake.jsonl", record())
    result = CliRunner().invoke(main, ["evaluate", "threads", str(path), "--json"])
    table = pd.DataFrame(json.loads(result.stdout))
    assert table.columns.tolist() == measure_threads(path).columns.tolist()


@pytest.mark.parametrize("name", ["absent.jsonl", "empty", "bad.jsonl"])
def test_what_cannot_be_measured_is_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path / "bad.jsonl", "no JSON")
    result = CliRunner().invoke(main, ["evaluate", "threads", str(tmp_path / name)])
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert name in result.stderr
