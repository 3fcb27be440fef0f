"""A labelled table, as people keep them: texts with a yes or no, whatever else stands beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from threads.errors import InputError, MissingColumn, UnknownFormat
from threads.files import decode, delimited, json_deep
from threads.files.columns import recognise
from threads.files.delimited import Damage
from threads.formats import detect
from threads.formats.json_records import JsonDocument, JsonLines
from threads.formats.tables import Delimited, Parquet

_YES = frozenset({"1", "1.0", "true", "yes", "y"})
_NO = frozenset({"0", "0.0", "false", "no", "n"})
_OPEN = frozenset({"", "nan", "none", "null", "unsure", "unclear", "undecided", "skip"})
_LABELS = ("label", "verdict")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file under the names that we use, with the lines (or numbers of rows) they stand on."""

    path: Path
    rows: pd.DataFrame
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class Labelled:
    """Texts with their answers: `rows` has `text`, `label` (0 or 1) and the table's further columns.

    `left_out` counts the rows without an answer or a text, and the lines that are no row.
    """

    rows: pd.DataFrame
    left_out: int


def read_table(path: Path, columns: Mapping[str, str] | None = None) -> Table:
    """Read CSV, TSV, JSON or Parquet, with the columns named in `columns` renamed: {"label": "is_hate"}.

    The column `text` is found by its usual names (body, comment, …) where none is given. Raises InputError
    for what is no table, MissingColumn where a column that was named, or the text, is not there.
    """
    rows, damaged = _read(path)
    rows = _renamed(rows, columns or {}, path)
    if "text" not in rows:
        known = recognise(map(str, rows.columns), {})
        if known is None:
            raise _missing("text", rows, path)
        rows = rows.rename(columns={known.text: "text"})
    return Table(path, rows.assign(text=_texts(rows["text"])), damaged)


def labelled(table: Table, label: str | None = None, rows: pd.DataFrame | None = None) -> Labelled:
    """Read the answers in the column `label` (else `label` or `verdict`): 1, true, yes or 0, false, no.

    Rows without an answer ("", unsure) are left out and counted. Raises InputError, with the line, for any
    other answer, and where no row has one. `rows` are those of the table that count, all by default.
    """
    rows = table.rows if rows is None else rows
    column = label or next((name for name in _LABELS if name in rows), "label")
    if column not in rows:
        raise _missing(column, rows, table.path)
    said = _texts(rows[column]).str.strip().str.casefold()
    if len(strange := said[~said.isin(_YES | _NO | _OPEN)]):
        raise InputError(
            f"{table.path}, {_place(table, strange.index[0])}: the {column} {strange.iloc[0][:40]!r} is "
            "none of 1, 0, true, false, yes, no; name another column with --columns label=NAME."
        )
    usable = said.isin(_YES | _NO) & (rows["text"].str.strip() != "")
    if not usable.any():
        raise InputError(f"{table.path} has no row with a text and a {column} of yes or no.")
    kept = rows[usable].assign(label=said[usable].isin(_YES).astype(int)).reset_index(drop=True)
    return Labelled(kept, int((~usable).sum()) + table.damaged)


def only(table: Table, wanted: Mapping[str, str]) -> pd.DataFrame:
    """The rows whose columns have the values wanted, as {"split": "dev"}. Raises InputError if none has."""
    rows = table.rows
    for column, value in wanted.items():
        if column not in rows:
            raise _missing(column, rows, table.path)
        rows = rows[_texts(rows[column]) == value]
        if rows.empty:
            raise InputError(f"{table.path} has no row whose {column} is {value!r}.")
    return rows


def _read(path: Path) -> tuple[pd.DataFrame, int]:
    if not path.exists():
        raise InputError(f"There is no file {path}.")
    if path.is_dir():
        raise InputError(f"{path} is a folder; give a table: CSV, TSV, JSON or Parquet.")
    try:
        match detect(path):
            case Parquet():
                return _parquet(path), 0
            case JsonLines():
                return _frame(list(_json_lines(path)), path), 0
            case JsonDocument():
                return _frame(_document(path), path), 0
            case Delimited():
                return _delimited(path)
    except UnknownFormat:
        pass
    except OSError as problem:
        raise InputError(f"The file {path} cannot be read: {problem.strerror or problem}.") from problem
    raise InputError(f"{path} is not a table; give CSV, TSV, JSON or Parquet with a column for the label.")


def _parquet(path: Path) -> pd.DataFrame:
    try:
        frame: pd.DataFrame = pq.read_table(path).to_pandas()
    except (pa.ArrowException, ValueError) as problem:
        raise InputError(f"The file {path} is a damaged Parquet file.") from problem
    return frame.reset_index(drop=True).set_axis(pd.RangeIndex(1, len(frame) + 1))


def _json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(decode.lines(path), 1):
        if line.strip():
            try:
                yield number, json_deep.loads(line)
            except (ValueError, RecursionError) as problem:
                raise InputError(f"{path}, line {number}: this is not whole JSON.") from problem


def _document(path: Path) -> list[tuple[int, Any]]:
    try:
        found = json_deep.loads(decode.read_text(path))
    except (ValueError, RecursionError) as problem:
        raise InputError(f"The file {path} is not whole JSON.") from problem
    return list(enumerate(found if isinstance(found, list) else [found], 1))


def _frame(values: Sequence[tuple[int, Any]], path: Path) -> pd.DataFrame:
    for line, value in values:
        if not isinstance(value, dict):
            raise InputError(f"{path}, line {line}: this is no JSON object with a text and a label.")
    return pd.DataFrame([value for _, value in values], index=[line for line, _ in values])


def _delimited(path: Path) -> tuple[pd.DataFrame, int]:
    dialect, _ = delimited.sniff(decode.head_text(decode.read_head(path)))
    found = list(delimited.rows(decode.lines(path), dialect))
    rows = [(line, row) for line, row in found if not isinstance(row, Damage)]
    if len(rows) < 2:
        raise InputError(f"The file {path} has no rows under a row of column names.")
    (_, header), *body = rows
    frame = pd.DataFrame([row for _, row in body], columns=header, index=[line for line, _ in body])
    return frame, len(found) - len(rows)


def _renamed(rows: pd.DataFrame, columns: Mapping[str, str], path: Path) -> pd.DataFrame:
    if absent := [column for column in columns.values() if column not in rows]:
        raise _missing(absent[0], rows, path)
    taken = {column: name for name, column in columns.items()}
    shadowed = [name for name in columns if name in rows and columns[name] != name]
    renamed = rows.drop(columns=[name for name in shadowed if name not in taken]).rename(columns=taken)
    if not renamed.columns.is_unique:
        raise InputError(f"{path} has two columns {renamed.columns[renamed.columns.duplicated()][0]!r}.")
    return renamed


def _texts(column: pd.Series) -> pd.Series:
    return column.astype(object).where(column.notna(), "").astype(str).astype("str")


def _place(table: Table, row: object) -> str:
    return f"row {row}" if table.path.suffix in {".parquet", ".json"} else f"line {row}"


def _missing(column: str, rows: pd.DataFrame, path: Path) -> MissingColumn:
    names = [str(name)[:40] for name in rows.columns]
    listed = ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")
    known = column if column in {"text", "label", "verdict"} else "label"
    return MissingColumn(
        f"{path} has no column {column}, only {listed or 'none'}: "
        f"name the right one with --columns {known}=NAME."
    )
