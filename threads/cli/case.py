"""Commands on a case: queue, explain and export, which change nothing in it, and forget."""

from __future__ import annotations

from pathlib import Path

import click

from threads.cli import options
from threads.cli.show import show, show_json


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


TABLES, GRAPHS = ("csv", "jsonl", "parquet"), ("graphml", "gexf")


@click.command()
@options.CASE
@click.option(
    "--format", "kind", type=click.Choice([*TABLES, "convokit", *GRAPHS]), default="csv", show_default=True,
    help="A table; a folder that ConvoKit loads; or the reply graph for networkx and Gephi.",
)  # fmt: skip
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, help="What to write.")
@options.FLOOR
def export(case: Path, kind: str, out: Path, floor: float) -> None:
    """Write comments with their scores: threads export case --format csv -o comments.csv

    In CSV an apostrophe stands before each text that a spreadsheet would take for a formula;
    threads.exporting.as_written takes it away. The other formats hold texts as they are.
    """
    from threads.case import Case
    from threads.cutting import at_floor
    from threads.exporting import export_run

    rows = export_run(at_floor(Case(case).scored(), floor), out, kind)
    click.echo(f"Wrote {rows} comments to {out}")


@click.command()
@options.CASE
@click.option("--author", required=True, help="The name, pseudonym or id as in the case.")
def forget(case: Path, author: str) -> None:
    """Empty one person's comments; the threads stand: threads forget case --author Ann

    What others wrote of them stays, save the lines that they quote. Files made of the case before (report,
    queue, charts, exports) hold the comments still: those that the case made are removed, exports are yours
    to remove.
    """
    from threads.case import Case

    count = Case(case).forget(author)
    click.echo(f"Emptied {count} comments. Write the report anew with: threads report {case}")
