"""Commands that measure on a user's own files: evaluate threads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from threads import cli_options as options
from threads.cli_show import count, progress, show

_LISTED = 20
"""Unreadable records named one by one; a terminal holds no more."""


@click.group()
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
@options.JSON
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
    table = measure(samples, drop_authors=drop_authors, artefacts=artefacts, progress=progress)
    if as_json:
        click.echo(table.to_json(orient="records", force_ascii=False, indent=2))
    else:
        from reports.terminal import measures

        show(measures(table), wrap=False)


def _tell_unread(sentences: Sequence[str]) -> None:
    for sentence in [*sentences[:_LISTED], *["…"] * (len(sentences) > _LISTED)]:
        click.echo(f"Not read: {sentence}", err=True)
    if sentences:
        click.echo(f"{count(len(sentences), 'record')} could not be read; the rest is measured.", err=True)
