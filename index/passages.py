"""Sentences packed into passages that tile the document."""

from __future__ import annotations

from collections.abc import Sequence

from .document import Kind, Metadata, Passage, Sentence
from .encodings import load_encoding

PASSAGE_TOKENS = 160
HEADER = frozenset((Kind.TITLE, Kind.AUTHOR, Kind.DATE, Kind.SITE, Kind.FURNITURE))


def count_tokens(text: str) -> int:
    """The length of a text in cl100k_base tokens; special tokens count as plain text."""
    return len(load_encoding("cl100k_base").encode_ordinary(text))


def pack(
    document: str,
    text: str,
    sentences: Sequence[Sentence],
    metadata: Metadata,
    budget: int = PASSAGE_TOKENS,
) -> tuple[Passage, ...]:
    """The document as passages of at most ``budget`` tokens.

    The passages tile the text: each begins at a sentence and ends where the next begins, so
    that joined they give the text back. A sentence is never cut; one that alone exceeds the
    budget is a passage of its own. A heading opens a passage, and header and furniture share
    none with the body.
    """
    groups: list[list[Sentence]] = []
    sections: list[str] = []
    used = 0
    section = ""
    for sentence in sentences:
        cost = count_tokens(text[sentence.start : sentence.end])
        if sentence.kind is Kind.HEADING:
            section = text[sentence.start : sentence.end]
        last = groups[-1][-1] if groups else None
        if (
            last is None
            or used + cost > budget
            or (sentence.kind is Kind.HEADING and last.kind is not Kind.HEADING)
            or (sentence.kind in HEADER) != (last.kind in HEADER)
        ):
            groups.append([])
            sections.append("" if sentence.kind in HEADER else section)
            used = 0
        elif sentence.kind is Kind.HEADING:
            sections[-1] = section
        groups[-1].append(sentence)
        used += cost
    if not groups:
        groups, sections = [[]], [""]
    starts = [0, *(group[0].start for group in groups[1:]), len(text)]
    return tuple(
        Passage(
            document,
            ordinal,
            text[starts[ordinal] : starts[ordinal + 1]],
            starts[ordinal],
            starts[ordinal + 1],
            sections[ordinal],
            tuple(group),
            metadata,
        )
        for ordinal, group in enumerate(groups)
    )
