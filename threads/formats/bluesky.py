"""Bluesky as JSON: a post's thread with what is above and below it, feeds, and lists of posts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from threads.comment import Comment, Record, Reject
from threads.formats import decode, documents
from threads.formats.base import PERSON
from threads.formats.objects import Object, identity, mapping, mappings, said, words
from threads.formats.records import count
from threads.formats.times import moment

name = "bluesky"
title = "Bluesky (thread JSON, feeds)"
keeps = "ids, parents, authors with DID, times, likes, deletions"
identifies = PERSON

_GONE = "app.bsky.feed.defs#notFoundPost"


def sniff(head: bytes, path: Path) -> float:
    """Certain where an object is a post with its record, known by its at:// address."""
    return documents.sureness(head, path, _has_post)


def read(path: Path) -> Iterator[Record]:
    """Yield each post once, those above the one asked for first; one that is gone but answered stays."""
    position, done = 0, set[str | None]()
    for node in documents.known(path, _is_node):
        if isinstance(node, Reject):
            yield node
            continue
        for post, above in _posts(node):
            own = _key(post.get("uri"))
            if own in done:
                continue
            done |= {own} - {None}
            yield _comment(post, above, decode.plain(path).stem, position)
            position += 1


def _is_post(value: Object) -> bool:
    own = value.get("uri")
    return isinstance(own, str) and own.startswith("at://") and isinstance(value.get("record"), dict)


def _has_post(value: Object) -> bool:
    return _is_post(mapping(value.get("post"))) or _is_post(value)


def _is_node(value: Object) -> bool:
    return _has_post(value) or _is_gone(value)


def _is_gone(value: Object) -> bool:
    return value.get("$type") == _GONE or (value.get("notFound") is True and "uri" in value)


def _posts(node: Object) -> Iterator[tuple[Object, Object | None]]:
    """The posts of a thread, each with the one above it: what is above the node first, then all below."""
    chain: list[Object] = []
    up: Object = node
    while up:
        chain.append(up)
        up = mapping(up.get("parent"))
    above: Object | None = None
    for each in reversed(chain[1:]):
        if _is_node(each):
            above = _inner(each)
            yield above, None
    ahead = [(node, above)]
    while ahead:
        here, above = ahead.pop()
        if _is_node(here):
            yield _inner(here), above
            ahead.extend((each, _inner(here)) for each in reversed(mappings(here.get("replies"))))


def _inner(node: Object) -> Object:
    post = mapping(node.get("post"))
    return post or node


def _comment(post: Object, above: Object | None, stem: str, position: int) -> Comment:
    record, author = mapping(post.get("record")), mapping(post.get("author"))
    reply = mapping(record.get("reply"))
    parent = _key(mapping(reply.get("parent")).get("uri")) or _key(mapping(above).get("uri"))
    root = _key(mapping(reply.get("root")).get("uri")) or _root(above)
    own = _key(post.get("uri"))
    return Comment(
        text=words(record.get("text")),
        thread_id=root or own or stem,
        position=position,
        native_id=own,
        parent_native_id=parent,
        author=said(author.get("handle")),
        author_id=identity(author.get("did")),
        created=moment(record.get("createdAt")) or moment(post.get("indexedAt")),
        deleted=None if record else "deleted",
        likes=count(post.get("likeCount")),
    )


def _root(above: Object | None) -> str | None:
    """The root that the post above names, or that it is."""
    post = mapping(above)
    named = _key(mapping(mapping(mapping(post.get("record")).get("reply")).get("root")).get("uri"))
    return named or _key(post.get("uri"))


def _key(uri: object) -> str | None:
    """The last part of an at:// address: unique in practice, being a time to the microsecond; the rest names
    the person.
    """
    return identity(uri.rpartition("/")[2]) if isinstance(uri, str) and uri.startswith("at://") else None
