"""How long the check keeps a statement back: ``python -m evals.first_statement``.

A model that writes at a fixed pace says one sentence of the shipped article after another. What
is measured is the time from the last letter of its first sentence to the moment that sentence is
shown, verified and cited, beside the time that the model itself took to write it.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
import typer
from llama_index.core.llms import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    CustomLLM,
    LLMMetadata,
)
from rich.table import Table

import corpus
from assistant.answers import Answer, Outcome
from assistant.writer import Writer, reader_check
from index import Library

from .console import progress_bar, tables
from .run import open_library
from .sources import Articles

SECOND_STATEMENT = "The rest of the reply comes later."
BOUND = 0.1
"""Seconds that a statement may be kept back without anybody noticing."""


class PacedModel(CustomLLM):
    """Says ``sentence`` word by word, with its number, and notes when its first line was whole."""

    sentence: str = ""
    pace: float = 40.0
    began: float = 0.0
    first_line: float = 0.0

    @property
    def metadata(self) -> LLMMetadata:
        """What the writer has to know of a model."""
        return LLMMetadata(model_name="paced", context_window=8192, is_chat_model=True)

    def complete(self, *_: Any, **__: Any) -> CompletionResponse:
        """Nothing; a chat model is asked by ``stream_chat``."""
        return CompletionResponse(text="")

    def stream_complete(self, *_: Any, **__: Any) -> CompletionResponseGen:
        """Nothing; a chat model is asked by ``stream_chat``."""
        yield CompletionResponse(text="")

    def stream_chat(self, messages: Any, **_: Any) -> ChatResponseGen:
        """The reply in pieces of a word, one every ``1 / pace`` seconds."""
        given = re.search(rf"\[(\d+)\] {re.escape(self.sentence)}", messages[-1].content)
        number = given.group(1) if given else "1"
        reply = f"{self.sentence} [{number}]\n{SECOND_STATEMENT} [{number}]\n"
        self.began, self.first_line = time.perf_counter(), 0.0
        for piece in re.findall(r"\s*\S+\n?", reply):
            time.sleep(1 / self.pace)
            if piece.endswith("\n") and not self.first_line:
                self.first_line = time.perf_counter()
            message = ChatMessage(role="assistant", content=piece)
            yield ChatResponse(message=message, delta=piece)


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds that the model took for its first sentence, and that it was kept back then."""

    writing: float
    kept_back: float


def measure(library: Library, pace: float, quiet: bool = False) -> list[Timed]:
    """One time for every sentence of the library's articles that the check lets through.

    The first one is left out: it loads the networks.
    """
    model = PacedModel(pace=pace)
    writer = Writer(lambda: model, reader_check(library.embed))
    documents = [library.read(summary.id) for summary in library.documents()]
    texts = [
        " ".join(document.text[s.start : s.end].split())
        for document in documents
        for s in document.sentences
        if s.kind.is_fact
    ]
    found: list[Timed] = []
    with progress_bar("Writing", quiet) as advance:
        for place, text in enumerate(texts, 1):
            model.sentence = text
            ranked = library.search(text, 8)
            fallback = Answer(text, "", Outcome.REFUSED)
            answer = next(writer.stream(text, ranked, library.read, fallback))
            if answer.citations:
                kept_back = time.perf_counter() - model.first_line
                found.append(Timed(model.first_line - model.began, kept_back))
            advance(place, len(texts))
    return found[1:]


def main(
    pace: Annotated[float, typer.Option(min=1, help="Words a second that the model writes.")] = 40,
    quiet: Annotated[bool, typer.Option(help="No progress bar.")] = False,
) -> None:
    """Measure how long the check keeps a statement of a language model back."""
    with open_library([path.name for path in corpus.articles()], Articles()) as library:
        found = measure(library, pace, quiet)
    table = Table(title=f"First statement, {len(found)} sentences at {pace:g} words a second")
    table.add_column("seconds")
    for name in ("median", "95th percentile", f"within {BOUND:g} s"):
        table.add_column(name, justify="right")
    for name, values in (
        ("the model's own", [one.writing for one in found]),
        ("kept back by the check", [one.kept_back for one in found]),
    ):
        middle, late = np.quantile(values, (0.5, 0.95))
        within = np.mean([value <= BOUND for value in values])
        table.add_row(name, f"{middle:.3f}", f"{late:.3f}", f"{within:.0%}")
    tables().print(table)


if __name__ == "__main__":
    typer.run(main)
