from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import ndcg_score

from evals.measures import (
    Gold,
    area_under_risk,
    auroc,
    best_f1,
    calibration_error,
    citation_precision,
    citation_recall,
    is_right,
    locate,
    overlap,
    ranking_scores,
    refusal_scores,
    risk_coverage,
    squad_exact,
    squad_f1,
    squad_normalise,
)
from evals.measures.citations import CitedStatement
from evals.measures.terms import Date, terms


def test_squad_normalisation_is_the_official_one() -> None:
    assert squad_normalise("The  Norman's, a people!") == "normans people"
    assert squad_exact("the Normans.", ["Normans"]) == 1
    assert squad_exact("", []) == 1
    assert squad_exact("Normans", []) == 0
    assert squad_f1("", ["Normans"]) == 0
    assert squad_f1("brave Normans", ["the Normans", "Vikings"]) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ten thousand soldiers", "10,000 soldiers"),
        ("1.5 million", "1,500,000"),
        ("twenty-five", "25"),
        ("two hundred and five", "205"),
        ("$3bn", "3 billion dollars"),
        ("40 per cent", "40%"),
        ("600 km", "600 kilometers"),
        ("29 October 2024", "2024-10-29"),
        ("Oct. 29, 2024", "the 29th of October 2024"),
        ("María’s plan", "maria plan"),
        ("about 50 ships", "50 ships"),
        ("didn't sail", "did not sail"),
    ],
)
def test_terms_bring_forms_together(one: str, other: str) -> None:
    assert terms(one) == terms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("10,000", "1,000"), ("5 km", "5 miles"), ("may 5 ships", "5 ships"), ("$5", "£5")],
)
def test_terms_keep_differences(one: str, other: str) -> None:
    assert terms(one) != terms(other)


def test_terms_keep_what_is_given_of_a_date() -> None:
    assert terms("on 29 October") == ("on", Date(None, 10, 29))
    assert terms("in October 2024") == ("in", Date(2024, 10, None))
    assert terms("may 12 ships come")[0] in ("may", Date(None, 5, 12))
    assert terms("20 ships and 3 boats") == (Decimal(20), "ships", "and", Decimal(3), "boats")


@given(st.text(max_size=200))
def test_terms_take_any_text(text: str) -> None:
    assert isinstance(terms(text), tuple)


RIGHT = [
    (["10,000 soldiers"], "ten thousand soldiers"),
    (["10,000 soldiers"], "10,000"),
    (["12 ships"], "a fleet of 12 ships"),
    (["Ana Ruiz"], "Ruiz"),
    (["Ana Ruiz"], "President Ana Ruiz"),
    (["President Ana Ruiz"], "Ana Ruiz"),
    (["29 October 2024"], "29 October"),
    (["October 2024"], "29 October 2024"),
    (["harbour", "port"], "the port of Elba"),
    (
        ["because the old bridge could not carry the heavy trains"],
        "the old bridge could not carry heavy trains",
    ),
]
WRONG = [
    (["10,000 soldiers"], "8,000 to 10,000 soldiers"),
    (["10,000"], "1,000"),
    (["600 km"], "600"),
    (["600 km"], "600 miles"),
    (["Ana Ruiz"], "Ana"),
    (["Ana Ruiz"], "Pedro Ruiz"),
    (["29 October 2024"], "October 2024"),
    (["29 October 2024"], "29 October 2023"),
    (["harbour"], "the harbour is not the place"),
    (["port"], "a long sentence that names a good many places among which there is a port"),
    (
        ["because the old bridge could not carry the heavy trains"],
        "the old bridge could carry heavy trains",
    ),
    (["Vienna"], ""),
]


@pytest.mark.parametrize(("answers", "short"), RIGHT)
def test_right_short_answers(answers: list[str], short: str) -> None:
    assert is_right(Gold(tuple(answers)), f"It was {short}. [1]", short)


@pytest.mark.parametrize(("answers", "short"), WRONG)
def test_wrong_short_answers(answers: list[str], short: str) -> None:
    assert not is_right(Gold(tuple(answers)), "It was another. [1]", short or "nothing")


def test_short_answer_decides_where_there_is_one() -> None:
    gold = Gold(("Vienna",))
    assert is_right(gold, "They met in Vienna. [1]")
    assert not is_right(gold, "Left Vienna, they met in Graz. [1]", "Graz")
    assert not is_right(gold, "Vienna " + "and more of the same " * 20)


def test_yes_and_no_are_decided_by_the_text() -> None:
    gold = Gold(("yes", "has opened"))
    assert is_right(gold, "Yes: the bridge has opened. [1]", "has opened")
    assert not is_right(gold, "No: the bridge has opened. [1]", "has opened")
    assert is_right(gold, "The bridge has opened. [1]", "has opened")
    assert not is_right(Gold(("no",)), "The bridge has opened. [1]", "has opened")


def test_a_clause_is_no_excuse_for_a_wrong_short_answer() -> None:
    gold = Gold(("because the old bridge could not carry the heavy trains",))
    said = "The line closed because the old bridge could not carry the heavy trains. [1]"
    assert is_right(gold, said, "the old bridge could not carry trains")
    assert not is_right(gold, said, "The line closed")
    assert not is_right(gold, f"No: {said}", "No")
    gold = Gold(("between 2 tonnes of corn and 5 tonnes of corn",))
    assert not is_right(gold, "It ground between 2 and 5 tonnes of corn. [1]", "5 tonnes of corn")


