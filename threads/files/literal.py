"""Values written as JSON or as a script's literals, whole or broken off, read without recursion.

Saved answers of an API often lie in a script (`module.exports = {...}`), with names unquoted, comments,
commas too many; and the first 64 KiB of a file end in the middle of a value. Nothing is executed.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

MOST_LEVELS = 40_010  # as deep as json_deep reads: 20,000 replies, an object and a list each

_GAP = re.compile(r"(?:[\s,;]|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)*+")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)"|\'((?:[^\'\\]|\\.)*+)\'|`((?:[^`\\]|\\.)*+)`', re.S)
_NUMBER = re.compile(r"-?(?:\d++(?:\.\d++)?(?:[eE][+-]?\d++)?)(?![\w.])")
_NAME = re.compile(r"[A-Za-z_$][\w$]*+")
_COLON = re.compile(r"\s*+:")
_PLUS = re.compile(r"\s*+\+\s*+(?=[\"'`])")
_DATE = re.compile(r"new\s++Date\(\s*+(?=[\"'`\d])")
_CLOSES = re.compile(r"\s*+(?:\*\s*+1000\s*+)?\)")  # seconds, made milliseconds
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.S)
_SHORT = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "", "\n": "", "\r\n": ""}
_WORDS = {"true": True, "false": False, "null": None, "undefined": None, "NaN": None}
_LONGEST_NUMBER = 400


class Literal(NamedTuple):
    """A value, where it ends in the text, and how many levels are open there; 1 where nothing opened."""

    value: Any
    end: int
    open: int

    @property
    def whole(self) -> bool:
        """Whether all that opened has closed."""
        return self.open == 0


class _BreaksOff(Exception):
    """The text ends here, or goes on as no value does."""


def literal(text: str, at: int = 0) -> Literal:
    """Read the object or list that opens at a place, as far as it goes; an empty list where none does."""
    outermost: list[Any] = []
    inside: list[Any] = [outermost]
    try:
        while True:
            at = _skip(text, at)
            if text[at : at + 1] in ("}", "]") and len(inside) > 1:
                inside.pop()
                at += 1
            else:
                at = _member(text, at, inside)
            if len(inside) == 1:
                return Literal(outermost[0], at, 0)
    except _BreaksOff:
        return Literal(outermost[0] if outermost else [], at, max(len(inside) - 1, 1))


def _member(text: str, at: int, inside: list[Any]) -> int:
    """Read one member of the innermost list or object, and open it where it is one itself."""
    into, key = inside[-1], None
    start = at
    if isinstance(into, dict):
        key, start = _key(text, at)
    value, end = _begin(text, start)
    if key is None:
        into.append(value)
    else:
        into[key] = value
    if isinstance(value, list | dict):
        if len(inside) >= MOST_LEVELS:
            raise _BreaksOff
        inside.append(value)
    elif len(inside) == 1:
        raise _BreaksOff
    return end


def _key(text: str, at: int) -> tuple[str, int]:
    if name := _NAME.match(text, at) or _NUMBER.match(text, at):
        key, end = name[0], name.end()
    else:
        key, end = _string(text, at)
    colon = _COLON.match(text, end)
    if colon is None:
        raise _BreaksOff
    return key, _skip(text, colon.end())


def _begin(text: str, at: int) -> tuple[Any, int]:
    """The scalar at a place, or an empty list or object where one opens, and where what follows begins."""
    match text[at : at + 1]:
        case "{":
            return {}, at + 1
        case "[":
            return [], at + 1
        case '"' | "'" | "`":
            return _strings(text, at)
    if number := _NUMBER.match(text, at):
        return _number(number[0]), number.end()
    if date := _DATE.match(text, at):
        value, end = _begin(text, date.end())
        closes = _CLOSES.match(text, end)
        return value, closes.end() if closes else end
    name = _NAME.match(text, at)
    if name and name[0] in _WORDS:
        return _WORDS[name[0]], name.end()
    raise _BreaksOff


def _strings(text: str, at: int) -> tuple[str, int]:
    """A piece of text, and those that are added to it with a plus."""
    value, end = _string(text, at)
    parts = [value]
    while plus := _PLUS.match(text, end):
        value, end = _string(text, plus.end())
        parts.append(value)
    return "".join(parts), end


def _string(text: str, at: int) -> tuple[str, int]:
    found = _STRING.match(text, at)
    if found is None:
        raise _BreaksOff
    body = found[found.lastindex or 1]
    return (_ESCAPE.sub(_unescaped, body) if "\\" in body else body), found.end()


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code:
        return chr(int(code, 16)) if int(code, 16) < 0x110000 else "\ufffd"
    return _SHORT.get(found[4], found[4])


def _number(digits: str) -> int | float | None:
    if len(digits) > _LONGEST_NUMBER:
        return None
    return int(digits) if digits.lstrip("-").isdecimal() else float(digits)


def _skip(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at
