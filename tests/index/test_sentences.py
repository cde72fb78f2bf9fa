"""Sentence spans are exact, and end where a reader would end them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import LONGEST_SENTENCE, split_blocks, split_sentences


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It rained. Then it stopped.", 2),
        ("Dr. Smith met Mr. Jones on Jan. 5. They spoke.", 2),
        ("He arrived at 5 p.m. on Monday. She left.", 2),
        ("The U.S. Senate voted. It passed.", 2),
        ("Prices rose 3.5 percent, e.g. for bread. Wages did not.", 2),
        ("See No. 5 on the list. It is red.", 2),
        ("“I will not come.” she said. He left.", 2),
        ('It seeks money. "They earn little," he said.', 2),
        ("For some time (...) units have been active. So it is.", 2),
        ("What now? Nobody knows! Really.", 3),
        ("- first item\n- second item\n- third", 3),
        ("今日は雨です。明日は晴れです。", 2),
        ("A heading\n\nA sentence under it.", 2),
        ("", 0),
        (" \n\t ", 0),
    ],
)
def test_sentence_ends(text: str, count: int) -> None:
    assert len(words(text)) == count, words(text)


def test_a_line_broken_for_its_width_goes_on() -> None:
    text = (
        "The committee that was set up last year to look into the matter\n"
        "has not met since. It may."
    )
    assert len(split_blocks(text)) == 1
    assert len(words(text)) == 2


def test_a_run_on_without_an_end_is_cut() -> None:
    spans = split_sentences("word " * 20_000)
    assert max(end - start for start, end in spans) <= LONGEST_SENTENCE


TEXT = st.text(
    alphabet=st.one_of(st.sampled_from(' \n.!?"“”。,;-Aa1\u00a0'), st.characters(codec="utf-8")),
    max_size=400,
)


@given(TEXT)
def test_spans_ascend_and_cover_all_but_white_space(text: str) -> None:
    spans = split_sentences(text)
    assert all(start < end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(text[s:e] == text[s:e].strip() for s, e in spans)
    covered = {i for start, end in spans for i in range(start, end)}
    assert all(i in covered for i, letter in enumerate(text) if not letter.isspace())
