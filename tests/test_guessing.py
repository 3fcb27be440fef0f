"""What columns of a table, or names in JSON, were taken for is said: in the record and on the screen."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from click.testing import CliRunner

from threads.cli import main
from threads.files.taken import told
from threads.reading import parse


def record(tmp_path, name, content):
    path = tmp_path / name
    if isinstance(content, pd.DataFrame):
        content.to_parquet(path)
    else:
        path.write_text(content)
    return parse(path).inputs[0]


@pytest.mark.parametrize(
    ("name", "content", "columns", "unread"),
    [
        ("a.csv", "comment id;user;body;ip\n1;ada;hi;::1\n",
         {"text": "body", "id": "comment id", "author": "user"}, ["ip"]),
        ("a.parquet", pd.DataFrame({"id": [1], "message": ["hi"], "ip": ["::1"]}),
         {"text": "message", "id": "id"}, ["ip"]),
        ("a.jsonl", '{"id": 1, "text": "hi", "mood": "x"}\n{"id": 2, "text": "ho", "nick": "a"}\n{"te',
         {"text": "text", "id": "id", "author": "nick"}, ["mood"]),
        ("a.json", json.dumps({"title": "On tides", "site": 1, "comments": [
            {"id": 1, "text": "hi", "lang": "en", "replies": [{"id": 2, "text": "ho", "w": 1}]}]}),
         {"text": "text", "id": "id", "replies": "replies"}, ["lang", "w"]),
    ],
)  # fmt: skip
def test_which_column_was_taken_for_what(tmp_path, name, content, columns, unread):
    said = record(tmp_path, name, content)
    assert (said["columns"], said["unread"]) == (columns, unread)


def test_a_document_longer_than_what_is_looked_at_is_told_by_its_beginning(tmp_path):
    rows = [{"id": number, "text": "word " * 50, "mood": "x"} for number in range(1_000)]
    said = record(tmp_path, "long.json", json.dumps(rows))
    assert (said["n_comments"], said["columns"], said["unread"]) == (
        1_000, {"text": "text", "id": "id"}, ["mood"]
    )  # fmt: skip


def test_a_format_that_knows_its_own_says_nothing_of_columns(tmp_path):
    said = record(
        tmp_path, "a.json", json.dumps([{"commentHex": "a", "commenterHex": "b", "markdown": "hi"}])
    )
    assert said["platform"] == "commento"
    assert "columns" not in said


def test_the_screen_says_it_once_for_tables_that_are_alike(tmp_path):
    for name in "abc":
        (tmp_path / f"{name}.csv").write_text("id,body,ip\n1,hi,::1\n")
    shown = CliRunner().invoke(main, ["parse", str(tmp_path), "-o", str(tmp_path / "case")]).output
    assert "  a.csv and 2 more: text from body, id; not read: ip\n" in shown


def test_many_unread_columns_are_counted():
    assert told({"text": "text"}, [f"c{n}" for n in range(14)]).endswith("c10, c11 and 2 more")
    assert told({"text": "text"}, []) == "text"
