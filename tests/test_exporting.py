from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pandas as pd
import pytest

from threads.errors import CaseError
from threads.exporting import as_written, export

FRAME = pd.DataFrame({
    "text": ["=HYPERLINK(1)", "+1", "-2", "@cell", "\ttab", "plain, \"quoted\"\nand broken", None],
    "likes": [1, -2, 3, 4, 5, 6, 7],
})  # fmt: skip


def test_csv_defuses_formulas_and_only_them(tmp_path: Path) -> None:
    assert export(FRAME, tmp_path / "out.csv", "csv") == 7
    back = pd.read_csv(tmp_path / "out.csv", encoding="utf-8-sig")
    assert back.text.tolist()[:5] == ["'=HYPERLINK(1)", "'+1", "'-2", "'@cell", "'\ttab"]
    assert back.text[5] == FRAME.text[5]
    assert back.likes.tolist() == FRAME.likes.tolist()


HOSTILE = [
    " =1", "\u00a0@x", "\n+1", "\ufeff=1", "\u200b-1", "\uff1d1", "'=1", "''@x", "\x01=1", "a\r=1\rb",
    "x\n=1", "\r", "'tis", "a=b", "", "3 - 2",
]  # fmt: skip


def test_no_cell_and_no_column_of_a_csv_begins_like_a_formula(tmp_path: Path) -> None:
    frame = pd.DataFrame({"=head": HOSTILE, "kind": pd.Categorical(["=a", "b"] * 8)})
    export(frame, tmp_path / "out.csv", "csv")
    written = (tmp_path / "out.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert len(rows) == 1 + len(HOSTILE)
    for cell in (each for row in rows for each in row):
        assert not cell.lstrip(" \u00a0\n\r\t\ufeff\u200b\x01").startswith(tuple("=+-@\uff1d"))
    assert [as_written(text) for text, _ in rows[1:]] == HOSTILE
    assert all(text == before for (text, _), before in zip(rows[-4:], HOSTILE[-4:], strict=True))
    bare = re.sub(r'"[^"]*"', "", written)
    assert bare.count("\r") == bare.count("\n") == len(rows)


@pytest.mark.parametrize(
    ("kind", "load"), [("jsonl", lambda p: pd.read_json(p, lines=True)), ("parquet", pd.read_parquet)]
)
def test_other_formats_keep_texts_as_they_are(tmp_path: Path, kind: str, load) -> None:
    export(FRAME, tmp_path / "out", kind)
    assert load(tmp_path / "out").text.tolist()[:6] == FRAME.text.tolist()[:6]


def test_a_place_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="cannot be written"):
        export(FRAME, tmp_path / "no" / "such" / "out.csv", "csv")
