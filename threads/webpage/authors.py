"""Whose comment it is: names in the surest place first, without what themes print around them."""

# ruff: noqa: E501 -- patterns and tables read better unbroken

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from lxml import etree

from threads.infer.pages import artefacts
from threads.infer.pages import dates as artefacts_dates
from threads.markup import element_text
from threads.webpage.names import AUTHOR, BODY, NO_AUTHOR, TIME, best_rank, fits, plain
from threads.webpage.region import Part, Region, shown

_FEW = 200  # elements of a name that are looked at
_LONGEST = 80  # code points of a name
_ATTRIBUTES = (
    "data-author", "data-authorname", "data-author-name", "data-comment-author", "data-username", "data-user-name",
    "data-user", "author", "data-screen-name",
)  # fmt: skip
_IDS = ("data-author-id", "data-authorid", "data-user-id", "data-userid", "data-author-fullname", "data-uid")
_PROFILE = re.compile(
    r"(?:^|/)(?:user|users|u|profile|profiles|profil|members?|author|people|benutzer|utilisateur|miembros)/[^/?#]+/?$"
    r"|member\.php|memberlist\.php\?|profile\.php|user\.php|[?&]action=profile|user\?id=|viewprofile|blogger\.com/profile"
)
_HANDLE = re.compile(r"(?:^|-)(?:display-name-account|account-name|handle|acct)$")
_BADGE = re.compile(
    r"(?:^|-)(?:badge|label|role|flair|title|tooltip|screen-reader-text|sr-only|says|count|icon|rank|permalink)$"
)
_BEFORE = re.compile(
    r"^(?:(?:posted|written|submitted|geschrieben) (?:by|von)|by|von|por|par|author:|autor:)\s+",
    re.IGNORECASE,
)
_UNPROVEN = re.compile(
    r"\s\((?:not verified|nicht überprüft|non vérifié|no verificado)\)$"
)  # Drupal's guests
_AVATAR = re.compile(r"(?:^|-)avatar$")
_WIDE = 6  # of AUTHOR, from where a name is that of a line in which more may stand than the author
_SHORT = 40  # code points of a link that names somebody though nothing says so
_ANSWER_LABEL = re.compile(
    r"^(?:reply to|antwort(?:e|en)? (?:auf|an)|répondre à|responder a|responde a|rispondi a|reageer op|ответить)\s+(?P<name>\S.{0,60})$",
    re.IGNORECASE,
)


class Author(NamedTuple):
    """A name, the source's id of the person, and the part that the name was read from."""

    name: str | None
    id: str | None
    part: Part | None


def author(found: Region) -> Author:
    """Return whose comment it is, as far as the page says."""
    person = next(
        (_attribute(part.element, _IDS) for part in found.parts if _attribute(part.element, _IDS)), None
    )
    handle = next((part for part in found.parts if any(fits(_HANDLE, n) for n in part.names)), None)
    if handle is not None:
        person = _text(handle.element).lstrip("@") or person
    named = _attribute(found.item, _ATTRIBUTES)
    part, text = _shown(found)
    if named is None and text is None:
        named = _elsewhere(found)
    if named is None and text is None:
        part, text = _first_link(found)
    name = named if named and (text is None or found.item.tag.startswith("shreddit")) else text
    return Author(cleaned(name) if name else None, person, part)


def _shown(found: Region) -> tuple[Part | None, str | None]:
    """The part that shows the author, and its text."""
    ranked = []
    inside_body: set[etree._Element] = set()
    for at, part in enumerate(found.parts if found.item.tag == "dt" else found.parts[1:]):
        above = part.element.getparent()
        if above in inside_body or _is_body(part):
            inside_body.add(part.element)
        rank = best_rank(AUTHOR, part.names)
        if rank is None and part.element.tag == "a" and _PROFILE.search(part.element.get("href") or ""):
            rank = 4
        if rank is None or any(fits(NO_AUTHOR, name) for name in part.names):
            continue
        ranked.append((rank + (len(AUTHOR) if part.element in inside_body else 0), at, part))
    for _, _, part in sorted(ranked, key=lambda each: each[:2]):
        name = _name(part)
        if name:
            return part, name
    return None, None


