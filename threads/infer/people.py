"""Which comments are by one person: by name where there is one, else by what the text gives away."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pandas as pd

from threads.infer.links_thread import name_key

Objects = npt.NDArray[np.object_]

# Words with which people come back to what they wrote before.
_STANDS = re.compile(
    r"\b(?:i stand by|(?:what|as|like) i (?:said|wrote|mentioned|meant|asked)"
    r"|i (?:already )?(?:said|meant|mentioned|wrote|asked)"
    r"|my (?:(?:first|last|previous|original|earlier|own|initial) )?"
    r"(?:comments?|posts?|questions?|points?|statement|remark|suggestion|example|mistake|bad)"
    r"|i was (?:just |only )?(?:talking|referring|asking|thinking|wondering|saying|trying|joking)"
    r"|i (?:didn.?t|did not|never|don.?t) (?:say|said|mean|claim|write|imply|suggest)"
    r"|wie ich (?:schon )?sagte|ich meinte|mein kommentar|como dije|comme je (?:l.ai )?dit)\b",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"\W{0,3}(?:(?:ok|okay|ah|oh|great|perfect|hi|yes|cool)\b\W{1,3})?(?:many )?"
    r"(?:thank|thanks|thx|danke|vielen dank|merci|gracias)\b",
    re.IGNORECASE,
)
_READ = 1500
# Share of answers to an answer that are by the author of the first comment, where the wording fits, over
# the blog, forum, talk and chat threads used for training (true links): 0.85 of 345 that come back to own
# words, 0.83 of 261 that open with thanks; 0.66 of all others, which is too few to join them.
STANDS, THANKS = 0.85, 0.83
SURE_LINK = 0.4
"""Both links must be at least this likely; a join on a wrong link would be a wrong person."""


def infer_people(comments: pd.DataFrame) -> pd.DataFrame:
    """A new frame with `author_id` and `author_confidence` filled; ids that the source gave stay.

    A named author gets the name (in one case, single spaces) as id, with confidence 1. A nameless one
    gets an id of the kind "THREAD#anon-1": shared by two comments of a thread only where one answers an
    answer to the other and speaks as its author would, with the confidence of that; else its own, with
    confidence 1 (it claims no more than that the comment has an author). Reads `parent_id` and
    `parent_confidence` where they are there. No name is ever made up.
    """
    out = comments.copy()
    ids, sure = _column(out, "author_id"), _column(out, "author_confidence")
    names = _column(out, "author")
    nameless: list[int] = []
    for row, name in enumerate(names):
        if ids[row] is not None:
            continue
        key = name_key(name) if name else ""
        if key:
            ids[row], sure[row] = key, 1.0 if sure[row] is None else sure[row]
        else:
            nameless.append(row)
    _name_the_nameless(out, nameless, ids, sure)
    out["author_id"] = pd.Series(ids, index=out.index, dtype="str")
    out["author_confidence"] = pd.Series(sure, index=out.index, dtype="float32")
    return out


def _name_the_nameless(frame: pd.DataFrame, nameless: list[int], ids: Objects, sure: Objects) -> None:
    """Number the nameless people of each thread in page order, joining those that are one."""
    threads = frame["thread_id"].astype(str).to_numpy(dtype=object)
    place = frame["position"].to_numpy() if "position" in frame else np.arange(len(frame))
    joined = _joined(frame, set(nameless))
    counts: dict[str, int] = {}
    for row in sorted(nameless, key=lambda row: (threads[row], place[row], row)):
        first, likely = joined.get(row, (row, 1.0))
        if first == row or ids[first] is None:
            counts[threads[row]] = counts.get(threads[row], 0) + 1
            ids[row], sure[row] = f"{threads[row]}#anon-{counts[threads[row]]}", 1.0
        else:
            ids[row], sure[row] = ids[first], likely


def _joined(frame: pd.DataFrame, nameless: set[int]) -> dict[int, tuple[int, float]]:
    """For nameless comments that come back: the row of their author's comment, and how likely that is."""
    parents = _parent_rows(frame)
    texts, names = _column(frame, "text"), _column(frame, "author")
    links = _column(frame, "parent_confidence")
    joined: dict[int, tuple[int, float]] = {}
    for row in sorted(nameless):
        middle = parents[row]
        first = parents[middle] if middle >= 0 else -1
        if first not in nameless or first == row:
            continue
        if any(links[at] is not None and float(links[at]) < SURE_LINK for at in (row, middle)):
            continue
        likely = _comes_back(texts[row] or "")
        # Someone else who is nameless too may stand between: then only the words can tell, and less surely.
        likely -= 0.0 if names[middle] else 0.1
        if likely > 0.5:
            joined[row] = (first, likely)
    return joined


def _comes_back(text: str) -> float:
    """How likely the author of this answer to an answer is that of the first comment; 0 for no sign."""
    stands, thanks = _STANDS.search(text[:_READ]), _THANKS.match(text)
    if stands and thanks:
        return 1 - (1 - STANDS) * (1 - THANKS) * 2
    return STANDS if stands else THANKS if thanks else 0.0


def _parent_rows(frame: pd.DataFrame) -> list[int]:
    """The row of each comment's parent within its thread; -1 where there is none."""
    threads, ids = frame["thread_id"].astype(str), frame["comment_id"].astype(str)
    rows = {key: row for row, key in reversed(list(enumerate(zip(threads, ids, strict=True))))}
    parents = _column(frame, "parent_id")
    return [
        -1 if parent is None else rows.get((thread, str(parent)), -1)
        for thread, parent in zip(threads, parents, strict=True)
    ]


def _column(frame: pd.DataFrame, name: str) -> Objects:
    """A column as objects with None for null; all None where the frame does not have it."""
    if name not in frame:
        return np.full(len(frame), None, dtype=object)
    values = frame[name].astype(object)
    return values.where(values.notna(), None).to_numpy(dtype=object, copy=True)
