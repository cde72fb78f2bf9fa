"""Which one: the name that a sentence gives a party, a team or a firm it also describes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .candidates import Candidate
from .reader.support import WORD, stem, terms

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
# The verb behind a subject and, up to the clause's end, what it says.
COMPLEMENT = re.compile(
    r"^\s+(?:(?:will|would|could|might|may|can|should|has|have|had|is|are|was|were|be|been|being|not)\s+)*"
    r"(?P<told>[^,;:.]*(?:\d[.,]\d[^,;:.]*)*)"
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


def completed(question: str, candidate: Candidate) -> Candidate:
    """The candidate, or what its clause says of it where it only repeats the question.

    The reader of "Her first task will be the budget", asked for the task, may point at "Her
    first task will"; what follows is the answer.
    """
    asked = {term.key for term in terms(f"about {question}")}
    said = {term.key for term in terms(f"about {candidate.span}")}
    if not said or not said <= asked:
        return candidate
    rest = candidate.document.text[candidate.end : candidate.found.end]
    told = COMPLEMENT.match(rest)
    if told is None:
        return candidate
    start = candidate.end + told.start("told")
    end = start + len(told.group("told").rstrip(" .!?,;:"))
    return replace(candidate, start=start, end=end) if start < end else candidate


def _named_so(noun: str, candidate: Candidate) -> tuple[int, int] | None:
    """Where the candidate's sentence names a thing of a kind, unless the candidate is that name."""
    sentence, low = candidate.quote, candidate.found.start
    one = re.escape(noun)
    forms = (
        rf"(?P<name>{NAME}),\s+(?:the|a|an|one of the|its|his|her|their)\s+(?:[\w’'-]+\s+){{0,4}}?{one}\b",
        rf"\b{one}\b(?:\s+(?:in|of|at)\s+(?:the\s+)?{NAME})?\s*[—–(,]\s*(?:the\s+)?(?P<name>{NAME})\s*[—–),]",
        rf"(?P<name>\b(?!(?:The|A|An|This|That|Its|His|Her|Their)\b)[A-Z][\w’'&-]*\s+(?:[\w’'&-]+\s+){{0,2}}?{one})\b",
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


def doer_alone(question: str, candidate: Candidate) -> int:
    """The end of a span that says who did something, moved before the verb and its object."""
    asked = [t for t in terms(question) if not (t.named or t.number)]
    place = candidate.document.text[candidate.start : candidate.end]
    for match in WORD.finditer(place):
        if asked and match.start() and stem(match.group()) == asked[0].key:
            return candidate.start + len(place[: match.start()].rstrip(" ,"))
    return candidate.end
