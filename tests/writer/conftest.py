"""A library with the shipped article, and a server on loopback that speaks OpenAI's protocol."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from assistant.answers import Answer, Outcome, Statement, check_answer
from assistant.composing import cite, shown
from assistant.models import load_model
from assistant.writer import Writer, reader_check
from corpus import articles
from index import Document, Library, RankedPassage

Behaviour = Callable[["Handler", dict[str, Any]], None]
KEY = "sk-test-0123456789-never-shown"


class Handler(BaseHTTPRequestHandler):
    """Plays the server's behaviours one after another; the last one is repeated."""

    protocol_version = "HTTP/1.1"
    server: LocalServer  # type: ignore[assignment]

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        # OpenAI's list of models and Ollama's.
        listed = [self.server.model]
        self.send_json(200, {"object": "list", "data": listed, "models": listed})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.requests.append(body)
        place = min(len(self.server.requests), len(self.server.behaviours)) - 1
        self.server.behaviours[place](self, body)

    def send_json(self, status: int, content: object, **headers: str) -> None:
        payload = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(payload)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(payload)

    def begin_stream(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()

    def send_piece(self, text: str) -> None:
        chunk = {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "local",
            "choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}],
        }
        self.send_raw(f"data: {json.dumps(chunk)}\n\n")

    def send_raw(self, text: str) -> None:
        payload = text.encode()
        self.wfile.write(f"{len(payload):x}\r\n".encode() + payload + b"\r\n")
        self.wfile.flush()

    def end_stream(self) -> None:
        self.send_raw("data: [DONE]\n\n")
        self.wfile.write(b"0\r\n\r\n")
        self.wfile.flush()


class LocalServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviours: list[Behaviour] = []
        self.requests: list[dict[str, Any]] = []
        self.model: dict[str, Any] = {"id": "local", "max_model_len": 8192}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


def says(*pieces: str) -> Behaviour:
    """The whole text, streamed in pieces."""

    def behave(handler: Handler, _: dict[str, Any]) -> None:
        handler.begin_stream()
        for piece in pieces:
            handler.send_piece(piece)
        handler.end_stream()

    return behave


def fails(status: int, message: str = "no", **headers: str) -> Behaviour:
    def behave(handler: Handler, _: dict[str, Any]) -> None:
        handler.send_json(status, {"error": {"message": message}}, **headers)

    return behave


@pytest.fixture
def server() -> Iterator[LocalServer]:
    local = LocalServer()
    thread = threading.Thread(target=local.serve_forever, daemon=True)
    thread.start()
    yield local
    local.shutdown()
    local.server_close()


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library(tmp_path_factory.mktemp("library")) as opened:
        opened.add(articles()[0])
        yield opened


@pytest.fixture(scope="session")
def document(library: Library) -> Document:
    return library.read(library.documents()[0].id)


QUESTION = "How many North Koreans might fight at the front next year?"


@dataclass
class Asked:
    """One question put to a writer, with everything it takes."""

    library: Library
    server: LocalServer
    ranked: list[RankedPassage]
    fallback: Answer
    waits: list[float] = field(default_factory=list)
    timeout: float = 5.0

    def number(self, words: str) -> int:
        """The number under which the model is given the sentence with these words."""
        from assistant.evidence import gather

        evidence = gather(self.ranked, self.library.read, len, 100_000)
        return next(one.number for one in evidence if words in one.source.text)

    def writer(self) -> Writer:
        return Writer(
            lambda: load_model(f"openai-like:{self.server.url}", timeout=self.timeout),
            reader_check(self.library.embed),
            sleep=self.waits.append,
        )

    def stream(self, *behaviours: Behaviour) -> Iterator[Answer]:
        self.server.behaviours = list(behaviours)
        steps = self.writer().stream(
            QUESTION, self.ranked, self.library.read, lambda: self.fallback
        )
        for answer in steps:
            yield check_answer(answer, lambda identity: self.library.read(identity).text)

    def answer(self, *behaviours: Behaviour) -> Answer:
        return list(self.stream(*behaviours))[-1]


@pytest.fixture
def asked(
    library: Library, document: Document, server: LocalServer, monkeypatch: pytest.MonkeyPatch
) -> Asked:
    monkeypatch.setenv("OPENAI_LIKE_API_KEY", KEY)
    place = next(
        n for n, s in enumerate(document.sentences) if "12,000" in document.text[s.start : s.end]
    )
    citation = cite(1, document, place)
    fallback = Answer(
        QUESTION,
        f"{shown(citation.quote)} [1]",
        Outcome.ANSWERED,
        short="12,000",
        confidence=0.8,
        citations=(citation,),
        statements=(Statement(shown(citation.quote), (1,)),),
    )
    return Asked(library, server, library.search(QUESTION, 8), fallback)
