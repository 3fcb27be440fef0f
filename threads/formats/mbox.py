"""Mail as mailing lists archive it: an mbox with one letter after another, or a single letter (.eml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path

from threads.comment import Comment, Page, Record, Reject
from threads.errors import InputError
from threads.formats import decode
from threads.formats.base import PERSON
from threads.formats.records import clean
from threads.formats.times import moment
from threads.markup import strip_markup

name = "mbox"
title = "Mailing list (mbox, eml)"
keeps = "ids, parents (References, In-Reply-To), authors with address, times, subjects"
identifies = PERSON

# A "From " line has a time and a year: a sentence that begins with From has them hardly ever.
_BEGINS = re.compile(rb"From \S.{0,160}?\d{1,2}:\d\d.{0,40}?\d{4}")
_HEADER = re.compile(rb"(?:^|\n)(From|Date|Subject|Message-ID|Received|Return-Path|To):[ \t]", re.IGNORECASE)
_ID = re.compile(r"<([^<>\s]{1,900})>")
_AGAIN = re.compile(r"^(?:\s*(?:re|aw|antw|sv|fwd?|wg|tr|rif|odp)\s*(?:\[\d+\])?\s*:)+", re.IGNORECASE)
_QUOTED = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_BUFFER = 2**16
_LARGEST = 64 * 2**20  # bytes of one letter; what is longer is attachments, or no mail
# What the parser of the standard library has raised on damaged letters.
_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)


def sniff(head: bytes, path: Path) -> float:
    """Certain where a "From " line and headers open the file, or where three headers open a letter."""
    top = head.lstrip(b"\r\n\xef\xbb\xbf")[:8192]
    names = {found[1].lower() for found in _HEADER.finditer(top.replace(b"\r\n", b"\n").split(b"\n\n")[0])}
    if _BEGINS.match(top.split(b"\n")[0]):
        return 0.99 if len(names) >= 2 else 0.0
    if path.suffix.casefold() in {".eml", ".mbox", ".mbx"}:
        return 0.99 if names else 0.0
    return 0.98 if {b"from", b"date", b"message-id"} <= names and _HEADER.match(top) else 0.0


def read(path: Path) -> Iterator[Record]:
    """Yield each letter, and a page for the first of each thread; of a thread whose beginning is not here
    too. A letter that cannot be taken apart is a reject. Raises InputError where there is none.
    """
    threads: dict[str, str] = {}
    begun: set[str] = set()
    stem, position = decode.plain(path).stem, 0
    for number, (line, raw) in enumerate(_letters(path), 1):
        try:
            letter = message_from_bytes(_ESCAPED.sub(rb"\1", raw), policy=policy.default)
            comment = _comment(letter, threads, f"{stem}/{number}", position)
        except _DAMAGE as problem:
            reason = f"The letter cannot be taken apart ({type(problem).__name__})."
            yield Reject(line=line, reason=reason, excerpt=raw[:200].decode("utf-8", "replace"))
            continue
        if comment.thread_id not in begun:
            begun.add(comment.thread_id)
            yield Page(thread_id=comment.thread_id, title=comment.title)
        yield comment
        position += 1
    if not position:
        raise InputError(f"The file {path} holds no letter that can be read.")


def _letters(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the bytes of each letter with the line on which it begins; the "From " lines are left out."""
    parts: list[bytes] = []
    begins, size, number, blank, is_start = 1, 0, 0, True, True
    with decode.open_binary(path) as stream:
        while piece := stream.readline(_BUFFER):
            number += is_start
            if is_start and blank and _BEGINS.match(piece):
                if any(part.strip() for part in parts):
                    yield begins, b"".join(parts)
                parts, begins, size = [], number, 0
            elif size < _LARGEST:
                parts.append(piece)
                size += len(piece)
            blank = is_start and not piece.strip()
            is_start = piece.endswith(b"\n")
    if any(part.strip() for part in parts):
        yield begins, b"".join(parts)


def _comment(letter: EmailMessage, threads: dict[str, str], name: str, position: int) -> Comment:
    answered = _ids(letter, "In-Reply-To")
    above = _ids(letter, "References")
    own = next(iter(_ids(letter, "Message-ID")), name)
    parent = next(iter([*answered, *above[::-1]]), None)
    known = (threads[each] for each in (*answered, *above[::-1], own) if each in threads)
    thread = next(known, next(iter([*above, *answered, own])))
    for each in (*above, *answered, own):  # a letter may come before the one that it answers
        threads.setdefault(each, thread)
    author, address = parseaddr(_header(letter, "From"))
    date = _header(letter, "Date")
    created = moment(date.partition("(")[0].strip())
    return Comment(
        text=_body(letter),
        thread_id=thread,
        position=position,
        native_id=own,
        parent_native_id=parent if parent != own else None,
        author=clean(author or address).strip() or None,
        author_id=clean(address).casefold() or None,
        created=created,
        created_text=date or None if created is None else None,
        title=_AGAIN.sub("", _header(letter, "Subject")).strip() or None,
    )


def _ids(letter: EmailMessage, name: str) -> list[str]:
    """The ids in a header as it stands, which is read more surely than when it is taken apart."""
    raw = " ".join(str(value) for key, value in letter.raw_items() if key.casefold() == name.casefold())
    return list(dict.fromkeys(_ID.findall(clean(raw))))


def _header(letter: EmailMessage, name: str) -> str:
    """A header decoded; as it stands where it cannot be."""
    try:
        value = str(letter.get(name, ""))
    except _DAMAGE:
        value = next((str(raw) for key, raw in letter.raw_items() if key.casefold() == name.casefold()), "")
    return " ".join(clean(value).split())


def _body(letter: EmailMessage) -> str:
    """The plain text of a letter, or its HTML as text; quoted lines begin with "> ", once for each level."""
    part = letter.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except _DAMAGE:  # an encoding that there is none of, or base64 that is none
        payload = part.get_payload(decode=True)
        text = decode.decode(payload, "utf-8") if isinstance(payload, bytes) else ""
    text = clean(text.replace("\r\n", "\n"))
    if part.get_content_type() == "text/html":
        return strip_markup(text).strip()
    return _QUOTED.sub(lambda found: "> " * found[0].count(">"), text).strip()
