"""Token counts, offline, with the encoding a model uses or the nearest one at hand."""

from __future__ import annotations

import os
import threading
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import tiktoken

NEWEST = "o200k_base"
# The encodings that llama-index-core carries; tiktoken would download any other.
AT_HAND = frozenset({NEWEST, "cl100k_base"})
_LOADING = threading.Lock()


@lru_cache(maxsize=len(AT_HAND))
def _load(name: str) -> tiktoken.Encoding:
    spec = find_spec("llama_index")
    places = list(spec.submodule_search_locations or []) if spec else []
    folder = next(
        (Path(p) / "core/_static/tiktoken_cache" for p in places if (Path(p) / "core").is_dir()),
        None,
    )
    with _LOADING:
        before = os.environ.get("TIKTOKEN_CACHE_DIR")
        if folder is not None:
            os.environ["TIKTOKEN_CACHE_DIR"] = str(folder)
        try:
            return tiktoken.get_encoding(name)
        finally:
            if before is None:
                os.environ.pop("TIKTOKEN_CACHE_DIR", None)
            else:
                os.environ["TIKTOKEN_CACHE_DIR"] = before


def encoding_of(model: str) -> tuple[str, bool]:
    """The encoding to count a model's tokens with, and whether it is the model's own."""
    try:
        name = tiktoken.encoding_name_for_model(model)
    except KeyError:
        return NEWEST, False
    return (name, True) if name in AT_HAND else (NEWEST, False)


def count_tokens(text: str, model: str = "") -> int:
    """The length of a text in tokens; special tokens count as the plain text they are.

    For a model with a tokenizer of its own the count is of o200k_base, and a fifth is added.
    """
    name, own = encoding_of(model)
    count = len(_load(name).encode_ordinary(text))
    return count if own or not model else -(-count * 6 // 5)
