"""Labels brought in line with what a page does everywhere else: the habits that hold over all its comments.

A page prints the same around each comment. Where nearly all bodies stand a blank line below their header,
a line right above a body is of it; where comments have headers, nothing begins within a body; and a name
has a body.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from threads.infer.pages import artefacts
from threads.infer.pages import headers as page_headers
from threads.infer.pages.dates import Stamp
from threads.infer.pages.lines import Line
from threads.infer.pages.model import ARTEFACT, AUTHOR, BODY, OUTSIDE, START, Labelling

_AVATAR = re.compile(
    r"^(?:avatar|profile (?:picture|photo)|photo|picture|profilbild|foto) (?:of|for|von|de|di|du)\s"
    r"|['’]s? (?:avatar|photo|profile picture)$",
    re.IGNORECASE,
)
_FEW, _SELDOM = 5, 0.1
"""Comments with a header from which a page has habits, and the share of them that is an exception to one."""
_THINKABLE = 0.03  # chance of a beginning below which a line between two names is no comment; a judgement


def settled(lines: Sequence[Line], labelling: Labelling, stamps: Sequence[Stamp | None]) -> Labelling:
    """The labelling with its exceptions to the page's habits made regular."""
    labels = labelling.labels.tolist()
    headed = [i for i in range(1, len(labels)) if labels[i] == START and labels[i - 1] in (AUTHOR, ARTEFACT)]
    tight = [i for i in headed if lines[i].blanks == 0]
    if len(headed) >= _FEW and len(tight) <= _SELDOM * len(headed):
        _attach(lines, labels, tight, stamps)
        _start_apart(lines, labels)
    elif len(headed) - len(tight) <= _SELDOM * len(headed):
        _address(lines, labels)
    _portray(lines, labels)
    _complete(lines, labels, stamps)
    _join(lines, labels, len(headed))
    _start_headed(lines, labels, len(headed))
    _embody(lines, labels, labelling, stamps)
    changed = labelling.labels.copy()
    changed[:] = labels
    return Labelling(changed, labelling.probability)


def _attach(
    lines: Sequence[Line], labels: list[int], tight: Sequence[int], stamps: Sequence[Stamp | None]
) -> None:
    """A line that is no date and no button, right above a body, is its first line."""
    for i in tight:
        text, stamp = lines[i - 1].text, stamps[i - 1]
        dated = stamp is not None and len(text) - (stamp.end - stamp.start) <= artefacts.SHORT // 4
        if not dated and not artefacts.is_button(text):
            labels[i - 1], labels[i] = START, BODY


def _address(lines: Sequence[Line], labels: list[int]) -> None:
    """Where all lines of a comment stand close, "@Ann" alone above a body is of its header."""
    for i in range(len(labels) - 1):
        alone = lines[i].text[0] == "@" and page_headers.is_addressed(lines[i].text)
        if alone and labels[i : i + 2] == [START, BODY] and lines[i + 1].blanks == 0:
            labels[i], labels[i + 1] = ARTEFACT, START


def _portray(lines: Sequence[Line], labels: list[int]) -> None:
    """What an avatar is called, above the name that it repeats, is no comment."""
    for i in range(len(labels) - 1):
        text, below = lines[i].text, lines[i + 1].text
        if labels[i + 1] == AUTHOR and labels[i] != AUTHOR and below in text and _AVATAR.search(text):
            labels[i] = ARTEFACT


def _complete(lines: Sequence[Line], labels: list[int], stamps: Sequence[Stamp | None]) -> None:
    """The first and the last comment have the dated header that the others have, if not seen whole."""
    starts = [i for i in range(1, len(labels)) if labels[i] == START]
    forms = Counter(form for i in starts if (form := _form(labels, stamps, i)))
    (usual, count), *_ = forms.most_common(1) or [((), 0)]
    if count < _FEW or 2 * count < len(starts) or not any(dated for _, dated in usual):
        return
    size, first = len(usual), starts[0]
    if first >= size and _fits(lines, stamps, first - size, usual):
        labels[first - size : first] = [label for label, _ in usual]
    last = max(i for i, label in enumerate(labels) if label in (START, BODY))
    named = next((i for i in range(last + 1, len(labels)) if labels[i] == AUTHOR), len(labels))
    body = named + size
    if body < len(labels) and _fits(lines, stamps, named, usual) and not _is_foot(lines[body].text):
        labels[named : body + 1] = [*(label for label, _ in usual), START]


