"""A case's tables in parts: reading deals comments to them by thread, scoring takes them one by one."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from threads.detectors.base import Detector
from threads.reading import Progress, Source, articles, complete
from threads.rebuild import integrity
from threads.schema import COMMENTS, EVIDENCE, conform, empty
from threads.scoring import Stages, score_frame

PARTITION_BYTES = 64 * 2**20  # of input: the tables of a partition then take some hundred megabytes
MOST_PARTITIONS = 256
BUFFER = 50_000  # comments held while reading, however large the input


def deal(found: Sequence[Source], case: Path, progress: Progress) -> dict[str, int]:
    """Read the sources into `case/comments/part-*.parquet`, rebuilt, and return the integrity counts.

    A thread goes to the part that the hash of its id names, so that no thread spans two.
    """
    size = sum(source.size() for source in found)
    n_parts = min(MOST_PARTITIONS, 1 + size // PARTITION_BYTES)
    spool, comments = case / "spool", case / "comments"
    _spool(progress(found, "Reading", len(found)), spool, n_parts)
    comments.mkdir()
    total: Counter[str] = Counter()
    for part in progress(range(n_parts), "Rebuilding threads", n_parts):
        frame = complete(_gathered(spool / f"{part:04d}"), articles(found))
        total.update(integrity(frame))
        _write(frame, comments / f"part-{part:04d}.parquet", COMMENTS)
    shutil.rmtree(spool, ignore_errors=True)
    return dict(total)


def _spool(found: Iterable[Source], spool: Path, n_parts: int) -> None:
    for number, chunk in enumerate(_chunks(found)):
        for part, rows in chunk.groupby(_parts_of(chunk["thread_id"], n_parts)):
            folder = spool / f"{part:04d}"
            folder.mkdir(parents=True, exist_ok=True)
            _write(rows, folder / f"{number:08d}.parquet", COMMENTS)


def _chunks(found: Iterable[Source]) -> Iterator[pd.DataFrame]:
    for source in found:
        yield from source.tables(BUFFER)


def _parts_of(thread_ids: pd.Series[str], n_parts: int) -> npt.NDArray[np.int64]:
    """The part of each row; an id is hashed once, however many rows have it."""
    codes, names = pd.factorize(thread_ids)
    return np.array([part_of(name, n_parts) for name in names], dtype=np.int64)[codes]


def part_of(thread_id: str, n_parts: int) -> int:
    """Return the number of the part that a thread belongs to, the same on every machine."""
    return int.from_bytes(blake2b(thread_id.encode("utf-8", "replace"), digest_size=8).digest()) % n_parts


def _gathered(folder: Path) -> pd.DataFrame:
    chunks = [pd.read_parquet(path) for path in sorted(folder.glob("*.parquet"))]
    return pd.concat(chunks, ignore_index=True) if chunks else empty(COMMENTS)


def score_partitions(
    parts: Sequence[Path], case: Path, detectors: Sequence[Detector], workers: int, progress: Progress
) -> Stages:
    """Score each part of the comments into `case/scores` and `case/evidence` under the same name; the count
    of each stage over all of them.
    """
    stages = Stages()
    for name in ("scores", "evidence"):
        (case / name).mkdir()
    jobs = [(part, case, detectors) for part in parts]
    if workers == 1:
        for job in progress(jobs, "Scoring", len(jobs)):
            stages.update(_score_partition(job))
        return stages
    with ProcessPoolExecutor(workers) as pool:
        for counted in progress(pool.map(_score_partition, jobs), "Scoring", len(jobs)):
            stages.update(counted)
    return stages


def _score_partition(job: tuple[Path, Path, Sequence[Detector]]) -> Stages:
    part, case, detectors = job
    scores, evidence, stages = score_frame(pd.read_parquet(part), detectors)
    scores.to_parquet(case / "scores" / part.name, index=False)
    _write(evidence, case / "evidence" / part.name, EVIDENCE)
    return stages


def _write(frame: pd.DataFrame, path: Path, schema: pa.Schema) -> None:
    pq.write_table(
        pa.Table.from_pandas(conform(frame, schema), schema.remove_metadata(), preserve_index=False), path
    )
