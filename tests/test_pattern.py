"""The pattern language: what matches, what does not, what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from threads.detectors.pattern import Matcher, parse
from threads.text import words

SETS = {"cats": ["cat", "cats", "big cat*"], "own": ["own*", "pull the strings"], "never": []}


def found(pattern, text):
    matcher = Matcher([(0, sequence) for sequence in parse(pattern, SETS)])
    cut = words(text)
    return [text[slice(*cut.span(hit.first, hit.stop))] for hit in matcher.find(cut)]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("the cat", "See the cat.", ["the cat"]),
        ("the cat", "the, cat", ["the, cat"]),
        ("the cat", "the big cat", []),
        ("the cat", "It is the. Cat!", []),
        ("own*", "He owns it", ["owns"]),
        ("dog|cat|hors*", "cat, horses", ["cat", "horses"]),
        ("the big? cat", "the cat the big cat", ["the cat", "the big cat"]),
        ("{cats} .. {own} ..1 town", "Cats in hats own the town", ["Cats in hats own the town"]),
        ("{cats} .. {own}", "The big cats here pull the strings", ["cats here pull the strings"]),
        ("a .. b", "a 1 2 3 4 b", ["a 1 2 3 4 b"]),
        ("a .. b", "a 1 2 3 4 5 b", []),
        ("a ..0 b", "a b", ["a b"]),
        ("a ..2 x? b", "a 1 2 b", ["a 1 2 b"]),
        ("ab ..9 cd", "ab ab cd", ["ab cd"]),
        ("big-cat*|dog", "two big cats", ["big cats"]),
        ("don't look", "dont look, Don’t look", ["dont look", "Don’t look"]),
        ("(((", "so (((they say", ["((("]),
        ("1488", "1488 14880", ["1488"]),
        ("{cats} sleep*", "The big cats sleeping here", ["cats sleeping"]),
        ("the the", "Is it the? The dog", []),
    ],
)
def test_what_matches(pattern, text, expected):
    assert found(pattern, text) == expected


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("", "begins and ends"),
        (".. a", "between two words"),
        ("a ..", "begins and ends"),
        ("a .. .. b", "between two words"),
        ("a ..10 b", "at most 9"),
        ("a ..x b", "at most 9"),
        ("{dogs}", "no set {dogs}"),
        ("a{cats}", "no set"),
        ("a?", "one of them required"),
        ("a||b", "empty"),
        ("=", "holds no word"),
        ("a b? c? d? e? f?", "at most 4"),
    ],
)
def test_what_is_refused(pattern, problem):
    with pytest.raises(ValueError, match=problem):
        parse(pattern, SETS)


def test_matches_of_one_key_do_not_overlap_and_keys_are_told_apart():
    sequences = [(1, *parse("xa ..9 xb", {})), (2, *parse("xa", {}))]
    hits = Matcher(sequences).find(words("xa xa xb xb xa xb"))
    assert [(h.first, h.stop) for h in hits if h.key == 1] == [(1, 3), (4, 6)]
    assert [h.first for h in hits if h.key == 2] == [0, 1, 4]


def _naive(sequence, text):
    """All ends reachable, by trying every place."""
    reached = [(at, at) for at in range(len(text))]
    for number, element in enumerate(sequence):
        gap = element.gap if number else 0
        reached = [
            (first, at + 1)
            for first, end in reached
            for at in range(end, min(end + gap + 1, len(text)))
            if (text[at],) in element.phrases
        ]
    return reached


@given(
    st.lists(st.sampled_from(["xa", "xb", "xc"]), max_size=12),
    st.lists(st.tuples(st.sampled_from(["xa", "xb", "xa|xc"]), st.integers(0, 3)), min_size=1, max_size=4),
)
def test_the_matcher_finds_what_a_naive_search_finds(text, items):
    pattern = items[0][0] + "".join(f" ..{gap} {item}" for item, gap in items[1:])
    (sequence,) = parse(pattern, {})
    hits = Matcher([(0, sequence)]).find(words(" ".join(["then", *text, "then"])))
    naive = _naive(sequence, ["then", *text, "then"])
    assert bool(hits) == bool(naive)
    assert {(h.first, h.stop) for h in hits} <= set(naive)


def test_a_text_made_to_be_slow_is_only_long():
    matcher = Matcher([(0, sequence) for sequence in parse("xa ..9 xa ..9 xa ..9 xa ..9 xa ..9 xb", {})])
    assert matcher.find(words("xa " * 3_000)) == []


@pytest.mark.parametrize("before", range(70, 130, 3))
def test_a_match_is_found_wherever_it_stands_in_a_long_text(before):
    match = f"cats {'we ' * 9}own {'it ' * 9}town"
    assert found("{cats} ..9 {own} ..9 town", "so " * before + match + " now" * 200) == [match]


def test_stems_of_any_length_are_read():
    assert found("a*|cat*", "An ant, a dog, cats") == ["An", "ant", "a", "cats"]
