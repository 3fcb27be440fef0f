"""Fuzzes the readers: whatever the bytes, a file is read or refused in a sentence, and that soon.

python benchmarks/fuzz.py WORK [CORPUS ...] -max_total_time=1800 -timeout=20

Needs `pip install atheris`, which the project does not depend on. WORK is an empty folder for what the fuzzer
finds interesting; each CORPUS a folder of files to begin with, as `--make-corpus FOLDER FILE_OR_FOLDER ...`
writes them. All else are options of libFuzzer. Byte 0 of an input chooses the ending of the file, byte 1 a
format that must read it, whatever detection says, or the whole way to rebuilt threads; the rest is the file.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir

import atheris

with atheris.instrument_imports(
    include=["threads.files", "threads.formats", "threads.webpage", "threads.markup"]
):
    from threads.errors import ThreadsError
    from threads.formats import FORMATS, detect
    from threads.reading import parse

ENDINGS = (
    ".txt", ".json", ".jsonl", ".csv", ".tsv", ".xml", ".html", ".md", ".yml", ".mbox", ".mhtml", ".wiki",
    ".parquet", ".db", ".gz", ".zst", ".zip", "",
)  # fmt: skip
LARGEST = 30_000
"""Bytes of a file of the corpus: larger ones slow the fuzzer down and teach it little."""


PARSED = 240
"""Above this, byte 1 asks for the whole way: guessing lost links costs a hundred times the reading."""


def one_input(data: bytes) -> None:
    """Read the input as a user's file, and as a file of one chosen format."""
    if len(data) < 3:
        return
    ending = ENDINGS[data[0] % len(ENDINGS)]
    path = Path(gettempdir()) / f"fuzzed{ending}"
    path.write_bytes(data[2:])
    given = FORMATS[data[1] % len(FORMATS)]
    ways = [lambda: list(detect(path).read(path)), lambda: list(given.read(path)), lambda: parse(path)]
    for way in ways if data[1] > PARSED else ways[:2]:
        try:
            way()
        except ThreadsError as refused:
            assert "\n" not in str(refused).strip(), f"more than a sentence: {refused!r}"
    path.unlink()


def make_corpus(folder: Path, places: Sequence[str]) -> None:
    """Write each small file below the places as an input of the fuzzer."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [
        each for place in map(Path, places) for each in ([place] if place.is_file() else place.rglob("*"))
    ]
    for file in files:
        if file.is_file() and 0 < file.stat().st_size <= LARGEST:
            at = ENDINGS.index(file.suffix) if file.suffix in ENDINGS else 0
            data = bytes([at, 0]) + file.read_bytes()
            (folder / sha256(data).hexdigest()[:16]).write_bytes(data)


def main() -> None:
    """Fuzz, or make a corpus."""
    if sys.argv[1:2] == ["--make-corpus"]:
        make_corpus(Path(sys.argv[2]), sys.argv[3:])
        return
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
