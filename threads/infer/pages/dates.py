"""Dates as pages print them: absolute ones in six languages, relative ones ("3 days ago", "vor 2 Tagen")."""

# ruff: noqa: E501, SIM905 -- tables of words, patterns and features read better unbroken

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

MONTHS = {
    "jan": 1, "januar": 1, "january": 1, "jänner": 1, "enero": 1, "ene": 1, "janvier": 1, "janv": 1, "gennaio": 1,
    "janeiro": 1, "januari": 1, "feb": 2, "februar": 2, "february": 2, "febrero": 2, "février": 2, "févr": 2,
    "febbraio": 2, "fevereiro": 2, "februari": 2, "mar": 3, "march": 3, "märz": 3, "mär": 3, "marzo": 3, "mars": 3,
    "março": 3, "maart": 3, "apr": 4, "april": 4, "abril": 4, "abr": 4, "avril": 4, "avr": 4, "aprile": 4, "may": 5,
    "mai": 5, "mayo": 5, "maggio": 5, "maio": 5, "mei": 5, "jun": 6, "juni": 6, "june": 6, "junio": 6, "juin": 6,
    "giugno": 6, "junho": 6, "jul": 7, "juli": 7, "july": 7, "julio": 7, "juillet": 7, "juil": 7, "luglio": 7,
    "julho": 7, "aug": 8, "august": 8, "agosto": 8, "ago": 8, "août": 8, "augustus": 8, "sep": 9, "sept": 9,
    "september": 9, "septiembre": 9, "septembre": 9, "settembre": 9, "setembro": 9, "oct": 10, "okt": 10,
    "october": 10, "oktober": 10, "octubre": 10, "octobre": 10, "ottobre": 10, "outubro": 10, "nov": 11,
    "november": 11, "noviembre": 11, "novembre": 11, "novembro": 11, "dec": 12, "dez": 12, "dic": 12, "déc": 12,
    "mrz": 3, "января": 1, "февраля": 2, "марта": 3, "апреля": 4, "мая": 5, "июня": 6, "июля": 7, "августа": 8,
    "сентября": 9, "октября": 10, "ноября": 11, "декабря": 12,
    "december": 12, "dezember": 12, "diciembre": 12, "décembre": 12, "dicembre": 12, "dezembro": 12,
}  # fmt: skip

