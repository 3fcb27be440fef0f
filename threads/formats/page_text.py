"""The text of a scraped page: menus, title, article, then comments in page order, nesting gone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from threads.comment import Page, Record, Reject
from threads.files import decode
from threads.formats.base import PERSON
from threads.infer.pages.reading import read_page

name = "page_text"
title = "Text of a page, as scraped or pasted"
keeps = "texts, authors and dates where the scrape has them; no ids, no parents"
identifies = PERSON

_SUFFIXES = {".txt": 0.5, ".text": 0.5, ".md": 0.4, ".markdown": 0.4, "": 0.3}
_MARKUP = re.compile(r"^\s*(?:<\?xml|<!doctype|<html|<rss|<[a-z]+[\s>].{0,2000}</[a-z]+>)", re.I | re.S)
_TABLE = re.compile(r"^[\w\" .-]{1,60}(?:[,;\t][\w\" .-]{1,60}){1,80}$")


def sniff(head: bytes, path: Path) -> float:
    """Likely for plain text by its suffix, or without one; 0 for binary data, markup, JSON and tables."""
    claim = _SUFFIXES.get(path.suffix.lower(), 0.0)
    text = decode.head_text(head).lstrip()
    if not text or _MARKUP.match(text[:4000]) or _is_json(text) or _is_table(text):
        return 0.0
    return claim


def read(path: Path) -> Iterator[Record]:
    """Yield the page, then its comments in order. Raises InputError for an empty or a binary file."""
    text = decode.read_text(path)
    thread_id = _thread_id(path, text)
    reading = read_page(text, thread_id)
    yield Page(
        thread_id=thread_id,
        title=reading.title,
        article=reading.article,
        note=reading.note,
        confidence=reading.confidence,
    )
    yield from reading.comments
    if reading.unread:
        reason = f"The text is too long for one page: it was read up to line {reading.unread - 1}."
        yield Reject(line=reading.unread, reason=reason)


def _is_json(text: str) -> bool:
    return bool(re.match(r'(?:\{\s*"|\[\s*[\[{"\d])', text[:200])) or text[:2] in ("{}", "[]")


def _is_table(text: str) -> bool:
    """Whether the first three lines are alike in commas, semicolons or tabs, with a header of words."""
    lines = [line for line in text[:20_000].split("\n")[:4] if line.strip()]
    if len(lines) < 2 or len(lines[0]) > 2000 or not _TABLE.match(lines[0].strip()):
        return False
    return any(line.count(mark) == lines[0].count(mark) >= 2 for mark in ",;\t" for line in lines[1:2]) or (
        "\t" in lines[0] and "\t" in lines[1]
    )


def _thread_id(path: Path, text: str) -> str:
    """Stable for the same file under the same name, wherever it lies."""
    stem = re.sub(r"[^\w.-]+", "_", decode.plain(path).stem)[:60]
    return f"{stem}-{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:12]}"
