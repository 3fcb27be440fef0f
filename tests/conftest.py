"""A small scored run that many tests look at: two threads, five people, one of them unnamed."""

from __future__ import annotations

import pandas as pd
import pytest

from threads.rebuild import rebuild
from threads.schema import COMMENTS, EVIDENCE, SCORES, conform
from threads.scored import Scored

# id, thread, parent, author, day, text, toxicity, antisemitism, conspiracy, sentiment
ROWS = [
    ("a", "t1", None, "Nora Feld", "2025-03-01", "The new tram line is late again.", 0.1, 0.0, 0.0, -0.2),
    (
        "b",
        "t1",
        "a",
        "grumbler",
        "2025-03-01",
        "Jews own the tram company, everyone knows.",
        0.6,
        0.9,
        0.4,
        -0.4,
    ),
    (
        "c",
        "t1",
        "b",
        "Nora Feld",
        "2025-03-02",
        "That is an old lie about Jews, stop it.",
        0.3,
        0.0,
        0.0,
        -0.5,
    ),
    ("d", "t1", "b", None, None, "You are scum, Nora.", 0.95, 0.0, 0.0, -0.6),
    ("e", "t2", None, "Ivo", "2025-03-05", "A hidden circle planned the flood.", 0.2, 0.0, 0.95, -0.1),
    ("f", "t2", "e", "Ivo", "2025-03-05", "A hidden circle planned the flood!", 0.2, 0.0, 0.95, -0.1),
    ("g", "t2", "e", "Petra", "2025-03-09", "Thanks for the pictures of the flood.", 0.0, 0.0, 0.0, 0.6),
]

FOUND = [
    ("b", "antisemitism", "A3", "Jews own the tram company", 0.9, "endorse", "Jews secretly own firms"),
    ("b", "antisemitism", "A4", "own", 0.3, "endorse", "Jews are all about money"),
    ("c", "antisemitism", "A3", "lie about Jews", 0.8, "condemn", "Jews secretly own firms"),
    ("c", "antisemitism", "A3", "lie", -0.8, "condemn", "‘lie’ speaks against it"),
    ("d", "toxicity", None, "scum", 2.1, None, "an insult"),
    ("e", "conspiracy", "N1", "hidden circle", 0.6, "endorse", "a hidden group is at work"),
    ("f", "conspiracy", "N1", "hidden circle", 0.6, "endorse", "a hidden group is at work"),
]


@pytest.fixture
def scored() -> Scored:
    names = ["comment_id", "thread_id", "parent_id", "author", "created", "text"]
    table = pd.DataFrame([row[:6] for row in ROWS], columns=names).assign(
        platform="csv", source="made-up.csv", position=range(len(ROWS)), title="Trams and floods"
    )
    table["created"] = pd.to_datetime(table.created, utc=True)
    table["author_id"] = table.author.fillna("t1/anon-1")
    heads = ["toxicity", "antisemitism", "conspiracy", "sentiment"]
    scores = pd.DataFrame([(row[0], *row[6:]) for row in ROWS], columns=["comment_id", *heads])
    texts = {row[0]: row[5] for row in ROWS}
    evidence = pd.DataFrame([
        {"comment_id": i, "detector": d, "category": c,
         "start": texts[i].index(w), "end": texts[i].index(w) + len(w),
         "weight": weight, "rule": "r", "kind": "rule", "stance": stance, "reason": reason}
        for i, d, c, w, weight, stance, reason in FOUND
    ])  # fmt: skip
    comments = rebuild(conform(table, COMMENTS))
    return Scored(comments, conform(scores, SCORES), conform(evidence, EVIDENCE))
