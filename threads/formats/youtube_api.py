"""YouTube's Data API v3: answers of commentThreads.list and comments.list, one, several or their items."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from threads.comment import Comment, Page, Record, Reject
from threads.files import decode, documents
from threads.files.objects import Object, count, from_html, identity, mapping, mappings, said, words
from threads.files.times import moment
from threads.formats.base import PERSON

name = "youtube_api"
title = "YouTube Data API (commentThreads, comments)"
keeps = "ids, parents, authors with channel, times, edits, likes"
identifies = PERSON

_THREAD, _COMMENT, _VIDEO = "youtube#commentThread", "youtube#comment", "youtube#video"


def sniff(head: bytes, path: Path) -> float:
    """Certain where an object calls itself one of YouTube's comments or threads."""
    return documents.sureness(head, path, _is_comments)


def read(path: Path) -> Iterator[Record]:
    """Yield each comment, then its replies; how many replies the answers leave out is a reject."""
    position = left_out = 0
    for resource in documents.known(path, _is_resource):
        if isinstance(resource, Reject):
            yield resource
        elif resource["kind"] == _VIDEO:
            yield _page(resource, decode.plain(path).stem)
        else:
            comments = _comments(resource)
            left_out += _left_out(resource)
            for comment, parent in comments:
                yield _comment(comment, parent, decode.plain(path).stem, position)
                position += 1
    if left_out:
        yield Reject(line=None, reason=f"{left_out:,} replies were not saved with the comments.")


def _is_comments(value: Object) -> bool:
    return value.get("kind") in (_THREAD, _COMMENT) and isinstance(value.get("snippet"), dict)


def _is_resource(value: Object) -> bool:
    return _is_comments(value) or (value.get("kind") == _VIDEO and "snippet" in value)


def _comments(resource: Object) -> list[tuple[Object, str | None]]:
    """The comments of a thread, or the single comment, each with the id of the one that it answers."""
    if resource["kind"] == _COMMENT:
        return [(resource, None)]
    first = mapping(mapping(resource["snippet"]).get("topLevelComment"))
    above = identity(first.get("id")) or identity(resource.get("id"))
    replies = mappings(mapping(resource.get("replies")).get("comments"))
    return [(first or resource, None), *((reply, above) for reply in replies)]


def _left_out(resource: Object) -> int:
    if resource["kind"] == _COMMENT:
        return 0
    told = count(mapping(resource["snippet"]).get("totalReplyCount")) or 0
    return max(told - len(mappings(mapping(resource.get("replies")).get("comments"))), 0)


def _comment(comment: Object, above: str | None, stem: str, position: int) -> Comment:
    snippet = mapping(comment.get("snippet"))
    created, updated = moment(snippet.get("publishedAt")), moment(snippet.get("updatedAt"))
    return Comment(
        text=words(snippet.get("textOriginal")) or from_html(snippet.get("textDisplay")),
        thread_id=identity(snippet.get("videoId")) or identity(snippet.get("channelId")) or stem,
        position=position,
        native_id=identity(comment.get("id")),
        parent_native_id=identity(snippet.get("parentId")) or above,
        author=said(snippet.get("authorDisplayName")),
        author_id=identity(mapping(snippet.get("authorChannelId")).get("value")),
        created=created,
        edited=updated if updated != created else None,
        likes=count(snippet.get("likeCount")),
    )


def _page(video: Object, stem: str) -> Page:
    snippet = mapping(video["snippet"])
    return Page(
        thread_id=identity(video.get("id")) or stem,
        title=said(snippet.get("title")),
        article=words(snippet.get("description")),
    )
