"""Headline, byline, date, headings and furniture of a pasted page."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import canonical, label, parse_date
from index.document import Kind, Metadata

PAGE = """SportHarbour bridge opens after nine years of delays

Harbour bridge opens after nine years of delays

The bridge over the Ost opened on Tuesday, and it may be closed again in winter.

The new bridge
The new bridge
Photo: © Picture House | Staff
Marta Kowal

9:30 AM CET, March 4, 2025

The\u00a0city spent $48 million on it, the mayor’s office said. “It was worth it,” said Ann Lee.

Share this article

What comes next

A second bridge is planned for 2030, but nobody has agreed to pay for it yet.

Related content
Ten bridges you must see
© harbournews.com
All rights reserved. Reproduction without prior consent is prohibited.
"""


def kinds(page: str) -> dict[str, Kind]:
    text = canonical(page)
    return {text[s.start : s.end]: s.kind for s in label(text, Metadata()).sentences}


def test_a_pasted_page() -> None:
    text = canonical(PAGE)
    labelled = label(text, Metadata())
    assert labelled.metadata.title == "Harbour bridge opens after nine years of delays"
    assert labelled.metadata.author == "Marta Kowal"
    assert labelled.metadata.date == "2025-03-04T09:30:00+01:00"
    assert labelled.metadata.site == "harbournews.com"
    found = kinds(PAGE)
    furniture = [
        "SportHarbour bridge opens after nine years of delays", "The new bridge",
        "Photo: © Picture House | Staff", "Share this article", "Related content",
        "Ten bridges you must see",
        "All rights reserved. Reproduction without prior consent is prohibited.",
    ]  # fmt: skip
    assert [words for words in furniture if found[words] is not Kind.FURNITURE] == []
    assert found["What comes next"] is Kind.HEADING
    assert found["“It was worth it,” said Ann Lee."] is Kind.BODY
    assert "The\u00a0city spent $48 million on it, the mayor’s office said." in found


def test_a_plain_text_has_no_furniture() -> None:
    found = kinds("The bridge opened in May. It cost $5 million.\n\nIt is long.")
    assert set(found.values()) == {Kind.BODY}


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("12:08 PM EDT, October 29, 2024", "2024-10-29T12:08:00-04:00"),
        ("Published: 3 May 2023", "2023-05-03"),
        ("Updated on March 4, 2025", "2025-03-04"),
        ("2024-01-31", "2024-01-31"),
        ("4 March 2025 · 5 min read", "2025-03-04"),
        ("The bridge opened in May", ""),
        ("May", ""),
        ("", ""),
    ],
)
def test_dates(line: str, iso: str) -> None:
    assert parse_date(line) == iso


def test_given_facts_win_and_their_lines_are_theirs() -> None:
    text = canonical("Bridge opens\n\nBy Ann Lee\n\n4 March 2025\n\nHarbour News\n\nIt opened.")
    given_facts = Metadata("Bridge opens", "Ann Lee", "2025-03-04", "Harbour News", "x")
    labelled = label(text, given_facts)
    assert labelled.metadata == given_facts
    assert [s.kind for s in labelled.sentences] == [
        Kind.TITLE, Kind.AUTHOR, Kind.DATE, Kind.SITE, Kind.BODY,
    ]  # fmt: skip


@given(st.text(max_size=200))
def test_canonical_is_stable_and_keeps_the_typography(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert canonical("\ufeffa\r\nb\rc\u00a0“d”\0\udc80") == "a\nb\nc\u00a0“d”"


@pytest.mark.skipif(
    not (Path(__file__).parents[3] / "shared" / "article.txt").exists(),
    reason="the original page is not part of the project",
)
def test_the_original_page() -> None:
    page = (Path(__file__).parents[3] / "shared" / "article.txt").read_text(encoding="utf-8")
    labelled = label(canonical(page), Metadata())
    assert labelled.metadata.author == "Katarzyna Bogdańska"
    assert labelled.metadata.date == "2024-10-29T12:08:00-04:00"
    assert not labelled.metadata.title.startswith("Economy")
    assert sum(s.kind is Kind.HEADING for s in labelled.sentences) == 4
    text = canonical(page)
    for sentence in labelled.sentences:
        if sentence.kind is Kind.BODY:
            assert "Getty" not in text[sentence.start : sentence.end]
            assert "reproduction" not in text[sentence.start : sentence.end]
