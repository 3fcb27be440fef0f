"""Sentiment by vaderSentiment, sentence by sentence."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import pandas as pd

from threads.detectors.base import Findings
from threads.detectors.vader import vader
from threads.schema import EVIDENCE, SCORES, conform, empty
from threads.text import sentences

READ_AT_MOST = 20_000
"""Code points of a comment that are read (about 3,500 words); what comes after does not count."""

LONGEST_SENTENCE = 500
"""Longer sentences, as of a text without full stops, are cut, as their sum would run to ±1 again."""


class Sentiment:
    """English sentiment in [-1, 1]: VADER's compound of each sentence, averaged over the sentences that say
    something, each weighted by its length.

    VADER adds up the words, so that the compound of a whole long text runs to ±1 whatever it says; that of a
    sentence does not. Sentences without a word of feeling (compound 0) are left out of the mean, as they
    would drown the others. No evidence is given: the score colours a chart and accuses nobody.
    """

    name = "sentiment"
    heads = ("sentiment",)

    def describe(self) -> dict[str, Any]:
        return {"kind": "lexicon", "version": f"vaderSentiment {version('vaderSentiment')}", "sha256": None}

    def detect(self, comments: pd.DataFrame) -> Findings:
        """Scores without evidence; 0 for an empty text and for one in which no word has a feeling."""
        scores = [sentiment_of(text) for text in comments["text"].fillna("").tolist()]
        frame = pd.DataFrame({"comment_id": comments["comment_id"].tolist(), "sentiment": scores})
        return Findings(conform(frame, SCORES), empty(EVIDENCE))


def sentiment_of(text: str) -> float:
    """The sentiment of one text in [-1, 1]."""
    compound_of = vader().compound
    compounds = [(compound_of(sentence), len(sentence)) for sentence in _sentences(text)]
    weight = sum(length for compound, length in compounds if compound)
    return sum(compound * length for compound, length in compounds) / weight if weight else 0.0


def _sentences(text: str) -> list[str]:
    text, start, found = text[:READ_AT_MOST], 0, list[str]()
    for end in sentences(text):
        while end - start > LONGEST_SENTENCE:
            found.append(text[start : start + LONGEST_SENTENCE])
            start += LONGEST_SENTENCE
        found.append(text[start:end])
        start = end
    return found
