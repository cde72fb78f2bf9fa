"""A statement against the sentences it cites: nothing is taken on a model's word.

``verify`` is mechanical and looks at one statement at a time; ``repaired`` looks in the same
evidence for sentences that carry a statement whose own citation does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .alignment import (
    exchanged_amounts,
    exchanged_names,
    exchanged_word,
    turned_negation,
    turned_voice,
    turned_wish,
)
from .caution import (
    Source,
    hedge_problem,
    polarity_problem,
    segments,
    source_at,
    speaker_problem,
)
from .intent import intent_problem
from .order import jumbled, order_problem
from .quantities import wrong_amounts
from .scope import scope_problem
from .support import (
    LEAST_CLAUSE,
    LEAST_LIKENESS,
    LEAST_OWN,
    LEAST_SHARE,
    LONGEST_RUN,
    Found,
    Held,
    SupportCheck,
    held_words,
    misread,
    says_anything,
    stands_in,
    unknown_names,
    unknown_role,
)
from .words import content, known, stems, wrong_quotations

__all__ = [
    "Fault",
    "Found",
    "Problem",
    "Source",
    "SupportCheck",
    "Verdict",
    "repaired",
    "source_at",
    "verify",
]

CANDIDATES = 4
JOINT = re.compile(r"(?<=[.!?])\s+(?=[A-Z])|;\s+|,\s+(?=(?:and|but|while)\s)")
SMALLEST_PIECE = 3
MOST_CITED = 6
LEAST_REPAIRED = 0.75


class Fault(StrEnum):
    """What is wrong with a statement."""

    CITATION = "citation"
    NUMBER = "number"
    NAME = "name"
    QUOTATION = "quotation"
    NEGATION = "negation"
    HEDGE = "hedge"
    SPEAKER = "speaker"
    SCOPE = "scope"
    ORDER = "order"
    ROLE = "role"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault with the words it lies in."""

    fault: Fault
    words: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a statement stands on its sentences, and how firmly, from 0 to 1."""

    problems: tuple[Problem, ...]
    support: float

    @property
    def supported(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.problems


def verify(
    statement: str, cited: Sequence[Source], check: SupportCheck, *, thorough: bool = True
) -> Verdict:
    """Hold a statement against the sentences it cites.

    Numbers with unit, scale and bound, dates, names and quotations must stand in the sentences;
    negations, hedges, speakers, reach, order and intent must be theirs; the words must be held by them, and embedder
    and reader must not contradict. ``thorough=False`` stops at the first fault.
    """
    if not cited or not any(letter.isalnum() for letter in statement):
        return Verdict((Problem(Fault.CITATION, ""),), 0.0)
    texts = [source.text for source in cited]
    if not says_anything(statement, texts):
        return Verdict((Problem(Fault.SUPPORT, statement),), 0.0)
    problems: list[Problem] = []
    problems += [Problem(Fault.NUMBER, words) for words in wrong_amounts(statement, texts)]
    problems += [Problem(Fault.QUOTATION, words) for words in wrong_quotations(statement, texts)]
    problems += [Problem(Fault.NAME, words) for words in unknown_names(statement, cited)]
    problems += [Problem(Fault.NAME, words) for words in exchanged_names(statement, texts)]
    if problems and not thorough:
        return Verdict(tuple(problems), 0.0)
    for fault, words in (
        (Fault.NEGATION, polarity_problem(statement, cited) or turned_negation(statement, texts)),
        (Fault.HEDGE, hedge_problem(statement, cited) or intent_problem(statement, texts)),
        (Fault.SCOPE, scope_problem(statement, texts, check.alike)),
        (Fault.ORDER, order_problem(statement, texts) or jumbled(statement, texts)),
        (Fault.NUMBER, exchanged_amounts(statement, texts)),
        (Fault.ROLE, turned_voice(statement, texts) or turned_wish(statement, texts)),
        (Fault.NAME, unknown_role(statement, cited, check)),
        (Fault.SPEAKER, speaker_problem(statement, cited)),
    ):
        if words:
            problems.append(Problem(fault, words))
    if problems and not thorough:
        return Verdict(tuple(problems), 0.0)
    if word := exchanged_word(statement, texts, check.unlike):
        return Verdict((*problems, Problem(Fault.SUPPORT, word)), 0.0)
    held = held_words(statement, cited, check)
    # What stands in the source is like it without being measured.
    copied = any(stands_in(statement, text) for text in texts)
    likeness = 1.0 if copied else check.likeness(statement, " ".join(texts))
    if weak := _weakness(held, likeness):
        problems.append(Problem(Fault.SUPPORT, weak))
    if not problems and (words := misread(statement, cited, check)):
        problems.append(Problem(Fault.NAME, words))
    return Verdict(tuple(problems), max(0.0, min(1.0, held.share * likeness)))


def _weakness(held: Held, likeness: float) -> str:
    if held.contrary:
        return held.contrary
    weak = held.share < LEAST_SHARE or held.own < LEAST_OWN or held.clause < LEAST_CLAUSE
    if weak or held.run >= LONGEST_RUN:
        return " ".join(held.missing) or "most words"
    return "the whole" if likeness < LEAST_LIKENESS else ""


def repaired(
    statement: str, cited: Sequence[int], evidence: Sequence[Source], check: SupportCheck
) -> tuple[tuple[int, ...], Verdict]:
    """The sentences of the evidence on which a statement stands, and the verdict.

    ``cited`` are places in ``evidence``. First as cited, then by one other sentence, then, for a
    statement of several clauses, by one sentence for each. Sentences are never pooled in
    search of support: two that each hold half of a false statement do not make it true.
    """
    own = tuple(dict.fromkeys(place for place in cited if 0 <= place < len(evidence)))[:MOST_CITED]
    first = verify(statement, [evidence[place] for place in own], check, thorough=False)
    if first.supported and len(own) < 2:
        return own, first
    if first.supported:
        singly = _by_parts([statement], own, evidence, check)
        kept = singly or _by_parts(_pieces(statement), own, evidence, check)
        if kept:
            return kept
        if _bound(statement, [evidence[place] for place in own]):
            return own, first
        first = Verdict((Problem(Fault.SUPPORT, "parts of several sentences"),), first.support)
    found = _alone(statement, own, evidence, check)
    if found:
        return (found[0],), found[1]
    pieces = _pieces(statement)
    if len(pieces) > 1:
        parts = _by_parts(pieces, range(len(evidence)), evidence, check)
        if parts:
            return parts
    return own, first


def _by_parts(
    parts: Sequence[str], among: Sequence[int], evidence: Sequence[Source], check: SupportCheck
) -> tuple[tuple[int, ...], Verdict] | None:
    """One sentence for each part of a statement, from some of the evidence; None without."""
    found = []
    for part in parts:
        near = _nearest(part, [evidence[place] for place in among])
        one = _alone(part, (), [evidence[place] for place in among], check) if near else None
        if one is None:
            return None
        found.append((among[one[0]], one[1]))
    if not found:
        return None
    support = min(verdict.support for _, verdict in found)
    return tuple(sorted({place for place, _ in found})), Verdict((), support)


def _bound(statement: str, sources: Sequence[Source]) -> bool:
    """Whether every clause with a name has a source that holds the name and most of the clause."""
    for start, end in segments(statement):
        words = [t for t in content(statement) if start <= t.start < end]
        names = [t for t in words if t.name or t.start == 0]
        if not names or len(words) == len(names):
            continue
        if not any(
            all(known(t, stems([s.text, s.context])) for t in names)
            and sum(known(t, stems([s.text])) for t in words if t not in names)
            >= (len(words) - len(names)) / 2
            for s in sources
        ):
            return False
    return True


def _alone(
    statement: str, tried: tuple[int, ...], evidence: Sequence[Source], check: SupportCheck
) -> tuple[int, Verdict] | None:
    """The nearest sentence on which alone a statement stands."""
    for place in _nearest(statement, evidence):
        if (place,) != tried:
            verdict = verify(statement, [evidence[place]], check, thorough=False)
            # A sentence that the model did not name must hold more of what it wrote.
            if verdict.supported and (not tried or _held(statement, evidence[place], check)):
                return place, verdict
    return None


def _held(statement: str, source: Source, check: SupportCheck) -> bool:
    return held_words(statement, [source], check).share >= LEAST_REPAIRED


def _pieces(statement: str) -> list[str]:
    """The main clauses of a statement, each of at least three words that carry meaning."""
    pieces = [piece.strip(" ,;") for piece in JOINT.split(statement) if piece.strip(" ,;.")]
    return pieces if all(len(content(piece)) >= SMALLEST_PIECE for piece in pieces) else []


def _nearest(statement: str, evidence: Sequence[Source]) -> list[int]:
    """The sentences with the most of the statement's words, most first."""
    bare = SupportCheck()
    shares = [held_words(statement, [Source(source.text)], bare).share for source in evidence]
    order = sorted(range(len(evidence)), key=lambda place: (-shares[place], place))
    return [place for place in order if shares[place] > 0][:CANDIDATES]
