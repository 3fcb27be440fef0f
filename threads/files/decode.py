"""Bytes to text: which encoding a file has, and whether it is text at all.

A file is read once, from front to back: UTF-8 wherever it is valid, and a byte that is not is read as
Windows-1252, so that one bad byte, or a file glued together from both, loses nothing else.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from pathlib import Path

from threads.errors import InputError
from threads.files.archives import loss as loss
from threads.files.archives import open_binary as open_binary
from threads.files.archives import plain as plain

HEAD = 64 * 1024
"""Bytes from which a file's kind is told."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh",
    b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!", b"SQLite format 3\0", b"PAR1", b"\x7fELF", b"MZ\x90", b"RIFF",
    b"OggS", b"\xd0\xcf\x11\xe0",
)  # fmt: skip
_CONTROLS = bytes({*range(1, 32), 127} - set(b"\t\n\v\f\r\x1a\x1b"))
# Shares of control characters and of NULs above which a file is not text. 590 saved pages and exports of
# 35 platforms have none of either; of 1,722 programs, fonts and images all but three exceed one of the two.
_MOST_CONTROLS, _MOST_NULS = 0.02, 0.10


def _as_windows_1252(problem: UnicodeError) -> tuple[str, int]:
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    bad = problem.object[problem.start : problem.end]
    return bad.decode("cp1252", errors="replace"), problem.end


codecs.register_error("threads.windows-1252", _as_windows_1252)


def read_head(path: Path) -> bytes:
    """Return the first 64 KiB of a file, unpacked. Raises InputError where it is empty."""
    with open_binary(path) as stream:
        head = stream.read(HEAD)
    if not head:
        raise InputError(loss(path) or f"The file {path} is empty.")
    return head


def encoding_of(head: bytes) -> str | None:
    """Return the encoding that the beginning of a file speaks for; None where it is not text."""
    if head.startswith(_MAGIC):
        return None
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > len(head) * _MOST_CONTROLS:
        return None
    nuls = head.count(0)
    return "utf-8" if nuls <= len(head) * _MOST_NULS else _without_mark(head, nuls)


def _without_mark(head: bytes, nuls: int) -> str | None:
    """UTF-16 has its NULs in every other byte only: the high ones of Latin letters."""
    odd = head[1::2].count(0)
    if odd > nuls * 0.95:
        return "utf-16-le"
    return "utf-16-be" if odd < nuls * 0.05 else None


def decode(data: bytes, encoding: str) -> str:
    """Return bytes as text, without byte order mark and NULs; never raises for bad bytes."""
    errors = "threads.windows-1252" if encoding == "utf-8" else "replace"
    return data.decode(encoding, errors=errors).removeprefix("\ufeff").replace("\0", "")


def head_text(head: bytes) -> str:
    """Return the text that a file begins with; empty where the file is not text."""
    encoding = encoding_of(head)
    return decode(head, encoding) if encoding else ""


def lines(path: Path) -> Iterator[str]:
    r"""Yield a file's lines with their ends ("\n", "\r\n" or "\r"), one line in memory at a time.

    Raises InputError where the file is empty or is not text.
    """
    encoding = _text_encoding(path)
    errors = "threads.windows-1252" if encoding == "utf-8" else "replace"
    with io.TextIOWrapper(open_binary(path), encoding, errors, newline="") as stream:
        for number, line in enumerate(stream):
            if not line.endswith(("\n", "\r")) and loss(path):
                return  # an archive breaks off within this line
            marked = line.removeprefix("\ufeff") if number == 0 else line
            yield marked.replace("\0", "") if "\0" in marked else marked


def read_text(path: Path) -> str:
    """Return a whole file as text. Raises InputError where it is empty or is not text."""
    return decode(read_bytes(path), _text_encoding(path))


def read_bytes(path: Path) -> bytes:
    """Return all that a file holds, unpacked."""
    with open_binary(path) as stream:
        return stream.read()


def _text_encoding(path: Path) -> str:
    encoding = encoding_of(read_head(path))
    if encoding is None:
        raise InputError(f"The file {path} is not text.")
    return encoding
