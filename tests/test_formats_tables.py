"""CSV, TSV and Parquet: columns found by their names, and rows that cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from threads.comment import Comment, Reject
from threads.errors import InputError, MissingColumn, UnknownFormat
from threads.files.columns import Columns, recognise
from threads.files.records import comment
from threads.files.times import moment
from threads.formats import FORMATS, detect


@pytest.fixture
def read(tmp_path):
    def read(content, name="page.csv", **columns):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(detect(path, columns).read(path))

    return read


def comments(records):
    return [record for record in records if isinstance(record, Comment)]


def rejects(records):
    return [record for record in records if isinstance(record, Reject)]


def test_every_usual_column_is_read(read):
    header = "Comment ID,Parent-ID,Thread ID,Author,user_id,Body,Created_UTC,Score,Permalink,Title"
    assert read(f"{header}\n12,11,7,Ada Vale,u1,Hello there,1704067200,5,/c/12,On tides") == [
        Comment(
            text="Hello there", thread_id="7", position=0, native_id="12", parent_native_id="11",
            author="Ada Vale", author_id="u1", created=datetime(2024, 1, 1, tzinfo=UTC), likes=5,
            url="/c/12", title="On tides",
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("names", "field", "column"),
    [
        (["id", "commentText"], "text", "commentText"),
        (["comment", "message"], "text", "message"),
        (["id", "comment_id", "text"], "id", "comment_id"),
        (["id", "in_reply_to", "text"], "parent", "in_reply_to"),
        (["in_reply_to", "text"], "parent", None),
        (["in_reply_to", "text"], "reply_to", "in_reply_to"),
        (["id", "parent_id", "reply_to", "text"], "reply_to", "reply_to"),
        (["post_id", "text"], "thread", "post_id"),
        (["post_id", "text"], "id", None),
        (["post_id", "topic_id", "text"], "id", "post_id"),
        (["post_id", "parent_id", "text"], "id", "post_id"),
        (["post_id", "parent_id", "text"], "thread", None),
        (["name", "text"], "author", "name"),
        (["created", "created_utc", "text"], "created", "created_utc"),
        (["likes", "ups", "text"], "likes", "ups"),
        (["n_replies", "text"], "likes", None),
    ],
)
def test_columns_are_told_by_their_names(names, field, column):
    assert getattr(recognise(names, {}), field) == column


def test_columns_that_the_user_names_come_first(read):
    found = read("text,Kommentar,Wer\nno,ja,Ada\n", text="Kommentar", author="Wer")
    assert [(c.text, c.author) for c in found] == [("ja", "Ada")]
    assert read("id,p,text\n1,,a\n2,1,b\n", parent_id="p")[1].parent_native_id == "1"


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({}, r"no column that is known to hold a comment's text, only id, wer: .*--columns text=NAME\.$"),
        ({"text": "was"}, r"no column was, only id, wer: "),
    ],
)
def test_a_table_without_the_text_says_what_it_has(read, columns, sentence):
    with pytest.raises(MissingColumn, match=sentence):
        read("id,wer\n1,Ada\n", **columns)


def test_a_field_that_there_is_not_is_refused(read):
    with pytest.raises(InputError, match="no field 'colour'"):
        read("text\nhello\n", colour="text")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(read, delimiter):
    rows = [
        ["id", "author", "text"],
        ["1", "Ada", '"one, two; three\n| four\t"'],
        ["2", "Bo", '"a ""word"""'],
    ]
    content = "\r\n".join(delimiter.join(row) for row in rows)
    assert [c.text for c in read(content)] == ["one, two; three\n| four\t", 'a "word"']
    assert [c.text for c in read(content, name="export.txt")] == ["one, two; three\n| four\t", 'a "word"']


def test_quotes_escaped_by_a_backslash(read):
    assert read('id,text\n1,"she said \\"no\\", twice"\n')[0].text == 'she said "no", twice'
    assert read('id,text\n1,"C:\\new and ""more"""\n')[0].text == 'C:\\new and "more"'


def test_encodings(read):
    for content in ("\ufeffid,text\n1,Grüße\n".encode(), "id,text\n1,Grüße\n".encode("cp1252")):
        (found,) = read(content)
        assert (found.native_id, found.text) == ("1", "Grüße")
    assert read("id,text\n1,Grüße\n".encode("utf-16"))[0].text == "Grüße"
    assert read(b"id,text\n1,a\0b and more words so that this is text\n")[0].text.startswith("ab and")


