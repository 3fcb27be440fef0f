"""From the trained network to a file of 8-bit weights that onnxruntime reads."""

from __future__ import annotations

import logging
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from threads.train.encoder.fit import Network


def export(network: Network, path: Path) -> None:
    """Write the network in single precision, inputs `ids` and `mask` (rows, tokens), output `logits`."""
    network.base.set_attn_implementation("eager")
    ids = torch.arange(1000, 1014).reshape(2, 7)
    free = {0: "rows", 1: "tokens"}
    torch.onnx.export(
        network.eval(), (ids, torch.ones_like(ids)), str(path), dynamo=False,
        opset_version=18, input_names=["ids", "mask"], output_names=["logits"],
        dynamic_axes={"ids": free, "mask": free, "logits": {0: "rows"}},
    )  # fmt: skip


def shrink(source: Path, target: Path) -> None:
    """Write the file at `source` with matrices and word vectors in 8 bits: a quarter of its size.

    Matrices have a scale a column and use 7 of the bits, so that processors whose 8-bit products can overflow
    give the scores that others give.
    """
    logging.getLogger().setLevel(logging.ERROR)  # it advises a step that is not needed
    quantize_dynamic(source, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
