"""Isso's own SQLite database: what it keeps, what it may not do, damage."""

from __future__ import annotations

import gzip
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime

import pytest

from threads.comment import Comment, Page, Reject
from threads.errors import InputError
from threads.formats import detect, isso_database

THREADS = "CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256))"
COMMENTS = """CREATE TABLE comments (
    tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT NOT NULL,
    modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR, author VARCHAR, email VARCHAR,
    website VARCHAR, likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL,
    notification INTEGER NOT NULL DEFAULT 0)"""
ROW = {
    "tid": 1, "parent": None, "created": 1393412345.5, "modified": None, "mode": 1, "text": "*hello*",
    "author": "Ada Oak", "likes": 5, "dislikes": 2, "voters": b"\0\xff",
}  # fmt: skip


def store(path, *rows, before=(THREADS, COMMENTS)):
    with closing(sqlite3.connect(path)) as database:
        for statement in before:
            database.execute(statement)
        database.execute("INSERT INTO threads VALUES (1, '/tides/', 'On tides'), (2, '/floods/', NULL)")
        for number, more in enumerate(rows, 1):
            row = ROW | {"id": number} | more
            columns = ", ".join(row)
            places = ", ".join("?" * len(row))
            database.execute(f"INSERT INTO comments ({columns}) VALUES ({places})", list(row.values()))  # noqa: S608
        database.commit()
    return path


@pytest.fixture
def database(tmp_path):
    return store(
        tmp_path / "comments.db",
        {},
        {"tid": 2, "author": None, "mode": 2, "likes": None, "text": "<p>a &amp; b</p>"},
        {"parent": 1, "mode": 4, "text": "", "author": None, "modified": 1393412400.0},
        {"parent": 3, "text": "is it?"},
        {"tid": 9},
    )


def test_what_it_keeps(database):
    assert detect(database) is isso_database
    first, one, second, waiting, gone, below, other, lost = isso_database.read(database)
    assert first == Page(thread_id="/tides/", title="On tides", url="/tides/")
    assert (second.thread_id, second.title, other.thread_id) == ("/floods/", None, "9")
    assert (one.native_id, one.text, one.author, one.likes) == ("1", "*hello*", "Ada Oak", 3)
    assert one.created == datetime(2014, 2, 26, 10, 59, 5, 500_000, tzinfo=UTC)
    assert (gone.deleted, gone.text, gone.parent_native_id, gone.edited.minute) == ("deleted", "", "1", 0)
    assert (below.thread_id, below.parent_native_id) == ("/tides/", "3")
    assert (waiting.text, waiting.author, waiting.likes, waiting.deleted) == ("a & b", None, None, None)
    assert [each.position for each in (one, waiting, gone, below, lost)] == [0, 1, 2, 3, 4]


def test_the_first_version_of_isso_had_no_votes(tmp_path):
    old = "CREATE TABLE comments (tid, id INTEGER PRIMARY KEY, parent, created, modified, mode, text, author)"
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE threads (id INTEGER PRIMARY KEY, uri)")
        database.execute("INSERT INTO threads VALUES (1, '/a/')")
        database.execute(old)
        database.execute("INSERT INTO comments VALUES (1, 1, NULL, 1393412345, NULL, 1, 'hi', 'Bo')")
        database.commit()
    page, one = isso_database.read(path)
    assert (page.title, one.text, one.likes) == (None, "hi", None)


def test_it_is_read_from_an_archive_too(database, tmp_path):
    (tmp_path / "packed").mkdir()
    packed = tmp_path / "packed" / "comments.db.gz"
    packed.write_bytes(gzip.compress(database.read_bytes()))
    bundle = tmp_path / "packed" / "backup.zip"
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.write(database, "comments.db")
    whole = list(isso_database.read(database))
    for path in (packed, bundle):
        assert detect(path) is isso_database
        assert list(isso_database.read(path)) == whole


def test_the_file_stays_as_it_was(database):
    before = (database.read_bytes(), database.stat().st_mtime_ns, sorted(database.parent.iterdir()))
    list(isso_database.read(database))
    assert (database.read_bytes(), database.stat().st_mtime_ns, sorted(database.parent.iterdir())) == before


def test_other_databases_are_not_taken(tmp_path):
    with closing(sqlite3.connect(tmp_path / "blog.db")) as database:
        database.execute("CREATE TABLE comments (id INTEGER, body VARCHAR)")
        database.execute(THREADS)
        database.commit()
    path = tmp_path / "blog.db"
    assert isso_database.sniff(path.read_bytes(), path) == 0
    with pytest.raises(InputError, match="is not text"):
        detect(path)


def test_nothing_that_the_file_declares_is_run(tmp_path):
    view = COMMENTS.replace("comments (", "kept (", 1)
    path = tmp_path / "view.db"
    with closing(sqlite3.connect(path)) as database:
        for statement in (THREADS, view, "CREATE VIEW comments AS SELECT *, randomblob(9) FROM kept"):
            database.execute(statement)
        database.commit()
    assert isso_database.sniff(path.read_bytes(), path) == 0
    made = COMMENTS.replace("text VARCHAR", "text AS (hex(zeroblob(9)))")
    path = tmp_path / "made.db"
    with closing(sqlite3.connect(path)) as database:
        for statement in (THREADS, made):
            database.execute(statement)
        database.execute("INSERT INTO comments (tid, id, created, voters) VALUES (1, 1, 1393412345, x'00')")
        database.commit()
    with pytest.raises(InputError, match=r"made\.db is damaged and cannot be read"):
        list(isso_database.read(path))


def test_a_damaged_database_is_refused_in_a_sentence(database):
    data = database.read_bytes()
    for damaged in (data[:3000], data[:100] + b"\xff" * 900 + data[1000:]):
        database.write_bytes(damaged)
        with pytest.raises(InputError, match=r"comments\.db is damaged and cannot be read .*: take a backup"):
            list(isso_database.read(database))


def test_damage_behind_the_first_comments_is_told(tmp_path):
    path = store(tmp_path / "comments.db", *({"text": "word " * 200} for _ in range(200)))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] + b"\xff" * (len(data) - len(data) // 2))
    *found, damage = isso_database.read(path)
    read = sum(isinstance(each, Comment) for each in found)
    assert 0 < read < 200
    assert isinstance(damage, Reject)
    assert damage.reason.startswith(f"Behind comment {read} the database is damaged")


def test_what_lies_in_the_log_beside_it_is_told(database):
    database.with_name("comments.db-wal").write_bytes(b"x")
    *_, told = isso_database.read(database)
    assert (
        told.reason
        == "What was written last lies in comments.db-wal and is not read: stop Isso and read it again."
    )


def test_a_packed_database_that_had_a_log_beside_it_and_another_ending(tmp_path):
    before = ("PRAGMA journal_mode = WAL", THREADS, COMMENTS)
    packed = tmp_path / "backup.db"
    packed.write_bytes(gzip.compress(store(tmp_path / "comments.db", {}, before=before).read_bytes()))
    assert [r.text for r in isso_database.read(packed) if isinstance(r, Comment)] == ["*hello*"]


def test_a_comment_of_no_thread_stands_in_one_that_the_file_names(tmp_path):
    page, comment = isso_database.read(store(tmp_path / "tides.db", {"tid": None}))
    assert page.thread_id == comment.thread_id == "tides"
