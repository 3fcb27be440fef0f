"""Where the figures of a run come from, said in words: the kinds of files and the scorers."""

from __future__ import annotations

from typing import Any

from reports.words import percent
from threads.evaluation.tropecheck import result_of
from threads.files.taken import told
from threads.formats import FORMATS

_PARTS = {
    "overall": "right",
    "flag": "of those to be flagged",
    "clear": "of the harmless ones",
    "condemn_and_report": "of condemning and reporting ones",
}
_TITLES = {each.name: each.title for each in FORMATS}


def read_as(platform: str) -> str:
    """The kind of file by its title; a name that no format has stays as it is."""
    return _TITLES.get(platform, platform)


def taken(row: dict[str, Any]) -> str:
    """What the columns of an input file were taken for; empty for a format that knows its own."""
    return told(row["columns"], row.get("unread", [])) if row.get("columns") else ""


def scorer(about: dict[str, Any]) -> str:
    """What a detector's `describe()` says, as a reader knows it; of an unknown kind, its short facts."""
    version = str(about.get("version", ""))
    match about.get("kind"):
        case "linear n-grams":
            return f"the built-in word model {version} (no Detoxify checkpoint was given)"
        case "cascade":
            encoder = about["encoder"]["version"]
            return f"{scorer(about['first'])}; what that cannot rule out, by the sentence encoder {encoder}"
        case "transformer":
            return version.replace("detoxify:", "Detoxify ")
        case "lexicon":
            return f"the word list of {version}"
        case "lexicon with stance gate":
            return f"{about.get('entries')} built-in rules, weighed by what the writer does with the words"
    return ", ".join(f"{key} {value}" for key, value in about.items() if _is_short(key, value))


def checked(name: str, about: dict[str, Any]) -> str:
    """TropeCheck's result, where it was measured of this very detector; else nothing."""
    found = result_of(name, about)
    if not found:
        return ""
    shares = {part: found[part]["right"] / found[part]["cases"] for part in _PARTS}
    told = ", ".join(f"{percent(shares[part])} {what}" for part, what in _PARTS.items())
    return f"TropeCheck, {found['overall']['cases']} held cases: {told}"


def _is_short(key: str, value: object) -> bool:
    return key not in {"name", "heads"} and (
        isinstance(value, int | float) or (isinstance(value, str) and len(value) <= 60)
    )
