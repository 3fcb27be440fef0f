"""The taxonomy: every category has what a reviewer's card needs, and a malformed file says so."""

import pytest

from threads.errors import LexiconError
from threads.taxonomy import VERDICTS, Verdict, categories, parse

ROW = """[[category]]
id = "A1"
name = "Violence"
definition = "Calls for harm."
not_this = "News of an attack."
severity = 5
"""


def test_sixteen_antisemitism_categories_come_first_and_in_order():
    assert list(categories())[:16] == [f"A{n}" for n in range(1, 17)]


def test_each_category_can_stand_on_a_card():
    for key, category in categories().items():
        assert category.id == key
        assert category.name and category.definition.endswith(".") and category.not_this.endswith(".")
        assert {category.ihra.verdict, category.jda.verdict} <= set(VERDICTS)


def test_definitions_disagree_exactly_on_a12_to_a15():
    contested = [key for key, category in categories().items() if category.contested]
    assert contested == ["A12", "A13", "A14", "A15"]
    assert all(categories()[key].ihra.verdict != categories()[key].jda.verdict for key in contested)


def test_severity_follows_the_decision_order():
    def severity(key):
        return categories()[key].severity

    assert severity("A1") > severity("A9") > severity("A3") > severity("A16")
    assert {severity(key) for key in ("A3", "A4", "A5", "A6", "A7", "A8", "A11")} == {severity("A3")}


def test_a_definition_that_is_silent_leaves_an_empty_verdict():
    assert parse(ROW)["A1"].ihra == Verdict("", "")


def test_the_categories_cannot_be_changed():
    with pytest.raises(TypeError):
        categories()["A1"] = None


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "not a TOML list"),
        ("[[category", "not a TOML list"),
        (ROW + ROW, "twice"),
        (ROW.replace("Calls for harm.", " "), "no definition"),
        (ROW.replace("5", "6"), "severity"),
        (ROW + 'ihra = { verdict = "maybe" }', "yes, no or context"),
        (ROW + 'ihra = { answer = "yes" }', "yes, no or context"),
    ],
)
def test_a_malformed_taxonomy_says_what_is_wrong(source, message):
    with pytest.raises(LexiconError, match=message):
        parse(source)
