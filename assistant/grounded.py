"""Conversation acts answered from the articles: each in the source's sentences, cited."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index import Document, Kind

from .answers import Answer, Citation, Outcome, Statement, Turn
from .attribution import speaker_of
from .candidates import Candidate
from .composing import answer_with, by_article, cite, refuse, shown
from .dates import dated_sentences
from .hedging import CONFIRM
from .polarity import decide
from .reader.support import keys, terms
from .understanding import Act, Understanding

Embed = Callable[[Sequence[str]], NDArray[np.float32]]

# One sentence in eight carries an article, between three and five of them.
SUMMARY_SHARE, SUMMARY_LEAST, SUMMARY_MOST = 8, 3, 5
ARTICLES_SUMMARISED, EACH_OF_SEVERAL = 6, 2
ALIKE = 0.8
MORE_SENTENCES = 3
COMPARED_SENTENCES = 2
ON_TOPIC = 0.35
LONGEST_LIST = 12
# Sentences behind a claim in which a source says whether it is confirmed.
LOOK_AHEAD = 3
CONFIRMED = re.compile(
    rf"\b{CONFIRM}\b|\bunconfirmed\b|\bunverified\b|\bno (?:confirmation|proof)\b", re.I
)
NOTHING_YET = "There is no answer to go back to yet; ask a question about the articles first."


def answer_act(
    understanding: Understanding, articles: Sequence[Document], last: Turn | None, embed: Embed
) -> Answer | None:
    """The answer to an act other than a question, or None where it is best asked as a question.

    ``last`` is the turn that acts such as "quote it" refer to.
    """
    act, question = understanding.act, understanding.question
    if act is Act.CONFIRMED and last is not None:
        confirmation = _confirmation(question, last, articles)
        if confirmation is not None:
            return confirmation
    if act in (Act.SHORTER, Act.QUOTE, Act.WHERE, Act.SPEAKER, Act.CONFIRMED):
        return _about_last(act, question, last)
    if act is Act.SUMMARY:
        return summarise(question, articles, embed)
    if act is Act.PEOPLE:
        return people_quoted(question, articles)
    if act is Act.TIMELINE:
        return timeline(question, articles)
    if act in (Act.MORE, Act.COMPARE) and understanding.topic:
        limit = MORE_SENTENCES if act is Act.MORE else COMPARED_SENTENCES
        # "What else ...?" wants what was not shown yet; a new topic may stand in the same sentence.
        besides = last is not None and re.search(r"\b(?:else|more|further)\b", question, re.I)
        known = (
            {(c.document, c.start) for c in last.answer.citations} if last and besides else set()
        )
        return about_topics(question, understanding.topic, articles, embed, limit, known)
    return None


def _about_last(act: Act, question: str, last: Turn | None) -> Answer:
    if last is None or not last.answer.citations:
        return Answer(question, NOTHING_YET, Outcome.CONVERSATION)
    told = last.answer
    citations = told.citations
    if act is Act.SHORTER:
        chosen = citations[:1] if told.short else citations[: max(1, len(citations) // 2)]
        texts = [told.short] if told.short else [shown(c.quote) for c in chosen]
        return _again(question, told, chosen, texts)
    if act is Act.QUOTE:
        return _again(question, told, citations, [f"“{shown(c.quote)}”" for c in citations])
    if act is Act.WHERE:
        texts = [f"In “{c.title}”: “{shown(c.quote)}”" for c in citations]
        return _again(question, told, citations, texts)
    if act is Act.SPEAKER:
        texts = [
            f"{c.speaker}: “{shown(c.quote)}”"
            if c.speaker
            else f"The article itself, naming nobody: “{shown(c.quote)}”"
            for c in citations
        ]
        speakers = ", ".join(dict.fromkeys(c.speaker for c in citations if c.speaker))
        return replace(_again(question, told, citations, texts), short=speakers or None)
    texts = [
        f"The source is cautious (“{c.hedge}”): “{shown(c.quote)}”"
        if c.hedge
        else f"It is what {c.speaker} says: “{shown(c.quote)}”"
        if c.speaker
        else f"The source states it without reservation: “{shown(c.quote)}”"
        for c in citations
    ]
    return _again(question, told, citations, texts)


def _confirmation(question: str, last: Turn, articles: Sequence[Document]) -> Answer | None:
    """What the source says, just behind the sentences cited last, of whether they are confirmed."""
    for document in articles:
        body = _body(document)
        starts = [document.sentences[i].start for i in body]
        cited = [c.start for c in last.answer.citations if c.document == document.id]
        places = [starts.index(start) for start in cited if start in starts]
        for place in places:
            for index in body[place : place + 1 + LOOK_AHEAD]:
                words = _words(document, index)
                match = CONFIRMED.search(words)
                if match is None:
                    continue
                # Who confirmed something else says nothing of this.
                verdict = decide("Has it been confirmed?", words).verdict.value
                if verdict != "No":
                    continue
                sentence = document.sentences[index]
                at = sentence.start + match.start(), sentence.start + match.end()
                chosen = Candidate(document, index, *at, 0.0, 1.0)
                return answer_with(question, [chosen], verdict, 1.0, opening=f"{verdict}:")
    return None


def _again(
    question: str, told: Answer, citations: Sequence[Citation], texts: Sequence[str | None]
) -> Answer:
    """The last answer's citations, renumbered, with other words around them."""
    numbered = [replace(c, number=n) for n, c in enumerate(citations, 1)]
    statements = tuple(
        Statement(text or "", (c.number,)) for text, c in zip(texts, numbered, strict=True)
    )
    return Answer(
        question=question,
        text=" ".join(f"{s.text} [{s.citations[0]}]" for s in statements),
        outcome=Outcome.ANSWERED,
        short=told.short,
        confidence=told.confidence,
        citations=tuple(numbered),
        statements=statements,
    )


