"""Questions with passages as token windows, with a map back to the passage's characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

CLS, SEP, PAD = 101, 102, 0
QUESTION_TOKENS = 64
WINDOW_TOKENS = 256
OVERLAP_TOKENS = 96


@dataclass(frozen=True, slots=True)
class Window:
    """``[CLS] question [SEP] part of a passage [SEP]``.

    ``first`` is the first passage token of the window; ``offsets`` are the characters of the
    passage behind each passage token, shape (tokens, 2).
    """

    passage: int
    token_ids: list[int]
    first: int
    offsets: NDArray[np.int64]


def make_windows(
    tokenizer: Tokenizer,
    question: str,
    passages: Sequence[str],
    length: int = WINDOW_TOKENS,
    overlap: int = OVERLAP_TOKENS,
) -> list[Window]:
    """Every passage in windows of at most ``length`` tokens that overlap by ``overlap``.

    A question of more than 64 tokens is read from its end, where the asking is. Passages
    without a token (empty, blank) have no window.
    """
    asked = tokenizer.encode(question, add_special_tokens=False).ids[-QUESTION_TOKENS:]
    head = [CLS, *asked, SEP]
    room = length - len(head) - 1
    encoded: list[Encoding] = tokenizer.encode_batch(list(passages), add_special_tokens=False)
    windows = []
    for number, passage in enumerate(encoded):
        ids = passage.ids
        offsets = np.array(passage.offsets, dtype=np.int64).reshape(-1, 2)
        left = 0
        while left < len(ids):
            part = slice(left, left + room)
            windows.append(Window(number, [*head, *ids[part], SEP], len(head), offsets[part]))
            if left + room >= len(ids):
                break
            left += room - min(overlap, room // 2)
    return windows


def pad(windows: Sequence[Window]) -> dict[str, NDArray[np.int64]]:
    """The windows as the network's inputs, padded to the longest of them."""
    shape = len(windows), max(len(window.token_ids) for window in windows)
    token_ids = np.full(shape, PAD, dtype=np.int64)
    attention = np.zeros(shape, dtype=np.int64)
    segments = np.zeros(shape, dtype=np.int64)
    for row, window in enumerate(windows):
        size = len(window.token_ids)
        token_ids[row, :size] = window.token_ids
        attention[row, :size] = 1
        segments[row, window.first : size] = 1
    return {"token_ids": token_ids, "attention_mask": attention, "segment_ids": segments}


def by_cost(windows: Sequence[Window], tokens: int) -> list[list[int]]:
    """Indices of the windows in batches of like length, at most ``tokens`` padded tokens each."""
    batches: list[list[int]] = []
    for place in sorted(range(len(windows)), key=lambda i: len(windows[i].token_ids)):
        size = len(windows[place].token_ids)
        if not batches or size * (len(batches[-1]) + 1) > tokens:
            batches.append([])
        batches[-1].append(place)
    return batches