_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_ISO = r"(?P<iy>(?:19|20)\d\d)[-/.](?P<im>\d{1,2})[-/.](?P<id>\d{1,2})"
_NUMERIC = r"(?P<n1>\d{1,2})[./-](?P<n2>\d{1,2})[./-](?P<ny>(?:19|20)?\d\d)"
_DAY_FIRST = rf"(?P<dd>\d{{1,2}})(?:st|nd|rd|th|\.|º|er)?,?\s(?:de\s|of\s)?(?P<dm>{_MONTH})\b\.?,?(?:\s(?:de\s|del\s)?(?P<dy>(?:19|20)\d\d))?"
_MONTH_FIRST = (
    rf"\b(?P<mm>{_MONTH})\.?\s(?P<md>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s(?P<my>(?:19|20)\d\d))?"
)
_CJK = r"(?P<cy>(?:19|20)\d\d)\s?年\s?(?P<cm>\d{1,2})\s?月\s?(?P<cd>\d{1,2})\s?日"
_CLOCK = r"(?P<h>[01]?\d|2[0-4])\s?(?:[:.h]|\sh\s)\s?(?P<min>[0-5]\d)(?::[0-5]\d(?:\.\d{1,6})?)?(?:\s?(?P<ap>[ap]\.?\s?m\b\.?))?(?:\s?(?:Uhr|Z\b|UTC|GMT|CES?T|[EP][SD]T|h\b|[+-]\d\d:?\d\d\b))?"
_GAP = r"[\s,@/·•|–-]{0,4}(?:at|um|on|às|alle|a las|à|om|T)?\s{0,2}"
_DAYS = (
    "mon(?:day|tag)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs?|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
    "|mo|di(?:enstag)?|mi(?:ttwoch)?|do(?:nnerstag)?|fr(?:eitag)?|sa(?:mstag)?|so(?:nntag|nnabend)?"
    "|lun(?:es|di|edì)?|mar(?:tes|di|tedì)?|mi[eé](?:rcoles)?|jue(?:ves)?|vie(?:rnes)?|s[aá]b(?:ado|ato)?|dom(?:ingo|enica)?"
    "|mer(?:credi|coledì)?|jeu(?:di)?|ven(?:dredi|erdì)?|sam(?:edi)?|dim(?:anche)?|gio(?:vedì)?"
)
_WEEKDAY = rf"(?:\b(?:{_DAYS})(?:[.,]{{1,2}}\s|\s))?"
_DAY = f"(?:{_CJK}|{_ISO}|{_NUMERIC}|{_DAY_FIRST}|{_MONTH_FIRST})"
_ABSOLUTE = re.compile(
    rf"{_WEEKDAY}(?:{_DAY}(?:{_GAP}{_CLOCK})?|{_CLOCK.replace('<h>', '<h2>').replace('<min>', '<min2>').replace('<ap>', '<ap2>')},?\s{_DAY.replace('<', '<z')})(?:\s?\(?(?:UTC|GMT)\)?)?",
    re.IGNORECASE,
)
_UNIT = (
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|yrs?|mo|[smhdwy]"
    r"|Sekunden?|Minuten?|Stunden?|Std|Tag(?:en|e)?|Wochen?|Monat(?:en|e)?|Jahr(?:en|e)?"
    r"|segundos?|minutos?|horas?|d[ií]as?|semanas?|mes(?:es)?|años?|anos?"
    r"|secondes?|heures?|jours?|semaines?|mois|ans?|giorn[oi]|or[ae]|anni|dagen|uur|jaar|дн(?:я|ей)|день|час(?:а|ов)?|минут[ыу]?|лет|год(?:а|ов)?|месяц(?:а|ев)?)"
)
_RELATIVE = re.compile(
    rf"\b(?:(?:about\s|over\s|almost\s)?(?:\d{{1,3}}\s?{_UNIT},?\s(?:and\s)?)?(?:\d{{1,3}}|an?|one|a few)\s?{_UNIT}\.?,?\s(?:ago|geleden|fa|назад)\b"
    rf"|vor\s(?:\d{{1,3}}|einem|einer|wenigen|zwei|drei|vier|fünf|sechs)\s{_UNIT}\b|(?:hace|il\sy\sa|há)\s(?:\d{{1,3}}|una?|une)\s{_UNIT}\b"
    r"|just\snow\b|(?:yesterday|today|gestern|heute|ayer|hoy|hier)(?:,?\s(?:(?:at|um|a\slas|à)\s)?\d{1,2}[:.]\d\d(?:\s?[ap]m)?)?(?=\s*$)"
    rf")|^\d{{1,3}}\s?(?:[smhdwy]|mo|min|hr|yr)s?\.?$|\b\d{{1,3}}\s?(?:天|小时|小時|分钟|分鐘|个月|年|日|時間)前",
    re.IGNORECASE,
)
_RELATIVE_WORDS = (
    "ago", "назад", " fa", "vor ", "hace", "il y", "há ", "geleden", "now", "day", "gestern", "heute", "ayer", "hoy", "hier", "前",
)  # fmt: skip
_DIGIT = re.compile(r"\d")
_NAMED = frozenset(  # how a month or a weekday begins
    [month[:3] for month in MONTHS]
    + "mon tue wed thu fri sat sun mo di mi do fr sa so son die mit don fre sam dom lun mar mié mie jue vie sáb sab mer jeu ven dim gio".split()
)
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_SHORT = 8  # code points of the longest date like "12 mo."
_LONGEST = 240  # code points; the date of a comment stands in a short line, and a long one is not searched to its end


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date in a line: where it stands, as it stood, and what it says.

    `parts` are (year or None, month, day, hour, minute), hour and minute 0 where no time is given; `order`
    is "?" where day and month could be swapped. `parts` is None for a relative date.
    """

    start: int
    end: int
    text: str
    parts: tuple[int | None, int, int, int, int] | None = None
    order: str = ""


def find(line: str) -> Stamp | None:
    """The first date in the line, or None. Looks at the first 240 code points."""
    line = line[:_LONGEST]
    for start in _beginnings(line):
        if (match := _ABSOLUTE.match(line, start)) and (stamp := _absolute(match)):
            return stamp
    low = line.lower()
    may = len(line) <= _SHORT or any(word in low for word in _RELATIVE_WORDS)
    if may and (match := _RELATIVE.search(line)):
        return Stamp(match.start(), match.end(), match.group().strip())
    return None


def _beginnings(line: str) -> list[int]:
    """Where a date may begin: at a number, or at one of the two words before one (a weekday, a month)."""
    if not _DIGIT.search(line):
        return []
    words = list(_TOKEN.finditer(line))
    near: set[int] = set()
    for k, word in enumerate(words):
        if word.group()[0].isdigit():
            near.add(k)
            near.update(n for n in (k - 1, k - 2) if n >= 0 and words[n].group()[:3].lower() in _NAMED)
    return [words[k].start() for k in sorted(near)]


def _absolute(match: re.Match[str]) -> Stamp | None:
    group = {k.removeprefix("z"): v for k, v in match.groupdict().items() if v is not None}
    order = ""
    if "iy" in group or "cy" in group:
        k = "i" if "iy" in group else "c"
        year, month, day = int(group[k + "y"]), int(group[k + "m"]), int(group[k + "d"])
    elif "n1" in group:
        first, second, year = int(group["n1"]), int(group["n2"]), int(group["ny"])
        year += 0 if year > 99 else 2000
        day, month = (second, first) if second > 12 else (first, second)
        order = "mdy" if second > 12 else "dmy" if first > 12 or "." in match.group() else "?"
    else:
        k = "d" if "dm" in group else "m"
        month, day = MONTHS[group[k + "m"].lower()], int(group[k + "d"])
        year = int(group.get(k + "y", 0))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    hour, minute = _clock(group)
    return Stamp(
        match.start(), match.end(), match.group().strip(), (year or None, month, day, hour, minute), order
    )


def _clock(group: dict[str, str]) -> tuple[int, int]:
    hour, minute = (
        int(group.get("h") or group.get("h2") or 0),
        int(group.get("min") or group.get("min2") or 0),
    )
    half = (group.get("ap") or group.get("ap2") or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return hour % 24, minute


def day_order(stamps: Iterable[Stamp]) -> str:
    """How the page writes its numeric dates: "dmy" or "mdy"; "?" where no date and no order of them tells."""
    numeric = [stamp for stamp in stamps if stamp.order in ("dmy", "mdy", "?")]
    orders = [stamp.order for stamp in numeric if stamp.order != "?"]
    if orders:
        return max(sorted(set(orders)), key=orders.count)
    turns = {order: _turns([moment(stamp, order) for stamp in numeric]) for order in ("dmy", "mdy")}
    return "?" if turns["dmy"] == turns["mdy"] else min(turns, key=lambda order: turns[order])


def _turns(moments: list[datetime | None]) -> int:
    """How many steps go against the direction that most go in: few where dates are read as they were meant."""
    known = [each for each in moments if each]
    later = sum(one < two for one, two in pairwise(known))
    earlier = sum(one > two for one, two in pairwise(known))
    return min(later, earlier)


def moment(stamp: Stamp, order: str) -> datetime | None:
    """The stamp as an aware UTC time (a page seldom says its zone: UTC is assumed), or None.

    None for a relative date, one without a year, an impossible one, and a numeric one whose day and
    month cannot be told apart on this page.
    """
    year, month, day, hour, minute = stamp.parts or (None, 1, 1, 0, 0)
    if year is None:
        return None
    if stamp.order == "?" and month != day:
        if order == "?":
            return None
        month, day = (day, month) if order == "mdy" else (month, day)
    try:
        return datetime(year, month, day, hour, minute, tzinfo=UTC)
    except ValueError:
        return None
