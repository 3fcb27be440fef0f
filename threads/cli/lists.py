"""Commands that say what is there: formats, detectors, models."""

from __future__ import annotations

from typing import Any

import click

from threads.cli import options
from threads.cli.show import show_rows


@click.command()
@options.JSON
def formats(as_json: bool) -> None:
    """List the formats that can be read and what each keeps."""
    from threads.formats import FORMATS

    show_rows([{"name": f.name, "title": f.title, "keeps": f.keeps} for f in FORMATS], as_json)


@click.command()
@options.JSON
def detectors(as_json: bool) -> None:
    """List the detectors, the scores each gives, what stands behind them, and TropeCheck's result."""
    from reports.origins import checked, scorer
    from threads.detectors import built_in
    from threads.evaluation.tropecheck import result_of

    rows: list[dict[str, Any]] = []
    for each in built_in():
        about = each.describe()
        row = {"name": each.name, "heads": " ".join(each.heads)}
        whole = {**about, "tropecheck": result_of(each.name, about)}
        rows.append(
            row | (whole if as_json else {"scored by": scorer(about), "checked": checked(each.name, about)})
        )
    show_rows(rows, as_json)


@click.group(invoke_without_command=True)
@options.JSON
@click.pass_context
def models(ctx: click.Context, as_json: bool) -> None:
    """List the models that score and which Detoxify checkpoints are on this machine."""
    if ctx.invoked_subcommand is None:
        from threads.models import list_models

        known = list_models()
        rows = known.where(known.notna(), "").to_dict(orient="records")
        show_rows([{str(key): value for key, value in row.items()} for row in rows], as_json)


@models.command()
@click.argument("name")
def fetch(name: str) -> None:
    """Download a Detoxify checkpoint: threads models fetch original-small (the only use of the network)"""
    from threads.models import fetch as download

    click.echo(f"Fetched {download(name)}")
