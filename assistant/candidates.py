"""From ranked passages and the reader's spans to the sentences that may answer."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index import Document, RankedPassage, Sentence

from .direct import widen
from .reader import Reading


@dataclass(frozen=True, slots=True)
class Region:
    """Neighbouring passages of one document read in one go: ``document.text[start:end]``."""

    document: Document
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words of the region."""
        return self.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, with the span in it that answers most directly.

    ``sentence`` is an index into ``document.sentences``; ``start`` and ``end`` are characters
    of the document's text, or None where the sentence as a whole is the answer.
    """

    document: Document
    sentence: int
    start: int
    end: int
    score: float
    confidence: float

    @property
    def span(self) -> str:
        """The direct answer's words."""
        return self.document.text[self.start : self.end]

    @property
    def found(self) -> Sentence:
        """The sentence itself."""
        return self.document.sentences[self.sentence]

    @property
    def quote(self) -> str:
        """The sentence's exact words."""
        return self.document.text[self.found.start : self.found.end]


def regions(ranked: Sequence[RankedPassage], read: Callable[[str], Document]) -> list[Region]:
    """The passages, neighbours of one document joined, each with the sentence before it.

    Joined, because "He added …" is only understood behind the sentence that names him. In the
    order of the best passage of each region.
    """
    order = list(dict.fromkeys(found.passage.document for found in ranked))
    rank = {found.passage.id: place for place, found in enumerate(ranked)}
    made: list[tuple[int, Region]] = []
    for identity in order:
        document = read(identity)
        chosen = sorted(
            found.passage.ordinal for found in ranked if found.passage.document == identity
        )
        runs: list[list[int]] = []
        for ordinal in chosen:
            if runs and ordinal == runs[-1][-1] + 1:
                runs[-1].append(ordinal)
            else:
                runs.append([ordinal])
        for run in runs:
            first, last = document.passages[run[0]], document.passages[run[-1]]
            start = first.start
            if run[0] > 0:
                before = document.passages[run[0] - 1]
                if before.sentences and before.searchable and before.section == first.section:
                    start = before.sentences[-1].start
            best = min(rank[document.passages[ordinal].id] for ordinal in run)
            made.append((best, Region(document, start, last.end)))
    return [region for _, region in sorted(made, key=lambda item: item[0])]


def sentence_at(document: Document, place: int) -> int | None:
    """The index of the sentence over a character of the text; None between sentences."""
    sentences = document.sentences
    index = bisect_right([sentence.start for sentence in sentences], place) - 1
    return index if index >= 0 and place < sentences[index].end else None


def candidates(readings: Sequence[Reading], read_regions: Sequence[Region]) -> list[Candidate]:
    """The readings as candidates of their documents, best first, furniture left out.

    A span over a sentence's end is kept up to that end; of the same span found twice the better
    one is kept.
    """
    found: dict[tuple[str, int, int], Candidate] = {}
    for reading in readings:
        region = read_regions[reading.passage]
        document = region.document
        start, end = region.start + reading.start, region.start + reading.end
        index = sentence_at(document, start)
        if index is None:
            continue
        sentence = document.sentences[index]
        if not sentence.kind.is_fact:
            continue
        start, end = widen(
            document.text, start, min(end, sentence.end), sentence.start, sentence.end
        )
        if start >= end:
            continue
        key = document.id, start, end
        if key not in found or found[key].confidence < reading.confidence:
            found[key] = Candidate(document, index, start, end, reading.score, reading.confidence)
    return sorted(found.values(), key=lambda c: (-c.confidence, -c.score, c.start))
