import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.drafts import Draft, DraftParser, declines, numbers_in


def parse(text: str, cuts: list[int] | None = None) -> list[Draft]:
    parser = DraftParser()
    edges = [0, *sorted({c % (len(text) + 1) for c in cuts or []}), len(text)]
    found = [draft for a, b in itertools.pairwise(edges) for draft in parser.feed(text[a:b])]
    return found + parser.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It opened in May. [3]\n", [("It opened in May.", (3,))]),
        ("It opened in May [3].", [("It opened in May.", (3,))]),
        ("It opened [3] in May.", [("It opened in May.", (3,))]),
        ("It opened in May. [3][5]", [("It opened in May.", (3, 5))]),
        ("It opened in May. [3, 5; 7]", [("It opened in May.", (3, 5, 7))]),
        ("It opened in May. [3-5]", [("It opened in May.", (3, 4, 5))]),
        ("It opened in May. [S3 and S5]", [("It opened in May.", (3, 5))]),
        ("It opened in May. 【3†source】", [("It opened in May.", (3,))]),
        ("It opened. It closed. [2]\n", [("It opened.", (2,)), ("It closed.", (2,))]),
        ("It opened. [1] It closed. [2]", [("It opened.", (1,)), ("It closed.", (2,))]),
        ("- **It opened.** [1]\n- It closed. [2]\n", [("It opened.", (1,)), ("It closed.", (2,))]),
        ("Here is the answer:\n1. It opened. [1]", [("It opened.", (1,))]),
        ("<think>Let me see. [9]</think>\nIt opened. [1]", [("It opened.", (1,))]),
        ("Dr. Weiss said so. [1]\n", [("Dr. Weiss said so.", (1,))]),
        ("It opened in May.", [("It opened in May.", ())]),
        ('{"statements": [{"text": "It opened.", "sentences": [4]}]}', [("It opened.", (4,))]),
        ("", []),
        ("***", []),
    ],
)
def test_statements_and_their_numbers(
    text: str, expected: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert [(d.text, d.numbers) for d in parse(text)] == expected


def test_a_last_sentence_without_an_end_is_left_out() -> None:
    parser = DraftParser()
    found = parser.feed("It opened. [1]\nIt was then clo") + parser.close()
    assert [d.text for d in found] == ["It opened."]
    assert parser.broken_off


def test_a_statement_is_given_when_the_next_one_begins() -> None:
    parser = DraftParser()
    assert parser.feed("It opened. [1") == []
    assert parser.feed("] Th") == [Draft("It opened.", (1,))]


def test_a_range_is_bounded() -> None:
    assert numbers_in("1-9000") == [1, 9000]


REPLY = (
    "It opened in May. [3] Two firms built it. It cost $48 million [1, 2].\n- The end came. [7-9]\n"
)


@settings(deadline=None)
@given(st.lists(st.integers(0, 200), max_size=12))
def test_however_a_reply_is_cut_the_statements_are_the_same(cuts: list[int]) -> None:
    assert parse(REPLY, cuts) == parse(REPLY)


@settings(deadline=None)
@given(st.text(max_size=300), st.lists(st.integers(0, 300), max_size=6))
def test_no_text_breaks_the_parser(text: str, cuts: list[int]) -> None:
    for draft in parse(text, cuts):
        assert any(letter.isalnum() for letter in draft.text)


@pytest.mark.parametrize(
    "reply", ["NOT IN THE ARTICLE", "not in the article.", "The article does not mention this."]
)
def test_a_refusal_is_understood(reply: str) -> None:
    assert declines(reply)
    assert not declines("The minister did not say why.")
