"""Files as they were before they were packed: .gz, .zst and .zip are read without unpacking them to disk.

A file in a zip archive has a path below it, `export.zip/comments.json`, and is opened by that like any other.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Generator
from pathlib import Path
from typing import BinaryIO, Protocol

import zstandard

from threads.errors import InputError
from threads.files.zip_members import ALWAYS, DEFLATED, MOST_TIMES, Member, data_start, members

_WIDEST = 2**31  # bytes that may lie between a repetition and its first place: dumps of Reddit use it all
_STEP = 1024  # packed bytes at a time: at worst they become 32 MiB
_BUFFER = 2**18
_USUAL = 8  # times that a dump of comments grows when it is unpacked
_GZIP = b"\x1f\x8b"
_ZSTD = re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18")  # a frame, or one to be skipped
_PACKED = re.compile(rb"\x1f\x8b|\x28\xb5\x2f\xfd|PK\x03\x04|BZh|\xfd7zXZ|7z\xbc\xaf|Rar!|.{257}ustar", re.S)
_SUFFIXES = frozenset({".gz", ".zst", ".zip"})

_losses: dict[Path, str] = {}


def plain(path: Path) -> Path:
    """Return the path that tells of what is in a file: without .gz and .zst, and of a zip archive that holds
    one file the path of that file.
    """
    suffix = path.suffix.casefold()
    if suffix not in _SUFFIXES:
        return path
    if suffix == ".zip" and path.is_file() and (inside := within(path)) and len(inside) == 1:
        return inside[0]
    return path.with_suffix("")


def within(path: Path) -> list[Path]:
    """Return the paths of the files in a zip archive, those hidden left out; none for any other file, and
    for an archive that cannot be opened, of which `open_binary` says why.
    """
    if path.suffix.casefold() != ".zip" or not path.is_file():
        return []
    try:
        return [path / name for name in members(path)]
    except (InputError, OSError):
        return []


def archive_of(path: Path) -> Path | None:
    """Return the zip archive that a path leads into; None for a path of the file system."""
    if path.exists():
        return None
    return next((p for p in path.parents if p.suffix.casefold() == ".zip" and p.is_file()), None)


def open_binary(path: Path) -> BinaryIO:
    """Open a file for reading, unpacked while it is read; whether it is packed is told by its first bytes.

    Where the archive is damaged the stream ends, and `loss` says where. Raises InputError, here or while
    reading, for what is encrypted, an archive in an archive, and an archive that unpacks to more than 64 MiB
    and 200 times its size.
    """
    _losses.pop(path, None)
    archive = archive_of(path)
    if archive is not None:
        member = members(archive).get(path.relative_to(archive).as_posix())
        if member is None:
            raise FileNotFoundError(2, "there is no such file in the archive", str(path))
        return _checked(path, _opened(path, archive, member))
    with path.open("rb") as stream:
        head = stream.read(4)
    if head.startswith(b"PK") and path.suffix.casefold() == ".zip":
        inside = members(path)
        if len(inside) != 1:
            raise InputError(f"The archive {path} holds {len(inside)} files: read it by its path alone.")
        return _checked(path, _opened(path, path, next(iter(inside.values()))))
    if head.startswith(_GZIP):
        return _checked(path, _Unpacked(path, _streams(path, _gunzip), path.stat().st_size))
    if _ZSTD.match(head):
        return _checked(path, _Unpacked(path, _streams(path, _unzstd), path.stat().st_size))
    return path.open("rb")


def unpacked_size(path: Path) -> int:
    """Return how many bytes a file holds, as far as can be told unread; 0 for what cannot be opened."""
    try:
        archive = archive_of(path)
        if archive is not None:
            member = members(archive)[path.relative_to(archive).as_posix()]
            return _USUAL * (member.packed or 0) if member.size is None else member.size
        size = path.stat().st_size if path.is_file() else 0
    except (InputError, OSError, KeyError):
        return 0
    return size * _USUAL if path.suffix.casefold() in _SUFFIXES else size


def loss(path: Path) -> str | None:
    """Return where and how the archive of a file, as it was last read, turned out to be damaged."""
    return _losses.get(path)


def _opened(path: Path, archive: Path, member: Member) -> _Unpacked:
    if member.refusal:
        raise InputError(f"The file {path} {member.refusal}.")
    return _Unpacked(path, _member(archive, member), member.packed or archive.stat().st_size)


def _checked(path: Path, unpacked: _Unpacked) -> BinaryIO:
    stream = io.BufferedReader(unpacked, _BUFFER)
    if _PACKED.match(stream.peek(512)):
        stream.close()
        raise InputError(f"The file {path} holds another archive, which is not opened: unpack it first.")
    return stream


class _Unpacked(io.RawIOBase):
    """What `pieces` yields as a stream; it ends at damage, of which `loss` then tells."""

    def __init__(self, path: Path, pieces: Generator[bytes], packed: int) -> None:
        self._path, self._pieces, self._packed = path, pieces, packed
        self._size = 0
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with what comes next, and say with how much; 0 at the end."""
        while not self._rest:
            piece = self._next()
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

    def readall(self) -> bytes:
        """Return all that is left."""
        before, self._rest = bytes(self._rest), memoryview(b"")
        return b"".join([before, *iter(self._next, None)])

    def close(self) -> None:
        self._pieces.close()
        super().close()

    def _next(self) -> bytes | None:
        try:
            piece = next(self._pieces, None)
        except EOFError:
            self._lose("breaks off")
            return None
        except (zlib.error, zstandard.ZstdError, MemoryError):
            self._lose("is damaged")
            return None
        self._size += len(piece or b"")
        if self._size > max(ALWAYS, MOST_TIMES * self._packed):
            raise InputError(
                f"The file {self._path} unpacks to more than {MOST_TIMES} times its size: reading stops."
            )
        return piece

    def _lose(self, how: str) -> None:
        _losses[self._path] = (
            f"The archive {self._path} {how} behind {self._size:,} unpacked bytes: what follows is lost."
        )


