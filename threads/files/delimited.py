"""Rows of a delimited text: which delimiter it has, and its rows with the lines that they stand on."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

DELIMITERS = (",", ";", "\t", "|")

LONGEST_CELL = 256 * 1024 * 1024
"""Characters; five times the longest single line that we promise to read."""

# A cell of more lines is taken for a quote that was never closed. The longest in the five scraped tables
# that we tried, 20,000 comments, has 346 lines.
_MOST_LINES = 5_000
_SAMPLE = 50


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are parted; `escape` is the character before a quote within quotes, where "" is not used."""

    delimiter: str = ","
    escape: str | None = None


@dataclass(frozen=True, slots=True)
class Damage:
    """A line, counted from 1, that is no row of the table, and why."""

    line: int
    reason: str
    excerpt: str


def sniff(sample: str) -> tuple[Dialect, list[str]]:
    """Return the dialect that makes most of a sample into rows, and the header under it.

    Where two fit equally well, the one that gives more columns is taken.
    """
    dialects = [Dialect(delimiter, escape) for escape in (None, "\\") for delimiter in DELIMITERS]
    found = [(dialect, list(islice(_sample_rows(sample, dialect), _SAMPLE))) for dialect in dialects]
    dialect, best = max(found, key=lambda pair: _fit(pair[1]))
    return dialect, _header(best)


def _sample_rows(sample: str, dialect: Dialect) -> Iterator[list[str] | Damage]:
    return (row for _, row in rows(io.StringIO(sample, newline=""), dialect))


def _header(found: Sequence[list[str] | Damage]) -> list[str]:
    return next((row for row in found if isinstance(row, list)), [])


def _fit(found: Sequence[list[str] | Damage]) -> tuple[float, int]:
    """How many tenths of the rows are whole, and how many columns there are; one column is no table."""
    width = len(_header(found))
    whole = sum(isinstance(row, list) for row in found)
    return (round(whole / len(found), 1) if width > 1 else 0, width)


def rows(
    lines: Iterable[str], dialect: Dialect, least: Callable[[list[str]], int] = len
) -> Iterator[tuple[int, list[str] | Damage]]:
    """Yield the header, then each row as wide as it, with the line it begins on; else a Damage.

    Empty cells beyond the header are dropped. A row with fewer cells is filled up with empty ones, if it has
    as many as `least` says of the header: many programs drop the empty cells at a row's end. After damage
    reading goes on at the very next line, so that a quote that was never closed costs one line and not the
    rest of the file.
    """
    csv.field_size_limit(LONGEST_CELL)
    source, width, needed = _Lines(iter(lines)), 0, 0
    reader = _reader(source, dialect)
    while True:
        source.begin()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            yield source.first, _damage(source, f"The row cannot be read: {problem}.")
            reader = _reader(source, dialect)
            continue
        if row and not width:
            width, needed = len(row), least(row)
        if len(row) > width and not any(row[width:]):
            del row[width:]
        elif row and needed <= len(row) < width:
            row += [""] * (width - len(row))
        if row and len(row) != width:
            cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
            yield source.first, _damage(source, f"The row has {cells} where the header has {width}.")
        elif row:
            yield source.first, row


def _reader(source: _Lines, dialect: Dialect) -> Iterator[list[str]]:
    return csv.reader(source, delimiter=dialect.delimiter, escapechar=dialect.escape, strict=True)


def _damage(source: _Lines, reason: str) -> Damage:
    line, text = source.first, source.taken[0] if source.taken else ""
    source.again()
    return Damage(line, reason, text.strip()[:200])


@dataclass(slots=True)
class _Lines:
    """The lines of a file, of which those of the current row can be read again."""

    behind: Iterator[str]
    first: int = 1
    taken: list[str] = field(default_factory=list)
    ahead: deque[str] = field(default_factory=deque)

    def begin(self) -> None:
        self.first += len(self.taken)
        self.taken = []

    def again(self) -> None:
        """Give back all lines of the row but its first."""
        self.ahead.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= _MOST_LINES:
            raise StopIteration
        line = self.ahead.popleft() if self.ahead else next(self.behind)
        self.taken.append(line)
        return line
