"""A talk page of a wiki in its own markup: headings, colons and stars for indentation, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from threads.comment import Comment, Page, Record, comment_hash
from threads.files import decode
from threads.formats.base import PERSON
from threads.formats.wikitext_signatures import Signature, signature

name = "wikitext"
title = "Wikipedia talk pages (wikitext)"
keeps = "parents by indentation, authors and times of the signatures"
identifies = PERSON

_HEADING = re.compile(r"^(={1,6})[ \t]*(\S.{0,400}?)[ \t]*\1[ \t]*$")
_INDENT = re.compile(r"[:*#;]*")
_OUTDENT = re.compile(
    r"[:*# ]*\{\{\s*(?:outdent|od|undent|unindent|retour|rücken|-?ausrücken)\b[^{}]{0,80}\}\}", re.IGNORECASE
)
_TEMPLATE = re.compile(
    r"\s*+(?:(?:\{\{[^{}]{0,2000}\}\}\s*+)++|(?:\[\[[^\[\]]{0,300}\]\]\s*+)++|-{4,}+|__\w+__)$"
)
_CITED = re.compile(
    r"\{\{\s*+(?:tq|tqb|tqq|talkquote|talk quote|xt)\s*+\|\s*+(?:1=)?([^{}|]{1,2000})(?:\|[^{}]{0,200})?\}\}",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\{\{\s*+(?:ping2?|re|reply(?:[ _]?to)?|yo|notif|@)\s*+\|\s*+(?:1=)?"
    r"([^{}|]{1,120})(?:\|[^{}]{0,200})?\}\}",
    re.IGNORECASE,
)
_PAGES = frozenset({".wiki", ".wikitext", ".mediawiki", ".mw"})
_LEAST = 2  # signatures in the beginning of a file that is not called a wiki page


def sniff(head: bytes, path: Path) -> float:
    """Likely where lines end in signatures: a link to a user, then a time with its zone."""
    text = decode.head_text(head)
    if text.lstrip()[:1] in ("", "<") or re.match(r'\s*(?:\{\s*"|\{\s*\}|\[\s*[{"\]])', text):
        return 0.0
    signed = sum(1 for line in text.splitlines() if signature(line) is not None)
    if path.suffix.casefold() in _PAGES:
        return 0.99 if signed else 0.3
    return 0.96 if signed >= _LEAST else 0.0


def read(path: Path) -> Iterator[Record]:
    """Yield a page for each section and its comments; what is written behind the last signature has no
    author. A comment answers the nearest one above that is indented less.
    """
    text = decode.read_text(path)
    mark = f"{decode.plain(path).stem}-{comment_hash(text)}"
    heading, lines, count, position = "", list[str](), 0, 0
    for line in [*_without_notes(text).splitlines(), None]:
        opens = _HEADING.match(line) if line is not None else None
        if line is None or (opens and len(opens[1]) <= 2):
            thread = f"{mark}#{count}"
            comments = list(_Section(thread, heading or None, position).comments(lines))
            if comments:
                yield Page(thread_id=thread, title=heading or None)
                yield from comments
                position += len(comments)
            heading, lines, count = opens[2] if opens else "", [], count + 1
        else:
            lines.append(line)


@dataclass(slots=True)
class _Section:
    """The comments of one section while they are read; `above` are those that one may still answer."""

    thread: str
    heading: str | None
    position: int
    above: list[tuple[int, str]] = field(default_factory=list)
    count: int = 0

    def comments(self, lines: list[str]) -> Iterator[Comment]:
        words: list[str] = []
        for line in lines:
            if _HEADING.match(line):  # of a part of the section: what follows answers nothing before it
                yield from self._unsigned(words)
                words, self.above = [], []
                continue
            if not words and not line.strip():
                continue
            words.append(line)
            signed = signature(line)
            if signed is not None:
                words[-1] = line[: signed.start]
                yield self._comment(words, signed)
                words = []
        yield from self._unsigned(words)

    def _unsigned(self, words: list[str]) -> Iterator[Comment]:
        written = [line for line in words if not _TEMPLATE.match(line)]
        if any(line.strip() for line in written):
            yield self._comment(written, None)

    def _comment(self, words: list[str], signed: Signature | None) -> Comment:
        self.count += 1
        own = f"{self.thread}.{self.count}"
        indent = len(_indent(words[0]))
        parent = self._parent(words[0], indent)
        self.above.append((indent, own))
        return Comment(
            text=_text(words),
            thread_id=self.thread,
            position=self.position + self.count - 1,
            native_id=own,
            parent_native_id=parent,
            author=signed.author if signed else None,
            created=signed.created if signed else None,
            created_text=signed.created_text if signed and signed.created is None else None,
            title=self.heading,
            indent=indent,
        )

    def _parent(self, first: str, indent: int) -> str | None:
        """The comment answered; a line that says that it moves out answers the one right above."""
        if _OUTDENT.match(first) and self.above:
            last = self.above[-1][1]
            self.above = [(indent - 1, last)]
        while self.above and self.above[-1][0] >= indent:
            self.above.pop()
        return self.above[-1][1] if self.above else None


def _indent(line: str) -> str:
    found = _INDENT.match(line)
    return found[0] if found else ""


def _text(lines: list[str]) -> str:
    """The lines without their indentation; what a template or tag sets off as quoted is marked so."""
    text = "\n".join(line[len(_indent(line)) :].strip() for line in lines)
    outdent = _OUTDENT.match(text)
    text = _CITED.sub(r'"\1"', text[outdent.end() if outdent else 0 :].lstrip())
    text = _CALLED.sub(lambda found: f"@{found[1].strip()}", text)
    parts = re.split(r"(?i)</?blockquote\b[^<>]{0,200}>", text)
    for place in range(1, len(parts), 2):
        parts[place] = "\n" + "\n".join(f"> {line}" for line in parts[place].strip().split("\n")) + "\n"
    return "".join(parts).strip()


def _without_notes(text: str) -> str:
    """The text without what is hidden between <!-- and -->."""
    parts, at = list[str](), 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[at:start])
        at = end + 3
    return "".join((*parts, text[at:]))