def test_a_ragged_row_is_rejected_with_its_line_and_the_rest_goes_on(read):
    found = read('id,author,text\n1,Ada,"two\nlines"\n2,Bo\n3,Cy,so,what\n4,Di,fine,,\n\n5,Ed,last\n')
    assert [c.native_id for c in comments(found)] == ["1", "4", "5"]
    assert [c.position for c in comments(found)] == [0, 1, 2]
    assert [(r.line, r.excerpt) for r in rejects(found)] == [(4, "2,Bo"), (5, "3,Cy,so,what")]
    assert "2 cells where the header has 3" in rejects(found)[0].reason


def test_a_row_without_its_last_cells_is_kept_where_it_has_a_text(read):
    found = read('id,text,author,url\n1,"two\nlines"\n2\n3,hello,Cy\n')
    assert [(c.native_id, c.text, c.author, c.url) for c in comments(found)] == [
        ("1", "two\nlines", None, None),
        ("3", "hello", "Cy", None),
    ]
    assert [(r.line, r.reason) for r in rejects(found)] == [(4, "The row has 1 cell where the header has 4.")]


def test_of_two_columns_for_the_text_a_short_row_must_have_the_one_that_is_read(read):
    found = read("id,text,text\n1,a,b\n2,a\n")
    assert [c.text for c in comments(found)] == ["b"]
    assert [r.line for r in rejects(found)] == [3]


def test_a_header_longer_than_what_a_file_is_told_from(read):
    header = ",".join(["id", "text", *(f"column {n}" for n in range(20_000))])
    assert [c.text for c in read(f"{header}\n1,hello{',x' * 20_000}\n2,there\n")] == ["hello", "there"]


@pytest.mark.parametrize("content", ["\n\n", '"id,text\n'])
def test_a_table_without_a_header(read, content):
    with pytest.raises(InputError, match=r"page\.csv has no row of column names that can be read\.$"):
        read(content)


@pytest.mark.parametrize("row", ['2,Bo,"never closed', '2,"Bo,never closed'])
def test_a_quote_that_is_never_closed_costs_one_line(read, row):
    rest = "".join(f"{n},Cy,word {n}\n" for n in range(3, 9_000))
    found = read(f"id,author,text\n1,Ada,first\n{row}\n{rest}")
    assert len(comments(found)) == 8_998
    assert [r.line for r in rejects(found)] == [3]


@pytest.mark.parametrize(
    ("parent", "expected"),
    [
        ("t1_ab", "ab"),
        ("t3_page", None),
        ("page", None),
        ("0", None),
        ("", None),
        ("NaN", None),
        ("17.0", "17"),
    ],
)
def test_what_a_parent_points_at(read, parent, expected):
    assert read(f"id,parent_id,link_id,text\nt1_x,{parent},t3_page,hello\n") == [
        Comment(text="hello", thread_id="page", position=0, native_id="x", parent_native_id=expected)
    ]


def test_who_and_what_was_deleted(read):
    found = read("id,author,text,likes\n1,[deleted],[removed],1.0\n2,nan,,0.87\n3,Ada,,4 favorites\n")
    assert [(c.author, c.text, c.likes) for c in found] == [(None, "", 1), (None, "", None), ("Ada", "", 4)]


@pytest.mark.parametrize(
    ("value", "likes"),
    [
        ("1,234", 1_234), ("12,34,567", 1_234_567), ("-5", -5), ("12.0", 12), ("4 likes", 4),
        ("1.2k", 1_200), ("1.5M", 1_500_000), ("3,4 Tsd.", 3_400), ("2 Mio. Stimmen", 2_000_000),
        ("-1.1K points", -1_100), ("4 months", 4),
        ("3.7", None), ("3,7", None), (3.7, None), (float("inf"), None), ("1.234k", None), ("many", None),
        ("99999999999999", None), (2**31, None), ("3000M", None), (2**31 - 1, 2**31 - 1),
    ],
)  # fmt: skip
def test_likes_are_whole_numbers(value, likes):
    row = {"text": "a", "likes": value}
    assert comment(row, Columns("text", likes="likes"), thread="t", position=0).likes == likes


def test_a_date_that_is_not_absolute_is_kept_as_it_stood(read):
    found = read("text,date\na,3 days ago\nb,03/04/2021\nc,2021-04-03\nd,\n")
    assert [c.created_text for c in found] == ["3 days ago", "03/04/2021", None, None]
    assert found[2].created == datetime(2021, 4, 3, tzinfo=UTC)


