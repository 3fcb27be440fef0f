"""Commands that make a case: run, parse, score, report."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import click

from threads.cli import options
from threads.cli.show import count, progress, show_json

_KINDS_OF_TABLES = 5  # of which a run says what it took from where
_AUDITED = 100
"""Comments swapped for each check of the audit within a run: some seconds; `threads audit` takes more."""


@click.command()
@options.INPUTS
@options.OUT
@options.COLUMNS
@options.TOXICITY
@options.CHECKPOINT
@options.FAST
@options.WORKERS
@options.TOP
@options.FLOOR
@options.POLICY
@options.STRICT
@options.PSEUDONYMISE
@options.JSON
def run(  # noqa: PLR0913, PLR0917 - an option each
    inputs: tuple[str, ...], case: Path, columns: dict[str, str], toxicity: str, checkpoint: Path | None,
    only_fast: bool, workers: int, top: int, floor: float, policy: str | None, strict: bool,
    pseudonymise: bool, as_json: bool,
) -> None:  # fmt: skip
    """Read files or folders, score every comment, write the report: threads run page.txt -o case"""
    from threads.auditing import audit_case
    from threads.case import Case
    from threads.detectors import built_in
    from threads.policy_file import chosen
    from threads.pseudonyms import SALT
    from threads.staging import staged

    detectors = built_in(toxicity, checkpoint, only_fast=only_fast)
    policed = chosen(policy, {})[0]  # refuses a bad file before any work is done
    Case(case)  # refuses a folder that is something else before any work is done
    with staged(case) as new:
        built = Case(new)
        if (case / SALT).exists():
            shutil.copy2(case / SALT, new / SALT)
        built.parse(inputs, columns=columns, strict=strict, pseudonymise=pseudonymise, progress=progress)
        built.score(detectors, workers=workers, progress=progress)
        if any(head in policed.thresholds for each in detectors for head in each.heads):
            audit_case(built, detectors, policed, most=_AUDITED, progress=progress)
        _write_report(built, top, floor, policy, png=False)
    _tell_run(Case(case), as_json=as_json)


@click.command()
@options.INPUTS
@options.OUT
@options.COLUMNS
@options.STRICT
@options.PSEUDONYMISE
@options.JSON
def parse(  # noqa: PLR0913, PLR0917 - an option each
    inputs: tuple[str, ...],
    case: Path,
    columns: dict[str, str],
    strict: bool,
    pseudonymise: bool,
    as_json: bool,
) -> None:
    """Read files or folders into a case, without scoring: threads parse dump.jsonl -o case"""
    from threads.case import Case

    record = Case(case).parse(
        inputs, columns=columns, strict=strict, pseudonymise=pseudonymise, progress=progress
    )
    if as_json:
        show_json(record)
    else:
        click.echo(_read_line(record))
        _tell_columns(record)
        click.echo(f"Score it with: threads score {case}")


@click.command()
@options.CASE
@options.TOXICITY
@options.CHECKPOINT
@options.FAST
@options.WORKERS
@options.JSON
def score(  # noqa: PLR0913, PLR0917 - an option each
    case: Path, toxicity: str, checkpoint: Path | None, only_fast: bool, workers: int, as_json: bool
) -> None:
    """Score every comment of a case: threads score case"""
    from threads.case import Case
    from threads.detectors import built_in

    detectors = built_in(toxicity, checkpoint, only_fast=only_fast)
    record = Case(case).score(detectors, workers=workers, progress=progress)
    if as_json:
        show_json(record)
    else:
        click.echo(
            f"Scored {record['integrity']['comments']} comments. Look at them with: threads report {case}"
        )


@click.command()
@options.CASE
@options.TOP
@options.FLOOR
@options.POLICY
@click.option("--png", is_flag=True, help="Write the charts as PNG files too, to CASE/charts.")
def report(case: Path, top: int, floor: float, policy: str | None, png: bool) -> None:
    """Write report.html and queue.csv anew: threads report case --png"""
    from threads.case import Case

    _write_report(Case(case), top, floor, policy, png=png)
    click.echo(f"The report: {case / 'report.html'}")


def _write_report(case: Any, top: int, floor: float, given: str | None, *, png: bool) -> None:  # noqa: ANN401 - Case is loaded late
    import reports
    from threads.policy_file import chosen

    policy, file = chosen(given, case.run)
    queue = case.queue(policy, min_link_confidence=floor, policy_file=file)
    scored = case.scored()
    reports.write(
        scored, case.path / "report.html", policy=policy, queue=queue, top=top, min_link_confidence=floor
    )
    if png:
        reports.write_charts(scored, case.path / "charts", policy=policy, min_link_confidence=floor)


def _tell_run(case: Any, *, as_json: bool) -> None:  # noqa: ANN401 - Case is loaded late
    if as_json:
        show_json(case.run)
        return
    click.echo(_read_line(case.run))
    _tell_columns(case.run)
    click.echo(f"The queue:  {case.path / 'queue.csv'}")
    click.echo(f"The report: {case.path / 'report.html'}")


def _tell_columns(record: dict[str, Any]) -> None:
    """Say which columns of tables were taken for what, once for all files that have the same."""
    from threads.files.taken import told

    alike: dict[str, list[str]] = {}
    for source in record["inputs"]:
        if source.get("columns"):
            alike.setdefault(told(source["columns"], source["unread"]), []).append(source["source"])
    for columns, names in list(alike.items())[:_KINDS_OF_TABLES]:
        others = f" and {len(names) - 1} more" if len(names) > 1 else ""
        click.echo(f"  {names[0]}{others}: {columns}")
    if len(alike) > _KINDS_OF_TABLES:
        click.echo(f"  Other tables: {len(alike) - _KINDS_OF_TABLES}; see run.json.")


def _read_line(record: dict[str, Any]) -> str:
    counts, inputs = record["integrity"], record["inputs"]
    rejected = sum(source["n_rejects"] for source in inputs)
    line = f"Read {count(counts['comments'], 'comment')} from {count(len(inputs), 'file')}"
    bare = sum(not source["n_comments"] and not source["n_rejects"] for source in inputs)
    line += f", {bare} of them without comments" * bool(bare)
    return line + (
        f"; {count(rejected, 'record')} could not be read (see rejects.jsonl)." if rejected else "."
    )
