"""A scored run as a ConvoKit corpus: a folder of utterances, speakers and conversations."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from threads.schema import LINKED
from threads.scored import Scored

_PAGE = ("thread_id", "title", "source", "platform")
_UTTERANCE = (
    "url", "likes", "link", "parent_confidence", "parent_reason", "deleted", "edited", "created_text",
    "position",
)  # fmt: skip


def write_corpus(scored: Scored, folder: Path) -> int:
    """Write a corpus that ConvoKit's Corpus(filename=folder) loads, and return its number of utterances.

    An utterance is a comment; its `meta` holds its scores by head, how its link is known, likes and url. A
    conversation is a root comment with all below it, called by the root's id, its `meta` the page. A speaker
    is an author; who is unnamed is a speaker by `author_id`, or by the comment's own id where there is none
    either, with `named` false. ConvoKit sorts by time and fails where there is none: a comment without a time
    has that of the one before it in its conversation, or 0, and `timed` false in its `meta`. Guessed
    links are links: cut them beforehand (sure_links) to have sure ones.
    """
    folder.mkdir(parents=True, exist_ok=True)
    utterances = list(_utterances(scored))
    with (folder / "utterances.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(each) + "\n" for each in utterances)
    conversations, speakers = _conversations(scored.comments), _speakers(scored.comments)
    _write(folder / "conversations.json", conversations)
    _write(folder / "speakers.json", speakers)
    _write(folder / "corpus.json", {"made_by": "comment-threads", "version": scored.run.get("version")})
    _write(folder / "index.json", {
        "utterances-index": _types(each["meta"] for each in utterances),
        "conversations-index": _types(each["meta"] for each in conversations.values()),
        "speakers-index": _types(each["meta"] for each in speakers.values()),
        "overall-index": {"made_by": ["<class 'str'>"], "version": ["<class 'str'>"]},
        "version": 1, "vectors": [],
    })  # fmt: skip
    return len(utterances)


def _utterances(scored: Scored) -> Iterator[dict[str, Any]]:
    heads, wide = scored.heads, scored.wide()
    for row, seconds in zip(wide.to_dict("records"), _seconds(wide), strict=True):
        yield {
            "id": row["comment_id"],
            "conversation_id": row["root_id"],
            "text": row["text"],
            "speaker": _speaker(row),
            "reply-to": row["parent_id"] if row["link"] in LINKED else None,
            "timestamp": seconds,
            "meta": _meta(row, (*_UTTERANCE, *heads)) | {"timed": pd.notna(row["created"])},
            "vectors": [],
        }


def _seconds(comments: pd.DataFrame) -> list[int]:
    """The time of each comment in seconds since 1970, or where it has none of the one before it."""
    since = (comments["created"] - pd.Timestamp(0, tz="UTC")) // pd.Timedelta(seconds=1)
    known = since.astype("Float64").groupby(comments["root_id"]).ffill()
    return [int(each) for each in known.fillna(0)]


def _speaker(row: Mapping[Any, Any]) -> str:
    known = (row["author"], row["author_id"])
    return next((str(name) for name in known if pd.notna(name)), str(row["comment_id"]))


def _speakers(comments: pd.DataFrame) -> dict[str, dict[str, Any]]:
    rows = comments[["author", "author_id", "comment_id"]].to_dict("records")
    return {_speaker(row): {"meta": {"named": pd.notna(row["author"])}, "vectors": []} for row in rows}


def _conversations(comments: pd.DataFrame) -> dict[str, dict[str, Any]]:
    roots = comments.drop_duplicates("root_id").to_dict("records")
    return {row["root_id"]: {"meta": _meta(row, _PAGE), "vectors": []} for row in roots}


def _meta(row: Mapping[Any, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: _plain(row[name]) for name in names}


def _plain(value: Any) -> Any:  # noqa: ANN401 - a cell of a table
    """A value that JSON has: null for what is missing, times as ISO 8601, numbers as they are."""
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    plain = value.item() if hasattr(value, "item") else value
    return round(plain, 6) if isinstance(plain, float) and math.isfinite(plain) else plain


def _types(metas: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """ConvoKit's index: the types that each field has, null left out."""
    found: dict[str, set[str]] = {}
    for meta in metas:
        for name, value in meta.items():
            found.setdefault(name, set()).update([] if value is None else [str(type(value))])
    return {name: sorted(types) for name, types in found.items()}


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")
