"""Which models there are: the built-in ones, and Detoxify checkpoints found on this machine or fetched."""

from __future__ import annotations

import hashlib
import os
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path

import pandas as pd

from threads.errors import ModelError

_RELEASES = "https://github.com/unitaryai/detoxify/releases/download/"

CHECKPOINTS = {
    "original": _RELEASES + "v0.1-alpha/toxic_original-c1212f89.ckpt",
    "original-small": _RELEASES + "v0.1.2/original-albert-0e1d6498.ckpt",
    "unbiased": _RELEASES + "v0.3-alpha/toxic_debiased-c7548aa0.ckpt",
    "unbiased-small": _RELEASES + "v0.1.2/unbiased-albert-c8519128.ckpt",
    "multilingual": _RELEASES + "v0.4-alpha/multilingual_debiased-0b549669.ckpt",
}
"""Addresses of Detoxify 0.5.4's checkpoints; a name ends with the first eight digits of its SHA-256."""

BASES = {
    "original": "bert-base-uncased",
    "original-small": "albert-base-v2",
    "unbiased": "roberta-base",
    "unbiased-small": "albert-base-v2",
    "multilingual": "xlm-roberta-base",
}
"""The model of the Hugging Face hub whose configuration and tokenizer each checkpoint needs."""

HUB = "https://huggingface.co/"
BASE_FILES = ("config.json", "tokenizer_config.json", "tokenizer.json")

Progress = Callable[[int, int | None], None]
"""Told the bytes read so far and the total, None where the server does not say."""

_CHUNK = 1 << 20


def list_models() -> pd.DataFrame:
    """The models, one row each: `name` (what --toxicity takes), `kind`, `version`, `sha256`, `path`.

    A Detoxify checkpoint that is not here has no path; `sha256` of one is the prefix that its name carries.
    """
    from threads.detectors.toxicity import Toxicity

    built_in = Toxicity()
    facts = built_in.describe()
    rows = [["built-in", facts["kind"], facts["version"], facts["sha256"], str(built_in.folder)]]
    for name in CHECKPOINTS:
        path = find_checkpoint(name)
        rows.append(
            [f"detoxify:{name}", "transformer", BASES[name], _prefix(name), str(path) if path else None]
        )
    return pd.DataFrame(rows, columns=["name", "kind", "version", "sha256", "path"])


def checkpoint_folder() -> Path:
    """Where torch keeps checkpoints: `$TORCH_HOME/hub/checkpoints`, by default under `~/.cache/torch`."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("TORCH_HOME") or Path(cache) / "torch") / "hub" / "checkpoints"


def find_checkpoint(name: str) -> Path | None:
    """The checkpoint of a Detoxify model in torch's cache, None where it has not been fetched."""
    path = checkpoint_folder() / _address(name).rpartition("/")[2]
    return path if path.is_file() else None


def fetch(name: str, progress: Progress | None = None) -> Path:
    """Download a Detoxify checkpoint into torch's cache, check its hash, and put its base model's
    configuration and tokenizer in a folder beside it; what is there already stays.

    Raises ModelError where the name is unknown, a download fails or the hash is not the published one.
    The base model's files are data (JSON) without a published hash; they are read, never run.
    """
    path = checkpoint_folder() / _address(name).rpartition("/")[2]
    base = path.parent / BASES[name]
    wanted = [(_address(name), path, _prefix(name))]
    wanted += [(f"{HUB}{BASES[name]}/resolve/main/{file}", base / file, "") for file in BASE_FILES]
    for address, target, prefix in wanted:
        if not target.is_file():
            _fetch_file(address, target, prefix, progress)
    return path


def _fetch_file(address: str, path: Path, prefix: str, progress: Progress | None) -> None:
    """Download a file whole or not at all."""
    partial = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        digest = _download(address, partial, progress)
        if not digest.startswith(prefix):
            raise ModelError(
                f"{address} is damaged: its SHA-256 begins {digest[:8]} and should begin {prefix}."
            )
        partial.replace(path)
    except (OSError, HTTPException) as problem:
        raise ModelError(f"{address} could not be fetched: {problem}.") from problem
    finally:
        partial.unlink(missing_ok=True)


def _address(name: str) -> str:
    try:
        return CHECKPOINTS[name]
    except KeyError:
        raise ModelError(
            f"No Detoxify model is called {name!r}; there are {', '.join(CHECKPOINTS)}."
        ) from None


def _prefix(name: str) -> str:
    return _address(name).removesuffix(".ckpt").rpartition("-")[2]


def _download(address: str, path: Path, progress: Progress | None) -> str:
    """Write what lies at the address to a file; its SHA-256 in hexadecimal."""
    digest, done = hashlib.sha256(), 0
    with urllib.request.urlopen(address, timeout=60) as answer, path.open("wb") as file:  # noqa: S310  # ours
        length = answer.headers.get("Content-Length")
        total = int(length) if length else None
        while block := answer.read(_CHUNK):
            file.write(block)
            digest.update(block)
            done += len(block)
            if progress:
                progress(done, total)
    if total is not None and done < total:
        raise OSError(f"the connection broke after {done} of {total} bytes")
    return digest.hexdigest()
