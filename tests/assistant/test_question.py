"""The form of an answer is read from the question's own words."""

import pytest

from assistant.language import check_language
from assistant.question import QuestionError, Wanted, check_question, wanted


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("Who wrote this?", Wanted.AUTHOR),
        ("who is the author of the article", Wanted.AUTHOR),
        ("Who wrote the letter to the mayor?", Wanted.SPAN),
        ("When was it published?", Wanted.DATE),
        ("When was the treaty published?", Wanted.SPAN),
        ("What is the headline?", Wanted.TITLE),
        ("Which site published this?", Wanted.SITE),
        ("Who said the bridge would close?", Wanted.SPEAKER),
        ("Which minister warned of delays?", Wanted.SPEAKER),
        ("Which two candidates are named?", Wanted.LIST),
        ("What did the mayor call for?", Wanted.LIST),
        ("Did the bridge close?", Wanted.YES_NO),
        ("Isn't the bridge closed?", Wanted.YES_NO),
        ("How long is the bridge?", Wanted.SPAN),
        ("bridge length", Wanted.SPAN),
    ],
)
def test_form(question: str, form: Wanted) -> None:
    assert wanted(question) is form


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "?!", "\u00a0", "…", "\0"])
def test_a_blank_question_is_turned_away(question: str) -> None:
    with pytest.raises(QuestionError, match="blank"):
        check_question(question)


def test_a_very_long_question_is_turned_away_with_its_length() -> None:
    with pytest.raises(QuestionError, match="100,000 characters"):
        check_question("x" * 100_000)


def test_a_broken_terminal_character_is_dropped() -> None:
    assert check_question(" who\udcff came? ") == "who came?"


@pytest.mark.parametrize(
    "question",
    [
        "Wer hat das geschrieben?",
        "Combien de soldats ont été envoyés ?",
        "谁写了这篇文章？",
        "Кто написал эту статью?",
    ],
)
def test_another_language_is_named_as_the_reason(question: str) -> None:
    with pytest.raises(QuestionError, match="another language"):
        check_language(question)


@pytest.mark.parametrize(
    "question",
    [
        "who wrote this",
        "Katarzyna Nowak",
        "bridge length",
        "São Paulo population",
        "Did Łukasz Żak speak?",
        "Is it open?",
    ],
)
def test_english_and_bare_names_pass(question: str) -> None:
    check_language(question)
