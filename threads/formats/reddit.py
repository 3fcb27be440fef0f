"""Reddit: dumps of comments and submissions, answers of its API, replies inside, and tables."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from threads.comment import Page, Record, Reject
from threads.errors import InputError
from threads.files import decode, delimited, json_deep
from threads.files.delimited import Damage
from threads.files.documents import Value, values
from threads.files.objects import count
from threads.files.records import identifier
from threads.formats import reddit_dump
from threads.formats.reddit_rows import MARKED, Row, comments, page, row, table

name = "reddit"
title = "Reddit (API listings, Pushshift and Arctic Shift dumps, CSV)"
keeps = "ids, parents, authors, times, edits, scores, links; what was deleted or removed, as such"
identifies = MARKED

_LISTING = re.compile(rb'"kind":\s*"(?:Listing|t1|t3|more)"')
_FLAT = re.compile(rb'"link_id":\s*"?(?:t3_[a-z0-9]|\d)')
_RECORDED = re.compile(rb'"https://(?:oauth|www|api)\.reddit\.com/')
_ASKED = re.compile(rb"uri: https://(?:[a-z]{1,9}\.)?(?:pushshift\.io|reddit\.com)/")
_BLOCK = re.compile(r"!!binary \|\n((?: +[A-Za-z0-9+/=]+\n)+)")
_MOST_BYTES = 2**28  # of one recorded answer
_CHUNK = 50_000


def sniff(head: bytes, path: Path) -> float:
    """Certain where the keys and ids of Reddit's objects are there; a table tells by its columns."""
    if dumped := reddit_dump.sniff(head, path):
        return dumped
    begin = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if path.suffix.casefold() == ".js" or begin in (b"{", b"["):
        recorded = _RECORDED.search(head) and b'"interactions"' in head
        return (
            0.99 if _LISTING.search(head) or (_FLAT.search(head) and b'"body"' in head) or recorded else 0.0
        )
    return 0.99 if _is_table(head) or _is_session(head) else 0.0


def read(path: Path) -> Iterator[Record]:
    """Yield comments, a page for each submission, and a reject for what was not saved or cannot be read."""
    for found in tables(path):
        if isinstance(found, pa.Table):
            yield from comments(found)
        else:
            yield found


def tables(path: Path) -> Iterator[pa.Table | Page | Reject]:
    """Yield the same, the comments as tables whose columns are called as the fields of Comment."""
    head, plain = decode.read_head(path), decode.plain(path)
    if reddit_dump.sniff(head, plain):
        yield from reddit_dump.tables(path)
        return
    rows: list[Row] = []
    position, told = 0, False
    for found in _of_table(path) if _is_table(head) else _of_document(path):
        if isinstance(found, Reject):
            yield found
        elif found.body is None:
            told = True
            yield page(found)
        else:
            rows.append(found)
        if len(rows) == _CHUNK:
            yield table(rows, plain.stem, position)
            position, rows = position + len(rows), []
    if rows:
        yield table(rows, plain.stem, position)
    elif not position and not told:
        raise InputError(f"The file {path} holds no comments of Reddit that can be read.")


def _is_table(head: bytes) -> bool:
    """Whether a header names the columns that comments taken from Reddit's API have."""
    first = decode.head_text(head).partition("\n")[0]
    if first.lstrip()[:1] in ("{", "["):
        return False
    columns = set(re.split(r'[",;\t|\s]+', first.casefold()))
    if not {"body", "created_utc"} <= columns or not {"score", "ups"} & columns:
        return False
    return "parent_id" in columns and bool({"link_id", "permalink"} & columns)


def _of_table(path: Path) -> Iterator[Row | Reject]:
    dialect, _ = delimited.sniff(decode.head_text(decode.read_head(path)))
    header: list[str] = []
    for line, cells in delimited.rows(decode.lines(path), dialect, _up_to_body):
        if isinstance(cells, Damage):
            yield Reject(line=line, reason=cells.reason, excerpt=cells.excerpt)
        elif not header:
            header = [cell.strip().casefold() for cell in cells]
        else:
            found = row(dict(zip(header, cells, strict=True)))
            yield found or Reject(line=line, reason="The row has no text of a comment.")


def _up_to_body(header: list[str]) -> int:
    return [cell.strip().casefold() for cell in header].index("body") + 1


def _of_document(path: Path) -> Iterator[Row | Reject]:
    """The comments and submissions of a document, each once; recorded sessions ask for some several times."""
    seen: set[str | None] = set()
    unopened: list[tuple[dict[str, Any], int | None]] = []
    for value in _recorded(path) if _is_session(decode.read_head(path)) else values(path):
        if isinstance(value, Reject):
            yield value
            continue
        for found in _walk(value.value):
            if isinstance(found, dict):
                unopened.append((found, value.line))
            elif (key := f"{found.body is None} {found.id or found.name}") not in seen:
                seen.add(key)
                yield found
    for more, line in unopened:
        children = more.get("children")
        below = children if isinstance(children, list) else []
        lost = [each for each in below if f"False {each}" not in seen]
        if lost or not below:
            yield _not_loaded(more, lost, line)


def _is_session(head: bytes) -> bool:
    """Whether a file records, as YAML, what an API was asked and answered."""
    return head.startswith(b"interactions:") and bool(_ASKED.search(head))


def _recorded(path: Path) -> Iterator[Value]:
    """The packed answers in such a record."""
    for block in _BLOCK.finditer(decode.read_text(path)):
        answer = _answer({"base64_string": block[1]})
        if isinstance(answer, dict | list):
            yield Value(answer)


def _walk(value: Any) -> Iterator[Row | dict[str, Any]]:  # noqa: ANN401
    """The comments in a value in reading order, replies behind what they answer, and what stands for replies
    that were not opened; without recursion.
    """
    ahead: list[Any] = [value]
    while ahead:
        here = ahead.pop()
        if isinstance(here, list):
            ahead.extend(reversed(here))
            continue
        if not isinstance(here, dict):
            continue
        kind, inside = here.get("kind"), here.get("data")
        if kind == "more" and isinstance(inside, dict):
            yield inside
            continue
        if isinstance(kind, str) and isinstance(inside, dict):
            here = inside
        found = row(here) if "body" in here or "selftext" in here else None
        if found and (found.id or found.name):
            yield found
            ahead.append(here.get("replies"))
        else:
            ahead.extend(_answer(each) if key == "body" else each for key, each in reversed(here.items()))


def _answer(body: object) -> object:
    """What a recorded answer of the API holds; other values as they are."""
    if not isinstance(body, dict):
        return body
    said = body.get("string")
    try:
        if isinstance(packed := body.get("base64_string"), str):
            data = base64.b64decode(packed)
            said = (
                zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(data, _MOST_BYTES)
                if data[:2] == b"\x1f\x8b"
                else data
            )
            said = decode.decode(said, "utf-8")
        return json_deep.loads(said) if isinstance(said, str) and said[:1] in ("{", "[") else body
    except (ValueError, RecursionError, zlib.error):
        return None


def _not_loaded(more: dict[str, Any], lost: list[Any], line: int | None) -> Reject:
    """The placeholder for replies that were not opened when the page was saved."""
    parent = identifier(more.get("parent_id"))
    below = f" below {parent}" if parent else ""
    number = max(len(lost), count(more.get("count")) or 0) or "how many is not known"
    return Reject(line=line, reason=f"Replies{below} were not saved with the page: {number}.")
