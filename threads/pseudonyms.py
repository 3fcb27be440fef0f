"""Pseudonyms: people's names replaced by keyed hashes, wherever they stand."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from secrets import token_bytes
from urllib.parse import unquote

import numpy as np
import pandas as pd

from threads.formats.base import PERSON
from threads.infer.people.cue_names import placeholder
from threads.mentions import MOST_WORDS, Names, Span, find, find_unspaced, names_of, spellings, words_in

SALT = "salt"
"""The file of a case that holds the salt, and the only place where it is."""

_FEW = 20_000
"""Of more people than this the names hold many a word that means something else ("Trump", "Israel"): a name
of one word is then looked for in the threads of its bearer only. A judgement."""
_LEAST = 4
_EVERYBODY = frozenset({"everyone", "everybody", "here", "all", "channel", "room"})
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'”“]{1,2000}", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}")
_HANDLE = re.compile(
    r"(?<![\w@.])(?:@!?(\w(?:[\w.-]{0,62}\w)?(?:@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6})?)|/?\bu/([\w-]{2,40}))"
)
_PROFILE = re.compile(
    r"/(?:users?|u|profiles?|authors?|members?|channel|accounts?)/([^/?#&\s]+)|/@([^/?#&\s]+)|/~([^/?#&\s]+)"
    r"|[?&](?:user|username|author|name|login)=([^&#\s]+)"
    r"|(?<![\w-])(?:twitter|x|instagram|facebook|github|tiktok|medium|threads)\.(?:com|net)/([^/?#&\s]+)|\bt\.me/([^/?#&\s]+)",
    re.IGNORECASE,
)
_MADE = re.compile(r"[0-9a-f]{12}(?:#\d+)?")
"""An id made of a hash over the author and what the table tells: names could be tried out on it."""
_OF = re.compile("p-[0-9a-f]{12}")
_ANON = re.compile(r"(.*)(#anon-\d+)", re.DOTALL)
_PARTED = "/:?&=#@~"
_UNMISTAKEN = frozenset({"sure", "word"})
_LEAST_ID = 6
"""An id of fewer signs ("43") is likelier something else than a person."""
_HANDLE_LIKE = re.compile(r"[^\W\d_][\w.@-]{2,60}")
_NUMBERED = re.compile(r"[0-9a-f-]{8,}|t2_\w+|UC[\w-]{20,}|(?=\S*\d)(?=\S*[a-z])(?=\S*[A-Z])\S{16,}")
"""Ids that no person would write for another: numbers, hashes, and those of Reddit and YouTube."""
_IDS = ("comment_id", "parent_id", "root_id")
_TEXTS = ("text", "title", "created_text")


class Pseudonyms:
    """Names to pseudonyms under one salt: the same name is the same pseudonym, in any case and spacing.

    Without the salt nobody can tell which name a pseudonym stands for, or try names out (HMAC-SHA256; 48 bits
    are kept, so that of a million names two share one with a chance of one in 500). `people` are the names
    of everybody, and `ids` what else identifies them: they are looked for in every thread.
    """

    def __init__(self, salt: bytes, people: Iterable[str] = (), ids: Iterable[str] = ()) -> None:
        self._salt = salt
        everybody = sorted({name for name in people if not placeholder(name)})
        self._book = names_of(everybody, parts=False)
        self._everywhere = self._book.of_kinds("sure", *(("word",) if len(everybody) <= _FEW else ()))
        telling = (*everybody, *(each for each in ids if len(each) >= _LEAST_ID))
        self._keys = {
            " ".join(word for _, _, word in words_in(each)[:MOST_WORDS])
            for person in telling
            for each in spellings(person)
        } - {""}
        self._longest = max((key.count(" ") + 1 for key in self._keys), default=0)

    def of(self, name: str) -> str:
        """The pseudonym of a name or an id of a person; what names nobody ("Guest") or is one stays."""
        return name if placeholder(name) or _OF.fullmatch(name) else f"p-{self._hash(_plain(name))[:12]}"

    def of_comment(self, name: str) -> str:
        """The id of a comment as it is where it tells of nobody; else what follows the platform's name in it
        is replaced as a whole, so that two never become one, and so is what was made of a hash.
        """
        platform, sign, native = name.partition(":")
        if not (_MADE.fullmatch(native) or self._tells(native or name) or self._tells(platform)):
            return name
        kept = f"{platform}:" if sign and not self._tells(platform) else ""
        return f"{kept}p-{self._hash(name)[:16]}"

    def of_thread(self, name: str) -> str:
        """The id of a thread, replaced as a whole where somebody's name or an address stands in it."""
        return f"p-{self._hash(name)[:16]}" if self._tells(name) else name

    def of_person(self, name: str) -> str:
        """The id of a person; one that was made for somebody unnamed holds the id of the thread."""
        anonymous = _ANON.fullmatch(name)
        return f"{self.of_thread(anonymous[1])}{anonymous[2]}" if anonymous else self.of(name)

    def _tells(self, text: str) -> bool:
        """Whether an id has an address or somebody's name in it; a common word only between signs."""
        if "@" in text or "://" in text or "did:" in text:
            return True
        plain = unquote(text)
        return any(self._stands(plain, *each) for each in self._named(plain))

    def _named(self, text: str) -> Iterator[Span]:
        """Where words stand that are somebody's name or id, with these words."""
        words = words_in(text)
        for at, (start, _, _) in enumerate(words):
            for last in range(at, min(at + max(self._longest, 1), len(words))):
                key = " ".join(word for _, _, word in words[at : last + 1])
                if key in self._keys or key in self._everywhere.by_words:
                    yield start, words[last][1], key

    def _stands(self, text: str, start: int, end: int, key: str) -> bool:
        """Whether the words are nothing else, or stand where an address has a name."""
        name = self._book.by_words.get(key)
        if name is not None and name.kind in _UNMISTAKEN:
            return True
        before, after = text[max(0, start - 1) : start], text[end : end + 1]
        return before in _PARTED and after in f"{_PARTED}."

    def _hash(self, text: str) -> str:
        return hmac.new(self._salt, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def in_text(self, text: str, here: Names) -> str:
        """The text with everybody's name replaced where it is mentioned, every @handle, and every address.

        `here` are the people of the thread, whose names are looked for more boldly.
        """
        if not text:
            return text
        taken: list[tuple[int, int, str]] = []
        if "://" in text or "www." in text.lower():
            taken += [(*each.span(), self.in_address(each[0], here)) for each in _URL.finditer(text)]
        if "@" in text:
            taken += [(*each.span(), self.of(each[0])) for each in _MAIL.finditer(text)]
        spans: list[Span] = [*find(text, here, self._everywhere)]
        if here.unspaced:
            spans += find_unspaced(text, here)
        taken += [(start, end, self.of(name)) for start, end, name in spans]
        if "@" in text or "u/" in text:
            taken += [_handle(each, self) for each in _HANDLE.finditer(text)]
        return _replaced(text, taken)

    def in_address(self, url: str, here: Names) -> str:
        """The address with whose profile it leads to, and whose name stands in it, replaced."""
        plain = unquote(url)
        taken: list[tuple[int, int, str]] = []
        for found in _PROFILE.finditer(plain):
            group = next(n for n in range(1, 7) if found[n])
            taken.append((*found.span(group), self.of(found[group])))
        taken += [(*each.span(), self.of(each[0])) for each in _MAIL.finditer(plain)]
        for start, end, name in find(plain, here, self._everywhere):
            taken.append((start, end, self.of(name)))
        for start, end, word in words_in(plain):
            if word in here.by_words and self._stands(plain, start, end, word):
                taken.append((start, end, self.of(here.by_words[word].written)))
        return _replaced(plain, taken) if taken else url

    def in_source(self, name: str) -> str:
        """The name of a file, or a pseudonym where somebody's name stands in it."""
        named = (self._book.by_words.get(key) for _, _, key in self._named(name))
        if "@" not in name and not any(each and each.kind in _UNMISTAKEN for each in named):
            return name
        return f"p-{self._hash(name)[:12]}{''.join(Path(name).suffixes[-2:])}"

    def hide(self, comments: pd.DataFrame, drop: Collection[str] = ()) -> pd.DataFrame:
        """COMMENTS of whole threads with everybody's name replaced in all columns. Those in `drop`, which
        identify a person otherwise, are emptied.
        """
        threads = [self._thread(rows) for _, rows in comments.groupby("thread_id", sort=False)]
        hidden = pd.concat(threads).loc[comments.index] if threads else comments
        return hidden.assign(**{name: None for name in drop if name not in PERSON})

    def _thread(self, rows: pd.DataFrame) -> pd.DataFrame:
        here = known(rows)
        exactly = here.exactly()
        urls = _each(rows["url"], lambda url: self.in_address(url, here))
        holds = [_holds(url, name) for url, name in zip(urls, rows["author"], strict=True)]
        return rows.assign(
            **{name: _each(rows[name], lambda text: self.in_text(text, here)) for name in _TEXTS},
            **{name: _each(rows[name], self.of_comment) for name in _IDS},
            **{name: _each(rows[name], self.of) for name in ("author", "reply_to")},
            parent_reason=_each(rows["parent_reason"], lambda text: self.in_text(text, exactly)),
            reply_to_all=_each(rows["reply_to_all"], self._of_several),
            thread_id=_each(rows["thread_id"], self.of_thread),
            author_id=_each(rows["author_id"], self.of_person),
            url=urls.mask(pd.Series(holds, rows.index, dtype=bool)),
            source=_each(rows["source"], self.in_source),
        )

    def _of_several(self, names: str) -> str:
        hidden = " ".join(map(self.of_comment, names.split(" ")))
        return self.of_comment(names) if hidden == names and " " in names else hidden


def known(rows: pd.DataFrame) -> Names:
    """The names by which people of a thread may be mentioned: its authors, and those it gives as answered."""
    return names_of(named_in(rows))


def named_in(rows: pd.DataFrame) -> set[str]:
    """The names of people in some rows of COMMENTS: authors, the answered, and ids that read like names."""
    ids = rows["author_id"].dropna().unique()
    return {
        *rows["author"].dropna(),
        *rows["reply_to"].dropna(),
        *(each for each in ids if _HANDLE_LIKE.fullmatch(each) and not _NUMBERED.fullmatch(each)),
    }


def salt_of(case: Path) -> bytes:
    """The salt of a case, made where it has none yet; only its owner may read the file."""
    path = case / SALT
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(token_bytes(32))
    return path.read_bytes()


def _each(column: pd.Series[str], change: Callable[[str], str]) -> pd.Series[str]:
    """The column with each value changed, equal ones once; what is missing stays so."""
    codes, values = pd.factorize(column)
    changed = np.array([*(change(str(value)) for value in values), None], dtype=object)
    return pd.Series(changed[codes], column.index, dtype="str")


def _handle(found: re.Match[str], pseudonyms: Pseudonyms) -> tuple[int, int, str]:
    group = 1 if found[1] else 2
    name = found[group]
    start, end = found.span(group)
    return start, end, name if name.casefold() in _EVERYBODY else pseudonyms.of(name)


def _replaced(text: str, taken: list[tuple[int, int, str]]) -> str:
    """The text with some spans replaced: of two that overlap the one that begins first, or is longer."""
    pieces, last = list[str](), 0
    for start, end, name in sorted(taken, key=lambda each: (each[0], -each[1])):
        if start >= last:
            pieces += [text[last:start], name]
            last = end
    return "".join([*pieces, text[last:]])


def _holds(url: object, name: object) -> bool:
    """Whether an address has its author's name in it still, run together with other letters."""
    if not isinstance(url, str) or not isinstance(name, str):
        return False
    bare = "".join(word for _, _, word in words_in(name))
    return len(bare) >= _LEAST and bare in "".join(word for _, _, word in words_in(url))


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split()).lstrip("@")
