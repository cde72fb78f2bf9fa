"""Why-questions: the reason that the source states, where the reader alone is unsure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .answers import Answer
from .candidates import Candidate
from .composing import answer_with, shown
from .facts import LEAST_COVERED, LEAST_SCORE, OWN_COVERED, Fact, Form, facts, own_share
from .polarity import deciding_clause

WHY = re.compile(r"^(?:and\s+|but\s+|so\s+)?(?:why|for what reason|how come)\b", re.IGNORECASE)
CAUSE = re.compile(
    r"\b(?:because|since (?=it|he|she|they|the|this)|as a result of|due to|owing to|so that|in order to"
    r"|for fear of|thanks to|on the grounds that)\b"
)
# How a clause opens that may give the reason of the one before it.
OPENING = re.compile(
    r"^[\s,;:–—-]*(?P<clause>(?:because|since|as|when|after|now that|which|who|where|but|so that|to\s|in order)\b.+)$",
    re.DOTALL,
)
# A reason by rule comes in where the reader is less sure of its own than this.
SURE_ENOUGH, REASONS_LOOKED_AT = 0.5, 4
# Of a claim just cited, the reason may stand so many sentences further on.
REASON_BEHIND = 1


def stated_reason(form: Form, sure: Sequence[Candidate]) -> Answer | None:
    """The reason that a sentence speaking of what is asked gives behind "because" or the like.

    ``sure`` are the candidates over the threshold; None where the reader's own is better.
    """
    if not WHY.match(form.question) or (sure and sure[0].confidence >= SURE_ENOUGH):
        return None
    found = facts(form, form.question)
    behind = [f for f in found if _just_behind(form, f)]
    for fact in [*behind, *found[:REASONS_LOOKED_AT]]:
        match = CAUSE.search(fact.words)
        met_enough = (
            fact.covered >= LEAST_COVERED
            and fact.score >= LEAST_SCORE
            and own_share(form, form.question, fact.words) >= OWN_COVERED
        )
        if not match or not (fact in behind or (fact.named and met_enough)):
            continue
        start = fact.document.sentences[fact.index].start
        end = start + len(fact.words.rstrip(" .!?"))
        confidence = max(form.threshold, fact.pointed)
        chosen = Candidate(fact.document, fact.index, start + match.start(), end, 0.0, confidence)
        return answer_with(form.question, [chosen], shown(chosen.span), confidence)
    return None


def beside_the_asked(question: str, candidate: Candidate) -> Candidate:
    """The candidate of a why-question moved off the clause that only repeats what is asked.

    "Worries grew when allies left": asked why worries grew, what follows them is the reason.
    """
    low = candidate.found.start
    start, end = deciding_clause(question, candidate.quote)
    if not low + start <= candidate.start < candidate.end <= low + end:
        return candidate
    rest = OPENING.match(candidate.quote[end:].rstrip(" .!?"))
    if rest is None:
        return candidate
    begin = low + end + rest.start("clause")
    return replace(candidate, start=begin, end=begin + len(rest.group("clause")))


def _just_behind(form: Form, fact: Fact) -> bool:
    """Whether a sentence stands at, or right behind, one that the follow-up speaks of."""
    starts = [s.start for s in fact.document.sentences]
    return any(
        document == fact.document.id
        and start in starts
        and 0 <= fact.index - starts.index(start) <= REASON_BEHIND
        for document, start in form.cited_before
    )