def test_lists_need_every_item_and_no_flood() -> None:
    gold = Gold(all_of=(("iron",), ("coal", "black coal")))
    assert is_right(gold, "They found coal and iron. [1]", "coal")
    assert not is_right(gold, "They found coal. [1]", "coal")
    assert not is_right(gold, "They found coal and iron. " + "And much else. " * 60)


def test_refusal() -> None:
    scores = refusal_scores([True, True, False, False], [True, False, True, False])
    assert (scores.precision, scores.recall, scores.false_answers) == (0.5, 0.5, 0.5)
    assert refusal_scores([True], [False]).recall is None


def test_citations_as_alce_defines_them() -> None:
    whole = CitedStatement("Miners found 30 tonnes of coal", ("Miners found 30 tonnes of coal.",))
    wrong = CitedStatement("Miners found 40 tonnes of coal", ("Miners found 30 tonnes of coal.",))
    idle = CitedStatement(whole.text, (*whole.quotes, "The weather was fine."))
    both = CitedStatement(
        "Miners found coal and builders left stone", ("Miners found coal.", "Builders left stone.")
    )
    assert citation_recall([whole, wrong]) == 0.5
    assert citation_precision([idle]) == 0.5
    assert citation_precision([both]) == 1
    assert citation_precision([wrong]) == 0
    assert citation_recall([]) is None


def test_locate_sees_through_spaces_and_marks() -> None:
    text = "He said:\n“It  is\u00a0done” – and left."
    span = locate(text, '"It is done" - and')
    assert span is not None
    assert text[span[0] : span[1]] == "“It  is\u00a0done” – and"
    assert locate(text, "undone") is None
    assert locate(text, "") is None


@given(st.text(min_size=1), st.text(), st.text())
def test_locate_finds_what_is_there(quotation: str, before: str, after: str) -> None:
    text = before + quotation + after
    span = locate(text, quotation)
    assert span is not None
    assert text[span[0] : span[1]] == quotation


def test_overlap_is_half_of_the_shorter() -> None:
    assert overlap((0, 10), (5, 40))
    assert not overlap((0, 10), (6, 40))
    assert overlap((0, 100), (20, 30))


@given(st.lists(st.booleans(), min_size=11, max_size=30).filter(any))
def test_ndcg_agrees_with_scikit_learn(hits: list[bool]) -> None:
    found = [frozenset({str(place)}) if hit else frozenset() for place, hit in enumerate(hits)]
    wanted = frozenset().union(*found)
    ours = ranking_scores(found, wanted)
    order = np.linspace(1, 0, len(hits))
    assert ours.ndcg_at_10 == pytest.approx(ndcg_score([hits], [order], k=10))
    assert ours.reciprocal_rank == 1 / (hits.index(True) + 1)
    assert ours.recall_at_1 <= ours.recall_at_5 <= ours.recall_at_20 <= 1


def test_ranking_without_a_hit() -> None:
    scores = ranking_scores([frozenset()], frozenset({"a"}))
    assert (scores.first_rank, scores.reciprocal_rank, scores.ndcg_at_10) == (None, 0, 0)
    with pytest.raises(ValueError, match="at least one"):
        ranking_scores([], frozenset())


def test_calibration_error() -> None:
    assert calibration_error([1.0, 1.0, 0.0], [True, True, False]) == 0
    assert calibration_error([0.95, 0.95], [True, False]) == pytest.approx(0.45)
    assert calibration_error([], []) is None


def test_risk_coverage() -> None:
    curve = risk_coverage([0.9, 0.1, 0.5], [0, 1, 0])
    assert curve.risk == pytest.approx((0, 0, 1 / 3))
    assert area_under_risk([0.9, 0.1, 0.5], [0, 1, 0]) == pytest.approx(1 / 9)
    assert area_under_risk([0.5] * 4, [0, 1, 0, 1]) == pytest.approx(0.5)
    assert area_under_risk([], []) is None


def test_auroc_and_best_threshold() -> None:
    assert auroc([0.9, 0.1], [True, False]) == 1
    assert auroc([0.9], [True]) is None
    best = best_f1([0.9, 0.6, 0.3], [0.5, 0.0, 1.0], [True, False, True])
    assert best is not None
    assert (best.score, best.threshold) == (0.5, 0.9) or best.score >= 0.5
    none = best_f1([0.9, 0.8], [0, 0], [False, False])
    assert none is not None
    assert (none.score, none.threshold) == (1.0, 1.0)


@given(
    st.lists(
        st.tuples(st.sampled_from([0.1, 0.4, 0.7, 0.9]), st.booleans(), st.booleans()), min_size=1
    )
)
def test_best_threshold_is_the_best(rows: list[tuple[float, bool, bool]]) -> None:
    confidences = [row[0] for row in rows]
    answerable = [row[2] for row in rows]
    scores = [float(row[1] and row[2]) for row in rows]
    best = best_f1(confidences, scores, answerable)
    assert best is not None

    def at(threshold: float) -> float:
        return math.fsum(
            s if c >= threshold else float(not a)
            for c, s, a in zip(confidences, scores, answerable, strict=True)
        ) / len(rows)

    assert best.score == pytest.approx(max(at(t) for t in (0, 0.1, 0.4, 0.7, 0.9, 1.1)))
