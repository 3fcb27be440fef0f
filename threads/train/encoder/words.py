"""Words that name groups, swapped for others and masked, so that the act is learned and not the name."""

from __future__ import annotations

import re
from random import Random

JEWISH = re.compile(
    r"\b(?:jew|jews|jewish|jewess|jewry|judaism|israel|israelis?|zionists?|zionism|synagogues?|rabbis?)\b",
    re.I,
)
"""Words with a counterpart in OTHERS; a text is only swapped where nothing of BOUND stands beside them."""

BOUND = re.compile(
    r"kike|yid\b|goy|shekel|shoah|holocaust|holohoax|auschwitz|hitler|nazi|oven|gas|6 ?million|six million"
    r"|rothschild|soros|talmud|torah|hebrew|kosher|idf\b|gaza|palestin|\(\(\(|zio(?!nis(?:ts?|m)\b)\w|jew(?!(?:s|ish|ess|ry)\b)\w|juden|semit|mossad"
    r"|netanyahu|jerusalem|khazar|netanyahu|aipac|adl\b",
    re.I,
)
"""What ties a text to Jews whatever the names say: swapped, it would be neither one thing nor the other."""

TELLING = re.compile(rf"{BOUND.pattern}|{JEWISH.pattern}", re.I)
"""A text without any of this is about something else than Jews."""

FORMS = ("people", "one", "adjective", "faith", "land", "citizens", "citizen", "movement", "house", "teacher")
OTHERS = tuple(
    tuple(line.split())
    for line in (
        "muslims muslim muslim islam turkey turks turk islamism mosque imam",
        "catholics catholic catholic catholicism poland poles pole popery church priest",
        "hindus hindu hindu hinduism india indians indian hindutva temple priest",
        "mormons mormon mormon mormonism utah mormons mormon mormonism temple elder",
        "mexicans mexican mexican catholicism mexico mexicans mexican nationalism church priest",
        "chinese chinese chinese buddhism china chinese chinese communism temple monk",
        "gays gay gay homosexuality sweden swedes swede liberalism club teacher",
        "immigrants immigrant immigrant multiculturalism germany germans german globalism shelter teacher",
        "russians russian russian orthodoxy russia russians russian nationalism church priest",
        "blacks black black christianity nigeria nigerians nigerian nationalism church pastor",
        "atheists atheist atheist atheism france frenchmen frenchman secularism school teacher",
        "christians christian christian christianity america americans american nationalism church pastor",
    )
)
"""What each of FORMS is for other groups; a line a group."""

_FORM_OF = {
    "jews": "people",
    "jewry": "people",
    "jew": "one",
    "jewess": "one",
    "jewish": "adjective",
    "judaism": "faith",
    "israel": "land",
    "israelis": "citizens",
    "israeli": "citizen",
    "zionists": "people",
    "zionist": "adjective",
    "zionism": "movement",
    "synagogue": "house",
    "synagogues": "house",
    "rabbi": "teacher",
    "rabbis": "teacher",
}

_ADJECTIVES = (
    "muslim|islamic|mexican|chinese|asian|black|african|arab|latino|hispanic|native american|middle eastern"
    "|indian|gay|lgbtq?|transgender|trans|homosexual|indigenous|hindu|immigrant|white|christian|catholic"
)
_PLURALS = (
    "muslims|moslems|mexicans|asians|blacks|africans|arabs|latinos|hispanics|native americans|indians"
    "|immigrants|refugees|migrants|gays|lesbians|homosexuals|hindus|christians|catholics|whites|feminists|atheists|somalis"
    "|pakistanis|turks|poles"
)
_PERSONS = (
    "people|folks|men|man|women|woman|person|community|communities|guy|guys|kids|children|families"
    "|neighbou?rs?"
)
OTHER = re.compile(
    rf"\b(?:(?P<plural>{_PLURALS})|(?P<adjective>{_ADJECTIVES})(?= (?:{_PERSONS})\b)|(?P<faith>islam)"
    r"|(?P<one>muslim|moslem|islamic))\b",
    re.I,
)
"""Names of groups for which the same sentence can be said of Jews."""

UNSWAPPABLE = re.compile(
    r"\b(?:nigg\w*|niger|fag\w*|dykes?|spics?|chinks?|muzz?\w*|mudslimes?|sharia|allah|mosques?|mohamm?[ea]d|muhamm?ad"
    r"|qur'?an|koran|isis|jihad\w*|terror\w*|marriage|lesbian\w*|aids|gender\w*|slave\w*|skin|africa|mexico|border|wall"
    r"|quran|burqas?|hijabs?|coons?|wetbacks?|beaners?|ragheads?|towelheads?|sandnigg\w*|illegals?|white|halal)\b",
    re.I,
)
"""Words that tie a sentence to another group, so that with "Jews" in it it would make no sense."""

_ANY = re.compile(rf"{JEWISH.pattern}|{OTHER.pattern}|\b(?:{_ADJECTIVES}|women|woman)\b", re.I)
TOPICS = re.compile(
    r"\b(?:covid(?: ?-? ?19)?|corona(?:virus)?|sars-cov-2|vaccin\w*|vax\w*|pandemic|plandemic|virus\w*|pfizer"
    r"|moderna|astrazeneca|bill gates|gates|fauci|jabs?|shots?|masks?|lockdowns?|lock-downs|(?-i:WHO)|mrna"
    r"|doses?|pharma|doctors?|nurses?|medical|health|plague)\b",
    re.I,
)
"""Words of the one topic that the conspiracy rows have: learned by, they would make a COVID detector."""

MASK = "[MASK]"


def as_other(text: str, draw: Random) -> str | None:
    """The same sentence said of another group or country; None where it cannot be."""
    if not JEWISH.search(text) or BOUND.search(text):
        return None
    other = dict(zip(FORMS, draw.choice(OTHERS), strict=True))
    return JEWISH.sub(lambda found: _cased(found[0], other[_FORM_OF[found[0].lower()]]), text)


def as_jewish(text: str) -> str | None:
    """The same sentence said of Jews; None where it names no group or is tied to the group it names."""
    if not OTHER.search(text) or TELLING.search(text):
        return None
    said = OTHER.sub(lambda found: _cased(found[0], _jewish(found)), text)
    return None if UNSWAPPABLE.search(said) else said


def _jewish(found: re.Match[str]) -> str:
    if found["plural"]:
        return "jews"
    return "judaism" if found["faith"] else "jewish"


def _cased(model: str, word: str) -> str:
    return word.capitalize() if model[:1].isupper() else word


def masked(text: str, words: re.Pattern[str] = _ANY) -> str:
    """The text with each of `words` (names of groups, unless told) replaced by a mask."""
    return words.sub(MASK, text)


def thinned(text: str, words: re.Pattern[str], kept: float, draw: Random) -> str:
    """The text with those of `words` masked that are not among the share `kept`."""
    return words.sub(lambda found: found[0] if draw.random() < kept else MASK, text)


LEFT = 60
"""Words that a text keeps where it is read from somewhere within: about what the encoder reads at a time."""


def later(text: str, draw: Random) -> str:
    """The text from a random word on, at least LEFT words; the whole of a text that has no more."""
    words = text.split()
    return " ".join(words[draw.randrange(len(words) - LEFT + 1) :]) if len(words) > LEFT else text
