"""The formats that can be read, and how each is recognised."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

from ..examples import Example
from ..questions import QuestionSetError
from . import canard, mrqa, plain, quac, squad
from .canard import FollowUp
from .lines import read_json, read_lines


def load_examples(path: Path) -> list[Example]:
    """The questions of a reading set, each with its paragraph.

    Read are one JSON object a line (``id``, ``title``, ``context``, ``question``, ``answers``,
    ``is_impossible``, ``source``), SQuAD 1.1 and 2.0 JSON (SQuADShifts has the same form),
    MRQA 2019 JSONL and QuAC JSON, each gzipped or not. Raises QuestionSetError with the reason
    where the file is none of these or a record is broken.
    """
    first = _first_record(path)
    try:
        if mrqa.recognises(first):
            examples = mrqa.read(path)
        elif first is not None and "question" in first:
            examples = plain.read(path)
        else:
            content = read_json(path)
            if not squad.recognises(content):
                raise QuestionSetError(
                    f"{path.name} is none of the known formats: SQuAD or QuAC JSON, MRQA JSONL, "
                    "or one JSON object a line with id, context, question and answers."
                )
            examples = (quac if quac.recognises(content) else squad).read(content)
    except (KeyError, TypeError, AttributeError) as error:
        reason = f"{error} is missing" if isinstance(error, KeyError) else str(error)
        raise QuestionSetError(f"{path.name} has a broken record: {reason}.") from error
    if not examples:
        raise QuestionSetError(f"{path.name} holds no question.")
    return examples


def load_follow_ups(path: Path) -> list[FollowUp]:
    """Follow-up questions with their rewrites, from CANARD's JSON or one JSON object a line.

    Raises QuestionSetError where the file holds none.
    """
    try:
        if _first_record(path) is None:
            return canard.read(read_json(path))
        records = (json.loads(line) for line in read_lines(path) if line.strip())
        return [canard.parse_line(record) for record in records]
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise QuestionSetError(f"{path.name} holds no follow-up questions: {error}.") from error


def _first_record(path: Path) -> dict[str, Any] | None:
    """The first line's JSON object, or None where the file is no JSONL."""
    lines = list(islice(read_lines(path), 2))
    try:
        record = json.loads(lines[0]) if lines else None
    except json.JSONDecodeError:
        return None
    # A whole set on one line is JSON, not JSONL.
    if not isinstance(record, dict) or isinstance(record.get("data"), list):
        return None
    return record