class _Unpacker(Protocol):
    """Unpacks one stream piece by piece; what lies behind its end is `unused_data`."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, /) -> bytes: ...


def _gunzip() -> _Unpacker:
    return zlib.decompressobj(16 + zlib.MAX_WBITS)


def _unzstd() -> _Unpacker:
    unpacker: _Unpacker = zstandard.ZstdDecompressor(max_window_size=_WIDEST).decompressobj()
    return unpacker


def _streams(path: Path, begin: Callable[[], _Unpacker]) -> Generator[bytes]:
    """What a .gz or .zst file holds: one packed stream, or several one behind the other."""
    unpacker: _Unpacker | None = None
    with path.open("rb") as stream:
        while piece := stream.read(_STEP):
            while unpacker or (piece := piece.lstrip(b"\0")):  # behind its end a file may be filled up
                unpacker = unpacker or begin()
                yield unpacker.decompress(piece)
                if not unpacker.eof:
                    break
                piece, unpacker = unpacker.unused_data, None
    if unpacker is not None:
        raise EOFError


def _member(archive: Path, member: Member) -> Generator[bytes]:
    """What one file of a zip archive holds; how long it is packed need not be known."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS) if member.method == DEFLATED else None
    checksum, left = 0, member.packed
    with archive.open("rb") as stream:
        start = data_start(stream, member)
        stream.seek(archive.stat().st_size if start is None else start)
        while piece := stream.read(_STEP if left is None else min(_STEP, left)):
            left = None if left is None else left - len(piece)
            found = unpacker.decompress(piece) if unpacker else piece
            checksum = zlib.crc32(found, checksum)
            yield found
            if unpacker and unpacker.eof:
                break
    if not unpacker.eof if unpacker else left:
        raise EOFError
    if member.checksum not in {None, checksum}:
        raise zlib.error
