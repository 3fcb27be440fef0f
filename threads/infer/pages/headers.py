"""What stands around a comment's body: its author, the name answered and the likes, read from their lines."""

# ruff: noqa: E501 -- tables of words and patterns read better unbroken

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from threads.infer.pages import artefacts
from threads.infer.pages.dates import Stamp

_FOLD = re.compile(r"^\[[–+−-]\]\s*|\s*\[[–+−-]\]$")
_ANSWERED = re.compile(r"\s(?:>|→|▸|»|➜|►|›|↪|↳|⤷|➤)\s@?(?P<name>\S.{0,60})$")
_BEFORE_DATE = frozenset(("on", "at", "am", "um", "vom", "den", "el", "le", "il", "em", "op", "posted", "sent", "date", "datum", "fecha"))  # fmt: skip
_LABEL = re.compile(
    r"^(?:(?:posted|written|submitted|left|sent|kommentiert|geschrieben|verfasst|gepostet|publicado|escrito|posté|écrit|pubblicato|scritto)\s(?:by|von|por|par|da)"
    r"|comment(?:ed)? (?:by|from)|kommentar von|comentario de|commentaire de|commento di|from|by|von|de|da|por|par|author|autor(?:in)?|auteur|autore|name|nombre|nom|nome|user|benutzer)\s?:\s{0,3}"
    r"|^(?:comment(?:ed)? (?:by|from)|kommentar von|comentario de|commentaire de|commento di|(?:avatar|profile picture|photo|profilbild|foto) (?:of|for|von|de|di))\s+(?=\S)"
    r"|^(?:作者|评论者|昵称|姓名)\s?[:：]\s{0,3}",
    re.I,
)
_WROTE_FIRST = re.compile(
    r"^\W{0,3}(?:wrote|schrieb|sagte|escribió|a écrit|ha scritto)\s+(?=\S)", re.I
)  # "On Monday wrote Ann:"
_BADGE = re.compile(r"\s[\[(](?P<badge>[^\])]{2,30})[\])]$")
_BARE_BADGE = re.compile(r"\s(?:mod|op|moderator)$", re.I)
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
        text = _beside(text[: stamp.start], text[stamp.end :])
    text = artefacts.BYLINE.sub("", _LABEL.sub("", _FOLD.sub("", text.strip())))
    for pattern in (artefacts.POINTS, artefacts.SAYS, artefacts.REPLY_TO):
        if found := pattern.search(text):
            text = text[: found.start()] if found.start() else text
    if answered := _ANSWERED.search(text):
        text = text[: answered.start()]
    if stamp or "•" in text or "·" in text:
        shorter = _AFTER_NAME.sub("", text)
        text = shorter if _strip(shorter) else text
    name = _strip(_without_badge(_strip(text), stamp is not None))
    return name[:LONGEST_NAME] if any(c.isalnum() for c in name) else None


def _beside(before: str, after: str) -> str:
    """What stands before a date, or after it where that is no name: "On MONDAY, Ann wrote:"."""
    left = _strip(before)
    if any(c.isalnum() for c in left) and left.casefold() not in _BEFORE_DATE:
        return before
    return _WROTE_FIRST.sub("", after.lstrip(" ,"))


def _without_badge(name: str, dated: bool) -> str:
    """The name without the role printed beside it: "Ann (Author)", "Ann [OP]", and by a date "Ann Mod"."""
    match = _BADGE.search(name)
    if match and artefacts.is_badge(match["badge"]):
        return name[: match.start()]
    return _BARE_BADGE.sub("", name) if dated else name


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


def quoted(lines: Iterable[str], others: Container[str]) -> str | None:
    """The name of the one whose words a forum's quotation repeats, where `others` hold it."""
    for line in lines:
        match = artefacts.QUOTED_FROM.match(line) if len(line) <= artefacts.SHORT else None
        if match and match["name"] and folded(match["name"]) in others:
            return _strip(match["name"])
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
