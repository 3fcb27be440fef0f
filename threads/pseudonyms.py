"""Pseudonyms: authors' names replaced by keyed hashes, wherever they stand in a thread."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from secrets import token_bytes
from urllib.parse import quote

import pandas as pd

from threads.formats.base import PERSON

SALT = "salt"
"""The file of a case that holds the salt, and the only place where it is."""

_WORD = re.compile(r"\w(?:[\w.'’-]*\w)?")
_MOST_WORDS = 4
_SURE = 6
"""A name of one word and fewer letters is replaced in a text only where its case is the same or an @ stands
before it: "will" is no mention of Will."""

_POSSESSIVE = ("'s", "’s")
_LEAST = 3
_IDS = ("comment_id", "parent_id", "root_id")
_TEXTS = ("text", "title", "parent_reason")


class Pseudonyms:
    """Names to pseudonyms under one salt: the same name is the same pseudonym, in any case and spacing.

    Without the salt nobody can tell which name a pseudonym stands for, or try names out (HMAC-SHA256; 48 bits
    are kept, so that of a million names two share one with a chance of one in 500).
    """

    def __init__(self, salt: bytes) -> None:
        self._salt = salt

    def of(self, name: str) -> str:
        """The pseudonym of a name or an id of a person."""
        return f"p-{hmac.new(self._salt, _plain(name).encode(), hashlib.sha256).hexdigest()[:12]}"

    def hide(self, comments: pd.DataFrame, drop: Collection[str] = ()) -> pd.DataFrame:
        """COMMENTS of whole threads with every author's name replaced: as author, in ids and addresses, and
        in the texts of the thread. The columns in `drop`, which identify a person otherwise, are emptied.
        """
        threads = [self._thread(rows) for _, rows in comments.groupby("thread_id", sort=False)]
        hidden = pd.concat(threads).loc[comments.index] if threads else comments
        return hidden.assign(**{name: None for name in drop if name not in PERSON})

    def replace(self, text: str, names: Mapping[str, str]) -> str:
        """The text with each of `names` (as `known` gives them) replaced where it is mentioned."""
        pieces, last = list[str](), 0
        words = [found.span() for found in _WORD.finditer(text)]
        place = 0
        while place < len(words):
            ends = _ends(text, words[place : place + _MOST_WORDS])
            end = next((e for e in ends if _mentions(text, words[place][0], e, names)), None)
            if end is None:
                place += 1
                continue
            pieces += [text[last : words[place][0]], self.of(text[words[place][0] : end])]
            last = end
            place = next((n for n in range(place, len(words)) if words[n][0] >= end), len(words))
        return "".join([*pieces, text[last:]])

    def _thread(self, rows: pd.DataFrame) -> pd.DataFrame:
        names = known(rows)
        made = map(self._in_id, rows["comment_id"], rows["author"])
        ids: dict[str, str] = dict(zip(rows["comment_id"], map(str, made), strict=True))
        answered = rows["reply_to_all"].map(
            lambda many: " ".join(ids.get(one, one) for one in many.split()), na_action="ignore"
        )
        return rows.assign(
            author=rows["author"].map(self.of, na_action="ignore"),
            author_id=rows["author_id"].map(self.of, na_action="ignore"),
            reply_to=rows["reply_to"].map(self.of, na_action="ignore"),
            url=pd.Series(map(self._in_id, rows["url"], rows["author"]), rows.index, dtype="str"),
            reply_to_all=answered,
            **{name: rows[name].map(lambda each: ids.get(each, each), na_action="ignore") for name in _IDS},
            **{
                name: rows[name].map(lambda text: self.replace(text, names), na_action="ignore")
                for name in _TEXTS
            },
        )

    def _in_id(self, text: object, name: object) -> object:
        """An id or an address with its own author's name replaced in it, however that is written there."""
        if not isinstance(text, str) or not isinstance(name, str) or len(name) < _LEAST:
            return text
        ways = {name, quote(name), quote(name, safe=""), *(re.sub(r"\s+", sign, name) for sign in "-_.+")}
        pattern = "|".join(re.escape(way) for way in sorted(ways, key=len, reverse=True))
        return re.sub(pattern, self.of(name), text, flags=re.IGNORECASE)


def known(rows: pd.DataFrame) -> dict[str, str]:
    """The names by which the authors of some comments may be mentioned: plain form -> as written."""
    names = pd.concat([rows["author"], rows["reply_to"]]).dropna().unique()
    written = {_plain(name): " ".join(name.split()).lstrip("@") for name in names}
    return {plain: name for plain, name in written.items() if plain}


def salt_of(case: Path) -> bytes:
    """The salt of a case, made where it has none yet; only its owner may read the file."""
    path = case / SALT
    if not path.exists():
        path.touch(mode=0o600)
        path.write_bytes(token_bytes(32))
    return path.read_bytes()


def _ends(text: str, words: list[tuple[int, int]]) -> Iterator[int]:
    """Where a name that begins with the first of these words may end, the longest first; "Ann's" is Ann."""
    for _, end in reversed(words):
        yield end
        if text[end - 2 : end] in _POSSESSIVE:
            yield end - 2


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split()).lstrip("@")


def _mentions(text: str, start: int, end: int, names: Mapping[str, str]) -> bool:
    """Whether these words are somebody's name, and not only a word that is also a name."""
    said = text[start:end]
    written = names.get(_plain(said))
    if written is None:
        return False
    called = text[max(0, start - 1) : start] == "@"
    is_sure = len(said) >= _SURE or " " in written or any(sign.isdigit() or sign == "_" for sign in written)
    return called or (len(said) >= _LEAST and (is_sure or " ".join(said.split()) == written))
