"""Measuring on labels: what a table may look like, what is counted, how bad input is refused."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from threads.cli import main
from threads.errors import InputError, MissingColumn
from threads.evaluation.intervals import wilson
from threads.evaluation.labelled import labelled, read_table
from threads.evaluation.labels import measure_labels
from threads.evaluation.measures import decisions, reliability
from threads.identity_terms import identity_terms, naming

ROWS = pd.DataFrame(
    [
        ("Jews secretly control every bank on earth", 1, "hate", "forum"),
        ("My Jewish neighbour bakes great bread", 0, "kind mention", "forum"),
        ("He said 'Jews run the media', which is a disgusting lie", 0, "condemn", "news"),
        ("Muslims in our town opened a bakery", 0, "other", "news"),
        ("The Jews own the government and everyone knows it", 0, "mislabelled", "news"),
    ],
    columns=["text", "label", "kind", "source"],
)


def call(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "antisemitism.csv"
    ROWS.to_csv(path, index=False)
    return path


def written(rows: pd.DataFrame, path: Path) -> Path:
    match path.suffix:
        case ".csv":
            rows.to_csv(path, index=False)
        case ".tsv":
            rows.to_csv(path, index=False, sep="\t")
        case ".jsonl":
            rows.to_json(path, orient="records", lines=True)
        case ".json":
            rows.to_json(path, orient="records")
        case ".parquet":
            rows.to_parquet(path)
    return path


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl", ".json", ".parquet"])
def test_every_kind_of_table_gives_the_same_rows(tmp_path: Path, suffix: str) -> None:
    found = labelled(read_table(written(ROWS, tmp_path / f"x{suffix}")))
    assert found.rows[["text", "label", "kind"]].to_dict() == ROWS[["text", "label", "kind"]].to_dict()
    assert found.left_out == 0


def test_answers_in_words_and_rows_without_one(tmp_path: Path) -> None:
    rows = pd.DataFrame({"body": ["a", "b", "c", "d", ""], "verdict": ["Yes", "no ", "unsure", None, "yes"]})
    found = labelled(read_table(written(rows, tmp_path / "x.csv")))
    assert found.rows["label"].tolist() == [1, 0]
    assert found.left_out == 3


def test_columns_may_be_named_and_shadowed(tmp_path: Path) -> None:
    rows = pd.DataFrame({"text": ["title", "title"], "body": ["a", "b"], "hateful": [True, False]})
    read = read_table(written(rows, tmp_path / "x.parquet"), {"text": "body", "label": "hateful"})
    assert labelled(read).rows[["text", "label"]].to_numpy().tolist() == [["a", 1], ["b", 0]]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("text,label\na,0\nb,perhaps\n", r"line 3: the label 'perhaps' is none of"),
        ("text,label\na,\n", r"no row with a text and a label"),
        ("text,hate\na,1\n", r"no column label, only text, hate"),
        ("x,label\na,1\n", r"no column text, only x, label"),
        ("text,label\n", r"no rows under"),
    ],
)
def test_bad_tables_are_refused_in_a_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=sentence):
        labelled(read_table(path))


def test_damaged_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_bytes(b"PAR1 and nothing more")
    (tmp_path / "x.jsonl").write_text('{"text": "a", "label": 1}\n{"text": \n', "utf-8")
    with pytest.raises(InputError, match="damaged"):
        read_table(tmp_path / "x.parquet")
    with pytest.raises(InputError, match="line 2"):
        read_table(tmp_path / "x.jsonl")
    with pytest.raises(InputError, match="no file"):
        read_table(tmp_path / "nowhere.csv")
    with pytest.raises(InputError, match="folder"):
        read_table(tmp_path)


def test_what_is_measured(table: Path) -> None:
    found = measure_labels(table, "antisemitism", by=["source"])
    figures = found.figures.iloc[0]
    assert (figures.comments, figures.positives) == (5, 1)
    assert (figures.precision, figures.recall, figures.false_alarm_rate) == (0.5, 1.0, 0.25)
    assert found.groups["source"].set_index("source").comments.to_dict() == {"news": 3, "forum": 2}
    alarms = found.by_kind.set_index("kind").alarms
    assert alarms.to_dict() == {"mislabelled": 1, "kind mention": 0, "condemn": 0, "other": 0}
    terms = found.by_term.set_index("term")
    assert terms.loc["any comment", ["comments", "alarms"]].tolist() == [4, 1]
    assert terms.loc["Jewish", ["comments", "alarms"]].tolist() == [3, 1]
    assert terms.loc["Muslim", "rate"] == 0
    assert found.reliability.comments.sum() == 5


def test_a_threshold_and_rows_of_ones_own(table: Path) -> None:
    assert measure_labels(table, "antisemitism", threshold=1.0).figures.recall.tolist() == [0.0]
    assert measure_labels(table, "antisemitism", where={"source": "forum"}).figures.comments.tolist() == [2]
    with pytest.raises(InputError, match="no row whose source"):
        measure_labels(table, "antisemitism", where={"source": "moon"})
    with pytest.raises(InputError, match="group by"):
        measure_labels(table, "antisemitism", by=["weather"])
    with pytest.raises(InputError, match="no head 'sentiment'"):
        measure_labels(table, "sentiment")


def test_the_parent_is_read_where_it_is_there(tmp_path: Path) -> None:
    rows = pd.DataFrame({
        "text": ["The Jews control the banks."] * 2, "label": [1, 1],
        "parent_text": [None, "Nice weather today."],
    })  # fmt: skip
    found = measure_labels(written(rows, tmp_path / "x.parquet"), "antisemitism")
    assert found.figures.recall.tolist() == [1.0]


def test_terms_are_whole_words_in_four_languages() -> None:
    texts = pd.Series(
        ["JEWS!", "Die jüdische Gemeinde", "les juives", "los judíos", "jewellery", "black coffee"]
    )
    there = naming(texts)
    assert there["Jewish"].tolist() == [True, True, True, True, False, False]
    assert not there["Black"].any()
    assert set(there.columns) == set(identity_terms())


def test_decisions_and_reliability() -> None:
    found = decisions([1, 1, 0, 0], [True, False, True, False])
    assert found == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "false_alarm_rate": 0.5}
    assert math.isnan(decisions([0], [False])["precision"])
    table = reliability([0, 1, 1], [0.05, 0.95, 1.0])
    assert table[["from", "comments", "share"]].to_numpy().tolist() == [[0.0, 1, 0.0], [0.9, 2, 1.0]]


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (8, 10, 0.4902, 0.9433), (0, 0, 0.0, 1.0)],
)
def test_wilson_against_published_values(hits: int, of: int, low: float, high: float) -> None:
    assert np.allclose(wilson(hits, of), (low, high), atol=5e-4)


def test_the_command_takes_a_table_as_its_first_word(table: Path, tmp_path: Path) -> None:
    plot = tmp_path / "plot.png"
    printed = call("evaluate", table, "--by", "source", "--plot", plot)  # the file is called like its head
    assert printed.exit_code == 0, printed.output
    assert "kind mention" in printed.output
    assert plot.read_bytes().startswith(b"\x89PNG")
    found = json.loads(call("evaluate", "--json", table).output)
    assert found["figures"]["recall"] == 1.0
    assert {row["term"] for row in found["by_term"]} >= {"any comment", "Jewish", "Muslim"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere"], "There is no file nowhere, nor is it one of the commands threads, tropecheck"),
        (["nowhere.csv", "--head", "antisemitism"], "There is no file nowhere.csv"),
    ],
)
def test_the_command_refuses_in_one_line(arguments: list[str], sentence: str) -> None:
    refused = call("evaluate", *arguments)
    assert refused.exit_code == 1
    assert sentence in refused.output
    assert refused.output.count("\n") == 1


def test_a_plot_that_is_no_png_and_a_head_that_nobody_named(table: Path) -> None:
    assert call("evaluate", table, "--plot", "x.svg").exit_code == 1
    other = table.rename(table.with_name("my.csv"))
    assert "Say what the labels" in call("evaluate", other).output
    with pytest.raises(MissingColumn):
        measure_labels(other, "antisemitism", columns={"label": "nope"})
