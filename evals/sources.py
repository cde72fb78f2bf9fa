"""Where question files and the articles they ask about are found."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import corpus

from .questions import Question, QuestionSetError, load_questions

PACKAGE = Path(__file__).parent
SHIPPED_QUESTIONS = PACKAGE / "questions"
SHIPPED_ARTICLES = PACKAGE / "articles"


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


def named_set(path: Path) -> Path:
    """The shipped set of that name, such as ``article``, unless there is a file of it."""
    shipped = SHIPPED_QUESTIONS / f"{path}.jsonl"
    return shipped if not path.exists() and shipped.is_file() else path


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


def fingerprint(questions: Sequence[Question], articles: Articles) -> str:
    """A digest of the questions and the articles they are asked of."""
    digest = hashlib.sha256()
    for question in questions:
        digest.update(repr(question).encode())
    for article in article_names(questions):
        digest.update(altered(articles.find(article), articles))
    for path in articles.extra:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def altered(path: Path, articles: Articles) -> bytes:
    """The article's file as it is added, with what ``alter`` changes."""
    if not articles.alter:
        return path.read_bytes()
    return articles.alter(article_text(path)).encode()


def article_text(path: Path) -> str:
    """The text of an article's file; raises QuestionSetError where it is no text, such as a PDF."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise QuestionSetError(
            f"{path.name} is not plain text and cannot be altered; save it as text or Markdown."
        ) from error


def article_names(questions: Sequence[Question]) -> list[str]:
    """The articles that questions are asked of, each once."""
    return sorted({name for q in questions for name in q.articles or shipped_names()})


def shipped_names() -> tuple[str, ...]:
    """The names of the articles that ship with the program."""
    return tuple(path.name for path in corpus.articles())
