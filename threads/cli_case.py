"""Commands that look at a case and change nothing in it: queue, explain, export."""

from __future__ import annotations

from pathlib import Path

import click

from threads import cli_options as options
from threads.cli_show import show, show_json


@click.command()
@options.CASE
@click.option("-n", "limit", default=20, show_default=True, type=click.IntRange(1), help="How many to show.")
@options.FLOOR
@options.POLICY
@options.JSON
def queue(case: Path, limit: int, floor: float, policy: str | None, as_json: bool) -> None:
    """Show what to look at first, and why: threads queue case"""
    from threads.case import Case
    from threads.policy_file import chosen
    from threads.triaging import triage

    scored = Case(case).scored()
    ranked = triage(scored, chosen(policy, scored.run)[0], min_link_confidence=floor).head(limit)
    if as_json:
        click.echo(ranked.to_json(orient="records", lines=True, force_ascii=False).rstrip("\n"))
    else:
        from reports.terminal import queue_table

        show(queue_table(ranked, scored))


@click.command()
@options.CASE
@click.argument("comment_id")
@options.JSON
def explain(case: Path, comment_id: str, as_json: bool) -> None:
    """Show why one comment scored as it did: threads explain case page:3f2a…"""
    from threads.case import Case

    explanation = Case(case).scored().explain(comment_id)
    if as_json:
        show_json({
            "comment": explanation.comment.to_dict(),
            "scores": explanation.scores.to_dict(),
            "evidence": explanation.evidence.to_dict(orient="records"),
            "same_author": explanation.same_author,
        })  # fmt: skip
    else:
        from reports.terminal import explanation_text

        show(explanation_text(explanation))


@click.command()
@options.CASE
@click.option(
    "--format", "kind", type=click.Choice(["csv", "jsonl", "parquet"]), default="csv", show_default=True
)
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
@options.FLOOR
def export(case: Path, kind: str, out: Path, floor: float) -> None:
    """Write comments with their scores as one table: threads export case --format csv -o comments.csv"""
    from threads.case import Case
    from threads.cutting import at_floor
    from threads.exporting import export as write

    rows = write(at_floor(Case(case).scored(), floor).wide(), out, kind)
    click.echo(f"Wrote {rows} comments to {out}")
