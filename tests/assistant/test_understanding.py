"""Follow-ups are made whole from the conversation, and questions that stand alone are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer, Outcome, Turn
from assistant.understanding import Act, understand


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
        (("What does a crane driver earn?", "2,000 euros"), "What about a bonus?", "What does the article say about a bonus?"),
        (("How many Norwegians will join?", "12"), "What does Lange say about that?", "What does Lange say about Norwegians?"),
        (("Who heads Norbau?", "Aino Virtanen"), "How did she describe the year?", "How did Aino Virtanen describe the year?"),
        (("When does Ann Lee take office?", "on 1 May"), "And her first task?", "What is Ann Lee’s first task?"),
        (("When does Ann Lee take office?", "on 1 May"), "What about her brother?", "What does the article say about Ann Lee’s brother?"),
        (("What did Lee say at her victory party?", "thank you"), "Where was that party?", "Where was Lee’s victory party?"),
        (("When was the red warning issued?", "at six"), "Who complained about that?", "Who complained about the red warning?"),
        (("What does Bo Keller believe?", "the theft was ordered"), "Why does he think so?", "Why does Bo Keller think that the theft was ordered?"),
        (("What is Petra Lund's role?", "mayor"), "and Jonas Frey's version", "What does Jonas Frey say?"),
        (("How long is the bridge?", "40 m"), "And its height?", "What is the bridge’s height?"),
        (("Who owns the train?", "Norvane"), "And the weight?", "What is the weight of the train?"),
        (("How much oil was spilled?", "12 t"), "Any danger to drinking water?", "Is there any danger to drinking water?"),
        (("Who investigates it?", "the rail safety board"), "How many people did they send?", "How many people did the rail safety board send?"),
        (("Who takes the milk?", "a dairy"), "From when?", "From when does a dairy take the milk?"),
        (("Who deals with it?", "A working group"), "What was her job?", "What was her job?"),
        (("Who supplies the bicycles?", "Volanta"), "How many bikes?", "How many bikes does Volanta have?"),
        (("How many bikes does Volanta have?", "850"), "And electric ones?", "How many electric bikes does Volanta have?"),
        (("Who did the study?", "Amadou Sarr of Harl College"), "Where does he work?", "Where does Amadou Sarr work?"),
        (("Who is Rosa Bellini?", "Carl Nyberg"), "What is her condition?", "What is Rosa Bellini’s condition?"),
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
        "What is it called when hail gets larger?",
        "What does it mean when a ship lists?",
        "Whose ideas changed during his imprisonment?",
        "What is the only animal who senses danger and walks into it?",
        "Who was arrested?",
        "What companies have their headquarters in Rotterdam?",
        "When will work begin?",
        "Compare the likelihood that members vote against their party in the House and the Senate.",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    conversation = turns(("How many calls did the police get?", "63 calls"))
    understanding = understand(question, conversation)
    assert understanding.question == question
    assert not understanding.changed


def test_who_said_it_is_the_one_meant_next() -> None:
    said = Answer("Who says so?", "Bo Ray.", Outcome.ANSWERED, short="Bo Ray")
    conversation = [
        *turns(("What does a soldier earn?", "2,000 dollars")),
        Turn("Who says so?", said),
    ]
    assert understand("Where does he teach?", conversation).question == "Where does Bo Ray teach?"


def test_a_name_once_meant_by_he_is_not_meant_by_her() -> None:
    asked = turns(("Who lost to Ann Lee?", "Bo Ray"))
    wanted = Answer(
        "Who disagrees with him?", "?", Outcome.REFUSED, understood_as="Who disagrees with Bo Ray?"
    )
    conversation = [*asked, Turn("Who disagrees with him?", wanted)]
    assert understand("What is her role?", conversation).question == "What is Ann Lee’s role?"


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
