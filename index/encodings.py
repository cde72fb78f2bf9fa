"""Tokenizers of tiktoken, offline: from the copies inside llama-index-core."""

from __future__ import annotations

import os
import threading
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import tiktoken

# The encodings that llama-index-core carries; tiktoken would download any other.
AT_HAND = frozenset({"o200k_base", "cl100k_base"})
_LOADING = threading.Lock()


@lru_cache(maxsize=len(AT_HAND))
def load_encoding(name: str) -> tiktoken.Encoding:
    """One of the encodings at hand. Raises ValueError for another name."""
    if name not in AT_HAND:
        raise ValueError(f"The encoding {name} is not at hand; there are {sorted(AT_HAND)}.")
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
