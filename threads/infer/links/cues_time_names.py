"""The names of the further cues for pages ordered by time, in the order of their columns."""

from __future__ import annotations

# Upper ends of the steps in which distance and time are told, besides their logarithms.
PLACES = (2, 3, 5, 8, 13, 20, 40)
SECONDS = (1, 61, 121, 301, 601, 1801, 7201)
PAIR: tuple[str, ...] = (
    *(f"up to {step} comments before" for step in PLACES),
    *(f"less than {step} seconds before" for step in SECONDS),
    "times of both known",
    "comments of the candidate since",
    "own comments since",
    "comments of others since",
    "own latest",
    "own latest, within a minute",
    "own latest, right before",
    # Partners
    "candidate is the one whom the author named last",
    "author is the one whom the candidate named last",
    "each named the other last",
    "candidate is the one whom the author names next",
    "author is the one whom the candidate names next",
    "candidate named by the author soon after",
    "author named by the candidate soon after",
    "candidate is the one whom the author named last and names next",
    "candidate names another next",
    "own, of one who goes on with the one named",
    # Names
    "candidate named since",
    "candidate named since, often",
    "candidate named by the author since",
    "author named since",
    "author named by the candidate since",
    "latest that names the author",
    "second latest by the one named",
    "latest question by the one named",
    "latest by the one named that names the author",
    "latest by the one named that names nobody",
    "names another than the candidate",
    "candidate names another",
    "both name the same person",
    "both name the same person, and one wrote both",
    "unanswered question",
    "candidate is a command about the one named",
    # Around the candidate
    "candidate goes on right away",
    "candidate goes on from the one before",
    "candidate goes on soon",
    "candidate is its author's first",
    "candidate has written before",
    "candidate was silent for",
    "latest question",
    "candidate is a command",
    "words in common",
    "words in common with the candidate's talk",
    "words in common with own talk",
)
OWN: tuple[str, ...] = (
    "own latest, how far",
    "names somebody next",
    "next of own, how far",
    "own latest, how long ago",
    "author named, how far",
    "author named after own latest",
    "one named is here",
    "one named, how far",
    "one named has named the author",
    "names the same as before",
    "names somebody else than before",
    "is a command",
    "one word",
    "few words",
    "pace of the page",
    "opens asking and is new",
)
NAMES: tuple[str, ...] = (*PAIR, *OWN)
