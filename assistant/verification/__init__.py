"""A statement against the sentences it cites: nothing is taken on a model's word.

``verify`` is mechanical and looks at one statement at a time; ``repaired`` looks in the same
evidence for sentences that carry a statement whose own citation does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .caution import Source, hedge_problem, polarity_problem, speaker_problem
from .quantities import wrong_amounts
from .support import (
    LEAST_LIKENESS,
    LEAST_SHARE,
    LONGEST_RUN,
    Held,
    SupportCheck,
    held_words,
    misread,
    unknown_names,
)
from .words import wrong_quotations

__all__ = ["Fault", "Problem", "Source", "SupportCheck", "Verdict", "repaired", "verify"]

CANDIDATES = 4
MOST_CITED = 6


class Fault(StrEnum):
    """What is wrong with a statement."""

    CITATION = "citation"
    NUMBER = "number"
    NAME = "name"
    QUOTATION = "quotation"
    NEGATION = "negation"
    HEDGE = "hedge"
    SPEAKER = "speaker"
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
    negations, hedges and speakers must be theirs; the words must be held by them, and embedder
    and reader must not contradict. ``thorough=False`` stops at the first fault.
    """
    if not cited or not any(letter.isalnum() for letter in statement):
        return Verdict((Problem(Fault.CITATION, ""),), 0.0)
    texts = [source.text for source in cited]
    problems: list[Problem] = []
    problems += [Problem(Fault.NUMBER, words) for words in wrong_amounts(statement, texts)]
    problems += [Problem(Fault.QUOTATION, words) for words in wrong_quotations(statement, texts)]
    problems += [Problem(Fault.NAME, words) for words in unknown_names(statement, cited)]
    if problems and not thorough:
        return Verdict(tuple(problems), 0.0)
    for fault, words in (
        (Fault.NEGATION, polarity_problem(statement, cited)),
        (Fault.HEDGE, hedge_problem(statement, cited)),
        (Fault.SPEAKER, speaker_problem(statement, cited)),
    ):
        if words:
            problems.append(Problem(fault, words))
    if problems and not thorough:
        return Verdict(tuple(problems), 0.0)
    held = held_words(statement, cited, check)
    likeness = check.likeness(statement, " ".join(texts))
    if weak := _weakness(held, likeness):
        problems.append(Problem(Fault.SUPPORT, weak))
    if not problems and (words := misread(statement, cited, check)):
        problems.append(Problem(Fault.NAME, words))
    return Verdict(tuple(problems), max(0.0, min(1.0, held.share * likeness)))


def _weakness(held: Held, likeness: float) -> str:
    if held.contrary:
        return held.contrary
    if held.share < LEAST_SHARE or held.run >= LONGEST_RUN:
        return " ".join(held.missing)
    return "the whole" if likeness < LEAST_LIKENESS else ""


def repaired(
    statement: str, cited: Sequence[int], evidence: Sequence[Source], check: SupportCheck
) -> tuple[tuple[int, ...], Verdict]:
    """The sentences of the evidence on which a statement stands, and the verdict.

    ``cited`` are places in ``evidence``. First as cited; then those among the cited that alone
    suffice are not sought, but a better sentence is: the nearest by shared words, alone and
    beside what was cited. The first that stands wins; otherwise the verdict on the original.
    """
    own = tuple(dict.fromkeys(place for place in cited if 0 <= place < len(evidence)))[:MOST_CITED]
    first = verify(statement, [evidence[place] for place in own], check)
    if first.supported:
        return own, first
    nearest = _nearest(statement, evidence)
    options = [(place,) for place in nearest if (place,) != own]
    options += [tuple(sorted({*own, place})) for place in nearest[:2] if own and place not in own]
    options += [tuple(sorted(nearest[:2]))] if len(nearest) > 1 else []
    for option in dict.fromkeys(options):
        verdict = verify(statement, [evidence[place] for place in option], check, thorough=False)
        if verdict.supported:
            return option, verdict
    return own, first


def _nearest(statement: str, evidence: Sequence[Source]) -> list[int]:
    """The sentences with the most of the statement's words, most first."""
    bare = SupportCheck()
    shares = [held_words(statement, [Source(source.text)], bare).share for source in evidence]
    order = sorted(range(len(evidence)), key=lambda place: (-shares[place], place))
    return [place for place in order if shares[place] > 0][:CANDIDATES]
