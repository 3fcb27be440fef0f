"""The labels of a page's lines as a sequence, and the habits by which they are settled."""

from itertools import pairwise, product

import numpy as np
import pytest

from threads.infer.pages import artefacts, lines
from threads.infer.pages import settled as page_settled
from threads.infer.pages.dates import day_order, find, moment
from threads.infer.pages.model import (
    ARTEFACT,
    AUTHOR,
    BODY,
    N_LABELS,
    OUTSIDE,
    START,
    Labelling,
    Stage,
    best_path,
    marginals,
)


def stage() -> Stage:
    rng = np.random.default_rng(3)
    nothing = np.zeros((1, 1), dtype=np.float32)
    chain, first = (rng.normal(size=shape).astype(np.float32) for shape in ((N_LABELS, N_LABELS), N_LABELS))
    return Stage((nothing, nothing), (nothing, nothing), chain, first)


@pytest.mark.parametrize("size", [1, 2, 5])
def test_paths_and_marginals_are_those_of_all_paths_weighed(size: int) -> None:
    chain = stage()
    scores = np.random.default_rng(size).normal(size=(size, N_LABELS)).astype(np.float32)
    paths = list(product(range(N_LABELS), repeat=size))
    weight = np.array([
        chain.first[path[0]] + sum(scores[i, label] for i, label in enumerate(path))
        + sum(chain.chain[one, two] for one, two in pairwise(path))
        for path in paths
    ])  # fmt: skip
    chance = np.exp(weight) / np.exp(weight).sum()
    expected = np.zeros((size, N_LABELS))
    for path, share in zip(paths, chance, strict=True):
        expected[np.arange(size), path] += share
    assert marginals(chain, scores) == pytest.approx(expected, abs=1e-5)
    assert tuple(best_path(chain, scores)) == paths[int(weight.argmax())]


def test_long_pages_keep_their_chances_finite() -> None:
    scores = 30 * np.random.default_rng(1).normal(size=(5000, N_LABELS)).astype(np.float32)
    chances = marginals(stage(), scores)
    assert np.isfinite(chances).all()
    assert chances.sum(1) == pytest.approx(np.ones(5000), abs=1e-4)


def settled(text: str, labels: list[int]) -> list[int]:
    page = lines.split(text)
    sure = np.full((len(page), N_LABELS), 0.2, dtype=np.float32)
    stamps = [find(line.text) for line in page]
    found: list[int] = page_settled.settled(page, Labelling(np.array(labels), sure), stamps).labels.tolist()
    return found


REGULAR = "\n\n".join(f"user_{n}\n\nA body, the {n}. of its kind." for n in range(12)) + "\n\n"
AS_USUAL = [AUTHOR, START] * 12


@pytest.mark.parametrize(
    ("below", "labels", "expected"),
    [
        ("user_7\n\n@user_1\nYou are right.", [AUTHOR, ARTEFACT, START], [AUTHOR, START, BODY]),
        ("user_7\n\nOne.\n\nTwo.", [AUTHOR, START, START], [AUTHOR, START, BODY]),
        ("user_7\n\nOne.\n\n\nTwo.", [AUTHOR, START, START], [AUTHOR, START, START]),
        ("user_7\n\ngood job\n\nReply", [AUTHOR, AUTHOR, ARTEFACT], [AUTHOR, START, ARTEFACT]),
        ("user_7\n\n3 days ago\n\nReply", [AUTHOR, ARTEFACT, ARTEFACT], [AUTHOR, ARTEFACT, ARTEFACT]),
    ],
)
def test_exceptions_to_the_habits_of_a_page(below: str, labels: list[int], expected: list[int]) -> None:
    assert settled(REGULAR + below, [*AS_USUAL, *labels]) == [*AS_USUAL, *expected]


def test_nothing_begins_within_a_paragraph_of_the_article() -> None:
    text = "The title\n\nAn article.\nIts second line.\n\n" + REGULAR
    assert settled(text, [OUTSIDE, OUTSIDE, START, *AS_USUAL])[:3] == [OUTSIDE] * 3


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["03/04/2014", "13/04/2014"], "dmy"),
        (["03/04/2014", "03/14/2014"], "mdy"),
        (["01/02/2014", "02/02/2014", "03/02/2014", "01/03/2014"], "dmy"),
        (["02/01/2014", "02/02/2014", "02/03/2014", "03/01/2014"], "mdy"),
        (["03/04/2014"], "?"),
    ],
)
def test_which_number_of_a_date_is_the_day(dates: list[str], order: str) -> None:
    stamps = [stamp for date in dates if (stamp := find(date))]
    assert len(stamps) == len(dates)
    assert day_order(stamps) == order
    assert (moment(stamps[0], order) is None) is (order == "?")


@pytest.mark.parametrize(
    ("line", "closes"),
    [
        ("Cheers,", True),
        ("Regards, Abe", True),
        ("Viele Grüße", True),
        ("Best", True),
        ("Thanks, I will.", False),
        ("Bestia", False),
    ],
)
def test_the_end_of_a_letter(line: str, closes: bool) -> None:
    assert artefacts.closes(line) is closes


@pytest.mark.parametrize(
    "line",
    ["permalink embed save report give award reply", "Reply | Share", "Like (2)", "Antworten ↓"],
)
def test_buttons(line: str) -> None:
    assert artefacts.is_button(line)


@pytest.mark.parametrize("line", ["reply share nonsense", "like this", "Ruth Abara", "more more of it"])
def test_no_buttons(line: str) -> None:
    assert not artefacts.is_button(line)
