"""Marking spans: whatever the text and the spans, nothing is lost and nothing is marked twice."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.marks import Segment, segments, shorten, visible


class Row(NamedTuple):
    start: int
    end: int
    rule: str = ""


def covered(text: str, *rows: Row) -> list[tuple[str, str]]:
    """Each segment's text with the rules that cover it, joined."""
    return [(part.text, "+".join(row.rule for row in part.evidence)) for part in segments(text, rows)]


CASES = {
    "empty text": ("", [], []),
    "empty text with a span": ("", [Row(0, 4, "a")], []),
    "no evidence": ("as it is", [], [("as it is", "")]),
    "one word": ("one two three", [Row(4, 7, "a")], [("one ", ""), ("two", "a"), (" three", "")]),
    "overlap": ("abcdef", [Row(0, 4, "a"), Row(2, 6, "b")], [("ab", "a"), ("cd", "a+b"), ("ef", "b")]),
    "nested": (
        "abcdef",
        [Row(2, 4, "in"), Row(0, 6, "out")],
        [("ab", "out"), ("cd", "out+in"), ("ef", "out")],
    ),
    "same span twice": ("abc", [Row(0, 3, "a"), Row(0, 3, "b")], [("abc", "a+b")]),
    "touching": ("abcd", [Row(0, 2, "a"), Row(2, 4, "b")], [("ab", "a"), ("cd", "b")]),
    "beyond the end": ("abc", [Row(1, 99, "a")], [("a", ""), ("bc", "a")]),
    "before the start": ("abc", [Row(-5, 1, "a")], [("a", "a"), ("bc", "")]),
    "wholly outside": ("abc", [Row(7, 9, "a")], [("abc", "")]),
    "empty span": ("abc", [Row(1, 1, "a")], [("abc", "")]),
    "turned round": ("abc", [Row(2, 1, "a")], [("abc", "")]),
    "after an emoji": ("👩‍👩‍👧 bad 😀", [Row(6, 9, "a")], [("👩‍👩‍👧 ", ""), ("bad", "a"), (" 😀", "")]),
    "beyond the first plane": ("𝖇𝖆𝖉 x", [Row(0, 3, "a")], [("𝖇𝖆𝖉", "a"), (" x", "")]),
    "markup": ("<b>hi</b>", [Row(3, 5, "a")], [("<b>", ""), ("hi", "a"), ("</b>", "")]),
}


@pytest.mark.parametrize("name", CASES)
def test_segments(name: str):
    text, rows, expected = CASES[name]
    assert covered(text, *rows) == expected


SPANS = st.lists(
    st.tuples(st.integers(-3, 40), st.integers(-3, 40)).map(lambda ends: Row(*ends)), max_size=12
)
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=30)
"""Every code point there is, lone surrogates included."""


@given(ANYTHING, SPANS)
def test_joined_segments_are_the_text(text: str, rows: list[Row]):
    assert "".join(part.text for part in segments(text, rows)) == text


@given(ANYTHING, SPANS)
def test_every_code_point_is_covered_by_exactly_its_spans(text: str, rows: list[Row]):
    place = 0
    for part in segments(text, rows):
        for at in range(place, place + len(part.text)):
            assert sorted(part.evidence) == sorted(row for row in rows if row.start <= at < row.end)
        place += len(part.text)


@given(ANYTHING.filter(bool), SPANS)
def test_each_span_inside_the_text_ends_once(text: str, rows: list[Row]):
    inside = [row for row in rows if max(0, row.start) < min(len(text), row.end)]
    assert sorted(row for part in segments(text, rows) for row in part.ends) == sorted(inside)


@given(ANYTHING, SPANS, st.integers(2, 10), st.integers(1, 6))
def test_shortening_accounts_for_every_code_point(text: str, rows: list[Row], room: int, most: int):
    parts = shorten(segments(text, rows), room, most)
    assert sum(len(part.text) + part.left_out for part in parts) == len(text)
    assert all(len(part.text) <= room for part in parts)


def test_shortening_keeps_the_marked_words_and_their_label():
    text = "x" * 500 + "bad" + "y" * 500
    parts = shorten(segments(text, [Row(500, 503, "a")]), room=20)
    marked = [part for part in parts if part.evidence]
    assert marked == [Segment("bad", (Row(500, 503, "a"),), (Row(500, 503, "a"),))]
    assert [part.left_out for part in parts if part.left_out] == [484, 484]


def test_shortening_cuts_between_words():
    parts = shorten(segments("one two three four five six seven eight nine ten", []), room=30)
    assert [part.text for part in parts] == ["one two ", "", " nine ten"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("two\n\nparagraphs\tand a tab", "two\n\nparagraphs\tand a tab"),
        ("user\u202egpj.exe", "user⟨RLO⟩gpj.exe"),
        ("\u2067hidden\u2069", "⟨RLI⟩hidden⟨PDI⟩"),
        ("ba\u200bd", "ba⟨ZWSP⟩d"),
        ("nul \x00 bell \x07", "nul ⟨U+0000⟩ bell ⟨U+0007⟩"),
        ("lone \ud83d", "lone ⟨U+D83D⟩"),
        ("tag \U000e0041", "tag ⟨U+E0041⟩"),
        ("a\r\nb", "a\nb"),
        ("no\u00a0break", "no break"),
        ("👩‍👧 می‌خواهم", "👩‍👧 می‌خواهم"),
        ("مرحبا שלום", "مرحبا שלום"),
    ],
)
def test_what_cannot_be_seen_is_made_visible(text: str, expected: str):
    assert visible(text) == expected


@given(ANYTHING)
def test_what_is_shown_can_be_written_and_turns_nothing_round(text: str):
    shown = visible(text)
    shown.encode("utf-8")
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00")
