"""The README says what is true: every command is in it, and its tables are those of the schema."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow as pa
import pytest

from threads.cli import main
from threads.schema import COMMENTS, EVIDENCE

README = (Path(__file__).resolve().parents[1] / "README.md").read_text("utf-8")


def columns(schema: pa.Schema) -> str:
    rows = [f"| `{f.name}` | {f.type} | {f.metadata[b'meaning'].decode()} |" for f in schema]
    return "\n".join(["| column | type | meaning |", "|---|---|---|", *rows])


@pytest.mark.parametrize("schema", [COMMENTS, EVIDENCE], ids=["comments", "evidence"])
def test_the_tables_are_those_of_the_schema(schema: pa.Schema) -> None:
    assert columns(schema) in README


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_described_there_and_in_its_help(name: str) -> None:
    assert re.search(rf"`threads {name}\b", README)
    assert len(main.commands[name].get_short_help_str(200)) > 20


def test_the_library_names_in_the_example_exist() -> None:
    import reports
    import threads

    example = README[README.index("## In a notebook") : README.index("## Detoxify")]
    assert all(getattr(threads, name) for name in re.findall(r"\bth\.(\w+)", example))
    assert all(getattr(reports, name) for name in re.findall(r"\breports\.(\w+)\(", example))


def test_the_floor_on_links_is_described_for_every_command_that_takes_it() -> None:
    takes = {
        name for name, each in main.commands.items() if "floor" in {option.name for option in each.params}
    }
    described = next(line for line in README.splitlines() if line.startswith("`--min-link-confidence"))
    assert takes == set(re.findall(r"`(\w+)`", described))


def test_the_charts_that_take_a_floor_are_named_there() -> None:
    from inspect import signature

    from reports.charts import CHARTS

    takes = {chart.name for chart in CHARTS if "min_link_confidence" in signature(chart.frame).parameters}
    described = next(line for line in README.splitlines() if "keeps the unsure ones out" in line)
    assert takes <= set(re.findall(r"`(\w+)`", described))
