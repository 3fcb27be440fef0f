"""How far a share counted on a sample may be from that of all comments."""

from __future__ import annotations

import math
from typing import NamedTuple

_Z95 = 1.959964


class Interval(NamedTuple):
    """The two ends of an interval within [0, 1]."""

    low: float
    high: float


def wilson(hits: float, of: float, z: float = _Z95) -> Interval:
    """The 95 % interval of a share by Wilson's score (1927), which holds for small samples and for shares
    of 0 and 1 (Brown, Cai and DasGupta 2001); [0, 1] of no sample.
    """
    if not of:
        return Interval(0.0, 1.0)
    share, spread = hits / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = math.sqrt(spread * (share * (1 - share) + spread / 4)) / (1 + spread)
    low = 0.0 if not hits else max(0.0, middle - half)
    return Interval(low, 1.0 if hits == of else min(1.0, middle + half))
