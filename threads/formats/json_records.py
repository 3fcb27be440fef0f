"""JSON: an object a line, or a document, flat or with replies inside the comments they answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from threads.comment import Record, Reject
from threads.errors import InputError
from threads.formats import decode, json_deep
from threads.formats.base import PERSON
from threads.formats.json_walk import Walk

KEEPS = "whatever the objects name: ids, parents, authors, times, likes, links; replies inside comments"

_BEGINNING = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{])")
_SINGLE = {
    int: "a single number",
    float: "a single number",
    str: "a single piece of text",
    bool: "a single true or false",
    type(None): "null",
}
_OPEN, _COMMA = re.compile(r"\s*\[\s*"), re.compile(r"\s*,\s*")


@dataclass(frozen=True)
class JsonLines:
    """One JSON value a line: a comment, or a page with its comments. Streams."""

    name: str = "jsonl"
    title: str = "JSON Lines"
    keeps: str = KEEPS
    identifies: tuple[str, ...] = PERSON
    columns: Mapping[str, str] = field(default_factory=dict)

    def sniff(self, head: bytes, path: Path) -> float:
        """Certain by its suffix; else likely where the first two lines are an object each."""
        text = decode.head_text(head).lstrip()
        if path.suffix.casefold() in {".jsonl", ".ndjson"}:
            return 0.97 if text else 0.0
        first, _, rest = text.partition("\n")
        return 0.9 if text.startswith("{") and _is_json(first) and rest.lstrip().startswith("{") else 0.0

    def read(self, path: Path) -> Iterator[Record]:
        """Yield what each line holds; a line that is no JSON is a reject. Raises InputError if all are."""
        walk, whole = Walk(decode.plain(path).stem, self.columns), False
        for number, line in enumerate(decode.lines(path), 1):
            if not line.strip():
                continue
            try:
                value = json_deep.loads(line)
            except (ValueError, RecursionError) as problem:
                reason = f"The line {_reason(problem, in_line=True)}."
                yield Reject(line=number, reason=reason, excerpt=line.strip()[:200])
                continue
            whole = True
            yield from walk.records(value, line=number)
        if not whole:
            raise InputError(f"No line of the file {path} is whole JSON.")
        walk.require_text(path)


@dataclass(frozen=True)
class JsonDocument:
    """One JSON value a file: a list of comments, or whatever has them inside."""

    name: str = "json"
    title: str = "JSON"
    keeps: str = KEEPS
    identifies: tuple[str, ...] = PERSON
    columns: Mapping[str, str] = field(default_factory=dict)

    def sniff(self, head: bytes, path: Path) -> float:
        """Certain by its suffix; else likely where an object or a list of such opens the file."""
        if path.suffix.casefold() == ".json":
            return 0.95 if decode.encoding_of(head) else 0.0
        return 0.6 if _BEGINNING.match(decode.head_text(head)) else 0.0

    def read(self, path: Path) -> Iterator[Record]:
        """Yield the comments of the document, and of a list that breaks off what is whole.

        Raises InputError, with line and column, where the document cannot be read.
        """
        text, walk = decode.read_text(path), Walk(decode.plain(path).stem, self.columns)
        try:
            document = json_deep.loads(text)
        except (ValueError, RecursionError) as problem:
            items = _whole_items(text)
            if not items:
                raise InputError(f"The file {path} {_reason(problem)}.") from problem
            for item in items:
                yield from walk.records(item, line=None)
            yield Reject(
                line=getattr(problem, "lineno", None), reason=f"From here on the file {_reason(problem)}."
            )
        else:
            if not isinstance(document, list | dict):
                raise InputError(f"The file {path} holds no comments: it is {_SINGLE[type(document)]}.")
            for item in document if isinstance(document, list) else [document]:
                yield from walk.records(item, line=None)
        walk.require_text(path)


def _reason(problem: Exception, *, in_line: bool = False) -> str:
    if isinstance(problem, RecursionError):
        return f"nests too deeply to be read: replies may stand {json_deep.MOST_REPLIES:,} levels deep"
    if isinstance(problem, json.JSONDecodeError) and in_line:
        return f"is not whole JSON (column {problem.colno})"
    if isinstance(problem, json.JSONDecodeError):
        return f"is not whole JSON at line {problem.lineno}, column {problem.colno} ({problem.msg})"
    return f"is not JSON that can be read ({problem})"


def _whole_items(text: str) -> list[Any]:
    """The items at the front of a list that is damaged or breaks off further on."""
    decoder, items = json.JSONDecoder(), []
    gap = _OPEN.match(text)
    while gap:
        try:
            item, end = decoder.raw_decode(text, gap.end())
        except (ValueError, RecursionError):
            break
        items.append(item)
        gap = _COMMA.match(text, end)
    return items


def _is_json(line: str) -> bool:
    try:
        json_deep.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


JSON_LINES, JSON = JsonLines(), JsonDocument()
