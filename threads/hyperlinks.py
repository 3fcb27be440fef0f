"""What a link in the markup of a comment becomes in its text: its words, its address, or both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from unicodedata import category
from urllib.parse import parse_qsl, quote, unquote, urlsplit

LONGEST = 300
"""Code points of an address that are kept; the rest is an ellipsis."""

_MOST_READ = 2_000  # code points of an address that are looked at
_HTTP = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_SHORTENED = re.compile(r"\s?(?:…|\.{3,})")
_PLAIN = re.compile(r"[!#$%&'*+,\-./0-9:;=?@A-Z\[\\\]^_a-z{|}~]+")
_BEFORE = re.compile(r"(?:https?://)?(?:www\.)?", re.IGNORECASE)
# What marks a person, a topic or the comment itself and no place that its author points to: @ada, #tides,
# /u/ada, r/tides, the second of a video, and names of classes that platforms give to such links.
_NAME = re.compile(r"@.{1,60}|#(?!\d+$)\w{1,100}|/?[ur]/[\w-]{2,30}|\d{1,3}(?::\d\d){1,2}", re.DOTALL)
_CLASSES = re.compile(
    r"(?:^|[\s_-])(?:mention|hashtag|u-url|permalink|reply|username|avatar|anchor)", re.IGNORECASE
)
_RELATIONS = frozenset({"author", "bookmark", "tag"})
_CONTROL = re.compile(
    r"(?:reply|permalink|permanent link|antworten|répondre|responder)\W{0,3}", re.IGNORECASE
)
# Hosts that only pass on, and where their links say to where: in an attribute, or in the address itself.
_PASSING = frozenset((
    "t.co", "disq.us", "out.disqus.com", "out.reddit.com", "www.youtube.com", "www.google.com",
    "l.facebook.com", "lm.facebook.com", "vk.com", "href.li", "steamcommunity.com",
))  # fmt: skip
_REAL = ("data-expanded-url", "data-full-url", "title")
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})


_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_SIGN = "[url]"  # what stood for an address in the comments that the detectors learned from


class Link(NamedTuple):
    """An address, and whether it stands for the words of its link or behind them."""

    address: str
    alone: bool


def link(attributes: Mapping[str, str], words: str, *, is_picture: bool = False) -> Link | None:
    """Return what a link with these words keeps of its address; None where the words say all.

    That is so where the address is not of the web, or of the page itself, and where the link only marks a
    name, a topic, an emoji, a time or a control. Words that are the address, whole, without its beginning or
    shortened by an ellipsis, give way to it, and so does a picture without words.
    """
    address = safe(attributes.get("href") or "")
    if address is None:
        return None
    shown = words.strip()
    is_said = any(map(str.isalnum, shown))
    real = next((each for each in _addresses(attributes, address, shown) if _is_shown(each, shown)), None)
    if is_said and real is not None:
        return Link(_cut(real), alone=True)
    if _only_marks(attributes, shown) or not (is_said or (is_picture and not shown)):
        return None
    return Link(_cut(address), alone=not is_said)


def blanked(text: str) -> str:
    """The text with a sign in place of each address, every other letter at its place.

    What an address spells is not what its author says.
    """
    return _ADDRESS.sub(lambda found: _SIGN.ljust(len(found[0])), text)


def safe(href: str) -> str | None:
    """Return an address of the web as one word of printable characters; None for any other.

    What would break a line, hide a part or turn its direction is percent-encoded, as are quotation marks,
    and brackets that do not match.
    """
    bare = re.sub(r"[\t\r\n]", "", href).strip("".join(map(chr, range(33))))  # as a browser does
    if not _HTTP.match(bare):
        return None
    if _PLAIN.fullmatch(bare):
        return bare[:_MOST_READ]
    is_open = not _is_balanced(bare)
    return "".join(_encoded(each, is_open=is_open) for each in bare[:_MOST_READ])


def _encoded(letter: str, *, is_open: bool) -> str:
    is_unsafe = letter in '<>"`' or (is_open and letter in "()") or category(letter) in _UNSAFE
    return quote(letter, safe="", errors="replace") if is_unsafe else letter


def _is_balanced(text: str) -> bool:
    depth = 0
    for each in text:
        depth += (each == "(") - (each == ")")
        if depth < 0:
            return False
    return depth == 0


def _cut(address: str) -> str:
    return address if len(address) <= LONGEST else address[:LONGEST] + "…"


def _only_marks(attributes: Mapping[str, str], shown: str) -> bool:
    if _NAME.fullmatch(shown) or _CONTROL.fullmatch(shown) or _CLASSES.search(attributes.get("class") or ""):
        return True
    return not _RELATIONS.isdisjoint((attributes.get("rel") or "").casefold().split())


def _addresses(attributes: Mapping[str, str], address: str, shown: str) -> Iterator[str]:
    """Where a link leads: itself, and through a host that only passes on what that says."""
    yield address
    try:
        parts = urlsplit(address)
        if parts.hostname not in _PASSING:
            return
        told = [value for _, value in parse_qsl(parts.query, max_num_fields=50)]
    except ValueError:
        return
    whole = () if _SHORTENED.search(shown) else (shown,)
    yield from filter(None, map(safe, (*(attributes.get(name, "") for name in _REAL), *told, *whole)))


def _is_shown(address: str, shown: str) -> bool:
    """Whether the words of a link are its address, whole or shortened."""
    if re.search(r"[./]", _SHORTENED.split(shown)[0]) is None:
        return False
    return any(_fits(change(_bare(address)), change(_bare(shown))) for change in (str, unquote))


def _fits(whole: str, told: str) -> bool:
    begins, *ends = _SHORTENED.split(told)
    if not ends:
        return whole == told
    return len(ends) == 1 and whole.startswith(begins) and whole.endswith(ends[0])


def _bare(address: str) -> str:
    begins = _BEFORE.match(address)
    return address[begins.end() if begins else 0 :].rstrip("/").casefold()
