"""The check of statements keeps what it promises on the texts that ship."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from assistant.verification import SupportCheck
from evals.statements.making import shipped_articles, statements
from evals.statements.measure import judge, rows
from evals.statements.paraphrases import from_question


def test_the_same_statements_are_made_every_time() -> None:
    articles = shipped_articles()[:2]
    first, second = list(statements(articles)), list(statements(articles))
    assert first == second


def test_there_are_enough_statements_of_every_kind() -> None:
    made = list(statements(shipped_articles()))
    kinds = Counter(one.broken for one in made)
    assert len(made) >= 300
    often = {"number", "name", "negation", "dropped hedge", "wrong speaker", "wrong citation"}
    assert min(kinds[kind] for kind in often | {"unsupported addition"}) >= 30
    # What a sentence must have for it to be broken so is rare in six articles.
    assert min(kinds.values()) >= 3


def test_a_broken_statement_differs_from_the_true_one() -> None:
    for one in statements(shipped_articles()[:2]):
        if one.broken == "wrong citation":
            assert one.cited != one.right
        elif one.broken:
            assert one.text not in one.article.sentences


@pytest.mark.slow
def test_broken_ones_are_caught_and_true_ones_kept() -> None:
    from index.embedding.encoder import shared_encoder

    made = list(statements(shipped_articles()))
    random.Random(7).shuffle(made)
    judged = judge(made[:400], SupportCheck(embed=shared_encoder().encode))
    figures = {row.broken: row.figure for row in rows(judged) if row.kind == "all"}
    assert (figures[True].value or 0) >= 0.95
    assert (figures[False].value or 0) >= 0.90


@pytest.mark.parametrize(
    ("question", "answer", "statement"),
    [
        ("Who founded the school?", "John Harvard", "John Harvard founded the school."),
        ("How many people were killed?", "12", "12 people were killed."),
        ("Where did he go?", "Oslo", ""),
    ],
)
def test_questions_for_a_subject_become_statements(
    question: str, answer: str, statement: str
) -> None:
    assert from_question(question, answer) == statement
