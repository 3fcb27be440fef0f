"""Arguments and options that several commands share, each declared once."""

from __future__ import annotations

from pathlib import Path

import click


def _mapping(_ctx: click.Context, _option: click.Parameter, columns: str) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in columns.split(",") if pair.strip()]
    if wrong := [name for name, sign, column in pairs if not (sign and name.strip() and column.strip())]:
        raise click.BadParameter(f"{wrong[0]!r} is not of the form text=NAME")
    return {name.strip(): column.strip() for name, _, column in pairs}


CASE = click.argument("case", type=click.Path(path_type=Path, readable=False))
INPUTS = click.argument("inputs", nargs=-1, required=True)
OUT = click.option(
    "-o",
    "--out",
    "case",
    required=True,
    type=click.Path(path_type=Path, readable=False),
    help="Folder of the case.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for a script.")
STRICT = click.option("--strict", is_flag=True, help="Stop at the first record that cannot be read.")
COLUMNS = click.option(
    "--columns", default="", callback=_mapping,
    help="Which column of a table is which: text=Kommentar,author=Name.",
)  # fmt: skip
TOXICITY = click.option(
    "--toxicity", default="built-in", show_default=True,
    help="built-in, or detoxify:NAME (original, original-small, unbiased, unbiased-small, multilingual).",
)  # fmt: skip
CHECKPOINT = click.option("--checkpoint", type=click.Path(path_type=Path), help="A Detoxify checkpoint file.")
FAST = click.option(
    "--fast", "only_fast", is_flag=True,
    help="Word lists, n-grams and rules only, without the encoder: quicker, and misses more.",
)  # fmt: skip
PSEUDONYMISE = click.option(
    "--pseudonymise", is_flag=True,
    help="Replace authors' names by keyed hashes everywhere; the salt lies in the case and nowhere else.",
)  # fmt: skip
WORKERS = click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes.")
TOP = click.option("--top", default=200, show_default=True, type=click.IntRange(1), help="Queue items shown.")
FLOOR = click.option(
    "--min-link-confidence", "floor", default=0.0, show_default=True, type=click.FloatRange(0, 1),
    help="Count only links between comments that are at least this sure: 0 all, 0.8 the sure ones.",
)  # fmt: skip
HEAD = click.option("--head", help="Which score: antisemitism, conspiracy, toxicity, suspicion, …")
POLICY = click.option(
    "--policy", metavar="FILE",
    help="A policy file (TOML), as threads calibrate writes it; `default` for the policy without one.",
)  # fmt: skip
