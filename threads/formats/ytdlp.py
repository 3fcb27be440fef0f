"""yt-dlp's info.json of a video, written with --write-comments."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from threads.comment import Comment, Page, Record, Reject
from threads.files import decode, documents
from threads.files.objects import Object, address, count, from_html, identity, mappings, said, words
from threads.files.times import moment
from threads.formats.base import PERSON

name = "ytdlp"
title = "yt-dlp info.json (YouTube and others)"
keeps = "ids, parents, authors with channel, likes, times as the page rounds them"
identifies = PERSON

_NO_PARENT = frozenset({"root", "0"})  # 0 for sites that number their comments
_VIDEO = frozenset({"id", "title"})
_MARKS = frozenset({"formats", "extractor", "extractor_key", "webpage_url", "thumbnails"})


def sniff(head: bytes, path: Path) -> float:
    """Certain where an object describes a video as yt-dlp does; the comments stand far behind."""
    return documents.sureness(head, path, _is_video)


def read(path: Path) -> Iterator[Record]:
    """Yield a page for each video with its description, and its comments."""
    position = 0
    for video in documents.known(path, _is_video):
        if isinstance(video, Reject):
            yield video
            continue
        page = _page(video, decode.plain(path).stem)
        yield page
        for comment in mappings(video.get("comments")):
            yield _comment(comment, page.thread_id, position)
            position += 1


def _is_video(value: Object) -> bool:
    return value.keys() >= _VIDEO and len(value.keys() & _MARKS) >= 1 and _has_formats(value)


def _has_formats(video: Object) -> bool:
    formats = mappings(video.get("formats"))
    return ("format_id" in formats[0]) if formats else "extractor" in video and "webpage_url" in video


def _page(video: Object, stem: str) -> Page:
    return Page(
        thread_id=identity(video["id"]) or stem,
        title=said(video["title"]),
        article=words(video.get("description")),
        url=address(video.get("webpage_url")),
    )


def _comment(comment: Object, thread: str, position: int) -> Comment:
    parent, likes = identity(comment.get("parent")), count(comment.get("like_count"))
    return Comment(
        text=words(comment.get("text")) or from_html(comment.get("html")),
        thread_id=thread,
        position=position,
        native_id=identity(comment.get("id")),
        parent_native_id=None if parent in _NO_PARENT else parent,
        author=said(comment.get("author")),
        author_id=identity(comment.get("author_id")),
        created=moment(comment.get("timestamp")),
        created_text=said(comment.get("_time_text")) or said(comment.get("time_text")),
        likes=None if likes is None else likes - (count(comment.get("dislike_count")) or 0),
    )
