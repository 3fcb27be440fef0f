"""JSON of a known shape: which keys a file begins with, and its values with the damage told apart."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from threads.comment import Reject
from threads.errors import InputError
from threads.formats import decode, json_deep

Object = dict[str, Any]

_BEGINNING = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]])")
_KEY = re.compile(r'"([^"\\]{1,40})"\s*:')


class Line(NamedTuple):
    """A value and the line that it stands on, from 1."""

    number: int
    value: Any


@lru_cache(maxsize=8)
def keys(head: bytes) -> frozenset[str]:
    """The names of all values in the beginning of a JSON file; empty where it is no JSON."""
    text = decode.head_text(head)
    return frozenset(_KEY.findall(text)) if _BEGINNING.match(text) else frozenset()


def document(path: Path) -> Any:  # noqa: ANN401
    """Return the value of a JSON file. Raises InputError, with line and column, where it is damaged."""
    try:
        return json_deep.loads(decode.read_text(path))
    except (ValueError, RecursionError) as problem:
        raise InputError(f"The file {path} {reason(problem)}: export it again.") from problem


def lines(path: Path) -> Iterator[Line | Reject]:
    """Yield the value of each line that is not blank; a Reject for one that is no JSON."""
    for number, line in enumerate(decode.lines(path), 1):
        if not line.strip():
            continue
        try:
            yield Line(number, json_deep.loads(line))
        except (ValueError, RecursionError) as problem:
            yield Reject(line=number, reason=f"The line {reason(problem)}.", excerpt=line.strip()[:200])


def values(path: Path) -> Iterator[Any]:
    """Yield what a file holds, be it one document or a value a line; a line that is damaged is a Reject."""
    if not is_by_line(path):
        yield document(path)
        return
    for line in lines(path):
        yield line if isinstance(line, Reject) else line.value


def is_by_line(path: Path) -> bool:
    """Whether each line of a file is a value: the first line is whole, and another follows."""
    rows = decode.lines(path)
    first = next((line for line in rows if line.strip()), "")
    try:
        json_deep.loads(first)
    except (ValueError, RecursionError):
        return False
    return any(line.strip() for line in rows)


def reason(problem: Exception) -> str:
    """What is wrong with a JSON text, as the end of a sentence."""
    if isinstance(problem, RecursionError):
        return f"nests too deeply to be read: replies may stand {json_deep.MOST_REPLIES:,} levels deep"
    if isinstance(problem, json.JSONDecodeError):
        return f"is not whole JSON at line {problem.lineno}, column {problem.colno} ({problem.msg})"
    return f"is not JSON that can be read ({problem})"


def objects(value: object) -> list[Object]:
    """The objects in a list; none where it is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def inside(value: object, *names: str) -> Any:  # noqa: ANN401
    """What stands below names in nested objects; None where one of them is missing."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value
