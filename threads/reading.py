"""From files to COMMENTS: find the files, tell their formats, read them, infer what is lost, rebuild."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from threads.comment import Comment, Page, Record, Reject, comment_hash
from threads.errors import InputError
from threads.files import decode
from threads.files.archives import loss, unpacked_size
from threads.files.taken import Taken
from threads.formats import detect
from threads.formats.columnar import Columnar, named
from threads.formats.guessing import Guessing
from threads.infer import infer
from threads.inputs import Paths as Paths
from threads.inputs import files
from threads.parsed import REJECTS, Parsed, no_rejects
from threads.rebuild import rebuild
from threads.schema import COMMENTS, PAGES, conform, empty

Progress = Callable[[Iterable[Any], str, int], Iterable[Any]]


def quiet(items: Iterable[Any], _task: str, _total: int) -> Iterable[Any]:
    """Show no progress."""
    return items


def read(paths: Paths, *, columns: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Read files or folders of any mix of formats into COMMENTS, threads rebuilt.

    `columns` names the columns of a table whose names say nothing: {"text": "Kommentar"}.
    Raises InputError where nothing at all could be read.
    """
    return parse(paths, columns=columns).comments


def parse(paths: Paths, *, columns: Mapping[str, str] | None = None, progress: Progress = quiet) -> Parsed:
    """Read files or folders, and keep beside the comments what else there was: pages, rejects, inputs."""
    found = sources(paths, columns)
    chunks = [table for source in progress(found, "Reading", len(found)) for table in source.tables()]
    read = described(found)
    comments = complete(pd.concat([empty(COMMENTS), *chunks], ignore_index=True), articles(found))
    return replace(read, comments=comments)


def sources(paths: Paths, columns: Mapping[str, str] | None = None) -> list[Source]:
    """Return every input file below the paths, not yet read."""
    return [Source(path, name, columns or {}) for path, name in files(paths)]


def described(found: Sequence[Source]) -> Parsed:
    """What sources that were read say beside their comments; `comments` is empty here.

    Raises InputError, with the first problem, where not one of them could be read.
    """
    if not found:
        raise InputError("No file or folder was given to read.")
    problems = [source.problem for source in found if source.problem]
    if len(problems) == len(found):
        others = len(problems) - 1
        more = f" ({others} more file{'s' * (others > 1)} could not be read either)" if others else ""
        raise InputError(f"{problems[0]}{more}")
    return Parsed(empty(COMMENTS), pages(found), rejects(found), [source.record() for source in found])


