"""A torch module as an int8 ONNX file."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn

INPUTS = ("token_ids", "attention_mask", "segment_ids")
OPSET = 17


def export_onnx(module: nn.Module, path: Path, output: str) -> None:
    """Write an fp32 ONNX file of a module over (batch, length) int64 inputs, both free."""
    module.eval()
    ids = torch.ones(2, 16, dtype=torch.long)
    with warnings.catch_warnings():
        # The older exporter gives the plain graph that quantisation knows how to read.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            (ids, ids, torch.zeros_like(ids)),
            str(path),
            input_names=list(INPUTS),
            output_names=[output],
            dynamic_axes={name: {0: "batch", 1: "length"} for name in (*INPUTS, output)},
            opset_version=OPSET,
            dynamo=False,
        )


def quantize(
    source: Path, target: Path, per_channel: bool = True, reduce_range: bool = False
) -> None:
    """Write the dynamically quantised int8 form of an fp32 ONNX file.

    ``per_channel`` scales each output channel by itself; ``reduce_range`` keeps weights to seven
    bits, for processors whose eight-bit products saturate.
    """
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared),
            str(target),
            weight_type=QuantType.QInt8,
            per_channel=per_channel,
            reduce_range=reduce_range,
        )
