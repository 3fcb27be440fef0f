from __future__ import annotations

from pathlib import Path

import pytest

from threads.errors import CaseError
from threads.staging import recover, staged


def folder_with(path: Path, **files: str) -> Path:
    path.mkdir()
    for name, text in files.items():
        (path / name).write_text(text)
    return path


def content(path: Path) -> dict[str, str]:
    return {p.name: p.read_text() for p in path.iterdir()}


def test_new_files_replace_old_ones_and_the_rest_is_kept(tmp_path: Path) -> None:
    case = folder_with(tmp_path / "case", run="old", reviews="mine", report="stale")
    with staged(case, drop=["report"]) as new:
        (new / "run").write_text("new")
    assert content(case) == {"run": "new", "reviews": "mine"}
    assert list(tmp_path.iterdir()) == [case]


def test_an_error_leaves_the_old_folder_as_it_was(tmp_path: Path) -> None:
    case = folder_with(tmp_path / "case", run="old")
    with pytest.raises(KeyboardInterrupt), staged(case) as new:
        (new / "run").write_text("half")
        raise KeyboardInterrupt
    assert content(case) == {"run": "old"}
    assert list(tmp_path.iterdir()) == [case]


def test_an_error_leaves_nothing_where_nothing_was(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="stop"), staged(tmp_path / "case"):
        raise ValueError("stop")
    assert list(tmp_path.iterdir()) == []


def test_a_crash_between_the_renames_is_mended(tmp_path: Path) -> None:
    folder_with(tmp_path / ".case.old", run="old")
    recover(tmp_path / "case")
    assert content(tmp_path / "case") == {"run": "old"}


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(CaseError, match="cannot be written"), staged(tmp_path / "file" / "case"):
        pass
