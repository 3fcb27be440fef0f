"""Reddit: dumps by the block and by the line, listings with replies not opened, tables of comments."""

from __future__ import annotations

import base64
import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import threads
from threads import formats
from threads.comment import Comment, Page, Reject
from threads.errors import InputError
from threads.files import decode
from threads.formats import reddit, reddit_dump, reddit_rows

FIXTURES = Path(__file__).resolve().parents[2] / "shared" / "fixtures"
SITE = "https://www.reddit.com"
BELOW = "/r/lamps/comments/s1/which_lamp/"


@pytest.fixture(autouse=True)
def known(monkeypatch):
    others = tuple(each for each in formats.FORMATS if each is not reddit)
    monkeypatch.setattr(formats, "FORMATS", (reddit, *others))


@pytest.fixture
def read(tmp_path):
    def read(content, name="RC_2020-09.zst"):
        path = tmp_path / name
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        path.write_bytes(zstandard.compress(data) if name.endswith(".zst") else data)
        assert formats.detect(path) is reddit
        return list(reddit.read(path))

    return read


def said(n: int, body: str, above: str = "t3_s1", **more) -> dict:
    return {
        "id": f"c{n}", "body": body, "author": "lamp_ann", "author_fullname": "t2_ann", "link_id": "t3_s1",
        "parent_id": above, "created_utc": 1_600_000_000 + n, "edited": False, "score": n,
        "permalink": f"{BELOW}c{n}/", "subreddit": "lamps",
    } | more  # fmt: skip


def lines(*values: object) -> bytes:
    return b"".join(v if isinstance(v, bytes) else json.dumps(v).encode() + b"\n" for v in values)


def outline(records):
    return [(c.native_id, c.parent_native_id, c.text) for c in records if isinstance(c, Comment)]


def test_a_comment_of_a_dump_with_all_that_it_says(read):
    first, second = read(
        lines(said(1, "Oak &gt; ash &amp;amp; elm"), said(2, "Why?", "t1_c1", edited=1.6e9 + 99))
    )
    assert first == Comment(
        text="Oak > ash &amp; elm", thread_id="s1", position=0, native_id="c1", author="lamp_ann",
        author_id="t2_ann", created=datetime(2020, 9, 13, 12, 26, 41, tzinfo=UTC), likes=1,
        url=f"{SITE}{BELOW}c1/",
    )  # fmt: skip
    assert (second.parent_native_id, second.position) == ("c1", 1)
    assert second.edited == datetime(2020, 9, 13, 12, 28, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "author", "deleted", "text"),
    [
        ("[deleted]", "[deleted]", "deleted", ""),
        ("[removed]", "lamp_ann", "removed", ""),
        ("[ Removed by Reddit ]", "[deleted]", "removed", ""),
        ("[removed by moderator]", "[deleted]", "removed", ""),
        ("[deleted] is what they all say", "lamp_ann", None, "[deleted] is what they all say"),
        ("kept though the account is gone", "[deleted]", None, "kept though the account is gone"),
        ("[a link](https://lamps.example)", "lamp_ann", None, "[a link](https://lamps.example)"),
    ],
)
def test_what_is_deleted_stays_without_text_and_a_gone_account_has_no_name(read, body, author, deleted, text):
    (found,) = read(lines(said(1, body, author=author)))
    assert (found.deleted, found.text) == (deleted, text)
    assert found.author == (None if author == "[deleted]" else author)


ODD = [
    said(3, "a number for a parent", 435, link_id="t3_s1"),
    said(4, "seconds as text", created_utc="1600000004"),
    said(5, "milliseconds", created_utc=1_600_000_004_000),
    said(6, "a hidden score", score_hidden=True),
    said(7, "too many", score=10**12),
    said(8, "far too many", score=10**30),
    said(9, "text for a score", score="12"),
    said(10, "half a pair \ud800 and nothing\0"),
    said(11, None, selftext=None, title="Which lamp?"),
    {"kind": "t1", "data": said(12, "in an envelope")},
    said(13, "edited, nobody knows when", edited=True),
    {"name": "t1_c14", "body": "old and bare", "permalink": f"{BELOW}c14/", "parent_id": "t1_c9"},
    said(15, "no time", created_utc=None, permalink=None, author=None, score=None),
    said(16, "an odd author", author=["x"], author_fullname=7),
]


