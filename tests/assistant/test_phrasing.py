"""A question is the same however politely, or roundabout, it is put."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.phrasing import plain_form


@pytest.mark.parametrize(
    ("put", "plain"),
    [
        ("Could you please tell me who built the mill?", "Who built the mill?"),
        ("I would like to know: did Ana build the mill?", "Did Ana build the mill?"),
        ("Can you tell me whether the mill is open?", "Is it true that the mill is open?"),
        ("Which person leads the union?", "Who leads the union?"),
        ("At what time was it built?", "When was it built?"),
        ("In what place does she live?", "Where does she live?"),
        ("for what reason did it close", "why did it close"),
        ("What number of people came?", "How many people came?"),
        ("What was said by Lee about the fire?", "What did Lee say about the fire?"),
        ("Who is the person who leads the army?", "Who leads the army?"),
        ("In this article, what is the mill called?", "What is the mill called?"),
    ],
)
def test_what_surrounds_a_question_is_taken_away(put: str, plain: str) -> None:
    assert plain_form(put) == plain


@pytest.mark.parametrize(
    "question",
    [
        "Who built the mill?",
        "Tell me more",
        "Tell me about Lee",
        "So what?",
        "If it rains, will it close?",
        "What is the reason for the delay?",
        "Which people of the coast fish?",
        "Is it known when it opens?",
        "Can you help me?",
    ],
)
def test_a_plain_question_is_left_alone(question: str) -> None:
    assert plain_form(question) == question


@given(st.text(max_size=80))
def test_nothing_is_lost_of_any_text(question: str) -> None:
    assert bool(plain_form(question)) == bool(question)


def test_the_user_s_own_words_stay_in_sight(assistant: Assistant) -> None:
    answer = assistant.ask("Could you tell me which person wrote this article?")
    assert answer.understood_as == answer.question
    assert answer.answered
