"""The passages by which the encoder went, broken down into words: for comments that will be shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from threads.detectors.cascade import RULE, encoder
from threads.detectors.occlusion import marks
from threads.hyperlinks import blanked
from threads.schema import EVIDENCE, conform
from threads.scored import Scored


def with_words(scored: Scored, comment_ids: Collection[str]) -> Scored:
    """The same run, each passage that raised a score of these comments replaced by the words that count most
    in it, of kind `approximate`.

    It costs some dozen readings a passage. A passage in which no word stands out stays, as do all of a run
    that another encoder scored.
    """
    rows = scored.evidence
    asked = rows[(rows["rule"] == RULE) & (rows["weight"] > 0) & rows["comment_id"].isin(set(comment_ids))]
    if asked.empty or not _same_encoder(scored):
        return scored
    texts = scored.comments.set_index("comment_id")["text"].map(blanked)
    found = [_words(part, texts[part["comment_id"]].tolist()) for _, part in asked.groupby("detector")]
    words = pd.concat(found, ignore_index=True)
    told = set(zip(words["comment_id"], words["detector"], strict=True))
    is_told = [pair in told for pair in zip(asked["comment_id"], asked["detector"], strict=True)]
    kept = rows.drop(index=asked.index[is_told])
    return replace(scored, evidence=conform(pd.concat([kept, words], ignore_index=True), EVIDENCE))


def _words(passages: pd.DataFrame, texts: list[str]) -> pd.DataFrame:
    """EVIDENCE of one detector's passages, with the stance of each and its reason before the words' own."""
    head = str(passages["detector"].iloc[0])
    words = marks(encoder(), passages["comment_id"].tolist(), texts, head)
    whole = passages.set_index("comment_id").loc[words["comment_id"]]
    reason = whole["reason"].to_numpy() + "; without these words less so"
    return words.assign(stance=whole["stance"].to_numpy(), reason=reason)


def _same_encoder(scored: Scored) -> bool:
    """Whether the encoder here is the one that the run names."""
    named = [about["encoder"] for about in scored.run.get("detectors", {}).values() if "encoder" in about]
    return all(each == encoder().describe() for each in named)
