"""A model's rewrite of a follow-up is taken only with names and numbers of the conversation."""

from __future__ import annotations

import pytest

from assistant import Assistant, Settings
from assistant.answers import Turn
from index import Library

from .conftest import KEY, LocalServer, fails, says

FIRST = "Which university does Andrei Lankov work for?"
FOLLOW_UP = "What does he teach?"
BY_RULE = "What does Andrei Lankov teach?"


@pytest.fixture
def chat(library: Library, server: LocalServer, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    monkeypatch.setenv("OPENAI_LIKE_API_KEY", KEY)
    return Assistant(library, Settings(llm=f"openai-like:{server.url}"))


def understood(chat: Assistant, server: LocalServer, *replies: str) -> str:
    first = Assistant(chat.library, Settings(llm="none")).ask(FIRST)
    server.behaviours = [says(reply) for reply in replies]
    return chat.ask(FOLLOW_UP, [Turn(FIRST, first)]).understood_as


def test_a_rewrite_of_what_was_said_is_taken(chat: Assistant, server: LocalServer) -> None:
    asked = understood(
        chat, server, "What subjects does Andrei Lankov teach?", "NOT IN THE ARTICLE"
    )
    assert asked == "What subjects does Andrei Lankov teach?"
    assert FIRST in server.requests[0]["messages"][1]["content"]


@pytest.mark.parametrize(
    "invented",
    ["What does Professor Boris Karpov teach?", "What did Andrei Lankov teach in 1997?", ""],
)
def test_a_rewrite_with_something_new_is_not(
    chat: Assistant, server: LocalServer, invented: str
) -> None:
    assert understood(chat, server, invented, "NOT IN THE ARTICLE") == BY_RULE


def test_a_failing_model_leaves_it_to_the_rules(chat: Assistant, server: LocalServer) -> None:
    first = Assistant(chat.library, Settings(llm="none")).ask(FIRST)
    server.behaviours = [fails(401)]
    assert chat.ask(FOLLOW_UP, [Turn(FIRST, first)]).understood_as == BY_RULE


def test_a_question_that_stands_alone_costs_no_rewrite(
    chat: Assistant, server: LocalServer
) -> None:
    first = Assistant(chat.library, Settings(llm="none")).ask(FIRST)
    server.behaviours = [says("NOT IN THE ARTICLE")]
    chat.ask("Where was the BRICS summit held?", [Turn(FIRST, first)])
    assert len(server.requests) == 1
