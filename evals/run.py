"""Run questions through an Assistant over a temporary library that holds just their articles."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from assistant import Answer, Assistant, Outcome, QuestionError, Settings, Turn
from index import Library

from .judge import Evidence, judge, locate_evidence
from .questions import Question
from .results import Result, Run, Scores
from .sources import Articles, altered, fingerprint, shipped_names
from .usage import TokenCounter, token_counter

Progress = Callable[[int, int], None]


def run_questions(
    questions: Sequence[Question],
    articles: Articles | None = None,
    settings: Settings | None = None,
    name: str = "run",
    progress: Progress | None = None,
    kept: Mapping[str, Result] | None = None,
    keep: Callable[[Result], None] | None = None,
) -> Run:
    """Ask every question, with its history replayed, and judge the answers.

    Questions that name no article are asked about all shipped ones. ``progress`` is called with
    the number of questions done and their total. ``kept`` are results that are there already,
    by question, and are not asked for again; ``keep`` is given every new one. Raises QuestionSetError for an article that
    cannot be found; an error while answering becomes a failed result.
    """
    articles, settings = articles or Articles(), settings or Settings()
    started, clock = datetime.now(UTC), time.perf_counter()
    groups: dict[tuple[str, ...], list[Question]] = {}
    found = {q.id: kept[q.id] for q in questions if kept and q.id in kept}
    for question in questions:
        if question.id not in found:
            groups.setdefault(question.articles or shipped_names(), []).append(question)
    if progress:
        progress(len(found), len(questions))
    for names, group in groups.items():
        with open_library(names, articles) as library, token_counter() as counter:
            asker = _Asker(Assistant(library, settings), counter)
            for question in group:
                found[question.id] = asker.result(question)
                if keep:
                    keep(found[question.id])
                if progress:
                    progress(len(found), len(questions))
    return Run(
        name=name,
        created=started.isoformat(timespec="seconds"),
        seconds=time.perf_counter() - clock,
        settings=settings.model_dump(mode="json", include=VARIABLE),
        fingerprint=fingerprint(questions, articles),
        results=tuple(found[question.id] for question in questions),
    )


VARIABLE = {"passages", "refusal_threshold", "llm"}
"""The settings that an answer depends on."""


@contextmanager
def open_library(names: Sequence[str], articles: Articles) -> Iterator[Library]:
    """A library in a temporary folder that holds the named articles and the extra ones."""
    with tempfile.TemporaryDirectory(prefix="footnote-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        with Library(place / "library") as library:
            for name in names:
                path = articles.find(name)
                if articles.alter:
                    changed = place / path.name
                    changed.write_bytes(altered(path, articles))
                    path = changed
                library.add(path)
            for path in articles.extra:
                library.add(path)
            yield library


class _Asker:
    """Asks an assistant, and keeps the turns of conversations that several questions share."""

    def __init__(self, assistant: Assistant, counter: TokenCounter) -> None:
        self._assistant = assistant
        self._counter = counter
        self._turns: dict[tuple[str, ...], list[Turn]] = {(): []}

    def result(self, question: Question) -> Result:
        clock = time.perf_counter()
        try:
            turns = self._history(question.history)
            self._counter.take()
            clock = time.perf_counter()
            answer = self._ask(question.question, turns)
        except Exception as error:
            # One question that breaks must not lose the answers to all others.
            return _failed(question, error, time.perf_counter() - clock)
        seconds, usage = time.perf_counter() - clock, self._counter.take()
        full = self._ask(question.full, []) if question.full and question.history else None
        library = self._assistant.library
        documents = [library.read(summary.id) for summary in library.documents()]
        evidence: list[Evidence]
        evidence, missing = locate_evidence(question, documents)
        ranked = library.search(answer.understood_as or question.question, 20) if evidence else []
        found = judge(question, answer, seconds, documents, evidence, missing, ranked, full)
        return replace(found, usage=usage)

    def _ask(self, question: str, turns: Sequence[Turn]) -> Answer:
        try:
            return self._assistant.ask(question, turns)
        except QuestionError as error:
            return Answer(question, str(error), Outcome.REFUSED, understood_as=question)

    def _history(self, questions: tuple[str, ...]) -> list[Turn]:
        if questions not in self._turns:
            before = self._history(questions[:-1])
            turn = Turn(questions[-1], self._ask(questions[-1], before))
            self._turns[questions] = [*before, turn]
        return self._turns[questions]


def _failed(question: Question, error: Exception, seconds: float) -> Result:
    answer = Answer(question.question, "", Outcome.REFUSED)
    message = f"{type(error).__name__}: {error}"
    return Result(question, answer, Scores(right=False, refused=False), seconds, failure=message)
