"""A model that fills in a form: statements and their numbers come as a function call."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assistant.answers import check_answer
from assistant.writer import Writer, reader_check

from .conftest import QUESTION, Asked, Behaviour, Handler, says

TRUE = "Up to 12,000 North Koreans might be fighting at the front next year."


def fills_in(arguments: str, pieces: int = 5) -> Behaviour:
    """A function call whose arguments are streamed in pieces."""

    def behave(handler: Handler, body: dict[str, Any]) -> None:
        name = body["tools"][0]["function"]["name"]
        handler.begin_stream()
        size = max(1, len(arguments) // pieces)
        for start in range(0, len(arguments), size):
            call: dict[str, Any] = {
                "index": 0,
                "function": {"arguments": arguments[start : start + size]},
            }
            if start == 0:
                call |= {"id": "call_1", "type": "function"}
                call["function"]["name"] = name
            choice = {"index": 0, "delta": {"tool_calls": [call]}, "finish_reason": None}
            chunk = {
                "id": "1",
                "object": "chat.completion.chunk",
                "created": 0,
                "model": "local",
                "choices": [choice],
            }
            handler.send_raw(f"data: {json.dumps(chunk)}\n\n")
        handler.end_stream()

    return behave


@pytest.fixture
def structured(asked: Asked) -> Writer:
    like = pytest.importorskip("llama_index.llms.openai_like")
    model = like.OpenAILike(
        model="local",
        api_base=asked.server.url,
        api_key="none",
        is_chat_model=True,
        is_function_calling_model=True,
        context_window=8192,
        max_retries=0,
        timeout=5.0,
    )
    return Writer(lambda: model, reader_check(asked.library.embed), sleep=asked.waits.append)


def answer_of(asked: Asked, writer: Writer, *behaviours: Behaviour) -> Any:
    asked.server.behaviours = list(behaviours)
    steps = writer.stream(QUESTION, asked.ranked, asked.library.read, lambda: asked.fallback)
    return check_answer(list(steps)[-1], lambda identity: asked.library.read(identity).text)


def test_statements_come_from_the_form(asked: Asked, structured: Writer) -> None:
    number = asked.number("12,000 North Koreans might")
    form = {
        "statements": [
            {"text": TRUE, "sentences": [number]},
            {"text": "They will be paid in gold.", "sentences": [number]},
        ]
    }
    answer = answer_of(asked, structured, fills_in(json.dumps(form)))
    assert [(s.text, s.dropped) for s in answer.statements] == [
        (TRUE, False),
        ("They will be paid in gold.", True),
    ]


def test_a_form_that_ends_in_the_middle_of_a_statement_is_cut(
    asked: Asked, structured: Writer
) -> None:
    number = asked.number("12,000 North Koreans might")
    whole = json.dumps({"statements": [{"text": TRUE, "sentences": [number]}]})
    cut = whole[:-2] + ', {"text": "The foundation expects the depl'
    answer = answer_of(asked, structured, fills_in(cut))
    assert [s.text for s in answer.statements] == [TRUE]


def test_a_model_that_cannot_fill_in_a_form_is_asked_for_text(
    asked: Asked, structured: Writer
) -> None:
    number = asked.number("12,000 North Koreans might")
    answer = answer_of(asked, structured, says("I cannot."), says(f"{TRUE} [{number}]\n"))
    assert answer.statements[0].text == TRUE
    assert "tools" in asked.server.requests[0]
    assert "tools" not in asked.server.requests[1]
