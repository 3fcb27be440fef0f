"""Isso's own store: the SQLite database with a table of threads and one of comments (`comments.db`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from threads.comment import Comment, Page, Record, Reject
from threads.errors import InputError
from threads.files import archives, decode
from threads.files.objects import said, words
from threads.formats import isso
from threads.formats.base import PERSON

name = "isso_database"
title = "Isso (SQLite database)"
keeps = "ids, parents, authors, times, edits, net votes, deletions"
identifies = PERSON

_SQLITE = b"SQLite format 3\0"
_NEEDED = frozenset({"tid", "id", "parent", "created", "mode", "text", "author"})
_KEPT = _NEEDED | {"modified", "likes", "dislikes"}  # the first versions had not all of these
_LARGEST = 2**24  # bytes of one value: SQLite would take a gigabyte
_PACKED = 2**30  # bytes of a database that lies in an archive, which is held in memory
_SURE = 0.99


def sniff(head: bytes, path: Path) -> float:
    """Certain where a SQLite database has Isso's two tables, which are declared wherever there is room."""
    if not head.startswith(_SQLITE):
        return 0.0
    try:
        with closing(_opened(path)) as database:
            return _SURE if _columns(database) else 0.0
    except (sqlite3.Error, InputError, OSError):
        # Too damaged, or packed, to be asked: the two declarations mostly stand in its beginning.
        return _SURE if b"CREATE TABLE threads" in head and b"CREATE TABLE comments" in head else 0.0


def read(path: Path) -> Iterator[Record]:
    """Yield the comments in the order of their ids, those among them that wait for approval, and a page
    before the first of each thread.

    The file is opened for reading alone and nothing beside it is touched. Where it is damaged behind the
    first comments, a Reject says after which. Raises InputError where it is damaged before.
    """
    position = 0
    try:
        with closing(_opened(path)) as database:
            for record in _records(database, decode.plain(path).stem):
                if isinstance(record, Comment):
                    position += 1
                yield record
    except sqlite3.Error as problem:
        if not position:
            sentence = f"The database {path} is damaged and cannot be read ({problem}): take a backup of it."
            raise InputError(sentence) from problem
        yield Reject(line=None, reason=f"Behind comment {position} the database is damaged ({problem}).")
    if (beside := path.with_name(path.name + "-wal")).is_file() and beside.stat().st_size:
        reason = f"What was written last lies in {beside.name} and is not read: stop Isso and read it again."
        yield Reject(line=None, reason=reason)


def _opened(path: Path) -> sqlite3.Connection:
    """The database, which can neither be changed nor run anything that its file declares."""
    if _is_unpacked(path):
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    else:
        database = sqlite3.connect(":memory:")
        database.deserialize(_unpacked(path))
    database.execute("PRAGMA trusted_schema = OFF")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)
    database.set_authorizer(_allowed)
    database.text_factory = lambda data: data.decode("utf-8", "replace")
    database.row_factory = sqlite3.Row
    return database


def _is_unpacked(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(len(_SQLITE)) == _SQLITE


def _unpacked(path: Path) -> bytes:
    """The bytes of a packed database, marked as having no log beside it: in memory SQLite opens no other."""
    with decode.open_binary(path) as stream:
        data = stream.read(_PACKED + 1)
    if len(data) > _PACKED or archives.loss(path):
        raise InputError(
            archives.loss(path) or f"The database {path} is too large to be read packed: unpack it."
        )
    return data[:18] + b"\1\1" + data[20:] if data.startswith(_SQLITE) else data


def _allowed(action: int, *_names: str | None) -> int:
    """Whether the database may do a thing: look at its tables, call no function but ours, change nothing."""
    reads = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA}
    return sqlite3.SQLITE_OK if action in reads else sqlite3.SQLITE_DENY


def _columns(database: sqlite3.Connection) -> frozenset[str]:
    """The columns of the comments, where threads and comments are tables as Isso has them, else none.

    Views, foreign modules and columns that are computed are passed over: reading these would run them.
    """
    kept = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
    if not {"threads", "comments"} <= {row[0] for row in database.execute(kept)}:
        return frozenset()
    found = frozenset(row["name"] for row in database.execute("PRAGMA table_info(comments)"))
    return found & _KEPT if found >= _NEEDED else frozenset()


def _records(database: sqlite3.Connection, stem: str) -> Iterator[Record]:
    columns = ", ".join(sorted(_columns(database)))
    if not columns:
        raise sqlite3.DatabaseError("the tables of Isso are not there")
    threads = _threads(database)
    begun: set[str] = set()
    rows = database.execute(f"SELECT {columns} FROM comments ORDER BY id")  # noqa: S608 - names of ours alone
    for position, row in enumerate(rows):
        address, named = threads.get(row["tid"], (None, None))
        thread_id = address or words(row["tid"]) or stem
        if thread_id not in begun:
            begun.add(thread_id)
            yield Page(thread_id=thread_id, title=named, url=address)
        yield isso.comment(dict(row), thread_id, position)


def _threads(database: sqlite3.Connection) -> dict[object, tuple[str | None, str | None]]:
    """Address and title of each thread by its number; a title that the table has no column for is NULL."""
    found = {row["name"] for row in database.execute("PRAGMA table_info(threads)")}
    named = "title" if "title" in found else "NULL"
    rows = database.execute(f"SELECT id, uri, {named} FROM threads")  # noqa: S608 - one of two words
    return {number: (said(address), said(title)) for number, address, title in rows}
