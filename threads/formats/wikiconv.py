"""WikiConv: talk pages of Wikipedia as JSON, an object for each thing that was done to a comment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from threads.comment import Comment, Page, Record, Reject
from threads.files import decode, documents
from threads.files.objects import Object, identity, mapping, said, tops, words
from threads.files.times import moment
from threads.formats.base import PERSON

name = "wikiconv"
title = "Wikipedia talk pages (WikiConv JSON)"
keeps = "ids, parents, authors, times, edits, deletions"
identifies = PERSON

_MARKS = frozenset({"id", "content", "timestamp"})
_HEADINGS = frozenset({"SECTION_CREATION", "CREATION"})
_INDENT = re.compile(r"[\s:*#]+")


def sniff(head: bytes, path: Path) -> float:
    """Certain where an object is an action on a talk page."""
    return documents.sureness(head, path, _is_action)


def read(path: Path) -> Iterator[Record]:
    """Yield a page for each conversation and its comments as they stood at last; a removed one stays."""
    actions: list[Object] = []
    for action in documents.known(path, _is_action):
        if isinstance(action, Reject):
            yield action
        else:
            actions.append(action)
    first = {own: _first(action) for action in actions if (own := identity(action["id"]))}
    parents = {own: _parent(action, first) for action in actions if (own := identity(action["id"]))}
    threads = tops(parents)
    headings = {identity(action["id"]): action for action in actions if _kind(action) in _HEADINGS}
    comments: dict[str, Comment] = {}
    for action in actions:
        own = identity(action["id"]) or decode.plain(path).stem
        thread = identity(_any(action, "conversation_id", "conversationId")) or threads.get(own, own)
        began = first.get(own) or own
        if began in comments and _is_later(action):
            comments[began] = _after(comments[began], action)
        elif _kind(action) not in _HEADINGS and _kind(action) != "DELETION":
            parent = parents.get(own)
            above = None if parent in headings else parent
            comments[own] = _comment(action, thread, above, len(comments))
    yield from _pages(comments.values(), headings)
    yield from comments.values()


def _is_action(value: Object) -> bool:
    kind = value.get("comment_type", value.get("type"))
    person = not {"user_text", "user"}.isdisjoint(value)
    page = not {"page_title", "pageTitle", "page_id"}.isdisjoint(value)
    return value.keys() >= _MARKS and isinstance(kind, str) and kind.isupper() and person and page


def _any(action: Object, *names: str) -> object:
    return next((action[key] for key in names if action.get(key)), None)


def _kind(action: Object) -> str:
    return words(action.get("comment_type")) or words(action.get("type"))


def _is_later(action: Object) -> bool:
    """Whether an action changes a comment that is there; the older dumps give each change as a comment."""
    return "type" in action and _kind(action) in ("MODIFICATION", "DELETION", "RESTORATION")


def _first(action: Object) -> str | None:
    """The id under which a comment came to be, where this action changes it later."""
    own = identity(action["id"])
    above = _any(action, "ancestor_id", "ancestorId", "parent_id", "parentId")
    return (identity(above) or own) if _is_later(action) else own


def _parent(action: Object, first: dict[str, str | None]) -> str | None:
    """The comment answered, by the id that it came to be under."""
    if "comment_type" in action:
        return identity(action.get("parent_id"))
    answered = identity(_any(action, "replyTo_id", "replytoId", "replyToId", "reply_to_id"))
    return first.get(answered, answered) if answered else None


def _comment(action: Object, thread: str, parent: str | None, position: int) -> Comment:
    user = mapping(action.get("user"))
    return Comment(
        text=_text(action),
        thread_id=thread,
        position=position,
        native_id=identity(action["id"]),
        parent_native_id=parent,
        author=said(action.get("user_text")) or said(user.get("text")) or said(action.get("user")),
        author_id=identity(action.get("user_id")) or identity(user.get("id")),
        created=moment(action["timestamp"]),
        title=said(_any(action, "page_title", "pageTitle")),
    )


def _after(done: Comment, action: Object) -> Comment:
    """The comment after a later action; who deleted it says whether it was taken back or removed."""
    if _kind(action) == "DELETION":
        own = said(action.get("user_text")) or said(mapping(action.get("user")).get("text"))
        return replace(done, text="", deleted="deleted" if own == done.author else "removed")
    return replace(done, text=_text(action), deleted=None, edited=moment(action["timestamp"]))


def _text(action: Object) -> str:
    text = words(action["content"])
    indent = _INDENT.match(text)
    return text[indent.end() if indent else 0 :].rstrip()


def _pages(comments: Iterable[Comment], headings: Mapping[str | None, Object]) -> Iterator[Page]:
    """A page for each conversation, called by the talk page and the heading over it."""
    done = set()
    for comment in comments:
        if comment.thread_id in done:
            continue
        done.add(comment.thread_id)
        heading = headings.get(comment.thread_id)
        section = words(heading["content"]).strip().strip("=").strip() if heading else ""
        name = ": ".join(part for part in (comment.title, section) if part)
        yield Page(thread_id=comment.thread_id, title=name or None)
