"""Who is addressed or named in a comment: whole names, parts of names, short forms."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from threads.infer.links.thread import Thread, name_key

_TOKEN = re.compile(r"@?\w[\w'’\-]{0,40}|[,:;.!?\n—–>]")
_PART = re.compile(r"[^\W\d_]{2,}")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BREAK = frozenset(",:;.!?\n—–>")
_CALLED = frozenset(",:!—–")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# After a name at the beginning of a sentence these speak *to* its bearer, others speak *of* them.
_SECOND = _words("i you your you're you’re thanks thank please do did are have what why how du ich")
# Parts of names that are common words: they count as a name only with an @ or as the whole name.
_COMMON = _words(
    "the and for you not are was all any can but one two who why how now new old man men guy guest anon "
    "anonymous user admin mod moderator author mr mrs ms dr sir von van der den del los las san saint real "
    "true just don will may mark bill rich grace joy hope faith rose june april august art max frank jack "
    "rob pat sue god lord king queen prince doctor professor captain general people nobody somebody someone "
    "everyone it me my we they he she no yes visitor reader editor staff team news web blog net com org bot "
    "gast anonym anonyme"
)
# An address stands early; reading no further bounds the work. A judgement, not measured.
_TOKENS = 400
AT, CALLED, NAMED = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Mentions:
    """For each comment: how each person is meant (AT: @name; CALLED: in address; NAMED: only named)."""

    of: list[dict[int, int]]
    strangers: list[bool]
    """Whether an @name is of nobody on the page."""


def find_mentions(thread: Thread) -> Mentions:
    """Which people of the page each comment addresses or names; its own author is left out."""
    book = _Book(thread)
    found = [book.read(text, int(person)) for text, person in zip(thread.texts, thread.people, strict=True)]
    return Mentions([people for people, _ in found], [stranger for _, stranger in found])


def named(thread: Thread, name: str) -> set[int]:
    """The people of the page whom a name given by the page ("in reply to …") may mean."""
    key = name_key(name).lstrip("@")
    exact = {at for at, known in enumerate(thread.names) if name_key(known) == key}
    return exact or {at for at, known in enumerate(thread.names) if key and key in name_key(known).split()}


class _Book:
    """The names of a page, by first token: whole names, their parts, and beginnings of parts."""

    def __init__(self, thread: Thread) -> None:
        self.whole: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
        self.parts: dict[str, set[int]] = defaultdict(set)
        self.short: dict[str, set[int]] = defaultdict(set)
        for person, name in enumerate(thread.names):
            words = tuple(token.lower().lstrip("@") for token in _TOKEN.findall(name) if token not in _BREAK)
            if words:
                self.whole[words[0]].append((words, person))
                self.parts["".join(words)].add(person)
            for part in {part.lower() for part in _PART.findall(_CAMEL.sub(" ", name))} - _COMMON:
                if len(part) < 3:
                    continue
                self.parts[part].add(person)
                for end in range(3, len(part)):
                    self.short[part[:end]].add(person)
        self.known = {*self.whole, *self.parts, *self.short}

    def read(self, text: str, author: int) -> tuple[dict[int, int], bool]:
        tokens = _TOKEN.findall(text[: _TOKENS * 8])[:_TOKENS]
        people: dict[int, int] = {}
        stranger = False
        fresh = True
        for at, word in enumerate(tokens):
            if word in _BREAK:
                fresh = fresh or word != ","
                continue
            meant, span = self._meant(tokens, at, fresh)
            stranger = stranger or (word.startswith("@") and not meant)
            if meant:
                how = _how(tokens, at, span, fresh)
                for person in meant - {author}:
                    people[person] = max(people.get(person, 0), how)
            fresh = False
        return people, stranger

    def _meant(self, tokens: list[str], at: int, fresh: bool) -> tuple[set[int], int]:
        """The people whom the token at `at` may mean, and how many tokens the name takes."""
        token = tokens[at]
        word = token.lower().lstrip("@").removesuffix("'s").removesuffix("’s")
        if word not in self.known:
            return set(), 1
        best: set[int] = set()
        longest = 0
        for words, person in self.whole.get(word, ()):
            length = len(words)
            if length < longest or not _spelled(tokens, at, words, fresh):
                continue
            best = {person} | (best if length == longest else set())
            longest = length
        if best:
            return best, longest
        sure = token[0] == "@" or token[:1].isupper()
        if sure and word in self.parts:
            return self.parts[word], 1
        called = fresh and token[:1].isupper() and word not in _COMMON and _followed(tokens, at + 1)
        if (token[0] == "@" or called) and word in self.short:
            return self.short[word], 1
        return set(), 1


def _spelled(tokens: list[str], at: int, words: tuple[str, ...], fresh: bool) -> bool:
    """Whether the whole name stands here, and is not just a common word in lower case."""
    if [
        token.lower().lstrip("@").removesuffix("'s").removesuffix("’s")
        for token in tokens[at : at + len(words)]
    ] != list(words):
        return False
    if len(words) > 1 or tokens[at][0] == "@":
        return True
    word = words[0]
    if fresh and _followed(tokens, at + 1) and len(word) > 1:
        return True
    capital = tokens[at][:1].isupper() or any(sign.isdigit() for sign in word)
    return len(word) > 2 and word not in _COMMON and (capital or len(word) > 5)


def _followed(tokens: list[str], at: int) -> bool:
    """Whether what follows a name makes it an address: a comma, a colon, or second-person words."""
    if at >= len(tokens):
        return False
    return tokens[at] in _CALLED or tokens[at].lower() in _SECOND


def _how(tokens: list[str], at: int, span: int, fresh: bool) -> int:
    if tokens[at][0] == "@":
        return AT
    if fresh and (_followed(tokens, at + span) or (at + span < len(tokens) and tokens[at + span] == "\n")):
        return CALLED
    # "Thanks Ann!", "No, Bob.": a name that ends a clause after a few opening words.
    if at <= 3 and (at + span >= len(tokens) or tokens[at + span] in _BREAK):
        return CALLED
    return NAMED
