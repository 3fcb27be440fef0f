"""How commands speak: tables, JSON for a script, progress on a terminal and silence in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import click


def show(renderable: object, *, wrap: bool = True) -> None:
    """Print what rich can render; without `wrap`, lines may be wider than the terminal."""
    from rich.console import Console

    Console().print(renderable, soft_wrap=not wrap)


def show_json(record: object) -> None:
    """Print one JSON document."""
    import json

    click.echo(json.dumps(record, ensure_ascii=False, indent=2, default=str))


def show_rows(rows: list[dict[str, Any]], as_json: bool) -> None:
    """Print records as a table or as JSON."""
    if as_json:
        show_json(rows)
        return
    from reports.terminal import rows_table

    show(rows_table(rows))


def progress(items: Iterable[Any], task: str, total: int) -> Iterable[Any]:
    """The items, with a bar on standard error while it is a terminal."""
    if not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, task, total, console=Console(stderr=True), transient=True)


def count(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {noun}{'s' * (number != 1)}"
