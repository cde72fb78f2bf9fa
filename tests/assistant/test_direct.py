"""The direct answer is widened to what a person would point at, and never leaves its sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.direct import widen


@pytest.mark.parametrize(
    ("sentence", "cut", "whole"),
    [
        ("The bill came to $5 billion last year.", "$5", "$5 billion"),
        ("The bill came to $5 billion last year.", "5", "$5 billion"),
        ("As many as 12,000 people came.", "12,000", "As many as 12,000"),
        (
            "It cost between $1.7 billion and $5.5 billion.",
            "$5.5",
            "between $1.7 billion and $5.5 billion",
        ),
        (
            "It cost between $1.7 billion and $5.5 billion.",
            "$1.7",
            "between $1.7 billion and $5.5 billion",
        ),
        ("Prices rose 3.5 percent in May.", "3.5", "3.5 percent"),
        ("Prices rose 3.5 percent in May.", "3", "3.5 percent"),
        ("The road is 40 kilometres long.", "40", "40 kilometres"),
        ("Yesterday Maria Lopez Garcia spoke.", "Lopez", "Maria Lopez Garcia"),
        ("He leads the University of Oslo now.", "University", "University of Oslo"),
        ("She called it “a grave error” twice.", "“a grave", "“a grave error”"),
        ('She called it "a grave error" twice.', 'grave error"', '"a grave error"'),
        ("A long-term plan exists.", "term", "long-term"),
        ("It opened in Paris, then closed.", "Paris,", "Paris"),
    ],
)
def test_cut_spans_are_widened(sentence: str, cut: str, whole: str) -> None:
    start = sentence.index(cut)
    low, high = widen(sentence, start, start + len(cut), 0, len(sentence))
    assert sentence[low:high] == whole


@given(st.text(min_size=1, max_size=80), st.data())
def test_widened_spans_stay_inside(text: str, data: st.DataObject) -> None:
    low = data.draw(st.integers(0, len(text) - 1))
    high = data.draw(st.integers(low + 1, len(text)))
    start = data.draw(st.integers(low, high - 1))
    end = data.draw(st.integers(start + 1, high))
    wide_start, wide_end = widen(text, start, end, low, high)
    assert low <= wide_start <= wide_end <= high


PIECES = st.sampled_from(
    [
        "$5",
        " billion",
        "“",
        "”",
        '"',
        " and ",
        "between ",
        "Ann",
        " Lee",
        "-",
        "7",
        ",",
        " of ",
        "’s",
        " %",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=14).map("".join), st.data())
def test_widening_keeps_the_words_it_was_given(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    wide_start, wide_end = widen(text, start, end, 0, len(text))
    letters = [i for i in range(start, end) if text[i].isalnum()]
    assert all(wide_start <= i < wide_end for i in letters)