def test_odd_values_are_read_for_what_they_say(read):
    found = {r.native_id: r for r in read(lines(*ODD)) if isinstance(r, Comment)}
    assert found["c3"].parent_native_id == "c3"
    assert found["c4"].created == found["c5"].created == datetime(2020, 9, 13, 12, 26, 44, tzinfo=UTC)
    assert [found[f"c{n}"].likes for n in (6, 7, 8, 9)] == [None, None, None, 12]
    assert found["c10"].text == "half a pair \ufffd and nothing"
    assert found["c12"].text == "in an envelope"
    assert found["c13"].edited is None
    assert (found["c14"].thread_id, found["c14"].parent_native_id) == ("s1", "c9")
    assert found["c15"].created is None
    assert found["c16"].author_id == "7"


def test_a_block_gives_what_its_lines_give(tmp_path):
    usual = [
        said(n, f"words {n} &lt;", f"t1_c{n - 1}", edited=n % 3 == 0 and 1_600_009_000.5)
        for n in range(1, 40)
    ]
    data = lines(*usual, said(41, "[deleted]", author="[deleted]"))
    by_line = reddit_dump._one_by_one(data, 1)
    by_block = reddit_dump._rows(data, 1)
    by_value = [reddit_rows.row(json.loads(line)) for line in data.splitlines()]
    expected = reddit_rows.table(by_block, "x", 0)
    assert expected.equals(reddit_rows.table(by_line, "x", 0))
    assert expected.equals(reddit_rows.table(by_value, "x", 0))


def test_lines_that_cannot_be_read_are_counted_with_their_numbers(read, monkeypatch):
    monkeypatch.setattr(reddit_dump, "_BLOCK", 700)
    bad = b'{"id": "c7", "body": "breaks\n'
    data = lines(said(1, "a"), b"\n", bad, said(2, "b"), said(3, "c"), {"id": 5}, b"7\n", said(4, "d"))
    data += b"[" * 100_000 + b"\n" + lines(said(5, "e")) + json.dumps(said(6, "no line end")).encode()
    found = read(data)
    assert [c.text for c in found if isinstance(c, Comment)] == ["a", "b", "c", "d", "e", "no line end"]
    assert [c.position for c in found if isinstance(c, Comment)] == list(range(6))
    assert [r.line for r in found if isinstance(r, Reject)] == [3, 6, 7, 9]


def test_bytes_of_another_encoding_and_a_mark_at_the_beginning(read):
    data = b"\xef\xbb\xbf" + lines(said(1, "plain")) + lines(said(2, "Gr")).replace(b"Gr", b"Gr\xfc\xdfe")
    assert [text for _, _, text in outline(read(data))] == ["plain", "Grüße"]


def test_submissions_are_pages(read):
    post = {
        "id": "s1", "name": "t3_s1", "title": "Which lamp &amp; why?", "selftext": "I need &lt;one&gt;.",
        "subreddit": "lamps", "permalink": BELOW, "author": "lamp_bo", "created_utc": 1, "score": 3,
    }  # fmt: skip
    found = read(lines(post, post | {"id": "s2", "selftext": "[removed]"}), "RS_2020-09.zst")
    assert found == [
        Page(thread_id="s1", title="Which lamp & why?", article="I need <one>.", url=f"{SITE}{BELOW}"),
        Page(thread_id="s2", title="Which lamp & why?", url=f"{SITE}{BELOW}"),
    ]


def thing(kind: str, **data) -> dict:
    return {"kind": kind, "data": data}


def listing(*children: dict) -> dict:
    return thing("Listing", children=list(children), after=None)


