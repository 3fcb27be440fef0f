"""One page as the search for its nameless people reads it: texts, links, and who is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from threads.infer.links.thread import NOBODY, Floats, Ints

NONE = -1
"""In place of the place of a comment: there is none."""
_FAR = 8
"""Steps up a branch that are looked at: the work per comment stays bounded."""
# Of two comments with an answer between them 0.6 are by one person in the threads trained on (0.2 to 0.8 by
# source); that counts like three pairs of the page's own. The three are a judgement.
_USUAL, _WORTH = 0.6, 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """The comments of one page, in page order.

    `parents` holds the place of the comment answered (NONE for none), `sure` how likely that link is;
    `people` an index per comment, the same for the same name, NOBODY where nobody is named; `nameless`
    gives each comment whose person is looked for what stands in place of the name, the others None.
    """

    texts: Sequence[str]
    parents: Ints
    sure: Floats
    people: Ints
    nameless: Sequence[str | None]
    size: int = field(init=False)
    children: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        children: list[list[int]] = [[] for _ in self.texts]
        for at, parent in enumerate(self.parents.tolist()):
            if parent != NONE:
                children[parent].append(at)
        object.__setattr__(self, "size", len(self.texts))
        object.__setattr__(self, "children", children)

    def above(self, at: int, most: int = _FAR) -> list[int]:
        """The comments up the branch from the parent on, at most so many."""
        found: list[int] = []
        at = int(self.parents[at])
        while at != NONE and len(found) < most and at not in found:
            found.append(at)
            at = int(self.parents[at])
        return found

    def named_on(self, places: Sequence[int]) -> set[int]:
        """The people named at these places."""
        return {int(self.people[at]) for at in places} - {NOBODY}

    def returning(self) -> float:
        """Log-odds that a comment and the answer to its answer are by one person, by the names shown here."""
        steps = [(at, self.above(at, 2)) for at in range(self.size) if self.people[at] != NOBODY]
        twice = [(at, up[1]) for at, up in steps if len(up) == 2 and self.people[up[1]] != NOBODY]
        same = sum(int(self.people[at] == self.people[first]) for at, first in twice)
        share = (same + _USUAL * _WORTH) / (len(twice) + _WORTH)
        return float(np.log(share / (1 - share)))
