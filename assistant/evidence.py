"""The numbered sentences that a language model may use and cite."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index import Document, RankedPassage

from .composing import shown
from .prompts import ARTICLE
from .verification import Source, source_at

# Sentences that address a machine instead of a reader carry no fact and are not handed on.
ADDRESSED_TO_MODEL = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,60}\b(?:instructions?|prompts?|rules|guidelines|above|previous|prior)\b"
    r"|\b(?:you are|act as|pretend to be|as)\s(?:now\s)?an?\s(?:helpful\s)?(?:ai|assistant|language model|chatbot)\b"
    r"|\b(?:system|hidden|original) prompt\b|\bnew instructions?\b|<\/?(?:system|assistant|user|article)\b"
    r"|\b(?:attention|note to|dear|instructions? (?:to|for))\s(?:all\s)?(?:ai|llms?|language models?|assistants?|chatbots?)\b"
    r"|^\W*(?:always |only |please )?(?:answer|respond|reply|output)\b.{0,30}\b(?:that|with|only|the following)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A sentence of a document under the number that the model cites it by."""

    number: int
    document: Document
    sentence: int
    source: Source

    @property
    def line(self) -> str:
        """The sentence as the model sees it, on one line."""
        return f"[{self.number}] {shown(self.source.text)}"


def gather(
    ranked: Sequence[RankedPassage],
    read: Callable[[str], Document],
    count: Callable[[str], int],
    budget: int,
) -> list[Numbered]:
    """The facts of the passages that fit a budget of tokens, numbered in reading order.

    Taken from the best passage down; the first sentence that does not fit ends it, so that
    nothing is cut and only the bottom of the ranking is left out.
    """
    chosen: dict[str, tuple[Document, set[int]]] = {}
    left = budget
    for found in ranked:
        document = read(found.passage.document)
        places = {(s.start, s.end): n for n, s in enumerate(document.sentences)}
        fits = True
        for sentence in found.passage.sentences:
            if not sentence.kind.is_fact:
                continue
            words = shown(document.text[sentence.start : sentence.end])
            if ADDRESSED_TO_MODEL.search(words):
                continue
            left -= count(f"[000] {words}\n")
            fits = left >= 0
            if not fits:
                break
            place = places[sentence.start, sentence.end]
            chosen.setdefault(document.id, (document, set()))[1].add(place)
        if not fits:
            break
    numbered: list[Numbered] = []
    for document, sentences in chosen.values():
        text = [shown(document.text[s.start : s.end]) for s in document.sentences]
        for place in sorted(sentences):
            source = source_at(text, place, document.metadata.title)
            numbered.append(Numbered(len(numbered) + 1, document, place, source))
    return numbered


def quoted(evidence: Sequence[Numbered]) -> str:
    """The sentences by article, between tags that mark them as quoted material."""
    by_article: dict[str, list[Numbered]] = {}
    for one in evidence:
        by_article.setdefault(one.document.id, []).append(one)
    return "\n\n".join(
        ARTICLE.format(
            title=_attribute(group[0].document.metadata.title),
            date=_attribute(group[0].document.metadata.date),
            lines="\n".join(one.line.replace("<", "‹").replace(">", "›") for one in group),
        )
        for group in by_article.values()
    )


def _attribute(words: str) -> str:
    return re.sub(r'["<>\s]+', " ", words).strip()
