from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from threads.case import Case
from threads.errors import CaseError
from threads.partitions import part_of
from threads.schema import COMMENTS, EVIDENCE, SCORES
from threads.triaging import Policy

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


def export(path: Path, n_threads: int = 40, size: int = 6) -> Path:
    rows = [
        {"id": f"{t}-{i}", "parent_id": f"{t}-{i - 1}" if i else None, "thread_id": f"t{t}",
         "author": f"person {i}", "text": f"Comment {i} of {t}, you fool."}
        for i in range(size)
        for t in range(n_threads)
    ]  # fmt: skip
    path.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return path


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("threads.partitions.PARTITION_BYTES", 2_000)
    monkeypatch.setattr("threads.partitions.BUFFER", 17)


@pytest.mark.usefixtures("small_parts")
def test_a_thread_never_spans_two_parts_and_nothing_is_lost(tmp_path: Path) -> None:
    case = Case(tmp_path / "case")
    record = case.parse(export(tmp_path / "dump.jsonl"))
    parts = [pd.read_parquet(part) for part in case.partitions()]
    assert len(parts) > 5
    assert sum(len(part) for part in parts) == record["integrity"]["comments"] == 240
    threads = [set(part.thread_id) for part in parts]
    assert sum(len(names) for names in threads) == len(set().union(*threads)) == 40
    assert all(part_of(name, len(parts)) == k for k, names in enumerate(threads) for name in names)


def test_many_parts_score_like_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dump = export(tmp_path / "dump.jsonl", n_threads=8, size=4)
    one = Case(tmp_path / "one")
    one.parse(dump)
    one.score()
    monkeypatch.setattr("threads.partitions.PARTITION_BYTES", 500)
    many = Case(tmp_path / "many")
    many.parse(dump)
    many.score()
    assert len(many.partitions()) > len(one.partitions()) == 1
    tables = [
        case.scored().wide().sort_values("comment_id", ignore_index=True).drop(columns="order")
        for case in (one, many)
    ]
    pd.testing.assert_frame_equal(*tables)


def test_tables_on_disk_have_the_declared_columns(tmp_path: Path) -> None:
    case = Case(tmp_path / "case")
    case.parse(SEEDS / "orchard_forum.csv")
    case.score()
    for name, schema in (("comments", COMMENTS), ("scores", SCORES), ("evidence", EVIDENCE)):
        table = pd.read_parquet(case.path / name / "part-0000.parquet")
        assert list(table.columns)[: len(schema.names)] == schema.names
    evidence, texts = case.scored().evidence, case.comments().set_index("comment_id").text
    assert len(evidence)
    assert (evidence.start >= 0).all()
    assert (evidence.start < evidence.end).all()
    assert (evidence.end <= evidence.comment_id.map(texts).str.len()).all()


def test_the_queue_is_written_with_its_policy(tmp_path: Path) -> None:
    case = Case(tmp_path / "case")
    case.parse(SEEDS / "orchard_forum.csv")
    case.score()
    queue = case.queue(Policy(audit_share=0))
    written = pd.read_csv(case.path / "queue.csv", encoding="utf-8-sig")
    assert written.comment_id.tolist() == queue.comment_id.tolist()
    assert case.run["policy"]["audit_share"] == 0


def test_parsing_anew_drops_scores_that_no_longer_fit(tmp_path: Path) -> None:
    case = Case(tmp_path / "case")
    case.parse(SEEDS / "orchard_forum.csv")
    case.score()
    (case.path / "reviews.sqlite").write_bytes(b"a team's decisions")
    case.parse(SEEDS / "night_bus.json")
    assert {path.name for path in case.path.iterdir()} == {
        "comments", "pages.parquet", "rejects.jsonl", "run.json", "reviews.sqlite",
    }  # fmt: skip
    with pytest.raises(CaseError, match="not been scored"):
        case.scored()


@pytest.mark.parametrize(
    ("break_it", "says"),
    [
        (lambda case: (case.path / "run.json").write_text("{"), "damaged"),
        (lambda case: [part.unlink() for part in case.partitions()], "lost its comments"),
    ],
)
def test_a_damaged_case_is_said_in_a_sentence(tmp_path: Path, break_it, says: str) -> None:
    case = Case(tmp_path / "case")
    case.parse(SEEDS / "night_bus.json")
    break_it(case)
    with pytest.raises(CaseError, match=says):
        case.run  # noqa: B018 - reading it is the test
        case.comments()


def test_a_file_is_not_a_case(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("hello")
    with pytest.raises(CaseError, match="not a case"):
        Case(tmp_path / "file")
