"""Conversations under other names and in other lengths, so that a page is learned and not its people."""

# ruff: noqa: E501 -- tables of words, patterns and features read better unbroken

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

Thread = Mapping[str, Any]

_SYLLABLES = (
    "ka", "mo", "ri", "ten", "dra", "vel", "su", "bo", "lin", "gar", "pe", "tho", "ni", "sa", "qua", "zel", "ma", "ru", "hol", "ber", "wi", "ja", "fen", "lo",
)  # fmt: skip
_NOUNS = (
    "river", "wolf", "pixel", "baker", "moss", "tram", "ghost", "lemon", "captain", "otter", "stone", "paper", "north", "cedar", "rust", "pilot", "moon",
)  # fmt: skip
_IDEOGRAPHS = (0x4E00, 0x6FFF)
_FIRST_SENTENCE = re.compile(r"^.{4,200}?[.!?…](?=\s|$)", re.S)
_FULL_WIDTH = str.maketrans({",": "，", ".": "。", "!": "！", "?": "？", ":": "：", ";": "；"})


def varied(rng: Random, thread: Thread) -> Thread:
    """The thread itself, or with invented names, with short texts, or in signs that know no spaces."""
    if rng.random() < 0.55:
        thread = _renamed(rng, thread, rng.choices(tuple(_NAMES), (4, 4, 3, 3, 2, 2, 1, 2))[0])
    if rng.random() < 0.3:
        thread = _mapped(thread, lambda text: _shortened(rng, text))
    if rng.random() < 0.35:
        rate = rng.choice((0.3, 0.7))
        thread = _mapped(thread, lambda text: _casual(rng, text) if rng.random() < rate else text)
    if rng.random() < 0.2:
        thread = {**thread, "comments": [_signed(rng, comment) for comment in thread["comments"]]}
    if rng.random() < 0.08:
        thread = _mapped(_renamed(rng, thread, "ideographs"), lambda text: _without_spaces(rng, text))
        thread = {**thread, "article": _without_spaces(rng, (thread.get("article") or "")[:6000])}
        thread = {**thread, "title": _without_spaces(rng, thread.get("title") or "Title of the page")}
    return thread


def _renamed(rng: Random, thread: Thread, manner: str) -> Thread:
    known: dict[str, str] = {}
    for comment in thread["comments"]:
        if comment["author"] and comment["author"] not in known:
            each = rng.choice(tuple(_NAMES)) if manner == "mixed" else manner
            known[comment["author"]] = _NAMES[each](rng)
    renamed = [{**c, "author": known.get(c["author"])} for c in thread["comments"]]
    return {**thread, "comments": renamed}


def _mapped(thread: Thread, change: Callable[[str], str]) -> Thread:
    return {**thread, "comments": [{**c, "text": change(c["text"] or "")} for c in thread["comments"]]}


def _signed(rng: Random, comment: Thread) -> Thread:
    """At times with a greeting above the text and a name below it, which are of the body and begin nothing."""
    text, gap = comment["text"] or "", rng.choice(("\n", "\n\n"))
    if rng.random() < 0.2:
        greetings = (
            "Hi,",
            "Hello all",
            f"Hi {_full(rng)},",
            "Hallo",
            f"@{_plain(rng)}:",
            f"@{_plain(rng)}",
            f"@{_snake(rng)}",
            f"{_full(rng)}:",
        )
        text = rng.choice(greetings) + gap + text
    if rng.random() < 0.25:
        closing = rng.choice(
            (
                "Cheers",
                "Cheers,",
                "Thanks",
                "Regards,",
                "Viele Grüße",
                "Saludos",
                "LG",
                "--",
                "Best,",
                "Thanks!",
            )
        )
        name = str(comment["author"] or "").split(" ")[0]
        text += gap + (f"{closing.rstrip(',')}, {name}" if rng.random() < 0.3 else closing + gap + name)
    return {**comment, "text": text}


def _shortened(rng: Random, text: str) -> str:
    """Mostly the first sentence, at times a few words without a full stop."""
    if rng.random() < 0.2:
        return text
    match = _FIRST_SENTENCE.match(text)
    if match and rng.random() < 0.7:
        return match.group()
    return " ".join(text.split()[: rng.randint(1, 9)]).rstrip(rng.choice(("", ".,;:")))


