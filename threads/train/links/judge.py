"""How often links were right, beside how likely they were said to be; used for training and measuring."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from threads.evaluation.true_links import Flags, Known
from threads.infer.links.decode import Decoded
from threads.infer.links.thread import Floats


def judged(threads: Sequence[Known], decoded: Sequence[Decoded]) -> tuple[Floats, Flags]:
    """The probability of each link given, and whether the link is right, of the comments that count."""
    chances: list[Floats] = [np.zeros(0, dtype=np.float32)]
    right: list[Flags] = [np.zeros(0, dtype=bool)]
    for one, page in zip(threads, decoded, strict=True):
        good = [int(at) in ok for at, ok in zip(page.parents, one.accepted, strict=True)]
        chances.append(page.confidence[one.counts])
        right.append(np.array(good, dtype=bool)[one.counts])
    return np.concatenate(chances), np.concatenate(right)


def calibrate(seen: Sequence[tuple[Floats, Flags]]) -> Floats:
    """Two rows, from the decoder's probability to the share that was right; sources weigh alike."""
    from sklearn.isotonic import IsotonicRegression

    chance = np.concatenate([each for each, _ in seen])
    right = np.concatenate([each for _, each in seen])
    weight = np.concatenate([np.full(len(each), 1 / max(len(each), 200)) for each, _ in seen])
    smooth = IsotonicRegression(y_min=0.02, y_max=0.98, out_of_bounds="clip").fit(chance, right, weight)
    steps = np.linspace(0, 1, 13)
    # Averaged over the neighbourhood of each step, so that twelve steps suffice.
    shares = [smooth.predict(np.clip(np.linspace(at - 1 / 24, at + 1 / 24, 9), 0, 1)).mean() for at in steps]
    return np.array([steps, np.maximum.accumulate(shares)], dtype=np.float32)
