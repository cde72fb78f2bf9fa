"""Which way a sentence decides a yes/no question."""

import pytest

from assistant.polarity import Verdict, core, decide, deciding_clause, in_order


@pytest.mark.parametrize(
    ("question", "sentence", "verdict"),
    [
        ("Did the bridge open in May?", "The bridge opened in May.", Verdict.YES),
        ("Did the bridge open in May?", "The bridge did not open in May.", Verdict.NO),
        ("Did the bridge not open?", "The bridge did not open.", Verdict.YES),
        (
            "Has the mayor confirmed it?",
            "Neither the mayor nor the police confirmed it.",
            Verdict.NO,
        ),
        ("Did the plan make progress?", "The plan has made little headway.", Verdict.NO),
        ("Did the plan help?", "The plan has helped a little.", Verdict.YES),
        ("Will the bridge open in May?", "The bridge may open in May.", Verdict.UNSURE),
        ("May the bridge open in May?", "The bridge may open in May.", Verdict.YES),
        ("Does she expect rain?", "She expects rain by noon.", Verdict.YES),
        ("Does she think it will last?", "She does not expect it to last.", Verdict.NO),
        ("Is it true that the bridge opened?", "The bridge reportedly opened.", Verdict.UNSURE),
    ],
)
def test_verdicts(question: str, sentence: str, verdict: Verdict) -> None:
    assert decide(question, sentence).verdict is verdict


def test_the_clause_that_speaks_of_it_decides() -> None:
    sentence = "The ferry sank in the storm, but all of its passengers were saved."
    start, end = deciding_clause("Were the passengers saved?", sentence)
    assert sentence[start:end] == "all of its passengers were saved"


def test_what_frames_a_question_is_no_part_of_it() -> None:
    assert core("Is it certain that the bridge opened?") == "the bridge opened?"


def test_a_subject_must_be_the_subject() -> None:
    question = "Has Russia confirmed the report?"
    assert in_order(question, "Moscow has confirmed the report.")
    assert not in_order(question, "They confirmed that the film was made in Russia.")
