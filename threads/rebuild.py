"""Parent pointers to threads: who stands below whom, how deep, in which reading order.

Nothing here recurses and no row is dropped: ten thousand levels are found by pointer doubling (each
round looks twice as far up as the one before), so a chain of n comments takes log2(n) rounds.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

GIVEN = "given by the source"
NOT_HERE = -2
"""In place of the row of a parent: the source names one that is not in the thread."""
CIRCLE = "the source lets these comments answer each other in a circle, which is cut at its earliest"

_LINKS = {
    "roots": "root",
    "replies": "reply",
    "inferred": "inferred",
    "missing": "missing",
    "cycles": "cycle",
}
_OF_PARENTS = ["parent_id", "parent_confidence", "parent_reason"]


def rebuild(comments: pd.DataFrame) -> pd.DataFrame:
    """The comments with their place in their thread, sorted by thread and reading order.

    Needs `comment_id` and `thread_id`; uses `parent_id`, `created`, `position`, `parent_confidence` and
    `parent_reason` where they are there. A parent is looked up within its thread. Adds `link`,
    `root_id`, `depth`, `order`, `n_replies` and `n_descendants`, fills `parent_confidence` and
    `parent_reason`, and makes ids unique: the later of two comments with one id becomes "id#2", and
    replies stay with the first. Follow `parent_id` only where `link` is reply or inferred: one that is
    missing or closes a circle is kept as the source has it. Siblings stand by `created`, then by
    `position`; by `position` alone in a thread of which a comment has no time.
    """
    rows = _earliest_first(comments)
    ids, threads = rows["comment_id"], pd.factorize(rows["thread_id"])[0].astype(np.int64)
    found = rows_of_parents(ids, rows["parent_id"], threads)
    rows["comment_id"] = _unique(ids)
    parents, cut = _without_circles(found)
    rows = _with_links(_renamed(rows, found), parents, cut)
    return _with_shape(rows, parents, threads)


def integrity(comments: pd.DataFrame) -> dict[str, int]:
    """How many comments of each link a rebuilt table has, and how many ids were there before.

    `roots`, `replies`, `inferred`, `missing`, `cycles` and `unsure` add up to `comments`; `duplicates` are
    counted in them too. `unsure` is there only for a table whose unsure links were cut: without a floor
    nobody asked which links are unsure, and a 0 would say that none is.
    """
    links = comments["link"].value_counts()
    counts = {name: int(links.get(link, 0)) for name, link in _LINKS.items()}
    counts |= {"unsure": int(links["unsure"])} if "unsure" in links else {}
    ids = comments["comment_id"]
    first = ids.astype(str).str.extract(r"^(.+)#\d+$", expand=False)
    return {"comments": len(comments), **counts, "duplicates": int(first.isin(ids).sum())}


def _earliest_first(comments: pd.DataFrame) -> pd.DataFrame:
    """A copy, threads by first appearance and in each the earliest comment first."""
    rows = comments.reindex(columns=comments.columns.union(pd.Index(_OF_PARENTS), sort=False))
    threads = pd.factorize(rows["thread_id"])[0]
    nothing = pd.Series(float("nan"), index=rows.index)
    created = pd.to_datetime(rows.get("created", nothing), utc=True, errors="coerce")
    timed = created.notna().groupby(threads).transform("all").to_numpy(dtype=bool)
    times = np.where(timed, created.astype("int64").to_numpy(), 0)
    places = pd.to_numeric(rows.get("position", nothing), errors="coerce").fillna(0).to_numpy(dtype=np.int64)
    return rows.iloc[np.lexsort((places, times, threads))].reset_index(drop=True)


def rows_of_parents(ids: pd.Series[str], parent_ids: pd.Series[str], threads: Ints) -> Ints:
    """The row of each comment's parent within its thread; -1 without one, NOT_HERE where it is not there."""
    codes = pd.factorize(pd.concat([ids, parent_ids]))[0].astype(np.int64)
    own, wanted = codes[: len(ids)], codes[len(ids) :]
    keys, first = np.unique(threads * (codes.max(initial=0) + 1) + own, return_index=True)
    sought = threads * (codes.max(initial=0) + 1) + wanted
    place = np.minimum(np.searchsorted(keys, sought), max(len(keys) - 1, 0))
    there = (wanted >= 0) & (keys[place] == sought) if len(keys) else wanted >= 0
    found = np.where(there, first[place] if len(keys) else -1, NOT_HERE)
    return np.where(wanted < 0, -1, found).astype(np.int64)


def _unique(ids: pd.Series[str]) -> pd.Series[str]:
    """The ids, the later ones of a repeated id with the first free "#2", "#3" … behind it."""
    again = ids.duplicated().to_numpy()
    if not again.any():
        return ids
    taken, last = set(ids), dict.fromkeys(ids[again], 1)
    names = ids.to_numpy(dtype=object, copy=True)
    for row in np.flatnonzero(again):
        plain = names[row]
        while names[row] in taken:
            last[plain] += 1
            names[row] = f"{plain}#{last[plain]}"
        taken.add(names[row])
    return pd.Series(names, index=ids.index, dtype=ids.dtype)


