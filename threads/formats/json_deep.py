"""JSON nested deeper than Python's own reader allows, about a thousand levels: replies below replies."""

from __future__ import annotations

import json
import re
from typing import Any

MOST_REPLIES = 20_000
"""Replies below one another that are read; twice what we promise for comments that point at each other."""

_MOST_LEVELS = 2 * MOST_REPLIES + 10  # an object and a list each, and a few around all
_GAP = re.compile(r"[ \t\n\r]*")
_END = {list: "]", dict: "}"}
_scalar = json.JSONDecoder().raw_decode


def loads(text: str) -> Any:
    """Return the value of a JSON text, as `json.loads` does, of any depth up to 20,000 replies.

    Raises ValueError (mostly JSONDecodeError) for what is no JSON, RecursionError for what is deeper.
    """
    try:
        return json.loads(text)
    except RecursionError:
        return loads_deep(text)


def loads_deep(text: str) -> Any:
    """Return the same without recursion, at a tenth of the speed."""
    outermost: list[Any] = []
    inside: list[Any] = [outermost]
    at = 0
    while at < len(text) or not outermost:
        at = _item(text, at, inside)
        opened = len(inside) > 1 and not inside[-1]
        if not (opened and text[_skip(text, at)] != _END[type(inside[-1])]):
            at = _leave(text, at, inside)
    return outermost[0]
