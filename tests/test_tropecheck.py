"""TropeCheck: the cases are whole, the shares are counted right, the result that is shipped is of now."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

import reports
from threads.cli import main
from threads.evaluation import tropecheck
from threads.scored import Scored

REFRESH = "run: threads evaluate tropecheck --write threads/data/tropecheck/result.json"


@pytest.fixture(scope="module")
def held() -> pd.DataFrame:
    return tropecheck.check_tropes()


@pytest.mark.parametrize("detector", tropecheck.TESTED)
def test_the_cases_are_whole(detector: str) -> None:
    table = tropecheck.cases(detector, "all")
    assert table.columns.tolist() == ["id", "category", "function", "expected", "group", "part", "text"]
    assert table["id"].is_unique
    assert set(table["part"]) == {"held", "open"}
    assert set(table["expected"]) <= {"flag", "clear", "contested", "suspicion"}
    assert (table["text"].str.strip() != "").all()
    assert table.groupby("group")["part"].nunique().max() == 1
    assert len(tropecheck.cases(detector)) + len(tropecheck.cases(detector, "open")) == len(table)


def test_shares_are_counted_by_hand() -> None:
    rows = pd.DataFrame({
        "detector": "antisemitism",
        "function": ["endorse", "condemn", "report", "plain"],
        "category": ["A1", "A1", "A2", "A2"],
        "expected": ["flag", "clear", "clear", "contested"],
        "right": [True, False, True, True],
    })  # fmt: skip
    found = tropecheck.shares(rows).set_index("name")
    assert found["share"].to_dict() == {
        "overall": 0.75, "condemn and report": 0.5, "flag": 1.0, "clear": 0.5, "contested": 1.0,
        "endorse": 1.0, "condemn": 0.0, "report": 1.0, "plain": 1.0, "A1": 0.5, "A2": 1.0,
    }  # fmt: skip


def test_right_is_a_finding_for_what_should_be_flagged_and_none_for_the_rest(held: pd.DataFrame) -> None:
    flagged = held["flagged"].astype(bool)
    assert (held["right"] == (flagged == (held["expected"] == "flag"))).all()
    assert flagged.any()
    assert not held.loc[(held["part"] == "open")].size


def test_the_shipped_result_is_of_these_detectors_and_cases() -> None:
    kept = tropecheck.stored()["detectors"]
    assert list(kept) == list(tropecheck.TESTED)
    for each in tropecheck.tested():
        assert tropecheck.result_of(each.name, each.describe()), f"stale; {REFRESH}"
        assert kept[each.name]["cases_sha256"] == tropecheck.cases_sha256(each.name), f"stale; {REFRESH}"


def test_the_shipped_figures_are_what_is_measured(held: pd.DataFrame) -> None:
    """A change of code moves no hash; a case in a hundred may fall otherwise on another processor."""
    now = tropecheck.result(held)["detectors"]
    for name, kept in tropecheck.stored()["detectors"].items():
        for part in ("overall", "flag", "clear", "condemn_and_report"):
            here, there = now[name][part], kept[part]
            assert here["cases"] == there["cases"], REFRESH
            assert abs(here["right"] - there["right"]) <= 0.01 * here["cases"], f"{name}, {part}; {REFRESH}"


def test_the_command_prints_a_table_and_keeps_the_result(tmp_path: Path) -> None:
    kept = tmp_path / "result.json"
    printed = CliRunner().invoke(main, ["evaluate", "tropecheck", "--write", str(kept)])
    assert printed.exit_code == 0, printed.output
    assert "condemn and report" in printed.output
    assert json.loads(kept.read_text("utf-8"))["part"] == "held"
    wrong = CliRunner().invoke(main, ["evaluate", "tropecheck", "--part", "open", "--write", str(kept)])
    assert wrong.exit_code == 2


def test_a_result_is_shown_beside_the_detector_that_it_was_measured_of(
    scored: Scored, tmp_path: Path
) -> None:
    about: dict[str, Any] = {each.name: each.describe() for each in tropecheck.tested()}
    scored.run["detectors"] = about
    page = reports.write(scored, tmp_path / "now.html").read_text("utf-8")
    assert page.count("TropeCheck") >= len(about)
    scored.run["detectors"] = {name: {**each, "entries": 1} for name, each in about.items()}
    assert "TropeCheck" not in reports.write(scored, tmp_path / "other.html").read_text("utf-8")
    rows = json.loads(CliRunner().invoke(main, ["detectors", "--json"]).output)
    assert {row["name"] for row in rows if row["tropecheck"]} == set(tropecheck.TESTED)
