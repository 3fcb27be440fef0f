"""The command that audits: do the detectors treat groups and dialects alike?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from threads.cli import options
from threads.cli.show import progress, show, show_json
from threads.errors import InputError

if TYPE_CHECKING:
    from threads.auditing.record import Audit
    from threads.detectors.base import Detector
    from threads.triaging import Policy


@click.command()
@click.argument("path", metavar="CASE|LABELS", type=click.Path(path_type=Path, readable=False))
@options.HEAD
@options.COLUMNS
@options.POLICY
@click.option(
    "--most", default=200, show_default=True, type=click.IntRange(1), help="Comments swapped for each check."
)
@options.TOXICITY
@options.CHECKPOINT
@options.FAST
@options.JSON
def audit(  # noqa: PLR0913, PLR0917 - an option each
    path: Path, head: str | None, columns: dict[str, str], policy: str | None, most: int, toxicity: str,
    checkpoint: Path | None, only_fast: bool, as_json: bool,
) -> None:  # fmt: skip
    """Look for bias in what the detectors did to your comments: threads audit case

    Names of groups are swapped for each other in flagged and in unflagged comments, which are scored anew:
    the share that changes sides of the threshold should be small. Rates are told by the group named, and
    sentences in African-American and learners' English are scored beside the same in mainstream English.

    CASE: a scored case; the result is kept in it as audit.json, and its next report shows it. LABELS: a table
    with a text and a label of one head (--head): then false alarm rates are told, too. Give the --toxicity
    and --fast that the case was scored with.
    """
    from threads.detectors import built_in

    detectors = built_in(toxicity, checkpoint, only_fast=only_fast)
    found = (
        _of_case(path, detectors, policy, most)
        if path.is_dir()
        else _of_table(path, detectors, policy, most, head, columns)
    )
    if as_json:
        show_json(found.record())
    else:
        from reports.fairness import tables

        show(tables(found))
        if path.is_dir():
            click.echo(f"Show it in the report with: threads report {path}")


def _of_case(path: Path, detectors: Sequence[Detector], policy: str | None, most: int) -> Audit:
    from threads.auditing import audit_case
    from threads.case import Case
    from threads.policy_file import chosen

    case = Case(path)
    return audit_case(case, detectors, chosen(policy, case.run)[0], most=most, progress=progress)


def _of_table(  # noqa: PLR0913, PLR0917 - as the command
    path: Path, detectors: Sequence[Detector], policy: str | None, most: int, head: str | None,
    columns: dict[str, str],
) -> Audit:  # fmt: skip
    from threads.auditing import audit as audit_frame
    from threads.evaluation.labelled import labelled, read_table
    from threads.policy_file import chosen

    rules = chosen(policy, {})[0]
    if not path.exists():
        raise InputError(f"There is no case and no file {path}.")
    head = head or _named_so(path, rules)
    rows = labelled(read_table(path, columns)).rows
    return audit_frame(rows, detectors, rules, labelled=head, most=most, progress=progress)


def _named_so(path: Path, rules: Policy) -> str:
    if path.stem in rules.thresholds:
        return path.stem
    raise InputError(
        f"Say what the labels of {path} are of: --head antisemitism, conspiracy, toxicity or another."
    )
