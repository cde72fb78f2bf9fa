"""From the network's logits to the best spans of a window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .windows import Window

ANSWER_TOKENS = 40
STARTS = 12


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``[start, end)`` of a passage.

    ``score`` is the span's logit less the logit of "no answer", comparable across windows and
    passages; ``share`` is the span's probability among all spans of its window.
    """

    passage: int
    start: int
    end: int
    score: float
    share: float


def best_spans(
    window: Window, logits: NDArray[np.float32], text: str, count: int = 1
) -> list[Span]:
    """The ``count`` best spans of a window that do not overlap, best first.

    ``logits`` has shape (length, 2); start plus end logit as in BERT for SQuAD 2.0 (Devlin et
    al. 2019). Spans end at word boundaries, never outside the passage.
    """
    tokens = len(window.offsets)
    starts = logits[window.first : window.first + tokens, 0]
    ends = logits[window.first : window.first + tokens, 1]
    none = float(logits[0, 0] + logits[0, 1])
    candidates = []
    for first in np.argsort(-starts)[: STARTS * count]:
        stop = min(tokens, first + ANSWER_TOKENS)
        reach = ends[first:stop]
        candidates += [
            (float(starts[first] + reach[last]), int(first), int(first + last))
            for last in np.argsort(-reach)[: count + 1]
        ]
    candidates.sort(reverse=True)
    start_total = np.logaddexp.reduce(starts)
    end_total = np.logaddexp.reduce(ends)
    spans: list[Span] = []
    for logit, first, last in candidates:
        start, end = whole_words(text, int(window.offsets[first, 0]), int(window.offsets[last, 1]))
        if start >= end or any(start < other.end and other.start < end for other in spans):
            continue
        share = float(np.exp(logit - start_total - end_total))
        spans.append(Span(window.passage, start, end, logit - none, min(1.0, share)))
        if len(spans) == count:
            break
    return spans


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span widened to whole words and narrowed to no outer white space."""
    while 0 < start < len(text) and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
