"""The detectors that score comments; a further one is an object that satisfies base.Detector."""

from __future__ import annotations

from pathlib import Path

from threads.detectors.antisemitism import antisemitism
from threads.detectors.base import Detector
from threads.detectors.conspiracy import conspiracy
from threads.detectors.sentiment import Sentiment
from threads.detectors.toxicity import Toxicity


def built_in(toxicity: str = "built-in", checkpoint: Path | None = None) -> tuple[Detector, ...]:
    """Return the four detectors, toxicity by our own scorer or by Detoxify ("detoxify:original-small").

    `checkpoint` is the file that Detoxify loads; without it one that was fetched or lies in torch's cache
    is used. Raises ModelError where there is none.
    """
    return (Sentiment(), _toxicity(toxicity, checkpoint), antisemitism(), conspiracy())


def _toxicity(spec: str, checkpoint: Path | None) -> Detector:
    if spec == "built-in":
        return Toxicity()
    from threads.detectors.detoxify_heads import load

    return load(spec, checkpoint)
