"""The command `threads`, put together: the commands lie in modules beside this one, cli_*.py.

Each command is a few lines around one public function. Nothing heavy is imported before a command needs
it, so that --help and --version answer at once.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from threads.cli.audit import audit
from threads.cli.case import explain, export, forget, queue
from threads.cli.evaluate import calibrate, evaluate
from threads.cli.lists import detectors, formats, models
from threads.cli.run import parse, report, run, score
from threads.errors import ThreadsError
from threads.version import VERSION

COMMANDS: tuple[click.Command, ...] = (
    run,
    parse,
    score,
    queue,
    report,
    explain,
    export,
    formats,
    detectors,
    models,
    evaluate,
    calibrate,
    audit,
    forget,
)
"""In the order of the work, as --help lists them."""


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


@click.group(
    cls=_Commands,
    commands={str(each.name): each for each in COMMANDS},
    context_settings={"help_option_names": ["-h", "--help"]},
)
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
