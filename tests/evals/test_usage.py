"""Tokens are those that a server on loopback reports, or that are counted here."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator

import pytest
from writer.conftest import Handler, LocalServer

from assistant import Settings
from evals.questions import Question, QuestionSetError
from evals.run import run_questions
from evals.summary import summarise
from evals.usage import Price, Usage, parse_price

QUESTION = Question("lange", "who", "Who is Nico Lange?", answers=("senior analyst",))
SENTENCE = "Nico Lange is a senior analyst at the Munich Security Conference. [1]"


@pytest.fixture
def server() -> Iterator[LocalServer]:
    local = LocalServer()
    threading.Thread(target=local.serve_forever, daemon=True).start()
    yield local
    local.shutdown()
    local.server_close()


def writes(handler: Handler, usage: dict[str, int] | None) -> None:
    handler.begin_stream()
    handler.send_piece(SENTENCE)
    if usage:
        chunk = {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "local",
            "choices": [],
            "usage": usage | {"total_tokens": sum(usage.values())},
        }
        handler.send_raw(f"data: {json.dumps(chunk)}\n\n")
    handler.end_stream()


def asked(server: LocalServer, usage: dict[str, int] | None) -> Usage:
    server.behaviours = [lambda handler, _: writes(handler, usage)]
    settings = Settings(llm=f"openai-like:{server.url}")
    (result,) = run_questions([QUESTION], settings=settings).results
    assert not result.failure
    assert result.usage is not None
    assert len(server.requests) == result.usage.calls
    return result.usage


def test_tokens_as_the_server_reports_them(server: LocalServer) -> None:
    found = asked(server, {"prompt_tokens": 1234, "completion_tokens": 21})
    assert found == Usage(1, 1234, 21, reported=True)
    assert found.cost(Price(10.0, 100.0)) == pytest.approx(0.01444)


def test_tokens_counted_where_none_are_reported(server: LocalServer) -> None:
    found = asked(server, None)
    assert not found.reported
    assert found.sent > 300
    assert 10 <= found.received <= 40


def test_no_tokens_without_a_model() -> None:
    run = run_questions([QUESTION])
    assert run.results[0].usage is None
    assert summarise(run).usage == {}


def test_prices() -> None:
    assert parse_price("0.15, 0.60") == Price(0.15, 0.6)
    for wrong in ("", "1", "1,x", "-1,2", "1,2,3"):
        with pytest.raises(QuestionSetError, match="is no price"):
            parse_price(wrong)
