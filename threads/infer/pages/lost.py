"""Comments that a page with lost names marks by an empty line alone, and the first, which may have no mark.

The very first comment may follow the article with one blank line like any paragraph; only its register
tells it apart: it says I or you, greets, jokes, where the article above does not.
"""

from __future__ import annotations

from threads.infer.pages import artefacts
from threads.infer.pages.features import Matrix
from threads.infer.pages.lines import Line
from threads.infer.pages.model import AUTHOR, BODY, OUTSIDE, START, Labelling, Labels

_UPWARDS = 8  # paragraphs above the first comment found in which an empty line of a lost name is looked for
_FEW = 2  # names that tell how many blank lines a page leaves above one
_FAR = 60  # lines of the first comment; longer ones than that are articles
_MARKED, _UNMARKED = 0.6, 0.4
"""Confidence of what is found here: by its mark, and by its register alone (a single page to judge by)."""
_ABOVE = 10
_ARTICLE_SPEAKS = (
    0.35  # share of paragraphs that say I or you above which an article's register tells nothing
)


def extended(lines: list[Line], labelling: Labelling) -> Labelling:
    """The labelling with those beginnings of comments added, where the page lost names at all."""
    labels, probability = labelling.labels.copy(), labelling.probability.copy()
    first = next((i for i, label in enumerate(labels) if label != OUTSIDE), None)
    if first is None:
        return labelling
    if not _loses_names(lines, labels.tolist()):
        if top := _lone_mark(lines, labels.tolist(), first):
            _set(labels, probability, top, first, _MARKED)
        return Labelling(labels, probability)
    for i in range(first + 1, len(lines)):
        if labels[i] == BODY and lines[i].blanks == 2 and labels[i - 1] in (START, BODY):
            _set(labels, probability, i, i + 1, _MARKED)
    top = _marked(lines, first)
    if top < first:
        _set(labels, probability, top, first, _MARKED)
    if lines[top].blanks >= 2 and labels[top] == START and top and _speaks(lines, top - 1):
        _set(labels, probability, top - 1, top, _UNMARKED)
    return Labelling(labels, probability)


def _loses_names(lines: list[Line], labels: list[int]) -> bool:
    """Whether two blank lines where one is usual stand above a comment that has no author line.

    Or within a comment, though none of the page's names has two above it: what parts comments less than
    paragraphs can only be a name that is lost.
    """
    rows = range(1, len(lines))
    usual = sum(lines[i].blanks == 1 and labels[i] in (START, BODY) for i in rows)
    lost = sum(
        lines[i].blanks == 2 and labels[i] == START and labels[i - 1] not in (AUTHOR, OUTSIDE) for i in rows
    )
    named = [lines[i].blanks for i in rows if labels[i] == AUTHOR]
    within = sum(lines[i].blanks == 2 and labels[i] == BODY for i in rows)
    tight = len(named) >= _FEW and 2 not in named and 1 in named
    return (lost >= 1 and usual > lost) or (tight and 1 <= within < usual)


def _lone_mark(lines: list[Line], labels: list[int], first: int) -> int | None:
    """The one line above the first comment with two blank lines before it: there its name was lost.

    None on a page that has another such line outside the comments, or one above a name.
    """
    marks = [i for i in range(1, first) if lines[i].blanks >= 2]
    named = [i for i, label in enumerate(labels) if label == AUTHOR]
    below = any(lines[i].blanks >= 2 for i in named) or any(
        lines[i].blanks >= 2 for i, label in enumerate(labels[first:], first) if label == OUTSIDE
    )
    if (
        len(marks) != 1
        or below
        or len(named) < _FEW
        or lines[marks[0]].blanks != 2
        or first - marks[0] > _FAR
    ):
        return None
    texts = [line.text for line in lines[marks[0] : first] if len(line.text) <= artefacts.SHORT]
    furniture = any(
        artefacts.HEADING.match(text) or artefacts.mentions(text, artefacts.FORM) for text in texts
    )
    return None if furniture else marks[0]


def _marked(lines: list[Line], first: int) -> int:
    """The nearest line above with two blank lines before it and nothing but prose between; else `first`."""
    for i in range(first - 1, max(first - _UPWARDS, 0), -1):
        if len(lines[i].text) < 40 and not lines[i].text.endswith((".", "!", "?")):
            return first
        if lines[i].blanks >= 2:
            return i
    return first


def _speaks(lines: list[Line], at: int) -> bool:
    above = range(max(0, at - _ABOVE), at)
    if not above or lines[at].blanks != 1 or lines[at].text[:1] in "\"“„«'‘":
        return False
    return _is_spoken(lines[at]) and sum(_is_spoken(lines[i]) for i in above) <= _ARTICLE_SPEAKS * len(above)


def _is_spoken(line: Line) -> bool:
    """Whether a paragraph says I or you, greets or jokes, outside of quotation marks."""
    if line.text[:1] in '"“„«' or "”" in line.text:
        return False
    words = {word.strip(".,;:!?()").lower() for word in line.text[:400].split()}
    return bool(
        words & artefacts.FIRST_PERSON
        or words & artefacts.SECOND_PERSON
        or artefacts.SPOKEN_SIGNS.search(line.text[:400])
    )


def _set(labels: Labels, probability: Matrix, start: int, stop: int, sure: float) -> None:
    labels[start:stop] = BODY
    labels[start] = START
    probability[start] = 0
    probability[start, [START, OUTSIDE]] = sure, 1 - sure
