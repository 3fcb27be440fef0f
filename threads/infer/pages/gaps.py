"""The lines between the bodies of comments, dealt out: the foot of the upper one, the head of the lower."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from threads.infer.pages import artefacts
from threads.infer.pages import headers as page_headers
from threads.infer.pages.dates import Stamp
from threads.infer.pages.lines import Line
from threads.infer.pages.model import ARTEFACT, AUTHOR, OUTSIDE

_NEAR = 6  # lines between a body and the name below it
_NEARLY_ALL = 0.8  # of the gaps hold a name, where names stand below and the last one is doubted


class Bodied(Protocol):
    """A comment under construction: the indices of the lines of its body, its header and its footer."""

    rows: list[int]
    first: int
    head: list[int]
    tail: list[int]


class Gaps:
    """For n bodies, n + 1 lists of the lines before, between and after them that belong to comments."""

    def __init__(
        self,
        found: Sequence[Bodied],
        lines: Sequence[Line],
        labels: Sequence[int],
        stamps: Sequence[Stamp | None],
        names: dict[int, str],
    ) -> None:
        self.found, self.lines, self.stamps, self.names = found, lines, stamps, names
        edges = [-1, *(record.rows[0] for record in found), len(labels)]
        ends = [-1, *(record.rows[-1] for record in found)]
        self.rows = [
            [i for i in range(end + 1, edge) if labels[i] in (AUTHOR, ARTEFACT)]
            for end, edge in zip(ends, edges[1:], strict=True)
        ]
        opening = [i for i, label in enumerate(labels[: edges[1]]) if label == OUTSIDE]
        self.opening = [i for i in self.rows[0] if i > max(opening, default=-1)]

    def deal(self) -> None:
        """Give each line of a gap to the upper comment (its tail) or to the lower one (its head)."""
        if not self.found:
            return
        if self._names_below():
            for record, rows in zip(self.found, self.rows[1:], strict=True):
                record.head = rows
            return
        first, close = self._dates()
        for n, gap in enumerate(self.rows):
            cut = (
                len(gap) if n == len(self.found) and not self._named(gap) else self._cut(gap, n, first, close)
            )
            if n:
                self.found[n - 1].tail = gap[:cut]
            if n < len(self.found):
                self.found[n].head = gap[cut:]
                self.found[n].first = min([self.found[n].first, *gap[cut:]])

    def _named(self, gap: Sequence[int]) -> list[int]:
        """The places in the gap at which a name stands."""
        return [k for k, i in enumerate(gap) if i in self.names]

    def _dates(self) -> tuple[bool, bool]:
        """Whether the page's dates stand above the names, and whether they close the comments."""
        named = self._named(self.opening)
        opens = bool(named) and any(self.stamps[i] for i in self.opening[: named[0]])
        ends = any(self.stamps[i] for i in self.rows[-1][:_NEAR])
        over = under = 0
        for gap in self.rows[1:-1]:
            at = (self._named(gap) or [len(gap)])[0]
            over += any(self.stamps[i] for i in gap[:at])
            under += any(self.stamps[i] for i in gap[at:])
        return opens and not ends and over > under, ends and over > under

    def _cut(self, gap: list[int], n: int, dates_first: bool, dates_close: bool) -> int:
        """Where the upper comment ends: at the first name; without one, at an emptier space or a date."""
        named, dated = self._named(gap), [k for k, i in enumerate(gap) if self.stamps[i]]
        if named:
            above = [k for k in dated if k < named[0]]
            return above[-1] if dates_first and above else named[0]
        if n == 0:
            return 0
        spaces = [self.lines[i].blanks for i in (*gap, self.found[n].rows[0])]
        if max(spaces[1:], default=0) >= 2 and spaces[0] < 2:
            return spaces.index(max(spaces[1:]), 1)
        return len(gap) if dates_close or not dated else dated[0]

    def _names_below(self) -> bool:
        """Whether names stand under their comments: none above the first, and one below the last."""
        if self._named(self.opening):
            return False
        last, after = self.found[-1].rows[-1], self.rows[-1]
        named = self._named(after)
        if named and after[named[0]] - last < _NEAR:
            return True
        between = [bool(self._named(gap)) for gap in self.rows[1:-1]]
        signed = self._signed(last + 1)
        if not between or sum(between) < _NEARLY_ALL * len(between) or not signed:
            return False
        self.names[last + 1] = signed
        self.rows[-1] = [last + 1, *(i for i in after if i > last + 1)]
        return True

    def _signed(self, i: int) -> str | None:
        """The name in the line below the last body, taken for the page's foot, where it is its author."""
        if i >= len(self.lines) or len(self.lines[i].text) > 2 * artefacts.SHORT:
            return None
        text, stamp = self.lines[i].text, self.stamps[i]
        name = page_headers.author(text, stamp)
        dated = sum(self.stamps[k] is not None for k in self.names)
        known = {page_headers.folded(each) for each in self.names.values()}
        alike = stamp is not None and 2 * dated > len(self.names)
        return name if name and (alike or page_headers.folded(name) in known) else None
