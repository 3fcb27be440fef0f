"""One comment's own words about itself: id, author, time, text, likes, and whom it says it answers."""

# ruff: noqa: E501 -- patterns and tables read better unbroken

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import unquote

from lxml import etree

from threads.infer.pages import artefacts
from threads.markup import element_text
from threads.webpage.authors import author, cleaned
from threads.webpage.bodies import body, deleted
from threads.webpage.dates import When, edited, written
from threads.webpage.names import LIKES, QUOTE_HEADS, REPLY_TO, best_rank, fits, plain
from threads.webpage.region import Part, Region, shown

_ID_ATTRIBUTES = (
    "data-comment-id", "data-commentid", "data-comment", "thingid", "data-fullname", "data-post-id", "data-answerid",
    "data-id", "data-content", "data-pid", "data-messageid", "about",
)  # fmt: skip
_PARENT_ATTRIBUTES = (
    "data-parent-id", "data-parentid", "data-parent", "parentid", "parent-id", "data-parent-comment-id",
    "data-reply-to", "data-in-reply-to", "data-in-reply-to-id", "data-comment-parent",
)  # fmt: skip
_THING = re.compile(r"\bt1_(\w{3,12})\b")
_NUMBER = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,64}|\d{1,24})(?:_\d{1,24})?$")
_LETTERED = re.compile(r"^[a-z]{1,2}(\d{1,24})$")
_WPDISCUZ = re.compile(r"^wp?d?c?-comm-(\d+)_(\d+)$")
_ANCHOR = re.compile(
    r"(?:^|-)(?:comment|reply|post|msg|message|c|p|cmt|answer|kommentar|isso|respuesta)-?(\d{2,24})$"
)
_FRAGMENT = re.compile(
    r"#[a-z_-]*?(\d{2,24})$|[?&](?:id|p|pid|commentid|postid)=(\d{2,24})(?:[&#]|$)|/comment/(\w{5,12})/|/@[^/]{1,120}/(\d{2,24})$"
)
_TO_PARENT = re.compile(
    r"^(?:parent|in reply to|replying to|antwort auf|en réponse à|en respuesta a|↑|↪|@\S)", re.IGNORECASE
)
_COUNT = re.compile(r"([-−+]?\d{1,3}(?:[.,]\d{3})+|[-−+]?\d{1,9})(?:[.,](\d))?\s?([kKmM])?\b")
_MOST_LIKES = 2**31 - 1


@dataclass(slots=True)
class Draft:
    """A comment as its own part of the page has it; what it does not say is None."""

    region: Region
    native_id: str | None
    author: str | None
    author_id: str | None
    when: When | None
    edited: datetime | None
    text: str
    deleted: Literal["deleted", "removed"] | None
    likes: int | None
    url: str | None
    parent_id: str | None
    parent_ids: tuple[str, ...]
    reply_to: str | None

    @property
    def is_told(self) -> bool:
        """Whether there is something that was written, or the place where it was."""
        return bool(self.text) or self.deleted is not None


def draft(found: Region) -> Draft:
    """Read one comment."""
    who = author(found)
    when, dated = written(found.parts)
    head = {part.element for part in (who.part, dated) if part is not None and part.element is not found.item}
    text = body(found, head)
    gone = deleted(text)
    linked = _linked(found)
    return Draft(
        region=found,
        native_id=_native_id(found, dated),
        author=None if gone and who.name and deleted(who.name) else who.name,
        author_id=who.id,
        when=when,
        edited=edited(found.parts),
        text="" if gone else text,
        deleted=gone,
        likes=_likes(found),
        url=_url(found, dated),
        parent_id=_parent(found),
        parent_ids=linked,
        reply_to=_reply_to(found),
    )


def _native_id(found: Region, dated: Part | None) -> str | None:
    item = found.item
    for key in _ID_ATTRIBUTES:
        if item.get(key):
            return _bare(item.get(key, ""))
    thing = _THING.search(f"{item.get('class', '')} {item.get('id', '')}")
    if thing:
        return thing[1]
    own = (
        _LETTERED.match(item.get("id") or "")
        or _WPDISCUZ.match(item.get("id") or "")
        or _NUMBER.search(item.get("id") or "")
    )
    if own:
        return own[1]
    before = item.getprevious()  # Drupal and many a forum set an empty anchor before the comment
    marked = (
        _ANCHOR.search(plain(before.get("id") or before.get("name") or ""))
        if before is not None and before.tag == "a"
        else None
    )
    if marked:
        return marked[1]
    for part in found.parts[1:]:
        number = _ANCHOR.search(plain(part.element.get("id") or part.element.get("name") or ""))
        if number:
            return number[1]
    link = _url(found, dated)
    number = _FRAGMENT.search(link) if link else None
    return next(each for each in number.groups() if each) if number else None


def _bare(value: str) -> str | None:
    """An id without what it is an id of: "post-12" is "12", "t1_abc" is "abc"."""
    value = value.strip()
    thing, number = _THING.search(value), _NUMBER.search(value)
    if thing:
        return thing[1]
    return number[1] if number and len(value) > len(number[1]) else value[:120] or None


