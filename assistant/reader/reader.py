"""The embedded reader: finds a question's answer in passages, or finds that there is none."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.embedding import TOKENIZER_FILE
from index.embedding.encoder import shared_encoder
from index.sentences import split_sentences

from .calibration import Calibration, Evidence, load_calibration
from .likeness import Coverage, Likeness
from .spans import Span, best_spans
from .support import support
from .windows import Window, by_cost, make_windows, pad

FOLDER = Path(__file__).parent
NETWORK_FILE = FOLDER / "reader.onnx"
CALIBRATION_FILE = FOLDER / "calibration.json"
TOKENS_PER_BATCH = 4096
CONTEXT_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """A candidate answer: characters ``[start, end)`` of ``passages[passage]``.

    ``score`` is the network's, comparable across passages; ``confidence`` the calibrated
    probability, from 0 to 1, that the span is right.
    """

    passage: int
    start: int
    end: int
    score: float
    confidence: float


class Reader:
    """A 22-million-parameter extractive reader, run with onnxruntime.

    Safe to use from several threads; the network is loaded at the first question.
    """

    def __init__(
        self, network: Path = NETWORK_FILE, calibration: Calibration | None = None
    ) -> None:
        self._network = network
        self._lock = threading.Lock()
        self._likeness = Likeness(lambda texts: shared_encoder().encode(texts))
        self.calibration = calibration or load_calibration(CALIBRATION_FILE)

    @property
    def threshold(self) -> float:
        """The confidence under which the default is to refuse, given a question's own passage."""
        return self.calibration.threshold

    @property
    def searched_threshold(self) -> float:
        """The same where the passages were searched for in a library."""
        return self.calibration.searched_threshold

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            self._network, options, providers=["CPUExecutionProvider"]
        )

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        tokenizer = Tokenizer.from_file(str(TOKENIZER_FILE))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    def load(self) -> None:
        """Load the network now instead of at the first question."""
        with self._lock:
            _ = self._session, self._tokenizer

    def read(
        self,
        question: str,
        passages: Sequence[str],
        count: int = 1,
        known: Sequence[str] | None = None,
    ) -> list[Reading]:
        """The ``count`` best spans of every passage, best first over all passages.

        ``known`` says for each passage what the reader of the article knows besides, such as
        its title; names found there count as found. Long passages are read in overlapping
        windows. Empty passages have no reading; every span lies inside its passage.
        """
        spans, windows = self.spans(question, passages, count)
        evidence = self.evidence(question, passages, spans, windows, known)
        readings = [
            Reading(
                span.passage,
                span.start,
                span.end,
                span.score,
                self.calibration.confidence(found),
            )
            for span, found in zip(spans, evidence, strict=True)
        ]
        return sorted(readings, key=lambda r: (-r.confidence, -r.score, r.passage, r.start))

    def evidence(
        self,
        question: str,
        passages: Sequence[str],
        spans: Sequence[Span],
        windows: int,
        known: Sequence[str] | None = None,
    ) -> list[Evidence]:
        """What speaks for each span; ``known`` as in ``read``."""
        around = known or [""] * len(passages)
        read = {span.passage for span in spans}
        supports = {p: support(question, f"{around[p]} {passages[p]}") for p in read}
        sentences = {p: _Sentences(passages[p]) for p in read}
        at = [sentences[span.passage].at(span.start) for span in spans]
        texts = list(
            dict.fromkeys(sentences[s.passage].text(i) for s, i in zip(spans, at, strict=True))
        )
        likeness = dict(zip(texts, self._likeness.sentences(question, texts), strict=True))
        covered: dict[tuple[int, int], Coverage] = {}
        found = []
        for span, index in zip(spans, at, strict=True):
            inside = sentences[span.passage]
            sentence = inside.text(index)
            if (span.passage, index) not in covered:
                context = f"{around[span.passage]} {inside.before(index)}"
                covered[span.passage, index] = self._likeness.coverage(question, sentence, context)
            found.append(
                Evidence(
                    span.score,
                    span.share,
                    supports[span.passage],
                    covered[span.passage, index],
                    likeness[sentence],
                    len(passages[span.passage][span.start : span.end].split()),
                    windows,
                )
            )
        return found

    def spans(
        self, question: str, passages: Sequence[str], count: int = 1
    ) -> tuple[list[Span], int]:
        """The ``count`` best spans of every passage before calibration, and the windows read."""
        self.load()
        windows = make_windows(self._tokenizer, question, passages)
        found: dict[int, list[Span]] = {}
        for batch in by_cost(windows, TOKENS_PER_BATCH):
            logits = self._run([windows[place] for place in batch])
            for row, place in enumerate(batch):
                window = windows[place]
                found.setdefault(window.passage, []).extend(
                    best_spans(window, logits[row], passages[window.passage], count)
                )
        kept = [span for spans in found.values() for span in _distinct(spans, count)]
        return kept, len(windows)

    def _run(self, windows: Sequence[Window]) -> NDArray[np.float32]:
        logits: NDArray[np.float32] = self._session.run(None, pad(windows))[0]
        return logits


class _Sentences:
    """The sentences of a passage."""

    def __init__(self, passage: str) -> None:
        self._passage = passage
        self._bounds = split_sentences(passage) or [(0, len(passage))]
        self._starts = [start for start, _ in self._bounds]

    def at(self, place: int) -> int:
        """The number of the sentence over a character, or of the one before it."""
        return max(0, bisect_right(self._starts, place) - 1)

    def text(self, index: int) -> str:
        """The words of a sentence."""
        start, end = self._bounds[index]
        return self._passage[start:end]

    def before(self, index: int) -> str:
        """The sentences before one that its pronouns may speak of."""
        first = max(0, index - CONTEXT_SENTENCES)
        return " ".join(self.text(i) for i in range(first, index))


def _distinct(spans: list[Span], count: int) -> list[Span]:
    """The best spans of one passage, the same words found in two windows taken once."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: -s.score):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
        if len(kept) == count:
            break
    return kept


@lru_cache(maxsize=1)
def shipped_reader() -> Reader:
    """The reader in the package, shared by all assistants of the process."""
    return Reader()
