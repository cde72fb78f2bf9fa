"""What other programs may ask of a library: ask, search, list_articles, read_source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, cast

from .assistant import Assistant
from .records import AnswerRecord, ArticleRecord, PassageRecord, SourceRecord


def tools_of(assistant: Assistant) -> tuple[Callable[..., Any], ...]:
    """The tools as functions with typed inputs and outputs, which are plain JSON.

    They raise QuestionError and LibraryError with a sentence for the user.
    """

    def ask(question: str, history: list[str] | None = None) -> AnswerRecord:
        """Answer a question; ``history`` are the earlier questions of the same chat."""
        return cast("AnswerRecord", assistant.ask(question, history or []).to_dict())

    def search(question: str, limit: int = 8) -> list[PassageRecord]:
        """The best passages for a question, with their text and span."""
        return [
            {
                "document": found.passage.document,
                "text": found.passage.text,
                "start": found.passage.start,
                "end": found.passage.end,
                "section": found.passage.section,
                "title": found.passage.metadata.title,
                "score": found.score,
            }
            for found in assistant.library.search(question, limit)
        ]

    def list_articles() -> list[ArticleRecord]:
        """The articles of the library."""
        return [cast("ArticleRecord", asdict(summary)) for summary in assistant.library.documents()]

    def read_source(document: str) -> SourceRecord:
        """The canonical text of an article, which every citation's offsets refer to."""
        read = assistant.library.read(document)
        facts = read.metadata
        return SourceRecord(
            document=read.id,
            text=read.text,
            title=facts.title,
            author=facts.author,
            date=facts.date,
            site=facts.site,
            source=facts.source,
        )

    return ask, search, list_articles, read_source
