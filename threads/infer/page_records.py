"""From labelled lines to comments: bodies, and in the gaps between them who wrote what stands beside."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from threads.infer import artefacts, artefacts_dates, page_headers
from threads.infer.artefacts_dates import Stamp
from threads.infer.lines import Line
from threads.infer.page_model import ARTEFACT, AUTHOR, BODY, OUTSIDE, START, Labelling

_SENTENCE_END = (".", "!", "?", "…", "”", '"', ")")


_FEW, _NEARLY_ALL = 4, 0.75
"""Comments on a page, and the share of them with a date, from which a comment without a date is doubted."""


@dataclass(slots=True)
class Record:
    """One comment under construction: indices of its lines, and what its header says.

    `first` is its first line of any kind, `confidence` in [0, 1] how sure its beginning and its author are.
    """

    rows: list[int]
    first: int
    head: list[int] = field(default_factory=list)
    tail: list[int] = field(default_factory=list)
    author: str | None = None
    created: datetime | None = None
    created_text: str | None = None
    reply_to: str | None = None
    likes: int | None = None
    indent: int | None = None
    confidence: float = 1.0

    def body(self, lines: list[Line]) -> str:
        """The text; a blank line parts paragraphs where the page has one or a line ends a sentence."""
        parts: list[str] = []
        for n, row in enumerate(self.rows):
            line = lines[row]
            bullet = "" if not line.bullet or (n == 0 and not self.head) else line.bullet + " "
            ended = bool(parts) and parts[-1].endswith(_SENTENCE_END)
            space = "\n\n" if line.blanks or ended else "\n"
            parts.append((space if n else "") + bullet + line.text)
        return "".join(parts)


def records(lines: list[Line], labelling: Labelling, stamps: list[Stamp | None]) -> list[Record]:
    """The comments of a page in order, pingbacks left out."""
    labels = labelling.labels.tolist()
    found = _bodies(labels)
    read = {
        i: page_headers.author(lines[i].text, stamps[i]) for i, label in enumerate(labels) if label == AUTHOR
    }
    names = {i: name for i, name in read.items() if name}
    _deal(found, labels, _names_below(found, labels), names)
    found = _with_bodiless(_merged(found, stamps), names, lines)
    order = artefacts_dates.day_order(stamp for stamp in stamps if stamp)
    for record in found:
        _read_header(record, lines, stamps, names, order)
        record.confidence = _confidence(record, labelling, names)
    _set_indents(found, lines)
    return [record for record in found if not _is_pingback(record, lines)]


def _bodies(labels: list[int]) -> list[Record]:
    """Runs of body lines; a body goes on across buttons, and a new one begins below an author."""
    found: list[Record] = []
    parted = True
    for i, label in enumerate(labels):
        if label == START or (label == BODY and parted):
            found.append(Record([i], i))
        elif label == BODY:
            found[-1].rows.append(i)
        parted = (parted and label in (ARTEFACT, OUTSIDE)) or label in (AUTHOR, OUTSIDE)
    return found


def _gaps(found: list[Record], labels: list[int]) -> list[list[int]]:
    """For n bodies, n + 1 lists of the lines before, between and after them that belong to comments."""
    edges = [-1, *(record.rows[0] for record in found), len(labels)]
    ends = [-1, *(record.rows[-1] for record in found)]
    return [
        [i for i in range(end + 1, edge) if labels[i] in (AUTHOR, ARTEFACT)]
        for end, edge in zip(ends, edges[1:], strict=True)
    ]


def _names_below(found: list[Record], labels: list[int]) -> bool:
    """Whether names stand under their comments: none above the first, and one below the last."""
    if not found:
        return False
    gaps = [[i for i in gap if labels[i] == AUTHOR] for gap in _gaps(found, labels)]
    return not gaps[0] and bool(gaps[-1]) and gaps[-1][0] - found[-1].rows[-1] < 6


def _deal(found: list[Record], labels: list[int], below: bool, names: dict[int, str]) -> None:
    """Give each line between two bodies to the upper one (its tail) or the lower one (its head)."""
    gaps = _gaps(found, labels)
    for n, gap in enumerate(gaps):
        above, next_ = (found[n - 1] if n else None), (found[n] if n < len(found) else None)
        cut = _cut(gap, names, below)
        for record, rows in ((above, gap[:cut]), (next_, gap[cut:])):
            if record is None:
                continue
            if record is above and below:
                record.head = rows
            elif record is above:
                record.tail = rows
            elif not below:
                record.head = rows
                record.first = min([record.first, *rows])


def _cut(gap: list[int], names: dict[int, str], below: bool) -> int:
    """Where in a gap the upper comment ends: at the first name, or below the last where names stand below."""
    if below:
        return len(gap)
    named = [k for k, i in enumerate(gap) if i in names]
    return named[0] if named else 0


def _merged(found: list[Record], stamps: list[Stamp | None]) -> list[Record]:
    """Records without a date joined to the one above, where the page dates its comments.

    All comments of a page share a layout: there, a short line within a comment (a greeting, a signature) that
    looked like a name, with nothing else around it, is none.
    """
    dated = [any(stamps[i] for i in record.head) for record in found]
    if len(found) < _FEW or sum(dated) < _NEARLY_ALL * len(found):
        return found
    out = found[:1]
    for record, has_date in zip(found[1:], dated[1:], strict=True):
        above = out[-1]
        if has_date or above.tail or len(record.head) > 1:
            out.append(record)
        else:
            above.rows = sorted([*above.rows, *record.head, *record.rows])
    return out


def _with_bodiless(found: list[Record], names: dict[int, str], lines: list[Line]) -> list[Record]:
    """Comments that have a name but no body (a picture, a deletion), in their places.

    They show as a further, other name in one header, and as a name with an emptier space below it than
    the page's names have: there the body that follows is of somebody whose name was lost.
    """
    known = Counter(names.values())
    usual = _usual_space(found, names, lines)
    out: list[Record] = []
    for record in found:
        authors = [i for i in record.head if i in names]
        own = {i for i in authors if names[i] == names[authors[-1]]}
        for i in authors:
            orphan = lines[i + 1].blanks >= usual + 2 if i + 1 < len(lines) else False
            if orphan or (i not in own and known[names[i]] > 1):
                out.append(Record([], i, head=[i]))
                record.head = [row for row in record.head if row > i]
                record.first = min([*record.rows, *record.head])
        out.append(record)
    return out


def _usual_space(found: list[Record], names: dict[int, str], lines: list[Line]) -> int:
    """How many blank lines the page leaves below an author's line."""
    spaces = [
        lines[i + 1].blanks for record in found for i in record.head if i in names and i + 1 < len(lines)
    ]
    return Counter(spaces).most_common(1)[0][0] if spaces else 0


