"""How long ago a page says that something was written: "3 hours ago", "vor 2 Tagen", "hace un mes"."""

from __future__ import annotations

import re

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
_UNITS: tuple[tuple[str, float], ...] = (
    (r"mo|months?|monate?n?|mes(?:es)?|mois|个月", 30 * DAY),
    (r"s|secs?|seconds?|sekunden?|segundos?|secondes?", 1.0),
    (r"m|mins?|minutes?|minuten?|minutos?|分钟|分鐘", MINUTE),
    (r"h|hrs?|hours?|std|stunden?|horas?|heures?|or[ae]|uur|小时|小時|時間", HOUR),
    (r"d|days?|tage?n?|d[ií]as?|jours?|giorn[oi]|dagen|天|日", DAY),
    (r"w|weeks?|wochen?|semanas?|semaines?", 7 * DAY),
    (r"y|yrs?|years?|jahre?n?|años?|anos?|ans?|ann[oi]|jaar|年", 365 * DAY),
)
_ONE = frozenset({"a", "an", "one", "einem", "einer", "un", "una", "une", "um", "uma"})
_NUMBER = r"\b(\d{1,3}|" + "|".join(sorted(_ONE)) + r")\s?"
_AGE = re.compile(
    _NUMBER + r"(?:" + "|".join(f"({unit})" for unit, _ in _UNITS) + r")(?:(?![^\W\d_])|前)", re.IGNORECASE
)
_NAMED = {
    "now": 0.0, "today": 0.0, "heute": 0.0, "hoy": 0.0,
    "yesterday": DAY, "gestern": DAY, "ayer": DAY, "hier": DAY,
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{2,12}")


def age_of(words: str) -> float | None:
    """Seconds that lie between the writing and the reading, as coarse as the page says it; None if unsaid.

    Reads the first 60 code points. "an hour and 5 minutes ago" counts as its first part.
    """
    words = words[:60]
    match = _AGE.search(words)
    if match:
        number = 1 if match.group(1).lower() in _ONE else int(match.group(1))
        return number * next(size for at, (_, size) in enumerate(_UNITS, 2) if match.group(at))
    return next((_NAMED[word.lower()] for word in _WORD.findall(words) if word.lower() in _NAMED), None)
