"""What a comment is called and which comment it points at: ids and addresses, as the markup gives them."""

# ruff: noqa: E501 -- patterns and tables read better unbroken

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from threads.webpage.names import QUOTE_HEADS, REPLY_TO, best_rank, fits, plain
from threads.webpage.region import Part, Region, shown

_ID_ATTRIBUTES = (
    "data-comment-id", "data-commentid", "data-comment", "thingid", "data-fullname", "data-post-id", "data-answerid",
    "data-questionid", "data-shortid", "data-node-id", "data-message-id", "data-content-uuid", "data-uuid", "data-id",
    "data-content", "data-pid", "data-messageid", "about",
)  # fmt: skip
_PARENT_ATTRIBUTES = (
    "data-parent-id", "data-parentid", "data-parent", "parentid", "parent-id", "data-parent-comment-id",
    "data-reply-to", "data-in-reply-to", "data-in-reply-to-id", "data-comment-parent",
)  # fmt: skip
_THING = re.compile(r"\bt1_(\w{3,12})\b")
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_NUMBER = re.compile(rf"({_UUID}|[0-9a-f]{{16,64}}|\d{{1,24}})(?:_\d{{1,24}})?$")
_LETTERED = re.compile(r"^[a-z]{1,2}(\d{1,24})$")
_WPDISCUZ = re.compile(r"^wp?d?c?-comm-(\d+)_(\d+)$")
_COUNTED = re.compile(
    r"^post_(\d{1,9})$"
)  # Discourse counts the posts of a topic, and its links name that number
_ANCHOR = re.compile(
    r"(?:^|-)(?:comment|reply|post|msg|message|c|p|cmt|answer|kommentar|isso|respuesta)-?(\d{2,24})$"
)
_FRAGMENT = re.compile(
    rf"#[a-z_-]*?(\d{{2,24}})$|#[\w-]*?({_UUID})$|[?&](?:id|p|pid|commentid|(?:fb_)?comment_id|postid)=(?:\d{{1,24}}_)?(\d{{2,24}})(?:[&#]|$)"
    r"|/comments?/(\w{5,12})/|/comments?/(\d{2,24})/?$|/@[^/]{1,120}/(\d{2,24})$|/c/(\w{6,24})/?$"
)
_OF_POST = re.compile(r"/(?:node|posts?)/(\d{1,24})/?$")
# An address that names the comment and, before it, the one that it answers: YouTube, Facebook.
_THREADED = (
    re.compile(r"[?&]lc=(?P<id>(?:(?P<parent>[\w-]{6,60})\.)?[\w-]{3,60})(?:[&#]|$)"),
    re.compile(r"[?&]comment_id=(?P<parent>[\w-]{2,60})&reply_comment_id=(?P<id>[\w-]{2,60})"),
)
_TO_PARENT = re.compile(
    r"^(?:parent|in reply to|replying to|antwort auf|en réponse à|en respuesta a|↑|↪|@\S)", re.IGNORECASE
)


def native_id(found: Region, dated: Part | None) -> str | None:
    """What the source calls the comment."""
    item = found.item
    counted = _COUNTED.match(item.get("id") or "") if item.get("data-topic-id") else None
    if counted:
        return counted[1]
    for key in _ID_ATTRIBUTES:
        if item.get(key):
            return _bare(item.get(key, ""))
    thing = _THING.search(f"{item.get('class', '')} {item.get('id', '')}")
    if thing:
        return thing[1]
    name = item.get("id") or ""
    own = _LETTERED.match(name) or _WPDISCUZ.match(name) or _NUMBER.search(name)
    return own[1] if own else _anchored(found) or _linked_id(address(found, dated))


def _anchored(found: Region) -> str | None:
    """The id of an anchor inside the comment, or right before it as in Drupal and many a forum."""
    before = found.item.getprevious()
    marked = before if before is not None and before.tag == "a" else None
    for element in (marked, *(part.element for part in found.parts[1:])):
        if element is None:
            continue
        name = element.get("id") or element.get("name") or ""
        number = _ANCHOR.search(plain(name))
        if number or (element.tag == "a" and len(name) > 1 and name.isdecimal()):
            return number[1] if number else name
    return None


