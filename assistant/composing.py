"""From candidates to an answer in the source's own words, every sentence with its citation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index import Document

from .answers import MARKER, Answer, Citation, Outcome, Statement
from .attribution import hedge_of, speaker_of
from .candidates import Candidate

SPACE = re.compile(r"\s+")
MOST_SENTENCES = 5
# A further item of a list is kept when it is at least this likely beside the best one.
LIST_SHARE = 0.5
NUMBER_WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
JOINED = re.compile(r",| and | or |;")


def cite(
    number: int, document: Document, sentence: int, highlight: tuple[int, int] | None = None
) -> Citation:
    """The citation of one sentence, with who says it and how sure the source is."""
    span = document.sentences[sentence]
    words = [document.text[s.start : s.end] for s in document.sentences]
    facts = document.metadata
    return Citation(
        number=number,
        document=document.id,
        title=facts.title,
        source=facts.source,
        quote=words[sentence],
        start=span.start,
        end=span.end,
        author=facts.author,
        date=facts.date,
        site=facts.site,
        highlight=highlight,
        speaker=speaker_of(words, sentence),
        hedge=hedge_of(words[sentence]),
    )


def shown(words: str) -> str:
    """Words of a source on one line; brackets around numbers cannot pass for our markers."""
    return MARKER.sub(r"(\1)", SPACE.sub(" ", words).strip())


def answer_with(
    question: str,
    chosen: Sequence[Candidate],
    short: str | None,
    confidence: float,
    opening: str = "",
    context: Iterable[tuple[Document, int]] = (),
) -> Answer:
    """An answer that gives the chosen candidates' sentences in the order of their documents.

    ``context`` are further sentences to cite, such as the one that names who is speaking;
    ``opening`` is put before the first sentence ("Yes:").
    """
    highlights: dict[tuple[str, int], tuple[int, int]] = {}
    documents: dict[str, Document] = {}
    for candidate in chosen:
        documents.setdefault(candidate.document.id, candidate.document)
        highlights.setdefault(
            (candidate.document.id, candidate.sentence), (candidate.start, candidate.end)
        )
    wanted = dict.fromkeys(highlights)
    for document, sentence in context:
        documents.setdefault(document.id, document)
        wanted.setdefault((document.id, sentence))
    rank = {identity: place for place, identity in enumerate(documents)}
    citations, statements = [], []
    for number, (identity, sentence) in enumerate(
        sorted(wanted, key=lambda key: (rank[key[0]], key[1])), 1
    ):
        citation = cite(number, documents[identity], sentence, highlights.get((identity, sentence)))
        citations.append(citation)
        statements.append(Statement(shown(citation.quote), (number,)))
    text = " ".join(f"{s.text} [{s.citations[0]}]" for s in statements)
    return Answer(
        question=question,
        text=f"{opening} {text}".strip(),
        outcome=Outcome.ANSWERED,
        short=short,
        confidence=confidence,
        citations=tuple(citations),
        statements=tuple(statements),
    )


def refuse(question: str, nearest: Sequence[tuple[Document, int]], articles: int) -> Answer:
    """A refusal that shows the nearest sentences without claiming that they answer."""
    who = "The article does" if articles == 1 else "The articles do"
    text = f"{who} not say."
    if articles == 0:
        text = "The library is empty; add an article to ask about."
    return Answer(
        question=question,
        text=text,
        outcome=Outcome.REFUSED,
        closest=tuple(cite(n, document, s) for n, (document, s) in enumerate(nearest, 1)),
    )


def list_items(question: str, candidates: Sequence[Candidate], floor: float) -> list[Candidate]:
    """The candidates that together answer a question for a list, best first.

    As many as the question names ("Which two …?"), counting a span that joins several as
    several; without a number, those at least half as likely as the best, over ``floor``.
    """
    best = candidates[0]
    asked = next(
        (NUMBER_WORDS[w] for w in re.findall(r"\w+", question.lower()) if w in NUMBER_WORDS), None
    )
    kept = [best]
    for candidate in candidates[1:]:
        have = sum(1 + len(JOINED.findall(item.span)) for item in kept)
        if len(kept) == MOST_SENTENCES or (asked is not None and have >= asked):
            break
        likely = candidate.confidence >= max(floor, LIST_SHARE * best.confidence)
        apart = all(
            item.document.id != candidate.document.id
            or candidate.end <= item.start
            or item.end <= candidate.start
            for item in kept
        )
        repeated = any(candidate.span.lower() in item.span.lower() for item in kept)
        if likely and apart and not repeated:
            kept.append(candidate)
    return kept


def joined(items: Sequence[Candidate]) -> str:
    """The items' words in document order."""
    order = sorted(items, key=lambda c: (c.document.id, c.start))
    return "; ".join(dict.fromkeys(shown(item.span) for item in order))


def by_article(
    question: str,
    found: Sequence[Sequence[tuple[Document, int]]],
    short: str | None = None,
    notes: tuple[str, ...] = (),
) -> Answer:
    """Whole sentences of several articles, a line for each article, behind its title.

    ``found`` has the sentences of one article after another, as places in its document.
    """
    citations: list[Citation] = []
    statements: list[Statement] = []
    lines = []
    for sentences in found:
        words: list[str] = []
        for document, index in sentences:
            citation = cite(len(citations) + 1, document, index)
            title = f"{document.metadata.title}: " if not words and document.metadata.title else ""
            statements.append(Statement(f"{title}{shown(citation.quote)}", (citation.number,)))
            words.append(f"{title}{shown(citation.quote)} [{citation.number}]")
            citations.append(citation)
        lines.append(f"- {' '.join(words)}")
    return Answer(
        question=question,
        text="\n".join(lines),
        outcome=Outcome.ANSWERED,
        short=short,
        confidence=1.0,
        citations=tuple(citations),
        statements=tuple(statements),
        notes=notes,
    )
