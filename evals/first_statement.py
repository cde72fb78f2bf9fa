"""How long the check keeps a statement back: ``python -m evals.first_statement``.

A server on loopback that speaks OpenAI's protocol writes a true sentence of the shipped article,
as it stands there or reworded by rule, word by word, at a fixed pace. Three times are measured in
one run: from the question to the server's being asked, from then until the first sentence is whole
on the wire, and from then until the first statement, verified and cited, leaves
``Assistant.stream``. The first and the last are Footnote's own.
"""

from __future__ import annotations

import json
import random
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Annotated

import numpy as np
import typer
from rich.table import Table

import corpus
from assistant import Assistant, Settings
from assistant.assistant import Progress
from index import Library

from .console import progress_bar, tables
from .run import open_library
from .sources import Articles
from .statements.making import SEED
from .statements.paraphrases import PARAPHRASES

SECOND_STATEMENT = "The rest of the reply comes later."
BOUND = 0.1
"""Seconds that a statement may be kept back without anybody noticing."""


class PacedServer(ThreadingHTTPServer):
    """Writes ``sentence`` with the number that ``source`` was given under, ``pace`` words a second.

    ``asked`` is the time at which a request came, ``written`` that at which the sentence, its
    number and the end of its line were sent.
    """

    daemon_threads = True

    def __init__(self, pace: float) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pace = pace
        self.sentence = ""
        self.source = ""
        self.asked = 0.0
        self.written = 0.0

    @property
    def setting(self) -> str:
        """The server as FOOTNOTE_LLM names it."""
        return f"openai-like:http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: PacedServer

    def log_message(self, *_: object) -> None:
        """Nothing; the times are the report."""

    def do_GET(self) -> None:
        """The list of models: one, with its window."""
        payload = json.dumps({"data": [{"id": "paced", "max_model_len": 8192}]}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def do_POST(self) -> None:
        """The reply, a word at a time."""
        self.server.asked = time.perf_counter()
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        given = re.search(
            rf"\[(\d+)\] {re.escape(self.server.source)}", body["messages"][-1]["content"]
        )
        number = given.group(1) if given else "1"
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        first = f"{self.server.sentence} [{number}]\n"
        try:
            for piece in re.findall(r"\s*\S+\n?", first):
                time.sleep(1 / self.server.pace)
                self._send(piece)
            self.server.written = time.perf_counter()
            for piece in re.findall(r"\s*\S+\n?", f"{SECOND_STATEMENT} [{number}]\n"):
                time.sleep(1 / self.server.pace)
                self._send(piece)
            self.wfile.write(b"data: [DONE]\n\n")
        except OSError:
            pass  # the benchmark has what it wanted and hung up
        self.close_connection = True

    def _send(self, piece: str) -> None:
        choice = {"index": 0, "delta": {"content": piece}, "finish_reason": None}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "paced"}
        self.wfile.write(f"data: {json.dumps({**chunk, 'choices': [choice]})}\n\n".encode())
        self.wfile.flush()


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds before the model is asked, of its first sentence, and that this was kept back."""

    asking: float
    writing: float
    kept_back: float
    reworded: bool = False

    @property
    def added(self) -> float:
        """Seconds beyond the model's own."""
        return self.asking + self.kept_back


@contextmanager
def paced_server(pace: float) -> Iterator[PacedServer]:
    """A server that listens as long as the context lasts."""
    server = PacedServer(pace)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def measure(library: Library, pace: float, most: int = 0, quiet: bool = False) -> list[Timed]:
    """One time for each statement on the first ``most`` body sentences (0: all) that is let through.

    The first one is left out: it loads the networks.
    """
    documents = [library.read(summary.id) for summary in library.documents()]
    texts = [
        " ".join(document.text[s.start : s.end].split())
        for document in documents
        for s in document.sentences
        if s.kind.is_fact
    ]
    texts = texts[: most + 1] if most else texts
    draw = random.Random(SEED)
    said = [
        (text, statement)
        for text in texts
        for statement in dict.fromkeys(s for make in PARAPHRASES.values() for s in make(text, draw))
    ]
    found: list[Timed] = []
    with paced_server(pace) as server:
        assistant = Assistant(library, Settings(llm=server.setting))
        with progress_bar("Writing", quiet) as advance:
            for place, (text, statement) in enumerate(said, 1):
                server.source, server.sentence, server.written = text, statement, 0.0
                timed = _first_statement(assistant, server, f"Is it true that {text[:-1]}?")
                if timed is not None:
                    found.append(replace(timed, reworded=statement != text))
                advance(place, len(said))
    return found[1:]


def _first_statement(assistant: Assistant, server: PacedServer, question: str) -> Timed | None:
    begun = time.perf_counter()
    for step in assistant.stream(question):
        if isinstance(step, Progress) and step.stage == "writing" and step.text:
            shown = time.perf_counter()
            # A model that was never asked has written nothing that could be kept back.
            if not server.written:
                return None
            return Timed(
                server.asked - begun, server.written - server.asked, shown - server.written
            )
    return None


def main(
    pace: Annotated[float, typer.Option(min=1, help="Words a second that the model writes.")] = 40,
    most: Annotated[int, typer.Option(min=0, help="Sentences to time; 0: all.")] = 0,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Measure how long the check keeps a statement of a language model back."""
    with open_library([path.name for path in corpus.articles()], Articles()) as library:
        found = measure(library, pace, most, json_)
    rows = {
        "until the model is asked": [one.asking for one in found],
        "the model's own, to its first sentence": [one.writing for one in found],
        "kept back, word for word": [one.kept_back for one in found if not one.reworded],
        "kept back, reworded": [one.kept_back for one in found if one.reworded],
        "added to the model's own, all": [one.added for one in found],
    }
    if json_:
        tables().print_json(
            json.dumps({name: _summary(values) for name, values in rows.items() if values})
        )
        return
    table = Table(title=f"First statement, {len(found)} sentences at {pace:g} words a second")
    table.add_column("seconds")
    for name in ("median", "95th percentile", f"within {BOUND:g} s"):
        table.add_column(name, justify="right")
    for name, values in rows.items():
        if not values:
            continue
        told = _summary(values)
        table.add_row(
            name, f"{told['median']:.3f}", f"{told['95th percentile']:.3f}", f"{told['within']:.0%}"
        )
    tables().print(table)


def _summary(values: Sequence[float]) -> dict[str, float]:
    middle, late = np.quantile(values, (0.5, 0.95))
    within = float(np.mean([value <= BOUND for value in values]))
    return {"median": float(middle), "95th percentile": float(late), "within": within}


if __name__ == "__main__":
    typer.run(main)
