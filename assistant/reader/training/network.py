"""The reader's network: the MiniLM encoder with a span head, and its loss."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from index.embedding.network import HIDDEN, Encoder, load_encoder

MASKED = -1e4


class SpanReader(nn.Module):
    """Start and end logits for every token; position 0 ([CLS]) stands for "no answer".

    The span head of BERT for SQuAD 2.0 (Devlin et al. 2019, section 4.3).
    """

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.span_head = nn.Linear(HIDDEN, 2)
        # Forty per cent of the weights and hardly any of the gain: frozen, as they also keep
        # rare words of unseen articles where the embedder knows them.
        self.encoder.words.weight.requires_grad_(False)

    def forward(self, token_ids: Tensor, attention_mask: Tensor, segment_ids: Tensor) -> Tensor:
        """Logits of shape (batch, length, 2)."""
        logits: Tensor = self.span_head(self.encoder(token_ids, attention_mask, segment_ids))
        return logits


def build_reader(base_folder: Path, warm_start: Path | None) -> SpanReader:
    """A reader on the base encoder, or continued from an earlier training's safetensors."""
    reader = SpanReader(load_encoder(base_folder))
    if warm_start is not None:
        weights = load_file(warm_start)
        encoder = {
            name.removeprefix("encoder."): value
            for name, value in weights.items()
            if name.startswith("encoder.")
        }
        reader.encoder.load_bert(encoder)
        reader.span_head.load_state_dict(
            {kind: weights[f"span_head.{kind}"].float() for kind in ("weight", "bias")}
        )
    return reader


def span_loss(logits: Tensor, allowed: Tensor, starts: Tensor, ends: Tensor) -> Tensor:
    """Marginal negative log-likelihood of the gold starts and ends (Clark & Gardner 2018).

    ``allowed``, ``starts`` and ``ends`` are boolean (batch, length): positions that may be
    chosen ([CLS] and the passage), and the gold positions among them. A question with several
    accepted answers is right with any of them.
    """
    scores = logits.float().masked_fill(~allowed[..., None], MASKED)
    total = scores.logsumexp(1)
    gold = torch.stack([starts, ends], -1)
    return (total - scores.masked_fill(~gold, 2 * MASKED).logsumexp(1)).sum(-1).mean()
