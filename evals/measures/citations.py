"""Citation quality as ALCE defines it, with support checked by string and span, not by a model."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from .terms import QUOTES, content, numbers, terms

Span = tuple[int, int]
SUPPORTED_SHARE = 0.8
OVERLAP_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class CitedStatement:
    """A statement and the quotations cited for it."""

    text: str
    quotes: tuple[str, ...]


def supports(quotes: Sequence[str], statement: str) -> bool:
    """Whether the quotations, joined, hold what the statement says, by its words.

    Every number of the statement and 80 % of its content words must stand in the quotations.
    ALCE asks an entailment model instead; a statement in other words than its source's may fail
    here although it is supported, so for a writing model this is a lower bound.
    """
    said, quoted = terms(statement), terms(" ".join(quotes))
    if not quoted or not numbers(said) <= numbers(quoted):
        return False
    words = content(said)
    return len(words & set(quoted)) >= SUPPORTED_SHARE * len(words)


def citation_recall(statements: Sequence[CitedStatement]) -> float | None:
    """The share of statements that their citations, taken together, support.

    ALCE (Gao et al. 2023, arXiv:2305.14627), section 3. None where there is no statement.
    """
    if not statements:
        return None
    return sum(supports(s.quotes, s.text) for s in statements) / len(statements)


def citation_precision(statements: Sequence[CitedStatement]) -> float | None:
    """The share of citations that are needed or that support their statement alone.

    ALCE: a citation is precise if the statement's citations together support it and either this
    one alone does, or the others without it do not. None where nothing is cited.
    """
    judged = [_is_precise(s, place) for s in statements for place in range(len(s.quotes))]
    return sum(judged) / len(judged) if judged else None


def _is_precise(statement: CitedStatement, place: int) -> bool:
    if not supports(statement.quotes, statement.text):
        return False
    rest = statement.quotes[:place] + statement.quotes[place + 1 :]
    return supports((statement.quotes[place],), statement.text) or not supports(
        rest, statement.text
    )


def verbatim(document_text: str, start: int, end: int, quote: str) -> bool:
    """Whether the quotation stands in the document at its offsets, character for character."""
    return bool(quote) and document_text[start:end] == quote


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share at least half of the shorter one."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared > 0 and shared >= OVERLAP_SHARE * min(one[1] - one[0], other[1] - other[0])


def evidence_recall(cited: Sequence[Span], evidence: Sequence[Span]) -> float | None:
    """The share of gold quotations that a citation overlaps; None where there is none."""
    if not evidence:
        return None
    return sum(any(overlap(span, gold) for span in cited) for gold in evidence) / len(evidence)


def evidence_precision(cited: Sequence[Span], evidence: Sequence[Span]) -> float | None:
    """The share of citations that overlap a gold quotation; None where nothing is cited."""
    if not cited or not evidence:
        return None
    return sum(any(overlap(span, gold) for gold in evidence) for span in cited) / len(cited)


def locate(text: str, quotation: str) -> Span | None:
    """Where a quotation stands in a text, whatever its spaces, quotation marks and dashes.

    Returns the first place as ``(start, end)``, or None where the text does not hold it.
    """
    if (start := text.find(quotation)) >= 0 and quotation:
        return start, start + len(quotation)
    wanted, _ = _skeleton(quotation)
    if not wanted:
        return None
    held, places = _skeleton(text)
    start = held.find(wanted)
    if start < 0:
        return None
    return places[start], places[start + len(wanted) - 1] + 1


def _skeleton(text: str) -> tuple[str, list[int]]:
    """The text without spaces, marks folded, and for each character its place in the text."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for plain in unicodedata.normalize("NFKC", character.translate(QUOTES)):
            if not plain.isspace():
                characters.append(plain)
                places.append(place)
    return "".join(characters), places
