"""What lies in a zip archive, told without unpacking anything; also where the archive breaks off."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from threads.errors import InputError

MOST_TIMES = 200
"""How many times its own size an archive may unpack to; comments pack to a fifth, logs to a fiftieth."""
ALWAYS = 64 * 2**20
"""Bytes that may come out in any case: a small archive of much the same is no attack."""

STORED, DEFLATED = 0, 8
_LOCAL = struct.Struct("<4s5H3I2H")  # signature, version, flags, method, time, date, crc, packed, size, names
_SIGNATURE, _DESCRIBED = b"PK\x03\x04", b"PK\x07\x08"
_ENCRYPTED, _SIZES_BEHIND, _UNICODE = 0x1, 0x8, 0x800
_UNKNOWN = 0xFFFFFFFF
_STEP = 2**16


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: where its local header begins, its bytes packed and unpacked (None: not known).

    `refusal` says why it is not read, where it is not.
    """

    name: str
    header: int
    packed: int | None
    size: int | None
    checksum: int | None
    method: int
    refusal: str | None


def members(archive: Path) -> dict[str, Member]:
    """Return the files of an archive by name, those hidden left out, in the order of the archive.

    Of an archive that breaks off, those that begin in what is left. Raises InputError where there is none, or
    where they claim to be more than 200 times as large as the archive.
    """
    state = archive.stat()
    return _members(archive, state.st_mtime_ns, state.st_size)


@lru_cache(64)
def _members(archive: Path, _changed: int, size: int) -> dict[str, Member]:
    try:
        with zipfile.ZipFile(archive) as opened:
            found = [_listed(info) for info in opened.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError):
        found = list(_salvaged(archive))
    by_name = {member.name: member for member in found if not _hidden(member.name)}
    if not by_name:
        raise InputError(f"The archive {archive} holds no file that can be read.")
    if sum(member.size or 0 for member in found) > max(ALWAYS, MOST_TIMES * size):
        raise InputError(
            f"The archive {archive} is not opened: it claims to hold more than {MOST_TIMES} times its size."
        )
    return by_name


def _listed(info: zipfile.ZipInfo) -> Member:
    return Member(
        name=_inside(info.filename),
        header=info.header_offset,
        packed=info.compress_size,
        size=info.file_size,
        checksum=info.CRC,
        method=info.compress_type,
        refusal=_refusal(info.filename, info.flag_bits, info.compress_type),
    )


def _refusal(name: str, flags: int, method: int) -> str | None:
    if flags & _ENCRYPTED:
        return "is encrypted; unpack it with its password and give the files"
    if _inside(name) != PurePosixPath(name).as_posix():
        return "has a name that leads out of the archive, and is not read"
    if method not in {STORED, DEFLATED}:
        return f"is packed by a method that is not read (number {method}); unpack the archive first"
    return None


def _inside(name: str) -> str:
    """The name of a member as a path below the archive, whatever it tries."""
    parts = PurePosixPath(name.replace("\\", "/").replace("\0", "")).parts
    return "/".join(part for part in parts if part not in {"/", "//", "..", "."}) or "nameless"


def _hidden(name: str) -> bool:
    parts = name.split("/")
    return "__MACOSX" in parts or any(part.startswith(".") for part in parts) or name.endswith(".outline")


def data_start(stream: BinaryIO, member: Member) -> int | None:
    """Return where a member's packed bytes begin; None where there is no header at the place given for it."""
    head = _header(stream, member.header)
    return None if head is None else member.header + _LOCAL.size + head[8] + head[9]


def _header(stream: BinaryIO, offset: int) -> tuple[int, ...] | None:
    """The numbers of a local header, without its signature."""
    stream.seek(offset)
    data = stream.read(_LOCAL.size)
    return _LOCAL.unpack(data)[1:] if len(data) == _LOCAL.size and data.startswith(_SIGNATURE) else None


def _salvaged(archive: Path) -> Iterator[Member]:
    """The members of an archive whose list, which stands at its end, is lost."""
    with archive.open("rb") as stream:
        offset = 0
        while head := _header(stream, offset):
            _, flags, method, _, _, checksum, packed, size, name_size, extra = head
            name = stream.read(name_size).decode("utf-8" if flags & _UNICODE else "cp437", "replace")
            open_end = bool(flags & _SIZES_BEHIND) or packed == _UNKNOWN
            if not name.endswith("/"):
                yield Member(
                    name=_inside(name),
                    header=offset,
                    packed=None if open_end else packed,
                    size=None if open_end else size,
                    checksum=None if open_end else checksum,
                    method=method,
                    refusal=_refusal(name, flags, method),
                )
            start = offset + _LOCAL.size + name_size + extra
            end = _end(stream, start, method) if open_end else start + packed
            if end is None:
                return
            offset = end


def _end(stream: BinaryIO, start: int, method: int) -> int | None:
    """Where the next member may begin, behind one that does not say how long it is."""
    if method != DEFLATED:
        return None
    unpacker, taken = zlib.decompressobj(-zlib.MAX_WBITS), 0
    stream.seek(start)
    while not unpacker.eof:
        piece = stream.read(_STEP)
        try:
            while piece and not unpacker.eof:
                unpacker.decompress(piece, _STEP)
                piece = unpacker.unconsumed_tail
        except zlib.error:
            return None
        if stream.tell() == os.fstat(stream.fileno()).st_size and not unpacker.eof:
            return None
    taken = stream.tell() - len(unpacker.unused_data)
    stream.seek(taken)
    behind = stream.read(28)
    described = 4 if behind.startswith(_DESCRIBED) else 0
    return next((taken + n + described for n in (12, 20) if behind[n + described :][:4] == _SIGNATURE), None)
