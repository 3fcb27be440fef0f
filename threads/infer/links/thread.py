"""One thread as arrays, in page order: what the cues read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from threads.infer.pages.ages import age_of

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Times = npt.NDArray[np.float64]

ROOT = -1
"""In place of a candidate's index: answers nobody, a comment on the article."""
MOSTLY = 0.6
"""Share of a page's comments that have to show a time for the times to count. A judgement."""
NOBODY = -1
"""In place of a person's index: the name is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """The comments of one page; every sequence has one entry a comment, in page order.

    `people` holds an index per comment, the same for the same name, NOBODY where the name is lost;
    `names` the spelling of each index. `times` are seconds since 1970, NaN where unknown; where they are
    `ages` ("3 hours ago") they count back from 0, and only their order tells anything. `indents` are -1 and
    `answered` (the name that the page gives as the one answered) is empty where unknown.
    """

    texts: Sequence[str]
    people: Ints
    names: Sequence[str]
    times: Times
    indents: Ints
    answered: Sequence[str]
    title: str = ""
    article: str = ""
    ages: bool = False
    size: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "size", len(self.texts))


def name_key(name: str) -> str:
    """The name as it is compared: letters of one case, single spaces, no mark at its end."""
    return " ".join(name.casefold().split()).strip(" .:,;•·>-")


def of_authors(authors: Sequence[str | None]) -> tuple[Ints, list[str]]:
    """An index for each author (NOBODY where there is no name), and the spelling of each index."""
    index: dict[str, int] = {}
    names: list[str] = []
    people = np.full(len(authors), NOBODY, dtype=np.int64)
    for at, author in enumerate(authors):
        key = name_key(author) if author else ""
        if not key:
            continue
        if key not in index:
            index[key] = len(names)
            names.append(str(author).strip())
        people[at] = index[key]
    return people, names


def build(
    texts: Sequence[str],
    authors: Sequence[str | None],
    times: Times | None = None,
    *,
    title: str = "",
    article: str = "",
) -> Thread:
    """A thread from plain sequences, without indents or names answered."""
    people, names = of_authors(authors)
    count = len(texts)
    return Thread(
        texts=texts,
        people=people,
        names=names,
        times=np.full(count, np.nan) if times is None else times,
        indents=np.full(count, -1, dtype=np.int64),
        answered=[""] * count,
        title=title,
        article=article,
    )


def from_frame(rows: pd.DataFrame, article: str = "") -> Thread:
    """A thread from rows of COMMENTS (one thread, in page order); absent columns count as unknown."""
    people, names = of_authors(_strings(rows, "author"))
    times, ages = _times(rows)
    titles = [title for title in _strings(rows, "title") if title]
    return Thread(
        texts=[text or "" for text in _strings(rows, "text")],
        people=people,
        names=names,
        times=times,
        ages=ages,
        indents=_indents(rows),
        answered=[name or "" for name in _strings(rows, "reply_to")],
        title=titles[0] if titles else "",
        article=article,
    )


def _strings(rows: pd.DataFrame, column: str) -> list[str | None]:
    if column not in rows:
        return [None] * len(rows)
    return [
        None if missing else str(value)
        for value, missing in zip(rows[column], rows[column].isna(), strict=True)
    ]


def _times(rows: pd.DataFrame) -> tuple[Times, bool]:
    """Times where a page gives most comments one, and whether they are ages; dates before ages.

    A few dates among many comments are as likely those of quotations or of buttons as of the comments.
    """
    for times, ages in ((_dates(rows), False), (_ages(rows), True)):
        if (~np.isnan(times)).sum() >= MOSTLY * len(rows):
            return times, ages
    return np.full(len(rows), np.nan), False


def _dates(rows: pd.DataFrame) -> Times:
    if "created" not in rows:
        return np.full(len(rows), np.nan)
    created = pd.to_datetime(rows["created"], utc=True, errors="coerce")
    seconds = (created - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(seconds=1)
    found: Times = np.asarray(seconds, dtype=np.float64)
    return found


def _ages(rows: pd.DataFrame) -> Times:
    found = [age_of(words) if words else None for words in _strings(rows, "created_text")]
    return np.array([np.nan if age is None else -age for age in found], dtype=np.float64)


def _indents(rows: pd.DataFrame) -> Ints:
    if "indent" not in rows:
        return np.full(len(rows), -1, dtype=np.int64)
    return pd.to_numeric(rows["indent"], errors="coerce").fillna(-1).to_numpy(dtype=np.int64)
