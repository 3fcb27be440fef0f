"""Which comments are by one person: by name where there is one, else by what the text gives away."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from threads.infer.links_thread import NOBODY, Ints, name_key
from threads.infer.people_cues import CUES, PairCues
from threads.infer.people_habits import HABITS
from threads.infer.people_join import CERTAIN, numbered
from threads.infer.people_model import load
from threads.infer.people_names import placeholder
from threads.infer.people_page import NONE, PeoplePage
from threads.infer.people_reasons import in_words

Objects = npt.NDArray[np.object_]


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
    out = comments.copy()
    ids, sure, nameless = _named(comments)
    for rows, page in _pages(comments, ids, nameless):
        thread = str(comments["thread_id"].iloc[rows[0]])
        for row, (number, likely) in zip(rows, numbered(page, load()), strict=True):
            if nameless[row] is not None:
                ids[row], sure[row] = f"{thread}#anon-{number}", likely
    out["author_id"] = pd.Series(ids, index=out.index, dtype="str")
    out["author_confidence"] = pd.Series(sure, index=out.index, dtype="float32")
    return out


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
    nameless = np.full(len(frame), None, dtype=object)
    for row, name in enumerate(_column(frame, "author")):
        key = name_key(str(name)) if name else ""
        shown = placeholder(key)
        if ids[row] is not None and not (shown and placeholder(str(ids[row]))):
            continue
        if key and not shown:
            ids[row], sure[row] = key, 1.0 if sure[row] is None else sure[row]
        else:
            ids[row], nameless[row] = None, shown
    return ids, sure, nameless


def _pages(frame: pd.DataFrame, ids: Objects, nameless: Objects) -> Iterator[tuple[list[int], PeoplePage]]:
    """The threads that have nameless comments: their rows in page order, and what is read of them."""
    threads = frame["thread_id"].astype(str).to_numpy(dtype=object)
    wanted = set(threads[[name is not None for name in nameless]])
    place = frame["position"].to_numpy() if "position" in frame else np.arange(len(frame))
    rows_of: dict[str, list[int]] = {}
    for row in np.argsort(place, kind="stable").tolist():
        if threads[row] in wanted:
            rows_of.setdefault(threads[row], []).append(row)
    columns = {
        name: _column(frame, name) for name in ("comment_id", "parent_id", "parent_confidence", "text")
    }
    for rows in rows_of.values():
        comment, parent, sure, text = (columns[name][rows] for name in columns)
        at = {str(name): place for place, name in reversed(list(enumerate(comment)))}
        yield (
            rows,
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
