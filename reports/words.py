"""What the tables say in codes and numbers, said in words for a reader."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

STANCES = {
    "endorse": "says it as true, urges it or insults with it",
    "insinuate": "hints at it without saying it",
    "unclear": "too short, or too little context, to tell what is meant",
    "report": "reports or quotes it, without approval",
    "condemn": "speaks against it (counter-speech)",
    "in_group": "speaks of the writer's own group",
}

HEADS = {
    "antisemitism": "Antisemitism",
    "conspiracy": "Conspiracy",
    "suspicion": "Suspicion",
    "toxicity": "Toxicity",
    "sentiment": "Sentiment",
}

GLOSSES = {
    "suspicion": "single elements of conspiratorial talk, even without a whole plot; never queued by itself",
    "antisemitism_contested": "what the two definitions of antisemitism, IHRA and the Jerusalem Declaration "
    "(JDA), disagree on; it counts as antisemitism only beside something that they agree on",
}
"""Scores whose names do not explain themselves."""

INTEGRITY = {
    "comments": "comments",
    "roots": "start a conversation",
    "replies": "replies with a parent",
    "inferred": "parents worked out from the text",
    "unsure": "links under the floor, cut",
    "missing": "answer what is not in the data",
    "cycles": "pointers in a circle",
    "duplicates": "ids given twice",
}

VERDICTS = {
    "yes": "Counts it.",
    "no": "Does not count it, in itself.",
    "context": "It depends on the context.",
    "": "Does not speak of it.",
}

NO_NAME = "name not in the scrape"


def place(head: str) -> int:
    """Where a head stands among the others in every list of them; one that is not known comes last."""
    order = list(HEADS)
    return order.index(head) if head in order else len(order)


def head(name: str) -> str:
    """A score's name as a reader knows it: `toxicity_threat` is "Toxicity: threat"."""
    family, _, part = name.partition("_")
    title = HEADS.get(family, family.capitalize())
    return f"{title}: {part.replace('_', ' ')}" if part else title


def count(number: int, one: str, many: str | None = None) -> str:
    """The number with its noun: "1 reply", "1,204 replies"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def level(depth: int) -> str:
    """How far below the start of its branch a comment stands: "1st level of replies"."""
    ending = "th" if depth % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(depth % 10, "th")
    return f"{depth}{ending} level of replies"


_QUOTED = re.compile(r"(‘[^‘]*’(?!\w)|‘[^‘]*)")
"""To the last closing mark before the next opening one: an apostrophe inside the words ends nothing."""


def pieces(reason: str) -> list[str]:
    """A reason split before and after the words that it quotes in ‘…’, so that those can be covered."""
    return [piece for piece in _QUOTED.split(reason) if piece]


def headline(reasons: str) -> tuple[str, str]:
    """The first of a queue row's reasons, and the others; a semicolon in quoted words parts nothing."""
    seen = 0
    for piece in pieces(reasons):
        if not piece.startswith("‘") and "; " in piece:
            cut = seen + piece.index("; ")
            return reasons[:cut], reasons[cut + 2 :]
        seen += len(piece)
    return reasons, ""


def score(value: float | None) -> str:
    """Two decimals with a true minus sign; a dash where there is none."""
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


def percent(share: float) -> str:
    """A share as a whole per cent; what is not certain is never rounded to it."""
    if 0 < share < 0.005:
        return "< 1 %"
    return "> 99 %" if 0.995 <= share < 1 else f"{round(100 * share)} %"


def when(created: datetime | None, as_it_stood: str | None) -> str:
    """The time of a comment: absolute in UTC, or as the page had it, or that there is none."""
    if created is not None:
        return f"{created:%Y-%m-%d %H:%M} UTC"
    return f"“{as_it_stood}” on the page" if as_it_stood else "no time in the scrape"


_LOST = {
    "missing": "Answers a comment that is not in the data",
    "cycle": "Its reply pointers run in a circle, so it is shown as a start",
    "unsure": "Whom this answers is unsure",
}


def link(comment: dict[str, Any], answered: str | None) -> str:
    """How the comment hangs in its thread, and how sure that is.

    `answered` is the author of the parent, None where the comment has none here.
    """
    sure = comment["parent_confidence"]
    because = f": {comment['parent_reason']}" if comment["parent_reason"] else ""
    match comment["link"]:
        case "missing" | "cycle" | "unsure" as lost:
            return _LOST[lost]
        case "inferred" if answered is not None:
            return f"{_perhaps(sure)} answers {answered} ({percent(sure or 0)}{because})"
        case "inferred" | "root" if sure is not None and sure < 1:
            return f"{_perhaps(sure)} answers nobody here ({percent(sure)}{because})"
        case "root":
            return "Starts a conversation"
    return f"Answers {answered}" if answered is not None else "Starts a conversation"


def unsure(best_guess: str, confidence: float, reason: str = "") -> str:
    """What is said of a comment whose link is under a floor, instead of a link."""
    because = f": {reason}" if reason else ""
    return f"Whom this answers is unsure (best guess: {best_guess}, {percent(confidence)}{because})"


def counted_links(floor: float) -> str:
    """Which links a number rests on, said beside every number that rests on links."""
    return (
        f"only links of at least {percent(floor)} confidence count"
        if floor
        else "every link counts, sure or not"
    )


def shares(given: int, sure: int, unsure: int) -> str:
    """How many links of a thread are of which kind: "30 links: 12 given by the source (40 %), …"."""
    kinds = {"given by the source": given, "inferred and sure": sure, "unsure": unsure}
    total, kinds = given + sure + unsure, {kind: number for kind, number in kinds.items() if number}
    if len(kinds) < 2:
        return f"{count(total, 'link')}{f', all {next(iter(kinds))}' if kinds else ''}"
    parts = [f"{number:,} {kind} ({percent(number / total)})" for kind, number in kinds.items()]
    return f"{count(total, 'link')}: {', '.join(parts)}"


def _perhaps(sure: float | None) -> str:
    # Plain words for a probability: more likely than not is "probably", nine times in ten "very probably".
    if sure is None or sure < 0.5:
        return "Perhaps"
    return "Very probably" if sure >= 0.9 else "Probably"
