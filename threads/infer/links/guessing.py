"""Who answers whom where the source does not say: each guess with its confidence and its cues in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from threads.infer.links.cues_pairs import Cues
from threads.infer.links.cues_time import TimeCues
from threads.infer.links.decode import decode_branching
from threads.infer.links.decode_time import decode_by_time
from threads.infer.links.model import load
from threads.infer.links.page import bonus_of, order_of
from threads.infer.links.reasons import reasons
from threads.infer.links.thread import ROOT, Ints, Thread, from_frame

Flags = npt.NDArray[np.bool_]

TEXT_PLATFORMS = frozenset({"page_text"})
"""Platforms whose files hold the text of a page, without ids."""


def infer_links(
    comments: pd.DataFrame,
    articles: Mapping[str, str] | None = None,
    needs: pd.Series[bool] | Sequence[bool] | None = None,
) -> pd.DataFrame:
    """A new frame in which `parent_id`, `parent_confidence` and `parent_reason` are filled where needed.

    Takes rows of COMMENTS, one or many threads; `articles` maps a thread_id to its article's text.
    `needs` says which rows to infer; without it `needing` decides. All other rows stay as they are. A
    row judged to answer nobody has no parent_id, and the confidence of that. A guessed parent never stands
    below the comment itself, by links that are given or guessed, nor is it later where both times are known.
    The confidence is a probability: on sources that the weights were not trained on it was off by 0.04 to
    0.11 on average (by 0.4 on deep discussions of strangers). A guess depends on its own thread alone,
    whatever else is read in the same call.
    """
    wanted = needing(comments) if needs is None else np.asarray(needs, dtype=bool)
    if len(wanted) != len(comments):
        raise ValueError(f"needs has {len(wanted)} values for {len(comments)} comments")
    if not wanted.any():
        return comments.assign(
            parent_id=_column(comments, "parent_id").astype("str"),
            parent_confidence=_column(comments, "parent_confidence").astype("float32"),
            parent_reason=_column(comments, "parent_reason").astype("str"),
        )
    out = comments.copy()
    parents, confidence, reason = (_objects(out, column) for column in _FILLED)
    for rows, guess in _guesses(out, wanted, articles or {}):
        for place, (parent, sure, why) in zip(rows, guess, strict=True):
            if why is not None:
                parents[place], confidence[place], reason[place] = parent, sure, why
    out["parent_id"] = pd.Series(parents, index=out.index, dtype="str")
    out["parent_confidence"] = pd.Series(confidence, index=out.index, dtype="float32")
    out["parent_reason"] = pd.Series(reason, index=out.index, dtype="str")
    return out


_FILLED = ("parent_id", "parent_confidence", "parent_reason")
Guess = tuple[str | None, float, str | None]


def needing(comments: pd.DataFrame) -> Flags:
    """Which rows need inference.

    A comment without parent_id and without a confidence where the thread comes from the text of a page: its
    platform is one of TEXT_PLATFORMS, or one of its comments is not certain to be a comment
    (`comment_confidence` below 1). A comment that names its parent needs none, be the parent in the file or
    not: of 5,865 such replies of a made-up export five were once hung elsewhere, in half a minute.
    """
    known = _given(comments, "parent_id") | _given(comments, "parent_confidence")
    return _from_text(comments) & ~known


def _from_text(comments: pd.DataFrame) -> Flags:
    text = np.zeros(len(comments), dtype=bool)
    if "platform" in comments:
        text |= comments["platform"].isin(TEXT_PLATFORMS).to_numpy()
    if "comment_confidence" in comments:
        doubtful = pd.to_numeric(comments["comment_confidence"], errors="coerce") < 1
        text |= doubtful.groupby(comments["thread_id"]).transform("any").to_numpy(dtype=bool)
    return text


def _given(frame: pd.DataFrame, column: str) -> Flags:
    return frame[column].notna().to_numpy() if column in frame else np.zeros(len(frame), dtype=bool)


def _column(frame: pd.DataFrame, column: str) -> pd.Series[str]:
    return frame[column] if column in frame else pd.Series(index=frame.index, dtype="str")


def _objects(frame: pd.DataFrame, column: str) -> npt.NDArray[np.object_]:
    """A column as objects with None for null; all None where the frame does not have it."""
    if column not in frame:
        return np.full(len(frame), None, dtype=object)
    values = frame[column].astype(object)
    return values.where(values.notna(), None).to_numpy(dtype=object, copy=True)


def _threads(frame: pd.DataFrame, wanted: Flags) -> list[tuple[str, Ints]]:
    """The rows of each thread that needs inference, in page order."""
    places = frame.groupby("thread_id", sort=False).indices
    position = (
        pd.to_numeric(frame["position"], errors="coerce").fillna(0).to_numpy()
        if "position" in frame
        else None
    )
    found = []
    for thread_id, found_rows in places.items():
        rows = np.asarray(found_rows, dtype=np.int64)
        if wanted[rows].any():
            order = rows if position is None else rows[np.argsort(position[rows], kind="stable")]
            found.append((str(thread_id), order))
    return found


def _guesses(
    frame: pd.DataFrame, wanted: Flags, articles: Mapping[str, str]
) -> Iterator[tuple[Ints, list[Guess]]]:
    """The rows of each thread that needs inference, in page order, and a guess for each of them."""
    for name, rows in _threads(frame, wanted):
        yield rows, _Page(frame.iloc[rows], wanted[rows], articles.get(name) or "").guesses()


class _Page:
    """One thread that needs inference, its comments turned round where the newest stands first."""

    def __init__(self, frame: pd.DataFrame, wanted: Flags, article: str) -> None:
        self.wanted = wanted
        self.ids = frame["comment_id"].tolist()
        fixed = _fixed(frame, wanted, self.ids)
        thread = from_frame(frame, article)
        order = order_of(thread)
        self.turned = order == "newest first" or _point_down(fixed)
        if self.turned:
            thread = from_frame(frame.iloc[::-1], article)
            fixed = {self._turn(at): self._turn(parent) for at, parent in fixed.items()}
        # Where other links are given, a missing parent may stand anywhere above: no list of branches.
        self.cues = _cues(thread, timed=bool(fixed) or order != "branching")
        self.fixed = fixed

    def _turn(self, at: int) -> int:
        return at if at == ROOT else len(self.ids) - 1 - at

    def guesses(self) -> list[Guess]:
        """A guess for each row."""
        model, bonus = load(), bonus_of(self.cues.thread)
        network = model.by_time if isinstance(self.cues, TimeCues) else model.branching
        if isinstance(self.cues, TimeCues):
            found = decode_by_time(self.cues, model.by_time, bonus, self.fixed)
        else:
            found = decode_branching(self.cues, model.branching, bonus)
        why = reasons(self.cues, found, network)
        sure = network.calibrated(found.confidence).tolist()
        links = list(zip(found.parents.tolist(), sure, why, strict=True))
        if self.turned:
            links = [(self._turn(parent), *rest) for parent, *rest in reversed(links)]
        return [
            _guess(link, self.ids, wanted=wanted)
            for link, wanted in zip(links, self.wanted.tolist(), strict=True)
        ]


def _point_down(fixed: Mapping[int, int]) -> bool:
    """Whether most links that are given lead to what stands further down: the newest stands first."""
    down = [parent > at for at, parent in fixed.items() if parent != ROOT]
    return 2 * sum(down) > len(down)


def _cues(thread: Thread, *, timed: bool) -> Cues:
    """The cues of a page, TimeCues where its times or the names called in it show an order by time."""
    cues = TimeCues(thread) if timed else Cues(thread)
    if timed or order_of(thread, cues.mentions) == "branching":
        return cues
    return TimeCues(thread)


def _guess(found: tuple[int, float, str], ids: list[str], *, wanted: bool) -> Guess:
    parent, sure, why = found
    if not wanted:
        return None, 0.0, None
    return (None if parent == ROOT else ids[parent]), sure, why


def _fixed(rows: pd.DataFrame, wanted: Flags, ids: list[str]) -> dict[int, int]:
    """Places of comments whose parent is known, with the place of that parent (ROOT for none)."""
    if wanted.all():
        return {}
    place = {name: at for at, name in reversed(list(enumerate(ids)))}
    parents = _objects(rows, "parent_id")
    return {at: place.get(parents[at], ROOT) for at in range(len(ids)) if not wanted[at]}
