"""What a run leaves behind: every question with its answer and scores, kept as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.answers import Answer

from .measures import RankingScores
from .questions import Question, QuestionSetError, read_text
from .usage import Price, Usage


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quotation in its place: the text around it, so that a report can show it."""

    number: int
    title: str
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Scores:
    """One question's scores, each defined in ``docs/measures.md``; None where not defined."""

    right: bool
    refused: bool
    f1: float | None = None
    citation_exact: float | None = None
    evidence_cited: bool | None = None
    evidence_recall: float | None = None
    evidence_precision: float | None = None
    citation_recall: float | None = None
    citation_precision: float | None = None
    ranking: RankingScores | None = None
    full_right: bool | None = None
    changed: bool | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A question, the answer it got, and the scores.

    ``seconds`` is the time the question took; ``missing`` are gold quotations that the article
    does not hold, ``failure`` is the error that came instead of an answer, and ``usage`` is what
    a language model was sent and wrote, where one was asked.
    """

    question: Question
    answer: Answer
    scores: Scores
    seconds: float
    excerpts: tuple[Excerpt, ...] = ()
    missing: tuple[str, ...] = ()
    failure: str = ""
    usage: Usage | None = None

    def fell_back(self, llm: str) -> bool:
        """Whether the reader answered although a language model was set to write."""
        return llm != "none" and not self.failure and self.answer.answered_by == "reader"

    @property
    def verdict(self) -> str:
        """How it went, in a word or two."""
        if self.failure:
            return "failed"
        if self.question.answerable:
            if self.scores.refused:
                return "refused wrongly"
            return "right" if self.scores.right else "wrong"
        return "refused rightly" if self.scores.right else "answered wrongly"


@dataclass(frozen=True, slots=True)
class Run:
    """All results of one run with what they depend on; ``price`` is that of a model's tokens."""

    name: str
    created: str
    seconds: float
    settings: dict[str, Any]
    fingerprint: str
    results: tuple[Result, ...] = field(default=())
    price: Price | None = None


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Run]:
    return TypeAdapter(Run)


def run_to_dict(run: Run) -> dict[str, Any]:
    """The run as plain JSON types."""
    record = _adapter().dump_python(run, mode="json")
    assert isinstance(record, dict)  # noqa: S101 - a dataclass dumps to a dict
    return record


def in_short(run: Run) -> Run:
    """The run without what only a report shows, small enough to keep beside the code."""
    return replace(
        run,
        results=tuple(
            replace(
                result,
                excerpts=(),
                answer=replace(result.answer, closest=(), statements=(), seconds={}),
            )
            for result in run.results
        ),
    )


def save_run(
    path: Path, run: Run, summary: dict[str, Any] | None = None, indent: int | None = 1
) -> None:
    """Write the run, and its summary for other programs, as one JSON file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    record = {"summary": summary or {}, "run": run_to_dict(run)}
    draft = path.with_name(path.name + ".part")
    draft.write_text(json.dumps(record, ensure_ascii=False, indent=indent) + "\n", encoding="utf-8")
    draft.replace(path)


def load_run(path: Path) -> Run:
    """A run from its JSON file; raises QuestionSetError where the file holds none."""
    try:
        return _adapter().validate_python(json.loads(read_text(path))["run"])
    except (json.JSONDecodeError, KeyError, TypeError, ValidationError) as error:
        raise QuestionSetError(
            f"{path.name} is not a run of this version; make it again with footnote eval."
        ) from error
