"""Likes and dislikes of answers, kept in the library and usable as evaluation questions."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .answers import MARKER, Turn, turn_to_dict

FILE = "feedback.jsonl"
TO_CORRECT = "Disliked: fill in answers, or set answerable to false."


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
    # Not splitlines(): a line separator inside an answer is no end of a record.
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def export_questions(folder: Path, disliked: bool = False) -> list[dict[str, Any]]:
    """The judged questions in the form of evaluation questions.

    A liked answer gives its own words as gold. With ``disliked`` come those too, without gold:
    a person has to write it in before they can be asked, and their note says so. Of several
    judgements of the same answer the last one counts. ``article`` names a file for each document
    cited or nearest: its id with the ending ``.md``.
    """
    last: dict[tuple[str, str, str], dict[str, Any]] = {}
    for record in read_feedback(folder):
        key = record["question"], record["answer"]["understood_as"], record["answer"]["text"]
        last[key] = record
    questions = []
    for number, record in enumerate(last.values(), 1):
        answer, liked = record["answer"], record["liked"]
        if liked is None or (not liked and not disliked):
            continue
        answerable = answer["answered"] if liked else True
        gold = [answer["short"] or MARKER.sub("", answer["text"]).strip()]
        shown = (*answer["citations"], *answer["closest"])
        notes = [] if liked else [f"{TO_CORRECT} It said: {answer['text']}"]
        questions.append(
            {
                "id": f"feedback-{number:04d}",
                "type": "feedback",
                "question": answer["understood_as"] or record["question"],
                "answerable": answerable,
                "answers": gold if liked and answerable else [],
                "evidence": [c["quote"] for c in answer["citations"]] if liked else [],
                "article": [f"{name}.md" for name in dict.fromkeys(c["document"] for c in shown)],
                "tags": ["liked" if liked else "disliked"],
                "note": " ".join([*notes, *filter(None, [record["reason"]])]),
            }
        )
    return questions