def _extract(question: str, found: Sequence[tuple[Document, int]], short: str | None) -> Answer:
    """Whole sentences as an answer; that they stand there is certain."""
    chosen = [Candidate(d, i, d.sentences[i].start, d.sentences[i].end, 0.0, 1.0) for d, i in found]
    return answer_with(question, chosen, short, 1.0)


def _body(document: Document) -> list[int]:
    return [i for i, s in enumerate(document.sentences) if s.kind is Kind.BODY]


def _words(document: Document, index: int) -> str:
    sentence = document.sentences[index]
    return document.text[sentence.start : sentence.end]


def summarise(question: str, articles: Sequence[Document], embed: Embed) -> Answer:
    """The sentences that carry the articles, in order.

    Centrality in the graph of sentence likeness (LexRank, Erkan & Radev 2004) with a weight for
    early sentences, leaving out one much like another already taken. Of several articles each
    has a line of its own, under its title.
    """
    several = len(articles) > 1
    found: list[list[tuple[Document, int]]] = []
    for document in articles[:ARTICLES_SUMMARISED]:
        body = _body(document)
        if not body:
            continue
        vectors = embed([_words(document, i) for i in body])
        count = min(SUMMARY_MOST, max(SUMMARY_LEAST, len(body) // SUMMARY_SHARE))
        places = central_sentences(vectors, EACH_OF_SEVERAL if several else count)
        found.append([(document, body[place]) for place in places])
    if not found:
        return refuse(question, [], len(articles))
    if not several:
        return _extract(question, found[0], None)
    left = len(articles) - len(found)
    more = f"{left} more in the library; choose one of them to have it summarised."
    return by_article(question, found, notes=(more,) if left else ())


def central_sentences(vectors: NDArray[np.float32], count: int) -> list[int]:
    """Places of the ``count`` sentences that carry a text, ascending.

    ``vectors`` has shape (sentences, dimension), unit length, in the order of the text.
    """
    likeness = np.clip(vectors @ vectors.T, 0, None)
    early = 1 + 0.5 * np.exp(-np.arange(len(vectors)) / 4)
    order = np.argsort(-(likeness.mean(1) * early), kind="stable")
    taken: list[int] = []
    for place in order:
        if all(likeness[place, other] < ALIKE for other in taken):
            taken.append(int(place))
        if len(taken) == count:
            break
    return sorted(taken)


def people_quoted(question: str, articles: Sequence[Document]) -> Answer:
    """Everyone whose words or views an article gives, each with the first such sentence."""
    found: dict[tuple[str, str], tuple[Document, int]] = {}
    for document in articles:
        words = [document.text[s.start : s.end] for s in document.sentences]
        for index in _body(document):
            speaker = speaker_of(words, index)
            if speaker:
                found.setdefault((document.id, speaker), (document, index))
    if not found:
        return refuse(question, [], len(articles))
    kept = list(found.items())[:LONGEST_LIST]
    names = "; ".join(dict.fromkeys(speaker for (_, speaker), _ in kept))
    return _extract(question, list(dict.fromkeys(place for _, place in kept)), names)


def timeline(question: str, articles: Sequence[Document]) -> Answer:
    """The sentences that say when, by date."""
    found = [
        (when, document, index)
        for document in articles
        for when, index in dated_sentences(document)
    ]
    if not found:
        return refuse(question, [], len(articles))
    found.sort(key=lambda item: item[0])
    citations = [
        cite(number, document, index) for number, (_, document, index) in enumerate(found, 1)
    ][:LONGEST_LIST]
    statements = tuple(
        Statement(f"{when}: {shown(c.quote)}", (c.number,))
        for (when, _, _), c in zip(found, citations, strict=False)
    )
    return Answer(
        question=question,
        text="\n".join(f"- {s.text} [{s.citations[0]}]" for s in statements),
        outcome=Outcome.ANSWERED,
        confidence=1.0,
        citations=tuple(citations),
        statements=statements,
    )


def about_topics(
    question: str,
    topics: Sequence[str],
    articles: Sequence[Document],
    embed: Embed,
    limit: int,
    known: set[tuple[str, int]],
) -> Answer:
    """The sentences that speak of each topic, those in ``known`` (document, start) left out.

    A sentence speaks of a topic that it names or that is its speaker; a section under a heading
    that names it speaks of it as a whole. A refusal where none does for some topic.
    """
    places = [
        (d, i) for d in articles for i in _body(d) if (d.id, d.sentences[i].start) not in known
    ]
    chosen: dict[tuple[str, int], tuple[Document, int]] = {}
    if not places:
        return refuse(question, [], len(articles))
    vectors = embed([_words(d, i) for d, i in places])
    words = {d.id: [_words(d, i) for i in range(len(d.sentences))] for d in articles}
    told = [keys(f"{words[d.id][i]} {speaker_of(words[d.id], i)}") for d, i in places]
    for topic, vector in zip(topics, embed(list(topics)), strict=True):
        wanted = {term.key for term in terms(f"about {topic}")}
        section = _section_on(topic, places)
        if section:
            central = central_sentences(np.stack([vectors[p] for p in section]), limit + 1)
            speaking = [section[p] for p in central]
        else:
            likeness = vectors @ vector
            shares = np.array([len(wanted & held) / max(1, len(wanted)) for held in told])
            order = np.argsort(-(shares + likeness), kind="stable")
            speaking = [
                p for p in order if shares[p] >= 0.5 and shares[p] + likeness[p] > ON_TOPIC + 0.5
            ]
            if not speaking:
                return refuse(question, [places[p] for p in order[:3]], len(articles))
        for place in speaking[: limit + bool(section)]:
            document, index = places[place]
            chosen.setdefault((document.id, index), (document, index))
    return _extract(question, list(chosen.values()), None)


def _section_on(topic: str, places: Sequence[tuple[Document, int]]) -> list[int]:
    """The places under a heading that holds every name of a topic; none where no heading does."""
    named = {term.key for term in terms(f"about {topic}") if term.named}
    if not named:
        return []
    found = []
    for place, (document, index) in enumerate(places):
        start = document.sentences[index].start
        section = next((p.section for p in document.passages if p.start <= start < p.end), "")
        if section and named <= keys(section):
            found.append(place)
    return found