def _casual(rng: Random, text: str) -> str:
    """As people type who do not care: without capitals or a full stop, a shout, a mere link, a word or two."""
    manner = rng.random()
    if manner < 0.06:
        return rng.choice(
            ("https://{w}.example.com/{w}?v={n}", "http://{w}.example.net/{w}.jpg", "[deleted]")
        ).format(w=_word(rng), n=_number(rng))
    if manner < 0.12:
        return " ".join(text.split()[: rng.randint(1, 5)]).upper()
    if manner < 0.2:
        return " ".join(text.split()[: rng.randint(1, 4)]).rstrip(".,;:") + rng.choice(
            ("", "", "!", " :)", "...")
        )
    text = text.lower() if manner < 0.4 else text[:1].lower() + text[1:]
    return text.rstrip(".") if rng.random() < 0.6 else text


def _without_spaces(rng: Random, text: str) -> str:
    """The text with each word replaced by one or two ideographs: no sense, but its shape."""
    return re.sub(r"[^\W\d_][\w'’-]*\s?", lambda _: _signs(rng, rng.choice((1, 1, 2))), text).translate(
        _FULL_WIDTH
    )


def _signs(rng: Random, count: int) -> str:
    return "".join(chr(rng.randint(*_IDEOGRAPHS)) for _ in range(count))


def _word(rng: Random) -> str:
    return (
        rng.choice(_NOUNS)
        if rng.random() < 0.4
        else "".join(rng.choices(_SYLLABLES, k=rng.choice((2, 2, 3))))
    )


def _number(rng: Random) -> str:
    return str(rng.choice((rng.randint(1, 99), rng.randint(1950, 2012), rng.randint(100, 9999))))


def _snake(rng: Random) -> str:
    name = rng.choice("_-_").join(_word(rng) for _ in range(rng.choice((2, 2, 3))))
    name += rng.choice(("", "", "_" + _number(rng)))
    return rng.choice((name, name, name.upper(), "_".join(part.title() for part in name.split("_"))))


def _camel(rng: Random) -> str:
    return (
        _word(rng).title()
        + rng.choice(("", "The", "Of", ""))
        + _word(rng).title()
        + rng.choice(("", _number(rng)))
    )


def _plain(rng: Random) -> str:
    return rng.choice((_word(rng), _word(rng).title())) + rng.choice(("", "", _number(rng)))


def _full(rng: Random) -> str:
    first, last = _word(rng).title(), _word(rng).title()
    initial = rng.choice(_SYLLABLES)[0].upper()
    return rng.choice((f"{first} {last}", f"{first} {last}", f"{first} {initial}.", f"{initial}. {last}", f"{first} {initial}. {last}", f"Dr. {first} {last}", f"{last}, {first}"))  # fmt: skip


def _lower(rng: Random) -> str:
    return " ".join(_word(rng) for _ in range(rng.choice((1, 2, 2, 3))))


def _odd(rng: Random) -> str:
    return rng.choice((f"@{_word(rng)}{_number(rng)}", f"{_word(rng)}.{rng.choice(('com', 'net', 'org'))}", f"{_word(rng).title()} from {_word(rng).title()}", f"Guest{_number(rng)}", "Anonymous", "[deleted]", f"_{_word(rng)}_", _number(rng) + _word(rng), f"u/{_word(rng)}", f"{_word(rng).title()} ✨", _word(rng)[:2]))  # fmt: skip


def _ideographs(rng: Random) -> str:
    return rng.choice((_signs(rng, rng.randint(2, 4)), _signs(rng, rng.randint(2, 6)), _plain(rng), _signs(rng, 2) + _plain(rng)))  # fmt: skip


_NAMES: dict[str, Callable[[Random], str]] = {
    "snake": _snake, "camel": _camel, "plain": _plain, "full": _full, "lower": _lower, "odd": _odd,
    "ideographs": _ideographs, "mixed": _full,
}  # fmt: skip
