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
from .reader.support import support

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
# Of the sentences most like the question so many are looked at for a yes, a no or a speaker.
DECIDING = 10
# The share of a question's words that the deciding sentence must hold: where only likeness
# speaks for it, and where the reader points at it too.
DECIDING_SHARE, POINTED_SHARE = 0.6, 0.4


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
    else:
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
    """The sentence that decides: most like the question, holding most of its words.

    Where the reader itself points at a sentence, fewer of the words need to stand in it.
    """
    pointed = {(c.document.id, c.sentence): c.confidence for c in form.candidates}
    best: tuple[float, Document, int, bool] | None = None
    for document, index, likeness in _like_question(form, embed)[:DECIDING]:
        sure = pointed.get((document.id, index), 0.0) >= form.threshold
        if likeness < ABOUT_THE_SAME and not sure:
            continue
        words = _sentences(document)
        context = f"{document.metadata.title} {words[index - 1] if index else ''}"
        context = f"{context} {speaker_of(words, index)}"
        least = POINTED_SHARE if sure else DECIDING_SHARE
        decision = decide(form.question, words[index], context, least)
        if decision is None:
            continue
        score = (likeness + decision.share) / 2
        if best is None or score > best[0]:
            best = score, document, index, decision.yes
    if best is None:
        return None
    confidence, document, index, yes = best
    sentence = document.sentences[index]
    chosen = Candidate(document, index, sentence.start, sentence.end, 0.0, min(1.0, confidence))
    word = "Yes" if yes else "No"
    return answer_with(form.question, [chosen], word, chosen.confidence, opening=f"{word}:")


def _speaker(form: Form, embed: Embed) -> Answer | None:
    """Who said it: the speaker of the sentence with the words, cited with where the name stands.

    Among the sentences that somebody says, the one most like the question and most surely
    pointed at by the reader.
    """
    pointed: dict[tuple[str, int], Candidate] = {}
    for candidate in form.candidates:
        pointed.setdefault((candidate.document.id, candidate.sentence), candidate)
    options: list[tuple[float, float, Document, int, str]] = []
    for document, index, likeness in _like_question(form, embed)[:DECIDING]:
        words = _sentences(document)
        speaker = speaker_of(words, index)
        found = pointed.get((document.id, index))
        sure = found.confidence if found else 0.0
        if speaker and (likeness >= ABOUT_THE_SAME or sure >= form.threshold):
            share = support(form.question, f"{words[index]} {speaker}").words
            options.append((likeness + sure / 2 + share / 2, sure, document, index, speaker))
    if not options:
        return None
    score, sure, document, index, speaker = max(options, key=lambda option: option[0])
    confidence = max(sure, min(1.0, score / 2))
    words = _sentences(document)
    sentence = document.sentences[index]
    place = words[index].find(speaker)
    if place >= 0:
        start = sentence.start + place
        named = Candidate(document, index, start, start + len(speaker), 0.0, confidence)
        return answer_with(form.question, [named], speaker, confidence)
    whole = Candidate(document, index, sentence.start, sentence.end, 0.0, confidence)
    naming = next((i for i in range(index - 1, -1, -1) if speaker in words[i]), None)
    context = [(document, naming)] if naming is not None else []
    return answer_with(form.question, [whole], speaker, confidence, context=context)


def _sentences(document: Document) -> list[str]:
    return [document.text[s.start : s.end] for s in document.sentences]


def _nearest(form: Form) -> list[tuple[Document, int]]:
    near = dict.fromkeys((c.document.id, c.sentence) for c in form.candidates)
    documents = {c.document.id: c.document for c in form.candidates}
    return [(documents[identity], sentence) for identity, sentence in list(near)[:NEAREST]]
