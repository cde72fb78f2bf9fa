"""The trained reader as one int8 ONNX file, and what quantisation costs."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from index.embedding.export import export_onnx, quantize
from index.embedding.network import Encoder

from ..calibration import UNCALIBRATED
from ..reader import FOLDER, NETWORK_FILE, Reader
from .examples import Example, read_records
from .network import SpanReader
from .scoring import token_f1

MEASURED_QUESTIONS = 400


def load_weights(path: Path) -> SpanReader:
    """The reader with the weights of a run: its safetensors file or a checkpoint."""
    reader = SpanReader(Encoder())
    if path.suffix == ".pt":
        state = torch.load(path, map_location="cpu", weights_only=True)["reader"]
    else:
        state = load_file(path)
    reader.load_state_dict(state)
    reader.eval()
    return reader


def average_weights(parts: Sequence[Path], out: Path) -> None:
    """Write the mean of several runs' weights (stochastic weight averaging, Izmailov et al. 2018).

    The runs must descend from one another or from one start; others have no mean that reads.
    """
    states = [load_weights(part).state_dict() for part in parts]
    mean = {name: sum(state[name].float() for state in states) / len(states) for name in states[0]}
    save_file({name: value.contiguous() for name, value in mean.items()}, out)


def export_reader(weights: Path, development: Path | None) -> dict[str, float]:
    """Write ``reader.onnx`` into the package; with ``development``, measure its loss too.

    Returns the figures, which are also kept beside the file for the model card.
    """
    reader = load_weights(weights)
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "fp32.onnx"
        export_onnx(reader, full, "logits")
        quantize(full, NETWORK_FILE)
        found = {"size in MB": NETWORK_FILE.stat().st_size / 1e6}
        if development is not None:
            records = [e for e in read_records(development) if e.answers and len(e.context) < 2000]
            sample = random.Random(7).sample(records, min(MEASURED_QUESTIONS, len(records)))
            found["questions"] = float(len(sample))
            found["F1 in fp32"] = mean_f1(Reader(full, UNCALIBRATED), sample)
            found["F1 in int8"] = mean_f1(Reader(NETWORK_FILE, UNCALIBRATED), sample)
    (FOLDER / "export-figures.json").write_text(json.dumps(found, indent=1) + "\n")
    return found


def mean_f1(reader: Reader, examples: list[Example]) -> float:
    """Mean token F1 of the best span, as a percentage, nothing refused."""
    total = 0.0
    for example in examples:
        spans, _ = reader.spans(example.question, [example.context])
        best = max(spans, key=lambda span: span.score)
        words = example.context[best.start : best.end]
        total += max(token_f1(words, example.context[s:e]) for s, e in example.answers)
    return 100 * total / len(examples)
