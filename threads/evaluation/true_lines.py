"""Files of threads whose reply links are known, read and checked line by line.

A file holds a thread a line: `id, source, title, article, order_type (dfs or chrono)` and `comments: [{id,
author, text, text_nomention?, parent, parents?, annotated?, order, time?}]`; of these only `comments` and in
them `id`, `text` and `parent` must be there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from threads.errors import InputError


def lines_of(file: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Each line's number and its thread as a checked record, or the reason why it is none.

    What a record leaves out is filled in: `source` is then the file's name. Raises InputError where the
    file cannot be opened.
    """
    try:
        with file.open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield number, parsed(line, {"source": file.stem, "id": f"{file.stem}/{number}"})
    except OSError as problem:
        raise InputError(f"{file} cannot be opened: {problem.strerror or problem}.") from problem


def parsed(line: bytes, base: dict[str, Any], page: str = "") -> dict[str, Any] | str:
    """A record over `base` from its JSON, checked so that `known` takes it; or what is wrong with it.

    A comment without a text may say where in `page` it stands.
    """
    try:
        record = json.loads(line)
        json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return "it holds half of a surrogate pair"
    except (ValueError, RecursionError):
        return "it is no JSON"
    return _checked(record, base, page)


def _checked(record: object, base: dict[str, Any], page: str) -> dict[str, Any] | str:
    if not isinstance(record, dict) or not isinstance(record.get("comments"), list):
        return "it is no thread: it has no list 'comments'"
    ids: set[str] = set()
    for at, comment in enumerate(record["comments"]):
        if wrong := _problem(comment, ids, page):
            return f"comment {at + 1} {wrong}"
        comment.setdefault("order", at)
    full = {"order_type": "dfs", **base, **record}
    wrong = _wrong_type(full, {"source": str, "id": str | int, "title": _TEXT, "article": _TEXT})
    return f"it {wrong}" if wrong else full


_TEXT = str | None
_KINDS = {
    "text": _TEXT, "text_nomention": _TEXT, "author": _TEXT, "parent": _TEXT, "order": int | float,
    "annotated": bool, "parents": list | None, "time": str | int | float | None,
}  # fmt: skip


def _problem(comment: object, ids: set[str], page: str) -> str:
    """What is wrong with a comment, "" for nothing; its id joins `ids`."""
    if not isinstance(comment, dict):
        return "is no object"
    _fill_in(comment, page)
    for name in ("id", "parent", "text"):
        if name not in comment:
            return f"has no '{name}'"
    if not isinstance(comment["id"], str) or comment["id"] in ids:
        return "has an id that is no text or another comment's"
    ids.add(comment["id"])
    if wrong := _wrong_type(comment, _KINDS):
        return wrong
    odd = any(not isinstance(parent, str) for parent in comment.get("parents") or [])
    return "has 'parents' that are no ids" if odd else ""


def _fill_in(comment: dict[str, Any], page: str) -> None:
    """Ids that are numbers, as in many exports, become text; a text in the page is taken from there."""
    for name in ("id", "parent"):
        if isinstance(comment.get(name), int):
            comment[name] = str(comment[name])
    span = (comment.get("start"), comment.get("end"))
    if "text" not in comment and all(isinstance(at, int) and at >= 0 for at in span):
        comment["text"] = page[span[0] : span[1]]
        comment["author"] = comment.get("author") if comment.get("author_shown", True) else None


def _wrong_type(record: dict[str, Any], kinds: dict[str, Any]) -> str:
    wrong = [name for name, kind in kinds.items() if name in record and not isinstance(record[name], kind)]
    return f"has a '{wrong[0]}' of the wrong type" if wrong else ""
