"""One entry of a feed: an <item> of RSS or an <entry> of Atom, and what it says of its page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from threads.files.objects import as_stated, from_html
from threads.files.safe_xml import Element, child, text
from threads.files.times import moment

_KIND = re.compile(r"kind#(\w{1,20})$")  # Blogger: post, comment, template, settings
_REDDIT = re.compile(r"/comments/([a-z0-9]{2,12})(?:/|$)")
_DISCOURSE = re.compile(r"(?P<thread>.*/t/[^/]{1,200}/(?P<topic>\d{1,12}))/(?P<post>\d{1,9})/?$")
_DISCOURSE_ID = re.compile(r"-post-(?P<topic>\d{1,12})-(?P<post>\d{1,9})$")
_FRAGMENT = re.compile(
    r"^(?:comment-|comment|c|post[-_]|p|reply-|isso-)?(\d{1,20}|[0-9a-f-]{8,64})$", re.IGNORECASE
)
_COMMENT_PAGES = re.compile(r"/comment-page-\d+/?$|\?page=\d+$")
_ON_PAGE = re.compile(r"(?:/u/\S{1,40} on |Comment on |Re: |Comment by .{1,80}? on )(.+)$")
_SHOWN_COMMENT = re.compile(r"[?&]showComment=\d+")
_HANDLE = re.compile(r"/u/|@(?=\S)")
_REDDIT_END = "<!-- SC_ON -->"  # behind it: who submitted the post, and links
_FULL_TOPIC = re.compile(r"\s*(?:Read full topic(?: \(\S+\))?|\d+ posts? - \d+ participants?)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`ref` is the id by which other entries name this one; `answered` names what may be its parent.

    `is_comment` where something says so, `is_article` where it is the post that the comments stand below.
    """

    ref: str
    native_id: str
    answered: tuple[str, ...]
    thread_id: str | None
    is_comment: bool
    is_article: bool
    text: str
    title: str | None
    page_title: str | None
    author: str | None
    author_id: str | None
    created: datetime | None
    created_text: str | None
    edited: datetime | None
    url: str | None


def entry(element: Element) -> Entry | None:
    """Read an entry; None for one of Blogger's settings and templates."""
    kind = _kind(element)
    if kind not in {None, "post", "comment", "page"}:
        return None
    url, ref = _link(element), text(element, "guid") or text(element, "id")
    thread_id, native_id = _place(url, ref)
    told, *also = _told(element) or (None,)
    if kind == "comment" and told:
        thread_id = told  # Blogger names the post; the comment answered is a related link
    title = text(element, "title") or None
    is_article = ref.startswith("t3_") or kind in {"post", "page"}
    first, last = (text(element, each) for each in (_first(element), "updated"))
    author, created, edited = child(element, "author"), moment(first), moment(last)
    person, handle = _person(author, text(element, "creator"))
    return Entry(
        ref=ref or native_id,
        native_id=native_id,
        answered=tuple(each for each in (_related(element), told, *also) if each),
        thread_id=ref if kind == "post" else thread_id,
        is_comment=bool(told) or kind == "comment" or native_id != (ref or url),
        is_article=is_article,
        text=_body(element),
        title=title,
        page_title=_page_title(title, is_topic="/t/" in (thread_id or "")),
        author=person,
        author_id=handle,
        created=created,
        created_text=None if created else as_stated(first),
        edited=None if edited == created else edited,
        url=url or None,
    )


def _told(element: Element) -> tuple[str, ...]:
    """What an entry says that it answers: by the id there (Atom threading), by its address, or as text."""
    parent = child(element, "in-reply-to")
    ways = [] if parent is None else [parent.get("ref"), parent.get("href")]
    return tuple(each for each in (*ways, text(element, "inReplyTo")) if each)


def _person(author: Element | None, creator: str) -> tuple[str | None, str | None]:
    """Name and id; Discourse writes "@handle Full Name", Reddit "/u/handle"."""
    named = text(author, "name") if author is not None and len(author) else text(author) or creator
    handle = _HANDLE.match(named)
    if handle is None:
        return named or None, text(author, "uri") or None
    own = named[handle.end() :].split(" ")[0]
    return own or None, own or None


def _slash(match: re.Match[str]) -> str:
    return "/" if match[0].startswith("/") else ""


def _kind(element: Element) -> str | None:
    for each in element.iterfind("{*}category"):
        found = _KIND.search(each.get("term") or "")
        if found:
            return found[1]
    return None


def _link(element: Element) -> str:
    """The address of an entry: RSS has it as text, Atom as an attribute."""
    links = element.findall("{*}link")
    for each in links:
        if each.get("href") and each.get("rel", "alternate") == "alternate":
            return each.get("href", "")
    return next((text(each) for each in links if text(each)), "")


def _related(element: Element) -> str | None:
    """The id at the end of a related link, as Blogger names the comment that is answered."""
    for each in element.iterfind("{*}link"):
        if each.get("rel") == "related" and "/comments/" in each.get("href", ""):
            own = text(element, "id")
            return own.rpartition("-")[0] + "-" + each.get("href", "").rstrip("/").rpartition("/")[2]
    return None


def _place(url: str, ref: str) -> tuple[str | None, str]:
    """The thread and the comment's id in it, as far as its address and its own id tell them."""
    reddit, topic, post = _REDDIT.search(url), _DISCOURSE.match(url), _DISCOURSE_ID.search(ref)
    if ref.startswith(("t1_", "t3_")) and reddit:
        return reddit[1], ref[3:]
    if topic:
        return topic["thread"], topic["post"]
    page, _, fragment = url.partition("#")
    found = _FRAGMENT.match(fragment)
    page = _SHOWN_COMMENT.sub("", _COMMENT_PAGES.sub(_slash, page))
    if found:
        return page, found[1]
    return (f"topic-{post['topic']}", post["post"]) if post else (None, ref or url)


def _first(element: Element) -> str:
    """The name of the element with the time when the entry was first there."""
    names = ("published", "pubDate", "date", "issued", "updated")
    return next((each for each in names if child(element, each) is not None), "updated")


def _body(element: Element) -> str:
    """The longest form of the text; in Atom it may be HTML as text or as elements."""
    for each in ("encoded", "content", "description", "summary"):
        found = child(element, each)
        if found is None or not (text(found) or len(found)):
            continue
        if found.get("type") == "text":
            return text(found)
        html = _markup(found).partition(_REDDIT_END)[0]
        return _FULL_TOPIC.sub("", from_html(html)).strip()
    return ""


def _markup(element: Element) -> str:
    """The HTML in an element, which may stand there as text or, in Atom's type xhtml, as elements."""
    if not len(element):
        return text(element)
    inner = [element.text or "", *(etree.tostring(each, encoding="unicode") for each in element)]
    return re.sub(r"<(/?)\w+:", r"<\1", "".join(inner))


def _page_title(title: str | None, *, is_topic: bool) -> str | None:
    """The title of the page that an entry's title names: all entries of a Discourse topic bear it."""
    if is_topic or title is None:
        return title
    match = _ON_PAGE.match(title)
    if match is None:
        return None
    return re.sub(r" by .{1,80}$", "", match[1]) if title.startswith("Comment on") else match[1]
