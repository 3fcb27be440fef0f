"""The detectors that score comments; a further one is an object that satisfies base.Detector."""

from __future__ import annotations

from pathlib import Path

from threads.detectors.base import Detector

BUILT_IN = "built-in"


def built_in(
    toxicity: str = BUILT_IN, checkpoint: Path | None = None, *, only_fast: bool = False
) -> tuple[Detector, ...]:
    """Return the four detectors, toxicity by our own scorers or by Detoxify ("detoxify:original-small").

    Lexicons and n-grams read every comment, the embedded encoder those that they cannot rule out; with
    `only_fast` the encoder reads none. `checkpoint` is the file that Detoxify loads; without it one that was
    fetched or lies in torch's cache is used. Raises ModelError where there is none.
    """
    from threads.detectors.cascade import Cascade

    sentiment, toxic, *tropes = fast()
    ours = tropes if toxicity != BUILT_IN else [toxic, *tropes]
    read = ours if only_fast else [Cascade(each) for each in ours]
    return (sentiment, *read) if toxicity == BUILT_IN else (sentiment, _detoxify(toxicity, checkpoint), *read)


def _detoxify(toxicity: str, checkpoint: Path | None) -> Detector:
    from threads.detectors.detoxify_heads import load

    return load(toxicity, checkpoint)


def fast() -> tuple[Detector, ...]:
    """The first pass: sentiment, toxicity, antisemitism and conspiracy by word lists, n-grams and rules."""
    from threads.detectors.antisemitism import antisemitism
    from threads.detectors.conspiracy import conspiracy
    from threads.detectors.sentiment import Sentiment
    from threads.detectors.toxicity import Toxicity

    return (Sentiment(), Toxicity(), antisemitism(), conspiracy())