POST = thing("t3", id="s1", title="Which lamp?", selftext="One for reading.", permalink=BELOW)
TREE = [
    listing(POST),
    listing(
        thing("t1", **said(1, "The green one", replies=listing(
            thing("t1", **said(2, "[deleted]", "t1_c1", author="[deleted]", replies=listing(
                thing("t1", **said(3, "Why gone?", "t1_c2", replies=""))))),
            thing("more", count=2, children=["c8", "c9"], parent_id="t1_c1"),
        ))),
        thing("t1", **said(4, "The red one", replies="")),
        thing("more", count=0, children=[], parent_id="t1_c4"),
        thing("more", count=1, children=["c1"], parent_id="t3_s1"),
    ),
]  # fmt: skip


def test_a_listing_is_read_in_its_order_and_says_what_was_not_saved(read):
    found = read(TREE, "page.json")
    assert [each for each in found if isinstance(each, Reject)] == [
        Reject(line=None, reason="Replies below c1 were not saved with the page: 2."),
        Reject(line=None, reason="Replies below c4 were not saved with the page: how many is not known."),
    ]
    assert outline(found) == [
        ("c1", None, "The green one"),
        ("c2", "c1", ""),
        ("c3", "c2", "Why gone?"),
        ("c4", None, "The red one"),
    ]
    assert found[0] == Page(
        thread_id="s1", title="Which lamp?", article="One for reading.", url=f"{SITE}{BELOW}"
    )


def test_the_same_in_a_script_in_lines_and_in_an_answer_of_pushshift(read):
    expected = outline(read(TREE, "page.json"))
    assert outline(read(f"var sample = {json.dumps(TREE, indent=1)};".encode(), "sample.js")) == expected
    assert outline(read(lines(*TREE), "page.jsonl")) == expected
    flat = {"data": [said(1, "one"), said(2, "two", "t1_c1"), said(1, "one")], "error": None}
    assert outline(read(flat, "search.json")) == [("c1", None, "one"), ("c2", "c1", "two")]


def test_recorded_sessions_are_read_once_however_often_they_asked(read):
    answer = json.dumps(TREE)
    packed = base64.b64encode(gzip.compress(answer.encode())).decode()
    asked = {"request": {"uri": "https://oauth.reddit.com/comments/s1/"}}
    session = {
        "interactions": [
            asked | {"response": {"body": {"string": answer}}},
            asked | {"response": {"body": {"base64_string": packed}}},
            asked | {"response": {"body": {"base64_string": "no%gzip"}}},
        ]
    }
    assert outline(read(session, "cassette.json")) == outline(read(TREE, "page.json"))
    record = f"interactions:\n- request:\n    uri: https://api.pushshift.io/reddit/search\n  response:\n    body:\n      string: !!binary |\n        {packed[:60]}\n        {packed[60:]}\n"  # noqa: E501
    assert outline(read(record.encode(), "cassette.yaml")) == outline(read(TREE, "page.json"))


def test_replies_ten_thousand_deep_need_no_recursion(read):
    nested = "".join(
        f'{{"kind":"t1","data":{{"id":"d{n}","body":"x","link_id":"t3_s1","parent_id":"t1_d{n - 1}",'
        '"replies":'
        '{"kind":"Listing","data":{"children":['
        for n in range(1, 3001)
    )
    text = f'{{"kind":"Listing","data":{{"children":[{nested}{"]}}}}" * 3000}]}}}}'
    assert len(outline(read(text.encode(), "deep.json"))) == 3000


def test_a_table_of_comments(read):
    rows = [said(1, "Oak, or\nash?"), said(2, "[removed]", "t1_c1", author="[deleted]"), said(3, "Elm", "t1_c2", edited=1.6e9)]  # fmt: skip  # noqa: E501
    for row in rows:
        del row["link_id"]
    found = read(pd.DataFrame(rows).to_csv(index=False).encode() + b"c9,short\nc10\n", "lamps.csv")
    assert outline(found) == [
        ("c1", None, "Oak, or\nash?"),
        ("c2", "c1", ""),
        ("c3", "c2", "Elm"),
        ("c9", None, "short"),
    ]
    comments = [each for each in found if isinstance(each, Comment)]
    assert [c.edited is None for c in comments] == [True, True, False, True]
    assert [c.thread_id for c in comments] == ["s1", "s1", "s1", "lamps"]
    assert [c.likes for c in comments] == [1, 2, 3, None]
    assert [each.line for each in found if isinstance(each, Reject)] == [7]


