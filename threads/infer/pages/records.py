"""From labelled lines to comments: bodies, and in the gaps between them who wrote what stands beside."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from threads.infer.pages import artefacts
from threads.infer.pages import dates as artefacts_dates
from threads.infer.pages import headers as page_headers
from threads.infer.pages import kinds as page_kinds
from threads.infer.pages.dates import Stamp
from threads.infer.pages.gaps import Gaps
from threads.infer.pages.lines import Line
from threads.infer.pages.model import ARTEFACT, AUTHOR, BODY, OUTSIDE, START, Labelling

_MARKS = ">|│┃"
_SENTENCE_END = (".", "!", "?", "…", "”", '"', ")")


_FEW, _MOST, _NEARLY_ALL, _ALL, _SURE = 4, 0.5, 0.75, 0.9, 0.9
"""Comments on a page, and the share of them with a date or a button, from which one without is doubted:
the smaller share where the model is less sure than `_SURE` of it, the greater where it is surer."""
_MANY = 12
"""Comments from which a single date is odd: where 3 in 10 are kept, one stands alone on 7 % of such pages."""


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
        depth = self.quoted(lines)
        for n, row in enumerate(self.rows):
            line = lines[row]
            opens = n == 0 and not any(i < row for i in self.head)
            bullet = "" if not line.bullet or opens else line.bullet + " "
            marks = line.prefix.replace(" ", "")[depth:]
            ended = bool(parts) and parts[-1].endswith(_SENTENCE_END)
            space = "\n\n" if line.blanks or ended else "\n"
            parts.append((space if n else "") + (marks + " " if marks else "") + bullet + line.text)
        return "".join(parts)

    def quoted(self, lines: list[Line]) -> int:
        """How many marks (">", "|") stand before all its lines: its depth, where more are a quotation's."""
        rows = (*self.head, *self.rows)
        if not rows or not all(lines[i].prefix for i in rows):
            return 0
        return min(sum(lines[i].prefix.count(sign) for sign in _MARKS) for i in rows)


def records(lines: list[Line], labelling: Labelling, stamps: list[Stamp | None]) -> list[Record]:
    """The comments of a page in order, pingbacks left out."""
    labels = labelling.labels.tolist()
    found = _without_furniture(_bodies(labels), lines)
    read = {
        i: page_headers.author(lines[i].text, stamps[i]) for i, label in enumerate(labels) if label == AUTHOR
    }
    names = {i: name for i, name in read.items() if name and not _only_adds(i, lines, labels)}
    Gaps(found, lines, labels, stamps, names).deal()
    found = _merged(found, lines, labelling, stamps, names)
    _take_in_signatures(found, stamps, names)
    found = _with_bodiless(found, names, lines)
    _take_in_odd_date(found, lines, stamps)
    _end_at_buttons(found, lines)
    order = artefacts_dates.day_order(stamp for stamp in stamps if stamp)
    for record in found:
        authors = [i for i in record.head if i in names]
        record.author = names[authors[0]] if authors else None
        record.confidence = _confidence(record, labelling, authors)
        _read_header(record, lines, stamps, order)
    _read_answered(found, lines)
    found = _without_furniture(found, lines)
    _set_indents(found, lines)
    return [record for record in found if not _is_pingback(record, lines)]


def _only_adds(i: int, lines: list[Line], labels: list[int]) -> bool:
    """Whether an author line beside another one only says whom the comment answers, or the author's role."""
    beside = [k for k in (i - 1, i + 1, i - 2) if 0 <= k < len(lines) and labels[k] == AUTHOR]
    return _adds(lines[i].text) and any(not _adds(lines[k].text) for k in beside)


def _adds(text: str) -> bool:
    return page_headers.is_addressed(text) or artefacts.is_badge(text)


def _take_in_odd_date(found: list[Record], lines: list[Line], stamps: list[Stamp | None]) -> None:
    """A relative date alone on its line, the only one on a long page, was pasted: it is text."""
    dated = [(record, i) for record in found for i in (*record.head, *record.tail) if stamps[i]]
    if len(dated) != 1 or len(found) < _MANY:
        return
    record, i = dated[0]
    stamp = stamps[i]
    if stamp and stamp.parts is None and stamp.text == lines[i].text and i in record.head:
        record.head.remove(i)
        record.rows.insert(0, i)


def _end_at_buttons(found: list[Record], lines: list[Line]) -> None:
    """The last comment ends at the button with which others end, or at a word of the page's menu below it."""
    ends = Counter(lines[record.tail[0]].text for record in found if record.tail)
    for n, row in enumerate(found[-1].rows if found else []):
        if n and (ends[lines[row].text] >= _FEW or _is_menu(lines[row].text)):
            found[-1].tail = [*found[-1].rows[n:], *found[-1].tail] if ends[lines[row].text] else []
            found[-1].rows = found[-1].rows[:n]
            return


def _is_menu(text: str) -> bool:
    return len(page_kinds.words(text)) < 5 and "://" not in text and artefacts.mentions(text, artefacts.MENU)


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


