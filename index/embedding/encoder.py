"""The embedder at run time: onnxruntime and tokenizers, no torch."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from . import DIMENSION, EMBEDDER_FILE, TOKENIZER_FILE

LONGEST = 256
TOKENS_PER_BATCH = 4096


class OnnxEncoder:
    """Texts into unit vectors. Safe to use from several threads; loads at the first text."""

    def __init__(self, network: Path = EMBEDDER_FILE, tokenizer: Path = TOKENIZER_FILE) -> None:
        self._network, self._tokenizer_file = network, tokenizer
        self._lock = threading.Lock()
        self._session: onnxruntime.InferenceSession | None = None
        self._tokenizer: Tokenizer | None = None

    def _load(self) -> tuple[onnxruntime.InferenceSession, Tokenizer]:
        with self._lock:
            if self._session is None or self._tokenizer is None:
                options = onnxruntime.SessionOptions()
                options.log_severity_level = 3
                self._tokenizer = Tokenizer.from_file(str(self._tokenizer_file))
                self._tokenizer.no_padding()
                self._tokenizer.enable_truncation(LONGEST)
                self._session = onnxruntime.InferenceSession(
                    self._network, options, providers=["CPUExecutionProvider"]
                )
            return self._session, self._tokenizer

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (texts, 384) and unit length, in the order of the texts.

        A text is read up to 256 word pieces. Texts of like length go through the network
        together, so that little is spent on padding. An empty text has the vector of its start
        and end marks.
        """
        session, tokenizer = self._load()
        encoded = tokenizer.encode_batch(list(texts))
        vectors = np.zeros((len(encoded), DIMENSION), dtype=np.float32)
        order = sorted(range(len(encoded)), key=lambda i: len(encoded[i].ids))
        batch: list[int] = []
        for place in [*order, None]:
            size = len(encoded[place].ids) if place is not None else 0
            if batch and (place is None or size * (len(batch) + 1) > TOKENS_PER_BATCH):
                vectors[batch] = self._run(session, [encoded[i].ids for i in batch])
                batch = []
            if place is not None:
                batch.append(place)
        return vectors

    @staticmethod
    def _run(
        session: onnxruntime.InferenceSession, rows: Sequence[list[int]]
    ) -> NDArray[np.float32]:
        token_ids = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
        attention = np.zeros_like(token_ids)
        for place, row in enumerate(rows):
            token_ids[place, : len(row)] = row
            attention[place, : len(row)] = 1
        inputs = {
            "token_ids": token_ids,
            "attention_mask": attention,
            "segment_ids": np.zeros_like(token_ids),
        }
        vectors: NDArray[np.float32] = session.run(None, inputs)[0]
        return vectors


@lru_cache(maxsize=1)
def shared_encoder() -> OnnxEncoder:
    """The shipped embedder, loaded once in a process."""
    return OnnxEncoder()
