from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import corpus
from evals.questions import Question, load_questions
from evals.sources import SHIPPED_ARTICLES, load_sets, shipped_questions
from index.loading import load

PROJECT = Path(__file__).parents[2]
ORIGINAL = PROJECT.parent / "shared" / "article.txt"
RUN = 12
HEADER = ("Footnote project",)
"""What every article's header says, and so no sign of one article."""
TYPES = (
    "who", "where", "when", "number", "why", "list", "who-said", "yes-no", "hedged", "summary",
    "false-premise", "unanswerable", "follow-up", "metadata",
)  # fmt: skip

ARTICLES = {path.name: path for path in [*corpus.articles(), *SHIPPED_ARTICLES.glob("*.md")]}
SETS = shipped_questions()


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {name: load(path).text for name, path in ARTICLES.items()}


@pytest.fixture(params=SETS, ids=lambda path: path.stem)
def questions(request: pytest.FixtureRequest) -> list[Question]:
    return load_questions(request.param)


def named(name: str) -> list[Question]:
    (path,) = [path for path in SETS if path.stem == name]
    return load_questions(path)


def test_ids_are_unique_across_the_sets() -> None:
    questions, _ = load_sets(SETS)
    assert len({question.id for question in questions}) == len(questions)


def test_every_question_names_one_shipped_article(questions: list[Question]) -> None:
    for question in questions:
        assert len(question.articles) == 1, question.id
        assert question.articles[0] in ARTICLES, question.id


def test_evidence_stands_once_in_its_article_only(
    questions: list[Question], texts: dict[str, str]
) -> None:
    for question in questions:
        (own,) = question.articles
        for quotation in question.evidence:
            assert texts[own].count(quotation) == 1, (question.id, quotation)
            assert quotation in ARTICLES[own].read_text(encoding="utf-8"), question.id
            if quotation not in HEADER:
                holders = [name for name, text in texts.items() if quotation in text]
                assert holders == [own], (question.id, holders)


def test_answerable_questions_have_gold_and_others_none(questions: list[Question]) -> None:
    for question in questions:
        gold = bool(question.answers or question.all_of)
        assert gold == question.answerable, question.id
        assert bool(question.evidence) == question.answerable, question.id


def test_yes_no_questions_are_answered_yes_or_no() -> None:
    for question in named("article"):
        if question.type == "yes-no":
            assert question.answers in (("yes",), ("no",)), question.id


def test_no_question_is_asked_twice(questions: list[Question]) -> None:
    asked = Counter((q.articles, q.history, q.question.lower()) for q in questions)
    assert [key for key, count in asked.items() if count > 1] == []


def test_types_of_the_article_set_are_balanced() -> None:
    questions = named("article")
    counts = Counter(question.type for question in questions)
    assert set(counts) == set(TYPES)
    assert len(questions) >= 90
    assert min(counts.values()) >= 6
    assert counts["unanswerable"] + counts["false-premise"] >= 22


def test_only_follow_ups_of_the_article_set_have_a_history() -> None:
    for question in named("article"):
        assert bool(question.history) == (question.type == "follow-up"), question.id
        assert bool(question.full) == (question.type == "follow-up"), question.id


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[place : place + RUN]) for place in range(len(found) - RUN + 1)}


@pytest.mark.skipif(not ORIGINAL.exists(), reason="the original page is not beside the project")
def test_no_sentence_of_the_original_page_is_in_the_corpus() -> None:
    original = runs(ORIGINAL.read_text(encoding="utf-8"))
    written = list((PROJECT / "corpus").glob("*.md"))
    written += [*SHIPPED_ARTICLES.glob("*.md"), *SETS]
    for path in written:
        assert runs(path.read_text(encoding="utf-8")) & original == set(), path.name


def test_articles_are_the_files_with_front_matter() -> None:
    names = [path.name for path in corpus.articles()]
    assert names == ["north-korea-russia-arms.md"]
    for path in corpus.articles():
        facts = load(path).metadata
        assert facts.title
        assert facts.author == "Footnote project"
        assert facts.date == "2024-10-30"


def test_follow_ups_come_from_chats_of_two_to_six_turns_about_every_article() -> None:
    questions = named("follow-ups")
    assert len(questions) >= 160
    assert {q.articles[0] for q in questions} == set(ARTICLES)
    assert {len(q.history) + 1 for q in questions} == {2, 3, 4, 5, 6}


def test_a_follow_up_is_also_there_in_full() -> None:
    questions = named("follow-ups")
    assert sum(q.stands_alone for q in questions) >= 25
    for question in questions:
        assert question.full, question.id
        assert (question.full == question.question) == question.stands_alone, question.id


def test_earlier_questions_of_a_chat_can_be_answered() -> None:
    asked = {(q.articles, q.history, q.question): q for q in named("follow-ups")}
    for question in asked.values():
        for turn in range(1, len(question.history)):
            before = asked[question.articles, question.history[:turn], question.history[turn]]
            assert before.answerable, question.id


def test_evaluation_articles_say_that_their_facts_are_made_up() -> None:
    paths = list(SHIPPED_ARTICLES.glob("*.md"))
    assert len(paths) >= 8
    for path in paths:
        loaded = load(path)
        assert "Made-up facts" in loaded.metadata.source, path.name
        assert loaded.metadata.title, path.name
        assert loaded.metadata.date, path.name
        assert 250 <= len(loaded.text.split()) <= 450, path.name
