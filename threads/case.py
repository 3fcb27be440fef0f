"""A case: the tables of one run on disk, in partitions, so that no more than one of them is in memory."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from threads.cutting import at_floor
from threads.detectors import built_in
from threads.detectors.base import Detector
from threads.errors import CaseError, InputError
from threads.exporting import export
from threads.forgetting import forget_case
from threads.hiding import hide_case
from threads.parsed import REJECTS, Parsed, no_rejects
from threads.partitions import deal, score_partitions
from threads.pseudonyms import SALT, Pseudonyms, salt_of
from threads.reading import Paths, Progress, described, quiet, sources
from threads.scored import Scored
from threads.scoring import run_record, told
from threads.staging import recover, staged
from threads.triaging import Policy, triage

_SHOWN = ("report.html", "queue.csv", "charts", "audit.json")  # stale once a comment is emptied
_SCORED = ("scores", "evidence", *_SHOWN)  # stale once the comments change
_TABLES = ("comments", "scores", "evidence")


class Case:
    """The folder `path`, which need not exist yet: `parse` fills it and `score` adds to it.

    Holds comments/, scores/ and evidence/ as part-0000.parquet …, dealt by a hash of thread_id so that a
    thread never spans two; pages.parquet, rejects.jsonl and run.json. Each step replaces the folder only
    when it is done. Raises CaseError where the path holds something that is not a case.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        recover(self.path)
        if self.path.exists() and not _is_case(self.path):
            raise CaseError(f"{self.path} is not a case; give a new or an empty folder.")

    @property
    def run(self) -> dict[str, Any]:
        """What run.json says. Raises CaseError where nothing has been parsed yet."""
        try:
            record: dict[str, Any] = json.loads((self.path / "run.json").read_text("utf-8"))
        except OSError as problem:
            raise CaseError(
                f"{self.path} is not a case: it has no run.json. Make one with threads parse."
            ) from problem
        except ValueError as problem:
            raise CaseError(f"{self.path / 'run.json'} is damaged; parse the input again.") from problem
        return record

    def parse(
        self,
        paths: Paths,
        *,
        columns: Mapping[str, str] | None = None,
        strict: bool = False,
        pseudonymise: bool = False,
        progress: Progress = quiet,
    ) -> dict[str, Any]:
        """Read files or folders into the case and return its run record.

        With `pseudonymise`, names of authors are replaced by keyed hashes in all that is kept; the salt lies
        in the case (file `salt`) and is kept when it is parsed again.

        Bad records are counted and listed in rejects.jsonl; with `strict` the first one raises InputError,
        as does an input of which nothing can be read.
        """
        started = time.perf_counter()
        found = sources(paths, columns)
        with staged(self.path, drop=_SCORED) as new:
            counts = deal(found, new, progress)
            read = described(found)
            if strict and len(read.rejects):
                first = read.rejects.iloc[0]
                raise InputError(f"{first.source}, line {first.line}: {first.reason}")
            if pseudonymise:
                read = self._hidden(read, new)
            read.pages.to_parquet(new / "pages.parquet", index=False)
            read.rejects.to_json(new / "rejects.jsonl", orient="records", lines=True, force_ascii=False)
            record = {
                **run_record(read, counts),
                "pseudonymised": pseudonymise,
                "created": datetime.now(UTC).isoformat(timespec="seconds"),
                "seconds": {"parse": round(time.perf_counter() - started, 2)},
            }
            _write_json(record, new / "run.json")
        return record

    def forget(self, name: str) -> int:
        """Empty every comment by the author called `name`, in tables and scores, and return their number.

        The threads stand; evidence, queue, report and charts of before are removed, quotations masked. In a
        case with pseudonyms the name or the pseudonym may be given. Raises InputError where nobody of that
        name wrote.
        """
        names = {name, Pseudonyms(salt_of(self.path)).of(name)} if (self.path / SALT).exists() else {name}
        with staged(self.path, drop=_SHOWN) as new:
            return forget_case(self.path, new, [part.name for part in self.partitions()], names)

    def _hidden(self, read: Parsed, new: Path) -> Parsed:
        """Rewrite the comments in `new` under pseudonyms; pages and rejects too."""
        salt = salt_of(self.path) if (self.path / SALT).exists() else salt_of(new)
        return hide_case(read, new, salt)

    def score(
        self,
        detectors: Sequence[Detector] | None = None,
        *,
        workers: int = 1,
        progress: Progress = quiet,
    ) -> dict[str, Any]:
        """Score every partition, `workers` processes at a time, and return the run record."""
        started = time.perf_counter()
        record, chosen = self.run, tuple(built_in() if detectors is None else detectors)
        parts = self.partitions()
        with staged(self.path, drop=_SCORED) as new:
            stages = score_partitions(parts, new, chosen, workers, progress)
            record["detectors"] = {detector.name: detector.describe() for detector in chosen}
            record["stages"] = told(stages)
            record["seconds"]["score"] = round(time.perf_counter() - started, 2)
            _write_json(record, new / "run.json")
        return record

    def queue(
        self,
        policy: Policy | None = None,
        *,
        min_link_confidence: float = 0.0,
        policy_file: Mapping[str, str] | None = None,
    ) -> pd.DataFrame:
        """Triage the case, write queue.csv (with the comments beside) and how it was made into run.json.

        Replies are counted by links of at least `min_link_confidence`; less sure ones are cut in queue.csv.
        `policy_file` is kept beside the policy: the name and hash of the file that it comes from.
        """
        scored, policy = self.scored(), policy or Policy()
        ranked = triage(scored, policy, min_link_confidence=min_link_confidence)
        beside = at_floor(scored, min_link_confidence).wide()
        made = {"policy": asdict(policy), "min_link_confidence": ranked.attrs["min_link_confidence"]}
        before = {key: value for key, value in scored.run.items() if key != "policy_file"}
        made |= {"policy_file": dict(policy_file)} if policy_file else {}
        with staged(self.path) as new:
            export(ranked.merge(beside, on="comment_id", how="left"), new / "queue.csv", "csv")
            _write_json({**before, **made}, new / "run.json")
        return ranked

    def partitions(self) -> list[Path]:
        """Return the paths of the comments' partitions, in order."""
        return sorted((self.path / "comments").glob("part-*.parquet"))

    def scored(self) -> Scored:
        """Load the whole case into memory. Raises CaseError where it has not been scored."""
        record = self.run
        if not (self.path / "scores").is_dir():
            raise CaseError(f"The case {self.path} has not been scored yet; run: threads score {self.path}")
        comments, scores, evidence = (self._table(name) for name in _TABLES)
        pages = pd.read_parquet(self.path / "pages.parquet")
        return Scored(comments, scores, evidence, pages, self._rejects(), record)

    def comments(self) -> pd.DataFrame:
        """Load all comments."""
        return self._table("comments")

    def _table(self, name: str) -> pd.DataFrame:
        parts = [pd.read_parquet(part) for part in sorted((self.path / name).glob("part-*.parquet"))]
        if not parts:
            raise CaseError(f"The case {self.path} has lost its {name}; parse and score the input again.")
        return pd.concat(parts, ignore_index=True)

    def _rejects(self) -> pd.DataFrame:
        text = (self.path / "rejects.jsonl").read_text("utf-8")
        lines = [line for line in text.split("\n") if line]  # a text may hold other line breaks
        if not lines:
            return no_rejects()
        return pd.DataFrame([json.loads(line) for line in lines], columns=list(REJECTS)).astype(
            {"line": "Int64"}
        )


def _is_case(path: Path) -> bool:
    return path.is_dir() and ((path / "run.json").is_file() or not any(path.iterdir()))


def _write_json(record: Mapping[str, Any], path: Path) -> None:
    path.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", "utf-8")
