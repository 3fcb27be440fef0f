"""How the antisemitism and conspiracy detectors do on labelled comments, by source and by kind.

python benchmarks/tropes.py DATA-FOLDER    (antisemitism.parquet and conspiracy.parquet; split "dev" only)
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from threads.detectors.antisemitism import antisemitism
from threads.detectors.conspiracy import conspiracy
from threads.evaluation.measures import by_group, figures

THRESHOLD = 0.5  # the policy's default


def main(folder: Path) -> None:
    for detector in (antisemitism(), conspiracy()):
        table = pd.read_parquet(folder / f"{detector.name}.parquet")
        dev = table[table.split == "dev"].reset_index(drop=True)
        rows = pd.DataFrame({"comment_id": dev.index.astype(str), "text": dev.text, "parent_text": None})
        scores = detector.detect(rows).scores[detector.name]
        flagged = scores >= THRESHOLD
        print(f"\n{detector.name}: {len(dev)} comments, {int(flagged.sum())} flagged")
        print(f"precision {dev.label[flagged].mean():.3f}  recall {flagged[dev.label == 1].mean():.3f}")
        print(figures(dev.label, scores, THRESHOLD))
        print(by_group(dev, scores, "source", THRESHOLD).to_string())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
