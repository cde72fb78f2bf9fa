"""Likes and dislikes of answers, kept in the library and usable as evaluation questions."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .answers import Turn, turn_to_dict

FILE = "feedback.jsonl"
TO_CORRECT = "Disliked: fill in answers, or set answerable to false."


def keep_feedback(folder: Path, turn: Turn, liked: bool, reason: str = "") -> None:
    """Append one judgement of an answer to the library's feedback."""
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
    # Not splitlines(): a line separator inside an answer is no end of a record.
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def export_questions(folder: Path) -> list[dict[str, Any]]:
    """The judged questions in the form of evaluation questions, for a person to correct.

    A liked answer gives its own words as gold; of a disliked one nobody knows yet what is right,
    so its note asks for that. ``article`` names a file for each document cited or nearest: its id
    with the ending ``.md``.
    """
    questions = []
    for number, record in enumerate(read_feedback(folder), 1):
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
                "article": [
                    f"{document}.md"
                    for document in dict.fromkeys(
                        c["document"] for c in (*answer["citations"], *answer["closest"])
                    )
                ],
                "tags": ["liked" if liked else "disliked", *filter(None, [record["reason"]])],
                "note": "" if liked else f"{TO_CORRECT} It said: {answer['text']}",
            }
        )
    return questions
