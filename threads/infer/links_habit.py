"""How often people answer each other differs from site to site: learned from the pages themselves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from threads.infer.cues_pairs import Cues
from threads.infer.decode import Decoded, decode_branching
from threads.infer.links_model import Network
from threads.infer.links_page import Bonus
from threads.infer.links_thread import ROOT

STEADY = 100
"""Comments that must be read before the pages weigh as much as the training threads: between 50 and 200 no
source held out changed by more than two points."""
ENOUGH = 3000
"""Comments from which a habit is learned; a judgement that bounds the work. A longer page teaches none."""
LEAST = -1.5
_ROUNDS = 20


def decode_together(
    cues: Sequence[Cues], network: Network, bonus: Sequence[Bonus | None] | None = None
) -> list[Decoded]:
    """Pages that list replies under their parents and are read together: decoded with a habit in common."""
    speaks = bonus or [None] * len(cues)
    first: dict[int, Decoded] = {}
    left = ENOUGH
    for at, (each, page) in enumerate(zip(cues, speaks, strict=True)):
        if each.thread.size <= left:
            first[at] = decode_branching(each, network, page)
            left -= each.thread.size
    habit = habit_of(list(first.values()), float(network.usual))
    done = {} if habit else first
    return [
        done.get(at) or decode_branching(each, network, page, habit)
        for at, (each, page) in enumerate(zip(cues, speaks, strict=True))
    ]


def habit_of(decoded: Sequence[Decoded], usual: float) -> float:
    """Log-odds to add for answering nobody, in [LEAST, 0], on pages like those decoded.

    `usual` is the share of comments that answer nobody in training. The share of these pages is the one that
    explains their chances best (expectation maximisation for a shift of classes, Saerens and others 2002),
    drawn towards the usual one while there are few comments. Only fewer top-level comments than usual are
    believed: each one given wrongly closes a branch and breeds more, so a shift the other way feeds itself
    (one to five points lost on a blog and on deep pages).
    """
    nobody = np.array([chance.get(ROOT, 0.0) for page in decoded for chance in page.chances[1:]])
    share = usual
    for _ in range(_ROUNDS):
        root, reply = nobody * share / usual, (1 - nobody) * (1 - share) / (1 - usual)
        share = float(((root / (root + reply)).sum() + STEADY * usual) / (len(nobody) + STEADY))
    shift = np.log(share / (1 - share)) - np.log(usual / (1 - usual))
    return float(np.clip(shift, LEAST, 0.0))
