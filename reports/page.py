"""The report: one self-contained HTML file that needs no script to read and no network to open."""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports import fairness, origins, sections, words
from reports.cards import author, cards, label
from reports.lookup import Lookup, Record, records
from reports.marks import visible
from reports.trees import trees
from threads.cutting import SURE, at_floor, floor_of
from threads.errors import CaseError
from threads.passages import with_words
from threads.scored import Scored
from threads.taxonomy import categories
from threads.triaging import Policy, triage

_AUDIT_ROWS = 40
_FEW = 5  # comments: below it one comment moves a mean by a fifth or more
_NO_RUN: Record = {
    "version": None, "created": None, "inputs": [], "detectors": {}, "integrity": {}, "seconds": {},
    "policy_file": None,
}  # fmt: skip
_FILES = {
    "queue.csv": "the whole queue, for a spreadsheet",
    "rejects.jsonl": "every record that could not be read, and why",
    "run.json": "versions and hashes of everything that took part",
    "audit.json": "the bias audit, every swap of groups summed up",
}


def write(  # noqa: PLR0913 - a choice of the reader each
    scored: Scored,
    path: Path | str,
    *,
    policy: Policy | None = None,
    queue: pd.DataFrame | None = None,
    top: int = 200,
    min_link_confidence: float = 0.0,
) -> Path:
    """Write the report of a run as one HTML file and say where it is.

    Links of less than `min_link_confidence` count for nothing in it, and it says so; whatever the floor,
    a reader can switch to the sure links alone.

    `queue` is what `triage` gave for the same run, made here where it is absent; the report shows
    its first `top` findings and links the files that lie beside it. An interrupted write leaves the
    previous report whole. Raises CaseError where the file cannot be written.
    """
    target = Path(path)
    html = render(scored, policy or Policy(), queue, top, min_link_confidence, beside=target.parent)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(html, encoding="utf-8", newline="\n")
        draft.replace(target)
    except OSError as problem:
        raise CaseError(f"The report cannot be written to {target}: {problem.strerror}.") from problem
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return target


def render(  # noqa: PLR0913 - as write
    scored: Scored,
    policy: Policy,
    queue: pd.DataFrame | None = None,
    top: int = 200,
    min_link_confidence: float = 0.0,
    *,
    beside: Path,
) -> str:
    """The report as HTML; the files in the folder `beside` are linked from it."""
    queue = triage(scored, policy, min_link_confidence=min_link_confidence) if queue is None else queue
    found, audit = queue[queue.why == "finding"], queue[queue.why == "audit"]
    scored = with_words(scored, [*found.comment_id.head(top), *audit.comment_id.head(_AUDIT_ROWS)])
    uncut, scored = scored.comments, at_floor(scored, min_link_confidence)
    lookup = Lookup(scored, uncut)
    sizes = scored.comments.thread_id.value_counts().to_dict()
    flagged = set(found.comment_id)
    over = {name: heads for name, heads in sections.exceeded(scored, policy).items() if name in flagged}
    shown = cards(found, lookup, sizes, over, top)
    grown = trees(scored, lookup, flagged)
    return (
        environment()
        .get_template("page.html")
        .render(
            scored=scored,
            run={**_NO_RUN, **scored.run},
            policy=scored.run.get("policy") or asdict(policy),
            summary=sections.summary(scored, over),
            pages=records(scored.pages.head(sections.TABLE_ROWS)),
            rejects=records(scored.rejects.head(sections.TABLE_ROWS)),
            cards=shown,
            n_items=int(found.copy_of.isna().sum()),
            n_copies=int(found.copy_of.notna().sum()),
            filters=sections.filters(shown),
            audit=cards(audit, lookup, sizes, over, _AUDIT_ROWS),
            n_audit=len(audit),
            trees=grown,
            floor=floor_of(scored.comments),
            sure=SURE,
            lookup=lookup,
            flagged=flagged,
            anchored={card.comment["comment_id"] for card in shown},
            in_trees={line.comment["comment_id"] for tree in grown for line in tree.lines},
            **sections.authors(scored, policy),
            few=_FEW,
            charts=sections.charts(scored, policy),
            fairness=fairness.section(beside, scored.run, policy),
            files={name: what for name, what in _FILES.items() if (beside / name).exists()},
        )
    )


@cache
def environment() -> Environment:
    """The templates, escaping everything and refusing a name that is not there."""
    made = Environment(
        loader=PackageLoader("reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"words": words, "origins": origins, "categories": categories(), "style": _style()}
    made.filters |= {"visible": visible, "author": author, "label": label, "slug": _slug, "json": _json}
    made.filters |= {"high": sections.high, "has_any": sections.has_any, "n_bare": sections.n_bare}
    return made


def _style() -> Markup:
    return Markup(files("reports").joinpath("static/report.css").read_text(encoding="utf-8"))  # noqa: S704  our own file


def _slug(name: str) -> str:
    """A name that is safe as a class in HTML and in CSS."""
    return re.sub(r"[^A-Za-z0-9]", "-", name)


def _json(value: object) -> str:
    return visible(json.dumps(value, indent=2, ensure_ascii=False, default=str))
