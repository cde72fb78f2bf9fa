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


AGENCY = """HOME
World News
Ferry sinks off Lindal; 40 rescued
By JANE DOE and JOHN ROE
Updated 4:15 PM GMT, May 3, 2023
A ferry sank off the coast of Lindal on Tuesday, and 40 people were rescued, officials said.
AP Photo/Mark Poe
Advertisement
"We were lucky," said captain Per Holm.
READ MORE: Five ferries that sank
Sign up for our free daily newsletter
Associated Press writer Kim Lo contributed to this report.
Copyright 2023 The Associated Press. All rights reserved.
"""
BROADCASTER = """Ferry sinks off Lindal
Published
3 May 2023
A rescue boat near the wreck
Image source, Reuters
Image caption, A rescue boat near the wreck
By Jane Doe
BBC News
A ferry sank off the coast of Lindal on Tuesday, and 40 people were rescued, officials said.
"""
MARKDOWN = """We use cookies to improve your experience. Accept all cookies
Subscribe now
# Ferry sinks off Lindal

**Jane Doe** in Lindal

Wed 3 May 2023 16.15 BST

Last modified on Thu 4 May 2023 09.00 BST

A ferry sank off the coast of Lindal on Tuesday, and 40 people were rescued, officials said.

## What is known

- The ship left at 9 a.m.

Photograph: Mark Poe/The Paper
"""
BLOG = """Ferry sinks off Lindal
5 min read · May 3, 2023
Jane Doe
A ferry sank off the coast of Lindal on Tuesday, and 40 people were rescued, officials said.
"""


@pytest.mark.parametrize(
    ("page", "author", "date"),
    [
        (BROADCASTER, "Jane Doe", "2023-05-03"),
        (MARKDOWN, "Jane Doe", "2023-05-03T16:15:00+01:00"),
        (BLOG, "Jane Doe", "2023-05-03"),
    ],
    ids=["broadcaster", "markdown", "blog"],
)
def test_pages_of_many_kinds(page: str, author: str, date: str) -> None:
    metadata = label(canonical(page), Metadata()).metadata
    assert (metadata.title, metadata.author, metadata.date) == (
        "Ferry sinks off Lindal",
        author,
        date,
    )
    body = [words for words, kind in kinds(page).items() if kind is Kind.BODY]
    prose = "A ferry sank off the coast of Lindal on Tuesday, and 40 people were rescued, "
    assert body in ([f"{prose}officials said."], [f"{prose}officials said.", body[-1]])
    assert not any("Image" in words or "modified" in words for words in body)


def test_an_agency_page_under_a_section_label() -> None:
    metadata = label(canonical(AGENCY), Metadata()).metadata
    assert metadata.title == "Ferry sinks off Lindal; 40 rescued"
    assert metadata.author == "JANE DOE and JOHN ROE"
    body = [words for words, kind in kinds(AGENCY).items() if kind is Kind.BODY]
    assert len(body) == 2
    assert body[1] == '"We were lucky," said captain Per Holm.'


def test_an_agency_report_is_signed_below() -> None:
    text = canonical(
        "A ferry sank off the coast of Lindal on Tuesday, and 40 were rescued, officials said.\n\n"
        "Reporting by Jane Doe; Editing by John Roe\n"
    )
    labelled = label(text, Metadata())
    assert labelled.metadata.author == "Jane Doe"
    assert labelled.sentences[-1].kind is Kind.AUTHOR


@given(st.text(alphabet="By ACdoe*_#.\n©|", max_size=120))
def test_any_page_is_labelled_without_losing_a_letter(page: str) -> None:
    text = canonical(page)
    labelled = label(text, Metadata())
    covered = {i for s in labelled.sentences for i in range(s.start, s.end)}
    assert all(i in covered for i, letter in enumerate(text) if letter.isalnum())