def _is_body(part: Part) -> bool:
    """Whether a part is surely a text; a name in it is somebody who is talked about."""
    at = best_rank(BODY, part.names)
    return part.element.tag == "blockquote" or (at is not None and at <= 4 and part.element.tag != "span")


def _name(part: Part) -> str | None:
    if part.element.tag == "meta":
        return part.element.get("content")
    inner = next(
        (e for e in part.element.iter() if isinstance(e.tag, str) and e.get("itemprop") == "name"), None
    )
    if inner is not None:
        return inner.get("content") or _text(inner) or None
    rank = best_rank(AUTHOR, part.names)
    link = _link(part.element) if rank is not None and rank >= _WIDE else None
    text = _text(part.element if link is None else link)
    if not text and part.element.get("content"):
        return part.element.get("content")
    return text if text and len(cleaned(text) or "") <= _LONGEST else None


def _text(element: etree._Element) -> str:
    """The first line of an element that names somebody, without dates, badges and buttons."""
    without = set()
    for each in islice(element.iter(), _FEW):
        if each is element or not isinstance(each.tag, str):
            continue
        names = [plain(name) for name in (each.get("class") or "").split()]
        if each.tag == "a" and any(fits(_AVATAR, name) for name in names) and len(shown(each)) > 1:
            continue
        if (
            each.tag in ("time", "button", "small", "svg", "i", "abbr", "ul", "sup")
            or "reply" in " ".join(names)
            or any(fits(_BADGE, name) or fits(NO_AUTHOR, name) or fits(_HANDLE, name) for name in names)
            or best_rank(TIME, names) is not None
        ):
            without.add(each)
    lines = element_text(element, without=without).split("\n")
    return (
        next((line for line in map(str.strip, lines) if any(map(str.isalnum, line))), "") or lines[0].strip()
    )


def cleaned(name: str) -> str | None:
    """The name without "says:", a date behind it, "by" before it; None where nothing is left."""
    name = " ".join(name.split())[: 4 * _LONGEST]
    stamp = artefacts_dates.find(name)
    if stamp and stamp.start > 0 and (stamp.parts or name[stamp.start - 1].isspace()):
        name = name[: stamp.start]
    says = artefacts.SAYS.search(name)
    if says and says.start() > 0:
        name = name[: says.start()]
    name = (
        _BEFORE.sub("", _UNPROVEN.sub("", name))
        .strip(" \t:·•|–—,»«>\u200b\u200e")
        .removesuffix(" -")
        .removesuffix(" (")
    )
    if not name or artefacts.is_badge(name) or len(name) > _LONGEST:
        return None
    return name


def _link(element: etree._Element) -> etree._Element | None:
    """The first link in a line that shows somebody: what follows it are a date and buttons."""
    links = (each for each in islice(element.iter("a"), _FEW) if each is not element and each.get("href"))
    return next((each for each in links if _names_somebody(shown(each))), None)


def _first_link(found: Region) -> tuple[Part | None, str | None]:
    """A link that the comment begins with, outside of its text: where nothing names the author, it does."""
    for part in found.parts[1:]:
        if _is_body(part) or part.element.tag in ("p", "pre"):
            break
        if part.element.tag == "a" and part.element.get("href") and _names_somebody(shown(part.element)):
            return part, shown(part.element)
        if part.element.tag != "a" and (part.element.text or "").strip():
            break
    return None, None


def _names_somebody(text: str) -> bool:
    if not 1 < len(text) <= _SHORT or artefacts.is_button(text) or artefacts.is_badge(text):
        return False
    stamp = artefacts_dates.find(text)
    return stamp is None or 2 * len(stamp.text) < len(text)


def _elsewhere(found: Region) -> str | None:
    """The name that only an attribute or the label of a button gives: "Reply to Ann"."""
    for part in found.parts:
        name = _attribute(part.element, _ATTRIBUTES[:4])
        if name:
            return name
        label = _ANSWER_LABEL.match(part.element.get("aria-label", "")[:120])
        if label:
            return label["name"]
    return None


def _attribute(element: etree._Element, keys: tuple[str, ...]) -> str | None:
    attributes = element.attrib
    for key in keys:
        value = attributes.get(key, "").strip() if key in attributes else ""
        if value and len(value) <= _LONGEST and not value.startswith(("{", "[", "http")):
            return value
    return None
