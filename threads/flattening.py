"""Pages whose comments are known: threads as the text of a page, nesting gone, and saved pages with gold."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from threads.errors import InputError
from threads.evaluation.pages import Pair
from threads.evaluation.true_lines import parsed
from threads.evaluation.true_links import Known, known

RENDERINGS = frozenset({"blocks", "lines", "layout"})
"""Ways in which the text of a saved page was made; NAME.RENDERING.txt is counted under its rendering."""
_AGES = ("%d minutes ago", "%d hours ago", "%d days ago", "• %d weeks ago", "%d years ago", "vor %d Tagen")
_BUTTONS = (("Reply",), ("Reply", "Share"), ("Like", "Reply"), ("▲", "▼", "Reply"), ("Report",), ("0",))


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a page, its comments in its order, and their true links; `source`: what it counts under."""

    source: str
    text: str
    gold: Sequence[Pair]
    links: Known


def flatten(one: Known, artefacts: float = 0.0, seed: int = 1) -> Page:
    """The thread as scraped text: title, article, then author, blank, body, blank for each comment.

    A lost author leaves an empty line. At the rate `artefacts` an age stands above a body, and buttons
    stand below one; the same thread and seed give the same page.
    """
    chance = random.Random(f"{seed}:{one.name}")  # noqa: S311 -- draws artefacts, keeps no secret
    thread = one.thread
    parts = [f"{_tidy(part)}\n\n" for part in (thread.title, thread.article) if part.strip()]
    for author, text in zip(one.authors, thread.texts, strict=True):
        parts.append(f"{author}\n\n" if author else "\n")
        if chance.random() < artefacts:
            parts.append(chance.choice(_AGES) % chance.randint(2, 11) + "\n\n")
        parts.append(f"{_tidy(text)}\n\n")
        if chance.random() < artefacts:
            parts.append("\n".join(chance.choice(_BUTTONS)) + "\n\n")
    return Page(one.source, "".join(parts), list(zip(one.authors, thread.texts, strict=True)), one)


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text.strip())


def read_dump(file: Path) -> Page:
    """The page of a NAME.gold.json, its text in the NAME.txt beside it.

    The gold is `{comments: [{id, author, text, parent}], source?}`; instead of its text a comment may have
    `start` and `end` in the page. Raises InputError, one sentence, where either file cannot be used.
    """
    stem = file.name.removesuffix(".gold.json")
    try:
        gold = file.read_bytes()
        text = file.with_name(f"{stem}.txt").read_bytes().decode("utf-8", "replace")
    except OSError as problem:
        raise InputError(f"{problem.filename} cannot be opened: {problem.strerror}.") from problem
    rendering = stem.rpartition(".")[2]
    base = {"source": rendering if rendering in RENDERINGS else file.parent.name, "id": stem}
    found = parsed(gold, base, text)
    if isinstance(found, str):
        raise InputError(f"{file}: {found}.")
    one = known(found, below=True)
    return Page(one.source, text, list(zip(one.authors, one.thread.texts, strict=True)), one)