def _without_circles(found: Ints) -> tuple[Ints, Flags]:
    """Parents (-1 for none) with every circle cut at its earliest row, and which rows were cut."""
    parents = np.where(found < 0, -1, found)
    far, reach = parents.copy(), 1
    while reach <= len(parents) and (far >= 0).any():
        far, reach = np.where(far >= 0, far[far], -1), reach * 2
    cut = np.zeros(len(parents), dtype=bool)
    circle = np.unique(far[far >= 0])  # whoever is reached after more steps than there are rows
    if len(circle):
        cut[_earliest_of_each(circle, parents)] = True
    return np.where(cut, -1, parents), cut


def _earliest_of_each(circle: Ints, parents: Ints) -> Ints:
    """Of rows that lie on circles, the lowest row of each circle."""
    ahead = np.searchsorted(circle, parents[circle])
    lowest, reach = circle.copy(), 1
    while reach <= len(circle):
        lowest, ahead, reach = np.minimum(lowest, lowest[ahead]), ahead[ahead], reach * 2
    earliest: Ints = circle[lowest == circle]
    return earliest


def _renamed(rows: pd.DataFrame, found: Ints) -> pd.DataFrame:
    """The rows with each parent_id that was found as its comment is called now."""
    ids, kind = rows["comment_id"].to_numpy(dtype=object), rows["comment_id"].dtype
    parent_ids = rows["parent_id"].to_numpy(dtype=object, copy=True)
    parent_ids[found >= 0] = ids[found[found >= 0]]
    return rows.assign(parent_id=pd.Series(parent_ids, index=rows.index, dtype=kind))


def _with_links(rows: pd.DataFrame, parents: Ints, cut: Flags) -> pd.DataFrame:
    """Sets `link`, and parent, confidence and reason to what the link says."""
    found, named = parents >= 0, rows["parent_id"].notna().to_numpy()
    confidence, reason = rows["parent_confidence"].astype("float32"), rows["parent_reason"].astype("object")
    guessed = (confidence < 1).to_numpy() | (reason.notna() & (reason != GIVEN)).to_numpy()
    cases, links = [cut, found & guessed, found, named], ["cycle", "inferred", "reply", "missing"]
    link = np.select(cases, links, "root")
    given = np.isin(link, ["reply", "missing"]) & ~guessed
    sure = given | (confidence.isna().to_numpy() & ~cut)
    kind = rows["comment_id"].dtype
    rows["link"] = pd.Series(link, index=rows.index, dtype=kind)
    rows["parent_confidence"] = np.where(sure, np.float32(1), confidence)
    rows["parent_reason"] = reason.mask(given, GIVEN).mask(cut, CIRCLE).astype(kind)
    return rows


def _with_shape(rows: pd.DataFrame, parents: Ints, threads: Ints) -> pd.DataFrame:
    """Adds root, depth, order and counts, and sorts by thread and order."""
    roots, depth = _climb(parents, (parents >= 0).astype(np.int64))
    sizes = _sizes(parents, depth)
    # A comment stands behind its parent and behind all that its earlier siblings have below them.
    _, order = _climb(parents, _places_among_siblings(parents, threads, sizes))
    rows["root_id"] = rows["comment_id"].take(roots).array
    replies = np.bincount(parents[parents >= 0], minlength=len(parents))
    numbers = {"depth": depth, "order": order, "n_replies": replies, "n_descendants": sizes - 1}
    rows = rows.assign(**{name: each.astype(np.int32) for name, each in numbers.items()})
    return rows.iloc[np.lexsort((order, threads))].reset_index(drop=True)


def _climb(parents: Ints, steps: Ints) -> tuple[Ints, Ints]:
    """For each row its root, and the sum of the steps from that root down to it."""
    above = np.where(parents >= 0, parents, np.arange(len(parents)))
    total, start = np.where(parents >= 0, steps, 0), np.where(parents >= 0, 0, steps)
    while (parents[above] >= 0).any():
        total, above = total + total[above], above[above]
    return above, total + start[above]


def _sizes(parents: Ints, depth: Ints) -> Ints:
    """How many comments each branch has, its first included."""
    sizes, above = [1] * len(parents), parents.tolist()
    for row in np.argsort(-depth, kind="stable").tolist():
        if above[row] >= 0:
            sizes[above[row]] += sizes[row]
    return np.asarray(sizes, dtype=np.int64)


def _places_among_siblings(parents: Ints, threads: Ints, sizes: Ints) -> Ints:
    """How many rows lie between the parent (for a root: the thread's beginning) and the comment."""
    family = np.where(parents >= 0, parents, -1 - threads)
    by_family = np.argsort(family, kind="stable")
    before = np.cumsum(sizes[by_family]) - sizes[by_family]
    firsts = np.r_[True, np.diff(family[by_family]) != 0][: len(family)]
    places = np.empty_like(sizes)
    places[by_family] = before - np.maximum.accumulate(np.where(firsts, before, 0))
    return places + (parents >= 0)
