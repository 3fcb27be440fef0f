"""Commands that measure: evaluate threads, tropecheck, and LABELS, any labelled table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from threads.cli import options
from threads.cli.show import count, progress, show, show_json
from threads.errors import InputError

_LISTED = 20
"""Unreadable records named one by one; a terminal holds no more."""


class _Measures(click.Group):
    """A first word that is no command here is a table: `evaluate x.csv` is `evaluate labels x.csv`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["labels", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Measures, subcommand_metavar="LABELS | COMMAND [ARGS]...")
def evaluate() -> None:
    """Measure on answers that are known: threads evaluate comments.csv --head antisemitism

    LABELS: a table with the columns text and label; see threads evaluate labels --help.
    """


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
    from threads.evaluation.threads import measure, read_samples

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


def _values(_ctx: click.Context, _option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    if wrong := [name for name, sign, _ in pairs if not (sign and name.strip())]:
        raise click.BadParameter(f"{wrong[0]!r} is not of the form split=dev")
    return {name.strip(): value for name, _, value in pairs}


@evaluate.command("labels")
@click.argument("path", metavar="LABELS", type=click.Path(path_type=Path, readable=False))
@options.HEAD
@options.COLUMNS
@click.option(
    "--only", multiple=True, callback=_values, help="Only rows with this value: split=dev. Repeatable."
)
@click.option("--by", default="", help="Figures for each value of these columns too: source,kind.")
@options.POLICY
@click.option("--threshold", type=click.FloatRange(0, 1, min_open=True), help="Instead of the policy's.")
@click.option("--plot", type=click.Path(path_type=Path), help="Write a reliability plot to this PNG file.")
@options.TOXICITY
@options.CHECKPOINT
@options.JSON
def evaluate_labels(  # noqa: PLR0913, PLR0917 - an option each
    path: Path, head: str | None, columns: dict[str, str], only: dict[str, str], by: str, policy: str | None,
    threshold: float | None, plot: Path | None, toxicity: str, checkpoint: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Measure a head on a labelled table: threads evaluate comments.csv --head antisemitism

    The columns text and label (or verdict; 1, true, yes against 0, false, no) must be there, or be named by
    --columns; parent_text (the comment answered) is used where it is there. With a column kind, the false
    alarms are told for each kind of harmless comment. A file called like a command here: ./threads
    """
    from threads.evaluation.labels import measure_labels
    from threads.evaluation.scores import detector_of
    from threads.policy_file import chosen

    head = head or _head_of(path)
    found = measure_labels(
        path, head, columns=columns, where=only, by=[name.strip() for name in by.split(",") if name.strip()],
        policy=chosen(policy, {})[0],
        threshold=threshold, detector=detector_of(head, toxicity, checkpoint), progress=progress,
    )  # fmt: skip
    if plot:
        from reports.reliability import write

        write(found.reliability, plot, head, found.threshold)
    if as_json:
        show_json(_as_json(found))
    else:
        from reports.measured import label_measures

        show(label_measures(found))


def _head_of(path: Path) -> str:
    from threads.triaging import Policy

    if not path.exists():
        others = ", ".join(name for name in evaluate.commands if name != "labels")
        raise InputError(f"There is no file {path}, nor is it one of the commands {others}.")
    if path.stem in Policy().thresholds:
        return path.stem
    raise InputError(
        f"Say what the labels of {path} are of: --head antisemitism, conspiracy, toxicity or another."
    )


def _as_json(found: Any) -> dict[str, Any]:  # noqa: ANN401 - LabelMeasures is loaded late
    """Frames as lists of records; a figure that is none is null."""
    import json

    def rows(frame: Any) -> Any:  # noqa: ANN401 - a frame
        return json.loads(frame.to_json(orient="records", force_ascii=False))

    plain = {name: getattr(found, name) for name in ("head", "threshold", "detector", "left_out")}
    frames = {name: rows(getattr(found, name)) for name in ("by_kind", "by_term", "reliability")}
    groups = {name: rows(frame) for name, frame in found.groups.items()}
    return plain | {"figures": rows(found.figures)[0], "groups": groups} | frames


@evaluate.command("tropecheck")
@click.option(
    "--part", type=click.Choice(["held", "open", "all"]), default="held", show_default=True,
    help="The third that nothing was trained or written on, the rest, or both.",
)  # fmt: skip
@click.option(
    "--write", type=click.Path(path_type=Path), help="Write the short result of the held part as JSON."
)
@options.JSON
def evaluate_tropecheck(part: str, write: Path | None, as_json: bool) -> None:
    """Run the trope detectors over cases that test one thing each: threads evaluate tropecheck

    A case that should be flagged is right where it is a finding by the default policy, every other where it
    is none: harmless ones (clear), those on which the definitions of antisemitism disagree (contested), and
    single signs of conspiratorial talk (suspicion). As two thirds of the cases are not to be flagged, read
    the share of those that are beside it. Quote the held part.
    """
    from threads.evaluation.tropecheck import check_tropes, result, shares

    if write and part != "held":
        raise click.UsageError("--write keeps the result of the held part; leave --part away.")
    rows = check_tropes(part)  # type: ignore[arg-type]  # one of the choices
    if write:
        import json

        write.write_text(json.dumps(result(rows), indent=2) + "\n", encoding="utf-8")
    table = shares(rows)
    if as_json:
        click.echo(table.to_json(orient="records", force_ascii=False, indent=2))
    else:
        from reports.measured import trope_shares

        show(trope_shares(table, part))


@click.command()
@click.argument("path", metavar="LABELS", type=click.Path(path_type=Path, readable=False))
@options.HEAD
@options.COLUMNS
@click.option(
    "--precision", default=0.8, show_default=True, type=click.FloatRange(0, 1, min_open=True),
    help="Share of the flagged comments that should be right.",
)  # fmt: skip
@options.POLICY
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="Write the policy with the thresholds found."
)
@options.TOXICITY
@options.CHECKPOINT
@options.JSON
def calibrate(  # noqa: PLR0913, PLR0917 - an option each
    path: Path, head: str | None, columns: dict[str, str], precision: float, policy: str | None,
    out: Path | None, toxicity: str, checkpoint: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Find thresholds from your own decisions: threads calibrate decisions.csv --head toxicity -o policy.toml

    LABELS: a table with a text and a verdict (yes or no) a row; what was not decided is left out. It is about
    one head (--head), or a column head says which, or each head has a column of verdicts that --columns
    names: antisemitism=NAME. For each head the lowest threshold is taken that reaches the precision, and so
    the highest recall; intervals are 95 % by Wilson. Where the decisions are too few to tell, the threshold
    stays as it was. Recall is among the decided: what nobody looked at is not in it. Start from another
    policy than the default with --policy.
    """
    from threads.evaluation.labelled import read_table
    from threads.evaluation.scores import detector_of
    from threads.evaluation.thresholds import decided, notes, threshold_for, with_thresholds
    from threads.policy_file import chosen, write_policy

    start = chosen(policy, {})[0]
    heads = [name for name in columns if name in start.thresholds]
    table = read_table(path, columns)
    fitted = [
        threshold_for(
            name, found, precision, detector=detector_of(name, toxicity, checkpoint), progress=progress
        )
        for name, found in decided(table, head, heads)
    ]
    if as_json:
        show_json([asdict(each) for each in fitted])
    else:
        from reports.measured import thresholds

        show(thresholds(fitted))
    for each in fitted:
        if not each.found:
            click.echo(each.refusal, err=True)
    if not any(each.found for each in fitted):
        raise InputError(
            "No threshold was found, so no policy is written." if out else "No threshold was found."
        )
    if out:
        write_policy(with_thresholds(start, fitted), out, notes(fitted, precision, path.name))
        click.echo(
            f"Wrote the policy {out}; use it with: threads run IN… -o CASE --policy {out}", err=as_json
        )