def _merged(
    found: list[Record],
    lines: list[Line],
    labelling: Labelling,
    stamps: list[Stamp | None],
    names: dict[int, str],
) -> list[Record]:
    """Records joined to the one above where their page would have printed more around a comment of its own.

    All comments of a page share a layout: where they have dates, a line within a comment (a greeting, a
    signature, a link) that looked like a name or a beginning, with nothing else around it, is none; where
    they end with buttons, nothing without a name begins before the buttons. But what is parted by more
    blank lines than any two paragraphs are is a comment.
    """
    dated = [any(stamps[i] for i in record.head) for record in found]
    named = [any(i in names for i in record.head) for record in found]
    dates = _share([has_date for record, has_date in zip(found, dated, strict=True) if record.head])
    closes = _share([bool(above.tail) for above, is_named in zip(found, named[1:], strict=False) if is_named])
    loose = any(lines[i].blanks >= 2 for record in found for i in record.rows[1:])
    loose = loose or 2 * sum(lines[record.first].blanks >= 2 for record in found) > len(found)
    out = found[:1]
    for record, has_date, is_named in zip(found[1:], dated[1:], named[1:], strict=True):
        sure = _confidence(record, labelling, [i for i in record.head if i in names])
        needed = _NEARLY_ALL if sure < _SURE else _ALL
        bare = dates >= needed and not has_date and len(record.head) <= 1
        apart = lines[record.first].blanks >= 2 and not loose
        if apart or out[-1].tail or not (bare or (closes >= needed and not is_named)):
            out.append(record)
        else:
            out[-1].rows += [*record.head, *record.rows]
            out[-1].tail = record.tail
    return out


def _share(held: list[bool]) -> float:
    """The share of those that have what is asked, 0 where they are too few to tell."""
    return sum(held) / len(held) if len(held) >= _FEW else 0.0


def _take_in_signatures(found: list[Record], stamps: list[Stamp | None], names: dict[int, str]) -> None:
    """A second name in a header, right below a body and without a date of its own, signed that body.

    Where comments have dates and headers one name, that is: elsewhere it may be a comment without a body.
    """
    heads = [[i for i in record.head if i in names] for record in found]
    single = _share([len(authors) == 1 for authors in heads if authors])
    dated = _share([any(stamps[i] for i in record.head) for record in found if record.head])
    if single < _MOST or dated < _NEARLY_ALL:
        return
    for above, record, authors in zip(found, found[1:], heads[1:], strict=False):
        while len(authors) > 1 and above.rows and above.rows[-1] + 1 == authors[0]:
            if any(stamps[i] for i in record.head if authors[0] <= i < authors[1]):
                break
            above.rows.append(authors.pop(0))
            record.head = [i for i in record.head if i > above.rows[-1]]
            record.first = min([*record.rows, *record.head])


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


def _read_header(record: Record, lines: list[Line], stamps: list[Stamp | None], order: str) -> None:
    record.likes = page_headers.likes(lines[i].text for i in (*record.head, *record.tail))
    dated = [stamp for i in (*record.head, *record.tail) if (stamp := stamps[i])]
    if dated:
        record.created = artefacts_dates.moment(dated[0], order)
        record.created_text = None if record.created else dated[0].text


def _read_answered(found: list[Record], lines: list[Line]) -> None:
    everybody = {page_headers.folded(record.author) for record in found if record.author}
    for record in found:
        others = everybody - {page_headers.folded(record.author or "")}
        record.reply_to = page_headers.answered(
            [lines[i].text for i in record.head], others
        ) or page_headers.quoted([lines[i].text for i in record.rows[:2]], others)


def _without_furniture(found: list[Record], lines: list[Line]) -> list[Record]:
    """The comments without those first and last ones that are nothing but a heading, a count or a menu."""
    start, stop = 0, len(found)
    while start < stop and _is_furniture(found[start], lines):
        start += 1
    while stop > start and _is_furniture(found[stop - 1], lines):
        stop -= 1
    return found[start:stop]


def _is_furniture(record: Record, lines: list[Line]) -> bool:
    texts = [lines[i].text for i in record.rows]
    return bool(texts) and all(
        artefacts.is_button(text)
        or (len(text) <= artefacts.SHORT and bool(artefacts.HEADING.match(text)))
        or (
            len(page_kinds.words(text)) < 5 and "://" not in text and artefacts.mentions(text, artefacts.MENU)
        )
        for text in texts
    )


def _confidence(record: Record, labelling: Labelling, authors: list[int]) -> float:
    """The chance of the body's beginning, times that of its author line where there is one."""
    chance = 1.0
    body = [i for i in record.rows if labelling.labels[i] in (START, BODY)]
    if body:
        first = labelling.probability[body[0]]
        chance *= float(first[START] + (first[BODY] if record.head else 0))
    if authors:
        chance *= float(labelling.probability[authors[0]][AUTHOR])
    return round(min(max(chance, 0.0), 1.0), 3)


def _set_indents(found: list[Record], lines: list[Line]) -> None:
    """Depth by the columns or quote marks that set a comment in; None where the page sets none in."""
    place = [(lines[record.first].indent, record.quoted(lines)) for record in found]
    if len(set(place)) < 2:
        return
    levels = {at: depth for depth, at in enumerate(sorted(set(place)))}
    for record, at in zip(found, place, strict=True):
        record.indent = levels[at]


def _is_pingback(record: Record, lines: list[Line]) -> bool:
    return bool(record.rows) and bool(artefacts.PINGBACK.match(lines[record.rows[0]].text))