def test_from_the_dump_to_threads(tmp_path, read):
    rows = [said(1, "one"), said(2, "two", "t1_c1"), said(3, "lost", "t1_gone"), {"id": "c4", "body": "bare"}]
    read(lines(*rows, {"body": "bare"}, {"id": 1}))
    post = {"id": "s1", "title": "Which lamp?", "selftext": "One.", "subreddit": "lamps"}
    (tmp_path / "RS.jsonl").write_bytes(lines(post))
    parsed = threads.parse(tmp_path)
    table = parsed.comments.set_index("position").sort_index()
    assert table.link.tolist() == ["root", "reply", "missing", "root", "root"]
    assert table.comment_id[:3].tolist() == ["reddit:c1", "reddit:c2", "reddit:c3"]
    assert table.comment_id[3].startswith("reddit:RC_2020-09-")
    assert table.comment_id.is_unique
    assert table.source.unique().tolist() == ["RC_2020-09.zst"]
    assert parsed.rejects.line.tolist() == [6]
    assert "Which lamp?" in parsed.pages.title[parsed.pages.thread_id == "s1"].tolist()
    assert parsed.inputs[0]["n_comments"] == 5


def test_a_damaged_archive_of_a_dump_says_where(tmp_path):
    data = b"".join(zstandard.compress(lines(said(n, f"words {n}"))) for n in range(50))
    (tmp_path / "RC.zst").write_bytes(data[:-20])
    parsed = threads.parse(tmp_path / "RC.zst")
    assert len(parsed.comments) == 49
    assert "RC.zst breaks off behind" in parsed.rejects.reason[0]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (lines({"id": "1", "text": "words", "parent_id": None}), "page.jsonl"),
        (json.dumps({"kind": "List", "items": []}).encode(), "page.json"),
        (b"body,created_utc,score\nwords,1,2\n", "page.csv"),
        (b"The link_id t3_abc and the body\n", "page.txt"),
        (b"", "page.json"),
    ],
)
def test_other_files_are_not_taken_for_it(content, name):
    assert reddit.sniff(content, Path(name)) == 0


def test_a_file_of_reddit_without_comments_is_refused_in_a_sentence(read):
    with pytest.raises(InputError, match="holds no comments of Reddit"):
        read(listing(), "page.json")
    with pytest.raises(InputError, match="No line of the file"):
        read(b'{"link_id": "t3_a", "body": "x\n')


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*said(1, ""), "data", "kind", "replies"]), inner, max_size=6)
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(JSON, max_size=6), cut=st.integers(0, 40))
def test_whatever_the_values_a_dump_and_a_listing_are_read(tmp_path, values, cut):
    first = lines(said(1, "a"))
    data = first + lines(*values)
    (tmp_path / "x.jsonl").write_bytes(data[: max(len(first), len(data) - cut)])
    assert any(isinstance(each, Comment) for each in reddit.read(tmp_path / "x.jsonl"))
    (tmp_path / "x.json").write_text(json.dumps([listing(thing("t1", **said(1, "a"))), values]))
    assert any(isinstance(each, Comment) for each in reddit.read(tmp_path / "x.json"))


@pytest.mark.skipif(not FIXTURES.is_dir(), reason="real exports are not here")
def test_real_exports_are_known_and_their_links_resolve():
    places = [FIXTURES / name for name in ("reddit_api_json", "reddit_csv", "pushshift_json")]
    for path in (p for place in places for p in sorted(place.glob("*")) if p.name != "README.md"):
        assert reddit.sniff(decode.read_head(path), decode.plain(path)) == max(
            each.sniff(decode.read_head(path), decode.plain(path)) for each in formats.FORMATS
        )
        found = [each for each in reddit.read(path) if isinstance(each, Comment)]
        ids = {each.native_id for each in found}
        assert len(ids) == len(found) > 30
        if path.parent.name != "pushshift_json":  # a search, whose hits stand in no thread
            assert {each.parent_native_id for each in found} - {None} <= ids
