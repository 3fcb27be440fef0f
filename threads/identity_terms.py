"""Words that name groups of people: false alarms are counted by them, and audits replace one by another."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

LANGUAGES = ("en", "de", "fr", "es")

_NEAR = 40
"""Code points before a word in which an article or the end of a sentence is looked for."""

_VOWELS = tuple("aeiouAEIOU")
_ARTICLE = re.compile(r"(?<!\w)(a)n?(\s+)$", re.IGNORECASE)
_BEFORE_ONE = re.compile(
    r"(?<!\w)(?:an?|the|this|that|every|each|one|another|any|no|some|your|my)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_AFTER_ONE = re.compile(
    r"\s*(?:$|[^\w\s]|(?:is|was|are|who|whose|that|in|on|at|of|from|with|and|or|but|has|had|have|can|could|will|"
    r"would|should|must|does|did|to|as|like|because|when|if|for|by|i|you|he|she|they|we)(?!\w))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A group's name in an English text: code points start to end; `form` is people, one, adjective, epithet
    (an adjective before a word for people) or faith.
    """

    term: str
    form: str
    start: int
    end: int


@cache
def identity_terms() -> dict[str, re.Pattern[str]]:
    """Every term with the pattern of its forms in all languages, in the order of the file."""
    return {
        row["name"]: _pattern([form for language in LANGUAGES for form in row[language]])
        for row in _file()["term"]
    }


def naming(texts: pd.Series) -> pd.DataFrame:
    """Which terms stand in each text, whatever their case: a boolean column a term, the index of `texts`."""
    folded = [text.casefold() for text in texts]
    return pd.DataFrame(
        {name: [bool(pattern.search(text)) for text in folded] for name, pattern in identity_terms().items()},
        index=texts.index,
    )


def names_group(text: str) -> bool:
    """Whether a text names a group of people, in any language and case."""
    return bool(_any_term().search(text.casefold()))


def mentions(text: str) -> list[Mention]:
    """The words of an English text that can be swapped for those of another group, in reading order."""
    found = []
    for match in _any_form().finditer(text):
        forms = _forms().get(" ".join(match.group().casefold().split()))
        chosen = _form(forms, text, match) if forms else None
        if forms and chosen:
            found.append(Mention(forms[chosen], chosen, *match.span()))
    return found


def other_terms(term: str, form: str) -> tuple[str, ...]:
    """The terms that have a word of this form, the term itself left out."""
    return tuple(name for name, words in _words().items() if name != term and form in words)


def swapped(text: str, said: Sequence[Mention], term: str) -> str:
    """The text with the mentions replaced by another term's words of the same forms.

    Capitals follow the writer's ("jews" becomes "muslims"), and a or an the new word. Raises KeyError where
    the term has no word of a form; see `other_terms`.
    """
    parts, at = [], 0
    for each in said:
        word = _cased(_words()[term][each.form], text, each)
        parts += [_article(text[at : each.start], word), word]
        at = each.end
    return "".join([*parts, text[at:]])


def _article(before: str, word: str) -> str:
    return _ARTICLE.sub(rf"\g<1>{'n' if word.startswith(_VOWELS) else ''}\g<2>", before)


def _cased(word: str, text: str, said: Mention) -> str:
    old = text[said.start : said.end]
    if old.isupper():
        return word.upper()
    if old.islower() and not _words()[said.term][said.form].islower():
        return word.lower()
    before = text[max(0, said.start - _NEAR) : said.start].rstrip(" \t\"'“‘(")
    return word[0].upper() + word[1:] if not before or before[-1] in ".!?…\n" else word


def _form(forms: Mapping[str, str], text: str, match: re.Match[str]) -> str | None:
    """Which of its forms a word has here; none where it is only an adjective for people and stands alone."""
    if "people" in forms or "faith" in forms:
        return "people" if "people" in forms else "faith"
    describes = "adjective" in forms or "epithet" in forms
    if describes and _people_word().match(text, match.end()):
        return "epithet" if "epithet" in forms else "adjective"
    if "one" in forms and (not describes or _stands_for_one(text, match)):
        return "one"
    return "adjective" if "adjective" in forms else None


def _stands_for_one(text: str, match: re.Match[str]) -> bool:
    """Whether "Muslim" is somebody, as in "a Muslim who", and not an adjective, as in "a Muslim prayer"."""
    before = text[max(0, match.start() - _NEAR) : match.start()]
    return bool(_BEFORE_ONE.search(before)) and bool(_AFTER_ONE.match(text, match.end()))


@cache
def _file() -> dict[str, Any]:
    source = files("threads").joinpath("data/identity_terms.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


@cache
def _words() -> dict[str, dict[str, str]]:
    """Of each term and form the word that stands for it; an adjective serves before people, too."""
    found = {row["name"]: {form: words[0] for form, words in row["swap"].items()} for row in _file()["term"]}
    for words in found.values():
        if "adjective" in words:
            words.setdefault("epithet", words["adjective"])
    return found


@cache
def _forms() -> dict[str, dict[str, str]]:
    """The term behind each word in each of its forms; a fixed name has none."""
    found: dict[str, dict[str, str]] = {name.casefold(): {} for name in _file()["names"]}
    for row in _file()["term"]:
        for form, words in row["swap"].items():
            for word in words:
                found.setdefault(word.casefold(), {})[form] = row["name"]
    for forms in found.values():
        if "adjective" in forms:
            forms.setdefault("epithet", forms["adjective"])
    return found


@cache
def _any_form() -> re.Pattern[str]:
    """In any case, over any blanks, and never in an address or a name of a person (@muslims)."""
    whole = _pattern(list(_forms())).pattern.replace(r"\ ", r"\s+")
    return re.compile(rf"(?<![@/]){whole}", re.IGNORECASE)


@cache
def _any_term() -> re.Pattern[str]:
    return _pattern([form for row in _file()["term"] for language in LANGUAGES for form in row[language]])


@cache
def _people_word() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{'|'.join(_file()['people_words'])})(?!\w)", re.IGNORECASE)


def _pattern(forms: list[str]) -> re.Pattern[str]:
    """Whole words; longer forms first, so that none is hidden by its beginning."""
    escaped = sorted((re.escape(form.casefold()) for form in forms), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(escaped)})(?!\w)")
