"""JSON nested deeper than Python's own reader allows, about a thousand levels: replies below replies."""

from __future__ import annotations

import json
import re
from typing import Any

MOST_REPLIES = 20_000
"""Replies below one another that are read; twice what we promise for comments that point at each other."""

_MOST_LEVELS = 2 * MOST_REPLIES + 10  # an object and a list each, and a few around all
_GAP = re.compile(r"[ \t\n\r]*")
_END: dict[type, str] = {list: "]", dict: "}"}
_scalar = json.JSONDecoder().raw_decode


def loads(text: str) -> Any:  # noqa: ANN401
    """Return the value of a JSON text, as `json.loads` does, of any depth up to 20,000 replies.

    Raises ValueError (mostly JSONDecodeError) for what is no JSON, RecursionError for what is deeper.
    """
    try:
        return json.loads(text)
    except RecursionError:
        return loads_deep(text)


def loads_deep(text: str) -> Any:  # noqa: ANN401
    """Return the same without recursion, which takes longer."""
    outermost: list[Any] = []
    inside: list[Any] = [outermost]
    at = 0
    while inside:
        key, at = _key(text, at) if isinstance(inside[-1], dict) else (None, _skip(text, at))
        value, at = _begin(text, at)
        if key is None:
            inside[-1].append(value)
        else:
            inside[-1][key] = value
        if isinstance(value, list | dict):
            inside.append(value)
            if len(inside) > _MOST_LEVELS:
                raise RecursionError
            if text[at : at + 1] != _END[type(value)]:
                continue
        at = _leave(text, at, inside)
    return outermost[0]


def _begin(text: str, at: int) -> tuple[Any, int]:
    """The scalar at a place, or an empty list or object where one opens, and where what follows begins."""
    match text[at : at + 1]:
        case "[":
            return [], _skip(text, at + 1)
        case "{":
            return {}, _skip(text, at + 1)
    return _scalar(text, at)


def _key(text: str, at: int) -> tuple[str, int]:
    """The name of an object's next value, and where the value begins."""
    at = _skip(text, at)
    if text[at : at + 1] != '"':
        raise json.JSONDecodeError("Expecting property name enclosed in double quotes", text, at)
    key, at = _scalar(text, at)
    at = _skip(text, at)
    if text[at : at + 1] != ":":
        raise json.JSONDecodeError("Expecting ':' delimiter", text, at)
    return key, _skip(text, at + 1)


def _leave(text: str, at: int, inside: list[Any]) -> int:
    """Close all that ends behind a value and step over the comma; `inside` is empty at the text's end."""
    at = _skip(text, at)
    while len(inside) > 1 and text[at : at + 1] == _END[type(inside[-1])]:
        inside.pop()
        at = _skip(text, at + 1)
    if len(inside) > 1:
        if text[at : at + 1] != ",":
            raise json.JSONDecodeError("Expecting ',' delimiter", text, at)
        return at + 1
    if at < len(text):
        raise json.JSONDecodeError("Extra data", text, at)
    inside.pop()
    return at


def _skip(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at
