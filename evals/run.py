"""Run questions through an Assistant over a temporary library that holds just their articles."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import corpus
from assistant import Answer, Assistant, Outcome, QuestionError, Settings, Turn
from index import Library

from .judge import Evidence, judge, locate_evidence
from .questions import Question, QuestionSetError, load_questions
from .results import Result, Run, Scores

PACKAGE = Path(__file__).parent
SHIPPED_QUESTIONS = PACKAGE / "questions"
SHIPPED_ARTICLES = PACKAGE / "articles"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Articles:
    """Finds an article by the name a question gives: beside the questions, then the shipped ones.

    ``extra`` articles are put into every library besides those that are asked about, and
    ``alter`` changes an article's text before it is added.
    """

    folders: tuple[Path, ...] = ()
    extra: tuple[Path, ...] = ()
    alter: Callable[[str], str] | None = None

    def find(self, name: str) -> Path:
        """The article's file; raises QuestionSetError where there is none."""
        for folder in (*self.folders, SHIPPED_ARTICLES):
            for path in (
                folder / name,
                folder / "articles" / name,
                folder.parent / "articles" / name,
            ):
                if path.is_file():
                    return path
        for path in corpus.articles():
            if path.name == name:
                return path
        raise QuestionSetError(
            f"There is no article {name!r} beside the questions or among the shipped ones."
        )


def shipped_questions() -> list[Path]:
    """The question files in the package, in order of name."""
    return sorted(SHIPPED_QUESTIONS.glob("*.jsonl"))


def load_sets(paths: Sequence[Path]) -> tuple[list[Question], Articles]:
    """The questions of several files, and where their articles are looked for.

    Raises QuestionSetError for an unusable file, and where two files use one id.
    """
    questions: list[Question] = []
    seen: dict[str, Path] = {}
    for path in paths:
        for question in load_questions(path):
            if question.id in seen:
                raise QuestionSetError(
                    f"The id {question.id!r} is in {seen[question.id].name} and in {path.name}; "
                    "rename one."
                )
            seen[question.id] = path
            questions.append(question)
    return questions, Articles(tuple(dict.fromkeys(path.parent for path in paths)))


def run_questions(
    questions: Sequence[Question],
    articles: Articles | None = None,
    settings: Settings | None = None,
    name: str = "run",
    progress: Progress | None = None,
) -> Run:
    """Ask every question, with its history replayed, and judge the answers.

    Questions that name no article are asked about all shipped ones. ``progress`` is called with
    the number of questions done and their total. Raises QuestionSetError for an article that
    cannot be found; an error while answering becomes a failed result.
    """
    articles, settings = articles or Articles(), settings or Settings()
    started, clock = datetime.now(UTC), time.perf_counter()
    groups: dict[tuple[str, ...], list[Question]] = {}
    for question in questions:
        groups.setdefault(question.articles or _shipped_names(), []).append(question)
    found: dict[str, Result] = {}
    if progress:
        progress(0, len(questions))
    for names, group in groups.items():
        with open_library(names, articles) as library:
            asker = _Asker(Assistant(library, settings))
            for question in group:
                found[question.id] = asker.result(question)
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


def fingerprint(questions: Sequence[Question], articles: Articles) -> str:
    """A digest of the questions and the articles they are asked of."""
    digest = hashlib.sha256()
    for question in questions:
        digest.update(repr(question).encode())
    for article in sorted({name for q in questions for name in q.articles or _shipped_names()}):
        digest.update(_altered(articles.find(article), articles))
    for path in articles.extra:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


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
                    changed.write_bytes(_altered(path, articles))
                    path = changed
                library.add(path)
            for path in articles.extra:
                library.add(path)
            yield library


def _altered(path: Path, articles: Articles) -> bytes:
    if not articles.alter:
        return path.read_bytes()
    return articles.alter(path.read_text(encoding="utf-8")).encode()


def _shipped_names() -> tuple[str, ...]:
    return tuple(path.name for path in corpus.articles())


class _Asker:
    """Asks an assistant, and keeps the turns of conversations that several questions share."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._turns: dict[tuple[str, ...], list[Turn]] = {(): []}

    def result(self, question: Question) -> Result:
        clock = time.perf_counter()
        try:
            answer = self._ask(question.question, self._history(question.history))
        except Exception as error:
            # One question that breaks must not lose the answers to all others.
            return _failed(question, error, time.perf_counter() - clock)
        seconds = time.perf_counter() - clock
        full = self._ask(question.full, []) if question.full and question.history else None
        library = self._assistant.library
        documents = [library.read(summary.id) for summary in library.documents()]
        evidence: list[Evidence]
        evidence, missing = locate_evidence(question, documents)
        ranked = library.search(answer.understood_as or question.question, 20) if evidence else []
        return judge(question, answer, seconds, documents, evidence, missing, ranked, full)

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
