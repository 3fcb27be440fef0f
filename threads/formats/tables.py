"""Tables of comments, one row a comment: delimited text (CSV, TSV) and Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from threads.comment import Comment, Record, Reject
from threads.errors import InputError
from threads.files import decode, delimited
from threads.files.columns import Columns, missing_column, recognise
from threads.files.delimited import Damage
from threads.files.records import comment
from threads.files.taken import Taken, taken
from threads.formats.base import PERSON

KEEPS = "whatever columns it has: ids, parents, authors, times, likes, links"

_BATCH = 8_192
_SUFFIXES = {".csv", ".tsv", ".tab", ".psv"}


@dataclass(frozen=True)
class Delimited:
    """CSV and its kin; the delimiter (comma, semicolon, tab or bar) is found from the first lines.

    `columns` gives the column of a field where its name does not: {"text": "Kommentar"}.
    """

    name: str = "csv"
    title: str = "CSV, TSV"
    keeps: str = KEEPS
    identifies: tuple[str, ...] = PERSON
    columns: Mapping[str, str] = field(default_factory=dict)

    def sniff(self, head: bytes, path: Path) -> float:
        """Certain by its suffix; else likely where a header names a text and one thing more."""
        text = decode.head_text(head)
        named = path.suffix.casefold() in _SUFFIXES
        if not text or named:
            return 0.95 if named and text else 0.0
        header = delimited.sniff(text)[1]
        known = recognise(header, self.columns)
        return 0.8 if known and len(_used(known)) > 1 and len(header) < 200 else 0.0

    def taken(self, path: Path) -> Taken:
        """What the columns that the header names were taken for."""
        header = delimited.sniff(decode.head_text(decode.read_head(path)))[1]
        return taken([(_columns(header, self.columns, path), header)])

    def read(self, path: Path) -> Iterator[Record]:
        """Yield a comment for each row, and a reject for each line that is no row. Streams."""
        dialect, _ = delimited.sniff(decode.head_text(decode.read_head(path)))
        header: list[str] = []
        position, thread = 0, decode.plain(path).stem
        for line, row in delimited.rows(decode.lines(path), dialect, self._least(path)):
            if isinstance(row, Damage):
                yield Reject(line=line, reason=row.reason, excerpt=row.excerpt)
            elif not header:
                header, columns = row, _columns(row, self.columns, path)
            else:
                cells = dict(zip(header, row, strict=True))
                yield comment(cells, columns, thread=thread, position=position)
                position += 1
        if not header:
            raise InputError(f"The file {path} has no row of column names that can be read.")

    def _least(self, path: Path) -> Callable[[list[str]], int]:
        """How many cells a row must have under a header: those up to its text."""
        return lambda header: len(header) - header[::-1].index(_columns(header, self.columns, path).text)


@dataclass(frozen=True)
class Parquet:
    """Parquet, read a row group at a time, only the columns that hold something of a comment."""

    name: str = "parquet"
    title: str = "Parquet"
    keeps: str = KEEPS
    identifies: tuple[str, ...] = PERSON
    columns: Mapping[str, str] = field(default_factory=dict)

    def sniff(self, head: bytes, path: Path) -> float:
        """Certain: such a file begins with PAR1."""
        return 1.0 if head.startswith(b"PAR1") else 0.0

    def taken(self, path: Path) -> Taken:
        """What the columns of the table were taken for."""
        with _opened(path) as file:
            names = file.schema_arrow.names
            return taken([(_columns(names, self.columns, path), names)])

    def read(self, path: Path) -> Iterator[Record]:
        """Yield a comment for each row. Raises InputError where the file is damaged."""
        with _opened(path) as file:
            columns = _columns(file.schema_arrow.names, self.columns, path)
            yield from _comments(file, columns, decode.plain(path).stem)


def _opened(path: Path) -> pq.ParquetFile:
    try:
        with decode.open_binary(path) as stream:  # it is read from its end: what is packed, in memory
            return pq.ParquetFile(path if stream.seekable() else pa.BufferReader(stream.read()))
    except (pa.ArrowInvalid, OSError) as problem:
        raise InputError(
            f"The file {path} is a damaged Parquet file: what it says of its own table cannot be read."
        ) from problem


def _comments(file: pq.ParquetFile, columns: Columns, thread: str) -> Iterator[Comment | Reject]:
    position = 0
    for group in range(file.num_row_groups):
        try:
            batches = [b.to_pylist() for b in file.iter_batches(_BATCH, [group], _used(columns))]
        except (pa.ArrowException, OSError, ValueError):
            rows = file.metadata.row_group(group).num_rows
            reason = f"{rows} rows from here on cannot be read: this part of the file is damaged."
            yield Reject(line=position + 1, reason=reason)
            position += rows
            continue
        for row in chain.from_iterable(batches):
            yield comment(row, columns, thread=thread, position=position)
            position += 1


def _columns(names: Sequence[str], given: Mapping[str, str], path: Path) -> Columns:
    """The columns of a table, which must have the text and all that the user names."""
    columns = recognise(names, given)
    absent = [column for column in given.values() if column not in names]
    if absent or columns is None:
        raise missing_column(names, absent, path)
    return columns


def _used(columns: Columns) -> list[str]:
    values: list[Any] = [getattr(columns, name) for name in Columns.__slots__]
    return sorted({value for value in values if value is not None})


DELIMITED = Delimited()
PARQUET = Parquet()
