"""What an answer is made of, and the invariant every answer keeps."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

MARKER = re.compile(r"\[(\d+)\]")


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    REFUSED = "refused"
    """The articles do not say; ``closest`` shows the nearest sentences."""
    CONVERSATION = "conversation"
    """Small talk, or help with the program: no claim about any article, so no citation."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words of a source: ``document_text[start:end] == quote``.

    ``highlight`` is the part of the quote that answers most directly, as a span of the same
    document text; ``speaker`` is who says it where the source attributes it, and ``hedge`` the
    source's own word of caution ("may", "reportedly", "according to reports").
    """

    number: int
    document: str
    title: str
    source: str
    quote: str
    start: int
    end: int
    author: str = ""
    date: str = ""
    site: str = ""
    highlight: tuple[int, int] | None = None
    speaker: str = ""
    hedge: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim of an answer with the numbers of the citations that support it.

    ``text`` carries no markers; ``dropped`` statements failed the check and are shown only as
    struck out, never as cited.
    """

    text: str
    citations: tuple[int, ...]
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to one question.

    ``text`` is for people and carries a marker such as ``[1]`` behind every statement; ``short``
    is the span that answers directly, or None; ``confidence`` is the probability, from 0 to 1,
    that the answer is right. ``understood_as`` is the question as it was read in the light of
    the conversation, ``answered_by`` names the reader or the language model, ``notes`` are
    sentences the user must see (a fallback, for instance), and ``seconds`` gives the time spent
    by stage.
    """

    question: str
    text: str
    outcome: Outcome
    short: str | None = None
    confidence: float = 0.0
    citations: tuple[Citation, ...] = ()
    statements: tuple[Statement, ...] = ()
    closest: tuple[Citation, ...] = ()
    understood_as: str = ""
    answered_by: str = "reader"
    notes: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict, compare=False)

    @property
    def answered(self) -> bool:
        """Whether the articles answered the question."""
        return self.outcome is Outcome.ANSWERED

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain JSON types, ``answered`` included."""
        return {**asdict(self), "outcome": str(self.outcome), "answered": self.answered}


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of a conversation with the answer it got."""

    question: str
    answer: Answer


def turn_to_dict(turn: Turn) -> dict[str, Any]:
    """A turn as plain JSON types."""
    return {"question": turn.question, "answer": turn.answer.to_dict()}


def turn_from_dict(record: dict[str, Any]) -> Turn:
    """The turn that ``turn_to_dict`` wrote. Raises KeyError or TypeError for another record."""
    told = {name: value for name, value in record["answer"].items() if name != "answered"}

    def citations(name: str) -> tuple[Citation, ...]:
        return tuple(
            Citation(**{**c, "highlight": tuple(c["highlight"]) if c["highlight"] else None})
            for c in told[name]
        )

    answer = Answer(
        **{
            **told,
            "outcome": Outcome(told["outcome"]),
            "citations": citations("citations"),
            "closest": citations("closest"),
            "statements": tuple(
                Statement(s["text"], tuple(s["citations"]), s["dropped"])
                for s in told["statements"]
            ),
            "notes": tuple(told["notes"]),
        }
    )
    return Turn(record["question"], answer)


class BrokenCitation(AssertionError):
    """An answer that would mislead: a defect of the program, never shown to the user as text."""


def check_answer(answer: Answer, read_text: Callable[[str], str]) -> Answer:
    """Return the answer, or raise BrokenCitation where it breaks what every answer promises.

    ``read_text`` gives a document's canonical text by its id. Checked: every quotation stands in
    its document at its offsets, every highlight lies inside its quotation, an answered text has
    a citation, every marker has its citation and every citation its marker, a refusal cites
    nothing, and the confidence is a probability.
    """
    for citation in (*answer.citations, *answer.closest):
        text = read_text(citation.document)
        if not citation.quote or text[citation.start : citation.end] != citation.quote:
            raise BrokenCitation(f"[{citation.number}] is not in {citation.document} verbatim.")
        if citation.highlight is not None:
            start, end = citation.highlight
            if not citation.start <= start < end <= citation.end:
                raise BrokenCitation(f"[{citation.number}] highlights what it does not quote.")
    numbers = {citation.number for citation in answer.citations}
    marked = {int(number) for number in MARKER.findall(answer.text)} if numbers else set()
    if answer.answered and (not numbers or numbers - marked):
        raise BrokenCitation("An answered text needs a marker for each of its citations.")
    if not answer.answered and numbers:
        raise BrokenCitation("Only an answered question has citations.")
    for statement in answer.statements:
        if answer.answered and not statement.dropped and not set(statement.citations) & numbers:
            raise BrokenCitation("A statement stands without a citation.")
    if not 0.0 <= answer.confidence <= 1.0:
        raise BrokenCitation("The confidence is not a probability.")
    return answer
