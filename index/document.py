"""What the library holds: documents, their sentences, and the passages that tile them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a sentence is on the page; only ``TITLE`` to ``BODY`` may support an answer."""

    TITLE = "title"
    AUTHOR = "author"
    DATE = "date"
    SITE = "site"
    BODY = "body"
    HEADING = "heading"
    FURNITURE = "furniture"

    @property
    def is_fact(self) -> bool:
        """Whether a sentence of this kind may be quoted as the support of an answer."""
        return self not in (Kind.HEADING, Kind.FURNITURE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """Facts about a document, lifted from its header; empty strings where the page is silent.

    ``date`` is ISO 8601 (``2024-10-29`` or with time and offset), ``source`` is where the
    document came from: a link, or the name of the file.
    """

    title: str = ""
    author: str = ""
    date: str = ""
    site: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a span of the canonical text, without white space at its ends."""

    start: int
    end: int
    kind: Kind = Kind.BODY


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive sentences of one document.

    ``text == document.text[start:end]``, and the passages of a document joined in order of
    ``ordinal`` give back its whole canonical text. Sentence spans refer to the document, not to
    the passage. ``section`` is the heading the passage stands under.
    """

    document: str
    ordinal: int
    text: str
    start: int
    end: int
    section: str
    sentences: tuple[Sentence, ...]
    metadata: Metadata

    @property
    def id(self) -> str:
        """The passage's key in the vector store."""
        return f"{self.document}:{self.ordinal:05d}"

    @property
    def searchable(self) -> bool:
        """Whether any sentence here may support an answer."""
        return any(sentence.kind.is_fact for sentence in self.sentences)

    def quote(self, sentence: Sentence) -> str:
        """The sentence's exact words."""
        return self.text[sentence.start - self.start : sentence.end - self.start]


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the library: its canonical text and the passages that tile it."""

    id: str
    metadata: Metadata
    passages: tuple[Passage, ...]

    @property
    def text(self) -> str:
        """The canonical text that every offset refers to."""
        return "".join(passage.text for passage in self.passages)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return tuple(s for passage in self.passages for s in passage.sentences)


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage found for a question, with its place in each ranking (from 1; None: not found)."""

    passage: Passage
    score: float
    dense_rank: int | None
    lexical_rank: int | None
