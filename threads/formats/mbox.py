"""Mail as mailing lists archive it: an mbox with one letter after another, or a single letter (.eml)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path

from threads.comment import Comment, Page, Record, Reject
from threads.errors import InputError
from threads.files import decode
from threads.files.mail_text import DAMAGE, body
from threads.files.objects import clean
from threads.files.times import moment
from threads.formats.base import PERSON

name = "mbox"
title = "Mailing list (mbox, eml)"
keeps = "ids, parents (References, In-Reply-To), authors with address, times, subjects"
identifies = PERSON

# A "From " line has a time and a year: a sentence that begins with From has them hardly ever.
# Archives of Usenet have a number instead.
_BEGINS = re.compile(rb"From (?:\S.{0,160}?\d{1,2}:\d\d.{0,40}?\d{4}|-?\d{8,22}\s*$)")
_HEADER = re.compile(rb"(?:^|\n)(From|Date|Subject|Message-ID|Received|Return-Path|To):[ \t]", re.IGNORECASE)
_ID = re.compile(r"<\s{0,9}([^<>\s]{1,900})\s{0,9}>")
_BARE_ID = re.compile(r"[^<>\s@]{1,400}@[^<>\s@]{1,400}")
# "ada at mail.example (Ada Oak)" as Mailman archives it, and the same with @ as Usenet wrote it.
_BEFORE_NAME = re.compile(r"([^\s<>()@]{1,200})(?:@|\s+at\s+)([^\s<>()@]{1,200})\s*+(?:\((.{1,400})\))?\s*")
_AGAIN = re.compile(r"^(?:\s*(?:re|aw|antw|sv|fwd?|wg|tr|rif|odp)\s*(?:\[\d+\])?\s*:)+", re.IGNORECASE)
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_BUFFER = 2**16
_LARGEST = 64 * 2**20  # bytes of one letter; what is longer is attachments, or no mail


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
            comments = [
                _comment(each, threads, f"{stem}/{number}{'.' * bool(place)}{place or ''}", position + place)
                for place, each in enumerate(_letters_in(letter))
            ]
        except DAMAGE as problem:
            reason = f"The letter cannot be taken apart ({type(problem).__name__})."
            yield Reject(line=line, reason=reason, excerpt=raw[:200].decode("utf-8", "replace"))
            continue
        for comment in comments:
            if comment.thread_id not in begun:
                begun.add(comment.thread_id)
                yield Page(thread_id=comment.thread_id, title=comment.title)
            yield comment
        position += len(comments)
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


def _letters_in(letter: EmailMessage) -> list[EmailMessage]:
    """The letters of a digest; any other letter by itself."""
    for part in letter.walk():
        if part.get_content_type() == "multipart/digest" and part.is_multipart():
            inside = [each for one in part.iter_parts() if one.is_multipart() for each in one.get_payload()]
            return [each for each in inside if isinstance(each, EmailMessage)] or [letter]
    return [letter]


def _comment(letter: EmailMessage, threads: dict[str, str], name: str, position: int) -> Comment:
    answered = _ids(letter, "In-Reply-To")
    above = _ids(letter, "References")
    own = next(iter(_ids(letter, "Message-ID")), name)
    parent = next(iter([*answered, *above[::-1]]), None)
    known = (threads[each] for each in (*answered, *above[::-1], own) if each in threads)
    thread = next(known, next(iter([*above, *answered, own])))
    for each in (*above, *answered, own):  # a letter may come before the one that it answers
        threads.setdefault(each, thread)
    author, address = _person(letter)
    date = _header(letter, "Date")
    created = moment(date.partition("(")[0].strip())
    return Comment(
        text=body(letter),
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
    raw = clean(_raw(letter, name)).strip()
    found = _ID.findall(raw) or ([raw] if _BARE_ID.fullmatch(raw) else [])
    return list(dict.fromkeys(found))


def _raw(letter: EmailMessage, name: str) -> str:
    """All headers of a name as they stand; bytes that no encoding was named for are read as in any file."""
    raw = " ".join(str(value) for key, value in letter.raw_items() if key.casefold() == name.casefold())
    return raw if raw.isascii() else decode.decode(raw.encode("utf-8", "surrogateescape"), "utf-8")


def _person(letter: EmailMessage) -> tuple[str, str]:
    """Name and address of the sender."""
    found = _BEFORE_NAME.fullmatch(_raw(letter, "From").strip())
    if found is None:
        return parseaddr(_header(letter, "From"))
    name = found[3] or ""
    with suppress(*DAMAGE):
        name = str(make_header(decode_header(name))) if "=?" in name else name
    return name, f"{found[1]}@{found[2]}"


def _header(letter: EmailMessage, name: str) -> str:
    """A header decoded; as it stands where it cannot be."""
    value = _raw(letter, name)
    with suppress(*DAMAGE):
        value = str(letter.get(name, "")) if value.isascii() else value
    return " ".join(clean(value).split())
