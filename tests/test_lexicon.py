"""Lexicon files: what is read from an entry, and that a malformed one is refused by name."""

import pytest

from threads.detectors.lexicon import load
from threads.errors import LexiconError
from threads.text import words

ENTRY = """
[sets]
beasts = ["cat", "cats"]
[[entry]]
id = "A3.test"
category = "A3"
also = ["A4"]
patterns = ["{beasts} ..2 rule"]
plain = "a rule about cats"
coded = "cats rule"
ambiguity = 1
weight = 0.5
raise = ["wake up"]
lower = ["fable"]
hits = ["Cats rule."]
misses = ["Cats sleep."]
source = "made up"
added = 2026-11-21
"""


@pytest.fixture
def write(tmp_path):
    (tmp_path / "sets.toml").write_text('[sets]\njews = ["jew"]\n')

    def write(text):
        (tmp_path / "own.toml").write_text(text)
        return load(tmp_path / "own.toml", ("A3", "A4"))

    return write


def test_an_entry_is_found_with_what_raises_and_lowers_it(write):
    lexicon = write(ENTRY)
    text = "Wake up! The c4ts still rule. It is no fable."
    (hit,) = lexicon.find(words(text))
    assert text[hit.start : hit.end] == "c4ts still rule"
    assert hit.entry.elements == ("A3", "A4")
    assert hit.raised
    assert text[slice(*hit.lowered)] == "fable"
    assert hit.own == {"cat", "cats", "rule"}
    (plain,) = lexicon.find(words("Cats rule."))
    assert (plain.raised, plain.lowered) == (False, None)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('coded = "cats rule"\n', "", "A3.test lacks coded"),
        ("weight = 0.5", "weight = 1.5", "A3.test needs a weight"),
        ("ambiguity = 1", "ambiguity = 4", "A3.test needs an ambiguity"),
        ('category = "A3"', 'category = "Z1"', "A3.test names the unknown category Z1"),
        ('also = ["A4"]', 'also = ["A5"]', "A3.test names the unknown category A5"),
        ('id = "A3.test"', 'id = "A4.test"', "must have an id that begins with A3."),
        ("{beasts}", "{birds}", "A3.test: pattern .*: there is no set {birds}"),
        ('hits = ["Cats rule."]', "hits = []", "A3.test needs at least one pattern"),
        ('raise = ["wake up"]', 'raise = "wake up"', "A3.test needs a list of texts as raise"),
        ("added = 2026-11-21", 'added = "today"', "A3.test needs a date"),
        ("weight = 0.5", "weight = 0.5\nowner = 1", "A3.test has the unknown key owner"),
        ("beasts", "jews", "the set jews has the name of a common one"),
        ("[sets]", "[sets", "own.toml cannot be read"),
    ],
)
def test_a_malformed_entry_is_refused_by_name(write, old, new, problem):
    with pytest.raises(LexiconError, match=problem):
        write(ENTRY.replace(old, new))


def test_an_id_is_unique(write):
    with pytest.raises(LexiconError, match=r"two entries have the id A3\.test"):
        write(ENTRY + ENTRY[ENTRY.index("[[entry]]") :])
