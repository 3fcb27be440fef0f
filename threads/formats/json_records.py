"""JSON: an object a line, or a document, flat or with replies inside the comments they answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from threads.comment import Record, Reject
from threads.errors import InputError
from threads.files import decode, documents
from threads.files.json_walk import Walk
from threads.files.taken import Taken
from threads.formats.base import PERSON

KEEPS = "whatever the objects name: ids, parents, authors, times, likes, links; replies inside comments"

_SINGLE = {
    int: "a single number",
    float: "a single number",
    str: "a single piece of text",
    bool: "a single true or false",
    type(None): "null",
}


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
        return 0.9 if text.startswith("{") and documents.is_by_line(text.split("\n")) else 0.0

    def taken(self, path: Path) -> Taken:
        """What the names in the first lines were taken for."""
        return _taken(path, self.columns)

    def read(self, path: Path) -> Iterator[Record]:
        """Yield what each line holds; a line that is no JSON is a reject. Raises InputError if all are."""
        walk = Walk(decode.plain(path).stem, self.columns)
        for each in documents.lines(path):
            yield from [each] if isinstance(each, Reject) else walk.records(each.value, line=each.line)
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
        return 0.6 if documents.begins(head) else 0.0

    def taken(self, path: Path) -> Taken:
        """What the names at the beginning of the document were taken for."""
        return _taken(path, self.columns)

    def read(self, path: Path) -> Iterator[Record]:
        """Yield the comments of the document, and of one that breaks off what is whole.

        Raises InputError, with line and column, where the document cannot be read.
        """
        walk = Walk(decode.plain(path).stem, self.columns)
        for each in documents.values(path):
            if isinstance(each, Reject):
                yield each
                continue
            if each.line is None and not isinstance(each.value, list | dict):
                raise InputError(f"The file {path} holds no comments: it is {_SINGLE[type(each.value)]}.")
            for item in each.value if isinstance(each.value, list) else [each.value]:
                yield from walk.records(item, line=each.line)
        walk.require_text(path)


def _taken(path: Path, columns: Mapping[str, str]) -> Taken:
    walk = Walk("", columns)
    for value in documents.beginnings(path):
        for item in value if isinstance(value, list) else [value]:
            for _ in walk.records(item, line=None):
                pass
    return walk.taken()


JSON_LINES, JSON = JsonLines(), JsonDocument()
