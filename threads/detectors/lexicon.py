"""Lexicons: entries that a moderator can read and edit, checked when loaded, found in one pass."""

from __future__ import annotations

import datetime
import hashlib
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from threads.detectors.pattern import Found, Matcher, Sets, parse
from threads.errors import LexiconError
from threads.text import Words

_MOST_HITS = 200  # a comment has a handful; a flood of them says nothing more and would cost the square
_NEAR = 1  # sentences from a hit within which a lowering word speaks of it; long comments change the topic
FOLDER = Path(__file__).resolve().parents[1] / "data" / "lexicons"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One trope: how it is worded, what it means, how much it weighs, and its own tests.

    `ambiguity` 0 is plain, 3 nearly always innocent; from 2 on it counts only with a second signal.
    `weight` in (0, 1] is the score of a comment that endorses this and nothing else. `also` are further
    elements that the same words supply.
    """

    id: str
    category: str
    patterns: tuple[str, ...]
    plain: str
    coded: str
    ambiguity: int
    weight: float
    hits: tuple[str, ...]
    misses: tuple[str, ...]
    source: str
    added: datetime.date
    raises: tuple[str, ...] = ()
    lowers: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def elements(self) -> tuple[str, ...]:
        """Its category and whatever else it supplies."""
        return (self.category, *self.also)


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found: its words (first, one past the last), its span in the original text, and whether
    the comment holds a word that raises it, and the span of one that lowers it. `own` are the words that
    the entry's patterns themselves hold.
    """

    entry: Entry
    first: int
    stop: int
    start: int
    end: int
    raised: bool
    lowered: tuple[int, int] | None
    own: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries with the matchers built from them."""

    entries: tuple[Entry, ...]
    sha256: str
    _patterns: Matcher = field(repr=False)
    _context: Matcher = field(repr=False)
    _own: tuple[frozenset[str], ...] = field(repr=False)

    def find(self, text: Words) -> list[Hit]:
        """Every entry found, in reading order; of a text that repeats itself, only the first hits."""
        found = self._patterns.find(text)[:_MOST_HITS]
        if not found:
            return []
        context: dict[int, list[Found]] = {}
        for around in self._context.find(text):
            context.setdefault(around.key, []).append(around)
        hits = [self._hit(f, context, text) for f in found]
        return sorted(hits, key=lambda hit: (hit.start, hit.end, hit.entry.id))

    def _hit(self, found: Found, context: dict[int, list[Found]], text: Words) -> Hit:
        key, first, stop = found
        raising, lowering = (context.get(2 * key + side, [])[:_MOST_HITS] for side in (0, 1))
        raised = any(f[1:] != (first, stop) for f in raising)
        home = text.sentence(first)
        near = (f for f in lowering if f[1:] != (first, stop) and abs(text.sentence(f.first) - home) <= _NEAR)
        lowered = next((text.span(f.first, f.stop) for f in near), None)
        return Hit(self.entries[key], first, stop, *text.span(first, stop), raised, lowered, self._own[key])


def load(path: Path, categories: Collection[str]) -> Lexicon:
    """Read a lexicon file with the common sets beside it.

    Raises LexiconError, naming the file and the entry, where an entry is not well formed.
    """
    tables, digest = read_toml(path)
    sets = common_sets(path.parent / "sets.toml", tables.get("sets", {}), path.name)
    entries = [_entry(table, path.name, categories) for table in tables.get("entry", [])]
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise LexiconError(f"{path.name}: two entries have the id {entry.id}.")
        seen.add(entry.id)
    where = [f"{path.name}: entry {entry.id}" for entry in entries]
    context = [(2 * key, entry.raises) for key, entry in enumerate(entries)]
    context += [(2 * key + 1, entry.lowers) for key, entry in enumerate(entries)]
    return Lexicon(
        tuple(entries),
        digest,
        matcher(((key, entry.patterns, where[key]) for key, entry in enumerate(entries)), sets),
        matcher(((key, p, where[key // 2]) for key, p in context), sets),
        tuple(_own(entry.patterns, sets) for entry in entries),
    )


def _own(patterns: Iterable[str], sets: Sets) -> frozenset[str]:
    """Every word that the patterns can consume."""
    sequences = [sequence for pattern in patterns for sequence in parse(pattern, sets)]
    phrases = (phrase for sequence in sequences for element in sequence for phrase in element.phrases)
    return frozenset(word for phrase in phrases for word in phrase)


def read_toml(path: Path) -> tuple[dict[str, Any], str]:
    """The tables of a file and its SHA-256; LexiconError where it cannot be read."""
    try:
        raw = path.read_bytes()
        return tomllib.loads(raw.decode("utf-8")), hashlib.sha256(raw).hexdigest()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise LexiconError(f"{path.name} cannot be read as a lexicon: {problem}.") from problem


def common_sets(path: Path, own: Sets, name: str) -> Sets:
    """The common word sets and a file's own; no name may be in both."""
    common: Sets = read_toml(path)[0].get("sets", {}) if path.exists() else {}
    shadowed = sorted(set(common) & set(own))
    if shadowed:
        raise LexiconError(f"{name}: the set {shadowed[0]} has the name of a common one.")
    return {**common, **own}


