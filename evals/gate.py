"""Whether a run is good enough: against a baseline, and against set limits."""

from __future__ import annotations

from collections.abc import Sequence

from .compare import Comparison
from .questions import QuestionSetError
from .results import Result
from .summary import Summary

LOWER_IS_BETTER = {"false answers", "calibration error", "AURC", "stand-alone changed"}
LONGEST = 80


def parse_limit(text: str) -> tuple[str, float]:
    """A limit such as ``0.9`` (on ``right``) or ``citation exact=1`` as measure and value.

    Raises QuestionSetError where it is not one.
    """
    measure, _, value = text.rpartition("=")
    try:
        limit = float(value.removesuffix("%")) / (100 if value.endswith("%") else 1)
    except ValueError:
        limit = -1.0
    if not 0 <= limit <= 1:
        raise QuestionSetError(
            f"{text!r} is no limit; write a share such as 0.9 or right=0.9 (from 0 to 1)."
        )
    return measure.strip() or "right", limit


def failures(
    summary: Summary, limits: Sequence[tuple[str, float]], against: Comparison | None
) -> list[str]:
    """Why a run does not pass, one sentence each; empty where it does.

    It fails where a measure is worse than its limit, and where one is lower than in the baseline
    by more than chance explains. Raises QuestionSetError for a measure that there is not.
    """
    found: list[str] = []
    for measure, limit in limits:
        figure = summary.total.figures.get(measure)
        if figure is None:
            known = ", ".join(summary.total.figures)
            raise QuestionSetError(f"There is no measure {measure!r}; known are {known}.")
        if figure.value is None:
            found.append(f"{measure} could not be measured: no question has it.")
        elif measure in LOWER_IS_BETTER and figure.value > limit:
            found.append(f"{measure} is {figure.value:.1%}, over {limit:.1%}.")
        elif measure not in LOWER_IS_BETTER and figure.value < limit:
            found.append(f"{measure} is {figure.value:.1%}, under {limit:.1%}.")
    found += [
        f"{change.measure} fell by {-change.paired.difference:.1%} against the baseline, from "
        f"{change.first} to {change.second} (p {change.paired.chance})."
        for change in (against.losses if against else ())
    ]
    return found


def flips(against: Comparison) -> list[str]:
    """Which questions flipped against the baseline, one line each, with what was said."""
    lines = []
    for heading, pairs in (
        ("No longer right", against.lost),
        ("Now right", against.gained),
    ):
        lines += [
            f"{heading}: {one.question.question} ({one.question.id}) {brief(one)} → {brief(other)}"
            for one, other in pairs
        ]
    if against.left_out:
        lines.append(f"Reworded since the baseline: {', '.join(against.left_out)}")
    return lines


def brief(result: Result) -> str:
    """The direct answer of a result in a few words."""
    if result.failure or result.scores.refused:
        return f"({result.verdict})"
    said = " ".join((result.answer.short or result.answer.text).split())
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"
