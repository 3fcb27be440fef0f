"""Signatures on talk pages: a link to a user and a time with its zone, in the languages of large wikis."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

# What stands before the colon in a link to a user, to a user's talk page or to what an address has written.
_SPACES = (
    r"User|User[ _]talk|U|UT|Benutzer(?:in)?|Benutzer(?:in)?[ _]Diskussion|BD|Utilisat(?:eur|rice)|"
    r"Discussion[ _]utilisat(?:eur|rice)|Usuari[oa]|Usuari[oa][ _]discusión|Usuari|Usuari[ _]Discussió|"
    r"Utente|Discussioni[ _]utente|Gebruiker|Overleg[ _]gebruiker|Usuári[oa]|Usuári[oa]\(a\)|"
    r"Usuári[oa](?:\(a\))?[ _]Discussão|Участни(?:к|ца)|Обсуждение[ _]участни(?:ка|цы)|ОУ|У|"
    r"Wikipedyst(?:a|ka)|Dyskusja[ _]wikipedyst(?:y|ki)|Användare|Användardiskussion|Bruker|Brukerdiskusjon|"
    r"Bruger|Brugerdiskussion|Käyttäjä|Keskustelu[ _]käyttäjästä|Kullanıcı|Kullanıcı[ _]mesaj|"
    r"Користувач(?:ка)?|Обговорення[ _]користувача|Wikipedist(?:a|ka)|Uživatel(?:ka)?|"
    r"Diskuse[ _]s[ _](?:wikipedistou|uživatelem)|Szerkesztő|Szerkesztővita|"
    r"利用者|利用者[-‐]会話|用户|用戶|使用者|User[-‐]会話|사용자|사용자토론|"
    r"Thành[ _]viên|Thảo[ _]luận[ _]Thành[ _]viên|Pengguna|Pembicaraan[ _]Pengguna|"
    r"Utilizator|Discuție[ _]Utilizator|Redaktor|Diskusia[ _]s[ _]redaktorom|Lankide|Lankide[ _]eztabaida|"
    r"Χρήστης|Συζήτηση[ _]χρήστη|Потребител|Потребител[ _]беседа|Корисник|Разговор[ _]с[ _]корисником|"
    r"משתמש(?:ת)?|שיחת[ _]משתמש(?:ת)?|مستخدم(?:ة)?|نقاش[ _]المستخدم(?:ة)?|کاربر|بحث[ _]کاربر"
)
_SPECIAL = (
    r"(?:Special|Spezial|Spécial|Especial|Speciale|Speciaal|Служебная|Specjalna|Спеціальна|"
    r"특수|خاص|ویژه|מיוחד)"
)
_PERSON = re.compile(
    rf"\[\[\s*:?(?:[a-z-]{{2,12}}:)?(?:(?:{_SPACES})\s*:|{_SPECIAL}\s*:[^\[\]|/]{{3,30}}/)"
    r"\s*([^\[\]|/#<>]{1,120})",
    re.IGNORECASE,
)
_ZONE = re.compile(r"\(([A-Z]{2,5}|[+-]\d{2}|ت ع م)\)")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:.h](\d{2})(?:min)?(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_DAY = re.compile(r"(?<![\d:.h])(\d{1,2})(?![\d:h]|\.\d\d\b|min)")
_EASTERN = re.compile(r"(20\d\d)[年년]\s?(\d{1,2})[月월]\s?(\d{1,2})[日일]")
_VIETNAMESE = re.compile(r"(\d{1,2})\s?tháng\s?(\d{1,2})\s?năm\s?(20\d\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(20\d\d)")
_UNSIGNED = re.compile(
    r"\{\{\s*(?:subst:)?(?:unsigned|unsigned[ _]?ip|unsigniert|nicht unterzeichnet|nicht signiert|"
    r"non signé|non signe|sin firmar?|no firmado|non firmato|niet ondertekend|não assinado|"
    r"не подписано|без подписи|unbekannt|osignerat|usigneret|ikke signert|imzasız|nepodepsáno|未签名|未簽名)"
    r"[23]?\s*\|([^{}]{1,300})\}\}",
    re.IGNORECASE,
)
# What such a template leaves behind on the page, from its first tag to the name.
_BY_OTHERS = re.compile(
    r"<(?:small|span|font)\b[^<>]{0,200}>(?=[^<>]{0,160}(?:unsigned|undated|signiert|signé|firmar|firmado|firmato|"
    r"ondertekend|assinad|подпис|osignera|usigner|signert))[^<>]{0,160}$",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:[\s\-–—―~•·|(]|''+|&(?:mdash|ndash|nbsp);|<[^<>]{0,200}>|\{\{|\[\[)*+$")
_LONGEST = 700  # characters of decoration between a user's first link and the time
_MONTHS = (  # what names begin with: English, German, French, Spanish, Portuguese, Italian, Dutch, and others
    "jan ene gen янв яну јан sty січ led ocak tammi ian urt ιαν ינו ينا ژان",
    "feb fév fev фев феб lut лют úno şub helmi ots φεβ פבר فبر فور",
    "mar mär mrt мар бер bře maalis márc μαρ μάρ מרץ מרס مار",
    "apr avr abr апр kwi квіт dub nisan huhti ápr api απρ אפר أبر ابر آور",
    "may mai mag mei maj май мая мај трав kvě mayıs touko máj μαΐ μάι μαι מאי ماي مه",
    "jun juin giu июн юни јун cze черв čvn haziran kesä jún iun eka ιουν ιούν יונ يوني ژوئن",
    "jul juil lug июл юли јул lip лип čvc temmuz heinä júl iul uzt ιουλ ιούλ יול يولي ژوئی",
    "aug aoû ago авг sie серп srp ağu elo agu abu αυγ αύγ אוג أغس اغس اوت",
    "sep set сен сеп wrz верес zář eylül syys sze ira σεπ ספט سبت سپت",
    "oct okt out ott окт paź жовт říj ekim loka urr οκτ אוק أكت اكت اکت",
    "nov ноя ное нов lis листоп kasım marras noi aza νοε νοέ נוב نوف نوا",
    "dec déc dez dic des дек дец gru груд pro aralık joulu abe δεκ דצמ ديس دسا",
)
_MONTH_OF = {start: number for number, names in enumerate(_MONTHS, 1) for start in names.split()}
_LONGEST_FIRST = sorted(_MONTH_OF, key=len, reverse=True)
_HOURS = {
    "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2,
    "EEST": 3, "IDT": 3, "MSK": 3, "JST": 9, "KST": 9, "ت ع م": 0, "EST": -5, "EDT": -4, "PST": -8, "PDT": -7,
}  # fmt: skip


class Signature(NamedTuple):
    """Who signed a line and when; `start` is where the signature begins in the line."""

    start: int
    author: str
    created: datetime | None
    created_text: str


def signature(line: str) -> Signature | None:
    """The signature that ends a line; None where there is none."""
    if "[[" not in line and "{{" not in line:
        return None
    return _signed(line) or _marked(line)


def _signed(line: str) -> Signature | None:
    """A link to a user and behind it, close to the end, a time."""
    zone = next(reversed(list(_ZONE.finditer(line))), None)
    if zone is None or len(line) - zone.end() > 80:
        return None
    links = list(_PERSON.finditer(line, max(0, zone.start() - _LONGEST), zone.start()))
    if not links or links[-1].end() < zone.start() - 260:
        return None
    stated = _bare(re.sub(r"\[\[.*?\]\]|<[^<>]{0,200}>", " ", line[links[-1].start() : zone.end()]))[-70:]
    if not _YEAR.search(stated) or not _CLOCK.search(stated):
        return None
    author = _name(links[-1][1])
    own = [link for link in links if _name(link[1]).casefold() == author.casefold()]
    start = _run(line, own)
    by_others = _BY_OTHERS.search(line[:start], max(0, start - _LONGEST))
    start = by_others.start() if by_others else start
    text = stated.strip(" )(|]") + ")"
    return Signature(start, author, _time(stated, zone[1]), text)


def _run(line: str, links: list[re.Match[str]]) -> int:
    """Where the last unbroken row of links to one user begins, with the dashes and tags before it."""
    first = links[-1]
    for link in reversed(links[:-1]):
        if first.start() - link.end() > 160:
            break
        first = link
    before = _BEFORE.search(line, max(0, first.start() - _LONGEST), first.start())
    return before.start() if before else first.start()


def _marked(line: str) -> Signature | None:
    """A template by which somebody else signed: its parameters are a name and, mostly, a time."""
    found = _UNSIGNED.search(line)
    if found is None:
        return None
    given = [_bare(part.rpartition("=")[2]).strip() for part in found[1].split("|")]
    times = [part for part in given if _YEAR.search(part) and _CLOCK.search(part)]
    names = [part for part in given if part and part not in times]
    if not names:
        return None
    stated = times[0] if times else ""
    zone = _ZONE.search(stated)
    return Signature(found.start(), _name(names[0]), _time(stated, zone[1] if zone else "UTC"), stated)


def _bare(text: str) -> str:
    """The text with digits of every script as ours, and without the invisible marks of direction."""
    return re.sub(r"\d", lambda digit: str(int(digit[0])), re.sub("[\u200e\u200f\u061c]", "", text))


def _name(text: str) -> str:
    return " ".join(text.replace("_", " ").split())


def _time(stated: str, zone: str) -> datetime | None:
    """The time in UTC; None where a part of it is not understood."""
    clocks = _CLOCK.findall(stated)
    date = _date(stated)
    hours = int(zone) if zone[0] in "+-" else _HOURS.get(zone)
    if not clocks or date is None or hours is None:
        return None
    year, month, day = date
    zone_of = timezone(timedelta(hours=hours))
    for hour, minute in clocks:
        try:
            local = datetime(year, month, day, int(hour), int(minute), tzinfo=zone_of)
        except ValueError:  # "5.03" of a date is no clock
            continue
        return local.astimezone(UTC)
    return None


def _date(stated: str) -> tuple[int, int, int] | None:
    if vietnamese := _VIETNAMESE.search(stated):
        return int(vietnamese[3]), int(vietnamese[2]), int(vietnamese[1])
    if eastern := _EASTERN.search(stated):
        return int(eastern[1]), int(eastern[2]), int(eastern[3])
    if numeric := _NUMERIC.search(stated):
        return int(numeric[3]), int(numeric[2]), int(numeric[1])
    year = _YEAR.search(stated)
    month = next((number for word in re.findall(r"[^\W\d_]{2,}", stated) if (number := _month(word))), None)
    without_clock = _CLOCK.sub(" ", stated)
    days = [day for day in _DAY.findall(without_clock) if 1 <= int(day) <= 31]
    return (int(year[1]), month, int(days[0])) if year and month and days else None


def _month(word: str) -> int | None:
    folded = word.casefold().removeprefix("ב")  # Hebrew writes "in May" as one word
    return next((_MONTH_OF[start] for start in _LONGEST_FIRST if folded.startswith(start)), None)
