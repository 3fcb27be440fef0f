"""Which nameless comments of a page are joined to one person."""

from __future__ import annotations

import numpy as np

from threads.infer.people.cues import PairCues
from threads.infer.people.model import PeopleModel
from threads.infer.people.page import PeoplePage

GUESSED, GIVEN = 0.76, 0.82
"""How likely a join must be where its links are guessed, and where they are given.

Of the joins of sources that neither weights nor links had seen 0.87 were right in one draw of lost names at
these (204 joins with guessed links, 759 with given ones), 0.82 and 0.85 in another (card.md).
"""
CERTAIN = 0.999
"""From here on a link counts as given: a guessed one is never as sure."""


def numbered(page: PeoplePage, model: PeopleModel) -> list[tuple[int, float]]:
    """For each comment the number of its person, counted from 1 among the nameless in page order, and how
    sure it is that this is the one who wrote the first comment of that number; (0, 1) for the named.
    """
    joined = _joined(page, model)
    numbers: dict[int, int] = {}
    found = []
    for at, shown in enumerate(page.nameless):
        likely, seen = 1.0, {at}
        while at in joined and joined[at][0] not in seen:
            at, step = joined[at]
            likely *= step
            seen.add(at)
        found.append((0 if shown is None else numbers.setdefault(at, len(numbers) + 1), likely))
    return found


def _joined(page: PeoplePage, model: PeopleModel) -> dict[int, tuple[int, float]]:
    """For the comments that come back: the place of the earlier one, and how likely one person wrote both."""
    cues = PairCues(page)
    if not len(cues.pairs):
        return {}
    likely = model.probability(cues.table())
    given = (page.sure[cues.pairs[:, 1:]] >= CERTAIN).all(axis=1)
    enough = likely >= np.where(given, GIVEN, GUESSED)
    return {
        int(second): (int(first), float(chance))
        for (first, _, second), chance in zip(cues.pairs[enough], likely[enough], strict=True)
    }
