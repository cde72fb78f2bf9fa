"""Every answer keeps its promises, or is not shown."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answer, BrokenCitation, Citation, Outcome, Statement, check_answer

TEXT = "The bridge opened in May. It cost $5 million, the mayor said."
QUOTE = "The bridge opened in May."
CITATION = Citation(1, "d", "Bridge", "bridge.txt", QUOTE, 0, len(QUOTE), highlight=(21, 24))
GOOD = Answer(
    "When did it open?",
    f"{QUOTE} [1]",
    Outcome.ANSWERED,
    "May",
    0.8,
    (CITATION,),
    (Statement(QUOTE, (1,)),),
)


def read(_: str) -> str:
    return TEXT


def test_a_good_answer_passes() -> None:
    assert check_answer(GOOD, read) is GOOD


@pytest.mark.parametrize(
    "broken",
    [
        replace(GOOD, citations=()),
        replace(GOOD, text=QUOTE),
        replace(GOOD, confidence=1.5),
        replace(GOOD, citations=(replace(CITATION, start=1),)),
        replace(GOOD, citations=(replace(CITATION, quote="The bridge opened in June."),)),
        replace(GOOD, citations=(replace(CITATION, highlight=(10, 200)),)),
        replace(GOOD, statements=(Statement("It burnt down.", ()),)),
        replace(GOOD, outcome=Outcome.REFUSED),
        replace(GOOD, closest=(replace(CITATION, end=3),)),
    ],
)
def test_a_broken_answer_is_caught(broken: Answer) -> None:
    with pytest.raises(BrokenCitation):
        check_answer(broken, read)


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)), st.text(max_size=30))
def test_only_the_exact_words_at_their_place_pass(start: int, end: int, quote: str) -> None:
    answer = replace(
        GOOD, citations=(replace(CITATION, start=start, end=end, quote=quote, highlight=None),)
    )
    if quote and TEXT[start:end] == quote:
        check_answer(answer, read)
    else:
        with pytest.raises(BrokenCitation):
            check_answer(answer, read)


def test_plain_json_types() -> None:
    record = GOOD.to_dict()
    assert record["answered"] is True
    assert record["citations"][0]["quote"] == QUOTE
