"""One row of a table, or one JSON object, to a Comment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from threads.comment import Comment
from threads.files.columns import Columns
from threads.files.objects import clean, count
from threads.files.times import moment
from threads.markup import strip_markup

Row = Mapping[Any, Any]

_NOTHING = frozenset({"", "null", "none", "nan", "na", "n/a", "undefined", "\\n", "<na>"})
_NO_NAME = frozenset({"", "nan", "null", "\\n"})
_NO_PARENT = _NOTHING | {"0", "-1", "root"}
_GONE = frozenset({"[deleted]", "[removed]"})
# Tags and entities that platforms store; "a < b" and "AT&T" are none of them.
_TAG = re.compile(
    r"</?(?:p|br|a|div|span|blockquote|em|i|b|strong|code|pre|ul|ol|li|img)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_PERSON_NAME = ("name", "display_name", "displayName", "username", "screen_name", "login", "nickname")


def comment(row: Row, columns: Columns, *, thread: str, position: int) -> Comment:
    """Return the comment in a row; `thread` is its thread where the row names none.

    A text that is null or was deleted is empty, and the comment stays.
    """
    c, get = columns, row.get  # of a column that is not there (None) a row has None
    own_thread = identifier(get(c.thread)) or thread
    author, author_id = _person(get(c.author), get(c.author_id))
    date = get(c.created)
    created = moment(date)
    return Comment(
        text=_text(get(c.text)),
        thread_id=own_thread,
        position=position,
        native_id=identifier(get(c.id)),
        parent_native_id=_parent(get(c.parent), own_thread),
        author=author,
        author_id=author_id,
        created=created,
        created_text=string(date) if created is None else None,
        likes=count(get(c.likes)),
        url=string(get(c.url)),
        title=string(get(c.title)),
        reply_to=string(get(c.reply_to)),
    )


def _text(value: object) -> str:
    text = value if isinstance(value, str) else string(value) or ""
    if _TAG.search(text):
        text = strip_markup(text)
    elif _ENTITY.search(text):  # without tags the line breaks are the writer's own
        text = unescape(text)
    return "" if text in _GONE else clean(text)


def string(value: object) -> str | None:
    """A name, title or address: text that says something, else None."""
    if value is None:
        return None
    if isinstance(value, str):
        text = value.strip()
        return None if text.casefold() in _NO_NAME else clean(text)
    return _number(value) if isinstance(value, int | float) else None


def _number(value: float) -> str | None:
    """A number as it was meant before a table made a float of it: 17.0 is "17"; NaN is None."""
    if value != value or isinstance(value, bool):  # noqa: PLR0124
        return None
    return str(int(value)) if value == value // 1 else str(value)


def identifier(value: object) -> str | None:
    """An id as text, without ".0" behind a number and without the kind that Reddit sets before it."""
    if value is None:
        return None
    if isinstance(value, dict):
        value = value.get("id")
    text = value.strip() if isinstance(value, str) else string(value)
    if text is None or text.casefold() in _NOTHING:
        return None
    if text.endswith(".0") and text[:-2].isdecimal():
        return text[:-2]
    return text[3:] if text.startswith(("t1_", "t3_")) else text


def _parent(value: object, thread: str) -> str | None:
    """The id of the comment answered; None where the row answers the page itself."""
    if isinstance(value, str) and value.startswith("t3_"):
        return None
    parent = identifier(value)
    return None if parent is None or parent == thread or parent.casefold() in _NO_PARENT else parent


def _person(author: object, author_id: object) -> tuple[str | None, str | None]:
    """Name and id of the author, who may stand in an object of his own; "[deleted]" names nobody."""
    if isinstance(author, dict):
        person, author = author, next((author[key] for key in _PERSON_NAME if author.get(key)), None)
        author_id = person.get("id") if author_id is None else author_id
    name = string(author)
    return (None if name in _GONE else name), identifier(author_id)
