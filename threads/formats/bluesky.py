"""Bluesky as JSON: a post's thread with what is above and below it, feeds, posts, the event stream."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from threads.comment import Comment, Record, Reject
from threads.files import decode, documents
from threads.files.objects import (
    Object,
    address,
    count,
    identity,
    inside,
    mapping,
    mappings,
    said,
    words,
)
from threads.files.times import moment
from threads.formats.base import PERSON

name = "bluesky"
title = "Bluesky (thread JSON, feeds, Jetstream)"
keeps = "ids, parents, authors with DID, times, likes, deletions"
identifies = PERSON

_POST = "app.bsky.feed.post"
_GONE = ("#notFoundPost", "#threadItemNotFound")
_HIDDEN = (
    "#blockedPost",
    "#threadItemBlocked",
    "#threadItemNoUnauthenticated",
)  # there, but not for everybody


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
    return isinstance(own, str) and own.startswith("at://") and bool(_record(value))


def _record(post: Object) -> Object:
    """What its writer wrote: `record` in a view of it, `value` where it was taken from its writer's store."""
    value = mapping(post.get("value"))
    return mapping(post.get("record")) or (value if value.get("$type") == _POST else {})


def _has_post(value: Object) -> bool:
    return _is_post(mapping(value.get("post"))) or _is_post(value) or _is_event(value)


def _is_event(value: Object) -> bool:
    commit = mapping(value.get("commit"))
    return "did" in value and commit.get("collection") == _POST and isinstance(commit.get("record"), dict)


def _is_node(value: Object) -> bool:
    return _has_post(value) or _is_absent(value)


def _is_absent(value: Object) -> bool:
    if not isinstance(value.get("uri"), str) or not value["uri"].startswith("at://"):
        return False
    is_told = value.get("notFound") is True or value.get("blocked") is True
    return is_told or _kind(value).endswith((*_GONE, *_HIDDEN))


def _kind(value: Object) -> str:
    """The type of a node; in the second version of threads it stands one level below."""
    return words(value.get("$type")) or words(mapping(value.get("value")).get("$type"))


def _posts(node: Object) -> Iterator[tuple[Object, Object | None]]:
    """The posts of a thread, each with the one above it: what is above the node first, then all below."""
    above: Object | None = None
    for each in _before(node):
        if _is_node(each):
            above = _inner(each)
            yield above, None
    ahead = [(node, above)]
    while ahead:
        here, above = ahead.pop()
        if _is_node(here):
            yield _inner(here), above
            ahead.extend((each, _inner(here)) for each in reversed(mappings(here.get("replies"))))


def _before(node: Object) -> list[Object]:
    """The nodes above one, the uppermost first; in a feed these are the root and the post answered."""
    chain: list[Object] = []
    up = mapping(node.get("parent"))
    while up:
        chain.append(up)
        up = mapping(up.get("parent"))
    reply = mapping(node.get("reply"))
    return chain[::-1] or [mapping(reply.get(each)) for each in ("root", "parent")]


def _inner(node: Object) -> Object:
    """The post in a node; one of the event stream as it stands elsewhere."""
    if not _is_event(node):
        return mapping(node.get("post")) or node
    did, commit = words(node["did"]), node["commit"]
    uri = f"at://{did}/{_POST}/{words(commit.get('rkey'))}"
    return {"uri": uri, "author": {"did": did}, "record": commit["record"]}


def _comment(post: Object, above: Object | None, stem: str, position: int) -> Comment:
    record, author = _record(post), mapping(post.get("author")) or mapping(inside(post, "value", "author"))
    reply = mapping(record.get("reply"))
    parent = _key(mapping(reply.get("parent")).get("uri")) or _key(mapping(above).get("uri"))
    root = _key(mapping(reply.get("root")).get("uri")) or _root(above)
    own = _key(post.get("uri"))
    return Comment(
        text=_text(record),
        thread_id=root or own or stem,
        position=position,
        native_id=own,
        parent_native_id=parent,
        author=said(author.get("handle")),
        author_id=identity(author.get("did")) or _repository(post.get("uri")),
        created=moment(record.get("createdAt")) or moment(post.get("indexedAt")),
        deleted="deleted" if _is_gone(post) else None,
        likes=count(post.get("likeCount")),
    )


def _is_gone(post: Object) -> bool:
    return not _record(post) and (post.get("notFound") is True or _kind(post).endswith(_GONE))


def _text(record: Object) -> str:
    """The words, and behind each link that they show shortened where it leads; places count bytes."""
    text = words(record.get("text"))
    written = text.encode()
    facets = [(count(inside(each, "index", "byteEnd")) or 0, each) for each in mappings(record.get("facets"))]
    for end, facet in sorted(facets, key=lambda pair: -pair[0]):
        links = (address(each.get("uri")) for each in mappings(facet.get("features")))
        link = next(filter(None, links), None)
        within_a_letter = written[end : end + 1] and written[end] & 0xC0 == 0x80
        if link and end and not within_a_letter and link not in text:
            written = written[:end] + f" ({link})".encode() + written[end:]
    return written.decode("utf-8", "replace")


def _repository(uri: object) -> str | None:
    """The first part of an at:// address, where it is the id of a person."""
    did = words(uri).removeprefix("at://").partition("/")[0]
    return did if did.startswith("did:") else None


def _root(above: Object | None) -> str | None:
    """The root that the post above names, or that it is."""
    post = mapping(above)
    named = _key(inside(_record(post), "reply", "root", "uri"))
    return named or _key(post.get("uri"))


def _key(uri: object) -> str | None:
    """The last part of an at:// address: unique in practice, being a time to the microsecond; the rest names
    the person.
    """
    return identity(uri.rpartition("/")[2]) if isinstance(uri, str) and uri.startswith("at://") else None
