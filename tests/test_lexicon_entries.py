"""Each shipped entry is its own test: every hit yields a finding of it, no miss does."""

import pytest

from threads.detectors.antisemitism import antisemitism
from threads.detectors.conspiracy import conspiracy

DETECTORS = (antisemitism(), conspiracy())
ENTRIES = [(detector, entry) for detector in DETECTORS for entry in detector.lexicon.entries]


def findings(detector, text):
    _, judged = detector.judge(text)
    return {item.hit.entry.id for item in judged if item.is_finding}


@pytest.mark.parametrize(("detector", "entry"), ENTRIES, ids=[entry.id for _, entry in ENTRIES])
def test_entry(detector, entry):
    missed = [text for text in entry.hits if entry.id not in findings(detector, text)]
    assert not missed, "these hits are no finding"
    wrong = [text for text in entry.misses if entry.id in findings(detector, text)]
    assert not wrong, "these misses are a finding"


def test_there_are_entries_enough_and_every_antisemitism_category_has_one():
    hateful, plots = (detector.lexicon.entries for detector in DETECTORS)
    assert len(hateful) >= 120
    assert len(plots) >= 80
    assert {entry.category for entry in hateful} == {f"A{number}" for number in range(1, 17)}
    elements = {element for entry in plots for element in entry.elements}
    assert {"N1", "N2", "N6", "T2", "T3", "T6", "T7", "S"} <= elements


def test_an_ambiguous_entry_has_words_that_raise_it_or_stands_on_a_named_target():
    ambiguous = [entry for _, entry in ENTRIES if entry.ambiguity >= 2]
    assert ambiguous
    assert all(entry.raises or entry.category.startswith("A") for entry in ambiguous)
