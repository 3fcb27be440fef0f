"""Words that name groups of people, by which false alarms are counted: data/identity_terms.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

import pandas as pd

LANGUAGES = ("en", "de", "fr", "es")


@cache
def identity_terms() -> dict[str, re.Pattern[str]]:
    """Every term with the pattern of its forms in all languages, in the order of the file."""
    source = files("threads").joinpath("data/identity_terms.toml").read_text(encoding="utf-8")
    return {
        row["name"]: _pattern([form for language in LANGUAGES for form in row[language]])
        for row in tomllib.loads(source)["term"]
    }


def naming(texts: pd.Series) -> pd.DataFrame:
    """Which terms stand in each text, whatever their case: a boolean column a term, the index of `texts`."""
    folded = [text.casefold() for text in texts]
    return pd.DataFrame(
        {name: [bool(pattern.search(text)) for text in folded] for name, pattern in identity_terms().items()},
        index=texts.index,
    )


def _pattern(forms: list[str]) -> re.Pattern[str]:
    """Whole words; longer forms first, so that none is hidden by its beginning."""
    escaped = sorted((re.escape(form.casefold()) for form in forms), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(escaped)})(?!\w)")
