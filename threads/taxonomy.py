"""The categories that evidence is filed under: one place for their names, definitions and severity."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from threads.errors import LexiconError

VERDICTS = ("yes", "no", "context", "")
_TEXTS = ("id", "name", "definition", "not_this")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one published definition says of a category.

    `verdict` is yes, no (not in itself), context (it depends) or empty where the definition does not
    speak of it; `refs` are the paragraphs, numbered in the published order.
    """

    verdict: str = ""
    refs: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A category as a reviewer's card shows it.

    `definition` says what counts, `not_this` what does not. `contested` marks those on which the
    definitions disagree. `severity` runs from 1 (mild, or only a sign) to 5 (threats).
    """

    id: str
    name: str
    definition: str
    not_this: str
    ihra: Verdict
    jda: Verdict
    contested: bool
    severity: int


@cache
def categories() -> Mapping[str, Category]:
    """Every category by its id, in the order of the file. Raises LexiconError where it is malformed."""
    source = files("threads").joinpath("data/taxonomy.toml").read_text(encoding="utf-8")
    return parse(source)


def parse(source: str) -> Mapping[str, Category]:
    """The categories that a TOML text declares, each as a `[[category]]`; ids are unique."""
    try:
        rows = tomllib.loads(source)["category"]
    except (tomllib.TOMLDecodeError, KeyError) as problem:
        raise LexiconError(f"The taxonomy is not a TOML list of categories: {problem}.") from problem
    found = [_category(row) for row in rows]
    by_id = {category.id: category for category in found}
    if len(by_id) < len(found):
        raise LexiconError("The taxonomy names a category twice.")
    return MappingProxyType(by_id)


def _category(row: dict[str, Any]) -> Category:
    name = row.get("id", "?")
    wanting = [key for key in _TEXTS if not isinstance(row.get(key), str) or not row[key].strip()]
    if wanting:
        raise LexiconError(f"Category {name} of the taxonomy has no {', '.join(wanting)}.")
    severity = row.get("severity")
    if not isinstance(severity, int) or not 1 <= severity <= 5:
        raise LexiconError(f"Category {name} of the taxonomy needs a severity from 1 to 5.")
    return Category(
        id=row["id"],
        name=row["name"],
        definition=row["definition"],
        not_this=row["not_this"],
        ihra=_verdict(name, row.get("ihra", {})),
        jda=_verdict(name, row.get("jda", {})),
        contested=bool(row.get("contested", False)),
        severity=severity,
    )


def _verdict(name: str, row: dict[str, str]) -> Verdict:
    verdict = Verdict(**row) if row.keys() <= {"verdict", "refs"} else None
    if verdict is None or verdict.verdict not in VERDICTS:
        raise LexiconError(f"Category {name} of the taxonomy has a verdict other than yes, no or context.")
    return verdict
