"""Reddit's own objects, comments and submissions, to columns: the same for dumps, listings and tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from threads.comment import Comment, Page
from threads.files.objects import clean, count
from threads.files.records import identifier, string
from threads.files.times import moment

SITE = "https://www.reddit.com"
MARKED = ("author", "author_id", "reply_to", "url")
"""What identifies a person here: an address below /r/u_NAME/ or /user/NAME/ holds the name."""

_THREAD = re.compile(r"/comments/([a-z0-9]{1,13})(?:/|$)")
_GONE = {"deleted": r"^\s*\[ ?deleted(?: by user)? ?\]\s*$", "removed": r"^\s*\[ ?removed(?: by [^\[\]]{0,80}| on [^\]]*|\])"}  # fmt: skip  # noqa: E501
# What stands for a character in Markdown, behind the escapes of the three that Reddit writes in its answers.
_ESCAPES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&#x200B;", ""), ("&nbsp;", " "))
_EARLIEST, _LATEST = 1e8, 1e11  # seconds, as in times.py
_MOST = 2**31 - 1
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Row(msgspec.Struct, gc=False):
    """What a comment or a submission of Reddit says of itself, of the types that nearly all have."""

    id: str | None = None
    name: str | None = None
    body: str | None = None
    title: str | None = None
    selftext: str | None = None
    link_id: str | None = None
    parent_id: str | None = None
    author: str | None = None
    author_fullname: str | None = None
    created_utc: int | float | str | None = None
    edited: bool | int | float | None = None
    score: int | None = None
    score_hidden: bool | None = None
    permalink: str | None = None
    link_title: str | None = None


_STRINGS = ("id", "name", "body", "title", "selftext", "link_id", "parent_id", "author", "author_fullname",
            "permalink", "link_title")  # fmt: skip


def row(value: Mapping[str, Any]) -> Row | None:
    """Return an object, whatever the types of its values, as a row; None where it is not one of Reddit's."""
    got = {name: _string(value.get(name)) for name in _STRINGS}
    if got["body"] is None and got["title"] is None:
        return None
    parent, link = value.get("parent_id"), value.get("link_id")
    if isinstance(parent, int) and not isinstance(parent, bool):  # Pushshift wrote numbers for a time
        got["parent_id"] = _in_letters(parent)
    if isinstance(link, int) and not isinstance(link, bool):
        got["link_id"] = _in_letters(link)
    edited, created = (moment(_number(value.get(name))) for name in ("edited", "created_utc"))
    points = value.get("score", value.get("ups"))
    return Row(
        **got,
        created_utc=created.timestamp() if created else None,
        edited=edited.timestamp() if edited else None,
        score=None if isinstance(points, bool) else count(points),
        score_hidden=str(value.get("score_hidden")).casefold() == "true",
    )


def _string(value: object) -> str | None:
    return clean(value) if isinstance(value, str) else string(value)


def _number(value: object) -> object:
    return None if isinstance(value, bool) or str(value).casefold() in {"true", "false"} else value


def _in_letters(number: int) -> str:
    letters = ""
    while number > 0:
        number, place = divmod(number, len(_DIGITS))
        letters = _DIGITS[place] + letters
    return letters


def table(rows: Sequence[Row], thread: str, position: int) -> pa.Table:
    """Return comments as columns that are called as the fields of Comment; `thread` is that of a comment
    that names none, `position` the place of the first.
    """
    text = _unescaped(pa.array([each.body for each in rows], pa.string()))
    deleted = _gone(text)
    author = _present(pa.array([each.author for each in rows], pa.string()))
    threads = _bare(
        pa.array([each.link_id or _thread_of(each.permalink, thread) for each in rows], pa.string())
    )
    above = _present(pa.array([each.parent_id for each in rows], pa.string()))
    parent = _bare(pc.if_else(pc.starts_with(above, "t3_"), None, above))
    return pa.table({
        "text": pc.if_else(pc.is_valid(deleted), "", text),
        "thread_id": threads,
        "position": pa.array(range(position, position + len(rows)), pa.int32()),
        "native_id": _bare(_present(pa.array([each.id or each.name for each in rows], pa.string()))),
        "parent_native_id": pc.if_else(pc.equal(parent, threads), None, parent),
        "author": pc.if_else(pc.equal(author, "[deleted]"), None, author),
        "author_id": _present(pa.array([each.author_fullname for each in rows], pa.string())),
        "created": _times([each.created_utc for each in rows]),
        "edited": _times([None if type(each.edited) is bool else each.edited for each in rows]),
        "deleted": deleted,
        "likes": _points([None if each.score_hidden else each.score for each in rows]),
        "url": _addresses(pa.array([each.permalink for each in rows], pa.string())),
        "title": _unescaped(pa.array([each.link_title for each in rows], pa.string())),
    })  # fmt: skip


