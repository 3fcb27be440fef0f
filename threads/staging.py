"""Writing a folder so that an interruption leaves the previous one whole."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from threads.errors import CaseError


@contextmanager
def staged(folder: Path, *, drop: Collection[str] = ()) -> Iterator[Path]:
    """Yield an empty folder to write in; on leaving without an error its content replaces that of `folder`.

    Entries of the old folder that were not written anew are kept, save those named in `drop`. Until the
    last moment, which is two renames, the old folder stands as it was; a crash between the two is mended
    by `recover`. Raises CaseError where the place cannot be written.
    """
    folder = folder.absolute()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=f".{folder.name}.new-", dir=folder.parent))
        new.chmod(0o755)
    except FileExistsError as problem:
        raise CaseError(f"The folder {folder} cannot be written: {problem.filename} is a file.") from problem
    except OSError as problem:
        raise _unwritable(folder, problem) from problem
    try:
        yield new
        _keep(folder, new, drop)
        _swap(folder, new)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def recover(folder: Path) -> None:
    """Bring the old folder back where a crash left it set aside and nothing in its place."""
    aside = _aside(folder.absolute())
    try:
        if aside.is_dir() and not folder.exists():
            aside.rename(folder)
    except OSError as problem:
        raise _unwritable(folder, problem) from problem


def _unwritable(folder: Path, problem: OSError) -> CaseError:
    return CaseError(f"The folder {folder} cannot be written: {problem.strerror or problem}.")


def _keep(folder: Path, new: Path, drop: Collection[str]) -> None:
    if not folder.is_dir():
        return
    for entry in folder.iterdir():
        if entry.name in drop or (new / entry.name).exists():
            continue
        if entry.is_dir():
            shutil.copytree(entry, new / entry.name, copy_function=_link)
        else:
            _link(entry, new / entry.name)


def _link(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        shutil.copy2(source, target)


def _swap(folder: Path, new: Path) -> None:
    aside = _aside(folder)
    shutil.rmtree(aside, ignore_errors=True)
    if folder.exists():
        folder.rename(aside)
    new.rename(folder)
    shutil.rmtree(aside, ignore_errors=True)


def _aside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")
