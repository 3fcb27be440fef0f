"""JSON Lines and JSON documents: flat, with replies inside comments, broken off, and far too deep."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from threads.comment import Comment, Page, Reject
from threads.errors import InputError, MissingColumn
from threads.files.json_deep import MOST_REPLIES, loads_deep
from threads.formats import detect
from threads.formats.json_records import JSON_LINES
from threads.rebuild import rebuild


@pytest.fixture
def read(tmp_path):
    def read(content, name="page.json", **columns):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return list(detect(path, columns).read(path))

    return read


def outline(records):
    return [(r.text, r.parent_native_id) for r in records if isinstance(r, Comment)]


def rejects(records):
    return [record for record in records if isinstance(record, Reject)]


FLAT = [{"id": 1, "text": "first", "author": "Ada"}, {"id": 2, "text": "second", "parent_id": 1}]
TREE = [
    {
        "id": 1,
        "text": "one",
        "replies": [{"id": 2, "text": "two", "replies": []}, {"id": 3, "text": "three"}],
    },
    {"id": 4, "text": "four", "replies": None},
]


@pytest.mark.parametrize("name", ["page.jsonl", "page.txt"])
def test_json_lines(read, name):
    found = read("\n".join(json.dumps(each) for each in FLAT), name)
    assert outline(found) == [("first", None), ("second", "1")]
    assert [(c.position, c.author, c.thread_id) for c in found] == [(0, "Ada", "page"), (1, None, "page")]


def test_a_line_that_breaks_off_is_rejected_and_the_rest_goes_on(read):
    found = read('{"text": "a"}\n{"text": "b\n\n7\n{"id": 4}\n{"text": "c"}\n' + "[" * 100_000, "page.jsonl")
    assert [text for text, _ in outline(found)] == ["a", "c"]
    assert [r.line for r in rejects(found)] == [2, 4, 5, 7]
    assert rejects(found)[0].excerpt == '{"text": "b'
    assert rejects(found)[0].reason == "The line is not whole JSON (column 12)."


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        ('{"text": "a', "page.jsonl", "No line of the file .* is whole JSON"),
        (
            '{"comments": [{"text": "a',
            "page.json",
            r"is not whole JSON at line 1, column 24 \(.*: export it again",
        ),
        ('[{"text": ', "page.json", "is not whole JSON at line 1, column"),
        ("hello", "page.json", "is not whole JSON at line 1, column 1"),
        (
            "[" * 50_000 + "]" * 50_000,
            "page.json",
            "nests too deeply .*: replies may stand 20,000 levels deep",
        ),
        ("[" * 5_000 + "]" * 5_000, "page.json", "holds no comments: its values have no names"),
        ("5", "page.json", r"page\.json holds no comments: it is a single number\.$"),
        ('"words"', "page.json", "holds no comments: it is a single piece of text"),
        ("null", "page.json", "holds no comments: it is null"),
        ("[1, 2]", "page.json", "holds no comments: its values have no names"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(read, content, name, sentence):
    with pytest.raises(InputError, match=sentence):
        read(content, name)


def test_of_a_list_that_breaks_off_the_whole_items_are_kept(read):
    found = read('[{"text": "a"},\n {"text": "b"} ,\n {"text": "c')
    assert [text for text, _ in outline(found)] == ["a", "b"]
    assert [r.line for r in rejects(found)] == [3]
    found = read('{"comments": [{"text": "a"},\n {"text": "b", "parent')
    assert [text for text, _ in outline(found)] == ["a"]
    assert [r.line for r in rejects(found)] == [2]


def test_lines_in_a_file_called_json_are_read_as_lines(read):
    found = read('{"text": "a"}\n{"text": "b"}\n7\n')
    assert [text for text, _ in outline(found)] == ["a", "b"]
    assert [r.line for r in rejects(found)] == [3]


@pytest.mark.parametrize("content", [[{"id": 1, "wer": "Ada"}], {"wer": "Ada", "id": 1}])
def test_objects_without_a_text_say_what_they_have(read, content):
    with pytest.raises(MissingColumn, match=r"only (id, wer|wer, id): .*--columns text=NAME"):
        read(content)
    with pytest.raises(MissingColumn):
        read(json.dumps({"wer": "Ada"}), "page.jsonl")


def test_columns_that_the_user_names(read):
    assert outline(read([{"id": 1, "was": "hello"}], text="was")) == [("hello", None)]


@pytest.mark.parametrize(
    "wrap", [lambda tree: tree, lambda tree: {"status": "ok", "data": {"comments": tree}}]
)
def test_replies_inside_comments(read, wrap):
    assert outline(read(wrap(TREE))) == [("one", None), ("two", "1"), ("three", "1"), ("four", None)]


@pytest.mark.parametrize("key", ["replies", "children", "comments", "answers"])
def test_replies_under_other_names_and_without_ids(read, key):
    found = read([{"text": "a", "author": "Ada", key: [{"text": "b", key: [{"text": "c"}]}]}])
    assert outline(found) == [("a", None), ("b", "page/0"), ("c", "page/1")]


def test_a_page_is_told_from_a_comment_with_replies(read):
    found = read({"id": "p", "title": "On tides", "content": "The sea.", "author": "Ed", "comments": TREE})
    assert found[0] == Page(thread_id="p", title="On tides", article="The sea.")
    assert outline(found)[0] == ("one", None)
    assert {c.thread_id for c in found[1:]} == {"p"}


def test_authors_in_an_object_of_their_own(read):
    (found,) = read([{"text": "a", "user": {"id": 7, "name": "Ada"}}])
    assert (found.author, found.author_id) == ("Ada", "7")


def test_characters_that_no_file_can_hold(read):
    (found,) = read('[{"text": "half \\ud83d and \\u0000 whole \\ud83d\\ude0a", "author": "A\\udc00"}]')
    assert (found.text, found.author) == ("half \ufffd and  whole 😊", "A\ufffd")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 12345678901234567890, True, [], {}, "x"])
def test_odd_values_in_any_field(read, value):
    fields = ("id", "parent_id", "thread_id", "author", "author_id", "created", "likes", "url", "title")
    (found,) = read([{"text": "a"} | dict.fromkeys(fields, value)])
    assert found.text == "a"


def test_a_page_that_begins_with_a_bracket_is_no_json(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text("[Skip to content]\n\nThe news of the day\n")
    assert detect(path).name == "page_text"


def test_no_comments_in_a_list_is_no_error(read):
    assert read([]) == []


def chain(levels):
    return '{"text":"x","replies":[' * levels + "]}" * levels


@pytest.mark.parametrize("name", ["page.json", "page.jsonl"])
def test_replies_far_deeper_than_pythons_own_reader_allows(read, name):
    found = outline(read(chain(MOST_REPLIES), name))
    assert found[0] == ("x", None)
    assert found[1:] == [("x", f"page/{n}") for n in range(MOST_REPLIES - 1)]


def test_a_line_that_nests_too_deeply_is_rejected_and_the_rest_goes_on(read):
    found = read(f'{{"text": "a"}}\n{chain(30_000)}\n{{"text": "b"}}', "page.jsonl")
    assert [text for text, _ in outline(found)] == ["a", "b"]
    assert [r.line for r in rejects(found)] == [2]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


@given(JSON_VALUES, st.sampled_from([None, 1]), st.integers(0, 80), st.sampled_from(["", ",", "]", "}", '"']))
def test_the_deep_reader_agrees_with_pythons_own(value, indent, place, stray):
    text = json.dumps(value, indent=indent)
    assert loads_deep(text) == value
    damaged = text[:place] + stray + text[place + 1 :]
    try:
        expected = json.loads(damaged)
    except ValueError:
        with pytest.raises(ValueError, match=r"."):
            loads_deep(damaged)
    else:
        assert loads_deep(damaged) == expected


def test_a_conversation_with_a_missing_parent_is_kept(read):
    found = read([*FLAT, {"id": 3, "text": "third", "parent_id": 99}])
    columns = [(c.native_id, c.parent_native_id, c.thread_id, c.position) for c in found]
    frame = pd.DataFrame(columns, columns=["comment_id", "parent_id", "thread_id", "position"])
    assert rebuild(frame)["link"].tolist() == ["root", "reply", "missing"]


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("<p>One.</p><p>Two &amp; three.</p>", "One.\n\nTwo & three."),
        ("<blockquote>They run it all.</blockquote><p>What a lie.</p>", "> They run it all.\n\nWhat a lie."),
        ("&gt; They run it all.\n\nWhat a lie.", "> They run it all.\n\nWhat a lie."),
        ("a < b and c > d, said AT&T", "a < b and c > d, said AT&T"),
        ("I <3 this", "I <3 this"),
        ("<script>alert(1)</script><b>x</b>", "x"),
    ],
)
def test_markup_in_a_body_becomes_text_with_its_quotations(tmp_path: Path, stored: str, text: str) -> None:
    (tmp_path / "page.jsonl").write_text(json.dumps({"id": 1, "text": stored}), "utf-8")
    assert [c.text for c in JSON_LINES.read(tmp_path / "page.jsonl") if isinstance(c, Comment)] == [text]