def _linked_id(link: str | None) -> str | None:
    for form in _THREADED:
        pair = form.search(link or "")
        if pair:
            return pair["id"]
    return fragment(link) if link else None


def _bare(value: str) -> str | None:
    """An id without what it is an id of: "post-12" is "12", "t1_abc" is "abc"."""
    value = value.strip()
    thing, number = _THING.search(value), _NUMBER.search(value)
    if thing:
        return thing[1]
    return number[1] if number and len(value) > len(number[1]) else value[:120] or None


def address(found: Region, dated: Part | None) -> str | None:
    """The comment's own address: most pages link its date to it."""
    given = found.item.get("permalink") or found.item.get("data-permalink")
    if given:
        return given
    for element in _around(dated.element, found.item) if dated is not None else ():
        if element.tag == "a" and _is_address(element.get("href")):
            return element.get("href")
    for part in found.parts:
        is_link = part.element.tag in ("a", "link") and _is_address(part.element.get("href"))
        if is_link and any("permalink" in name or name == "ip-url" for name in part.names):
            return part.element.get("href")
    return None


def _around(dated: etree._Element, item: etree._Element) -> Iterator[etree._Element]:
    """The date, what stands in it, and what it stands in."""
    yield dated
    yield from dated.iter("a")
    for above in dated.iterancestors():
        if above is item:
            return
        yield above


def _is_address(href: str | None) -> bool:
    return (
        bool(href) and href not in ("#", "/") and not str(href).lower().startswith(("javascript:", "data:"))
    )


def parent(found: Region, link: str | None) -> str | None:
    """The id of the comment answered, where the markup or the comment's own address `link` gives it."""
    for key in _PARENT_ATTRIBUTES:
        value = found.item.get(key)
        if value:
            return _bare(value)
    paired = _WPDISCUZ.match(found.item.get("id") or "")
    if paired and paired[2] != "0":
        return paired[2]
    for form in _THREADED:
        pair = form.search(link or "")
        if pair:
            return pair["parent"]
    for part in found.parts[1:]:
        if part.element.get("itemprop") == "parentItem":
            return _bare(part.element.get("content") or part.element.get("href") or "")
        if part.element.tag == "a" and _leads_to_parent(part):
            return fragment(part.element.get("href") or "")
    return None


def _leads_to_parent(part: Part) -> bool:
    href = part.element.get("href") or ""
    if "#" not in href or fragment(href) is None:
        return False
    words = shown(part.element)[:60] or part.element.get("title", "")[:60].lower().removeprefix("go to ")
    return best_rank(REPLY_TO, part.names) is not None or bool(_TO_PARENT.match(words))


def fragment(href: str) -> str | None:
    """The id of a comment that a link leads to."""
    number = _FRAGMENT.search(unquote(href))
    return next(each for each in number.groups() if each) if number else None


def quoted(found: Region) -> tuple[str, ...]:
    """The ids of the posts that are quoted, where the head of a quotation links to them."""
    ids = []
    for part in found.parts[1:]:
        element = part.element
        source = _FRAGMENT.search("#" + (element.get("data-source") or "").replace(": ", "-"))
        if source and source[1]:
            ids.append(source[1])
        elif element.tag == "a" and _is_quote_head(element, found.item):
            link = element.get("href") or ""
            post = _OF_POST.search(link)
            ids.append(fragment(link) or (post[1] if post else ""))
        elif element.tag == "aside" and element.get("data-post"):
            ids.append(element.get("data-post", ""))
    return tuple(dict.fromkeys(each for each in ids if each))


def _is_quote_head(link: etree._Element, item: etree._Element) -> bool:
    for above in link.iterancestors():
        if above is item:
            return False
        names = [plain(name) for name in (above.get("class") or "").split()[:8]]
        if above.tag == "cite" or any(fits(QUOTE_HEADS, name) for name in names):
            return True
    return False
