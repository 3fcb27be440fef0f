"""The command `threads`: each command is a few lines around one public function.

Nothing heavy is imported before a command needs it, so that --help and --version answer at once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from threads.errors import ThreadsError
from threads.version import VERSION

_CASE = click.argument("case", type=click.Path(path_type=Path, readable=False))
_INPUTS = click.argument("inputs", nargs=-1, required=True)
_OUT = click.option(
    "-o",
    "--out",
    "case",
    required=True,
    type=click.Path(path_type=Path, readable=False),
    help="Folder of the case.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for a script.")
_STRICT = click.option("--strict", is_flag=True, help="Stop at the first record that cannot be read.")
_COLUMNS = click.option(
    "--columns", default="", help="Which column of a table is which: text=Kommentar,author=Name."
)
_TOXICITY = click.option(
    "--toxicity", default="built-in", show_default=True,
    help="built-in, or detoxify:NAME (original, original-small, unbiased, unbiased-small, multilingual).",
)  # fmt: skip
_CHECKPOINT = click.option(
    "--checkpoint", type=click.Path(path_type=Path), help="A Detoxify checkpoint file."
)
_WORKERS = click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes.")
_LISTED = 20
"""Unreadable records named one by one; a terminal holds no more."""
_TOP = click.option(
    "--top", default=200, show_default=True, type=click.IntRange(1), help="Queue items shown."
)
_FLOOR = click.option(
    "--min-link-confidence", "floor", default=0.0, show_default=True, type=click.FloatRange(0, 1),
    help="Count only links between comments that are at least this sure: 0 all, 0.8 the sure ones.",
)  # fmt: skip


class _Commands(click.Group):
    """Turns our errors into one sentence and exit code 1, and lists commands in the order of the work."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        try:
            return super().invoke(ctx)
        except ThreadsError as problem:
            raise click.ClickException(str(problem)) from problem


def _print_version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    click.echo(f"comment-threads {VERSION}")
    for name in ("threads", "reports"):
        found = find_spec(name)
        click.echo(f"  {name}: {Path(found.origin).parent if found and found.origin else 'not installed'}")
    ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version and where the packages lie.",
)
def main() -> None:
    """Rebuild comment threads, score them with evidence, and rank what a person should read first.

    It assists people: it never decides, and it says nothing about what kind of person an author is.
    """


@main.command()
@_INPUTS
@_OUT
@_COLUMNS
@_TOXICITY
@_CHECKPOINT
@_WORKERS
@_TOP
@_FLOOR
@_STRICT
@_JSON
def run(  # noqa: PLR0913, PLR0917 - an option each
    inputs: tuple[str, ...], case: Path, columns: str, toxicity: str, checkpoint: Path | None,
    workers: int, top: int, floor: float, strict: bool, as_json: bool,
) -> None:  # fmt: skip
    """Read files or folders, score every comment, write the report: threads run page.txt -o case"""
    from threads.case import Case
    from threads.detectors import built_in
    from threads.staging import staged

    detectors = built_in(toxicity, checkpoint)
    Case(case)  # refuses a folder that is something else before any work is done
    with staged(case) as new:
        built = Case(new)
        built.parse(inputs, columns=_mapping(columns), strict=strict, progress=_progress)
        built.score(detectors, workers=workers, progress=_progress)
        _write_report(built, top, floor, png=False)
    _tell_run(Case(case), as_json=as_json)


@main.command()
@_INPUTS
@_OUT
@_COLUMNS
@_STRICT
@_JSON
def parse(inputs: tuple[str, ...], case: Path, columns: str, strict: bool, as_json: bool) -> None:
    """Read files or folders into a case, without scoring: threads parse dump.jsonl -o case"""
    from threads.case import Case

    record = Case(case).parse(inputs, columns=_mapping(columns), strict=strict, progress=_progress)
    if as_json:
        _print_json(record)
    else:
        click.echo(_read_line(record))
        click.echo(f"Score it with: threads score {case}")


