"""Spans that cannot be what a question asks for are left out, and only those."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.amounts import of_that_kind
from assistant.candidates import Candidate
from assistant.fitting import fitting
from assistant.question import with_capitals
from assistant.reader.likeness import Likeness
from assistant.reasons import beside_the_asked
from assistant.which import completed, doer_alone, the_one_asked
from index import Library, Metadata

Find = Callable[[str, str], Candidate]


@pytest.fixture(scope="module")
def likeness(assistant: Assistant) -> Likeness:
    return Likeness(assistant.library.embed)


@pytest.fixture
def find(tmp_path_factory: pytest.TempPathFactory) -> Find:
    """Makes the candidate that points at some words of a text."""

    def candidate(text: str, words: str, confidence: float = 0.35) -> Candidate:
        with Library(tmp_path_factory.mktemp("one") / "library") as library:
            document = library.add_text(text, Metadata("A short report")).document
        start = document.text.index(words)
        index = next(i for i, s in enumerate(document.sentences) if s.start <= start < s.end)
        return Candidate(document, index, start, start + len(words), 0.0, confidence)

    return candidate


@pytest.mark.parametrize(
    ("question", "text", "words", "fits"),
    [
        ("How many Norwegian sailors came?", "Some 300 Danish sailors came on Monday.", "300", False),
        ("How many Danish sailors came?", "Some 300 Danish sailors came on Monday.", "300", True),
        ("How many visitors came last year?", "The old crown has many rubies. There are 42 of them.", "42", False),
        ("How many jobs will be lost?", "The union says that 260 people will lose their jobs.", "260", True),
        ("How many ships came?", "Several ships came on Monday.", "Several", True),
        ("How much does the whale weigh?", "Only about 5,000 whales were left there.", "about 5,000", False),
        ("How much does the whale weigh?", "The whale weighs about 30 tonnes today.", "about 30", True),
        ("How much did the bridge cost?", "The bridge was opened after 9 years of work.", "9", False),
        ("How much did the bridge cost?", "The bridge cost 30 million euros in the end.", "30 million", True),
        ("What share of the members voted?", "In all 4,000 members voted on Sunday.", "4,000", False),
        ("What share of the members voted?", "Two thirds of the members voted on Sunday.", "Two thirds", True),
        ("Who won the race?", "The town has to reckon with a win by Ann Lee in the race.", "Ann Lee", False),
        ("Who won the race?", "The race was won by Ann Lee on Sunday.", "Ann Lee", True),
        ("What is the name of the spokeswoman?", "The minister Ann Lee came to Oslo on Sunday.", "Ann Lee", False),
        ("What is the name of the spokeswoman?", "The spokeswoman Ann Lee came to Oslo on Sunday.", "Ann Lee", True),
        ("What did Paul Orme say about the bridge?", "The bridge is safe, said Ann Lee on Sunday.", "The bridge is safe", False),
        ("What did Ann Lee say about the bridge?", "The bridge is safe, said Ann Lee on Sunday.", "The bridge is safe", True),
        ("What did Ann Lee say?", '"We heard it go," said Ann Lee, a baker from Oslo.', "a baker from Oslo", False),
        ("What does Ann Lee think?", "Ann Lee of the Oslo Trust is less convinced.", "Oslo Trust", False),
        ("What would Ann Lee like?", "She would like more boats on the lake.", "She would", False),
        ("Why did he go to Oslo?", "He met Ann Lee, who leads Norway, in Oslo.", "who leads Norway", False),
        ("Who founded the bakery?", "The bakery sells bread to hotels near Ann Lee.", "Ann Lee", False),
        ("Who founded the bakery?", "The bakery was founded by a cook, Ann Lee.", "Ann Lee", True),
        ("For whom was it written?", 'The study is called "Old Friends" today.', '"Old Friends"', False),
    ],
)  # fmt: skip
def test_spans_that_do_not_fit_are_left_out(
    find: Find, likeness: Likeness, question: str, text: str, words: str, fits: bool
) -> None:
    assert bool(fitting(question, [find(text, words)], likeness)) is fits


def test_questions_for_no_amount_take_any_span(find: Find, likeness: Likeness) -> None:
    span = find("Ann Lee opened the bridge on Sunday.", "Ann Lee")
    assert of_that_kind("Who opened the bridge?", span, likeness)


def test_what_somebody_calls_a_thing_is_the_whole_quotation(find: Find, likeness: Likeness) -> None:
    text = 'Ann Lee called the closure "a slap in the face of friends" on Sunday.'
    kept = fitting("What did Ann Lee call the closure?", [find(text, "a slap")], likeness)
    assert [c.span for c in kept] == ['"a slap in the face of friends"']


@pytest.mark.parametrize(
    ("question", "text", "words", "name"),
    [
        ("Which party does he lead?", "He speaks for the NDP, the largest opposition party here.", "opposition party", "NDP"),
        ("Which team saw it?", "A DW fact-checking team confirmed it on Sunday.", "confirmed it", "DW fact-checking team"),
        ("Which city did he see?", "He came to Oslo on Sunday.", "Oslo", "Oslo"),
    ],
)  # fmt: skip
def test_the_name_of_the_thing_asked_for(
    find: Find, question: str, text: str, words: str, name: str
) -> None:
    assert the_one_asked(question, [find(text, words)]).span == name


def test_a_preposition_of_the_question_chooses_the_name_behind_it(find: Find) -> None:
    text = "Ann Lee wrote the study for the Oslo Trust in May."
    author = find(text, "Ann Lee")
    words = author.document.text
    start = words.index("Oslo")
    trust = replace(author, start=start, end=words.index(" in May"), confidence=0.3)
    assert (
        the_one_asked("Who did Ann Lee write the study for?", [author, trust]).span == "Oslo Trust"
    )


def test_words_of_the_question_are_completed(find: Find) -> None:
    text = "Her first task will be the budget, which has a gap."
    assert (
        completed("What will her first task be?", find(text, "Her first task will")).span
        == "the budget"
    )
    assert completed("What is it?", find(text, "the budget")).span == "the budget"


def test_who_did_it_ends_before_what_was_done(find: Find) -> None:
    span = find(
        "Divers from Oslo examined the old wreck.", "Divers from Oslo examined the old wreck"
    )
    assert (
        span.document.text[span.start : doer_alone("Who examined it?", span)] == "Divers from Oslo"
    )


def test_a_reason_stands_beside_what_is_asked(find: Find) -> None:
    text = "Worries about the bridge grew last week, when two cracks were found in a pier."
    span = beside_the_asked("Why did worries grow last week?", find(text, "the bridge"))
    assert span.span == "when two cracks were found in a pier"


def test_names_typed_small_get_their_capitals() -> None:
    texts = ["On Sunday the mayor Ann Lee met the bakers. The bakers like Lee."]
    assert with_capitals("what did ann lee say to the bakers", texts) == (
        "what did Ann Lee say to the bakers"
    )
    assert with_capitals("What did Ann say to lee", texts) == "What did Ann say to lee"
