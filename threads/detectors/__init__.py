"""The detectors that score comments; a further one is an object that satisfies base.Detector."""

from __future__ import annotations

from pathlib import Path

from threads.detectors.base import Detector

BUILT_IN = "built-in"


def built_in(toxicity: str = BUILT_IN, checkpoint: Path | None = None) -> tuple[Detector, ...]:
    """Return the four detectors, toxicity by our own scorer or by Detoxify ("detoxify:original-small").

    `checkpoint` is the file that Detoxify loads; without it one that was fetched or lies in torch's cache
    is used. Raises ModelError where there is none.
    """
    from threads.detectors.antisemitism import antisemitism
    from threads.detectors.conspiracy import conspiracy
    from threads.detectors.sentiment import Sentiment

    return (Sentiment(), _toxicity(toxicity, checkpoint), antisemitism(), conspiracy())


def _toxicity(spec: str, checkpoint: Path | None) -> Detector:
    if spec == BUILT_IN:
        from threads.detectors.toxicity import Toxicity

        return Toxicity()
    from threads.detectors.detoxify_heads import load

    return load(spec, checkpoint)
