"""Values in JSON that breaks off and in scripts, and what is told of the damage."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from threads.comment import Reject
from threads.errors import InputError
from threads.files import documents
from threads.files.literal import literal
from threads.files.objects import found, tops

# A busy machine makes values slowly; that is no failure.
busy = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@busy
@given(st.lists(JSON_VALUES) | st.dictionaries(st.text(), JSON_VALUES))
def test_json_is_read_as_json_reads_it(value):
    text = json.dumps(value, ensure_ascii=False)
    assert literal(text) == (value, len(text), 0)


@busy
@given(st.lists(JSON_VALUES, min_size=1), st.integers(0, 200))
def test_a_value_that_breaks_off_is_kept_so_far(value, end):
    text = json.dumps(value)
    cut = literal(text[:end])
    assert cut.whole == (end >= len(text))
    assert isinstance(cut.value, list)


@busy
@given(st.text(alphabet="{}[]:,\"'`/*\\-+.0a \n", max_size=60))
def test_no_text_is_a_crash(text):
    assert literal(text).end <= len(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{a: 1, 'b': \"two\", `c`: [3,],}", {"a": 1, "b": "two", "c": [3]}),
        ("[ // one\n 1, /* two */ 2.5, -3e2 ]", [1, 2.5, -300.0]),
        ("['a' + \"b\", 'it\\'s', '\\x41\\u0042\\u{43}\\n']", ["ab", "it's", "ABC\n"]),
        (
            "[new Date('2020-01-02'), new Date(1600000000 * 1000), undefined, NaN]",
            ["2020-01-02", 1600000000, None, None],
        ),
    ],
)
def test_a_script_writes_values_in_its_own_way(text, value):
    assert literal(text).value == value


@pytest.mark.parametrize("text", ["{a: run()}", "{a b}", "{a: ", "[1 2", '{"a": "open', "[/* open"])
def test_what_is_no_value_ends_it(text):
    assert not literal(text).whole


def test_depth_does_not_matter():
    assert literal("[" * 30_000 + "]" * 30_000).whole
    assert not literal("[" * 50_000 + "]" * 50_000).whole


@pytest.fixture
def values(tmp_path):
    def values(text, name="thread.json"):
        path = tmp_path / name
        path.write_text(text)
        return list(documents.values(path))

    return values


def test_values_by_line_have_their_line(values):
    one, damage, two = values('{"a": 1}\n\n{"b": \n[2]\n', "export.txt")
    assert (one, two) == (({"a": 1}, 1), ([2], 4))
    assert (damage.line, damage.reason) == (3, "The line is not whole JSON (column 1).")


def test_a_document_that_breaks_off_gives_what_is_whole(values):
    value, damage = values('{"posts": [{"no": 1},\n {"no": 2, "com": "ab')
    assert value.value == {"posts": [{"no": 1}]}
    assert isinstance(damage, Reject)
    assert damage.reason == "From here on the file is not whole JSON (line 2, column 12)."


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('[{"a": 1, "in": [{"b": 2}, {"b": 3}], "c', [{"a": 1, "in": [{"b": 2}, {"b": 3}]}]),
        ('[{"a": 1, "in": [{"b": 2}, {"b": ', [{"a": 1, "in": [{"b": 2}]}]),
        ('[{"a": 1}, {"a": 2, "tags": ["x", ', [{"a": 1}]),
        ('[[{"a": 1}, {"a": 2}], [{"a": 3}, ', [[{"a": 1}, {"a": 2}], [{"a": 3}]]),
        ('{"a": 1, "b": {"c": 2, "d', {"a": 1, "b": {"c": 2}}),
    ],
)
def test_half_an_object_of_a_list_goes_unless_it_has_whole_ones_inside(values, text, kept):
    value, damage = values(text)
    assert value.value == kept
    assert isinstance(damage, Reject)


def test_what_follows_a_whole_document_is_told(values):
    value, damage = values('{"a": [1]}\n<!-- cached -->')[:2]
    assert value.value == {"a": [1]}
    assert damage.line == 2
    assert values('[{"a": 1},]')[0].value == [{"a": 1}]


def test_a_damaged_second_line_is_not_taken_for_the_end_of_a_document(values):
    kept = values('{"a": 1}\n"b": 2}\n{"c": 3}\n', "export.json")
    assert [getattr(each, "value", None) for each in kept] == [{"a": 1}, None, {"c": 3}]


def test_scripts_hold_values(values):
    text = "import a from 'a'\nf(a({x: {y: 1}}).b(c))\nmodule.exports = {\n list: [1]\n}\n"
    assert [each.value for each in values(text, "page.js")] == [{"x": {"y": 1}}, {"list": [1]}]


@pytest.mark.parametrize("text", ["{", "[nonsense", '{"a" 1}', "7 8", '[{"a": ', '{"list": [{"a": 1, "b'])
def test_nothing_whole_is_refused_in_a_sentence(values, text):
    with pytest.raises(InputError, match=r"thread\.json is not whole JSON at line 1, column \d"):
        values(text)


def test_too_deep_is_refused_in_a_sentence(values):
    with pytest.raises(InputError, match=r"nests too deeply .* 20,000 levels deep"):
        values("[" * 50_000 + "]" * 50_000)


def test_the_uppermost_is_found_through_gaps_and_circles():
    assert tops({"a": None, "b": "a", "c": "b", "d": "gone"}) == {
        "a": "a", "b": "a", "c": "a", "d": "gone", "gone": "gone"
    }  # fmt: skip
    circle = tops({"a": "b", "b": "a", "c": "a"})
    assert len({circle["a"], circle["b"], circle["c"]}) == 1


def test_objects_are_found_in_order_and_not_inside_each_other():
    value = {"x": [{"n": 1, "in": {"n": 2}}, [{"n": 3}]], "y": {"n": 4}}
    assert [each["n"] for each in found(value, lambda each: "n" in each)] == [1, 3, 4]
