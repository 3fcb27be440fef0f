"""The title and the article above the comments, and the reason to give where there are no comments."""

from __future__ import annotations

import re

from threads.infer.pages import artefacts
from threads.infer.pages.dates import Stamp
from threads.infer.pages.lines import Line

_LONG = 160  # code points; headlines of the page dumps stay below, paragraphs without a full stop are rare
_FAR = 8  # lines of distance that weigh as much as one word shared with the article
_COST = 60.0  # of a line that is no prose inside the article: subheadings are bridged, menus are not


def find(lines: list[Line], upto: int, stamps: list[Stamp | None]) -> tuple[str | None, str]:
    """The title (None where no line looks like one) and the article, blank lines between paragraphs.

    Both are looked for in the first `upto` lines; what stands below tells the title from its like.
    """
    start, stop = _run([_worth(line) for line in lines[:upto]])
    start = start if start < stop else upto
    title = _title(lines[:start], lines[start:], stamps)
    if title is None and start < stop and not _is_prose(lines[start]):
        title, start = lines[start].text, start + 1
    return title, "\n\n".join(line.text for line in lines[start:stop])


def _is_prose(line: Line) -> bool:
    """Whether a line is a paragraph: long, or a sentence that ends as one; a long headline does not."""
    text = line.text
    ends = text.rstrip("”\"“»’')").endswith((".", "!", "?", "…", ":", ","))
    return len(text) >= _LONG or (ends and len(text.split()) >= 6)


def _worth(line: Line) -> float:
    if artefacts.mentions(line.text, artefacts.NONE_YET) or artefacts.mentions(line.text, artefacts.FORM):
        return -1000.0
    return min(len(line.text), 400) if _is_prose(line) else -_COST


def _run(worth: list[float]) -> tuple[int, int]:
    """Start and stop of the stretch of greatest sum (Kadane); (0, 0) where none is positive."""
    best, here, start, found = 0.0, 0.0, 0, (0, 0)
    for i, value in enumerate(worth):
        if here <= 0:
            here, start = 0.0, i
        here += value
        if here > best:
            best, found = here, (start, i + 1)
    return found


def _title(above: list[Line], below: list[Line], stamps: list[Stamp | None]) -> str | None:
    """The line that shares most words with the text below it, wordy and near; None where none is fit."""
    fit = [
        (i, line.text)
        for i, (line, stamp) in enumerate(zip(above, stamps, strict=False))
        if len(line.text) <= 300 and not _is_furniture(line.text, stamp)
    ]
    told = _words(" ".join(line.text[:400] for line in below[:40]))
    worth = {
        text: len(_words(text) & told) + min(len(text.split()), 8) / 4 - (len(above) - i) / _FAR
        for i, text in fit
    }
    return max(worth, key=lambda text: worth[text]) if worth else None


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{4,30}", text.lower()))


def _is_furniture(text: str, stamp: Stamp | None) -> bool:
    if artefacts.is_button(text) or artefacts.is_sign(text) or artefacts.BYLINE.match(text):
        return True
    if stamp and len(text) - (stamp.end - stamp.start) < 25:
        return True
    return len(text.split()) < 5 and artefacts.mentions(text, artefacts.MENU)


def why_none(lines: list[Line], stamps: list[Stamp | None]) -> str:
    """A sentence that says why the page is taken to have no comments."""
    short = [(i, line.text) for i, line in enumerate(lines) if len(line.text) <= artefacts.SHORT]
    for _, text in short:
        if artefacts.mentions(text, artefacts.NONE_YET):
            return f"No comments: the page says “{text}”."
    for i, text in reversed(short):
        if artefacts.HEADING.match(text) and not artefacts.is_button(text):
            below = lines[i + 1].text[:60] if i + 1 < len(lines) else "nothing"
            return f"No comments: under the heading “{text}” stands “{below}”, and no authors follow."
    for _, text in short:
        if artefacts.mentions(text, artefacts.FORM):
            return f"No comments: there is a form (“{text}”), but nothing that looks like a comment."
    if any(stamps):
        return "No comments: dates stand on the page, but not in the recurring pattern that comments have."
    return "No comments: there are no names, dates or buttons that recur as they do around comments."
