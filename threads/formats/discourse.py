"""Discourse as JSON: a topic with its posts, the newest posts of a forum, and archives of single posts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from threads.comment import Comment, Page, Record, Reject
from threads.files import decode, documents
from threads.files.objects import (
    Object,
    address,
    count,
    from_html,
    identity,
    mapping,
    mappings,
    said,
    words,
)
from threads.files.times import moment
from threads.formats.base import PERSON

name = "discourse"
title = "Discourse (topic JSON and archives)"
keeps = "numbers of posts, parents, authors, times, edits, likes, deletions"
identifies = PERSON

_EVENT = 3  # a post_type: "closed this topic", which nobody wrote
_LIKE = 2  # an id in actions_summary


def sniff(head: bytes, path: Path) -> float:
    """Certain where an object is a topic with its stream of posts, or a post."""
    return documents.sureness(head, path, _is_known)


def read(path: Path) -> Iterator[Record]:
    """Yield a page for each topic, and all posts by their numbers: the newest may stand first in a file."""
    stem, position, pages = decode.plain(path).stem, 0, dict[str, Page]()
    posts: list[tuple[Page, Object]] = []
    for value in documents.known(path, _is_known):
        if isinstance(value, Reject):
            yield value
            continue
        for post in _posts(value):
            page = _page(post, value, stem)
            posts.append((pages.setdefault(page.thread_id, page), post))
    yield from pages.values()
    for page, post in sorted(posts, key=lambda pair: count(pair[1].get("post_number")) or 0):
        if post.get("post_type") != _EVENT:
            yield _comment(post, page, position)
            position += 1


def _is_known(value: Object) -> bool:
    return isinstance(mapping(value.get("post_stream")).get("posts"), list) or _is_post(value)


def _is_post(value: Object) -> bool:
    return "post_number" in value and "topic_id" in value and ("cooked" in value or "raw" in value)


def _posts(value: Object) -> list[Object]:
    return [value] if _is_post(value) else mappings(mapping(value["post_stream"]).get("posts"))


def _page(post: Object, topic: Object, stem: str) -> Page:
    heading = said(topic.get("title")) or said(post.get("topic_title"))
    return Page(thread_id=identity(post.get("topic_id")) or identity(topic.get("id")) or stem, title=heading)


def _comment(post: Object, page: Page, position: int) -> Comment:
    gone = _gone(post)
    number, answered = identity(post.get("post_number")), identity(post.get("reply_to_post_number"))
    created, updated = moment(post.get("created_at")), moment(post.get("updated_at"))
    return Comment(
        text="" if gone else from_html(post.get("cooked")) or words(post.get("raw")),
        thread_id=page.thread_id,
        position=position,
        # The numbers begin anew in each topic, as in the address /t/TOPIC/NUMBER.
        native_id=f"{page.thread_id}/{number}" if number else None,
        parent_native_id=f"{page.thread_id}/{answered}" if answered else None,
        author=said(post.get("username")) or said(post.get("name")),
        author_id=identity(post.get("user_id")),
        created=created,
        edited=updated if (count(post.get("version")) or 1) > 1 and updated != created else None,
        deleted=gone,
        likes=_likes(post),
        url=address(post.get("post_url")),
        title=page.title,
        reply_to=said(mapping(post.get("reply_to_user")).get("username")),
    )


def _gone(post: Object) -> Literal["deleted", "removed"] | None:
    if post.get("user_deleted") is True:
        return "deleted"
    return "removed" if post.get("deleted_at") or post.get("cooked_hidden") is True else None


def _likes(post: Object) -> int | None:
    actions = post.get("actions_summary")
    if not isinstance(actions, list):
        return count(post.get("like_count"))
    return next((count(each.get("count")) for each in mappings(actions) if each.get("id") == _LIKE), 0)
