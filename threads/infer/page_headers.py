"""What stands around a comment's body: its author, the name answered and the likes, read from their lines."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from threads.infer import artefacts
from threads.infer.artefacts_dates import Stamp

_FOLD = re.compile(r"^\[[–+−-]\]\s*")
_ANSWERED = re.compile(r"\s(?:>|→|▸|»|➜|►|›)\s@?(?P<name>\S.{0,60})$")
_ADDRESSED = re.compile(r"^(?P<sign>@|[→↳↪►▸»>]\s?@?)(?P<name>\w[^:!?]{0,60})$")
_AFTER_NAME = re.compile(r"\s*(?:[•·|/]|\s[–—-]\s|\bon$|\bam$|\bat$|\bel$|\ble$|\bum$|\bvom$).*$", re.I)
_LIKE_FIRST = re.compile(
    r"^(?:likes?|upvote|gefällt mir|me gusta|j'aime|👍|♥|▲)\W{0,3}(?P<n>\d{1,6})\W{0,2}$", re.I
)
LONGEST_NAME = 100


def author(line: str, stamp: Stamp | None) -> str | None:
    """The name in an author line, without date, "says:", points and buttons; None where nothing is left."""
    text = line[:400]
    if stamp:
        before, after = text[: stamp.start], text[stamp.end :]
        text = before if any(c.isalnum() for c in _strip(before)) else after
    text = _FOLD.sub("", text.strip())
    text = artefacts.BYLINE.sub("", text)
    if points := artefacts.POINTS.search(text):
        text = text[: points.start()] if points.start() else text
    if says := artefacts.SAYS.search(text):
        text = text[: says.start()] if says.start() else text
    if answered := artefacts.REPLY_TO.search(text):
        text = text[: answered.start()] if answered.start() else text
    if answered := _ANSWERED.search(text):
        text = text[: answered.start()]
    if stamp or "•" in text or "·" in text:
        shorter = _AFTER_NAME.sub("", text)
        text = shorter if _strip(shorter) else text
    name = _strip(text)
    return name[:LONGEST_NAME] if any(c.isalnum() for c in name) else None


def _strip(text: str) -> str:
    """The name without what separates it from its neighbours; a trailing " ." goes, "Jr." stays."""
    text = text.strip(" \t•·|–—,:;▸→»«›#*\u00a0").strip()
    while text.endswith((" .", " ,", " -")):
        text = text[:-2].rstrip()
    return text


def is_addressed(line: str) -> bool:
    """Whether a line says nothing but whom its comment answers: "@Bob", "→ Bob", "in reply to Bob"."""
    if len(line) > artefacts.SHORT:
        return False
    match = artefacts.REPLY_TO.search(line)
    return bool(_ADDRESSED.match(line)) or bool(match and match.start() < 2)


def answered(lines: Iterable[str], others: Container[str]) -> str | None:
    """The name that the page says the comment answers: "Ann > Bob", "in reply to Bob", "@Bob" on a line.

    "@bob" is at times an author's handle: it counts where `others`, the folded names of the other authors
    of the page, hold it.
    """
    for line in lines:
        if len(line) > 2 * artefacts.SHORT:
            continue
        alone = _ADDRESSED.match(line)
        match = artefacts.REPLY_TO.search(line) or _ANSWERED.search(line) or alone
        if match:
            name = _strip(re.split(r"\s[•·|]\s|\s{2,}", match["name"])[0])
            if name and (match is not alone or alone["sign"] != "@" or folded(name) in others):
                return name
    return None


def folded(name: str) -> str:
    """The name without spaces and case, to compare it with others."""
    return "".join(name.split()).casefold()


def likes(lines: Iterable[str]) -> int | None:
    """The approval that a header or footer states; None where no line clearly does."""
    for line in lines:
        if len(line) <= artefacts.SHORT and (
            match := artefacts.POINTS.search(line) or _LIKE_FIRST.match(line)
        ):
            number = match["n"].replace("−", "-").replace("+", "")
            if number.lstrip("-").isdigit():
                return int(number)
    return None
