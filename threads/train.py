"""Fits what is shipped: `python -m threads.train toxicity DATA` (needs the extra `train`)."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def main() -> None:
    """Fit the weights and the calibration of a built-in model from labelled comments."""


@main.command()
@click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def toxicity(data: Path) -> None:
    """Fit the toxicity scorer to DATA (Parquet: text, label, source, split) and print how good it is."""
    from threads.detectors.toxicity import FOLDER

    try:
        from threads.train_toxicity import train
    except ModuleNotFoundError as problem:
        missing = f"{problem.name} is missing: pip install 'comment-threads[train]'"
        raise click.ClickException(missing) from None
    click.echo(train(data, FOLDER))


if __name__ == "__main__":
    main()
