"""The types told to other programs are those of what they are given."""

from dataclasses import fields
from typing import Any

import pytest
from pydantic import TypeAdapter

from assistant import Answer, Assistant
from assistant.answers import Citation, Statement
from assistant.records import AnswerRecord, CitationRecord, StatementRecord
from assistant.tools import tools_of


@pytest.mark.parametrize(
    ("record", "made_from", "more"),
    [
        (AnswerRecord, Answer, {"answered"}),
        (CitationRecord, Citation, set()),
        (StatementRecord, Statement, set()),
    ],
)
def test_every_field_has_its_type(record: Any, made_from: Any, more: set[str]) -> None:
    assert set(record.__annotations__) == {field.name for field in fields(made_from)} | more


def test_what_the_tools_give_is_what_they_say(assistant: Assistant) -> None:
    ask, search, list_articles, read_source = tools_of(assistant)
    answer = TypeAdapter(AnswerRecord).validate_python(ask("Who wrote this article?"))
    assert answer["answered"]
    document = answer["citations"][0]["document"]
    assert search("weapons", 1)[0]["document"] == document
    assert document in {article["id"] for article in list_articles()}
    citation, source = answer["citations"][0], read_source(document)
    assert source["text"][citation["start"] : citation["end"]] == citation["quote"]
