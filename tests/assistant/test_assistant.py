"""From a question to a cited answer, on a real library with the shipped models."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant import Answer, Assistant, Outcome, Query, QuestionError, Settings, Turn
from assistant.answers import check_answer, turn_from_dict, turn_to_dict
from index import Metadata, UnknownDocument


@pytest.mark.parametrize(
    ("question", "short", "words"),
    [
        ("Who wrote this?", "Marta Kowal", "Marta Kowal"),
        ("When was it published?", "5 March 2025", "5 March 2025"),
        ("What did the bridge cost?", "$48 million", "$48 million"),
        ("When did the bridge open?", "4 March", "4 March"),
        ("what did the bridge cost", "$48 million", "$48 million"),
    ],
)
def test_right_answers_with_their_sentence(
    assistant: Assistant, question: str, short: str, words: str
) -> None:
    answer = assistant.ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert answer.short is not None
    assert short in answer.short
    assert any(words in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    ["What is the boiling point of nitrogen?", "Who won the football match in Lisbon in 1998?"],
)
def test_what_the_article_does_not_say_is_refused(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.outcome is Outcome.REFUSED
    assert answer.citations == ()
    assert answer.short is None


def test_a_hedge_is_never_lost(assistant: Assistant) -> None:
    answer = assistant.ask("Which pier may have to be strengthened?")
    assert answer.answered
    assert any("may have to be strengthened" in c.quote and c.hedge for c in answer.citations)
    assert "may have to be strengthened" in answer.text


def test_the_speaker_of_a_sentence_before(assistant: Assistant) -> None:
    answer = assistant.ask('Who said "We trusted the wrong engineers"?')
    assert answer.answered
    assert "Lee" in (answer.short or "")
    assert any("wrong engineers" in c.quote for c in answer.citations)


def test_a_summary_is_the_articles_own_sentences_in_order(assistant: Assistant) -> None:
    answer = assistant.ask("Summarise the article")
    assert 3 <= len(answer.citations) <= 5
    starts = [c.start for c in answer.citations]
    assert starts == sorted(starts)


def test_everyone_who_is_quoted(assistant: Assistant) -> None:
    answer = assistant.ask("Who is quoted?")
    assert "Ann Lee" in (answer.short or "")
    assert "Brandt" in (answer.short or "")


@pytest.mark.parametrize("question", ["hello", "thanks!", "what can I ask?"])
def test_small_talk_claims_nothing(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.outcome is Outcome.CONVERSATION
    assert answer.citations == ()
    assert answer.text


def test_a_follow_up_is_understood_from_the_turns_or_the_questions(assistant: Assistant) -> None:
    first = assistant.ask("Who warned that the northern pier may have to be strengthened?")
    turns = [Turn(first.question, first)]
    follow_up = "Who is he?"
    by_turns = assistant.ask(follow_up, turns)
    by_questions = assistant.ask(follow_up, [first.question])
    assert by_turns.understood_as == by_questions.understood_as
    assert by_turns.understood_as != follow_up


def test_the_stream_ends_in_the_same_answer(assistant: Assistant) -> None:
    steps = list(assistant.stream("What did the bridge cost?"))
    assert isinstance(steps[-1], Answer)
    assert [type(step) for step in steps].count(Answer) == 1
    assert steps[-1] == assistant.ask("What did the bridge cost?")


async def test_async_forms(assistant: Assistant) -> None:
    answers = await asyncio.gather(*(assistant.aask("What did the bridge cost?") for _ in range(3)))
    assert len(set(answer.short for answer in answers)) == 1
    streamed = [step async for step in assistant.astream("What did the bridge cost?")]
    assert streamed[-1] == answers[0]


def test_a_batch_answers_each_question_by_itself(assistant: Assistant) -> None:
    queries = [Query("a", "What did the bridge cost?"), Query("b", "hello"), Query("c", "Why?")]
    found = list(assistant.ask_many(queries))
    assert [query.id for query, _ in found] == ["a", "b", "c"]
    assert found[0][1].answered


def test_many_threads_get_the_answers_of_one(assistant: Assistant) -> None:
    questions = ["What did the bridge cost?", "When did the bridge open?", "Who wrote this?"] * 5
    alone = {question: assistant.ask(question) for question in set(questions)}
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(assistant.ask, questions))
    assert [a.short for a in together] == [alone[q].short for q in questions]


def test_unaskable_questions(assistant: Assistant) -> None:
    for question, why in (
        ("  ", "blank"),
        ("x" * 100_000, "100,000"),
        ("Wer hat das alles gebaut?", "language"),
    ):
        with pytest.raises(QuestionError, match=why):
            assistant.ask(question)
    with pytest.raises(UnknownDocument):
        assistant.ask("What did the bridge cost?", documents=["nothing-00000000"])


PROMPT = st.one_of(
    st.text(min_size=1, max_size=120).filter(lambda t: any(c.isalnum() for c in t)),
    st.lists(
        st.sampled_from(
            "who what when why did the bridge cost Ann Lee Norbau Kessel pier winter [1] 48 million "
            "said he it and compare shorter quote list summary may not".split()
        ),
        min_size=1,
        max_size=9,
    ).map(" ".join),
)


@pytest.mark.slow
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(question=PROMPT, history=st.lists(PROMPT, max_size=2))
def test_every_answer_keeps_its_promises(
    assistant: Assistant, question: str, history: list[str]
) -> None:
    try:
        answer = assistant.ask(question, history)
    except QuestionError as error:
        assert str(error).endswith(".")
        return
    check_answer(answer, lambda identity: assistant.library.read(identity).text)
    turn = Turn(question, answer)
    assert turn_from_dict(turn_to_dict(turn)) == turn


def test_a_new_library_has_the_shipped_article_until_it_is_removed(tmp_path: Path) -> None:
    with Assistant(tmp_path / "library") as assistant:
        shipped = assistant.library.documents()
        assert len(shipped) == 1
        assert assistant.ask("Who wrote this?").answered
        assistant.library.remove(shipped[0].id)
        assert "empty" in assistant.ask("Who came?").text
    with Assistant(tmp_path / "library") as assistant:
        assert assistant.library.documents() == []


def test_the_threshold_is_a_setting(assistant: Assistant) -> None:
    strict = Assistant(assistant.library, Settings(refusal_threshold=1.0))
    assert strict.ask("When did the bridge open?").outcome is Outcome.REFUSED


def test_several_articles_are_summarised_one_by_one(tmp_path: Path) -> None:
    with Assistant(library=tmp_path / "library") as assistant:
        assistant.library.add_text(
            "Ana Ruiz built the mill in 1840. It ground corn for the town. Nobody lives there now.",
            Metadata("The old mill"),
        )
        answer = assistant.ask("What are these articles about?")
        assert answer.answered
        lines = answer.text.splitlines()
        assert len(lines) == 2
        assert any(line.startswith("- The old mill: ") for line in lines)
        assert len({citation.document for citation in answer.citations}) == 2
        assert answer.notes == ()
