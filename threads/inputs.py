"""Which files are meant by the paths that a user gives."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from threads.errors import InputError
from threads.files.archives import within

Paths = str | Path | Sequence[str | Path]


def files(paths: Paths) -> Iterator[tuple[Path, str]]:
    """Each file below the paths, sorted, with the name that the tables call it by.

    A zip archive stands for the files in it, each called by its place in there where there are several.
    What lies in a folder and cannot be read is among them, so that it is counted and not passed over.
    Raises InputError where a path does not exist or a folder holds no file.
    """
    for given in [paths] if isinstance(paths, str | Path) else paths:
        path = Path(given)
        if not path.is_dir():
            if not path.exists():
                raise InputError(f"There is no file or folder {path}.")
            yield from _unzipped(path, path.name)
            continue
        inside = sorted(p for p in _below(path) if not _left_out(p.relative_to(path)))
        if not inside:
            raise InputError(f"The folder {path} holds no file to read.")
        for found in inside:
            yield from _unzipped(found, found.relative_to(path).as_posix())


def _unzipped(path: Path, name: str) -> Iterator[tuple[Path, str]]:
    inside = within(path)
    if len(inside) < 2:
        yield inside[0] if inside else path, name
    else:
        yield from ((file, f"{name}/{file.relative_to(path).as_posix()}") for file in inside)


def _below(folder: Path) -> Iterator[Path]:
    unread: list[OSError] = []
    for place, _, names in os.walk(folder, onerror=unread.append):
        yield from (Path(place) / name for name in names)
    yield from (Path(problem.filename) for problem in unread)


def _left_out(path: Path) -> bool:
    """Hidden files, and the outlines that lie beside sample pages to say how they should be read."""
    return path.suffix == ".outline" or any(part.startswith(".") for part in path.parts)