@main.command()
@_CASE
@_TOXICITY
@_CHECKPOINT
@_WORKERS
@_JSON
def score(case: Path, toxicity: str, checkpoint: Path | None, workers: int, as_json: bool) -> None:
    """Score every comment of a case: threads score case"""
    from threads.case import Case
    from threads.detectors import built_in

    record = Case(case).score(built_in(toxicity, checkpoint), workers=workers, progress=_progress)
    if as_json:
        _print_json(record)
    else:
        click.echo(
            f"Scored {record['integrity']['comments']} comments. Look at them with: threads report {case}"
        )


@main.command()
@_CASE
@click.option("-n", "limit", default=20, show_default=True, type=click.IntRange(1), help="How many to show.")
@_FLOOR
@_JSON
def queue(case: Path, limit: int, floor: float, as_json: bool) -> None:
    """Show what to look at first, and why: threads queue case"""
    from threads.case import Case
    from threads.triaging import triage

    scored = Case(case).scored()
    ranked = triage(scored, min_link_confidence=floor).head(limit)
    if as_json:
        click.echo(ranked.to_json(orient="records", lines=True, force_ascii=False).rstrip("\n"))
    else:
        from reports.terminal import queue_table

        _print(queue_table(ranked, scored))


@main.command()
@_CASE
@_TOP
@_FLOOR
@click.option("--png", is_flag=True, help="Write the charts as PNG files too, to CASE/charts.")
def report(case: Path, top: int, floor: float, png: bool) -> None:
    """Write report.html and queue.csv anew: threads report case --png"""
    from threads.case import Case

    _write_report(Case(case), top, floor, png=png)
    click.echo(f"The report: {case / 'report.html'}")


@main.command()
@_CASE
@click.argument("comment_id")
@_JSON
def explain(case: Path, comment_id: str, as_json: bool) -> None:
    """Show why one comment scored as it did: threads explain case page:3f2a…"""
    from threads.case import Case

    explanation = Case(case).scored().explain(comment_id)
    if as_json:
        _print_json({
            "comment": explanation.comment.to_dict(),
            "scores": explanation.scores.to_dict(),
            "evidence": explanation.evidence.to_dict(orient="records"),
        })  # fmt: skip
    else:
        from reports.terminal import explanation_text

        _print(explanation_text(explanation))


@main.command()
@_CASE
@click.option(
    "--format", "kind", type=click.Choice(["csv", "jsonl", "parquet"]), default="csv", show_default=True
)
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
@_FLOOR
def export(case: Path, kind: str, out: Path, floor: float) -> None:
    """Write comments with their scores as one table: threads export case --format csv -o comments.csv"""
    from threads.case import Case
    from threads.cutting import at_floor
    from threads.exporting import export as write

    rows = write(at_floor(Case(case).scored(), floor).wide(), out, kind)
    click.echo(f"Wrote {rows} comments to {out}")


@main.command()
@_JSON
def formats(as_json: bool) -> None:
    """List the formats that can be read and what each keeps."""
    from threads.formats import FORMATS

    _print_rows([{"name": f.name, "title": f.title, "keeps": f.keeps} for f in FORMATS], as_json)


@main.command()
@_JSON
def detectors(as_json: bool) -> None:
    """List the detectors, the scores each gives and what stands behind them."""
    from threads.detectors import built_in

    rows = [{"name": d.name, "heads": " ".join(d.heads), **d.describe()} for d in built_in()]
    _print_rows(rows, as_json)


@main.group(invoke_without_command=True)
@_JSON
@click.pass_context
def models(ctx: click.Context, as_json: bool) -> None:
    """List the models that score and which Detoxify checkpoints are on this machine."""
    if ctx.invoked_subcommand is None:
        from threads.models import list_models

        known = list_models()
        rows = known.where(known.notna(), "").to_dict(orient="records")
        _print_rows([{str(key): value for key, value in row.items()} for row in rows], as_json)


@models.command()
@click.argument("name")
def fetch(name: str) -> None:
    """Download a Detoxify checkpoint: threads models fetch original-small (the only use of the network)"""
    from threads.models import fetch as download

    click.echo(f"Fetched {download(name)}")


