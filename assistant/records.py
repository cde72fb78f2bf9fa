"""What other programs are given, as JSON types with a name for every field.

The page's endpoints and the server for the Model Context Protocol tell their callers these
types; ``answers.py`` says what the fields mean.
"""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict


class CitationRecord(TypedDict):
    """The exact words of a source: the text of ``document`` from ``start`` to ``end``."""

    number: int
    document: str
    title: str
    source: str
    quote: str
    start: int
    end: int
    author: str
    date: str
    site: str
    highlight: list[int] | None
    speaker: str
    hedge: str


class StatementRecord(TypedDict):
    """One claim of an answer, with the numbers of its citations."""

    text: str
    citations: list[int]
    dropped: bool


class AnswerRecord(TypedDict):
    """An answer: ``text`` with markers such as [1], and what they stand for."""

    question: str
    text: str
    outcome: Literal["answered", "refused", "conversation"]
    answered: bool
    short: str | None
    confidence: float
    citations: list[CitationRecord]
    statements: list[StatementRecord]
    closest: list[CitationRecord]
    understood_as: str
    answered_by: str
    notes: list[str]
    seconds: dict[str, float]


class PassageRecord(TypedDict):
    """A passage that was found: the text of ``document`` from ``start`` to ``end``."""

    document: str
    text: str
    start: int
    end: int
    section: str
    title: str
    score: float


class MetadataRecord(TypedDict):
    """Facts about an article; an empty string where its page is silent."""

    title: str
    author: str
    date: str
    site: str
    source: str


class ArticleRecord(TypedDict):
    """A line of the library's list; ``added`` is an ISO 8601 time in UTC."""

    id: str
    metadata: MetadataRecord
    characters: int
    passages: int
    words: int
    added: str


class SourceRecord(MetadataRecord):
    """The whole text of an article, which the offsets of citations refer to."""

    document: str
    text: str
