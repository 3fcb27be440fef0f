"""ConvoKit corpora: utterances.jsonl, with the people and conversations in files beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from threads.comment import Comment, Page, Record, Reject
from threads.errors import InputError
from threads.files import decode, documents
from threads.files.documents import Value
from threads.files.objects import Object, as_stated, count, excerpt, inside, is_true, mapping, words
from threads.files.records import identifier, string
from threads.files.times import moment
from threads.formats.base import PERSON

name = "convokit"
title = "ConvoKit corpus"
keeps = "ids, parents, speakers, times, votes and titles where the corpus has them"
identifies = PERSON

_CONVERSATION = ("conversation_id", "root")  # the later name first, here and below
_PARENT = ("reply_to", "reply-to")
_SPEAKER = ("speaker", "user")
_BESIDE = frozenset({"speakers.json", "users.json", "conversations.json", "corpus.json", "index.json"})
_GONE = frozenset({"[deleted]", "[removed]"})


def sniff(head: bytes, path: Path) -> float:
    """Certain by the fields of an utterance; for the files that stand beside utterances by their names."""
    keys = documents.keys(head)
    if "text" in keys and all(keys & set(names) for names in (_CONVERSATION, _PARENT, _SPEAKER)):
        return 0.99
    return 0.99 if decode.plain(path).name in _BESIDE and keys and _utterances(path) else 0.0


def read(path: Path) -> Iterator[Record]:
    """Yield each utterance, and a page before the first of its conversation; nothing for a file beside them.

    Raises InputError where no line is an utterance.
    """
    if decode.plain(path).name in _BESIDE:
        return
    corpus, whole = _Corpus.beside(path), False
    for line in _lines(path):
        if isinstance(line, Reject):
            yield line
        elif not isinstance(line.value, dict) or "text" not in line.value:
            yield Reject(
                line=line.line,
                reason="The line is no utterance: it has no text.",
                excerpt=excerpt(line.value),
            )
        else:
            whole = True
            yield from corpus.utterance(line.value)
    if not whole:
        raise InputError(f"No line of the file {path} is an utterance.")


@dataclass(slots=True)
class _Corpus:
    """What the files beside the utterances say of people and conversations; empty where there are none."""

    stem: str
    speakers: Object = field(default_factory=dict)
    conversations: Object = field(default_factory=dict)
    pages: set[str] = field(default_factory=set)
    headings: set[str | None] = field(default_factory=set)
    position: int = 0

    @classmethod
    def beside(cls, path: Path) -> _Corpus:
        speakers = _beside(path, "speakers.json") or _beside(path, "users.json")
        return cls(decode.plain(path).stem, speakers, _beside(path, "conversations.json"))

    def utterance(self, row: Object) -> Iterator[Record]:
        thread_id, native_id = identifier(_one(row, _CONVERSATION)) or self.stem, identifier(row.get("id"))
        is_heading = is_true(inside(row, "meta", "is_section_header"))
        if thread_id not in self.pages:
            self.pages.add(thread_id)
            yield self._page(thread_id, string(row.get("text")) if is_heading else None)
            if is_heading and native_id:
                self.headings.add(native_id)
                return
        yield self._comment(row, thread_id)
        self.position += 1

    def _page(self, thread_id: str, heading: str | None) -> Page:
        """What is known of a conversation; on Wikipedia its first utterance is the heading of a section."""
        said = self.conversations.get(thread_id)
        meta = inside(said, "meta") or said
        titles = (_told(inside(meta, each)) for each in ("title", "page_title", "movie_name", "subject"))
        return Page(thread_id=thread_id, title=heading or next(filter(None, titles), None))

    def _comment(self, row: Object, thread_id: str) -> Comment:
        said, person = words(row.get("text")).strip(), _one(row, _SPEAKER)
        person_id, native_id = identifier(person), identifier(row.get("id"))
        parent, date = identifier(_one(row, _PARENT)), row.get("timestamp")
        meta = row.get("meta")
        score = count(inside(meta, "score"))
        return Comment(
            text="" if said in _GONE else said,
            thread_id=thread_id,
            position=self.position,
            native_id=native_id,
            parent_native_id=None if parent == native_id or parent in self.headings else parent,
            author=self._name(person_id, person),
            author_id=None if person_id in _GONE else person_id,
            created=moment(date),
            created_text=None if isinstance(date, int | float) else as_stated(date),
            deleted="deleted" if said == "[deleted]" else "removed" if said == "[removed]" else None,
            likes=count(inside(meta, "likes")) if score is None else score,
            url=_told(inside(meta, "permalink")),
        )

    def _name(self, person_id: str | None, person: object) -> str | None:
        """The name that the corpus gives somebody, else the id: in most corpora that is the name."""
        if person_id is None or person_id in _GONE:
            return None
        said = self.speakers.get(person_id)
        own = string(inside(person, "name")) if isinstance(person, dict) else None
        names = (_told(inside(said, *at)) for at in (("meta", "name"), ("name",), ("meta", "username")))
        return own or next(filter(None, names), None) or person_id


def _told(value: object) -> str | None:
    """A name or title; None for one that is kept apart, in a file of pickled objects that is never opened."""
    told = string(value)
    return None if told is None or told.startswith("<##bin{") else told


def _one(row: Object, names: tuple[str, ...]) -> object:
    return next((row[each] for each in names if row.get(each) is not None), None)


def _lines(path: Path) -> Iterator[Value | Reject]:
    """The utterances: a line each, or, in the oldest corpora, one list."""
    for value in documents.values(path):
        if isinstance(value, Reject) or value.line or not isinstance(value.value, list):
            yield value
        else:
            yield from (Value(each, number) for number, each in enumerate(value.value, 1))


def _beside(path: Path, name: str) -> Object:
    """A file in the same folder or archive, packed or not; empty where there is none or it cannot be read."""
    for suffix in ("", ".gz", ".zst"):
        try:
            value = next(documents.values(path.with_name(name + suffix)))
        except (InputError, OSError):
            continue
        return {} if isinstance(value, Reject) else mapping(value.value)
    return {}


def _utterances(path: Path) -> bool:
    """Whether utterances stand beside a file."""
    for each in ("utterances.jsonl", "utterances.jsonl.gz", "utterances.jsonl.zst", "utterances.json"):
        try:
            return bool(decode.read_head(path.with_name(each)))
        except (InputError, OSError):
            continue
    return False
