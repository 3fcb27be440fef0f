"""Hanging the comments of a page ordered by time, where anything earlier can be answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from threads.infer.links.cues_time import TimeCues
from threads.infer.links.decode import Decoded
from threads.infer.links.thread import ROOT
from threads.infer.links.time_model import TimeNetwork
from threads.infer.links.trees import Trees, later

WINDOW = 45
"""Candidates just before: 97 of 100 annotated links of a chat (5,000 looked at) reach no further."""
FAR = 8
"""Candidates further back: the latest of each person named, comments repeated, the author's own latest."""
CHUNK = 256

Bonus = list[dict[int, float]]


def decode_by_time(
    cues: TimeCues, network: TimeNetwork, bonus: Bonus | None = None, given: Mapping[int, int] | None = None
) -> Decoded:
    """Each comment hung on its likeliest candidate, or on nobody; on none that is later or stands below it.

    `given` holds the parents that are known (ROOT for none): what has one is not weighed and stays at ROOT.
    """
    size, known = cues.thread.size, given or {}
    parents, trees = np.full(size, ROOT, dtype=np.int64), Trees(size, known)
    chances: list[dict[int, float]] = [{ROOT: 1.0} for _ in range(size)]
    weighed = [at for at in range(size) if at not in known]
    for start in range(0, len(weighed), CHUNK):
        chunk = weighed[start : start + CHUNK]
        groups = [candidates_of(cues, at) for at in chunk]
        comments = np.repeat(chunk, [len(group) for group in groups])
        score = network.score(cues.pairs(comments, np.array([c for group in groups for c in group])))
        begin = 0
        for at, group in zip(chunk, groups, strict=True):
            part = score[begin : begin + len(group)]
            if bonus is not None and bonus[at]:
                part = part + np.array([bonus[at].get(c, 0.0) for c in group], dtype=np.float32)
            begin += len(group)
            part = np.where(_impossible(cues, trees if known else None, at, group), -np.inf, part)
            share = np.exp(part - part.max())
            share /= share.sum()
            parents[at] = group[int(share.argmax())]
            chances[at] = dict(zip(group, share.tolist(), strict=True))
            trees.hang(at, int(parents[at]))
    return Decoded(parents, chances)


def _impossible(cues: TimeCues, trees: Trees | None, at: int, group: Sequence[int]) -> np.ndarray:
    """Which candidates cannot be answered; without `trees` all stand before the comment and none below it."""
    late = later(cues.thread, at, group)
    if trees is None:
        return late
    below = np.array([c != ROOT and trees.below(at, c) for c in group])
    return np.asarray(late | below)


def candidates_of(cues: TimeCues, at: int) -> list[int]:
    """ROOT, the comments just before, and the latest of each person named, those repeated, the own latest."""
    near = range(at - 1, max(-1, at - 1 - WINDOW), -1)
    named = [cues.last_of(person, at) for person in cues.mentions.of[at]]
    wanted = (int(cues.previous_own[at]), *named, *cues.shared.copied[at])
    far = {place for place in wanted if 0 <= place < at - WINDOW}
    return [ROOT, *near, *sorted(far, reverse=True)[:FAR]]
