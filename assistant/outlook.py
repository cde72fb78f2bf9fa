"""Questions of what is to come: "How will ties develop?", "What are they expected to do?"."""

from __future__ import annotations

import re

from .answers import Answer
from .candidates import Candidate
from .composing import answer_with, shown
from .facts import Form, facts
from .hedging import hedge_of
from .polarity import clauses

ASKED = re.compile(
    r"^(?:and\s+|so\s+|but\s+)?(?:how\s+(?:will|would|might|could|may|is|are)\b"
    r"|what\s+(?:will|would|might|could|may|is|are)\b.*\b(?:do|happen|become|expected|likely|going to|change|develop|follow)\b"
    r"|what\s+(?:does|do)\b.*\b(?:plan|intend|expect|want|aim)\b)",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\b(?:will|would|may|might|could|should|expects?|expected|plans?|intends?|is to|are to|going to"
    r"|probably|likely|soon|next|aims?|hopes?|promises?|wants?)\b",
    re.IGNORECASE,
)
# A sentence found by its meaning alone has to meet nearly all of the question.
OUTLOOK_COVERED, OUTLOOK_SCORE = 0.7, 0.55


def outlook(form: Form) -> Answer | None:
    """The sentence that looks ahead to what is asked; None where none surely does.

    The answer to such a question is a whole clause, of which the reader mostly finds a part.
    """
    if not ASKED.match(form.question):
        return None
    for fact in facts(form, form.question)[:1]:
        surely = fact.named and fact.covered >= OUTLOOK_COVERED and fact.score >= OUTLOOK_SCORE
        if not surely or not (AHEAD.search(fact.words) or hedge_of(fact.words)):
            return None
        start = fact.document.sentences[fact.index].start
        first, last = _clause_ahead(fact.words)
        chosen = Candidate(
            fact.document, fact.index, start + first, start + last, 0.0, min(1.0, fact.score)
        )
        return answer_with(form.question, [chosen], shown(chosen.span), chosen.confidence)
    return None


def _clause_ahead(sentence: str) -> tuple[int, int]:
    """The characters of the first clause that looks ahead, to the end of its main words."""
    bounds = clauses(sentence)
    start, end = next((b for b in bounds if AHEAD.search(sentence[b[0] : b[1]])), bounds[0])
    return start, start + len(sentence[start:end].rstrip(".!?,;: "))
