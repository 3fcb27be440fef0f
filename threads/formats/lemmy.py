"""Lemmy as JSON: lists of comments as its interface answers them, with the post where it was saved too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from threads.comment import Comment, Page, Record, Reject
from threads.files import decode, documents
from threads.files.objects import Object, address, count, identity, mapping, said, words
from threads.files.times import moment
from threads.formats.base import PERSON

name = "lemmy"
title = "Lemmy (comment and post JSON)"
keeps = "ids, parents, authors with home, times, edits, score, links, deletions"
identifies = PERSON


def sniff(head: bytes, path: Path) -> float:
    """Certain where an object is a comment with its creator and its post."""
    return documents.sureness(head, path, lambda value: _is_comment(value) or _is_post(value))


def read(path: Path) -> Iterator[Record]:
    """Yield a page for each post and the comments in the order of the file."""
    position, pages = 0, set[str]()
    for view in documents.known(path, lambda value: _is_comment(value) or _is_post(value)):
        if isinstance(view, Reject):
            yield view
            continue
        page = _page(view, decode.plain(path).stem)
        if page.thread_id not in pages:
            pages.add(page.thread_id)
            yield page
        if _is_comment(view):
            yield _comment(view, page, position)
            position += 1


def _is_comment(value: Object) -> bool:
    comment = mapping(value.get("comment"))
    return "content" in comment and "post_id" in comment and ("path" in comment or "parent_id" in comment)


def _is_post(value: Object) -> bool:
    post = mapping(value.get("post"))
    return "name" in post and "community_id" in post and "ap_id" in post


def _page(view: Object, stem: str) -> Page:
    post, comment = mapping(view.get("post")), mapping(view.get("comment"))
    return Page(
        thread_id=identity(post.get("id")) or identity(comment.get("post_id")) or stem,
        title=said(post.get("name")),
        article=words(post.get("body")),
        url=address(post.get("ap_id")),
    )


def _comment(view: Object, page: Page, position: int) -> Comment:
    comment, creator = mapping(view["comment"]), mapping(view.get("creator"))
    votes = mapping(view.get("counts")) or comment
    gone = _gone(comment)
    return Comment(
        text="" if gone else words(comment.get("content")),
        thread_id=page.thread_id,
        position=position,
        native_id=identity(comment.get("id")),
        parent_native_id=_parent(comment),
        author=said(creator.get("name")) or said(creator.get("display_name")),
        author_id=address(creator.get("actor_id") or creator.get("ap_id"))
        or identity(comment.get("creator_id")),
        created=moment(comment.get("published") or comment.get("published_at")),
        edited=moment(comment.get("updated") or comment.get("updated_at")),
        deleted=gone,
        likes=count(votes.get("score")),
        url=address(comment.get("ap_id")),
        title=page.title,
    )


def _parent(comment: Object) -> str | None:
    """The last but one of the path "0.12.34", in which 0 is the post; older versions name the parent."""
    path = words(comment.get("path")).split(".")
    if len(path) > 1:
        return None if path[-2] == "0" else path[-2]
    return identity(comment.get("parent_id"))


def _gone(comment: Object) -> Literal["deleted", "removed"] | None:
    if comment.get("deleted") is True:
        return "deleted"
    return "removed" if comment.get("removed") is True else None
