"""QuAC's measures: F1 against several people's answers, and how often it is as good as theirs."""

from __future__ import annotations

from collections.abc import Sequence

from .answers import squad_f1

NO_ANSWER = "CANNOTANSWER"
LEAST_AGREEMENT = 0.4
"""Questions on which people agree less than this are left out (Choi et al. 2018, section 5)."""


def agreed_references(references: Sequence[str]) -> tuple[str, ...]:
    """The answers to compare with: none where at least half of the people gave no answer.

    As in the official script of QuAC (Choi et al. 2018, arXiv:1808.07036): one ``CANNOTANSWER``
    then stands for all, else those who gave none are left out.
    """
    none = sum(reference == NO_ANSWER for reference in references)
    if none >= len(references) - none:
        return (NO_ANSWER,)
    return tuple(reference for reference in references if reference != NO_ANSWER)


def human_f1(references: Sequence[str]) -> float:
    """The mean F1 of each person's answer against the others'; 1 where there is only one."""
    if len(references) == 1:
        return 1.0
    return _mean([squad_f1(one, others) for one, others in _left_out(references)])


def leave_one_out_f1(prediction: str, references: Sequence[str]) -> float:
    """The F1 of an answer, comparable with :func:`human_f1`.

    The mean, over the people, of the best F1 against the answers of all others (Choi et al.
    2018, section 5).
    """
    if len(references) == 1:
        return squad_f1(prediction, references)
    return _mean([squad_f1(prediction, others) for _, others in _left_out(references)])


def _left_out(references: Sequence[str]) -> list[tuple[str, list[str]]]:
    return [
        (one, [*references[:place], *references[place + 1 :]])
        for place, one in enumerate(references)
    ]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
