from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from threads.errors import CaseError
from threads.exporting import export

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


@pytest.mark.parametrize(
    ("kind", "load"), [("jsonl", lambda p: pd.read_json(p, lines=True)), ("parquet", pd.read_parquet)]
)
def test_other_formats_keep_texts_as_they_are(tmp_path: Path, kind: str, load) -> None:
    export(FRAME, tmp_path / "out", kind)
    assert load(tmp_path / "out").text.tolist()[:6] == FRAME.text.tolist()[:6]


def test_a_place_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="cannot be written"):
        export(FRAME, tmp_path / "no" / "such" / "out.csv", "csv")
