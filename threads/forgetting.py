"""Forgetting a person: their comments lose text and name in all files, and the threads stand as they were."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_bytes

import pandas as pd

from threads.errors import InputError
from threads.hiding import write_comments
from threads.infer.people.cue_names import placeholder
from threads.pseudonyms import Pseudonyms

_LOST = (
    "author", "author_id", "author_confidence", "url", "created_text", "edited", "reply_to", "parent_reason",
)  # fmt: skip
_IDS = ("comment_id", "parent_id", "root_id", "reply_to_all")
_TELLING = 12
"""A line of fewer signs is quoted by chance: "I agree." """
_MASK = "█"


@dataclass(slots=True)
class Gone:
    """A person, by the names or ids in `names`, and what is theirs: how they are called, ids of comments (new
    by old), and texts by thread.
    """

    names: set[str]
    called: set[str] = field(default_factory=set)
    ids: dict[str, str] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)


def forget_case(case: Path, new: Path, parts: Sequence[str], names: set[str]) -> int:
    """Write the tables of `case` to `new` without what the authors called `names` wrote or are called, and
    return the number of their comments. Raises InputError where there is none.

    Each stays as a comment "deleted" without text, so that its answers keep their place; one whose id holds
    the name gets another. A comment without text scores 0 and has no evidence, as everywhere. Where others
    quote it (a line after ">") the quotation is masked, with the evidence on it. What others wrote of the
    person is theirs and stays.
    """
    gone = Gone(names, set(names))
    for part in parts:
        _forget_part(case, new, part, gone)
    if not gone.ids:
        shown = min(names, key=lambda each: each.startswith("p-"))
        raise InputError(f"There is no comment by {shown!r} in the case; names must be written as there.")
    _forget_pages(case, new, gone)
    _forget_rejects(case, new, gone.called)
    return len(gone.ids)


def _forget_part(case: Path, new: Path, part: str, gone: Gone) -> None:
    kept, quoted = forget(pd.read_parquet(case / "comments" / part), gone)
    (new / "comments").mkdir(exist_ok=True)
    write_comments(kept, new / "comments" / part)
    if (case / "scores").is_dir():
        scores, evidence = (pd.read_parquet(case / name / part) for name in ("scores", "evidence"))
        heads = scores.columns.drop("comment_id")
        scores.loc[scores["comment_id"].isin(gone.ids), heads] = 0.0
        evidence = evidence[~evidence["comment_id"].isin(gone.ids) & ~_on(evidence, quoted)]
        for name, table in (("scores", scores), ("evidence", evidence)):
            (new / name).mkdir(exist_ok=True)
            ids = table["comment_id"].map(lambda each: gone.ids.get(each, each))
            table.assign(comment_id=ids.astype("str")).to_parquet(new / name / part, index=False)


def forget(comments: pd.DataFrame, gone: Gone) -> tuple[pd.DataFrame, dict[str, list[tuple[int, int]]]]:
    """COMMENTS without what the authors called by one of `gone.names` wrote or are called, and the spans that
    were masked in the texts of others, by comment. Adds to `gone` what there was of the person.
    """
    theirs = comments["author"].isin(gone.names) | comments["author_id"].isin(gone.names)
    _take_up(comments[theirs], gone)
    answers = comments["reply_to"].isin(gone.called)
    kept = comments.assign(
        text=comments["text"].mask(theirs, ""),
        title=comments["title"].mask(_titled(comments, gone)),
        deleted=comments["deleted"].mask(theirs, "deleted"),
        **{name: comments[name].mask(theirs) for name in _LOST if name != "reply_to"},
        reply_to=comments["reply_to"].mask(theirs | answers),
    )
    told = kept["parent_reason"].str.contains(_any_of(gone.called), na=False)
    kept = kept.assign(parent_reason=kept["parent_reason"].mask(told))
    masked, spans = _without_quotations(kept, gone)
    return _renamed(masked, gone), spans


def _take_up(theirs: pd.DataFrame, gone: Gone) -> None:
    """Note how they are called, their texts, and for each comment an id that does not tell of them."""
    gone.called |= {name for name in theirs["author"].dropna() if not placeholder(name)}
    unkept = Pseudonyms(token_bytes(32), gone.called, theirs["author_id"].dropna())
    columns = (theirs[name] for name in ("comment_id", "thread_id", "text"))
    for comment_id, thread_id, text in zip(*columns, strict=True):
        gone.ids[comment_id] = unkept.of_comment(comment_id)
        if text:
            gone.texts.setdefault(thread_id, []).append(" ".join(text.split()))


def _any_of(names: set[str]) -> str:
    return r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(names))) + r")(?!\w)"


def _titled(comments: pd.DataFrame, gone: Gone) -> pd.Series[bool]:
    """Which comments stand under a title that is only the beginning of what the person wrote."""
    title = comments["title"].fillna("")
    pairs = zip(title, comments["thread_id"], strict=True)
    return pd.Series([_is_from(each, gone.texts.get(thread, ())) for each, thread in pairs], comments.index)


def _is_from(words: str, texts: Collection[str]) -> bool:
    plain = " ".join(words.split()).rstrip("….")
    return len(plain) >= _TELLING and any(plain in text for text in texts)


def _without_quotations(
    comments: pd.DataFrame, gone: Gone
) -> tuple[pd.DataFrame, dict[str, list[tuple[int, int]]]]:
    texts, spans = comments["text"].tolist(), dict[str, list[tuple[int, int]]]()
    for at, thread_id in enumerate(comments["thread_id"]):
        if thread_id in gone.texts and ">" in texts[at]:
            texts[at], found = _masked(texts[at], gone.texts[thread_id])
            spans |= {comments["comment_id"].iloc[at]: found} if found else {}
    return comments.assign(text=pd.Series(texts, comments.index, dtype="str")), spans


def _masked(text: str, quoted: Collection[str]) -> tuple[str, list[tuple[int, int]]]:
    """The text with each quoted line of one of the texts masked, sign for sign, and where these lines are."""
    lines, spans, start = list[str](), list[tuple[int, int]](), 0
    for line in text.splitlines(keepends=True):
        words = line.lstrip("> ")
        is_theirs = line.lstrip().startswith(">") and _is_from(words, quoted)
        masked = "".join(sign if sign.isspace() else _MASK for sign in words)
        lines.append(line[: len(line) - len(words)] + masked if is_theirs else line)
        spans += [(start, start + len(line))] if is_theirs else []
        start += len(line)
    return "".join(lines), spans


def _on(evidence: pd.DataFrame, spans: dict[str, list[tuple[int, int]]]) -> pd.Series[bool]:
    """Which evidence lies on a masked line."""
    rows = zip(evidence["comment_id"], evidence["start"], evidence["end"], strict=True)
    lies = [any(start < to and end > at for at, to in spans.get(name, ())) for name, start, end in rows]
    return pd.Series(lies, evidence.index, dtype=bool)


def _renamed(comments: pd.DataFrame, gone: Gone) -> pd.DataFrame:
    new = {old: name for old, name in gone.ids.items() if old != name}
    if not new:
        return comments
    columns = {
        name: comments[name].map(
            lambda ids: " ".join(new.get(each, each) for each in ids.split(" ")), na_action="ignore"
        )
        for name in _IDS
    }
    return comments.assign(**{name: column.astype("str") for name, column in columns.items()})


def _forget_pages(case: Path, new: Path, gone: Gone) -> None:
    """An article that holds a comment of the person (as that which opens a thread) is emptied."""
    pages = pd.read_parquet(case / "pages.parquet")
    articles, titles = pages["article"].tolist(), pages["title"].tolist()
    for at, thread_id in enumerate(pages["thread_id"]):
        texts = gone.texts.get(thread_id, ())
        if isinstance(articles[at], str) and _holds_one(articles[at], texts):
            articles[at] = ""
        if isinstance(titles[at], str) and _is_from(titles[at], texts):
            titles[at] = None
    columns = {"article": articles, "title": titles}
    told = {name: pd.Series(values, pages.index, dtype="str") for name, values in columns.items()}
    pages.assign(**told).to_parquet(new / "pages.parquet", index=False)


def _holds_one(article: str, texts: Collection[str]) -> bool:
    """Whether an article is one of the texts or has one in it that is too long to stand there by chance."""
    plain = " ".join(article.split())
    return any(text == plain or (len(text) >= _TELLING and text in plain) for text in texts)


def _forget_rejects(case: Path, new: Path, names: set[str]) -> None:
    """What could not be read keeps its place and reason; words of it that hold the name go."""
    lines = []
    for line in (case / "rejects.jsonl").read_text("utf-8").split("\n"):
        row = json.loads(line) if line else None
        if row and any(name.casefold() in str(row.get("excerpt")).casefold() for name in names):
            row["excerpt"] = ""
        lines.append(json.dumps(row, ensure_ascii=False) if row else line)
    (new / "rejects.jsonl").write_text("\n".join(lines), "utf-8")
