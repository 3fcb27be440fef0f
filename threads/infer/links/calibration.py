"""From the probability that a decoder gives a link to the share of such links that is right."""

from __future__ import annotations

import numpy as np

from threads.infer.links.thread import Floats


def share_right(calibration: Floats, probability: Floats) -> Floats:
    """How often a link given with this probability is right; `calibration` has two rows, from and to."""
    share: Floats = np.interp(probability, calibration[0], calibration[1]).astype(np.float32)
    return share