def _read_header(
    record: Record, lines: list[Line], stamps: list[Stamp | None], names: dict[int, str], order: str
) -> None:
    authors = [i for i in record.head if i in names]
    around = [lines[i].text for i in record.head]
    record.author = names[authors[0]] if authors else None
    record.reply_to = page_headers.answered(around)
    record.likes = page_headers.likes(around + [lines[i].text for i in record.tail])
    dated = [stamps[i] for i in record.head if stamps[i]] or [stamps[i] for i in record.tail if stamps[i]]
    if dated and dated[0]:
        record.created = artefacts_dates.moment(dated[0], order)
        record.created_text = None if record.created else dated[0].text


def _confidence(record: Record, labelling: Labelling, names: dict[int, str]) -> float:
    """The chance of the body's beginning, times that of its author line where there is one."""
    chance = 1.0
    if record.rows:
        first = labelling.probability[record.rows[0]]
        chance *= float(first[START] + (first[BODY] if record.head else 0))
    authors = [i for i in record.head if i in names]
    if authors:
        chance *= float(labelling.probability[authors[0]][AUTHOR])
    return round(min(max(chance, 0.0), 1.0), 3)


def _set_indents(found: list[Record], lines: list[Line]) -> None:
    """Depth by the columns or quote marks that set a comment in; None where the page sets none in."""
    place = [
        (lines[r.first].indent, sum(lines[r.first].prefix.count(sign) for sign in ">|│┃")) for r in found
    ]
    if len(set(place)) < 2:
        return
    levels = {at: depth for depth, at in enumerate(sorted(set(place)))}
    for record, at in zip(found, place, strict=True):
        record.indent = levels[at]


def _is_pingback(record: Record, lines: list[Line]) -> bool:
    return bool(record.rows) and bool(artefacts.PINGBACK.match(lines[record.rows[0]].text))
