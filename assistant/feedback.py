"""Likes and dislikes of answers, kept in the library and usable as evaluation questions."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .answers import Turn, turn_to_dict

FILE = "feedback.jsonl"


def keep_feedback(folder: Path, turn: Turn, liked: bool | None, reason: str = "") -> None:
    """Append one judgement of an answer to the library's feedback; None takes it back."""
    record = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "liked": liked,
        "reason": reason,
        **turn_to_dict(turn),
    }
    with (folder / FILE).open("a", encoding="utf-8") as file:
        file.write(json.dumps(record, ensure_ascii=False) + "\n")


def read_feedback(folder: Path) -> list[dict[str, Any]]:
    """The judgements, oldest first."""
    path = folder / FILE
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def export_questions(folder: Path) -> list[dict[str, Any]]:
    """The judged questions in the form of evaluation questions, for a person to correct.

    A liked answer gives its own words as gold; a disliked one only the question and the reason.
    Of several judgements of the same answer the last one counts.
    """
    last = {}
    for record in read_feedback(folder):
        key = record["question"], record["answer"]["understood_as"], record["answer"]["text"]
        last.pop(key, None)
        last[key] = record
    questions = []
    judged = [record for record in last.values() if record["liked"] is not None]
    for number, record in enumerate(judged, 1):
        answer = record["answer"]
        liked = record["liked"]
        answerable = answer["answered"] if liked else True
        gold = [answer["short"] or answer["text"]] if liked and answerable else []
        questions.append(
            {
                "id": f"feedback-{number:04d}",
                "type": "feedback",
                "question": answer["understood_as"] or record["question"],
                "answerable": answerable,
                "answers": gold,
                "evidence": [c["quote"] for c in answer["citations"]] if liked else [],
                "tags": ["liked" if liked else "disliked", *filter(None, [record["reason"]])],
            }
        )
    return questions
