"""The rule that splits the house: threads never imports reports, save in the commands."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "threads").rglob("*.py"))
COMMAND_LINE = sorted((ROOT / "threads" / "cli").glob("*.py"))


def imported(path: Path, *, top_only: bool = False) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    nodes = tree.body if top_only else ast.walk(tree)
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_threads_does_not_import_reports(path: Path) -> None:
    assert "reports" not in imported(path, top_only=path in COMMAND_LINE)


def test_the_library_does_not_know_its_command_line() -> None:
    for path in set(MODULES) - {*COMMAND_LINE, ROOT / "threads" / "__main__.py"}:
        assert not re.search(r"\bthreads(\.| import )cli", path.read_text("utf-8")), path


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_threads_does_not_draw(path: Path) -> None:
    assert not imported(path) & {"matplotlib", "jinja2"}


@pytest.mark.parametrize("folder", ["threads", "reports"])
def test_no_module_has_a_standard_library_name(folder: str) -> None:
    taken = {p.stem for p in (ROOT / folder).rglob("*.py")} & set(sys.stdlib_module_names)
    assert not taken


def test_no_module_shadows_a_public_function() -> None:
    import threads

    modules = {p.stem for p in (ROOT / "threads").iterdir()}
    assert not modules & set(threads.__all__)


def test_nothing_is_unpickled() -> None:
    for path in [*MODULES, *(ROOT / "reports").rglob("*.py")]:
        text = path.read_text("utf-8")
        assert not imported(path) & {"joblib", "dill", "cloudpickle"}, path
        assert not re.search(r"pickle\.loads?\(|allow_pickle=True|weights_only=False", text), path
