"""Names out of a case: pseudonyms at import, and forgetting one person."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

import threads as th
from threads.cli import main
from threads.errors import InputError
from threads.pseudonyms import SALT

ROWS = pd.DataFrame({
    "id": ["1", "2", "3", "4"],
    "parent_id": [None, "1", "2", "1"],
    "author": ["Ann Bell", "zoe9", "Ann Bell", None],
    "text": ["You are a worthless idiot.", "@Ann Bell why?", "Because, zoe9.", "Ann Bell is right."],
    "title": ["What Ann Bell wrote"] * 4,
})  # fmt: skip


@pytest.fixture
def source(tmp_path: Path) -> Path:
    ROWS.to_csv(tmp_path / "talk.csv", index=False)
    return tmp_path / "talk.csv"


def call(*arguments: object) -> str:
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    assert result.exit_code == 0, result.output
    return result.output


def everything(case: Path) -> str:
    """All that the case tells, tables as text."""
    tables = [pd.read_parquet(path).to_csv() for path in sorted(case.rglob("*.parquet"))]
    files = [
        path.read_text("utf-8")
        for path in case.iterdir()
        if path.suffix in {".json", ".jsonl", ".csv", ".html"}
    ]
    return "".join([*tables, *files])


def test_a_run_under_pseudonyms_holds_no_name(source: Path, tmp_path: Path) -> None:
    call("run", source, "-o", tmp_path / "case", "--pseudonymise", "--fast")
    told = everything(tmp_path / "case").casefold()
    assert "ann bell" not in told and "zoe9" not in told
    scored = th.Case(tmp_path / "case").scored()
    assert scored.run["pseudonymised"] is True
    first, second, third, _ = scored.comments.sort_values("position").author
    assert first == third != second and first.startswith("p-")
    assert first in scored.comments.text[scored.comments.position == 1].iloc[0]
    assert (scored.comments.link == "reply").sum() == 3


def test_the_salt_stays_with_the_case(source: Path, tmp_path: Path) -> None:
    authors = []
    for _ in range(2):
        call("run", source, "-o", tmp_path / "case", "--pseudonymise", "--fast")
        authors.append(th.Case(tmp_path / "case").comments().author.dropna().tolist())
    assert authors[0] == authors[1]
    assert (tmp_path / "case" / SALT).stat().st_mode & 0o077 == 0
    call("parse", source, "-o", tmp_path / "other", "--pseudonymise")
    assert th.Case(tmp_path / "other").comments().author.dropna().tolist() != authors[0]


@pytest.mark.parametrize("hidden", [False, True])
def test_forgetting_empties_one_person_and_leaves_the_tree(
    source: Path, tmp_path: Path, *, hidden: bool
) -> None:
    call("run", source, "-o", tmp_path / "case", "--fast", *["--pseudonymise"] * hidden)
    before = th.Case(tmp_path / "case").scored()
    assert "Emptied 2 comments" in call("forget", tmp_path / "case", "--author", "Ann Bell")
    after = th.Case(tmp_path / "case").scored()
    gone = after.comments.deleted == "deleted"
    assert (
        gone.sum() == 2
        and (after.comments.text[gone] == "").all()
        and after.comments.author[gone].isna().all()
    )
    shape = ["comment_id", "parent_id", "root_id", "depth", "order", "link"]
    pd.testing.assert_frame_equal(after.comments[shape], before.comments[shape])
    lost = set(after.comments.comment_id[gone])
    assert lost & set(before.evidence.comment_id) and not lost & set(after.evidence.comment_id)
    assert (after.scores.set_index("comment_id").loc[sorted(lost), "toxicity"] == 0).all()
    assert not (tmp_path / "case" / "report.html").exists()
    call("report", tmp_path / "case")
    assert "worthless" not in everything(tmp_path / "case")


def test_nobody_of_that_name_is_a_sentence_and_changes_nothing(source: Path, tmp_path: Path) -> None:
    call("run", source, "-o", tmp_path / "case", "--fast")
    with pytest.raises(InputError, match="no comment by 'Nobody'"):
        th.Case(tmp_path / "case").forget("Nobody")
    assert (tmp_path / "case" / "report.html").exists()
