"""From an answer to its scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers import Answer
from index.document import Document, RankedPassage

from .measures import (
    Gold,
    RankingScores,
    citation_precision,
    citation_recall,
    is_right,
    locate,
    overlap,
    ranking_scores,
    squad_f1,
    verbatim,
)
from .measures.answers import MARKERS
from .measures.citations import CitedStatement
from .questions import Question
from .results import Excerpt, Result, Scores

AROUND = 240


@dataclass(frozen=True, slots=True)
class Evidence:
    """A gold quotation's place: characters ``[start, end)`` of a document's text."""

    document: str
    start: int
    end: int

    def meets(self, document: str, start: int, end: int) -> bool:
        """Whether a span of a document overlaps this one."""
        return document == self.document and overlap((start, end), (self.start, self.end))


def locate_evidence(
    question: Question, documents: Sequence[Document]
) -> tuple[list[Evidence], tuple[str, ...]]:
    """The places of the question's gold quotations, and those that no document holds."""
    found: list[Evidence] = []
    missing: list[str] = []
    for quotation in question.evidence:
        for document in documents:
            if span := locate(document.text, quotation):
                found.append(Evidence(document.id, *span))
                break
        else:
            missing.append(quotation)
    return found, tuple(missing)


def judge(
    question: Question,
    answer: Answer,
    seconds: float,
    documents: Sequence[Document],
    evidence: Sequence[Evidence],
    missing: tuple[str, ...],
    ranked: Sequence[RankedPassage],
    full: Answer | None = None,
) -> Result:
    """Score one answer; ``full`` is the answer to the same question asked without its history."""
    texts = {document.id: document.text for document in documents}
    changed = None
    if question.stands_alone:
        changed = _bare(answer.understood_as or question.question) != _bare(question.question)
    cited = [
        any(gold.meets(c.document, c.start, c.end) for gold in evidence) for c in answer.citations
    ]
    reached = [
        any(gold.meets(c.document, c.start, c.end) for c in answer.citations) for gold in evidence
    ]
    exact = [verbatim(texts.get(c.document, ""), c.start, c.end, c.quote) for c in answer.citations]
    judged = bool(evidence) and question.answerable
    statements = _cited_statements(answer)
    scores = Scores(
        right=is_answer_right(question, answer),
        refused=not answer.answered,
        f1=_f1(question, answer),
        citation_exact=sum(exact) / len(exact) if exact else None,
        evidence_cited=any(reached) if judged else None,
        evidence_recall=sum(reached) / len(reached) if judged else None,
        evidence_precision=sum(cited) / len(cited) if judged and cited else None,
        citation_recall=citation_recall(statements),
        citation_precision=citation_precision(statements),
        ranking=_ranking(evidence, ranked) if judged else None,
        full_right=is_answer_right(question, full) if full else None,
        changed=changed,
    )
    excerpts = tuple(
        Excerpt(
            c.number,
            c.title,
            texts[c.document][max(0, c.start - AROUND) : c.start],
            c.quote,
            texts[c.document][c.end : c.end + AROUND],
        )
        for c in answer.citations
        if c.document in texts
    )
    return Result(question, answer, scores, seconds, excerpts, missing)


def is_answer_right(question: Question, answer: Answer) -> bool:
    """Whether the answer is right, or rightly refused.

    A question with evidence but no gold answer, such as a summary, is right where all of its
    gold quotations' words are in the answer: see ``is_right`` for a clause.
    """
    if not question.answerable:
        return not answer.answered
    if not answer.answered:
        return False
    statements = [s.text for s in answer.statements if not s.dropped]
    gold = Gold(question.answers, question.all_of)
    if not gold.answers and not gold.all_of:
        gold = Gold(all_of=tuple((quotation,) for quotation in question.evidence))
    return is_right(gold, answer.text, answer.short, statements)


def _f1(question: Question, answer: Answer) -> float | None:
    """Token F1 of the direct answer; for a list there is no single form to compare with."""
    if not question.answerable:
        return float(not answer.answered)
    if not question.answers:
        return None
    said = (answer.short or MARKERS.sub("", answer.text)) if answer.answered else ""
    return squad_f1(said, question.answers)


def _cited_statements(answer: Answer) -> list[CitedStatement]:
    quotes = {citation.number: citation.quote for citation in answer.citations}
    return [
        CitedStatement(statement.text, tuple(quotes[n] for n in statement.citations if n in quotes))
        for statement in answer.statements
        if not statement.dropped and answer.answered
    ]


def _ranking(evidence: Sequence[Evidence], ranked: Sequence[RankedPassage]) -> RankingScores:
    found = [
        frozenset(
            str(place)
            for place, gold in enumerate(evidence)
            if gold.meets(r.passage.document, r.passage.start, r.passage.end)
        )
        for r in ranked
    ]
    return ranking_scores(found, frozenset(str(place) for place in range(len(evidence))))


def _bare(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())
