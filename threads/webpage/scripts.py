"""Comments that a page keeps only in a script: JSON-LD, and the state that its own code starts from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from lxml import etree

from threads.comment import Comment, Page
from threads.files import json_deep
from threads.files.columns import Columns, plain, recognise
from threads.files.json_walk import Walk
from threads.files.records import identifier, string
from threads.files.times import moment
from threads.markup import strip_markup

_LD = "application/ld+json"
_LONGEST = 32 * 2**20  # code points of a script that are read
_VALUES = 2_000_000  # values of one script that are looked at
# window.__INITIAL_STATE__ = {…}, Blogger's items = […], and the string that Substack parses.
_VALUE = re.compile(r"=\s{0,3}(?=[{\[])|\bJSON\.parse\(\s{0,3}(?=\")")
_NAME = re.compile(r"([A-Za-z_$][\w$]{0,60})[\"'\]]{0,2}\s{0,3}$")
_LOOKED_AT = 50  # records by which a list is judged
_TRIED = 40  # assignments of one script
_ANSWERING = frozenset(("posts", "items", "messages", "entries", "nodes"))  # comments where they name parents
_COMMENTS = re.compile(
    r"^(?:comments?|initialcomments|commentlist|commentsbyid|replies|commentthreads?|discussion|responses|threadcomments)$"
)
_INSIDE = frozenset(
    ("models", "items", "nodes", "edges", "data", "list", "results", "entries", "byid", "entities")
)
_TYPES = ("Comment", "Answer", "UserComments")


def comments(root: etree._Element, page: Page) -> list[Comment]:
    """Return the comments of the first script that holds any; JSON-LD before the rest."""
    scripts = [each for each in root.iter("script") if each.text and len(each.text) <= _LONGEST]
    linked = [each.text for each in scripts if (each.get("type") or "").lower().strip() == _LD]
    for text in linked:
        found = list(_of_linked(_json(text or ""), page))
        if found:
            return found
    for each in scripts:
        if each.text not in linked:
            found = _of_state(list(_states(each)), page)
            if found:
                return found
    return []


def _states(script: etree._Element) -> Iterator[Any]:
    """The values that a script gives to names, those within the others left out."""
    text = script.text or ""
    if "json" in (script.get("type") or "").lower():
        yield _json(text)
        return
    end = 0
    for assigned in islice(_VALUE.finditer(text), _TRIED):
        if assigned.end() < end:
            continue
        name = _NAME.search(text[max(0, assigned.start() - 64) : assigned.start()])
        try:
            value, end = json.JSONDecoder().raw_decode(text, assigned.end())
        except (ValueError, RecursionError):
            continue
        yield _json(value) if isinstance(value, str) else {name[1] if name else "": value}


def _json(text: str) -> Any:  # noqa: ANN401
    """The value of a script, without what stands behind its end; None where it is none."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";").strip()
    if not text.startswith(("{", "[")):
        return None
    try:
        return json_deep.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        return json.JSONDecoder().raw_decode(text)[0]
    except (ValueError, RecursionError):
        return None


def _of_linked(value: Any, page: Page) -> Iterator[Comment]:  # noqa: ANN401
    """The comments of a JSON-LD graph, those below them after them."""
    stack: list[tuple[Any, str | None]] = [(value, None)]
    position, looked = 0, 0
    while stack and looked < _VALUES:
        node, parent = stack.pop()
        looked += 1
        if isinstance(node, list):
            stack.extend((each, parent) for each in reversed(node))
            continue
        if not isinstance(node, dict):
            continue
        below = parent
        if _is_comment(node):
            found = _linked(node, page, parent, position)
            position += 1
            below = found.native_id
            yield found
        stack.extend((each, below) for each in reversed(node.values()) if isinstance(each, dict | list))


def _is_comment(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(kind in _TYPES for kind in (kinds if isinstance(kinds, list) else [kinds])) and bool(
        node.get("text") or node.get("description") or node.get("commentText")
    )


def _linked(node: Mapping[str, Any], page: Page, parent: str | None, position: int) -> Comment:
    text = string(node.get("text") or node.get("commentText") or node.get("description")) or ""
    person = node.get("author") or node.get("creator")
    person = person[0] if isinstance(person, list) and person else person
    created = node.get("dateCreated") or node.get("datePublished") or node.get("commentTime")
    time = moment(created)
    answered = node.get("parentItem")
    likes = node.get("upvoteCount")
    return Comment(
        text=strip_markup(text),
        thread_id=page.thread_id,
        position=position,
        native_id=identifier(node.get("@id") or node.get("identifier") or node.get("url")) or f"#{position}",
        parent_native_id=parent
        or identifier(answered.get("@id") if isinstance(answered, dict) else answered),
        author=string(person.get("name") if isinstance(person, dict) else person),
        created=time,
        created_text=string(created) if time is None else None,
        edited=moment(node.get("dateModified")) if node.get("dateModified") != created else None,
        likes=int(likes) if isinstance(likes, int | str) and str(likes).lstrip("-").isdecimal() else None,
        url=string(node.get("url")) if str(node.get("url")).startswith("http") else None,
        title=page.title,
    )


def _of_state(value: Any, page: Page) -> list[Comment]:  # noqa: ANN401
    """The longest list of comments that stands under a key that says comments."""
    best: list[Comment] = []
    for listed in _lists(value):
        walk = Walk(page.thread_id, {})
        found = [each for each in walk.records(listed, line=None) if isinstance(each, Comment)]
        if len(found) > len(best):
            best = found
    return [replace(each, thread_id=page.thread_id, title=page.title) for each in best]


def _lists(value: Any) -> Iterator[list[Any]]:  # noqa: ANN401
    stack: list[tuple[str, Any]] = [("", value)]
    looked = 0
    while stack and looked < _VALUES:
        key, node = stack.pop()
        looked += 1
        if isinstance(node, dict):
            if _COMMENTS.match(key) and _are_comments(node.values()):
                yield list(node.values())
                continue
            stack.extend(
                (key if plain(str(name)) in _INSIDE and _COMMENTS.match(key) else plain(str(name)), each)
                for name, each in node.items()
                if isinstance(each, dict | list)
            )
        elif isinstance(node, list):
            answer = key in _ANSWERING and any(_parent(each) for each in node[:_LOOKED_AT])
            if (answer or _COMMENTS.match(key)) and _are_comments(node):
                yield node
                continue
            stack.extend(
                (key if _COMMENTS.match(key) else "", each) for each in node if isinstance(each, dict | list)
            )


def _are_comments(values: Iterable[Any]) -> bool:
    """Whether all values are objects, and most with a text, an author, and an id or a time."""
    listed = list(values)
    if not listed or not all(isinstance(each, dict) for each in listed):
        return False
    told = [columns for each in listed[:_LOOKED_AT] if (columns := _columns(each))]
    return 2 * len(told) >= len(listed[:_LOOKED_AT])


def _parent(each: object) -> bool:
    columns = _columns(each) if isinstance(each, dict) else None
    return columns is not None and columns.parent is not None


def _columns(each: Mapping[str, Any]) -> Columns | None:
    columns = recognise([str(name) for name in each], {})
    if columns is None or not isinstance(each.get(columns.text), str) or columns.author is None:
        return None
    return columns if each.get(columns.author) and (columns.id or columns.created) else None
