"""Spans never leave their passage, whatever the network says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from assistant.reader.reader import TOKENIZER_FILE
from assistant.reader.spans import best_spans, whole_words
from assistant.reader.windows import WINDOW_TOKENS, by_cost, make_windows, pad


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    made = Tokenizer.from_file(str(TOKENIZER_FILE))
    made.no_padding()
    made.no_truncation()
    return made


@settings(deadline=None)
@given(
    passage=st.text(max_size=300),
    question=st.text(min_size=1, max_size=60),
    seed=st.integers(0, 2**32 - 1),
    count=st.integers(1, 4),
)
def test_spans_lie_inside_their_passage(
    tokenizer: Tokenizer, passage: str, question: str, seed: int, count: int
) -> None:
    chance = np.random.default_rng(seed)
    for window in make_windows(tokenizer, question, [passage], length=90, overlap=10):
        logits = chance.normal(size=(len(window.token_ids), 2)).astype(np.float32)
        spans = best_spans(window, logits, passage, count)
        assert len(spans) <= count
        for span in spans:
            assert 0 <= span.start < span.end <= len(passage)
            assert passage[span.start : span.end] == passage[span.start : span.end].strip()
            assert 0.0 <= span.share <= 1.0
        ordered = sorted(spans, key=lambda s: s.start)
        assert all(a.end <= b.start for a, b in zip(ordered, ordered[1:], strict=False))


@settings(deadline=None)
@given(st.lists(st.text(max_size=400), max_size=4), st.integers(80, 256))
def test_windows_cover_every_token_of_every_passage(
    tokenizer: Tokenizer, passages: list[str], length: int
) -> None:
    windows = make_windows(tokenizer, "Who came?", passages, length=length, overlap=20)
    assert all(len(window.token_ids) <= length for window in windows)
    for number, passage in enumerate(passages):
        wanted = set(tokenizer.encode(passage, add_special_tokens=False).offsets)
        covered = {
            (int(start), int(end))
            for window in windows
            if window.passage == number
            for start, end in window.offsets
        }
        assert covered == wanted


def test_a_long_question_leaves_room_for_the_passage(tokenizer: Tokenizer) -> None:
    windows = make_windows(tokenizer, "why " * 5000, ["It rained."])
    assert len(windows[0].token_ids) <= WINDOW_TOKENS
    assert len(windows[0].offsets) > 0


def test_padding_marks_question_passage_and_nothing(tokenizer: Tokenizer) -> None:
    windows = make_windows(tokenizer, "Who?", ["Ann came.", "Bo and Cy came late, she said."])
    inputs = pad(windows)
    assert inputs["token_ids"].shape == inputs["attention_mask"].shape
    for row, window in enumerate(windows):
        assert inputs["attention_mask"][row].sum() == len(window.token_ids)
        assert inputs["segment_ids"][row].sum() == len(window.token_ids) - window.first
    assert sorted(i for batch in by_cost(windows, 40) for i in batch) == [0, 1]


@given(st.text(max_size=40), st.data())
def test_whole_words_never_cut_a_word(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    low, high = whole_words(text, start, end)
    if low < high:
        assert not (0 < low and text[low].isalnum() and text[low - 1].isalnum())
        assert not (high < len(text) and text[high].isalnum() and text[high - 1].isalnum())