def _url(found: Region, dated: Part | None) -> str | None:
    """The comment's own address: most pages link its date to it."""
    given = found.item.get("permalink") or found.item.get("data-permalink")
    if given:
        return given
    for element in _around(dated.element, found.item) if dated is not None else ():
        if element.tag == "a" and _is_address(element.get("href")):
            return element.get("href")
    for part in found.parts:
        names = part.names
        is_link = part.element.tag in ("a", "link") and any("permalink" in n or n == "ip-url" for n in names)
        if is_link and _is_address(part.element.get("href")):
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


def _likes(found: Region) -> int | None:
    ranked = []
    for key in ("score", "data-score", "data-likes", "data-like-count", "data-votes"):
        value = found.item.get(key)
        if value and _count(value) is not None:
            return _count(value)
    for at, part in enumerate(found.parts[1:]):
        rank = best_rank(LIKES, part.names)
        if rank is not None:
            ranked.append((rank, at, part.element))
    for _, _, element in sorted(ranked, key=lambda each: each[:2]):
        if _is_other_count(element):
            continue
        value = element.get("content") or element.get("data-like-count") or shown(element)
        inner = next(
            (
                e.get("data-like-count")
                for e in element.iter()
                if isinstance(e.tag, str) and e.get("data-like-count")
            ),
            None,
        )
        number = _count(inner or value[:40])
        if number is not None:
            return number
    return None


def _is_other_count(element: etree._Element) -> bool:
    """Whether a schema.org counter counts something else than likes: comments, shares."""
    above = element.getparent()
    if element.get("itemprop") != "userInteractionCount" or above is None:
        return False
    kinds = [each.get("content") or each.get("href") or "" for each in above.iter("meta", "link")]
    return any("Action" in kind and "Like" not in kind and "Agree" not in kind for kind in kinds)


def _count(value: str) -> int | None:
    number = _COUNT.search(value.replace("−", "-"))
    if not number:
        return None
    if number[3] or number[2]:
        scale = {"k": 1_000, "m": 1_000_000}.get((number[3] or "").lower(), 1)
        likes = round(float(f"{number[1].replace(',', '').replace('.', '')}.{number[2] or 0}") * scale)
    else:
        likes = int(number[1].replace(",", "").replace(".", ""))
    return likes if abs(likes) <= _MOST_LIKES else None


def _parent(found: Region) -> str | None:
    """The id of the comment answered, where the markup gives it."""
    for key in _PARENT_ATTRIBUTES:
        value = found.item.get(key)
        if value:
            return _bare(value)
    paired = _WPDISCUZ.match(found.item.get("id") or "")
    if paired and paired[2] != "0":
        return paired[2]
    for part in found.parts[1:]:
        if part.element.get("itemprop") == "parentItem":
            return _bare(part.element.get("content") or part.element.get("href") or "")
        if part.element.tag == "a" and _leads_to_parent(part):
            return _fragment(part.element.get("href") or "")
    return None


def _leads_to_parent(part: Part) -> bool:
    href = part.element.get("href") or ""
    if "#" not in href or _fragment(href) is None:
        return False
    words = shown(part.element)[:60]
    return best_rank(REPLY_TO, part.names) is not None or bool(_TO_PARENT.match(words))


def _fragment(href: str) -> str | None:
    number = _FRAGMENT.search(unquote(href))
    return next(each for each in number.groups() if each) if number else None


def _linked(found: Region) -> tuple[str, ...]:
    """The ids of the posts that are quoted, where the head of a quotation links to them."""
    ids = []
    for part in found.parts[1:]:
        element = part.element
        source = _FRAGMENT.search("#" + (element.get("data-source") or "").replace(": ", "-"))
        if source and source[1]:
            ids.append(source[1])
        elif element.tag == "a" and _is_quote_head(element, found.item):
            ids.append(_fragment(element.get("href") or "") or "")
        elif element.tag == "aside" and element.get("data-post"):  # Discourse counts posts from 1
            ids.append(element.get("data-post", ""))
    return tuple(dict.fromkeys(each for each in ids if each))


def _is_quote_head(link: etree._Element, item: etree._Element) -> bool:
    for above in link.iterancestors():
        if above is item:
            return False
        name = plain(above.get("class") or "")
        if above.tag == "cite" or fits(QUOTE_HEADS, name) or fits(QUOTE_HEADS, name.rpartition(" ")[2]):
            return True
    return False


def _reply_to(found: Region) -> str | None:
    """The name that the page gives as the one answered."""
    for part in found.parts[1:]:
        if best_rank(REPLY_TO, part.names) is None:
            continue
        words = " ".join(element_text(part.element).split())[:120]
        said = artefacts.REPLY_TO.search(words)
        name = cleaned(said["name"] if said else words)
        if name and len(name) < artefacts.SHORT / 2 and not artefacts.is_button(name):
            return name.lstrip("@")
    return None
