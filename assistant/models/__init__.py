"""The language model a user chose, through LlamaIndex's ``LLM`` interface."""

from .faults import ModelError, explain, is_passing, retry_after
from .providers import EXTRAS, load_model
from .tokens import count_tokens

__all__ = [
    "EXTRAS",
    "ModelError",
    "count_tokens",
    "explain",
    "is_passing",
    "load_model",
    "retry_after",
]
