"""What in a comment is other people's text: quoted lines, quotation marks, sentences of the parent."""

from __future__ import annotations

import re
from dataclasses import dataclass

from threads.text import sentences

_LINE = re.compile(r"(?m)^[ \t]*>[^\n]*$|>>[^\n>][^\n]*")
_MARKED = re.compile(
    r"(?<!\w)[\"“„«]([^\"“”„«»\n]{1,600})[\"”“»](?!\w)|(?<!\w)»([^«»\n]{1,600})«(?!\w)"
    r"|(?<!\w)[‘'‚‹]([^‘’'‚‹›\n]{1,300})[’'‘›](?!\w)"
)
_SHORT = 3  # words
_MIN_ECHO = 30  # code points of a sentence that, found in the parent too, is a quotation and no coincidence


@dataclass(frozen=True, slots=True)
class Quotation:
    """A span of a comment that quotes; `is_block` where it is a block of its own, which the rest answers.

    `is_short` marks a word or two in quotation marks, which may be scare quotes ("the 'chosen' ones").
    """

    start: int
    end: int
    is_block: bool = True
    is_short: bool = False


def quotations(text: str, parent_text: str | None = None) -> list[Quotation]:
    """Every quotation in a comment: quoted lines, words in quotation marks, sentences of the parent."""
    found = [Quotation(*match.span()) for match in _LINE.finditer(text)]
    for match in _MARKED.finditer(text):
        is_short = len(match.group().split()) <= _SHORT
        found.append(Quotation(*match.span(), is_block=False, is_short=is_short))
    return found + _echoes(text, parent_text) if parent_text else found


def _echoes(text: str, parent_text: str) -> list[Quotation]:
    """Sentences that stand in the parent word for word."""
    parent, start, found = parent_text.casefold(), 0, []
    for end in sentences(text):
        sentence = text[start:end].strip().strip("\"“”'").casefold()
        if len(sentence) >= _MIN_ECHO and sentence in parent:
            found.append(Quotation(start, end))
        start = end
    return found
