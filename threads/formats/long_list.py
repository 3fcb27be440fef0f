"""The long list of a JSON document, read item by item: an export of a chat is one object of a few names and
of millions of messages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from threads.comment import Comment, Record, Reject
from threads.formats import decode
from threads.formats.literal import literal
from threads.formats.objects import Object, mapping

_PIECE = 2**20  # characters read at a time
_GAP = re.compile(r"[\s,]*+")
_decode = json.JSONDecoder().raw_decode


class Listed(NamedTuple):
    """What an object says before its long list, and the objects of the list, to be gone through once."""

    head: Object
    items: Iterator[Object | Reject]


def numbered(
    lists: Iterable[Listed | Reject], records: Callable[[Listed], Iterator[Record]]
) -> Iterator[Record]:
    """Yield the records of each list, the comments with their place in the file, and the rejects between."""
    position = 0
    for each in lists:
        for record in [each] if isinstance(each, Reject) else records(each):
            yield replace(record, position=position) if isinstance(record, Comment) else record
            position += isinstance(record, Comment)


def listed(path: Path, name: str) -> Listed | None:
    """Return a document by its list of that name; None where the list does not begin in its first 64 KiB,
    or lies deeper than in the outermost object.
    """
    top = decode.head_text(decode.read_head(path))
    opens = re.search(rf'"{name}"\s*+:\s*+\[', top)
    if opens is None or not top.lstrip().startswith("{"):
        return None
    at = len(top) - len(top.lstrip())
    head = literal(top[at : opens.start()] + "}")
    if not head.whole or head.end != opens.start() - at + 1:
        return None
    return Listed(mapping(head.value), _items(path, opens.end()))


def _items(path: Path, start: int) -> Iterator[Object | Reject]:
    """The objects of the list that opens behind `start` characters; a Reject where it breaks off."""
    lines, text, at, passed = decode.lines(path), "", start, 0
    while True:
        gap = _GAP.match(text, at)
        at = gap.end() if gap and at < len(text) else at
        if text[at : at + 1] == "]":
            return
        try:
            item, end = _decode(text, at)
        except (ValueError, RecursionError):
            more = _piece(lines, len(text) - at)
            if not more:
                line = passed + text.count("\n", 0, at) + 1
                reason = "From here on the file is not whole JSON."
                yield Reject(line=line, reason=reason, excerpt=text[at : at + 200].strip())
                return
            # What was read is let go, save on the first round, when the list's beginning is not yet here.
            kept = min(at, len(text))
            passed += text.count("\n", 0, kept)
            text, at = text[kept:] + more, at - kept
            continue
        at = end
        if isinstance(item, dict):
            yield item


def _piece(lines: Iterator[str], least: int) -> str:
    """The next lines: a mebibyte of them, or as much as waits to be whole already, so that it doubles."""
    parts, size = list[str](), 0
    for line in lines:
        parts.append(line)
        size += len(line)
        if size >= max(_PIECE, least):
            break
    return "".join(parts)
