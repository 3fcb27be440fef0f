"""Names out of a case: pseudonyms at import, and forgetting one person."""

from __future__ import annotations

import json
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


def test_a_pseudonym_or_the_id_of_a_person_will_do(source: Path, tmp_path: Path) -> None:
    call("parse", source, "-o", tmp_path / "case", "--pseudonymise")
    case = th.Case(tmp_path / "case")
    pseudonym = case.comments().author.dropna().value_counts().index[0]
    assert case.forget(pseudonym) == 2
    assert pseudonym not in case.comments().author.dropna().tolist()
    with pytest.raises(InputError, match="no comment by 'Ann Bell'"):
        case.forget("Ann Bell")


WALL = [
    {"id": "ann-bell/1", "parent_id": None, "author": "Ann Bell",
     "text": "My grey dog barked at the postman all morning, you worthless idiots."},
    {"id": "2", "parent_id": "ann-bell/1", "author": "Zed Quill",
     "text": "> My grey dog barked at the postman all morning, you worthless idiots.\n\n"
             "You idiot, it was my dog."},
    {"id": "3", "parent_id": "2", "author": "Ann Bell", "text": "No."},
    {"id": "4", "parent_id": "3", "author": "Cleo Wye", "text": "> No.\nBut yes."},
]  # fmt: skip


@pytest.mark.parametrize("hidden", [False, True])
def test_no_file_holds_a_text_or_an_id_of_who_was_forgotten(tmp_path: Path, *, hidden: bool) -> None:
    rows = [{**each, "title": "My grey dog barked at the postman…"} for each in WALL]
    lines = [json.dumps(each) + "\n" for each in rows]
    (tmp_path / "wall.jsonl").write_text("".join(lines) + '{"author": "Ann Bell", "text": \n')
    case = tmp_path / "case"
    call("run", tmp_path / "wall.jsonl", "-o", case, "--fast", *["--pseudonymise"] * hidden)
    before = th.Case(case).scored()
    assert "postman" in everything(case)
    assert "Emptied 2 comments" in call("forget", case, "--author", "Ann Bell")
    call("report", case)
    left = everything(case).casefold()
    assert "postman" not in left and "ann bell" not in left and "ann-bell" not in left
    after = th.Case(case).scored()
    assert after.comments.link.tolist() == ["root", "reply", "reply", "reply"]
    assert after.comments.parent_id.iloc[1] == after.comments.comment_id.iloc[0]
    assert set(after.scores.comment_id) == set(after.comments.comment_id) >= set(after.evidence.comment_id)
    answer = after.comments.iloc[1]
    assert answer.text.endswith("\n\nYou idiot, it was my dog.") and "> ██ ████ ███" in answer.text
    assert after.comments.text.iloc[3] == "> No.\nBut yes."
    spans = after.evidence[after.evidence.comment_id == answer.comment_id]
    was = before.evidence[before.evidence.comment_id == before.comments.comment_id.iloc[1]]
    assert 0 < len(spans) < len(was) and all(
        "█" not in answer.text[a:b] for a, b in zip(spans.start, spans.end, strict=True)
    )


def test_who_is_called_alike_is_not_forgotten_with_an_id(tmp_path: Path) -> None:
    pd.DataFrame({
        "id": ["1", "2"], "author": ["Ann", "Ann"], "author_id": ["a1", "a2"], "text": ["One.", "Two."],
    }).to_csv(tmp_path / "talk.csv", index=False)  # fmt: skip
    call("parse", tmp_path / "talk.csv", "-o", tmp_path / "case")
    assert th.Case(tmp_path / "case").forget("a1") == 1
    assert sorted(th.Case(tmp_path / "case").comments().text) == ["", "Two."]


def test_an_article_is_emptied_only_for_what_is_no_chance() -> None:
    from threads.forgetting import _holds_one

    assert _holds_one("The mill is\nto close, I hear.", ["The mill is to close"])
    assert _holds_one("Yes.", ["Yes."])
    assert not _holds_one("Yes. The mill is to close.", ["Yes."])