def _form(labels: Sequence[int], stamps: Sequence[Stamp | None], start: int) -> tuple[tuple[int, bool], ...]:
    """The labels of the header above a body, from its first name on, and which of its lines are dated."""
    top = start
    while top and labels[top - 1] in (AUTHOR, ARTEFACT):
        top -= 1
    while top < start and labels[top] != AUTHOR:
        top += 1
    return tuple((labels[i], stamps[i] is not None) for i in range(top, start))


def _fits(
    lines: Sequence[Line], stamps: Sequence[Stamp | None], top: int, form: Sequence[tuple[int, bool]]
) -> bool:
    return all(
        (stamps[i] is not None) == dated
        and len(lines[i].text) <= artefacts.SHORT
        and (label != AUTHOR or page_headers.author(lines[i].text, stamps[i]) is not None)
        for i, (label, dated) in enumerate(form, top)
    )


def _is_foot(text: str) -> bool:
    below = (artefacts.FORM, artefacts.NONE_YET, artefacts.AFTER, artefacts.MENU)
    heading = len(text) <= artefacts.SHORT and artefacts.HEADING.match(text)
    return bool(heading) or artefacts.is_button(text) or any(artefacts.mentions(text, part) for part in below)


def _start_apart(lines: Sequence[Line], labels: list[int]) -> None:
    """The first comment does not begin within a paragraph or a list of the article."""
    first = next((i for i, label in enumerate(labels) if label != OUTSIDE), len(labels))
    while first < len(labels) and first and labels[first] in (START, BODY) and lines[first].blanks == 0:
        stop = first + 1
        while stop < len(labels) and labels[stop] == BODY:
            stop += 1
        labels[first:stop] = [OUTSIDE] * (stop - first)
        first = stop


def _start_headed(lines: Sequence[Line], labels: list[int], headed: int) -> None:
    """The first comment is no mere paragraph below others, where no other comment is without a header.

    But below a heading it is, and where names stand under their comments.
    """
    first = next((i for i, label in enumerate(labels) if label != OUTSIDE), 0)
    if not first or labels[first] != START or lines[first].blanks != 1 or headed < _FEW:
        return
    rows = range(first + 1, len(labels))
    bare = [i for i in rows if labels[i] == START and labels[i - 1] in (START, BODY)]
    last = max((i for i in rows if labels[i] in (START, BODY)), default=first)
    below = AUTHOR in labels[last:] or _is_foot(lines[first - 1].text)
    if not below and sum(lines[i].blanks == 1 for i in bare) <= _SELDOM * headed:
        stop = next((i for i in rows if labels[i] != BODY), len(labels))
        labels[first:stop] = [OUTSIDE] * (stop - first)


def _join(lines: Sequence[Line], labels: list[int], headed: int) -> None:
    """What begins below a body without a header goes on with it, where comments have headers or space."""
    bare = [i for i in range(1, len(labels)) if labels[i] == START and labels[i - 1] in (START, BODY)]
    parted = [i for i in bare if lines[i].blanks == 1]
    odd = headed >= _FEW and len(parted) <= _SELDOM * headed
    for i in bare:
        if lines[i].blanks == 0 or (odd and lines[i].blanks == 1):
            labels[i] = BODY


def _embody(
    lines: Sequence[Line], labels: list[int], labelling: Labelling, stamps: Sequence[Stamp | None]
) -> None:
    """A name without a body gets the likeliest line before the next header that is no date and no button."""
    for run in _headers(lines, labels):
        named = [i for i in run if labels[i] == AUTHOR]
        if not named:
            continue
        after = run[-1] + 1
        has_body = after < len(labels) and labels[after] in (START, BODY) and lines[after].blanks < 2
        stop = named[-1] if has_body else after
        fit = [
            i
            for i in run
            if named[0] < i < stop
            and stamps[i] is None
            and not artefacts.is_button(lines[i].text)
            and lines[i].text != lines[named[0]].text
            and not artefacts.is_badge(lines[i].text)
        ]
        if has_body and (len(named) < 3 or not fit):
            continue
        best = max(fit, key=lambda i: labelling.probability[i][START], default=None)
        if best is not None and labelling.probability[best][START] >= _THINKABLE:
            labels[best] = START


def _headers(lines: Sequence[Line], labels: Sequence[int]) -> list[list[int]]:
    """Runs of author lines and artefacts, cut at two blank lines."""
    runs: list[list[int]] = []
    for i, label in enumerate(labels):
        if label not in (AUTHOR, ARTEFACT):
            continue
        if runs and runs[-1][-1] == i - 1 and lines[i].blanks < 2:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs
