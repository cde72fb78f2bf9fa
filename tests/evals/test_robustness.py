from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import robustness
from evals.distractors import distractor_article
from evals.questions import Question, QuestionSetError
from evals.rewording import reworded
from evals.robustness import SPOILERS, choose_spoilers, spoil
from evals.sources import Articles

ASKED = "Who, in 1840, built Ana Ruiz's old mill?"


def draw() -> random.Random:
    return random.Random(1)


def test_questions_are_spoilt() -> None:
    assert robustness.in_lower_case(ASKED, draw()) == ASKED.lower()
    assert robustness.without_punctuation(ASKED, draw()) == "Who in 1840 built Ana Ruiz's old mill"
    assert robustness.as_keywords(ASKED, draw()) == "1840 built ana ruiz's old mill"
    assert robustness.as_keywords("Who is it?", draw()) == "who is it"
    assert robustness.with_typing_errors(ASKED, draw()) != ASKED
    assert reworded("Who built it?") == "Which person constructed it?"
    assert reworded("Name it.") == "About the text: Name it."


@given(st.text(max_size=80))
def test_any_question_can_be_spoilt(text: str) -> None:
    for spoiler in SPOILERS:
        if spoiler.question:
            assert isinstance(spoiler.question(text, random.Random(0)), str)


def test_articles_are_spoilt() -> None:
    text = "# Mill\n\nBuilt in 1840 with 1,200 stones.\n\nIn 2001 it had 7 wheels, 3.5 m wide."
    assert robustness.INSTRUCTION in robustness.with_instruction(text)
    changed = robustness.with_other_figures(text)
    assert "1,203 stones" in changed
    assert "In 2001 it had 17 wheels, 3.5 m wide" in changed


def test_sets_are_the_same_every_time_and_clean_up() -> None:
    questions = [Question("a", "who", ASKED), Question("b", "who", ASKED)]
    spoiler = choose_spoilers(["typing-errors"])[0]
    with spoil(spoiler, questions, Articles()) as (first, _):
        pass
    with spoil(spoiler, questions[:1], Articles()) as (second, _):
        pass
    assert first[0] == second[0]
    assert first[0].question != first[1].question
    with spoil(choose_spoilers(["distractors-10"])[0], questions, Articles()) as (_, articles):
        assert len(articles.extra) == 10
        assert all(path.exists() for path in articles.extra)
    assert not any(path.exists() for path in articles.extra)


def test_distractors_differ() -> None:
    assert len({distractor_article(number) for number in range(1000)}) == 1000
    assert distractor_article(5) == distractor_article(5)


def test_names_are_checked() -> None:
    assert len(choose_spoilers(["all"])) == len(SPOILERS)
    with pytest.raises(QuestionSetError, match="no robustness set 'rain'"):
        choose_spoilers(["rain"])
