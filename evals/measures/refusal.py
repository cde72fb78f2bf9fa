"""How well a system refuses what the articles do not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RefusalScores:
    """Refusing as a classification of questions; None where a share has no denominator.

    ``precision`` is the share of refusals whose question indeed has no answer, ``recall`` the
    share of questions without an answer that were refused (as in SQuAD 2.0's no-answer
    accuracy), and ``false_answers`` the share of them that were answered all the same.
    """

    precision: float | None
    recall: float | None
    false_answers: float | None


def refusal_scores(answerable: Sequence[bool], refused: Sequence[bool]) -> RefusalScores:
    """The scores of one run; the sequences run over the same questions.

    Raises ValueError where they differ in length.
    """
    pairs = list(zip(answerable, refused, strict=True))
    rightly = sum(no and not yes for yes, no in pairs)
    refusals, unanswerable = sum(refused), len(pairs) - sum(answerable)
    return RefusalScores(
        precision=rightly / refusals if refusals else None,
        recall=rightly / unanswerable if unanswerable else None,
        false_answers=1 - rightly / unanswerable if unanswerable else None,
    )