def matcher(keyed: Iterable[tuple[int, Iterable[str], str]], sets: Sets) -> Matcher:
    """A matcher of (key, patterns, where they stand); LexiconError names the place of a bad one."""
    sequences = []
    for key, patterns, where in keyed:
        for pattern in patterns:
            try:
                sequences += [(key, sequence) for sequence in parse(pattern, sets)]
            except ValueError as problem:
                raise LexiconError(f"{where}: pattern {pattern!r}: {problem}.") from problem
    return Matcher(sequences)


_NAMES = {"raise": "raises", "lower": "lowers"}
_LISTS = ("patterns", "raise", "lower", "hits", "misses", "also")
_REQUIRED = frozenset(
    (
        "id",
        "category",
        "patterns",
        "plain",
        "coded",
        "ambiguity",
        "weight",
        "hits",
        "misses",
        "source",
        "added",
    )
)


def _entry(table: dict[str, Any], name: str, categories: Collection[str]) -> Entry:
    problem = _problem(table, categories)
    if problem:
        raise LexiconError(f"{name}: entry {table.get('id', 'without an id')} {problem}.")
    values: dict[str, Any] = {
        _NAMES.get(key, key): tuple(v) if key in _LISTS else v for key, v in table.items()
    }
    return Entry(**values)


def _problem(table: dict[str, Any], categories: Collection[str]) -> str | None:
    """What is wrong with an entry's table, as the end of a sentence that begins with its id."""
    missing = sorted(_REQUIRED - set(table))
    unknown = sorted(set(table) - _REQUIRED - {"raise", "lower", "also"})
    if missing or unknown:
        return f"lacks {missing[0]}" if missing else f"has the unknown key {unknown[0]}"
    strangers = [c for c in (table["category"], *table.get("also", ())) if c not in categories]
    if strangers:
        return f"names the unknown category {strangers[0]}"
    if not str(table["id"]).startswith(f"{table['category']}."):
        return f"must have an id that begins with {table['category']}."
    return _problem_of_values(table)


def _problem_of_values(table: dict[str, Any]) -> str | None:
    for key in _LISTS:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            return f"needs a list of texts as {key}"
    if not (table["patterns"] and table["hits"] and table["misses"]):
        return "needs at least one pattern, one hit and one miss"
    if table["ambiguity"] not in (0, 1, 2, 3):
        return "needs an ambiguity from 0 to 3"
    weight = table["weight"]
    if not (isinstance(weight, float | int) and 0 < weight <= 1):
        return "needs a weight above 0 and at most 1"
    return None if isinstance(table["added"], datetime.date) else "needs a date as added"