@main.group()
def evaluate() -> None:
    """Measure on files of your own whose right answers are known."""


@evaluate.command("threads")
@click.argument("path", type=click.Path(path_type=Path, readable=False))
@click.option("--most", type=click.IntRange(1), help="About so many comments of each source, not all.")
@click.option(
    "--drop-authors", default=0.0, show_default=True, type=click.FloatRange(0, 1), help="Share of names lost."
)
@click.option(
    "--artefacts", default=0.0, show_default=True, type=click.FloatRange(0, 1),
    help="Share of comments with an age above or buttons below, on the pages made of them.",
)  # fmt: skip
@_JSON
def evaluate_threads(
    path: Path, most: int | None, drop_authors: float, artefacts: float, as_json: bool
) -> None:
    """Measure how well comments and reply links are recovered: threads evaluate threads true_links.jsonl

    PATH: a *.jsonl file with a thread and its true links a line, or a folder of such files or of pages,
    NAME.txt with NAME.gold.json beside it.
    """
    from threads.evaluate_threads import measure, read_samples

    samples = read_samples(path, most)
    _tell_unread(samples.unread)
    table = measure(samples, drop_authors=drop_authors, artefacts=artefacts, progress=_progress)
    if as_json:
        click.echo(table.to_json(orient="records", force_ascii=False, indent=2))
    else:
        from reports.terminal import measures

        _print(measures(table), wrap=False)


def _tell_unread(sentences: Sequence[str]) -> None:
    for sentence in [*sentences[:_LISTED], *["…"] * (len(sentences) > _LISTED)]:
        click.echo(f"Not read: {sentence}", err=True)
    if sentences:
        click.echo(f"{_count(len(sentences), 'record')} could not be read; the rest is measured.", err=True)


def _mapping(columns: str) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in columns.split(",") if pair.strip()]
    if wrong := [name for name, sign, column in pairs if not (sign and name.strip() and column.strip())]:
        raise click.BadParameter(f"{wrong[0]!r} is not of the form text=NAME", param_hint="--columns")
    return {name.strip(): column.strip() for name, _, column in pairs}


def _write_report(case: Any, top: int, floor: float, *, png: bool) -> None:  # noqa: ANN401 - Case is loaded late
    import reports
    from threads.triaging import Policy

    policy = Policy()
    queue = case.queue(policy, min_link_confidence=floor)
    scored = case.scored()
    reports.write(
        scored, case.path / "report.html", policy=policy, queue=queue, top=top, min_link_confidence=floor
    )
    if png:
        reports.write_charts(scored, case.path / "charts", min_link_confidence=floor)


def _tell_run(case: Any, *, as_json: bool) -> None:  # noqa: ANN401 - Case is loaded late
    if as_json:
        _print_json(case.run)
        return
    click.echo(_read_line(case.run))
    click.echo(f"The queue:  {case.path / 'queue.csv'}")
    click.echo(f"The report: {case.path / 'report.html'}")


def _read_line(record: dict[str, Any]) -> str:
    counts, inputs = record["integrity"], record["inputs"]
    rejected = sum(source["n_rejects"] for source in inputs)
    line = f"Read {_count(counts['comments'], 'comment')} from {_count(len(inputs), 'file')}"
    bare = sum(not source["n_comments"] and not source["n_rejects"] for source in inputs)
    line += f", {bare} of them without comments" * bool(bare)
    return line + (
        f"; {_count(rejected, 'record')} could not be read (see rejects.jsonl)." if rejected else "."
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _progress(items: Iterable[Any], task: str, total: int) -> Iterable[Any]:
    if not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, task, total, console=Console(stderr=True), transient=True)


def _print(renderable: object, *, wrap: bool = True) -> None:
    from rich.console import Console

    Console().print(renderable, soft_wrap=not wrap)


def _print_json(record: object) -> None:
    import json

    click.echo(json.dumps(record, ensure_ascii=False, indent=2, default=str))


def _print_rows(rows: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        _print_json(rows)
        return
    from reports.terminal import rows_table

    _print(rows_table(rows))
