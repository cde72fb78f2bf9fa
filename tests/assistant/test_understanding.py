"""Follow-ups are made whole from the conversation, and questions that stand alone are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer, Outcome, Turn
from assistant.conversation import Act, understand


def turns(*asked: tuple[str, str]) -> list[Turn]:
    """A conversation of questions with their direct answers."""
    return [
        Turn(question, Answer(question, f"{short}.", Outcome.ANSWERED, short=short, understood_as=question))
        for question, short in asked
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "follow_up", "whole"),
    [
        (("Who is the mayor of Harlund?", "Ann Lee"), "Where was she born?", "Where was Ann Lee born?"),
        (("When did the bridge open?", "on 4 March"), "Why?", "Why did the bridge open?"),
        (("Where will Norbau build a new factory?", "near Ost"), "How much will it cost?", "How much will the new factory cost?"),
        (("Which club does Ann Lee join?", "Kelder United"), "For what fee?", "For what fee does Ann Lee join Kelder United?"),
        (("When will Ann Lee make her debut?", "in May"), "against whom", "Against whom will Ann Lee make her debut?"),
        (("Where did the divers look for the ship?", "near Ost"), "during which years", "During which years did the divers look for the ship?"),
        (("How many people live in Norway?", "5 million"), "What about Germany?", "How many people live in Germany?"),
        (("Which firm made the lowest offer?", "Norbau"), "And the highest?", "Which firm made the highest offer?"),
    ],
)  # fmt: skip
def test_a_follow_up_is_made_whole(before: tuple[str, str], follow_up: str, whole: str) -> None:
    assert understand(follow_up, turns(before)).question == whole


@pytest.mark.parametrize(
    "question",
    [
        "Did the police confirm that a witness saw the van at a petrol station?",
        "Who wrote the study on the whales of the Tavua Islands?",
        "How much did the bridge over the Ost cost?",
        "Is it true that the bridge is closed?",
        "What does Tomas Brandt say about his engineers?",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    conversation = turns(("How many calls did the police get?", "63 calls"))
    understanding = understand(question, conversation)
    assert understanding.question == question
    assert not understanding.changed


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ("Is that confirmed?", Act.CONFIRMED),
        ("Who says so?", Act.SPEAKER),
        ("Quote it exactly", Act.QUOTE),
        ("shorter", Act.SHORTER),
        ("Where does it say that?", Act.WHERE),
        ("What happened when?", Act.TIMELINE),
        ("List everyone who is quoted", Act.PEOPLE),
    ],
)
def test_what_people_say_in_a_conversation_is_recognised(said: str, act: Act) -> None:
    assert understand(said, turns(("Who won?", "Ann Lee"))).act is act


@given(st.text(max_size=200), st.text(max_size=60))
def test_anything_can_be_said(question: str, short: str) -> None:
    understanding = understand(question, turns(("Who won the race in Oslo?", short)))
    assert isinstance(understanding.question, str)
