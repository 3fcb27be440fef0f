from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from matplotlib.figure import Figure

import reports
from reports.charts import CHARTS, svg
from threads.errors import InputError
from threads.rebuild import rebuild
from threads.schema import COMMENTS, SCORES, conform
from threads.scored import Scored

HEADS = ["toxicity", "antisemitism", "conspiracy", "sentiment"]


def run_of(n_authors: int, n_comments: int, name: str = "Author of a rather long name number {}") -> Scored:
    rows = pd.DataFrame({
        "comment_id": [f"c{i}" for i in range(n_comments)],
        "thread_id": "t",
        "parent_id": [None if i % 3 == 0 else f"c{i - 1}" for i in range(n_comments)],
        "author": [None if i % 7 == 6 else name.format(i % n_authors) for i in range(n_comments)],
        "text": [f"comment {i}" for i in range(n_comments)],
        "platform": "csv", "source": "x.csv", "position": range(n_comments),
        "title": "A title with $dollars$ & <tags>",
        "created": pd.date_range("2025-01-01", periods=n_comments, freq="7h", tz="UTC"),
    })  # fmt: skip
    rows["author_id"] = rows.author.fillna("t/anon-1")
    heads = {head: [(i * (k + 3)) % 11 / 10 for i in range(n_comments)] for k, head in enumerate(HEADS)}
    scores = pd.DataFrame({"comment_id": rows.comment_id, **heads})
    return Scored(rebuild(conform(rows, COMMENTS)), conform(scores, SCORES))


@pytest.mark.parametrize("module", CHARTS, ids=lambda m: m.name)
@pytest.mark.parametrize("run", [run_of(3, 9), run_of(40, 120)], ids=["3", "40"])
def test_every_chart_draws_and_is_the_same_each_time(module, run: Scored) -> None:
    frame = module.frame(run)
    assert len(frame)
    first, second = (svg(module.draw(frame)) for _ in range(2))
    assert first == second
    ET.fromstring(first)  # noqa: S314 - our own drawing
    assert not re.search(r"<script|https?://(?!www\.w3\.org|purl\.org|creativecommons\.org)", first)


@pytest.mark.parametrize("module", CHARTS, ids=lambda m: m.name)
def test_hostile_and_foreign_names_are_shown_not_run(module) -> None:
    run = run_of(6, 20)
    names = ["<script>alert(1)</script>", "$\\frac{x}", "田中", "שרה", "\u202eevil", "😀", "\x07bell"]
    run = replace(run, comments=run.comments.assign(author=[names[i % 7] for i in range(20)]))
    drawn = svg(module.draw(module.frame(run)))
    ET.fromstring(drawn)  # noqa: S314 - our own drawing
    assert "<script" not in drawn


@pytest.mark.parametrize("module", CHARTS, ids=lambda m: m.name)
def test_a_run_without_comments_draws_nothing(module) -> None:
    run = run_of(3, 9)
    nothing = replace(run, comments=run.comments.iloc[:0], scores=run.scores.iloc[:0])
    assert module.frame(nothing).empty


def test_the_authors_chart_names_the_number_behind_every_mean(scored: Scored) -> None:
    frame = reports.charts.authors.frame(scored)
    assert frame.author.unique().tolist()[:2] == ["Ivo  n=2", "Nora Feld  n=2"]
    assert any(label.startswith("(name lost)") for label in frame.author)


def test_the_author_profile_of_a_chosen_person(scored: Scored) -> None:
    frame = reports.charts.author_profile.frame(scored, author="Nora Feld")
    assert frame.comment_id.tolist() == ["a", "c"]
    assert frame.n_comments.tolist() == [2, 2]
    with pytest.raises(InputError, match="Nobody"):
        reports.charts.author_profile.frame(scored, author="Nobody")


def test_the_thread_tree_holds_every_link(scored: Scored) -> None:
    frame = reports.charts.thread_tree.frame(scored, thread_id="t1")
    assert frame.parent_order.tolist()[1:] == [0, 1, 1]
    assert frame.score.max() == pytest.approx(0.95)


def test_replies_say_which_floor_they_used(scored: Scored) -> None:
    frame = reports.charts.replies.frame(scored, min_link_confidence=0.5)
    figure = reports.charts.replies.draw(frame)
    assert "at least 50 % confidence" in figure.get_supxlabel()


def test_a_chart_by_name(scored: Scored) -> None:
    assert isinstance(reports.chart("authors", scored), Figure)
    with pytest.raises(InputError, match="There is no chart"):
        reports.chart("pie", scored)


def test_pictures_and_their_numbers_are_written(scored: Scored, tmp_path: Path) -> None:
    written = reports.write_charts(scored, tmp_path / "charts")
    assert {path.name for path in written} == {f"{module.name}.png" for module in CHARTS}
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in written)
    assert all(path.with_suffix(".csv").exists() for path in written)
