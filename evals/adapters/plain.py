"""One JSON object a line: id, title, context, question, answers[{text, start}], is_impossible.

Conversations have in addition ``history``, questions and answers in turn, and ``answer``, the
answer in a person's own words.
"""

from __future__ import annotations

import json
from pathlib import Path

from ..examples import Example
from ..questions import QuestionSetError
from .lines import read_lines


def read(path: Path) -> list[Example]:
    """The examples, in order; raises QuestionSetError with the line of a broken record."""
    examples: list[Example] = []
    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            impossible = bool(record.get("is_impossible"))
            given = [record["answer"]] if record.get("answer") else []
            given += [answer["text"] for answer in record["answers"]]
            if not given and not impossible:
                raise ValueError("there is no answer, and is_impossible is not true")
            answers = () if impossible else tuple(dict.fromkeys(given))
            examples.append(
                Example(
                    str(record["id"]),
                    str(record.get("title", "")),
                    record["context"],
                    record["question"],
                    answers,
                    str(record.get("source", "")),
                    tuple(record.get("history") or ()),
                )
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            reason = f"{error} is missing" if isinstance(error, KeyError) else str(error)
            raise QuestionSetError(f"{path.name}, line {number}: {reason}.") from error
    return examples
