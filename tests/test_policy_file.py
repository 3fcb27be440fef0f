"""A team's thresholds: read and written as a file, fitted to decisions, used by the commands."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from threads.cli import main
from threads.errors import PolicyError
from threads.evaluation.thresholds import LEAST, fit, with_thresholds
from threads.policy_file import policy_text, read_policy, write_policy
from threads.triaging import Policy


def call(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "policy.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_policy_survives_writing_and_reading(tmp_path: Path) -> None:
    policy = Policy(
        thresholds={"antisemitism": 0.35, "toxicity": 0.91}, weights={"antisemitism": 1.0, "toxicity": 0.2},
        definition="jda", audit_least=9, seed=4, copies=0.7,
    )  # fmt: skip
    path = tmp_path / "policy.toml"
    write_policy(policy, path, {"toxicity": "a note\nof two lines"})
    read = read_policy(path)
    assert read.definition == "jda"
    assert (read.audit_least, read.seed, read.copies) == (9, 4, 0.7)
    assert read.thresholds["toxicity"] == 0.91
    assert read.thresholds["conspiracy"] == Policy().thresholds["conspiracy"]  # not named: as by default
    assert "# of two lines" in path.read_text("utf-8")


def test_the_default_policy_as_a_file_is_the_default(tmp_path: Path) -> None:
    assert read_policy(written(tmp_path, policy_text(Policy()))) == Policy()
    assert read_policy(written(tmp_path, "")) == Policy()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("definition = \n", "not TOML: .*line 1"),
        ('reach = 0.1\ndefinition = "mine"\n', "line 2: definition is one of"),
        ("threshold = 0.5\n", "line 1: there is no setting 'threshold'"),
        (
            "[thresholds]\ntoxicity = 0.5\nantisemitsm = 0.5\n",
            r"line 3: antisemitsm has no line in \[weights\]",
        ),
        ("seed = 1\n[weights]\ntoxicity = 0\n", "line 3: toxicity is a number above 0"),
        ("[thresholds]\ntoxicity = 1.5\n", "line 2: toxicity is a number"),
        ("[thresholds]\ntoxicity = nan\n", "line 2: toxicity is a number"),
        ("[thresholds]\ntoxicity = true\n", "line 2: toxicity is a number"),
        ("thresholds = 3\n", "line 1: thresholds is a section"),
        ("audit_share = 7\n", "line 1: audit_share is a number from 0 to 1"),
        ("audit_least = 2.5\n", "line 1: audit_least is a whole number"),
        ('copies = "x"\n', "line 1: copies is a number"),
        ("definition = []\n", "line 1: definition is one of"),
    ],
)
def test_a_bad_policy_is_refused_with_its_line(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(PolicyError, match=sentence):
        read_policy(written(tmp_path, text))


def test_a_policy_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="no such file"):
        read_policy(tmp_path / "nowhere.toml")
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PolicyError, match="UTF-8"):
        read_policy(tmp_path / "x.toml")
    with pytest.raises(PolicyError, match="cannot be read"):
        read_policy(tmp_path)


def test_the_lowest_threshold_that_reaches_the_precision() -> None:
    scores = np.repeat([0.9, 0.7, 0.3], [40, 40, 40])
    labels = np.concatenate([np.ones(40), np.arange(40) < 30, np.arange(40) < 4])
    found = fit("toxicity", labels, scores, 0.8)
    assert found.found
    assert 0.3 < found.threshold <= 0.7
    assert (found.flagged, found.right, found.yes) == (80, 70, 74)
    assert found.precision.low < 70 / 80 < found.precision.high
    assert found.recall.low < 70 / 74 < found.recall.high
    assert fit("toxicity", labels, scores, 0.95).threshold > 0.7


def test_too_small_a_sample_tells_nothing() -> None:
    few = fit("toxicity", [1] * (LEAST - 1) + [0] * 50, [0.9] * (LEAST - 1) + [0.1] * 50, 0.8)
    assert not few.found
    assert "too few" in few.refusal
    assert fit("toxicity", [1] * LEAST + [0] * 50, [0.9] * LEAST + [0.1] * 50, 0.8).found
    wide = fit("toxicity", [1] * 20 + [0] * 5, [0.9] * 25, 0.8)  # 0.8, but perhaps 0.61
    assert "as low as 0.61" in wide.refusal


def test_a_precision_out_of_reach_and_scores_of_nothing() -> None:
    never = fit("toxicity", [1, 0] * 50, [0.9] * 100, 0.8)
    assert "the best is 0.50" in never.refusal
    nothing = fit("conspiracy", [1, 0], [0.0, 0.0], 0.8)
    assert "no threshold can be told" in nothing.refusal
    assert with_thresholds(Policy(), [never, nothing]) == Policy()


@pytest.mark.parametrize("seed", range(5))
def test_what_is_told_of_a_threshold_holds_on_its_decisions(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.random(400).round(2).astype(np.float32)
    labels = rng.random(400) < scores
    found = fit("toxicity", labels, scores, 0.75)
    called = pd.Series(scores) >= found.threshold
    assert (int(called.sum()), int(labels[called].sum())) == (found.flagged, found.right)
    assert found.right / found.flagged >= 0.75


@pytest.fixture
def decisions(tmp_path: Path) -> Path:
    rude = [f"You are a stupid idiot, number {i}, shut up" for i in range(30)]
    calm = [f"The tram number {i} was late again today" for i in range(30)]
    rows = pd.DataFrame({"text": rude + calm, "verdict": ["yes"] * 30 + ["no"] * 30, "head": "toxicity"})
    path = tmp_path / "decisions.csv"
    rows.to_csv(path, index=False)
    return path


def test_calibrate_writes_a_policy_that_the_commands_read(decisions: Path, tmp_path: Path) -> None:
    policy, case = tmp_path / "policy.toml", tmp_path / "case"
    told = call("calibrate", decisions, "-o", policy)
    assert told.exit_code == 0, told.output
    assert read_policy(policy).thresholds["toxicity"] != Policy().thresholds["toxicity"]
    assert "95 % by Wilson" in policy.read_text("utf-8")
    page = tmp_path / "x.csv"
    page.write_text("text,author\nYou are a stupid idiot,A\nGood morning all,B\n", "utf-8")
    assert call("run", page, "-o", case, "--policy", policy).exit_code == 0
    record = json.loads((case / "run.json").read_text("utf-8"))
    assert record["policy_file"]["name"] == "policy.toml"
    assert record["policy"]["thresholds"] == dict(read_policy(policy).thresholds)
    assert "from the file policy.toml" in (case / "report.html").read_text("utf-8")


def test_a_case_goes_on_with_its_policy_until_told_otherwise(tmp_path: Path) -> None:
    page, case = tmp_path / "x.csv", tmp_path / "case"
    page.write_text("text,author\nYou are a stupid idiot,A\nGood morning all,B\n", "utf-8")
    harsh = written(tmp_path, "audit_least = 0\naudit_share = 0.0\n[thresholds]\ntoxicity = 1.0\n")
    assert call("run", page, "-o", case, "--policy", harsh).exit_code == 0

    def queued(*options: str) -> int:
        return len(call("queue", case, "--json", *options).output.split())

    assert queued() == 0
    assert queued("--policy", "default") > 0
    call("report", case)
    assert json.loads((case / "run.json").read_text("utf-8"))["policy_file"]["name"] == "policy.toml"
    call("report", case, "--policy", "default")
    assert "policy_file" not in json.loads((case / "run.json").read_text("utf-8"))


def test_bad_policies_and_decisions_stop_the_commands_in_one_line(decisions: Path, tmp_path: Path) -> None:
    bad = written(tmp_path, "threshold = 1\n")
    refused = call("run", decisions, "-o", tmp_path / "case", "--policy", bad)
    assert refused.exit_code == 1
    assert "line 1" in refused.output
    assert not (tmp_path / "case").exists()
    few = tmp_path / "few.csv"
    few.write_text("text,label\nyou idiot,1\nhello,0\n", "utf-8")
    silent = call("calibrate", few, "--head", "toxicity", "-o", tmp_path / "none.toml")
    assert silent.exit_code == 1
    assert "too few" in silent.output
    assert not (tmp_path / "none.toml").exists()
    assert "does not say what its decisions are on" in call("calibrate", few).output


def test_heads_with_a_column_each(decisions: Path, tmp_path: Path) -> None:
    rows = pd.read_csv(decisions).drop(columns="head").rename(columns={"verdict": "rude"})
    rows.assign(jews="no").to_csv(tmp_path / "both.csv", index=False)
    told = call(
        "calibrate", tmp_path / "both.csv", "--columns", "toxicity=rude,antisemitism=jews", "--json"
    )  # fmt: skip
    found = {row["head"]: row for row in json.loads(told.stdout)}
    assert found["toxicity"]["refusal"] == ""
    assert "no threshold can be told" in found["antisemitism"]["refusal"]
