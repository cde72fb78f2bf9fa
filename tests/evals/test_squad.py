from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.examples import Example, make_twins
from evals.measures.human_equivalence import NO_ANSWER, human_f1
from evals.squad import (
    Prediction,
    asked_alone,
    human_equivalence,
    save_predictions,
    score,
    score_sources,
    score_twin_sources,
)
from evals.statistics import Figure

MILL = Example("a", "Mills", "Ana Ruiz built the mill.", "Who built it?", ("Ana Ruiz",), "one")
DAM = Example("b", "Mills", "Ivo Kern built the dam.", "Who built the dam?", ("Ivo Kern",), "one")
NONE = Example("c", "Mills", MILL.context, "Who sold it?", (), "two")


def predict(
    example: Example, answer: str, confidence: float, rank: int | None = None
) -> Prediction:
    return Prediction(example, answer, confidence, 0.1, rank)


PREDICTIONS = [
    predict(MILL, "Ana Ruiz", 0.9, 1),
    predict(DAM, "the Kern", 0.3, 7),
    predict(NONE, "Ana Ruiz", 0.2),
]


def test_scores_at_a_threshold() -> None:
    scores = score(PREDICTIONS, 0.5)
    assert scores.exact.value == pytest.approx(2 / 3)
    assert scores.f1.value == pytest.approx(2 / 3)
    assert scores.has_answer_f1.value == 0.5
    assert scores.no_answer_accuracy.value == 1
    assert scores.forced_f1.value == pytest.approx((1 + 2 / 3) / 2)
    assert scores.best_f1.value == pytest.approx((1 + 2 / 3 + 1) / 3)
    assert scores.human is None
    assert scores.best_threshold == 0.3
    assert scores.auroc.value == 1
    assert scores.recall[1].value == 0.5
    assert scores.recall[5].value == 0.5
    assert scores.recall[20].value == 1
    # The surest first: right, then wrong, then wrong.
    assert scores.aurc.value == pytest.approx((0 + 1 / 2 + 2 / 3) / 3)


def test_a_lower_threshold_answers_more() -> None:
    scores = score(PREDICTIONS, 0.0)
    assert scores.no_answer_accuracy.value == 0
    assert scores.has_answer_f1.value == scores.forced_f1.value


def test_sources_are_told_apart() -> None:
    assert [s.source for s in score_sources(PREDICTIONS, 0.5)] == ["one", "two"]
    assert score_sources(PREDICTIONS[:2], 0.5) == ()


# Every score draws thousands of samples for its intervals.
@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1, max_size=12))
def test_best_f1_is_no_less_than_any(rows: list[tuple[bool, float]]) -> None:
    found = [predict(MILL if yes else NONE, "Ana Ruiz", confidence) for yes, confidence in rows]
    best = score(found, 0.5)
    assert best.best_f1.value is not None
    assert best.f1.value is not None
    assert best.best_f1.value >= best.f1.value - 1e-9


def test_twins_are_of_the_same_title_and_hold_no_answer() -> None:
    pairs = make_twins([MILL, DAM, NONE])
    assert [(own.id, twin.context) for own, twin in pairs] == [
        ("a", DAM.context),
        ("b", MILL.context),
    ]
    assert not any(twin.answerable for _, twin in pairs)
    same = Example("d", "Mills", "Ana Ruiz sold the mill.", "Who built it?", ("Ana Ruiz",))
    assert make_twins([same]) == []


def test_twins_are_scored() -> None:
    own = [predict(MILL, "Ana Ruiz", 0.9), predict(DAM, "Ivo Kern", 0.4)]
    other = [predict(NONE, "x", 0.1), predict(NONE, "x", 0.6)]
    (twins,) = score_twin_sources(own, other, 0.5)
    assert twins.auroc.value == 0.75
    assert (twins.answered.value, twins.refused.value) == (0.5, 0.5)
    assert score_twin_sources([], [], 0.5) == ()


def test_predictions_are_written_with_refusals_empty(tmp_path: Path) -> None:
    save_predictions(tmp_path / "out" / "p.jsonl", PREDICTIONS, 0.5)
    lines = (tmp_path / "out" / "p.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [
        {"id": "a", "answer": "Ana Ruiz", "confidence": 0.9},
        {"id": "b", "answer": "", "confidence": 0.3},
        {"id": "c", "answer": "", "confidence": 0.2},
    ]


def test_every_figure_has_its_interval() -> None:
    scores = score(PREDICTIONS * 4, 0.5)
    figures = [
        value
        for field in fields(scores)
        if isinstance(value := getattr(scores, field.name), Figure)
    ]
    assert len(figures) >= 10
    for figure in figures:
        assert figure.low is not None
        assert figure.high is not None
        assert figure.value is not None
        assert figure.low - 1e-9 <= figure.value <= figure.high + 1e-9


def test_a_follow_up_is_asked_as_understood() -> None:
    history = ("Who was Ana Ruiz?", "Ana Ruiz was an engineer.")
    follow_up = Example(
        "f", "", MILL.context, "What did she build?", ("the mill",), history=history
    )
    assert "Ana Ruiz" in asked_alone(follow_up)
    assert asked_alone(MILL) == MILL.question


def test_human_equivalence_as_in_quac() -> None:
    agreed = ("Ana Ruiz", "Ana Ruiz", "Ruiz")
    sure = Example("a", "", "", "", ("Ana Ruiz",), dialog="one", references=agreed)
    torn = replace(sure, id="b", references=("Ana Ruiz", "the river", "in 1840"))
    none = replace(sure, id="c", answers=(), dialog="two", references=(NO_ANSWER,))
    found = human_equivalence(
        [predict(sure, "Ana Ruiz", 0.9), predict(torn, "x", 0.9), predict(none, "x", 0.9)],
        [False, False, True],
    )
    assert found is not None
    # The one on which people do not agree is left out; refusing is right where they gave none.
    assert (found.questions.value, found.questions.count) == (1, 2)
    assert found.dialogs.value == 1
    assert found.human_f1.value == pytest.approx((human_f1(agreed) + 1) / 2)
    wrong = human_equivalence([predict(sure, "the river", 0.9)], [False])
    assert wrong is not None
    assert (wrong.questions.value, wrong.dialogs.value, wrong.f1.value) == (0, 0, 0)