@dataclass(slots=True)
class Source:
    """One input file while it is read: counts what it gave and keeps what it refused."""

    path: Path
    name: str
    columns: Mapping[str, str]
    platform: str | None = None
    per_thread: Counter[str] = field(default_factory=Counter)
    pages: list[Page] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    problem: str | None = None
    taken: Taken | None = None
    stem: str = field(init=False)

    def __post_init__(self) -> None:
        self.stem = decode.plain(self.path).stem

    def comments(self) -> Iterator[Comment | pa.Table]:
        """Yield the file's comments, of some formats as tables; a file that cannot be read is one reject."""
        try:
            for record in self._records():
                match record:
                    case Comment():
                        self.per_thread[record.thread_id] += 1
                        yield record
                    case pa.Table():
                        for each in pc.value_counts(record["thread_id"]).to_pylist():
                            self.per_thread[each["values"]] += each["counts"]
                        yield record
                    case Page():
                        self.pages.append(record)
                    case Reject():
                        self.rejects.append(record)
        except (InputError, OSError) as problem:
            self.problem = _sentence(problem, self.path)
            reasons = dict.fromkeys(filter(None, (self.problem, loss(self.path))))
            self.rejects += [Reject(line=None, reason=each) for each in reasons]

    def _records(self) -> Iterator[Record | pa.Table]:
        if self.path.exists() and not self.path.is_file():
            raise InputError(f"{self.path} cannot be read: it is no plain file.")
        chosen = detect(self.path, columns=self.columns)
        self.platform = chosen.name
        yield from chosen.tables(self.path) if isinstance(chosen, Columnar) else chosen.read(self.path)
        if damage := loss(self.path):  # told before the file is opened once more
            yield Reject(line=None, reason=damage)
        self.taken = chosen.taken(self.path) if isinstance(chosen, Guessing) else None

    def tables(self, size: int | None = None) -> Iterator[pd.DataFrame]:
        """Yield the file's comments as COMMENTS, `size` at a time, links not yet inferred or rebuilt."""
        waiting: list[Comment] = []
        for found in self.comments():
            if isinstance(found, pa.Table):
                yield self._of_columns(found)
                continue
            waiting.append(found)
            if len(waiting) == size:
                yield self._table(waiting)
                waiting = []
        if waiting:
            yield self._table(waiting)

    def thread(self, thread_id: str) -> str:
        """Return the thread's id; one that the file does not name is called by its name and content."""
        return f"{thread_id}-{_mark(self.path)}" if thread_id == self.stem else thread_id

    def _table(self, comments: Sequence[Comment]) -> pd.DataFrame:
        columns: dict[str, Any] = {name: [getattr(c, name) for c in comments] for name in _SAME_NAME}
        columns["thread_id"] = [self.thread(c.thread_id) for c in comments]
        columns["comment_id"] = [self._id(c, c.native_id) or self._made_id(c) for c in comments]
        columns["parent_id"] = [self._id(c, c.parent_native_id) for c in comments]
        columns["reply_to_all"] = [self._ids(c) for c in comments]
        columns["comment_confidence"] = [c.confidence for c in comments]
        frame = pd.DataFrame(columns).assign(platform=self.platform or "", source=self.name)
        return conform(frame, COMMENTS)

    def _of_columns(self, found: pa.Table) -> pd.DataFrame:
        table = named(found, self.platform or "", self.stem, self.thread(self.stem))
        frame: pd.DataFrame = table.to_pandas().assign(source=self.name, platform=self.platform)
        nameless = frame["comment_id"].isna().to_numpy()
        if nameless.any():
            rows = found.filter(pa.array(nameless)).to_pylist()
            frame.loc[nameless, "comment_id"] = [self._made_id(Comment(**row)) for row in rows]
        return frame.assign(comment_confidence=np.float32(1))

    def _id(self, comment: Comment, native_id: str | None) -> str | None:
        """The platform and the source's id; within a thread that only the file names, that thread too.

        So an id does not depend on which files are read together, though many number their rows from 1.
        """
        if native_id is None:
            return None
        thread = self.thread(comment.thread_id)
        scope = "" if thread == comment.thread_id else f"{thread}/"
        return f"{self.platform}:{scope}{native_id}"

    def _ids(self, comment: Comment) -> str | None:
        found = (self._id(comment, native_id) for native_id in comment.reply_to_all)
        return " ".join(name for name in found if name) or None

    def _made_id(self, c: Comment) -> str:
        key = comment_hash(self.thread(c.thread_id), c.author, c.created, c.position, c.text)
        return f"{self.platform}:{key}"

    def all_pages(self) -> list[Page]:
        """Return the file's pages, one without title or article for a thread of which it says no more."""
        told = {page.thread_id for page in self.pages}
        return [*self.pages, *(Page(thread_id=name) for name in self.per_thread if name not in told)]

    def size(self) -> int:
        """Return the file's bytes, as far as is known unpacked; 0 for what cannot be read."""
        return unpacked_size(self.path)

    def record(self) -> dict[str, Any]:
        """Return what run.json says of this file."""
        return {
            "source": self.name, "platform": self.platform,
            "bytes": self.path.stat().st_size if self.path.is_file() else self.size(),
            "sha256": _sha256(self.path), "n_comments": self.per_thread.total(),
            "n_rejects": len(self.rejects), **(self.taken._asdict() if self.taken else {}),
        }  # fmt: skip


def _sentence(problem: Exception, path: Path) -> str:
    if isinstance(problem, OSError):
        return f"{path} cannot be opened: {problem.strerror or problem}."
    return str(problem)


def _sha256(path: Path) -> str:
    """The hash of a file as it lies on the disk or in an archive; empty for what cannot be opened."""
    try:
        if path.is_file() or not path.exists():
            found = hashlib.sha256()
            with path.open("rb") if path.is_file() else decode.open_binary(path) as stream:
                while data := stream.read(2**20):
                    found.update(data)
            return found.hexdigest()
    except (InputError, OSError):
        pass
    return ""


_SAME_NAME = [f.name for f in fields(Comment) if f.name in COMMENTS.names and f.name != "reply_to_all"]


@cache
def _mark(path: Path) -> str:
    """Four hexadecimal digits that tell files of one name apart: a hash of their first 64 KiB."""
    return hashlib.blake2b(decode.read_head(path), digest_size=2).hexdigest()


def complete(comments: pd.DataFrame, articles: Mapping[str, str]) -> pd.DataFrame:
    """Infer people and links where the source lost them, then rebuild every thread."""
    return rebuild(infer(comments, articles)) if len(comments) else comments


def articles(sources: Iterable[Source]) -> dict[str, str]:
    """Return the article text of every thread that has one."""
    return {
        source.thread(page.thread_id): page.article
        for source in sources
        for page in source.pages
        if page.article
    }


def pages(sources: Iterable[Source]) -> pd.DataFrame:
    """PAGES of the sources, in the order of the files: a row for each page or thread that a file tells of."""
    said = ("title", "article", "url", "note", "confidence")
    rows = [
        {name: getattr(page, name) for name in said}
        | {"thread_id": source.thread(page.thread_id), "n_comments": source.per_thread[page.thread_id]}
        | {"source": source.name, "platform": source.platform}
        for source in sources
        for page in source.all_pages()
    ]
    return conform(pd.DataFrame(rows), PAGES) if rows else empty(PAGES)


def rejects(sources: Iterable[Source]) -> pd.DataFrame:
    """Every record that could not be read, in the order of the files."""
    rows = [(s.name, r.line, r.reason, r.excerpt) for s in sources for r in s.rejects]
    return pd.DataFrame(rows, columns=list(REJECTS)).astype({"line": "Int64"}) if rows else no_rejects()
