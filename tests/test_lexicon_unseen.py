"""How the trope detectors do on comments whose wording they were not written for.

The table says it of itself: nothing may be tuned on it. The floors are what was measured when it was added;
a change that lowers one has to say why.
"""

from pathlib import Path

import pandas as pd
import pytest

from threads.detectors.antisemitism import antisemitism
from threads.detectors.conspiracy import conspiracy

TABLE = pd.read_csv(Path(__file__).with_name("lexicon_unseen.tsv"), sep="\t", comment="#", quoting=3)
FLAGGED = 0.5


@pytest.mark.parametrize(
    ("detector", "found", "alarms"),
    [(antisemitism(), 11, 0), (conspiracy(), 6, 0)],
    ids=["antisemitism", "conspiracy"],
)
def test_floors_on_unseen_comments(detector, found, alarms):
    rows = TABLE[TABLE.detector == detector.name].reset_index(drop=True)
    assert rows.label.value_counts().to_dict() == {"endorse": 20, "trap": 20}
    comments = pd.DataFrame({"comment_id": rows.index.astype(str), "text": rows.text, "parent_text": None})
    flagged = detector.detect(comments).scores[detector.heads[0]] >= FLAGGED
    assert flagged[rows.label == "endorse"].sum() >= found
    assert flagged[rows.label == "trap"].sum() <= alarms
