"""CANARD (Elgohary et al. 2019): follow-up questions with what they mean on their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question after earlier questions and answers in turn, and its rewrite to stand alone.

    The first two items of CANARD's history are the article's title and section.
    """

    id: str
    history: tuple[str, ...]
    question: str
    rewrite: str


def read(content: Any) -> list[FollowUp]:
    """The follow-ups of CANARD's own JSON; raises KeyError for a broken record."""
    return [
        FollowUp(
            f"{record['QuAC_dialog_id']}#{record['Question_no']}",
            tuple(record["History"]),
            record["Question"],
            record["Rewrite"],
        )
        for record in content
    ]


def parse_line(record: Mapping[str, Any]) -> FollowUp:
    """A follow-up from an object with ``id``, ``history``, ``question`` and ``rewrite``."""
    return FollowUp(
        str(record["id"]), tuple(record["history"]), record["question"], record["rewrite"]
    )
