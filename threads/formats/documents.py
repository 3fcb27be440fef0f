"""The JSON values in a file: a document, a value a line, or literals in a script; damage is told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from threads.comment import Reject
from threads.errors import InputError
from threads.formats import bounded_yaml, decode, json_deep
from threads.formats.literal import literal
from threads.formats.objects import Object, found, mapping, mappings, words

SCRIPTS = frozenset({".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx"})
RECORDED = "interactions:"
"""How a session with an interface begins that was recorded as YAML (by VCR and its kin)."""
CERTAIN = 0.99
"""What a format claims that knows a file by its marks; JSON in general claims 0.97 at most."""

_LINES = frozenset({".jsonl", ".ndjson"})
_OPENS = re.compile(r"(?:\bdefault|\breturn|[=(])\s{0,200}(?=[\[{]\s{0,200}[\"'\w{\[])")
_BEFORE = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_MOST_LITERALS = 200


class Value(NamedTuple):
    """A value and the line on which it stands, where each line holds one."""

    value: Any
    line: int | None = None


def sureness(head: bytes, path: Path, knows: Callable[[Object], bool]) -> float:
    """How sure a format is of a file: CERTAIN where it knows an object in its beginning, else 0."""
    suffix = path.suffix.casefold()
    if suffix not in SCRIPTS and head.lstrip(_BEFORE)[:1] not in (b"[", b"{"):
        return 0.0
    begins = _beginnings(head, suffix)
    return CERTAIN if any(True for value in begins for _ in found(value, knows)) else 0.0


def known(path: Path, knows: Callable[[Object], bool]) -> Iterator[Object | Reject]:
    """Yield the objects of a file that a format knows, in its order, and a Reject where it is damaged.

    Raises InputError, with the place, where nothing of it can be read.
    """
    for value in values(path):
        if isinstance(value, Reject):
            yield value
        else:
            yield from found(value.value, knows)


@lru_cache(maxsize=2)
def _beginnings(head: bytes, suffix: str) -> tuple[Any, ...]:
    """The values that a file begins with, the last as far as the head goes; a folder asks every format."""
    text = decode.head_text(head).lstrip()
    if text[:1] in ("{", "["):
        return (literal(text).value,)
    return tuple(each.value for each in _in_script(text)) if suffix in SCRIPTS else ()


def values(path: Path) -> Iterator[Value | Reject]:
    """Yield each value of a file, and a Reject where a line or the rest of the file cannot be read.

    Raises InputError, with the place, where nothing of it can.
    """
    suffix = decode.plain(path).suffix.casefold()
    if suffix in _LINES or _has_lines(decode.head_text(decode.read_head(path))):
        yield from _of_lines(path)
        return
    text = decode.read_text(path)
    if text.startswith(RECORDED):
        yield from _recorded(text, path)
        return
    if suffix in SCRIPTS and text.lstrip()[:1] not in ("{", "["):
        yield from _in_script(text)
        return
    try:
        yield Value(json_deep.loads(text))
    except RecursionError as problem:
        most = f"replies may stand {json_deep.MOST_REPLIES:,} levels deep"
        raise InputError(f"The file {path} nests too deeply to be read: {most}.") from problem
    except ValueError as problem:
        yield from _as_far_as_whole(text, path, problem)


def _as_far_as_whole(text: str, path: Path, problem: ValueError) -> Iterator[Value | Reject]:
    begun = literal(text, len(text) - len(text.lstrip()))
    line = text.count("\n", 0, begun.end) + 1
    if not begun.value or not isinstance(begun.value, dict | list):
        told = problem.msg if isinstance(problem, json.JSONDecodeError) else "a number is too long"
        sentence = f"The file {path} is not whole JSON: line {line} cannot be read ({told})."
        raise InputError(sentence) from problem
    yield Value(begun.value)
    if not begun.whole:
        column = begun.end - text.rfind("\n", 0, begun.end)
        yield Reject(
            line=line,
            reason=f"From here on the file is not whole JSON (line {line}, column {column}).",
            excerpt=text[begun.end : begun.end + 200],
        )


def _of_lines(path: Path) -> Iterator[Value | Reject]:
    whole = False
    for number, line in enumerate(decode.lines(path), 1):
        if not line.strip():
            continue
        try:
            value = json_deep.loads(line)
        except (ValueError, RecursionError):
            reason = "The line is not whole JSON."
            yield Reject(line=number, reason=reason, excerpt=line.strip()[:200])
            continue
        whole = True
        yield Value(value, number)
    if not whole:
        raise InputError(f"No line of the file {path} is whole JSON.")


def _has_lines(head: str) -> bool:
    """Whether a value ends with the first line and another begins behind it."""
    first, _, rest = head.lstrip().partition("\n")
    if first[:1] not in ("{", "[") or rest.lstrip()[:1] not in ("{", "["):
        return False
    try:
        json_deep.loads(first)
    except (ValueError, RecursionError):
        return False
    return True


def _in_script(text: str) -> Iterator[Value]:
    """Lists and objects that a script assigns, exports, returns or hands over, from the outermost in."""
    at = 0
    for _ in range(_MOST_LITERALS):
        opens = _OPENS.search(text, at)
        if opens is None:
            return
        read = literal(text, opens.end())
        if read.value and isinstance(read.value, dict | list):
            yield Value(read.value)
        at = max(read.end, opens.end() + 1)


def _recorded(text: str, path: Path) -> Iterator[Value]:
    """The answers of a recorded session that are JSON."""
    try:
        session = mapping(bounded_yaml.load(text))
    except ValueError as problem:
        raise InputError(f"The file {path} {problem}.") from problem
    for exchange in mappings(session.get("interactions")):
        body = mapping(mapping(exchange.get("response")).get("body")).get("string")
        try:
            yield Value(json_deep.loads(words(body)))
        except (ValueError, RecursionError):
            continue
