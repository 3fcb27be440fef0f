"""One comment's own words about itself: author, time, text, likes, and whom it says it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from lxml import etree

from threads.infer.pages import artefacts
from threads.markup import element_text
from threads.webpage import ids
from threads.webpage.authors import author, cleaned
from threads.webpage.bodies import body, deleted, notice
from threads.webpage.dates import When, edited, written
from threads.webpage.names import LIKES, REPLY_TO, best_rank
from threads.webpage.quotes import quotations, quoted_name
from threads.webpage.region import Region, shown

_COUNT = re.compile(r"([-−+]?\d{1,3}(?:[.,]\d{3})+|[-−+]?\d{1,9})(?:[.,](\d))?\s?([kKmM])?\b")
_MOST_LIKES = 2**31 - 1
_ANSWERS = re.compile(r"^Reply by .{1,80}? to (?P<name>.{1,80}?)[’']s (?:comment|reply)\b")


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
    head = {
        element
        for part in (who.part, dated)
        if part is not None and part.element is not found.item
        for element in (part.element, *_link_of(part.element, found))
    }
    quotes, heads = quotations(found)
    text = body(found, head, quotes, heads)
    gone = deleted(text) if text else notice(found)
    link = ids.address(found, dated)
    return Draft(
        region=found,
        native_id=ids.native_id(found, dated),
        author=None if gone and who.name and deleted(who.name) else who.name,
        author_id=who.id,
        when=when,
        edited=edited(found.parts),
        text="" if gone else text,
        deleted=gone,
        likes=_likes(found),
        url=link,
        parent_id=ids.parent(found, link),
        parent_ids=ids.quoted(found),
        reply_to=_reply_to(found) or quoted_name(found, heads),
    )


def _link_of(element: etree._Element, found: Region) -> list[etree._Element]:
    """The link that a date or a name is the whole of."""
    link = next(element.iterancestors("a"), None)
    if link is None or all(part.element is not link for part in found.parts):
        return []
    return [link] if shown(link) == shown(element) else []


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


def _reply_to(found: Region) -> str | None:
    """The name that the page gives as the one answered."""
    label = _ANSWERS.match(found.item.get("aria-label", "")[:200])
    if label:
        return label["name"]
    for part in found.parts[1:]:
        if best_rank(REPLY_TO, part.names) is None:
            continue
        words = " ".join(element_text(part.element).split())[:120]
        said = artefacts.REPLY_TO.search(words)
        name = cleaned(said["name"] if said else words)
        if name and len(name) < artefacts.SHORT / 2 and not artefacts.is_button(name):
            return name.lstrip("@")
    return None
