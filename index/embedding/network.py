"""The MiniLM encoder in torch: used to build and train the shipped ONNX files, never to answer.

Written out instead of taken from ``transformers`` because plain matrix attention trains a quarter
faster on a CPU than the library's fused attention, and because both shipped files are exported
from it with nothing but tensors in the graph.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

HIDDEN = 384
HEADS = 12
LAYERS = 6
FEED_FORWARD = 1536
VOCABULARY = 30522
POSITIONS = 512


class EncoderLayer(nn.Module):
    """One post-norm transformer layer, as BERT defines it (Devlin et al. 2019)."""

    def __init__(self) -> None:
        super().__init__()
        self.query_key_value = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.attention_output = nn.Linear(HIDDEN, HIDDEN)
        self.attention_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.intermediate = nn.Linear(HIDDEN, FEED_FORWARD)
        self.output = nn.Linear(FEED_FORWARD, HIDDEN)
        self.output_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(0.0)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """The layer's states, of the shape of ``hidden``; ``mask`` is added to the scores."""
        batch, length, _ = hidden.shape
        width = HIDDEN // HEADS
        projected = self.query_key_value(hidden).view(batch, length, 3, HEADS, width)
        query, key, value = projected.permute(2, 0, 3, 1, 4).unbind(0)
        scores = (query * width**-0.5) @ key.transpose(-1, -2) + mask.to(query.dtype)
        attended = (scores.softmax(-1) @ value).transpose(1, 2).reshape(batch, length, HIDDEN)
        hidden = self.attention_norm(hidden + self.dropout(self.attention_output(attended)))
        expanded = self.output(nn.functional.gelu(self.intermediate(hidden)))
        normed: Tensor = self.output_norm(hidden + self.dropout(expanded))
        return normed


class Encoder(nn.Module):
    """The six-layer MiniLM encoder (Wang et al. 2020) under all-MiniLM-L6-v2."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.segments = nn.Embedding(2, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(EncoderLayer() for _ in range(LAYERS))

    def forward(self, token_ids: Tensor, attention_mask: Tensor, segment_ids: Tensor) -> Tensor:
        """Hidden states of shape (batch, length, 384) for int64 inputs of shape (batch, length)."""
        positions = torch.arange(token_ids.shape[1], device=token_ids.device)
        hidden: Tensor = self.norm(
            self.words(token_ids) + self.positions(positions) + self.segments(segment_ids)
        )
        mask = (1.0 - attention_mask[:, None, None, :].to(hidden.dtype)) * -1e4
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return hidden

    def load_bert(self, weights: dict[str, Tensor]) -> None:
        """Take over weights under BertModel's names; layers that are absent keep their values."""
        own = self.state_dict()
        taken = dict(own)
        plain = {
            "words.weight": "embeddings.word_embeddings.weight",
            "positions.weight": "embeddings.position_embeddings.weight",
            "segments.weight": "embeddings.token_type_embeddings.weight",
            "norm.weight": "embeddings.LayerNorm.weight",
            "norm.bias": "embeddings.LayerNorm.bias",
        }
        inside = {
            "attention_output": "attention.output.dense",
            "attention_norm": "attention.output.LayerNorm",
            "intermediate": "intermediate.dense",
            "output": "output.dense",
            "output_norm": "output.LayerNorm",
        }
        for number in range(LAYERS):
            for kind in ("weight", "bias"):
                for mine, theirs in inside.items():
                    plain[f"layers.{number}.{mine}.{kind}"] = (
                        f"encoder.layer.{number}.{theirs}.{kind}"
                    )
                parts = [
                    weights.get(f"encoder.layer.{number}.attention.self.{part}.{kind}")
                    for part in ("query", "key", "value")
                ]
                if all(part is not None for part in parts):
                    taken[f"layers.{number}.query_key_value.{kind}"] = torch.cat(
                        [part.float() for part in parts if part is not None]
                    )
        for mine, theirs in plain.items():
            if theirs in weights:
                taken[mine] = weights[theirs].float()
        self.load_state_dict(taken)


def load_encoder(model_folder: Path) -> Encoder:
    """The encoder with the weights of a sentence-transformers BERT folder.

    Raises FileNotFoundError when ``model.safetensors`` is not in the folder.
    """
    encoder = Encoder()
    encoder.load_bert(load_file(model_folder / "model.safetensors"))
    return encoder
