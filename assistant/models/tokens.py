"""Token counts, offline, with the encoding a model uses or the nearest one at hand."""

from __future__ import annotations

import tiktoken

from index.encodings import AT_HAND, load_encoding

NEWEST = "o200k_base"


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
    count = len(load_encoding(name).encode_ordinary(text))
    return count if own or not model else -(-count * 6 // 5)
