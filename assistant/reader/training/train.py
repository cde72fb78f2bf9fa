"""Train the reader: one command, resumable, on a CPU or a GPU."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from tqdm import tqdm

from .batches import Window, collate, make_batches, make_windows
from .examples import Recipe, epoch_examples, read_records
from .network import SpanReader, build_reader, span_loss


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a training run depends on; a checkpoint remembers it."""

    steps: int
    tokens_per_batch: int = 4096
    window: int = 256
    peak_rate: float = 1.5e-4
    head_rate: float = 5e-4
    warm_up: int = 150
    decay_share: float = 0.35
    weight_decay: float = 0.01
    dropout: float = 0.05
    seed: int = 20
    checkpoint_every: int = 200


def rate_at(step: int, plan: Plan) -> float:
    """Share of the peak learning rate: warm-up, a plateau, then linear decay to nothing.

    The warm-up-stable-decay schedule (Hu et al. 2024, MiniCPM): a run can be lengthened from a
    checkpoint of its plateau without starting again.
    """
    decay_from = plan.steps * (1 - plan.decay_share)
    falling = (plan.steps - step) / max(1.0, plan.steps - decay_from)
    return max(0.0, min(1.0, (step + 1) / plan.warm_up, falling))


def train(
    data: Path,
    base_folder: Path,
    run_folder: Path,
    plan: Plan,
    recipe: Recipe,
    warm_start: Path | None = None,
) -> Path:
    """Train to the end of the plan and return the safetensors file with the weights.

    Continues from ``run_folder/checkpoint.pt`` where there is one.
    """
    run_folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(plan.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    reader = build_reader(base_folder, warm_start).to(device)
    for module in reader.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = plan.dropout
    head = list(reader.span_head.parameters())
    body = [p for p in reader.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "peak": plan.peak_rate}, {"params": head, "peak": plan.head_rate}],
        weight_decay=plan.weight_decay,
        betas=(0.9, 0.98),
        fused=True,
    )
    checkpoint = run_folder / "checkpoint.pt"
    done = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        reader.load_state_dict(state["reader"])
        optimizer.load_state_dict(state["optimizer"])
        done = state["step"]
    (run_folder / "plan.json").write_text(
        json.dumps({"plan": asdict(plan), "recipe": asdict(recipe)}, indent=1)
    )
    tokenizer = Tokenizer.from_file(str(base_folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    records = read_records(data)

    def windows_of(epoch: int) -> list[Window]:
        examples = list(epoch_examples(records, recipe, plan.seed + epoch))
        return make_windows(examples, tokenizer, plan.window, plan.seed + epoch)

    step, epoch, smoothed = 0, 0, 0.0
    log = (run_folder / "loss.jsonl").open("a")
    with tqdm(total=plan.steps, initial=done, unit="batch", desc="train", mininterval=5) as bar:
        while step < plan.steps:
            batches = make_batches(windows_of(epoch), plan.tokens_per_batch, plan.seed + epoch)
            epoch += 1
            if step + len(batches) <= done:
                step += len(batches)
                continue
            for windows in batches:
                step += 1
                if step <= done:
                    continue
                loss = _update(reader, optimizer, windows, rate_at(step - 1, plan), device)
                smoothed = loss if not smoothed else 0.98 * smoothed + 0.02 * loss
                bar.update()
                bar.set_postfix(epoch=epoch, loss=f"{smoothed:.3f}", of=len(batches))
                if step % 50 == 0:
                    log.write(json.dumps({"step": step, "loss": round(smoothed, 4)}) + "\n")
                    log.flush()
                if step % plan.checkpoint_every == 0 or step == plan.steps:
                    _save(checkpoint, reader, optimizer, step)
                if step == plan.steps:
                    break
    weights = run_folder / "reader.safetensors"
    save_file({name: value.cpu() for name, value in reader.state_dict().items()}, weights)
    return weights


def _update(
    reader: SpanReader,
    optimizer: torch.optim.Optimizer,
    windows: list[Window],
    rate: float,
    device: torch.device,
) -> float:
    reader.train()
    batch = collate(windows)
    moved = {name: getattr(batch, name).to(device) for name in batch.__slots__}
    with torch.autocast(device.type, dtype=torch.bfloat16):
        logits = reader(moved["token_ids"], moved["attention_mask"], moved["segment_ids"])
    loss = span_loss(logits, moved["allowed"], moved["starts"], moved["ends"])
    loss.backward()
    torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * rate
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return float(loss.item())


def _save(path: Path, reader: SpanReader, optimizer: torch.optim.Optimizer, step: int) -> None:
    partial = path.with_suffix(".partial")
    state = {"reader": reader.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
    torch.save(state, partial)
    partial.replace(path)