NOON = datetime(2024, 5, 6, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        1714996800, 1714996800.0, "1714996800", 1714996800000, "1714996800000.0", 1714996800_000_000_000,
        "2024-05-06T12:00:00Z", "2024-05-06 12:00:00", "2024-05-06T14:00:00+02:00", "2024-05-06 12:00:00 UTC",
        "2024-05-06T12:00", "20240506120000", "Mon, 06 May 2024 12:00:00 GMT", "06 May 2024 12:00:00 +0000",
        "Mon May 06 12:00:00 +0000 2024", "May 6, 2024 at 12:00 pm", "06.05.2024 12:00",
        "2024/05/06 12:00:00", NOON, NOON.replace(tzinfo=None),
    ],
)  # fmt: skip
def test_dates_to_utc(value):
    assert moment(value) == NOON


@pytest.mark.parametrize(
    "value",
    ["", "yesterday", "11 days ago", "05/06/2024", "17", "2024", "nan", "inf", "1e400", "9" * 40,
     "0001-01-01T00:00+05:00", "99 May 2024 99:99", "Mon, 06 Foo 2024 12:00", True, None, 5,
     float("nan"), float("inf"), [1]],
)  # fmt: skip
def test_what_is_no_date(value):
    assert moment(value) is None


def test_a_line_of_fifty_megabytes(read):
    (found,) = read("id,text\n1," + "word " * 10_000_000)
    assert len(found.text) == 50_000_000


def test_a_header_alone_has_no_comments(read):
    assert read("id,text\n") == []


@pytest.mark.parametrize(
    ("content", "error", "sentence"),
    [
        (b"", InputError, "is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", InputError, "is not text"),
        (b"\0\1\2\3" * 99, InputError, "is not text"),
        (
            b"PAR1" + b"x" * 99 + b"\x09\x09\x09!PAR1",
            InputError,
            "is a damaged Parquet file: what it says of its own table cannot be read",
        ),
    ],
)
def test_files_that_are_no_tables_are_refused_in_a_sentence(read, content, error, sentence):
    with pytest.raises(error, match=rf"^The file .*page\.csv {sentence}.*\.$"):
        read(content)


def test_bytes_that_no_format_knows_are_no_table(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("text\nA word, and another; no table.\n")
    assert all(
        each.sniff(path.read_bytes(), path) == 0 for each in FORMATS if each.name in {"csv", "json", "jsonl"}
    )


def test_parquet(tmp_path):
    path = tmp_path / "page.parquet"
    rows = [
        {
            "id": 1.0,
            "parent_id": None,
            "text": "a\0b",
            "created": NOON,
            "user": {"name": "Ada", "id": 5},
            "extra": [1],
        },
        {"id": 2.0, "parent_id": 1.0, "text": None, "created": None, "user": None, "extra": []},
    ]
    table = pa.Table.from_pylist(rows).set_column(3, "created", pa.array([NOON, None], pa.timestamp("ns")))
    pq.write_table(table, path, row_group_size=1)
    assert list(detect(path).read(path)) == [
        Comment(
            text="ab", thread_id="page", position=0, native_id="1", created=NOON, author="Ada", author_id="5"
        ),
        Comment(text="", thread_id="page", position=1, native_id="2", parent_native_id="1"),
    ]


def test_parquet_with_a_damaged_row_group_keeps_the_others(tmp_path):
    path = tmp_path / "page.parquet"
    table = pa.table({"text": [f"the words of comment {n} " * 40 for n in range(300)]})
    pq.write_table(table, path, row_group_size=100, compression="gzip", use_dictionary=False)
    start = pq.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset
    data = bytearray(path.read_bytes())
    data[start : start + 60] = b"\xff" * 60
    path.write_bytes(data)
    found = list(detect(path).read(path))
    assert [c.position for c in comments(found)] == [*range(100), *range(200, 300)]
    assert [(r.line, r.reason) for r in rejects(found)] == [
        (101, "100 rows from here on cannot be read: this part of the file is damaged.")
    ]


def test_parquet_without_text(tmp_path):
    path = tmp_path / "page.parquet"
    pq.write_table(pa.table({"id": [1], "wer": ["Ada"]}), path)
    with pytest.raises(MissingColumn, match="only id, wer"):
        list(detect(path).read(path))


def test_unknown_files_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr("threads.formats.FORMATS", FORMATS[:1])
    path = tmp_path / "notes.txt"
    path.write_text("words")
    with pytest.raises(UnknownFormat, match=r"notes\.txt"):
        detect(path)


def test_a_sentence_on_columns_stays_one_line(tmp_path):
    path = tmp_path / "table.json"
    path.write_text('[{"ti\\ntle\\u001b[31m": "Harbour news", "page": 3}]', encoding="utf-8")
    with pytest.raises(MissingColumn) as refused:
        list(detect(path).read(path))
    assert str(refused.value).isprintable()
