"""The command line as a user meets it: what it prints, what it leaves behind, how it refuses."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

import threads
from reports.terminal import measures
from threads.cli import main
from threads.evaluation.threads import COLUMNS
from threads.version import VERSION

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


def call(*arguments: object) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run") / "case"
    result = call("run", SEEDS, "-o", folder)
    assert result.exit_code == 0, result.output
    assert re.match(r"Read \d+ comments from 9 files, 2 of them without comments\.", result.output)
    return folder


def test_the_main_job_leaves_a_whole_case(case: Path) -> None:
    names = {path.name for path in case.iterdir()}
    assert names == {
        "comments", "scores", "evidence", "pages.parquet", "rejects.jsonl", "run.json",
        "queue.csv", "report.html", "audit.json",
    }  # fmt: skip
    record = json.loads((case / "run.json").read_text("utf-8"))
    assert record["version"] == VERSION
    assert set(record["detectors"]) == {"sentiment", "toxicity", "antisemitism", "conspiracy"}
    assert all(len(source["sha256"]) == 64 for source in record["inputs"])


def test_the_queue_is_a_spreadsheet_that_runs_nothing(case: Path) -> None:
    cells = pd.read_csv(case / "queue.csv", encoding="utf-8-sig", dtype=str).fillna("").to_numpy().ravel()
    texts = [cell for cell in cells if not re.fullmatch(r"-?[\d.e-]+", cell)]
    assert not [cell for cell in texts if cell.startswith(("=", "+", "-", "@"))]


def test_queue_as_a_table_and_as_json(case: Path) -> None:
    assert "asserts" in call("queue", case).output
    lines = call("queue", case, "--json", "-n", 3).output.splitlines()
    assert [json.loads(line)["rank"] for line in lines] == [1, 2, 3]


def test_looking_at_the_queue_changes_nothing(case: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in case.rglob("*")}
    call("queue", case)
    assert {path: path.stat().st_mtime_ns for path in case.rglob("*")} == before


def test_explain_names_the_rule_behind_the_words(case: Path) -> None:
    first = json.loads(call("queue", case, "--json", "-n", 1).output)["comment_id"]
    shown = json.loads(call("explain", case, first, "--json").output)
    text = shown["comment"]["text"]
    assert shown["evidence"]
    assert all(row["words"] == text[row["start"] : row["end"]] for row in shown["evidence"])
    assert shown["evidence"][0]["detector"] in {"antisemitism", "conspiracy", "toxicity", "sentiment"}
    assert call("explain", case, first).exit_code == 0


def test_explain_an_unknown_comment(case: Path) -> None:
    result = call("explain", case, "nobody:1")
    assert result.exit_code == 1
    assert "There is no comment 'nobody:1'" in result.output


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_export(case: Path, tmp_path: Path, kind: str) -> None:
    result = call("export", case, "--format", kind, "-o", tmp_path / "out")
    assert result.exit_code == 0
    assert (tmp_path / "out").stat().st_size > 1000


def test_parse_and_score_in_two_steps_give_what_run_gives(case: Path, tmp_path: Path) -> None:
    assert call("parse", SEEDS, "-o", tmp_path / "two").exit_code == 0
    assert "has not been scored" in call("queue", tmp_path / "two").output
    assert call("score", tmp_path / "two", "--workers", 2).exit_code == 0
    one, two = (threads.Case(path).scored() for path in (case, tmp_path / "two"))
    pd.testing.assert_frame_equal(one.scores, two.scores)
    pd.testing.assert_frame_equal(one.comments, two.comments)
    pd.testing.assert_frame_equal(one.evidence, two.evidence)


def test_report_with_pictures(case: Path, tmp_path: Path) -> None:
    assert call("parse", SEEDS / "night_bus.json", "-o", tmp_path / "c").exit_code == 0
    assert call("score", tmp_path / "c").exit_code == 0
    assert call("report", tmp_path / "c", "--png").exit_code == 0
    assert list((tmp_path / "c" / "charts").glob("*.png"))


def test_formats_and_detectors_are_listed() -> None:
    names = [row["name"] for row in json.loads(call("formats", "--json").output)]
    assert len(names) == len(set(names)) >= 5
    rows = json.loads(call("detectors", "--json").output)
    assert [row["name"] for row in rows] == ["sentiment", "toxicity", "antisemitism", "conspiracy"]
    assert call("formats").exit_code == call("detectors").exit_code == 0


def test_models_say_which_weights_are_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    rows = json.loads(call("models", "--json").output)
    assert [bool(row["path"]) for row in rows] == [True, *[False] * 5]
    unknown = call("models", "fetch", "nobody")
    assert unknown.exit_code == 1
    assert "No Detoxify model is called 'nobody'" in unknown.output


def test_detoxify_without_a_checkpoint_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    page = SEEDS / "night_bus.json"
    result = call("run", page, "-o", tmp_path / "case", "--toxicity", "detoxify:original-small")
    assert result.exit_code == 1
    assert "threads models fetch original-small" in result.output


def test_a_run_in_a_pipe_prints_nothing_on_standard_error(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "threads", "run", str(SEEDS / "night_bus.json"), "-o", str(tmp_path / "case")],
        capture_output=True, text=True, check=True, cwd=SEEDS.parent,
    )  # fmt: skip
    assert done.stderr == ""


@pytest.mark.parametrize("flag", ["--version", "--help"])
def test_nothing_heavy_is_imported_for_a_question(flag: str) -> None:
    code = (
        "import sys; from threads.cli import main\n"
        f"try: main(['{flag}'])\nexcept SystemExit: pass\n"
        "heavy = {'pandas', 'numpy', 'torch', 'matplotlib', 'pyarrow', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=SEEDS.parent
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_version_says_where_both_packages_lie() -> None:
    printed = call("--version").output
    assert VERSION in printed
    assert str(Path(threads.__file__).parent) in printed
    assert "reports: " in printed


def test_the_library_names_its_functions_and_loads_none_before_it_is_asked_for() -> None:
    assert all(callable(getattr(threads, name)) for name in threads.__all__ if name != "__version__")
    code = "import sys, threads; print(len(threads.__all__), {'pandas', 'numpy'} & set(sys.modules))"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=SEEDS.parent
    )
    assert done.stdout == f"{len(threads.__all__)} set()\n"


def test_the_commands_are_listed_in_the_order_of_the_work() -> None:
    listed = re.findall(r"^  (\w+)  ", call("--help").output.split("Commands:")[1], re.MULTILINE)
    assert listed == [
        "run", "parse", "score", "queue", "report", "explain", "export", "formats", "detectors", "models",
        "evaluate", "calibrate", "audit", "forget",
    ]  # fmt: skip


def test_measures_of_every_kind_fit_a_terminal_and_what_does_not_apply_takes_no_room() -> None:
    full = dict.fromkeys(COLUMNS, 0.5) | {"comments": 1_000_000, "seconds": 1234.5, "rule": "previous"}
    table = pd.DataFrame(
        [full | {"source": name, "view": view} for name in "xy" for view in ("links", "page")]
    )
    table.loc[table.source == "y", ["links", "links_and_starts", "false_pages"]] = float("nan")
    wide, narrow = (text.split("\n") for text in measures(table).plain.split("\n\n"))
    assert max(len(line) for line in [*wide, *narrow]) <= 120
    assert {"links", "+starts", "false"} <= set(wide[1].split())
    assert not {"links", "+starts", "false"} & set(narrow[1].split())
    assert not [line for line in [*wide, *narrow] if line != line.rstrip()]
    assert wide[1].startswith("view  rule     comments ")


# Bad input: one sentence, exit code 1.


def refused(tmp_path: Path, *inputs: object, case: Path | None = None) -> str:
    result = call("run", *inputs, "-o", case or tmp_path / "case")
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert len(result.output.strip().splitlines()) == 1
    assert "Traceback" not in result.output
    return result.output


def made(tmp_path: Path, name: str, content: bytes) -> Path:
    (tmp_path / name).write_bytes(content)
    return tmp_path / name


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("empty.csv", b"", "empty"),
        ("picture.txt", bytes(range(256)) * 40, "not text"),
        ("no_text.csv", b"id,colour\n1,red\n", "text"),
        ("cut.json", b'{"comments": [', "cut.json"),
        ("broken.parquet", b"PAR1 nothing more", "broken.parquet"),
    ],
)
def test_a_file_of_which_nothing_can_be_read(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    assert says in refused(tmp_path, made(tmp_path, name, content))
    assert not (tmp_path / "case").exists()


def test_a_file_that_is_not_there_and_a_folder_with_nothing(tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    assert "There is no file or folder" in refused(tmp_path, tmp_path / "nowhere.txt")
    assert "holds no file" in refused(tmp_path, tmp_path / "bare")


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    blocked = made(tmp_path, "blocked", b"a file where a folder should be")
    assert "cannot be written" in refused(tmp_path, SEEDS / "night_bus.json", case=blocked / "case")


def test_a_folder_that_is_no_case_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    made(tmp_path / "mine", "diary.txt", b"dear diary")
    assert "not a case" in refused(tmp_path, SEEDS / "night_bus.json", case=tmp_path / "mine")
    assert (tmp_path / "mine" / "diary.txt").read_bytes() == b"dear diary"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bom.csv", "\ufeffid,text\n1,schön\n".encode()),
        ("windows.csv", "id,text\n1,schön und “gut”\n".encode("cp1252")),
        ("nul.csv", b"id,text\n1,sch\x00oen\n"),
        ("utf16.csv", "id,text\n1,schön\n".encode("utf-16")),
        ("invalid.jsonl", b'{"id": "1", "text": "sch\xffn"}\n'),
        ("surrogate.jsonl", b'{"id": "1", "text": "\\ud800 alone"}\n'),
        ("rtl.jsonl", '{"id": "1", "text": "\u202eشكرا جزيلا"}\n'.encode()),
        ("cut.jsonl", b'{"id": "1", "text": "whole"}\n{"id": "2", "text": "cut'),
    ],
)
def test_odd_bytes_are_read_and_nothing_else_is_lost(tmp_path: Path, name: str, content: bytes) -> None:
    result = call(
        "run", made(tmp_path, name, content), SEEDS / "night_bus.json", "-o", tmp_path / "case", "--json"
    )
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["integrity"]["comments"] == 8


def test_what_cannot_be_read_is_counted_and_listed_and_the_rest_goes_on(tmp_path: Path) -> None:
    made(tmp_path, "in.jsonl", b'{"id": "1", "text": "one"}\nnot json\n{"id": "3", "text": "three"}\n')
    made(tmp_path, "void.txt", b"")
    result = call("run", tmp_path / "in.jsonl", tmp_path / "void.txt", "-o", tmp_path / "case")
    assert result.exit_code == 0
    assert "Read 2 comments from 2 files; 2 records could not be read" in result.output
    rejects = [
        json.loads(line) for line in (tmp_path / "case" / "rejects.jsonl").read_text("utf-8").splitlines()
    ]
    assert [(reject["source"], reject["line"]) for reject in rejects] == [("in.jsonl", 2), ("void.txt", None)]
    strict = call("run", tmp_path / "in.jsonl", "-o", tmp_path / "other", "--strict")
    assert strict.exit_code == 1
    assert "in.jsonl, line 2" in strict.output


def test_columns_can_be_named(tmp_path: Path) -> None:
    path = made(tmp_path, "umfrage.csv", "Wer;Kommentar\nAnna;Sehr schön\n".encode())
    result = call("parse", path, "-o", tmp_path / "case", "--columns", "text=Kommentar,author=Wer", "--json")
    assert result.exit_code == 0, result.output
    assert threads.Case(tmp_path / "case").comments().author.tolist() == ["Anna"]


def test_columns_that_say_nothing_are_wrong_usage(tmp_path: Path) -> None:
    assert call("parse", SEEDS, "-o", tmp_path / "case", "--columns", "Kommentar").exit_code == 2


def test_an_interrupted_run_leaves_the_previous_case_whole(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "case"
    assert call("run", SEEDS / "night_bus.json", "-o", folder).exit_code == 0
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    monkeypatch.setattr("threads.partitions.score_frame", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    result = CliRunner().invoke(main, ["run", str(SEEDS / "orchard_forum.csv"), "-o", str(folder)])
    assert result.exit_code == 1
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["case"]


def test_explain_says_whom_a_comment_answers_and_how_sure_that_is(case: Path) -> None:
    comments = json.loads("[" + ",".join(call("queue", case, "--json").output.splitlines()) + "]")
    shown = call("explain", case, comments[0]["comment_id"]).output
    assert any(words in shown for words in ("answers", "Answers", "Starts a conversation"))
