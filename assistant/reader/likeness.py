"""How much a sentence is about what a question asks: by its meaning, and word by word."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .support import WORD, keys, terms

Embed = Callable[[Sequence[str]], NDArray[np.float32]]

# From this cosine on, two words count as alike, in part.
ALIKE = 0.45
KEPT_WORDS = 50_000


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a question stands at a sentence.

    ``share`` is from 0 to 1; ``named`` is whether every name and number of the question does.
    """

    share: float
    named: bool


class Likeness:
    """Compares questions with sentences; vectors of words are kept. Safe across threads."""

    def __init__(self, embed: Embed) -> None:
        self._embed = embed
        self._words: dict[str, NDArray[np.float32]] = {}
        self._lock = threading.Lock()

    def sentences(self, question: str, sentences: Sequence[str]) -> list[float]:
        """The cosine of each sentence to the question."""
        if not sentences:
            return []
        vectors = self._embed([question, *sentences])
        return [float(value) for value in vectors[1:] @ vectors[0]]

    def coverage(
        self, question: str, sentence: str, context: str = "", leave: frozenset[str] = frozenset()
    ) -> Coverage:
        """How much of the question the sentence covers, all but the words whose keys to ``leave``.

        A word that only the context holds counts half; one that has a word like it in the
        sentence as much as the two are alike.
        """
        here, known = keys(sentence), keys(f"{context} {sentence}")
        asked = [term for term in terms(question) if term.key not in leave]
        if not asked:
            return Coverage(0.0, True)
        shares = [1.0 if t.key in here else 0.5 if t.key in known else 0.0 for t in asked]
        missing = [place for place, share in enumerate(shares) if share < 1]
        words = [word.lower() for word in WORD.findall(sentence)]
        if missing and words:
            near = self._vectors([asked[p].word.lower() for p in missing]) @ self._vectors(words).T
            for place, best in zip(missing, near.max(axis=1), strict=True):
                if best >= ALIKE:
                    shares[place] = max(shares[place], float(best))
        named = all(term.key in known for term in asked if term.named or term.number)
        return Coverage(sum(shares) / len(shares), named)

    def words(self, some: Sequence[str], others: Sequence[str]) -> float:
        """The cosine of the two most alike words of two lists; 0 where one is empty."""
        if not some or not others:
            return 0.0
        near = (
            self._vectors([w.lower() for w in some]) @ self._vectors([w.lower() for w in others]).T
        )
        return float(near.max())

    def _vectors(self, words: Sequence[str]) -> NDArray[np.float32]:
        with self._lock:
            new = [word for word in dict.fromkeys(words) if word not in self._words]
            if new:
                if len(self._words) > KEPT_WORDS:
                    self._words.clear()
                    new = list(dict.fromkeys(words))
                self._words.update(zip(new, self._embed(new), strict=True))
            return np.stack([self._words[word] for word in words])
