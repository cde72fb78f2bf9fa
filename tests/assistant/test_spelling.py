"""Typing errors in questions are mended from the article's words; right words are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.spelling import corrected, words_of

ARTICLE = (
    "Ana Guseinova built the old mill near Elba Bridge. It ground corn for the soldiers in ties."
)


def mended(question: str) -> str:
    return corrected(question, lambda: words_of(ARTICLE))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Waht did Guseinov build?", "What did Guseinova build?"),
        ("whn was teh mill bulit", "when was the mill built"),
        ("For which soldirs?", "For which soldiers?"),
        ("What are teis?", "What are ties?"),
        ("Who betwween them is infromed?", "Who between them is informed?"),
        ("Which guseinova's coorn?", "Which guseinova's corn?"),
    ],
)
def test_errors_are_mended(typed: str, meant: str) -> None:
    assert mended(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "Who signed the pact on baking and retelling?",
        "Please summarise the organisation's colourful behaviour.",
        "What did Kim Jong Il say about Elbe and Anna?",
        "How many TEUs fit on the MSC Oscar in 2024?",
        "Что сказала Гусейнова?",
        "Where is Kyiv's Maidan?",
    ],
)
def test_right_words_are_left_alone(question: str) -> None:
    assert mended(question) == question


@given(st.text(max_size=80))
def test_any_text_keeps_its_words_apart(question: str) -> None:
    assert len(mended(question).split()) == len(question.split())


def test_the_answer_tells_how_the_question_was_understood(assistant: Assistant) -> None:
    answer = assistant.ask("Who wroet this artcile?")
    assert answer.understood_as == "Who wrote this article?"
    assert answer.answered
