"""Drafts hold what a person needs to start from, on any article."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import corpus
from evals.drafting import MOST_OF_A_TYPE, draft_questions
from evals.measures import locate
from evals.questions import Question, load_questions, save_questions
from evals.run import open_library
from evals.sources import SHIPPED_ARTICLES, Articles

ARTICLES = [*corpus.articles(), *sorted(SHIPPED_ARTICLES.glob("*.md"))]


@pytest.fixture(scope="module", params=ARTICLES, ids=lambda path: path.stem)
def draft(request: pytest.FixtureRequest) -> tuple[str, list[Question]]:
    with open_library([request.param.name], Articles()) as library:
        (summary,) = library.documents()
        text = library.read(summary.id).text
    return text, draft_questions(request.param)


def test_types_are_balanced(draft: tuple[str, list[Question]]) -> None:
    counts = Counter(question.type for question in draft[1])
    assert max(counts.values()) <= MOST_OF_A_TYPE
    assert len(counts) >= 7
    assert counts["unanswerable"] >= 3
    assert counts["false-premise"] >= 2
    assert counts["yes-no"] >= 2


def test_evidence_is_filled_in_word_for_word(draft: tuple[str, list[Question]]) -> None:
    text, questions = draft
    for question in questions:
        assert bool(question.evidence) == question.answerable
        assert all(locate(text, quotation) for quotation in question.evidence)


def test_what_is_taken_for_granted_is_false(draft: tuple[str, list[Question]]) -> None:
    text, questions = draft
    for question in questions:
        if question.type == "false-premise":
            assert not locate(text, question.question.removeprefix("Why is it that ").rstrip("?"))


def test_both_answers_to_yes_no_are_drafted(draft: tuple[str, list[Question]]) -> None:
    said = {question.answers for question in draft[1] if question.type == "yes-no"}
    assert said == {("yes",), ("no",)}


def test_questions_stand_alone_and_are_whole(draft: tuple[str, list[Question]]) -> None:
    for question in draft[1]:
        assert question.question.count("“") == question.question.count("”")
        assert question.question.count('"') % 2 == 0
        if not question.history:
            assert not {"It", "They", "He", "She"} & set(question.question.split())


def test_a_draft_is_a_set_that_loads(draft: tuple[str, list[Question]], tmp_path: Path) -> None:
    save_questions(tmp_path / "draft.jsonl", draft[1])
    assert load_questions(tmp_path / "draft.jsonl") == draft[1]
