"""Examples as token windows, packed into batches of about equal cost."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from .examples import Example

QUESTION_TOKENS = 64
CLS, SEP, PAD = 101, 102, 0


@dataclass(frozen=True, slots=True)
class Window:
    """Token ids of ``[CLS] question [SEP] passage [SEP]`` and the gold token positions.

    ``first`` is the first passage token; ``starts`` and ``ends`` are (0,) for "no answer".
    """

    token_ids: np.ndarray
    first: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of shape (batch, length)."""

    token_ids: Tensor
    attention_mask: Tensor
    segment_ids: Tensor
    allowed: Tensor
    starts: Tensor
    ends: Tensor


def token_positions(
    offsets: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The (first, last) token of each character span; spans that touch no token are left out."""
    begins = np.array([begin for begin, _ in offsets])
    stops = np.array([stop for _, stop in offsets])
    found = []
    for start, end in spans:
        inside = np.flatnonzero((stops > start) & (begins < end))
        if len(inside):
            found.append((int(inside[0]), int(inside[-1])))
    return found


def make_windows(
    examples: Sequence[Example], tokenizer: Tokenizer, length: int, seed: int
) -> list[Window]:
    """One window for each example, and for long contexts sometimes one without the answer."""
    chance = random.Random(seed)
    windows = []
    for begin in range(0, len(examples), 2048):
        part = examples[begin : begin + 2048]
        questions = tokenizer.encode_batch([e.question for e in part], add_special_tokens=False)
        contexts = tokenizer.encode_batch([e.context for e in part], add_special_tokens=False)
        for example, question, context in zip(part, questions, contexts, strict=True):
            head = [CLS, *question.ids[:QUESTION_TOKENS], SEP]
            room = length - len(head) - 1
            golds = token_positions(context.offsets, example.answers)
            if example.answers and not golds:
                continue
            total = len(context.ids)
            for wanted in ("answer", "none") if total > room and golds else ("any",):
                if total <= room:
                    left = 0
                elif wanted == "answer":
                    first, last = chance.choice(golds)
                    low, high = max(0, last - room + 1), min(first, total - room)
                    left = chance.randint(low, high) if low <= high else min(first, total - room)
                elif chance.random() < 0.4:
                    left = chance.randint(0, total - room)
                else:
                    continue
                inside = [
                    (first - left, last - left)
                    for first, last in golds
                    if first >= left and last < left + room
                ]
                ids = [*head, *context.ids[left : left + room], SEP]
                shift = len(head)
                windows.append(
                    Window(
                        np.array(ids, dtype=np.int32),
                        shift,
                        tuple(first + shift for first, _ in inside) or (0,),
                        tuple(last + shift for _, last in inside) or (0,),
                    )
                )
    return windows


def make_batches(windows: Sequence[Window], tokens: int, seed: int) -> list[list[Window]]:
    """Batches of at most ``tokens`` padded tokens each, in random order.

    Windows of like length go together, so that little is spent on padding; sorting is done
    inside random pools only, so that batches differ between epochs.
    """
    chance = random.Random(seed)
    order = list(range(len(windows)))
    chance.shuffle(order)
    batches = []
    for begin in range(0, len(order), 4096):
        pool = sorted(order[begin : begin + 4096], key=lambda i: len(windows[i].token_ids))
        batch: list[Window] = []
        for place in pool:
            window = windows[place]
            if batch and len(window.token_ids) * (len(batch) + 1) > tokens:
                batches.append(batch)
                batch = []
            batch.append(window)
        if batch:
            batches.append(batch)
    chance.shuffle(batches)
    return batches


def collate(windows: Sequence[Window]) -> Batch:
    """Pad the windows to the longest of them."""
    shape = len(windows), max(len(window.token_ids) for window in windows)
    token_ids = np.full(shape, PAD, dtype=np.int64)
    attention, segments = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    allowed, starts, ends = (np.zeros(shape, bool) for _ in range(3))
    for row, window in enumerate(windows):
        size = len(window.token_ids)
        token_ids[row, :size] = window.token_ids
        attention[row, :size] = 1
        segments[row, window.first : size] = 1
        allowed[row, window.first : size - 1] = True
        allowed[row, 0] = True
        starts[row, list(window.starts)] = True
        ends[row, list(window.ends)] = True
    return Batch(*map(torch.from_numpy, (token_ids, attention, segments, allowed, starts, ends)))


def epochs(
    windows_of_epoch: Iterator[list[Window]], tokens: int, seed: int
) -> Iterator[list[Window]]:
    """Batches of every epoch in turn."""
    for number, windows in enumerate(windows_of_epoch):
        yield from make_batches(windows, tokens, seed + number)
