"""The running page as an API: ask, search, list_articles, read_source."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import gradio as gr
from gradio.events import api

from index import LibraryError

from ..assistant import Assistant
from ..question import QuestionError


def add_api(assistant: Assistant) -> None:
    """Add the endpoints to the page being built."""

    def ask(question: str, history: list[str] | None = None) -> dict[str, Any]:
        """Answer a question; ``history`` are the earlier questions of the same chat."""
        try:
            return assistant.ask(question, history or []).to_dict()
        except (QuestionError, LibraryError) as error:
            raise gr.Error(str(error)) from None

    def search(question: str, limit: int = 8) -> list[dict[str, Any]]:
        """The best passages for a question, with their text and span."""
        found = assistant.library.search(question, limit)
        return [
            {
                "document": f.passage.document,
                "text": f.passage.text,
                "start": f.passage.start,
                "end": f.passage.end,
                "section": f.passage.section,
                "title": f.passage.metadata.title,
                "score": f.score,
            }
            for f in found
        ]

    def list_articles() -> list[dict[str, Any]]:
        """The articles of the library."""
        return [asdict(summary) for summary in assistant.library.documents()]

    def read_source(document: str) -> dict[str, Any]:
        """The canonical text of an article, which every citation's offsets refer to."""
        try:
            read = assistant.library.read(document)
        except LibraryError as error:
            raise gr.Error(str(error)) from None
        return {"document": read.id, "text": read.text, **asdict(read.metadata)}

    for function in (ask, search, list_articles, read_source):
        api(function, api_name=function.__name__)
