"""Reads a Detoxify checkpoint without the network and without unpickling anything but arrays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

from threads.errors import ModelError

_CLASSES = {
    "BertForSequenceClassification",
    "AlbertForSequenceClassification",
    "RobertaForSequenceClassification",
    "XLMRobertaForSequenceClassification",
}
"""What a checkpoint may name: the classes of Detoxify's models, no other attribute of transformers."""

_HEADS = {
    "toxic": "toxicity",
    "toxicity": "toxicity",
    "severe_toxic": "toxicity_severe",
    "severe_toxicity": "toxicity_severe",
    "identity_hate": "toxicity_identity_attack",
}

_LONGEST = 512


@dataclass(frozen=True, slots=True)
class Loaded:
    """A network with its tokenizer; `heads` names its outputs in order, `limit` is in tokens."""

    network: Any
    tokenizer: Any
    heads: tuple[str, ...]
    limit: int
    base: str


@dataclass(frozen=True, slots=True)
class _Content:
    """What a checkpoint says of itself: the class of its network, its base model, its outputs, its arrays."""

    kind: str
    base: str
    outputs: int
    heads: tuple[str, ...]
    states: dict[str, Any]


def load_checkpoint(path: Path) -> Loaded:
    """Read the checkpoint; the base model's configuration and tokenizer come from `base_folder`.

    Raises ModelError where a file is missing, is not a Detoxify checkpoint, or does not fit its base.
    """
    raw = _read(path)
    try:
        arch, dataset = raw["config"]["arch"]["args"], raw["config"]["dataset"]["args"]
        outputs, kind = int(arch["num_classes"]), str(arch["model_name"])
        heads = _heads(dataset, outputs)
        content = _Content(kind, str(arch["model_type"]), outputs, heads, dict(raw["state_dict"]))
    except (KeyError, TypeError, ValueError) as problem:
        raise ModelError(f"{path} is not a Detoxify checkpoint: it lacks {problem}.") from problem
    if kind not in _CLASSES:
        raise ModelError(f"{path} asks for a model of the kind {kind!r}, which is none of Detoxify's.")
    with _offline():
        return _assemble(path, content)


def _read(path: Path) -> dict[str, Any]:
    import torch

    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError:
        raise ModelError(f"There is no checkpoint at {path}.") from None
    except (OSError, RuntimeError, UnpicklingError, EOFError, ValueError) as problem:
        raise ModelError(f"{path} cannot be read as a checkpoint of plain arrays.") from problem
    if not isinstance(content, dict):
        raise ModelError(f"{path} is not a Detoxify checkpoint: it holds a {type(content).__name__}.")
    return content


def _heads(dataset: dict[str, Any], outputs: int) -> tuple[str, ...]:
    """Our names of the outputs: the classes, then (in the unbiased models) the identities spoken of."""
    main = [_HEADS.get(name, f"toxicity_{name}") for name in dataset["classes"]]
    identities = [f"identity_{name}" for name in dataset.get("identity_classes", ())]
    named = tuple(main + identities)
    if len(named) > outputs:
        named = tuple(main)
    if named[0] != "toxicity" or len(named) > outputs:
        raise ValueError(f"heads that fit ({', '.join(named)} for {outputs} outputs)")
    return named


def _assemble(path: Path, content: _Content) -> Loaded:
    import transformers

    base = content.base
    source = base_folder(path, base)
    network_class = getattr(transformers, content.kind)
    try:
        config = transformers.AutoConfig.from_pretrained(
            source, num_labels=content.outputs, local_files_only=True
        )
        tokenizer = transformers.AutoTokenizer.from_pretrained(source, local_files_only=True)
    except (OSError, ValueError) as problem:
        raise ModelError(
            f"The configuration and tokenizer of {base} are not here: put its config.json and tokenizer "
            f"files beside {path.name}, or fetch them with `threads models`."
        ) from problem
    try:
        # Unlike load_state_dict this reads the names that older releases gave to some arrays.
        network, report = network_class.from_pretrained(
            None, config=config, state_dict=content.states, output_loading_info=True, local_files_only=True
        )
    except RuntimeError as problem:
        raise ModelError(f"{path} does not fit the model {base}.") from problem
    if report["missing_keys"] or report["mismatched_keys"]:
        raise ModelError(f"{path} does not fit the model {base}: arrays are missing.")
    limit = min(_LONGEST, int(config.max_position_embeddings))
    return Loaded(network.eval(), tokenizer, content.heads, limit, base)


def base_folder(path: Path, base: str) -> str:
    """Where the base model's files are: beside the checkpoint, in a folder there called as the base (the
    slash of its name a dash), or else the base's name, by which the Hugging Face cache has it.
    """
    for folder in (path.parent / base.replace("/", "-"), path.parent):
        if (folder / "config.json").is_file():
            return str(folder)
    return base


@contextmanager
def _offline() -> Iterator[None]:
    """No network and no progress bar, whatever the libraries would do by themselves."""
    from huggingface_hub import constants
    from transformers.utils import logging

    network, bar = constants.HF_HUB_OFFLINE, logging.is_progress_bar_enabled()
    constants.HF_HUB_OFFLINE = True
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        constants.HF_HUB_OFFLINE = network
        if bar:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]
