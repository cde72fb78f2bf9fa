"""What was read for a question: its sentences, and how each meets the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index import Document

from .attribution import speaker_of
from .candidates import Candidate, Region
from .polarity import negation_keys
from .reader.likeness import Likeness
from .reader.support import terms

# Of the sentences most like the question so many are looked at.
LOOKED_AT = 12
# Sentences before one whose names it may speak of by "he", "the alliance" or "it".
CONTEXT_SENTENCES = 2
# What a sentence must hold of a question to decide it; see ``Fact``.
LEAST_COVERED, LEAST_SCORE = 0.45, 0.45
# The share of a question, names aside, that a sentence itself must hold to give a verdict or a
# reason: what only the sentences before speak of is not decided by it.
OWN_COVERED = 0.3


@dataclass(frozen=True, slots=True)
class Form:
    """What is known when an answer takes its form: the question, what was read, what was found."""

    question: str
    read: Sequence[Region]
    candidates: Sequence[Candidate]
    threshold: float
    articles: int
    likeness: Likeness
    cited_before: frozenset[tuple[str, int]] = frozenset()
    """The document and first character of the sentences a follow-up speaks of."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence that was read: ``index`` in its document, and how it meets the question.

    ``likeness`` is the cosine of its embedding, ``covered`` the share of the question's words,
    ``pointed`` the reader's confidence in the best span it has there; each from 0 to 1.
    """

    document: Document
    index: int
    likeness: float
    covered: float
    named: bool
    pointed: float
    speaker: str

    @property
    def score(self) -> float:
        """One figure for how surely the sentence is what the question is about."""
        return (max(0.0, self.likeness) + 1.5 * self.covered + 0.5 * self.pointed) / 3

    @property
    def words(self) -> str:
        """The sentence."""
        sentence = self.document.sentences[self.index]
        return self.document.text[sentence.start : sentence.end]


def facts(form: Form, question: str, leave: frozenset[str] = frozenset()) -> list[Fact]:
    """The facts that were read, those most like the question, best first."""
    places = [
        (region.document, index)
        for region in form.read
        for index, s in enumerate(region.document.sentences)
        if s.kind.is_fact and region.start <= s.start and s.end <= region.end
    ]
    places = [
        place
        for number, place in enumerate(places)
        if all((place[0].id, place[1]) != (d.id, i) for d, i in places[:number])
    ]
    pointed: dict[tuple[str, int], float] = {}
    for candidate in form.candidates:
        key = candidate.document.id, candidate.sentence
        pointed[key] = max(pointed.get(key, 0.0), candidate.confidence)
    likeness = form.likeness.sentences(question, [sentences_of(d)[i] for d, i in places])
    near = sorted(zip(likeness, places, strict=True), key=lambda item: -item[0])
    looked_at = [
        (value, d, i)
        for place, (value, (d, i)) in enumerate(near)
        if place < LOOKED_AT or pointed.get((d.id, i), 0.0) >= form.threshold
    ]
    met = []
    for value, document, index in looked_at:
        words = sentences_of(document)
        speaker = speaker_of(words, index)
        before = " ".join(words[max(0, index - CONTEXT_SENTENCES) : index])
        context = f"{document.metadata.title} {speaker} {before}"
        covered = form.likeness.coverage(question, words[index], context, leave)
        met.append(
            Fact(
                document,
                index,
                value,
                covered.share,
                covered.named,
                pointed.get((document.id, index), 0.0),
                speaker,
            )
        )
    return sorted(met, key=lambda fact: -fact.score)


def sentences_of(document: Document) -> list[str]:
    """The words of a document's sentences."""
    return [document.text[s.start : s.end] for s in document.sentences]


def own_share(form: Form, question: str, sentence: str) -> float:
    """The share of a question, names aside, that a sentence itself holds; 1 where it is all names."""
    names = frozenset(t.key for t in terms(question) if t.named or t.number)
    leave = names | negation_keys()
    if all(term.key in leave for term in terms(question)):
        return 1.0
    return form.likeness.coverage(question, sentence, "", leave).share