def comments(found: pa.Table) -> list[Comment]:
    """Return the rows of such a table as records."""
    return [Comment(**each) for each in found.to_pylist()]


def page(submission: Row) -> Page:
    """Return a submission as the page that its comments stand below."""
    said = pa.array([submission.title, submission.selftext], pa.string())
    title, article = pc.if_else(pc.is_valid(_gone(said)), None, _unescaped(said)).to_pylist()
    address = _addresses(pa.array([submission.permalink], pa.string()))[0].as_py()
    return Page(
        thread_id=identifier(submission.id or submission.name) or _thread_of(submission.permalink, "reddit"),
        title=title or None,
        article=article or "",
        url=address,
    )


def _thread_of(permalink: str | None, thread: str) -> str:
    found = _THREAD.search(permalink or "")
    return found[1] if found else thread


def _unescaped(texts: pa.Array) -> pa.Array:
    if pc.any(pc.match_substring(texts, "\0")).as_py():
        texts = pc.replace_substring(texts, "\0", "")
    marked = pc.fill_null(pc.match_substring(texts, "&"), False)
    if not pc.any(marked).as_py():
        return texts
    some = texts.filter(marked)
    for escape, sign in _ESCAPES:
        some = pc.replace_substring(some, escape, sign)
    return pc.replace_with_mask(texts, marked, some)


def _gone(texts: pa.Array) -> pa.Array:
    """Which texts only say that the text is gone: deleted by its author, or removed."""
    found = pa.nulls(len(texts), pa.string())
    short = pc.fill_null(pc.starts_with(texts, "["), False)
    if not pc.any(short).as_py():
        return found
    for how, pattern in _GONE.items():
        found = pc.if_else(
            pc.and_(short, pc.match_substring_regex(texts, pattern, ignore_case=True)), how, found
        )
    return found


def _present(values: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(values, ""), None, values)


def _bare(names: pa.Array) -> pa.Array:
    """Ids without the kind that stands before them."""
    marked = pc.or_(pc.starts_with(names, "t1_"), pc.starts_with(names, "t3_"))
    return pc.if_else(marked, pc.utf8_slice_codeunits(names, 3), names)


def _times(values: list[Any]) -> pa.Array:
    """Seconds since 1970, whatever they are written as, to times; null for what is no time."""
    try:
        seconds = pa.array(values, pa.float64())
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        return pa.array([moment(value) for value in values], pa.timestamp("us", tz="UTC"))
    usual = pc.and_(pc.greater_equal(seconds, _EARLIEST), pc.less(seconds, _LATEST))
    whole = pc.cast(pc.multiply(pc.if_else(usual, seconds, None), 1e6), pa.int64(), safe=False)
    return pc.cast(whole, pa.timestamp("us", tz="UTC"))


def _points(values: list[int | None]) -> pa.Array:
    try:
        return pa.array(values, pa.int32())
    except (pa.ArrowInvalid, OverflowError):
        return pa.array([None if n is None or abs(n) > _MOST else n for n in values], pa.int32())


def _addresses(paths: pa.Array) -> pa.Array:
    below = pc.starts_with(paths, "/")
    return _present(pc.if_else(below, pc.binary_join_element_wise(SITE, paths, ""), paths))
