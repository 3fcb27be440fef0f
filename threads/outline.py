"""Outlines: who answers whom on a page, as a text that a person can read in a diff.

    # a note
    Nora Feld | The new tram line
      ? | the first words of an answer by someone whose name is lost

Two blanks a level; author, a bar, the first words; `?` for an author whose name the page does not have.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from threads.errors import InputError
from threads.schema import LINKED

UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Line:
    """One comment of an outline: its author, its first words, and the index of the line it answers."""

    author: str | None
    words: str
    parent: int | None


def read_outline(path: Path) -> list[Line]:
    """Read an outline. Raises InputError, with the line, where a level is skipped or the bar is missing."""
    lines: list[Line] = []
    branch: list[int] = []
    for number, row in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not row.strip() or row.startswith("#"):
            continue
        depth, odd = divmod(len(row) - len(row.lstrip(" ")), 2)
        author, bar, words = row.strip().partition("|")
        if odd or depth > len(branch) or not bar:
            form = "'author | first words', two blanks a level"
            raise InputError(f"{path}, line {number}: not of the form {form}.")
        name = author.strip()
        parent = branch[depth - 1] if depth else None
        branch[depth:] = [len(lines)]
        lines.append(Line(None if name == UNKNOWN else name, words.strip(), parent))
    return lines


def compare(comments: pd.DataFrame, outline: list[Line]) -> dict[str, int]:
    """Count what agrees with an outline, comments in the order of the page.

    Returns wanted, found (their first words begin a comment in the same order), extra, authors, parents.
    """
    page = comments.sort_values("position")
    pairs = _aligned(page.text.tolist(), [line.words for line in outline])
    ids = page.comment_id.tolist()
    parents = _known(page.parent_id.where(page.link.isin(LINKED)))
    authors = _known(page.author)
    expected = {w: None if outline[w].parent is None else pairs.get(outline[w].parent or 0) for w in pairs}
    return {
        "wanted": len(outline),
        "found": len(pairs),
        "extra": len(page) - len(pairs),
        "authors": sum(authors[row] == outline[w].author for w, row in pairs.items()),
        "parents": sum(_same(parents[row], expected[w], ids, outline[w]) for w, row in pairs.items()),
    }


def _known(column: pd.Series) -> list[str | None]:
    return [None if lost else str(value) for value, lost in zip(column, column.isna(), strict=True)]


def _same(parent: str | None, expected: int | None, ids: list[str], line: Line) -> bool:
    if line.parent is None:
        return parent is None
    return expected is not None and parent == ids[expected]


def _aligned(texts: list[str], wanted: list[str]) -> dict[int, int]:
    """Index of the wanted line -> index of its comment, both in order."""
    pairs: dict[int, int] = {}
    row = 0
    for index, words in enumerate(wanted):
        match = next((r for r in range(row, len(texts)) if _begins(texts[r], words)), None)
        if match is not None:
            pairs[index] = match
            row = match + 1
    return pairs


def _begins(text: str, words: str) -> bool:
    return " ".join(text.split()).startswith(words) if words else not text.strip()
