"""Comments of static sites (Staticman, Jekyll): a YAML file each, in a folder for each page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from threads.comment import Comment, Record, Reject
from threads.errors import InputError
from threads.files import archives, bounded_yaml, decode
from threads.files.objects import Object, as_stated, excerpt, from_html, mappings, words
from threads.files.records import identifier, string
from threads.files.times import moment
from threads.formats.base import PERSON

name = "static_yaml"
title = "Comments of a static site (YAML)"
keeps = "ids, parents, authors, times; the folder is the thread"
identifies = PERSON

_SUFFIXES = (".yml", ".yaml")
_TEXTS = ("message", "comment", "body", "content", "text")
_NAMES = ("name", "author", "author_name", "user")
_PARENTS = (
    "replying_to_uid", "reply_to_id", "in_reply_to", "parent_id", "parentId", "parent", "reply_to",
    "replyID", "replying_to", "replyThread",
)  # fmt: skip
_PAGES = ("post_id", "slug", "postid", "page")
_KEY = re.compile(r"^(?:- +|  )?([A-Za-z_]{1,20}):(?:\s|$)", re.MULTILINE)
_TAG = re.compile(r"</?[a-z][a-z0-9]{0,10}[\s/>]|&(?:amp|lt|gt|quot|#\d+);", re.IGNORECASE)
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_ID = re.compile(r"(?:comment-)?[0-9a-f-]{8,}$|\d{1,20}$", re.IGNORECASE)  # a comment's, not a page's
_MOST_BESIDE = 20_000  # files of a folder that are looked through for the one that is answered


def sniff(head: bytes, path: Path) -> float:
    """Nearly certain where a YAML file, or one with YAML before its text, names a text and who wrote it."""
    begin = decode.head_text(head)
    front = _FRONT.match(begin)
    keys = set(_KEY.findall(front[1] if front else begin))
    is_said = bool(keys & set(_TEXTS)) or (front is not None and begin[front.end() :].strip() != "")
    is_yaml = decode.plain(path).suffix.casefold() in _SUFFIXES
    if not (is_said and keys & set(_NAMES)) or begin.lstrip()[:1] in {"{", "[", "<"}:
        return 0.0
    if is_yaml:
        return 0.97
    return 0.95 if front and keys & {*_PARENTS, *_PAGES, "comment", "_parent"} and "date" in keys else 0.0


def read(path: Path) -> Iterator[Record]:
    """Yield the comment of a file, or all of a list. Raises InputError where it is no YAML."""
    value = _value(path)
    rows = _rows(value)
    if not rows:
        raise InputError(f"The file {path} holds no comment: none of its values is a text with a name.")
    for number, row in enumerate(rows, 1):
        if not any(row.get(each) for each in _TEXTS):
            yield Reject(line=None, reason=f"Comment {number} has no text.", excerpt=excerpt(row))
    said = [row for row in rows if any(row.get(each) for each in _TEXTS)]
    for place, row in enumerate(said):
        yield _comment(row, _Beside.of(path, row, said), path, place)


def _value(path: Path) -> Any:  # noqa: ANN401
    """What a file holds; the text behind YAML that stands before it is its message."""
    text = decode.read_text(path)
    front = _FRONT.match(text)
    try:
        value = bounded_yaml.load(front[1] if front else text)
    except ValueError as problem:
        raise InputError(f"The file {path} {problem}.") from problem
    behind = text[front.end() :].strip() if front else ""
    return {**value, "message": behind} if behind and isinstance(value, dict) else value


def _rows(value: object) -> list[Object]:
    """The comments in a value: one, a list, or lists and comments by name."""
    if not isinstance(value, dict):
        return mappings(value)
    if any(isinstance(value.get(each), str) for each in _TEXTS):
        return [value]
    return [row for each in value.values() for row in ([each] if isinstance(each, dict) else mappings(each))]


def _thread(row: Object, path: Path) -> str:
    """The page that the comment names, else the folder: what follows "comments" in _data/comments/2016/x."""
    told = string(row.get("_parent"))
    if told and not _ID.match(told):
        return _path_of(told)
    folders = decode.plain(path).parent.parts
    inner = next((n for n in range(len(folders), 0, -1) if folders[n - 1].strip("_") == "comments"), 0)
    named = next((string(row.get(each)) for each in _PAGES if string(row.get(each))), None)
    return named or "/".join(folders[inner:] if inner else folders[-1:]) or decode.plain(path).stem


def _path_of(url: str) -> str:
    """The path of an address without host, query and last slash: one page, however it was reached."""
    try:
        return urlsplit(url).path.rstrip("/") or url
    except ValueError:
        return url


def _own_id(row: Object, stem: str) -> str:
    return identifier(row.get("_id")) or identifier(row.get("id")) or stem


def _parent(row: Object) -> str | None:
    found = (identifier(row.get(each)) for each in _PARENTS)
    return next((each for each in found if each and each not in {"0", "~", "false"}), None)


@dataclass(frozen=True, slots=True)
class _Beside:
    """The comments of one thread: `ids` by every name that they go by, `roots` in the order of the files."""

    ids: Mapping[str, str]
    roots: tuple[str, ...]

    @classmethod
    def of(cls, path: Path, row: Object, said: list[Object]) -> _Beside:
        """Those in the same file where it has several, else those in the files beside it."""
        stem = decode.plain(path).stem
        if len(said) > 1:
            return cls.among([(each, f"{stem}-{place}") for place, each in enumerate(said)])
        if not _asks(row):
            return _NOBODY
        archive = archives.archive_of(path)
        changed = (archive or path.parent).stat().st_mtime_ns
        return _folder(path.parent, archive, changed, _thread(row, path))

    @classmethod
    def among(cls, rows: list[tuple[Object, str]]) -> _Beside:
        ids: dict[str, str] = {}
        for row, stem in rows:
            own = _own_id(row, stem)
            for each in (stem, identifier(row.get("id")), own):
                ids.setdefault(each or own, own)
        return cls(ids, tuple(_own_id(row, stem) for row, stem in rows if _parent(row) is None))

    def answered(self, row: Object) -> str | None:
        """The id of the comment answered; a number that is no id counts the comments that answer none."""
        told = _parent(row)
        page = string(row.get("_parent"))
        if told is None:
            return self.ids.get(page) if page else None
        if told in self.ids or not told.isdecimal() or len(told) > 6:
            return self.ids.get(told, told)
        return self.roots[int(told) - 1] if 0 < int(told) <= len(self.roots) else told


_NOBODY = _Beside({}, ())


def _asks(row: Object) -> bool:
    page = string(row.get("_parent"))
    return _parent(row) is not None or (page is not None and _ID.match(page) is not None)


@lru_cache(maxsize=4)
def _folder(folder: Path, archive: Path | None, changed: int, thread: str) -> _Beside:
    """The comments of a thread in a folder, in the order of their names."""
    rows = []
    for path, row in _in_folder(folder, archive, changed):
        if _thread(row, path) == thread:
            rows.append((row, decode.plain(path).stem))
    return _Beside.among(rows)


@lru_cache(maxsize=4)
def _in_folder(folder: Path, archive: Path | None, _changed: int) -> list[tuple[Path, Object]]:
    """What the YAML files of a folder hold, one comment each; those that cannot be read are left out."""
    beside = archives.within(archive) if archive else folder.iterdir()
    found = []
    for path in sorted(each for each in beside if each.parent == folder)[:_MOST_BESIDE]:
        try:
            rows = _rows(_value(path)) if sniff(decode.read_head(path), path) else []
        except (InputError, OSError):
            continue
        found += [(path, row) for row in rows if len(rows) == 1]
    return found


def _comment(row: Object, beside: _Beside, path: Path, place: int) -> Comment:
    said = words(next(row[each] for each in _TEXTS if row.get(each))).replace("\r\n", "\n").strip()
    date = next((row[each] for each in ("date", "created", "timestamp") if row.get(each)), None)
    created, stem = moment(date), decode.plain(path).stem
    edited = moment(row.get("updated")) or moment(row.get("edited"))
    native_id = _own_id(row, stem if not beside.ids or stem in beside.ids else f"{stem}-{place}")
    parent = beside.answered(row)
    return Comment(
        text=from_html(said) if _TAG.search(said) else said,
        thread_id=_thread(row, path),
        position=place,
        native_id=native_id,
        parent_native_id=None if parent == native_id else parent,
        author=next((string(row.get(each)) for each in _NAMES if string(row.get(each))), None),
        created=created,
        created_text=None if created else as_stated(date),
        edited=None if edited == created else edited,
        reply_to=string(row.get("replyName")) or string(row.get("replying_to_name")),
    )
