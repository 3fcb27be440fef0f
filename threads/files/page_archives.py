"""Pages that a browser saved in one file with all they show: MHTML (Chromium) and Safari's webarchive."""

from __future__ import annotations

import plistlib
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any, NamedTuple
from xml.parsers.expat import ExpatError

from threads.errors import InputError
from threads.files import decode
from threads.files.objects import clean

LONGEST = 256 * 2**20
"""Bytes of an archive that are read; pictures and styles are most of one."""

_MHTML = re.compile(rb"^content-type:\s{0,3}multipart/related\b", re.IGNORECASE | re.MULTILINE)
_SAVED = re.compile(rb"^(?:from:\s{0,3}<saved by |snapshot-content-location:)", re.IGNORECASE | re.MULTILINE)
_BINARY_PLIST = b"bplist0"
_HTML = frozenset(("text/html", "application/xhtml+xml"))
_FRAMES = 200  # of a page that are looked at
_BROKEN = (
    ValueError,
    KeyError,
    AttributeError,
    TypeError,
    OverflowError,
    RecursionError,
    ExpatError,
    LookupError,
)


class Saved(NamedTuple):
    """One page of an archive: its bytes, the encoding that the archive names, and its address."""

    data: bytes
    charset: str | None
    url: str | None


def is_archive(head: bytes, path: Path) -> bool:
    """Whether a file is such an archive; a mail with pictures in it is none."""
    if path.suffix.casefold() == ".webarchive":
        return head.startswith(_BINARY_PLIST) or b"WebMainResource" in head
    top = head[:4096].replace(b"\r\n", b"\n").split(b"\n\n", 1)[0]
    return bool(_MHTML.search(top)) and (
        path.suffix.casefold() in {".mht", ".mhtml"} or bool(_SAVED.search(top))
    )


def pages(path: Path) -> list[Saved]:
    """Return the page that was saved, then those in its frames; nothing is fetched.

    Raises InputError where the archive is longer than 256 MiB, broken, or has no page in it.
    """
    with decode.open_binary(path) as stream:
        data = stream.read(LONGEST + 1)
    if len(data) > LONGEST:
        raise InputError(
            f"The file {path} is longer than {LONGEST >> 20} MiB: save the page without its media."
        )
    is_mail = bool(_MHTML.search(data[:4096].replace(b"\r\n", b"\n")))
    try:
        found = list(_of_mail(message_from_bytes(data)) if is_mail else _of_plist(plistlib.loads(data)))
    except _BROKEN as error:
        raise InputError(f"The saved page {path} is damaged: {error or 'it nests too deep'}.") from error
    if not found:
        raise InputError(f"The saved page {path} has no HTML in it.")
    return found[:_FRAMES]


def _of_mail(message: Message) -> Iterator[Saved]:
    """The HTML parts; Chromium writes that of the page first, Internet Explorer too."""
    shown = message.get("Snapshot-Content-Location")
    for part in message.walk():
        data = part.get_payload(decode=True) if part.get_content_type() in _HTML else None
        if isinstance(data, bytes) and data.strip():
            url = str(part.get("Content-Location") or shown)  # an object of its own where it is not ASCII
            yield Saved(data, part.get_content_charset(), _address(url))


def _of_plist(archive: Any) -> Iterator[Saved]:  # noqa: ANN401
    """The main resource of each archive, those of the frames after that of the page."""
    stack = [archive]
    for _ in range(_FRAMES):
        if not stack:
            return
        each = stack.pop()
        main = each["WebMainResource"]
        if main.get("WebResourceMIMEType", "text/html") in _HTML:
            data, charset = main["WebResourceData"], main.get("WebResourceTextEncodingName")
            if not isinstance(data, bytes):
                raise TypeError("its page is not stored as bytes")
            yield Saved(
                data, charset if isinstance(charset, str) else None, _address(main.get("WebResourceURL"))
            )
        stack.extend(reversed(each.get("WebSubframeArchives", [])))


def _address(value: object) -> str | None:
    """The address of a page as text that a table holds; None for what is none of the web."""
    return clean(value) if isinstance(value, str) and value.startswith("http") else None
