"""Topics of Discourse rendered to Markdown, a file a topic: "## Post #2 by @name (time)" above each post."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from threads.comment import Comment, Page, Record
from threads.errors import InputError
from threads.files import decode, documents
from threads.files.times import moment
from threads.formats.base import PERSON
from threads.markup import strip_markup

name = "discourse_markdown"
title = "Discourse (topic rendered to Markdown)"
keeps = "numbers of posts, authors, times; no parents"
identifies = PERSON

_POST = re.compile(
    r"^## Post #(?P<number>\d{1,9}) by @(?P<author>\S{1,100})(?: \((?P<time>[^)\n]{1,60})\))?[ \t]*$", re.M
)
_FIELD = re.compile(r"^(topic_id|title|url):[ \t]*(.*)$", re.M)
_HEADING = re.compile(r"^# (.+)$", re.M)
_RULE = re.compile(r"\n-{3,}\s*\Z")


def sniff(head: bytes, path: Path) -> float:
    """Certain where a topic's id stands at the top and the heading of a post further down."""
    text = decode.head_text(head).lstrip()
    return documents.CERTAIN if text.startswith("---") and "topic_id:" in text and _POST.search(text) else 0.0


def read(path: Path) -> Iterator[Record]:
    """Yield the page and its posts. Raises InputError where no heading of a post is left."""
    text = decode.read_text(path).replace("\r\n", "\n")
    headings = list(_POST.finditer(text))
    if not headings:
        raise InputError(f"The file {path} has no post under a heading like '## Post #1 by @name'.")
    page = _page(text[: headings[0].start()], decode.plain(path).stem)
    yield page
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    for position, (heading, end) in enumerate(zip(headings, ends, strict=True)):
        yield Comment(
            text=strip_markup(_RULE.sub("", text[heading.end() : end].rstrip())).strip(),
            thread_id=page.thread_id,
            position=position,
            native_id=f"{page.thread_id}/{heading['number']}",
            author=heading["author"],
            created=moment(heading["time"]),
            title=page.title,
        )


def _page(top: str, stem: str) -> Page:
    fields = {found[1]: found[2].strip().strip('"') for found in _FIELD.finditer(top)}
    heading = _HEADING.search(top)
    return Page(
        thread_id=fields.get("topic_id") or stem,
        title=heading[1].strip() if heading else fields.get("title"),
        url=fields.get("url") or None,
    )
