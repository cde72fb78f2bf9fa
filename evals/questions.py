"""A question with everything known of its right answer, and how sets of them are kept in files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any


class QuestionSetError(Exception):
    """A question file that cannot be used; the message names the file, the line and the reason."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a set.

    ``answers`` are the accepted forms of the right answer, any of which will do; ``all_of``
    lists the items an answer must all hold, each with its accepted forms; ``evidence`` are
    verbatim quotations of the article that support the answer. ``history`` are the questions
    asked before in the same conversation, ``full`` the same question as one would ask it without
    them, and ``stands_alone`` says that the question needs no history although it has one.
    ``articles`` names the files asked about.
    """

    id: str
    type: str
    question: str
    answerable: bool = True
    answers: tuple[str, ...] = ()
    all_of: tuple[tuple[str, ...], ...] = ()
    evidence: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    full: str = ""
    stands_alone: bool = False
    articles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The question as the JSON object that :func:`parse_question` reads."""
        record = {key: value for key, value in asdict(self).items() if value not in ((), "")}
        record["answerable"] = self.answerable
        record["history"] = [{"question": question} for question in self.history]
        if self.articles:
            named = record.pop("articles")
            record["article"] = named[0] if len(named) == 1 else list(named)
        if not self.stands_alone:
            record.pop("stands_alone", None)
        return record


KNOWN = {field.name for field in fields(Question)} - {"articles"} | {"article"}


def parse_question(record: Mapping[str, Any]) -> Question:
    """A question from a JSON object.

    Raises ValueError with the reason where the object is not a usable question.
    """
    if unknown := sorted(set(record) - KNOWN):
        raise ValueError(f"there is no field {unknown[0]!r}; known are {', '.join(sorted(KNOWN))}")
    question = Question(
        id=_text(record, "id", needed=True),
        type=_text(record, "type", needed=True),
        question=_text(record, "question", needed=True),
        answerable=_flag(record, "answerable", default=True),
        answers=_texts(record.get("answers"), "answers"),
        all_of=tuple(_texts(item, "all_of") for item in _sequence(record.get("all_of"), "all_of")),
        evidence=_texts(record.get("evidence"), "evidence"),
        history=tuple(_earlier(item) for item in _sequence(record.get("history"), "history")),
        full=_text(record, "full"),
        stands_alone=_flag(record, "stands_alone", default=False),
        articles=_texts(record.get("article"), "article"),
        tags=_texts(record.get("tags"), "tags"),
        note=_text(record, "note"),
    )
    gold = question.answers or question.all_of
    if question.answerable and not gold and not question.evidence:
        raise ValueError("an answerable question needs answers, all_of or evidence")
    if not question.answerable and gold:
        raise ValueError("a question that cannot be answered may not have answers")
    if any(not forms for forms in question.all_of):
        raise ValueError("an item of all_of has no accepted form")
    return question


def load_questions(path: Path) -> list[Question]:
    """The questions of a ``.jsonl`` or ``.csv`` file, in order.

    In CSV the columns are named as the JSON fields; several values stand in one cell, parted by
    ``|`` (the items of ``all_of`` by ``;``). Raises QuestionSetError with the line and the
    reason for the first one that is not usable, and where an id comes twice.
    """
    reader = _csv_records if path.suffix.lower() == ".csv" else _jsonl_records
    questions: list[Question] = []
    seen: dict[str, int] = {}
    for line, record in reader(path):
        try:
            question = parse_question(record)
            if question.id in seen:
                raise ValueError(f"the id {question.id!r} is already on line {seen[question.id]}")
        except ValueError as error:
            raise QuestionSetError(f"{path.name}, line {line}: {error}.") from error
        seen[question.id] = line
        questions.append(question)
    if not questions:
        raise QuestionSetError(f"{path.name} holds no question; add one JSON object a line.")
    return questions


def save_questions(path: Path, questions: Iterable[Question]) -> None:
    """Write the questions as JSONL, one object a line."""
    lines = (json.dumps(question.to_dict(), ensure_ascii=False) for question in questions)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def read_text(path: Path) -> str:
    """The text of a UTF-8 file; raises QuestionSetError where it cannot be read as one."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or "it is not readable"
        raise QuestionSetError(f"{path} cannot be opened: {reason}.") from error
    except UnicodeDecodeError as error:
        raise QuestionSetError(f"{path} is not UTF-8 text; save it as UTF-8.") from error


def _jsonl_records(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    # Not splitlines(): a line separator inside a quotation is no end of a record.
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise QuestionSetError(
                f"{path.name}, line {number}: not JSON ({error.msg} at character {error.pos})."
            ) from error
        if not isinstance(record, dict):
            raise QuestionSetError(f"{path.name}, line {number}: not a JSON object.")
        yield number, record


def _csv_records(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    reader = csv.DictReader(read_text(path).splitlines(keepends=True))
    for row in reader:
        record: dict[str, Any] = {key: value for key, value in row.items() if key and value}
        for name in ("answers", "evidence", "tags", "history", "article"):
            if name in record:
                record[name] = _cells(record[name], "|")
        if "all_of" in record:
            record["all_of"] = [_cells(item, "|") for item in _cells(record["all_of"], ";")]
        if None in row:
            raise QuestionSetError(
                f"{path.name}, line {reader.line_num}: more cells than there are columns."
            )
        yield reader.line_num, record


def _cells(value: str, separator: str) -> list[str]:
    return [cell.strip() for cell in value.split(separator) if cell.strip()]


def _text(record: Mapping[str, Any], name: str, needed: bool = False) -> str:
    value = record.get(name)
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise ValueError(f"{name} must be text")
    if needed and not value.strip():
        raise ValueError(f"{name} is missing")
    return value.strip()


def _flag(record: Mapping[str, Any], name: str, default: bool) -> bool:
    value = record.get(name, default)
    if isinstance(value, str) and value.strip().lower() in ("true", "yes", "1"):
        return True
    if isinstance(value, str) and value.strip().lower() in ("false", "no", "0"):
        return False
    if not isinstance(value, bool):
        raise ValueError(f"{name} must be true or false")
    return value


def _sequence(value: Any, name: str) -> Sequence[Any]:
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise ValueError(f"{name} must be a list")
    return value


def _texts(value: Any, name: str) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    values = _sequence(value, name)
    if any(not isinstance(item, str) or not item.strip() for item in values):
        raise ValueError(f"{name} must hold texts that are not blank")
    return tuple(values)


def _earlier(item: Any) -> str:
    if isinstance(item, Mapping):
        item = item.get("question")
    if not isinstance(item, str) or not item.strip():
        raise ValueError('history must hold objects such as {"question": "…"}')
    return item.strip()
