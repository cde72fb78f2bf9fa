"""The form of an answer: a span, a list, yes or no, a speaker, or a fact of the header."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index import Document, Kind

from .answers import Answer
from .attribution import speaker_of
from .candidates import Candidate, Region
from .composing import answer_with, joined, list_items, refuse, shown
from .polarity import decide
from .question import Wanted, wanted

Embed = Callable[[Sequence[str]], NDArray[np.float32]]

HEADER_KINDS = {
    Wanted.AUTHOR: Kind.AUTHOR,
    Wanted.DATE: Kind.DATE,
    Wanted.SITE: Kind.SITE,
    Wanted.TITLE: Kind.TITLE,
}
NEAREST = 3
# A sentence this much like the question (cosine of the embedder) is about the same thing.
ABOUT_THE_SAME = 0.5


@dataclass(frozen=True, slots=True)
class Form:
    """What is known when an answer takes its form: the question, what was read, what was found."""

    question: str
    read: Sequence[Region]
    candidates: Sequence[Candidate]
    threshold: float
    articles: int


def header_answer(question: str, articles: Sequence[Document]) -> Answer | None:
    """Author, date, site or title from the headers of the articles, if that is what is asked."""
    kind = HEADER_KINDS.get(wanted(question))
    if kind is None:
        return None
    found = []
    for document in articles:
        for index, sentence in enumerate(document.sentences):
            if sentence.kind is kind:
                found.append(Candidate(document, index, sentence.start, sentence.end, 0.0, 1.0))
                break
    if not found:
        return None
    short = joined([replace(c, start=_name_start(c, kind)) for c in found])
    found = [replace(c, start=_name_start(c, kind)) for c in found]
    return answer_with(question, found, short, 1.0)


def _name_start(candidate: Candidate, kind: Kind) -> int:
    """Where the fact begins behind a label such as "By"."""
    fact = getattr(candidate.document.metadata, kind.value)
    place = candidate.quote.find(fact) if fact else -1
    return candidate.start + max(0, place)


def answer_form(form: Form, embed: Embed) -> Answer:
    """The answer in the form the question asks for, or a refusal with the nearest sentences."""
    asked = wanted(form.question)
    answer: Answer | None = None
    if asked is Wanted.YES_NO:
        answer = _yes_no(form, embed)
    elif asked is Wanted.SPEAKER:
        answer = _speaker(form, embed)
    if answer is None and asked is not Wanted.YES_NO:
        answer = _span_or_list(form, asked)
    return answer or refuse(form.question, _nearest(form), form.articles)


def _span_or_list(form: Form, asked: Wanted) -> Answer | None:
    sure = [c for c in form.candidates if c.confidence >= form.threshold]
    if not sure:
        return None
    best = sure[0]
    if asked is Wanted.LIST:
        items = list_items(form.question, form.candidates, form.threshold / 2)
        return answer_with(form.question, items, joined(items), best.confidence)
    return answer_with(form.question, [best], shown(best.span), best.confidence)


def _like_question(form: Form, embed: Embed) -> list[tuple[Document, int, float]]:
    """The facts that were read, with their cosine to the question, nearest first."""
    facts = [
        (region.document, index)
        for region in form.read
        for index, s in enumerate(region.document.sentences)
        if s.kind.is_fact and region.start <= s.start and s.end <= region.end
    ]
    if not facts:
        return []
    words = [d.text[d.sentences[i].start : d.sentences[i].end] for d, i in facts]
    vectors = embed([form.question, *words])
    likeness = vectors[1:] @ vectors[0]
    found = [(d, i, float(v)) for (d, i), v in zip(facts, likeness, strict=True)]
    return sorted(found, key=lambda item: -item[2])


def _yes_no(form: Form, embed: Embed) -> Answer | None:
    best: tuple[float, Document, int, bool] | None = None
    for document, index, likeness in _like_question(form, embed)[:8]:
        if likeness < ABOUT_THE_SAME:
            break
        words = [document.text[s.start : s.end] for s in document.sentences]
        before = words[index - 1] if index else ""
        context = f"{document.metadata.title} {before} {speaker_of(words, index)}"
        decision = decide(form.question, words[index], context)
        if decision and (best is None or likeness * decision.share > best[0]):
            best = likeness * decision.share, document, index, decision.yes
    if best is None:
        return None
    confidence, document, index, yes = best
    sentence = document.sentences[index]
    chosen = Candidate(document, index, sentence.start, sentence.end, 0.0, confidence)
    word = "Yes" if yes else "No"
    return answer_with(form.question, [chosen], word, confidence, opening=f"{word}:")


def _speaker(form: Form, embed: Embed) -> Answer | None:
    """Who said it: the speaker of the sentence with the words, cited with where the name stands."""
    sure = [c for c in form.candidates if c.confidence >= form.threshold]
    likeness = {(d.id, i): v for d, i, v in _like_question(form, embed)}
    options: list[tuple[float, Candidate]] = [
        (c.confidence * (0.5 + likeness.get((c.document.id, c.sentence), 0.0)), c) for c in sure
    ]
    for _, candidate in sorted(options, key=lambda item: -item[0]):
        document, index = candidate.document, candidate.sentence
        words = [document.text[s.start : s.end] for s in document.sentences]
        speaker = speaker_of(words, index)
        if not speaker:
            continue
        place = words[index].find(speaker)
        if place >= 0:
            start = document.sentences[index].start + place
            named = replace(candidate, start=start, end=start + len(speaker))
            return answer_with(form.question, [named], speaker, candidate.confidence)
        naming = next((i for i in range(index - 1, -1, -1) if speaker in words[i]), None)
        context = [(document, naming)] if naming is not None else []
        return answer_with(
            form.question, [candidate], speaker, candidate.confidence, context=context
        )
    return None


def _nearest(form: Form) -> list[tuple[Document, int]]:
    near = dict.fromkeys((c.document.id, c.sentence) for c in form.candidates)
    documents = {c.document.id: c.document for c in form.candidates}
    return [(documents[identity], sentence) for identity, sentence in list(near)[:NEAREST]]
