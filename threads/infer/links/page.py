"""What a page itself shows of its structure: its order, indents, and the names that it gives as answered."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np

from threads.infer.links.thread import NOBODY, ROOT, Thread
from threads.infer.names import Mentions, named
from threads.infer.pages.order import in_time_order

# Log-odds added where the page itself speaks. An indent is at times a quotation or an image, a name at
# times that of a namesake: both can be outvoted by two strong cues together, not by one.
SET_IN, ANSWERED = 5.0, 5.0
# "Mr Smith, you …" where the article is about Smith: too rare in the training threads to be learned.
SPOKEN_TO = 2.5
# "Your comment" speaks to somebody who has written one: 0.88 of 41 such blog comments are replies, where 0.56
# of all are, which makes a reply likelier by this much.
YOUR_COMMENT = 1.7
# Fewer comments in order of time may be chance on a page that lists replies under their parent.
_ENOUGH = 8
# Where most comments bear the same age ("2 years ago") their order by time is not seen. A judgement.
_TELLING = 0.4

_YOURS = re.compile(
    r"\b(?:your comments?|dein(?:en)? Kommentar|Ihr(?:en)? Kommentar|tu comentario|ton commentaire)\b"
)
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "sir", "herr", "frau", "señor", "madame"})

Bonus = list[dict[int, float]]


def order_of(thread: Thread, mentions: Mentions | None = None) -> str:
    """How the page is ordered: "branching" (replies under their parent), "by time" or "newest first".

    Where times are known and never turn back the page is ordered by time; where they do, it lists replies
    under their parents. Where they are unknown it is taken to do so too, as most pages do, unless the
    names that are called (`mentions`) cannot be of people on the open branch.
    """
    times = thread.times[~np.isnan(thread.times)]
    if thread.indents.max(initial=-1) > 0:
        return "branching"
    steps = np.diff(times)
    if len(times) < max(_ENOUGH, 0.8 * thread.size) or (steps != 0).mean() < _TELLING:
        return "by time" if mentions is not None and in_time_order(thread, mentions) else "branching"
    if (steps >= 0).all():
        return "by time"
    return "newest first" if (steps <= 0).all() else "branching"


def bonus_of(thread: Thread) -> Bonus | None:
    """For each comment the candidates (ROOT for none) that the page speaks for; None where it never does."""
    bonus: Bonus = [{} for _ in range(thread.size)]
    _add_indents(thread, bonus)
    _add_answered(thread, bonus)
    _add_spoken_to(thread, bonus)
    _add_your_comment(thread, bonus)
    return bonus if any(bonus) else None


def _add_indents(thread: Thread, bonus: Bonus) -> None:
    """The nearest comment above that is set in less is the parent; one at the margin answers nobody."""
    known = thread.indents[thread.indents >= 0]
    if not len(known) or known.min() == known.max():
        return
    margin = int(known.min())
    open_: list[tuple[int, int]] = []
    for at, indent in enumerate(thread.indents.tolist()):
        if indent < 0:
            continue
        while open_ and open_[-1][0] >= indent:
            open_.pop()
        parent = open_[-1][1] if open_ and indent > margin else ROOT
        bonus[at][parent] = bonus[at].get(parent, 0.0) + SET_IN
        open_.append((indent, at))


def _add_answered(thread: Thread, bonus: Bonus) -> None:
    """Comments of the person whom the page gives as answered, the latest one most."""
    latest: dict[int, list[int]] = {}
    for at, name in enumerate(thread.answered):
        for person in named(thread, name) if name else ():
            for rank, place in enumerate(reversed(latest.get(person, [])[-8:])):
                bonus[at][place] = bonus[at].get(place, 0.0) + ANSWERED - (rank > 0)
        person = int(thread.people[at])
        if person != NOBODY:
            latest.setdefault(person, []).append(at)


def _add_spoken_to(thread: Thread, bonus: Bonus) -> None:
    """A comment that speaks to somebody in the article, not on the page, answers nobody."""
    article = (thread.title + "\n" + thread.article).lower()
    names = " ".join(thread.names).lower()
    for at, text in enumerate(thread.texts):
        if any(name not in names for name in titled_names(text, article)):
            bonus[at][ROOT] = bonus[at].get(ROOT, 0.0) + SPOKEN_TO


def _add_your_comment(thread: Thread, bonus: Bonus) -> None:
    """A comment that speaks of "your comment" answers somebody."""
    for at, text in enumerate(thread.texts):
        if at and _YOURS.search(text[:600]):
            bonus[at][ROOT] = bonus[at].get(ROOT, 0.0) - YOUR_COMMENT


def titled_names(text: str, article: str) -> list[str]:
    """Names with a title ("Mr Smith") that a comment begins with and the article (in lower case) has."""
    words = text[:60].replace(",", " ").replace(".", " ").lower().split()
    return [name for title, name in pairwise(words) if title in _TITLES and name in article]
