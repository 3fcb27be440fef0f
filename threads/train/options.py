"""What the commands that fit on threads with known links take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

Command = Callable[..., None]


def known_threads(folder: Path) -> Callable[[Command], Command]:
    """PATH and `--pages` to read, `--out` to write to (`folder` unless told), `--seed`."""
    path = click.argument("path", type=click.Path(exists=True, path_type=Path))
    pages = click.option("--pages", type=click.Path(exists=True, path_type=Path),
                         help="Folder of *.blocks.gold.json.")  # fmt: skip
    out = click.option("--out", type=click.Path(path_type=Path), default=folder, show_default=True,
                       help="Where to write.")  # fmt: skip
    seed = click.option("--seed", default=1, show_default=True)
    return lambda command: path(pages(out(seed(command))))
