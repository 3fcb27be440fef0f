"""The long lists of a JSON document, read item by item: an export of chats is a few names and millions of
messages. What is damaged is stepped over, by looking for where the next item begins.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TextIO

from threads.comment import Comment, Record, Reject
from threads.files import decode, documents
from threads.files.literal import literal
from threads.files.objects import Object, mapping, mappings

_PIECE = 2**17  # characters read at a time; where an error lies costs as much to tell as stands before it
_LONGEST = 2**25  # characters of one item: what is longer is damaged, or no message
_MENDED = 2**18  # characters of an item that is read once more, mended
_HEAD = 2**16  # characters before a list in which the object that holds it begins
_MOST_OPENS = 200  # places in these where that object may begin
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|.)", re.DOTALL)
_GAP = re.compile(r"[\s,]*+")
_decode = json.JSONDecoder(strict=False).raw_decode


def _each_once(members: list[tuple[str, object]]) -> dict[str, object]:
    if len(dict(members)) < len(members):
        raise KeyError
    return dict(members)


_decode_once = json.JSONDecoder(strict=False, object_pairs_hook=_each_once).raw_decode


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


def lists(
    path: Path, name: str, begins: str, opens: Callable[[Object], bool], knows: Callable[[Object], bool]
) -> Iterator[Listed | Reject]:
    """Yield each list of that name with what its object says, in constant memory where that stands before it.

    `begins` is a pattern of how an item begins, which nothing inside of one matches: behind a damaged item
    the next is found by it. `opens` knows an object by what stands before the list, `knows` by all of it.
    Raises InputError where nothing can be read.
    """
    none = True
    for each in _one_by_one(path, name, begins, opens):
        none = False
        yield each
    if none:
        for value in documents.known(path, knows):
            yield value if isinstance(value, Reject) else Listed(value, iter(mappings(value.get(name))))


def _one_by_one(path: Path, name: str, begins: str, opens: Callable[[Object], bool]) -> Iterator[Listed]:
    encoding = decode.encoding_of(decode.read_head(path)) or "utf-8"
    errors = "threads.windows-1252" if encoding == "utf-8" else "replace"
    with io.TextIOWrapper(decode.open_binary(path), encoding, errors, newline="") as stream:
        window = _Window(stream, name, begins)
        while (head := window.next_head()) is not None:
            if opens(head):
                items = window.items()
                yield Listed(head, items)
                for _ in items:  # what the caller left
                    pass


class _Window:
    """A window of the text that moves on; `at` is the place in it that was reached."""

    def __init__(self, stream: TextIO, name: str, begins: str) -> None:
        self._stream = stream
        self._list = re.compile(rf'"{name}"\s*+:\s*+\[')
        self._item_begins = re.compile(begins)
        self._next = re.compile(rf"(?P<item>{begins})|{self._list.pattern}")
        self._text, self._at = "", 0
        self._lines, self._counted = 0, 0  # line ends before a place in the text

    def next_head(self) -> Object | None:
        """Go behind where the next list opens, and say what its object holds before; None at the end."""
        while (opens := self._list.search(self._text, self._at)) is None:
            self._at = max(self._at, len(self._text) - _HEAD)
            if not self._more():
                return None
        before = self._text[max(self._at, opens.start() - _HEAD) : opens.start()]
        self._at = opens.end()
        return _enclosing(before)

    def items(self) -> Iterator[Object | Reject]:
        """The objects of the list that was opened; a Reject for each place that cannot be read."""
        number = 0
        while self._goes_on():
            number += 1
            item = self._item()
            if item is not None:
                yield item
                continue
            line, excerpt = self._line(), self._text[self._at : self._at + 200].strip()
            behind = self._resume()
            if behind is None:
                reason = f"Message {number} is not whole JSON and none follows: here the file breaks off."
                yield Reject(line=line, reason=reason, excerpt=excerpt)
                return
            reason = f"Message {number} is not whole JSON; reading goes on with the next."
            yield Reject(line=line, reason=reason, excerpt=excerpt)
            if not behind["item"]:
                return

    def _goes_on(self) -> bool:
        """Whether an item follows, or what is left of one; steps over the end of the list."""
        while True:
            self._at = self._gap(self._at)
            if self._at < len(self._text) or not self._more():
                break
        if self._text[self._at : self._at + 1] != "]":
            return True
        if len(self._text) - self._at < _HEAD:
            self._more()
        behind = self._next.search(self._text, self._at, self._at + _HEAD)
        if behind and behind["item"]:  # a bracket that a damaged item has left
            return True
        self._at += 1
        return False

    def _item(self) -> Object | None:
        """The item here; None where it is damaged, which it is when the next begins before it ends."""
        while True:
            try:
                item, end = _decode(self._text, self._at)
            except (ValueError, RecursionError):
                behind = self._next.search(self._text, self._at + 1)
                if behind is None and len(self._text) - self._at < _LONGEST and self._more():
                    continue
                return self._mended(behind.start() if behind else len(self._text))
            if self._gap(end) == len(self._text) and self._more():
                continue
            if not isinstance(item, dict) or self._is_torn(end):
                return None
            self._at = end
            return item

    def _is_torn(self, end: int) -> bool:
        """Whether what reads as one holds another, or closed too early: then its names come twice."""
        if self._item_begins.search(self._text, self._at + 1, end):
            return True
        if self._text[self._gap(end) : self._gap(end) + 1] in ("{", "]", ""):
            return False
        try:
            _decode_once(self._text, self._at)
        except KeyError:
            return True
        return False

    def _mended(self, end: int) -> Object | None:
        r"""The item as it was meant: Telegram writes "\x0B", which JSON does not know. None for damage."""
        written = self._text[self._at : min(end, self._at + _MENDED)]
        known = _ESCAPE.sub(lambda found: rf"\u00{found[1]}" if found[1] else found[0], written)
        try:
            item, behind = _decode(known)
        except (ValueError, RecursionError):
            return None
        if not isinstance(item, dict):
            return None
        self._at += len(written) - (len(known) - behind)  # what follows the item was not changed
        return item

    def _resume(self) -> re.Match[str] | None:
        """Go to where the next item begins, or stay before the next list; None where there is neither."""
        self._at += 1
        while (behind := self._next.search(self._text, self._at)) is None:
            self._at = max(self._at, len(self._text) - _HEAD)
            if not self._more():
                return None
        if behind["item"]:
            self._at = behind.start()
        return behind

    def _gap(self, at: int) -> int:
        gap = _GAP.match(self._text, at)
        return gap.end() if gap else at

    def _line(self) -> int:
        """The line of the place that was reached, from 1; it never goes back."""
        self._lines += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._lines + 1

    def _more(self) -> bool:
        """Read on, as much as waits to be whole already, so that it doubles; False at the end."""
        piece = self._stream.read(max(_PIECE, len(self._text) - self._at))
        self._line()
        self._text, self._at, self._counted = self._text[self._at :] + piece.replace("\0", ""), 0, 0
        return bool(piece)


def _enclosing(before: str) -> Object:
    """The object that is open at the end of a text; an empty one where none can be read."""
    end = len(before)
    for _ in range(_MOST_OPENS):
        end = before.rfind("{", 0, end)
        if end < 0:
            break
        read = literal(before[end:] + "}")
        if read.whole and read.end == len(before) - end + 1:
            return mapping(read.value)
    return {}
