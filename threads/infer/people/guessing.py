"""Which comments are by one person: by name where there is one, else by what the text gives away."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from threads.infer.links.thread import NOBODY, Ints, name_key
from threads.infer.people.cue_names import placeholder
from threads.infer.people.cues import CUES, PairCues
from threads.infer.people.habits import HABITS
from threads.infer.people.joining import CERTAIN, numbered
from threads.infer.people.model import load
from threads.infer.people.page import NONE, PeoplePage
from threads.infer.people.reasons import in_words
from threads.rebuild import rows_of_parents

Objects = npt.NDArray[np.object_]
Flags = npt.NDArray[np.bool_]


def infer_people(comments: pd.DataFrame) -> pd.DataFrame:
    """A new frame with `author_id` and `author_confidence` filled; ids that the source gave stay.

    A named author gets the name (in one case, single spaces) as id, with confidence 1. A nameless one
    gets an id of the kind "THREAD#anon-1": shared with another nameless comment of the thread only where
    one answers an answer to the other and place, wording and habits of writing make it likely that one
    person wrote both, with that likelihood as confidence; else its own, with confidence 1 (it claims no
    more than that the comment has an author). "Guest", "[deleted]" and the like name nobody. Reads
    `parent_id` and `parent_confidence` where they are there. No name is ever made up, and what is joined
    on a page depends on that page alone.
    """
    ids, sure, nameless = _named(comments)
    for rows, page in _pages(comments, ids, nameless):
        thread = str(comments["thread_id"].iloc[rows[0]])
        for row, (number, likely) in zip(rows, numbered(page, load()), strict=True):
            if nameless[row] is not None:
                ids[row], sure[row] = f"{thread}#anon-{number}", likely
    alone = _there(nameless) & ~_there(ids)
    if alone.any():
        ids[alone], sure[alone] = _alone(comments, alone), 1.0
    return comments.assign(
        author_id=pd.Series(ids, index=comments.index, dtype="str"),
        author_confidence=pd.Series(sure, index=comments.index, dtype="float32"),
    )


def _alone(frame: pd.DataFrame, alone: Flags) -> list[str]:
    """An id of its own for each nameless comment of threads whose every one is alone, in page order."""
    place = frame["position"].to_numpy()[alone] if "position" in frame else np.arange(alone.sum())
    threads = frame["thread_id"][alone].astype(str).reset_index(drop=True)
    order = np.argsort(place, kind="stable")
    numbers = threads.iloc[order].groupby(threads.iloc[order]).cumcount().sort_index() + 1
    return [f"{thread}#anon-{number}" for thread, number in zip(threads, numbers, strict=True)]


def why_joined(comments: pd.DataFrame) -> dict[str, str]:
    """For each nameless comment that `infer_people` joined to an earlier one, the reasons in words.

    Takes rows of its result, whole threads; the keys are values of `comment_id`.
    """
    given, names = _column(comments, "author_id"), _column(comments, "comment_id")
    numbered = comments["author_id"].astype("str").str.contains("#anon-", regex=False, na=False)
    ids, _, nameless = _named(comments.assign(author_id=comments["author_id"].where(~numbered)))
    reasons: dict[str, str] = {}
    for rows, page in _pages(comments, ids, nameless):
        cues = PairCues(page)
        shares, habits = load().shares(cues.table()), cues.likeness()
        for (first, _, second), share, habit in zip(cues.pairs.tolist(), shares, habits, strict=True):
            if given[rows[first]] == given[rows[second]]:
                reasons[str(names[rows[second]])] = in_words(
                    dict(zip(CUES, share.tolist(), strict=True)),
                    dict(zip(HABITS, habit.tolist(), strict=True)),
                )
    return reasons


def _named(frame: pd.DataFrame) -> tuple[Objects, Objects, Objects]:
    """Ids and confidences of the named; what stands in place of a name for the nameless, None for others."""
    ids, sure = _column(frame, "author_id"), _column(frame, "author_confidence")
    codes, names = pd.factorize(_column(frame, "author"))
    keys = np.array([*(name_key(str(name)) if name else "" for name in names), ""], dtype=object)
    places = np.array([*map(placeholder, keys[:-1]), ""], dtype=object)
    key, shown = keys[codes], places[codes]  # the code of a missing name is -1, the last
    given, hidden = _there(ids), shown.astype(bool)
    for row in np.flatnonzero(given & hidden):
        given[row] = not placeholder(str(ids[row]))
    by_name = ~given & key.astype(bool) & ~hidden
    ids[by_name] = key[by_name]
    sure[by_name & ~_there(sure)] = 1.0
    nameless = shown.copy()
    nameless[given | by_name] = None
    ids[~given & ~by_name] = None
    return ids, sure, nameless


def _there(values: Objects) -> Flags:
    return np.array([value is not None for value in values], dtype=bool)


def _met_again(frame: pd.DataFrame, nameless: Objects) -> Flags:
    """The rows of those nameless who may come back: they answer an answer to one called as they are."""
    found = np.zeros(len(frame), dtype=bool)
    if "parent_id" not in frame:
        return found
    threads = pd.factorize(frame["thread_id"])[0].astype(np.int64)
    above = rows_of_parents(frame["comment_id"], frame["parent_id"], threads)
    for row in np.flatnonzero(_there(nameless)):
        first = above[above[row]] if above[row] >= 0 else NONE
        found[row] = first >= 0 and nameless[first] == nameless[row]
    return found


def _pages(frame: pd.DataFrame, ids: Objects, nameless: Objects) -> Iterator[tuple[list[int], PeoplePage]]:
    """The threads in which somebody nameless may come back: their rows in page order, and what is read."""
    again = _met_again(frame, nameless)
    if not again.any():
        return
    threads = pd.factorize(frame["thread_id"])[0]
    inside = np.flatnonzero(np.isin(threads, threads[again]))
    place = frame["position"].to_numpy()[inside] if "position" in frame else inside
    rows_of: dict[int, list[int]] = {}
    for at in np.argsort(place, kind="stable").tolist():
        rows_of.setdefault(threads[inside[at]], []).append(at)
    some = frame.iloc[inside]
    columns = {name: _column(some, name) for name in ("comment_id", "parent_id", "parent_confidence", "text")}
    for here in rows_of.values():
        rows = inside[here]
        comment, parent, sure, text = (columns[name][here] for name in columns)
        at = {str(name): place for place, name in reversed(list(enumerate(comment)))}
        yield (
            rows.tolist(),
            PeoplePage(
                texts=[each or "" for each in text],
                parents=np.array([NONE if each is None else at.get(str(each), NONE) for each in parent]),
                sure=np.array([CERTAIN if each is None else float(each) for each in sure]),
                people=_people(ids[rows]),
                nameless=nameless[rows].tolist(),
            ),
        )


def _people(ids: Objects) -> Ints:
    """An index for each id, NOBODY for none."""
    index = {name: at for at, name in enumerate(dict.fromkeys(each for each in ids if each is not None))}
    return np.array([index.get(each, NOBODY) for each in ids], dtype=np.int64)


def _column(frame: pd.DataFrame, name: str) -> Objects:
    """A column as objects with None for null; all None where the frame does not have it."""
    if name not in frame:
        return np.full(len(frame), None, dtype=object)
    values = frame[name].astype(object)
    return values.where(values.notna(), None).to_numpy(dtype=object, copy=True)
