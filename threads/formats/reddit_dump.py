"""Dumps of Reddit (Pushshift, Arctic Shift): one comment or submission a line, a month in a file of .zst.

The lines are read by the block, their fields straight into columns; what a block holds that is not of the
usual kind is read line by line, and gives the same.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyarrow as pa

from threads.comment import Page, Reject
from threads.errors import InputError
from threads.files import decode, json_deep
from threads.formats.reddit_rows import Row, page, row, table

_BLOCK = 2**24  # bytes of lines that are held at a time; twice that took no less time
# Keys that only Reddit's objects have together, whatever stands around them.
_COMMENT = re.compile(rb'"link_id":\s*"?(?:t3_[a-z0-9]|\d)')
_SUBMISSION = re.compile(rb'"selftext":\s*(?:"|null)')
_NESTED = re.compile(rb'\s*\{\s*"(?:kind|json)":')
_LINE = re.compile(rb'\s*\{\s*"')
_ROWS = msgspec.json.Decoder(Row)


def sniff(head: bytes, path: Path) -> float:
    """Certain where the first line is an object with the keys that Reddit's comments or submissions have."""
    first, end, rest = head.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    lines = not end or rest.lstrip()[:1] in (b"{", b"")
    named = path.suffix.casefold() in {".jsonl", ".ndjson", ""}
    if not _LINE.match(first) or not lines or not (named or rest.strip()):
        return 0.0
    is_comment = _COMMENT.search(first) and b'"body"' in first and not _NESTED.match(first)
    is_submission = _SUBMISSION.search(first) and b'"subreddit"' in first and b'"title"' in first
    return 0.99 if is_comment or is_submission else 0.0


def tables(path: Path) -> Iterator[pa.Table | Page | Reject]:
    """Yield comments as tables whose columns are called as the fields of Comment, pages for submissions,
    and a reject for each line that is neither.
    """
    thread, position, line, whole = decode.plain(path).stem, 0, 1, False
    for block in _blocks(path):
        found = _rows(block, line)
        rows = [each for each in found if isinstance(each, Row) and each.body is not None]
        whole |= any(isinstance(each, Row) for each in found)
        if rows:
            yield table(rows, thread, position)
        position, line = position + len(rows), line + block.count(b"\n")
        if len(rows) < len(found):
            yield from (_beside(each) for each in found if isinstance(each, Reject) or each.body is None)
    if not whole:
        raise InputError(f"No line of the file {path} is a whole comment or submission of Reddit.")


def _beside(found: Row | Reject) -> Page | Reject:
    return found if isinstance(found, Reject) else page(found)


def _blocks(path: Path) -> Iterator[bytes]:
    """The lines of a file, some thousand at a time; a last one that an archive breaks off in is left out."""
    rest = [b""]
    with decode.open_binary(path) as stream:
        while data := stream.read(_BLOCK):
            cut = data.rfind(b"\n") + 1
            if cut:
                yield b"".join([*rest, data[:cut]]).removeprefix(codecs.BOM_UTF8)
                rest = []
            rest.append(data[cut:])
    last = b"".join(rest).removeprefix(codecs.BOM_UTF8)
    if last and not decode.loss(path):
        yield last


def _rows(block: bytes, line: int) -> list[Row] | list[Row | Reject]:
    """The comments and submissions of a block that begins with a line of that number."""
    try:
        found = _ROWS.decode_lines(block)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return _one_by_one(block, line)
    usual = all(each.body is not None or each.title is not None for each in found)
    return found if usual else _one_by_one(block, line)


def _one_by_one(block: bytes, line: int) -> list[Row | Reject]:
    return [_row(each, number) for number, each in enumerate(block.split(b"\n"), line) if each.strip()]


def _row(data: bytes, line: int) -> Row | Reject:
    try:
        usual = _ROWS.decode(data)
        if usual.body is not None or usual.title is not None:
            return usual
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        pass
    text = decode.decode(data, "utf-8").strip()
    try:
        value = json_deep.loads(text)
    except (ValueError, RecursionError):
        return Reject(line=line, reason="The line is not whole JSON.", excerpt=text[:200])
    inside = value.get("data", value) if isinstance(value, dict) else value
    found = row(inside) if isinstance(inside, dict) else None
    reason = "The line holds neither a comment nor a submission of Reddit."
    return found or Reject(line=line, reason=reason, excerpt=text[:200])
