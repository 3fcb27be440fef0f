"""Hanging the comments of a page ordered by time, where anything earlier can be answered."""

from __future__ import annotations

import numpy as np

from threads.infer.links.cues_time import TimeCues
from threads.infer.links.decode import Decoded
from threads.infer.links.thread import ROOT
from threads.infer.links.time_model import TimeNetwork

WINDOW = 45
"""Candidates just before: 97 of 100 annotated links of a chat (5,000 looked at) reach no further."""
FAR = 8
"""Candidates further back: the latest of each person named, comments repeated, the author's own latest."""
CHUNK = 256

Bonus = list[dict[int, float]]


def decode_by_time(cues: TimeCues, network: TimeNetwork, bonus: Bonus | None = None) -> Decoded:
    """Each comment hung on its likeliest candidate, or on nobody."""
    size = cues.thread.size
    parents = np.full(size, ROOT, dtype=np.int64)
    chances: list[dict[int, float]] = []
    for start in range(0, size, CHUNK):
        groups = [candidates_of(cues, at) for at in range(start, min(start + CHUNK, size))]
        comments = np.repeat(np.arange(start, start + len(groups)), [len(group) for group in groups])
        score = network.score(cues.pairs(comments, np.array([c for group in groups for c in group])))
        begin = 0
        for at, group in enumerate(groups, start):
            part = score[begin : begin + len(group)]
            if bonus is not None and bonus[at]:
                part = part + np.array([bonus[at].get(c, 0.0) for c in group], dtype=np.float32)
            begin += len(group)
            share = np.exp(part - part.max())
            share /= share.sum()
            parents[at] = group[int(share.argmax())]
            chances.append(dict(zip(group, share.tolist(), strict=True)))
    return Decoded(parents, chances)


def candidates_of(cues: TimeCues, at: int) -> list[int]:
    """ROOT, the comments just before, and the latest of each person named, those repeated, the own latest."""
    near = range(at - 1, max(-1, at - 1 - WINDOW), -1)
    named = [cues.last_of(person, at) for person in cues.mentions.of[at]]
    wanted = (int(cues.previous_own[at]), *named, *cues.shared.copied[at])
    far = {place for place in wanted if 0 <= place < at - WINDOW}
    return [ROOT, *near, *sorted(far, reverse=True)[:FAR]]
