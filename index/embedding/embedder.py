"""The embedder as LlamaIndex wants one."""

from __future__ import annotations

from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from pydantic import PrivateAttr

from . import EMBEDDER_NAME
from .encoder import OnnxEncoder


class MiniLMEmbedding(BaseEmbedding):
    """The encoder as a LlamaIndex embedding."""

    _encoder: OnnxEncoder = PrivateAttr()

    def __init__(self, encoder: OnnxEncoder | None = None, **kwargs: Any) -> None:
        super().__init__(model_name=EMBEDDER_NAME, **kwargs)
        self._encoder = encoder or OnnxEncoder()

    @classmethod
    def class_name(cls) -> str:
        """The name LlamaIndex serialises."""
        return "MiniLMEmbedding"

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._encoder.encode(texts).tolist()
        return vectors

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)
