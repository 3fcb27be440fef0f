"""WordPress's own export (WXR): an RSS file with a site's posts and the comments below each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from threads.comment import Comment, Page, Record, Reject
from threads.errors import InputError
from threads.files import decode, safe_xml
from threads.files.objects import as_stated, from_loose_html
from threads.files.safe_xml import Element, text
from threads.files.times import moment
from threads.formats.base import PERSON

name = "wordpress"
title = "WordPress export (WXR)"
keeps = "ids, parents, authors, times, links, the article; no likes"
identifies = PERSON

_NOTICES = frozenset({"pingback", "trackback"})
_REMOVED = frozenset({"spam", "trash", "post-trashed"})


def sniff(head: bytes, path: Path) -> float:
    """Certain by the namespace of the export below an RSS root."""
    begin = decode.head_text(head)
    return 0.99 if "//wordpress.org/export/" in begin and safe_xml.is_declared(begin, "rss") else 0.0


def read(path: Path) -> Iterator[Record]:
    """Yield each post that has comments, then these. Raises InputError where no post can be read."""
    stem, positions, posts, where = decode.plain(path).stem, count(), False, ""
    for element in safe_xml.elements(path, "item"):
        if isinstance(element, Reject):
            where = where or f" (it is damaged at line {element.line})"
            yield element
        else:
            posts = True
            yield from _post(element, stem, positions)
    if not posts:
        raise InputError(f"{path} is a WordPress export without a post that can be read{where}.")


def _post(item: Element, stem: str, positions: Iterator[int]) -> Iterator[Record]:
    comments = item.findall("{*}comment")
    if not comments:
        return
    link = text(item, "link") or None
    thread_id = link or text(item, "post_id") or stem  # posts of every blog count from 1
    notices = sum(text(each, "comment_type") in _NOTICES for each in comments)
    yield Page(
        thread_id=thread_id,
        title=text(item, "title") or None,
        article=from_loose_html(text(item.find("{http://purl.org/rss/1.0/modules/content/}encoded"))),
        url=link,
        note=f"Notices from other sites (pingbacks) that are not comments were left out: {notices}."
        if notices
        else None,
    )
    for each in comments:
        if text(each, "comment_type") not in _NOTICES:
            yield _comment(each, thread_id, link, next(positions))


def _comment(element: Element, thread_id: str, link: str | None, position: int) -> Comment:
    native_id, parent = text(element, "comment_id") or None, text(element, "comment_parent")
    is_removed = text(element, "comment_approved") in _REMOVED
    user = text(element, "comment_user_id")
    created = moment(text(element, "comment_date_gmt"))
    return Comment(
        text="" if is_removed else from_loose_html(text(element, "comment_content")),
        thread_id=thread_id,
        position=position,
        native_id=native_id,
        parent_native_id=None if parent in {"", "0"} else parent,
        author=text(element, "comment_author") or None,
        author_id=None if user in {"", "0"} else user,
        created=created,
        created_text=None if created else _local(element),
        deleted="removed" if is_removed else None,
        url=f"{link}#comment-{native_id}" if link and native_id else link,
    )


def _local(element: Element) -> str | None:
    """The date where the site stands: in which zone that is, the export does not say."""
    stated = text(element, "comment_date")
    return stated if moment(stated) else as_stated(stated)
