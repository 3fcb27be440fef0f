# ruff: noqa: E501  (a list of words reads better on one line than broken by its length)
"""Habits of writing that are seen in words: apostrophes left out, short forms, spellings, signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from threads.infer.links.thread import Ints

# A habit, the forms of it, and the forms that others would have used. The lists are ours, of words that
# people are known to write either way; no pattern repeats over a class that another beside it could match.
_FORMS: tuple[tuple[str, str, str], ...] = (
    ("writes i for I", "i i'm i’m i'd i’d i'll i’ll i've i’ve", "I I'm I’m I'd I’d I'll I’ll I've I’ve"),
    (
        "leaves out apostrophes",
        "dont cant wont isnt doesnt didnt wasnt arent havent couldnt wouldnt shouldnt im ive thats youre theyre theres whats hes lets",
        "don't can't won't isn't doesn't didn't wasn't aren't haven't couldn't wouldn't shouldn't i'm i've that's you're they're there's what's he's let's",
    ),
    (
        "uses short forms",
        "u ur r thx pls plz lol cuz bc imo imho btw tho gonna wanna dunno afaik iirc omg wtf ppl idk hv nd coz ty w/ b4",
        "you your are thanks please because though people going with before",
    ),
    (
        "spells the British way",
        "colour colours favour favourite behaviour honour neighbour neighbours labour centre whilst licence defence programme realise realised recognise organisation organised analyse apologise criticise grey travelling cancelled",
        "color colors favor favorite behavior honor neighbor neighbors labor center while license defense program realize realized recognize organization organized analyze apologize criticize gray traveling canceled",
    ),
    ("writes ss for ß", "dass gross grosse grossen strasse heisst weiss ausser aussen muss", "daß groß große großen straße heißt weiß außer außen muß"),
    (
        "misspells common words",
        "teh alot recieve recieved definately definatly seperate seperately loosing untill wich becuase beleive thier wierd occured tommorow noone truely arguement goverment enviroment existance wether garantie vieleicht",
        "receive received definitely separate separately losing until which because believe their weird occurred tomorrow truly argument government environment existence whether garantiert vielleicht",
    ),
    ("joins with &", "&", "and und et y"),
    ("writes numbers in digits", "1 2 3 4 5 6 7 8 9 10", "one two three four five six seven eight nine ten"),
)  # fmt: skip
# A habit, its pattern, how many characters at the end of the text it may stand in (0: all), and what the text
# must hold for the pattern to be worth a look.
_ONCE: tuple[tuple[str, str, int, tuple[str, ...]], ...] = (
    ("greets first", r"\A\W{0,3}(?:hi|hello|hey|dear|hallo|bonjour|salut|hola|good (?:morning|day|evening))\b", 0, ()),
    ("begins with @", r"\A\W{0,3}@\w", 0, ("@",)),
    ("signs", r"\n\W{0,3}(?:cheers|regards|best|thanks|greetings|gru(?:ss|ß)|lg|mfg|kind regards|best regards|yours|saludos)?[,.!\s]{0,3}[^\W\d_]{1,14}\W{0,2}\Z", 60, ("\n",)),
    ("ends with thanks", r"\b(?:thanks|thank you|thx|danke|merci|gracias|tia|cheers)\W{0,3}(?:\w{1,12}\W{0,3})?\Z", 60, ()),
    ("smiles :)", r"[:;]['’]?[()DPp](?!\w)", 0, (":", ";")),
    ("smiles :-)", r"[:;]-[()DPp](?!\w)", 0, (":-", ";-")),
    ("laughs", r"\b(?:haha|lol\b|lmao|jaja|hehe|xd\b|rofl)", 0, ("aha", "lol", "lma", "jaj", "heh", "xd", "rof")),
    ("gives links", r"https?://|\bwww\.", 0, ("://", "www.")),
    ("quotes with >", r"^\s{0,8}(?:>|&gt;)", 0, (">", "&gt;")),
)  # fmt: skip
WORDS: tuple[str, ...] = (*(name for name, _, _ in _FORMS), *(name for name, _, _, _ in _ONCE))

_TOKEN = re.compile(r"[\w&]+(?:['’/]\w{0,3})?")
_ONE = [(re.compile(pattern, re.IGNORECASE | re.MULTILINE), end, needed) for _, pattern, end, needed in _ONCE]


def _places() -> dict[str, list[tuple[int, int]]]:
    """For each form as it may stand in a text: the habits it belongs to, and whether it is a hit."""
    exact: dict[str, list[tuple[int, int]]] = {}
    for at, (_, does, would) in enumerate(_FORMS):
        for word, hit in [*((word, 1) for word in does.split()), *((word, 0) for word in would.split())]:
            exact.setdefault(word, []).append((at, hit))
    found = dict(exact)
    for word, places in exact.items():
        for form in (word, word.capitalize(), word.upper()):
            found.setdefault(form, places)
            found.setdefault(form.replace("'", "’"), places)
    return found


_PLACES = _places()


def count_words(texts: Sequence[str]) -> Ints:
    """Hits and chances (first axis) of each text (second) for each of WORDS (third)."""
    done = np.zeros((2, len(texts), len(WORDS)), dtype=np.int64)
    for row, text in enumerate(texts):
        tokens = _TOKEN.findall(text)
        for word in _PLACES.keys() & set(tokens):
            count = tokens.count(word)
            for at, hit in _PLACES[word]:
                done[0, row, at] += hit * count
                done[1, row, at] += count
        if text:
            done[1, row, len(_FORMS) :] = 1
            done[0, row, len(_FORMS) :] = _once(text)
    return done


def _once(text: str) -> list[bool]:
    low = text.lower()
    return [
        bool((not needed or any(part in low for part in needed)) and pattern.search(text[-end:]))
        for pattern, end, needed in _ONE
    ]
