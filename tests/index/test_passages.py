"""Passages tile the document."""

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import canonical, label
from index.document import Kind, Metadata
from index.passages import PASSAGE_TOKENS, count_tokens, pack

PIECE = st.sampled_from(
    [
        "Prices rose again. ",
        "A Heading Line\n\n",
        "\n\n",
        "By Ann Lee\n",
        "Related content\n",
        "x " * 300,
        "© 2024 Example\n",
        "“Yes,” he said. ",
        "- item\n",
        "<|endoftext|> ",
        "雨。",
        "\u00a0",
        "May 5, 2024\n",
    ]
)
PAGE = st.one_of(st.text(max_size=300), st.lists(PIECE, max_size=25).map("".join))


@settings(deadline=None)
@given(PAGE)
def test_joined_passages_give_the_text_back(page: str) -> None:
    text = canonical(page)
    labelled = label(text, Metadata())
    passages = pack("d", text, labelled.sentences, labelled.metadata)
    assert "".join(p.text for p in passages) == text
    assert [p.ordinal for p in passages] == list(range(len(passages)))
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text
        for sentence in passage.sentences:
            assert passage.start <= sentence.start < sentence.end <= passage.end
            assert passage.quote(sentence) == text[sentence.start : sentence.end]
    assert tuple(s for p in passages for s in p.sentences) == labelled.sentences


@settings(deadline=None)
@given(PAGE)
def test_a_passage_over_the_budget_is_one_sentence(page: str) -> None:
    text = canonical(page)
    labelled = label(text, Metadata())
    for passage in pack("d", text, labelled.sentences, labelled.metadata):
        cost = sum(count_tokens(passage.quote(s)) for s in passage.sentences)
        assert cost <= PASSAGE_TOKENS or len(passage.sentences) == 1


def test_a_heading_opens_a_passage_and_names_its_section() -> None:
    text = canonical(
        "Bridge opens\n\nThe bridge opened in May after years of work.\n\nWhat it cost\n\n"
        "It cost $5 million in the end, the mayor told reporters on Monday morning."
    )
    labelled = label(text, Metadata())
    sections = [p.section for p in pack("d", text, labelled.sentences, labelled.metadata)]
    assert sections[-1] == "What it cost"
    assert sections[0] == ""


def test_tokens_are_counted_offline_whatever_the_users_cache(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    assert count_tokens("a plain text <|endoftext|>") > 4
    assert os.environ["TIKTOKEN_CACHE_DIR"] == str(tmp_path)


def test_furniture_is_never_searchable() -> None:
    text = canonical(
        "Bridge opens\n\nThe bridge opened in May.\n\nRelated content\nTen best bridges\n"
    )
    labelled = label(text, Metadata())
    for passage in pack("d", text, labelled.sentences, labelled.metadata):
        if all(s.kind is Kind.FURNITURE for s in passage.sentences):
            assert not passage.searchable
