"""The JSON values in a file: a document, a value a line, or literals in a script; damage is told."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from threads.comment import Reject
from threads.errors import InputError
from threads.files import bounded_yaml, decode, json_deep
from threads.files.literal import Literal, literal
from threads.files.objects import Object, found, mapping, mappings, words

SCRIPTS = frozenset({".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx"})
RECORDED = "interactions:"
"""How a session with an interface begins that was recorded as YAML (by VCR and its kin)."""
CERTAIN = 0.99
"""What a format claims that knows a file by its marks; JSON in general claims 0.97 at most."""

_LINES = frozenset({".jsonl", ".ndjson"})
_BEGINNING = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{])")
_KEY = re.compile(r'"([^"\\]{1,40})"\s*:')
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


def begins(head: bytes) -> bool:
    """Whether a file opens like a JSON object, or a list of objects or lists."""
    return _BEGINNING.match(decode.head_text(head)) is not None


@lru_cache(maxsize=8)
def keys(head: bytes) -> frozenset[str]:
    """The names of all values in the beginning of a JSON file; empty where it is no JSON."""
    return frozenset(_KEY.findall(decode.head_text(head))) if begins(head) else frozenset()


def beginnings(path: Path) -> list[Any]:
    """The values that a file begins with, as far as they are whole within its first 64 KiB."""
    text = decode.head_text(decode.read_head(path))
    rows = [row for row in text.split("\n") if row.strip()]
    suffix = decode.plain(path).suffix.casefold()
    parts = rows if suffix in _LINES or is_by_line(rows) else [text]
    return [_without_half_an_item(literal(part, len(part) - len(part.lstrip()))) for part in parts]


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
    if suffix in _LINES or is_by_line(decode.lines(path)):
        yield from lines(path)
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
    except (ValueError, RecursionError) as problem:
        yield from _as_far_as_whole(text, path, problem)


def lines(path: Path) -> Iterator[Value | Reject]:
    """Yield the value of each line that is not blank, and a Reject for one that is not whole JSON.

    Raises InputError where none is.
    """
    whole = False
    for number, line in enumerate(decode.lines(path), 1):
        if not line.strip():
            continue
        try:
            value = json_deep.loads(line)
        except (ValueError, RecursionError) as problem:
            reason = f"The line {_fault(problem, in_line=True)}."
            yield Reject(line=number, reason=reason, excerpt=line.strip()[:200])
            continue
        whole = True
        yield Value(value, number)
    if not whole:
        raise InputError(f"No line of the file {path} is whole JSON.")


def is_by_line(rows: Iterable[str]) -> bool:
    """Whether the lines are a value each: the first is a whole object or list, and another follows."""
    said = (row for row in rows if row.strip())
    first, another = next(said, "").lstrip(), next(said, None)
    if another is None or first[:1] not in ("{", "["):
        return False
    try:
        json_deep.loads(first)
    except (ValueError, RecursionError):
        return False
    return True


def _as_far_as_whole(text: str, path: Path, problem: Exception) -> Iterator[Value | Reject]:
    """What a damaged document holds, without the item of a list in which it breaks off."""
    begun = literal(text, len(text) - len(text.lstrip()))
    value = _without_half_an_item(begun)
    if isinstance(problem, RecursionError) or next(found(value, _says_something), None) is None:
        raise InputError(f"The file {path} {_fault(problem)}.") from problem
    yield Value(value)
    rest = text[begun.end :].strip()
    if not begun.whole or rest:
        line, column = text.count("\n", 0, begun.end) + 1, begun.end - text.rfind("\n", 0, begun.end)
        reason = f"From here on the file is not whole JSON (line {line}, column {column})."
        yield Reject(line=line, reason=reason, excerpt=rest[:200])


def _without_half_an_item(begun: Literal) -> Any:  # noqa: ANN401
    """The value so far; an object in a list goes that is still open, save where it has whole ones inside."""
    within: list[Any] | None = None
    here = begun.value
    for _ in range(begun.open - 1):
        last = here[-1] if isinstance(here, list) else next(reversed(here.values()))
        within, here = (here if isinstance(here, list) else within), last
    if within is not None and next(found({"": within[-1]}, _lists_objects), None) is None:
        within.pop()
    return begun.value


def _lists_objects(value: Object) -> bool:
    return any(mappings(each) for each in value.values())


def _says_something(value: Object) -> bool:
    return any(not isinstance(each, dict | list) for each in value.values())


def _fault(problem: Exception, *, in_line: bool = False) -> str:
    """What is wrong with a JSON text, as the end of a sentence."""
    if isinstance(problem, RecursionError):
        return f"nests too deeply to be read: replies may stand {json_deep.MOST_REPLIES:,} levels deep"
    if not isinstance(problem, json.JSONDecodeError):
        return f"is not JSON that can be read ({problem})"
    if in_line:
        return f"is not whole JSON (column {problem.colno})"
    where = f"line {problem.lineno}, column {problem.colno}"
    return f"is not whole JSON at {where} ({problem.msg}): export it again"


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
