"""One post of an imageboard out of the ways in which the engines write it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from threads.files.objects import Object, from_html, identity, mapping, mappings, said, words
from threads.files.times import moment

_LINK = re.compile(r"(?<!>)>>(\d{1,15})(?![\d/])")
_NUMBERS = ("no", "num", "postId", "threadId")
_TIMES = ("time", "timestamp", "creation", "date", "createdAt")
_MARKS = (  # names that no other kind of object has together
    frozenset({"no", "resto"}),
    frozenset({"no", "com", "time"}),
    frozenset({"no", "time", "sub", "name"}),
    frozenset({"num", "comment", "timestamp"}),
    frozenset({"postId", "nomarkup", "board"}),
    frozenset({"boardUri", "threadId", "message"}),
    frozenset({"postId", "markdown", "message"}),
)


class Post(NamedTuple):
    """A post with what it links to, in the order of its text; `thread` is the opening post's number."""

    id: str | None
    thread: str | None
    text: str
    links: tuple[str, ...]
    author: str | None
    author_id: str | None
    created: datetime | None
    edited: datetime | None
    title: str | None


def is_thread(value: Object) -> bool:
    """Whether an object is a thread with its posts, or a single post."""
    below = value.get("posts")
    if isinstance(below, list):
        return bool(below) and (_is_post(mapping(below[0])) or _is_post(value))
    if isinstance(value.get("op"), dict):
        return _is_post(value["op"])
    return _is_post(value) or _is_parsed(value)


def posts(thread: Object) -> Sequence[Post]:
    """The posts of a thread in its order."""
    if _is_parsed(thread):
        return [_parsed(each, thread) for each in mappings(thread["comments"])]
    if isinstance(thread.get("op"), dict):
        below = thread.get("posts")
        later = list(below.values()) if isinstance(below, dict) else below
        return [_post(each, thread["op"]) for each in (thread["op"], *mappings(later))]
    later = [each for key in ("posts", "replies", "last_replies") for each in mappings(thread.get(key))]
    found = [thread, *later] if _is_post(thread) else later
    return [_post(each, found[0]) for each in found]


def _is_post(value: Object) -> bool:
    return any(value.keys() >= marks for marks in _MARKS)


def _is_parsed(value: Object) -> bool:
    first = next(iter(mappings(value.get("comments"))), None)
    return first is not None and "boardId" in value and "id" in first and "createdAt" in first


def _post(post: Object, opening: Object) -> Post:
    text = _text(post)
    return Post(
        id=_number(post),
        thread=_number(opening) if post is opening else _above(post) or _number(opening),
        text=text,
        links=tuple(_LINK.findall(text)),
        author=said(post.get("name")),
        author_id=_person(post),
        created=_time(post),
        edited=moment(mapping(post.get("edited")).get("date") or post.get("lastEditTime")),
        title=said(from_html(post.get("sub") or post.get("subject") or post.get("title"))),
    )


def _number(post: Object) -> str | None:
    number = next((identity(post[key]) for key in _NUMBERS if key in post), None)
    return None if number == "0" else number


def _above(post: Object) -> str | None:
    """The number of the opening post as a later one has it; null and 0 in the opening post itself."""
    above = identity(post.get("resto")) or identity(post.get("thread")) or identity(post.get("thread_num"))
    return None if above == "0" else above


def _text(post: Object) -> str:
    """The words of a post, from the plain text where the engine keeps one: its breaks are the writer's."""
    for key in ("nomarkup", "message"):
        if isinstance(post.get(key), str):
            return words(post[key]).replace("\r\n", "\n")
    if "comment_processed" in post:
        return words(post.get("comment"))
    return from_html(post.get("com") or post.get("comment") or post.get("markdown"))


def _person(post: Object) -> str | None:
    """What tells a poster apart who has no name: the key that a name is signed with, or the thread's id."""
    keys = ("trip", "tripcode") if said(post.get("trip")) or said(post.get("tripcode")) else ("id", "userId")
    if "threadId" in post or "boardUri" in post:
        keys = ("signedRole", "id")
    return next((said(post[key]) for key in keys if isinstance(post.get(key), str)), None)


def _time(post: Object) -> datetime | None:
    return next((moment(post[key]) for key in _TIMES if post.get(key)), None)


def _parsed(post: Object, thread: Object) -> Post:
    links = post.get("inReplyToIds")
    found = [identity(each) for each in links] if isinstance(links, list) else []
    return Post(
        id=identity(post.get("id")),
        thread=identity(thread.get("id")),
        text=_flat(post.get("content")),
        links=tuple(each for each in found if each),
        author=said(post.get("authorName")),
        author_id=said(post.get("authorTripCode")) or said(post.get("authorId")),
        created=_time(post),
        edited=moment(post.get("updatedAt")),
        title=said(post.get("title")) or said(thread.get("title")),
    )


def _flat(content: Any) -> str:  # noqa: ANN401
    """The words of a tree of paragraphs, each a list of texts and objects that hold more of them."""
    paragraphs = content if isinstance(content, list) else [content]
    return "\n\n".join("".join(_pieces(paragraph)) for paragraph in paragraphs).strip()


def _pieces(paragraph: Any) -> list[str]:  # noqa: ANN401
    pieces: list[str] = []
    ahead = [paragraph]
    while ahead:
        here = ahead.pop()
        if isinstance(here, list):
            ahead.extend(reversed(here))
        elif isinstance(here, dict):
            if here.get("block") is True and here.get("type") == "quote":
                pieces.append("> ")
            ahead.append(here.get("content"))
        else:
            pieces.append(words(here))
    return pieces
