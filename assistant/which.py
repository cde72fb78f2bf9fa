"""Which one: the name that a sentence gives a party, a team or a firm it also describes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .candidates import Candidate

NAME = r"[A-Z][\w’'&.-]*(?:\s+(?:of\s+|for\s+|and\s+)?[A-Z][\w’'&-]*)*"
ASKED = re.compile(
    r"^(?:and\s+|so\s+)?(?:(?P<first>for|by|to|from|with|against|in|at|on)\s+)?(?:which|what)\s+(?P<noun>[a-z]{3,})\b",
    re.IGNORECASE,
)
PREPOSITION = re.compile(
    r"^(?:and\s+|so\s+)?(?:(?P<first>for|by|to|from|with|against)\s+(?:whom|which|what|who)\b"
    r"|(?:whom|who|which\s+\w+|what\s+\w+)\b.*\b(?P<last>for|by|to|from|with|against)\W*$)",
    re.IGNORECASE,
)
# A name taken in a candidate's stead must be at least this likely beside it.
LIKELY_BESIDE = 0.3


def the_one_asked(question: str, found: Sequence[Candidate]) -> Candidate:
    """The best candidate, or the name that its sentence gives the thing asked for.

    "The CDU, the largest opposition party" names a party by apposition, "the DW fact-checking
    team" by its modifiers. ``found`` are the candidates, best first, at least one.
    """
    best = found[0]
    plain = question.replace("’", "'").strip()
    asked = ASKED.match(plain)
    if asked is not None:
        place = _named_so(asked.group("noun").lower(), best)
        if place is not None:
            return replace(best, start=place[0], end=place[1])
    behind = PREPOSITION.match(plain)
    if behind is not None:
        word = behind.group("first") or behind.group("last")
        for candidate in found:
            likely = candidate.confidence >= LIKELY_BESIDE * best.confidence
            if likely and candidate.sentence == best.sentence and _follows(word, candidate):
                return replace(candidate, confidence=best.confidence)
    return best


def _named_so(noun: str, candidate: Candidate) -> tuple[int, int] | None:
    """Where the candidate's sentence names a thing of a kind, unless the candidate is that name."""
    sentence, low = candidate.quote, candidate.found.start
    one = re.escape(noun)
    forms = (
        rf"(?P<name>{NAME}),\s+(?:the|a|an|one of the|its|his|her|their)\s+(?:[\w’'-]+\s+){{0,4}}?{one}\b",
        rf"\b{one}\b(?:\s+(?:in|of|at)\s+(?:the\s+)?{NAME})?\s*[—–(,]\s*(?:the\s+)?(?P<name>{NAME})\s*[—–),]",
        rf"(?P<name>\b[A-Z][\w’'&-]*\s+(?:[\w’'&-]+\s+){{0,2}}?{one})\b",
    )
    for form in forms:
        match = re.search(form, sentence)
        if match is None:
            continue
        start, end = low + match.start("name"), low + match.end("name")
        return (
            None
            if candidate.start < end
            and start < candidate.end
            and noun != candidate.span.lower().split()[-1]
            else (start, end)
        )
    return None


def _follows(word: str, candidate: Candidate) -> bool:
    """Whether a candidate stands right behind a preposition."""
    before = candidate.document.text[candidate.found.start : candidate.start]
    return bool(re.search(rf"\b{word}\s+(?:the\s+|an?\s+)?$", before, re.IGNORECASE))
