"""From a question to a cited answer."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .answers import Answer, Citation, Outcome, Statement, Turn
    from .assistant import Assistant, Progress, Query
    from .conversation import Conversation
    from .question import QuestionError
    from .settings import Settings

__all__ = [
    "Answer",
    "Assistant",
    "Citation",
    "Conversation",
    "Outcome",
    "Progress",
    "Query",
    "QuestionError",
    "Settings",
    "Statement",
    "Turn",
    "answer",
]

# Loaded on first use: the assistant needs Chroma and LlamaIndex, which take seconds to import.
_ROOMS = {
    "Answer": "answers",
    "Assistant": "assistant",
    "Citation": "answers",
    "Conversation": "conversation",
    "Outcome": "answers",
    "Progress": "assistant",
    "Query": "assistant",
    "QuestionError": "question",
    "Settings": "settings",
    "Statement": "answers",
    "Turn": "answers",
}


@lru_cache(maxsize=1)
def _default_assistant() -> Assistant:
    from .assistant import Assistant

    return Assistant()


def answer(question: str) -> Answer:
    """Answer a question from the user's library.

    The first call opens the library, with the shipped article in it, and keeps it open. Raises
    QuestionError for a question that cannot be asked, LibraryError for a library that cannot
    be opened.
    """
    return _default_assistant().ask(question)


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        from importlib import import_module

        return getattr(import_module(f".{_ROOMS[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
