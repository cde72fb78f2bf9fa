"""A run in figures: every measure with its interval, over all questions and by type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import statistics
from .measures import (
    RiskCoverage,
    area_under_risk,
    auroc,
    calibration_error,
    refusal_scores,
    risk_coverage,
)
from .results import Result, Run
from .statistics import Figure

Score = Callable[[Result], float | None]


def _of_answerable(score: Score) -> Score:
    return lambda result: score(result) if result.question.answerable else None


def _of_unanswerable(score: Score) -> Score:
    return lambda result: None if result.question.answerable else score(result)


def _ranking(name: str) -> Score:
    def score(result: Result) -> float | None:
        ranking = result.scores.ranking
        return None if ranking is None else float(getattr(ranking, name))

    return score


def _score(name: str) -> Score:
    def score(result: Result) -> float | None:
        value = getattr(result.scores, name)
        return None if value is None else float(value)

    return score


SCORES: dict[str, Score] = {
    "right": _score("right"),
    "answered rightly": _of_answerable(_score("right")),
    "refused rightly": _of_unanswerable(_score("right")),
    "citation exact": _score("citation_exact"),
    "evidence cited": _score("evidence_cited"),
    "token F1": _score("f1"),
    "evidence recall": _score("evidence_recall"),
    "evidence precision": _score("evidence_precision"),
    "citation recall": _score("citation_recall"),
    "citation precision": _score("citation_precision"),
    "recall@1": _ranking("recall_at_1"),
    "recall@5": _ranking("recall_at_5"),
    "recall@20": _ranking("recall_at_20"),
    "MRR": _ranking("reciprocal_rank"),
    "nDCG@10": _ranking("ndcg_at_10"),
}
"""Every measure that is a mean over questions; None leaves a question out."""

COLUMNS = ("right", "refused rightly", "citation exact", "evidence cited")


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one type of question, or of all."""

    type: str
    count: int
    figures: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class StageTime:
    """Seconds of a stage over all questions that went through it."""

    median: Figure
    high: Figure
    """The 95th percentile."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A run in figures: by type and in all, the time by stage, and what a model was sent.

    ``rank`` is the median rank of the first passage with evidence. ``usage`` are means a
    question, empty where no language model was asked; ``curve`` is risk against coverage.
    """

    rows: tuple[Row, ...]
    total: Row
    stages: dict[str, StageTime]
    rank: Figure
    usage: dict[str, Figure]
    curve: RiskCoverage
    warnings: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The figures as plain JSON types."""
        return asdict(self)


def values(results: Sequence[Result], score: Score) -> list[float]:
    """The scores of the questions that have one."""
    return [value for value in map(score, results) if value is not None]


def summarise(run: Run) -> Summary:
    """All figures of a run."""
    types: dict[str, list[Result]] = {}
    for result in run.results:
        types.setdefault(result.question.type, []).append(result)
    rows = tuple(
        Row(name, len(found), {key: _mean(found, SCORES[key]) for key in COLUMNS})
        for name, found in sorted(types.items())
    )
    figures = {name: _mean(run.results, score) for name, score in SCORES.items()}
    total = Row("all", len(run.results), figures | _whole(run.results))
    answered = [r for r in run.results if r.answer.answered]
    curve = risk_coverage(
        [r.answer.confidence for r in answered], [float(not r.scores.right) for r in answered]
    )
    return Summary(
        rows,
        total,
        stage_times(run),
        median_rank(run.results),
        _usage(run),
        curve,
        tuple(_warnings(run, rows)),
    )


def _mean(results: Sequence[Result], score: Score) -> Figure:
    return statistics.mean(values(results, score))


def _whole(results: Sequence[Result]) -> dict[str, Figure]:
    """The figures that are no mean over questions, or that need more than one answer each."""
    answered = [r for r in results if r.answer.answered]
    follow_ups = [r for r in results if r.scores.full_right is not None]
    ranks = [r.scores.ranking.first_rank for r in results if r.scores.ranking]
    return {
        "refusal precision": _over(results, _refusal_precision),
        "false answers": statistics.mean(
            [float(not r.scores.refused) for r in results if not r.question.answerable]
        ),
        "calibration error": _over(answered, _calibration),
        "AURC": _over(answered, _risk_area),
        "AUROC answerable": _over(results, _separation),
        "follow-ups right": statistics.mean([float(r.scores.right) for r in follow_ups]),
        "the same in full": statistics.mean([float(bool(r.scores.full_right)) for r in follow_ups]),
        "stand-alone changed": statistics.mean(
            [float(r.scores.changed) for r in results if r.scores.changed is not None]
        ),
        "evidence not found": statistics.mean([float(rank is None) for rank in ranks]),
    }


def median_rank(results: Sequence[Result]) -> Figure:
    """The median rank of the first passage with evidence, where one was found."""
    ranks = [r.scores.ranking.first_rank for r in results if r.scores.ranking]
    return _quantile([float(rank) for rank in ranks if rank is not None], 0.5)


def _quantile(found: Sequence[float], share: float) -> Figure:
    """A quantile with its bootstrap interval."""
    data = np.asarray(found, float)
    return statistics.resampled(
        len(data), lambda places: float(np.quantile(data[places], share)), statistics.RESAMPLES
    )


def _usage(run: Run) -> dict[str, Figure]:
    """Tokens, and cost where prices are known, as means over all questions."""
    used = [r.usage for r in run.results]
    if not any(used):
        return {}
    figures = {
        "calls": statistics.mean([u.calls if u else 0 for u in used]),
        "tokens sent": statistics.mean([u.sent if u else 0 for u in used]),
        "tokens received": statistics.mean([u.received if u else 0 for u in used]),
    }
    if price := run.price:
        figures["cost"] = statistics.mean([u.cost(price) if u else 0.0 for u in used])
    return figures


def _over(
    results: Sequence[Result], statistic: Callable[[Sequence[Result]], float | None]
) -> Figure:
    def drawn(places: NDArray[np.int64]) -> float | None:
        return statistic([results[place] for place in places])

    return statistics.resampled(len(results), drawn)


def _refusal_precision(results: Sequence[Result]) -> float | None:
    return refusal_scores(
        [r.question.answerable for r in results], [r.scores.refused for r in results]
    ).precision


def _calibration(results: Sequence[Result]) -> float | None:
    return calibration_error(
        [r.answer.confidence for r in results], [r.scores.right for r in results]
    )


def _risk_area(results: Sequence[Result]) -> float | None:
    return area_under_risk(
        [r.answer.confidence for r in results], [float(not r.scores.right) for r in results]
    )


def _separation(results: Sequence[Result]) -> float | None:
    return auroc([r.answer.confidence for r in results], [r.question.answerable for r in results])


def stage_times(run: Run) -> dict[str, StageTime]:
    """Seconds by stage as median and 95th percentile, ``total`` included."""
    spent: dict[str, list[float]] = {}
    for result in run.results:
        for stage, seconds in result.answer.seconds.items():
            spent.setdefault(stage, []).append(seconds)
        spent.setdefault("total", []).append(sum(result.answer.seconds.values()))
    return {
        stage: StageTime(_quantile(found, 0.5), _quantile(found, 0.95))
        for stage, found in spent.items()
    }


def _warnings(run: Run, rows: Sequence[Row]) -> list[str]:
    found = []
    llm = run.settings.get("llm", "none")
    if fell_back := [r for r in run.results if r.fell_back(llm)]:
        found.append(
            f"{len(fell_back)} of {len(run.results)} questions were answered by the reader, "
            f"although the language model {llm} was set; "
            f"the first: {' '.join(fell_back[0].answer.notes) or fell_back[0].question.id}"
        )
    if any(r.usage and not r.usage.reported for r in run.results):
        found.append("The model's server told no token counts; they are counted here instead.")
    if failed := [r for r in run.results if r.failure]:
        found.append(
            f"{len(failed)} of {len(run.results)} questions failed and count as wrong; "
            f"the first, {failed[0].question.id}: {failed[0].failure}"
        )
    if missing := [r.question.id for r in run.results if r.missing]:
        found.append(
            "The article does not hold all the evidence of "
            + ", ".join(missing[:10])
            + (" and others." if len(missing) > 10 else ".")
        )
    if caution := statistics.warning(len(run.results), "This set"):
        found.append(caution)
    elif small := [row for row in rows if row.count < statistics.SMALL_SET]:
        fewest = min(small, key=lambda row: row.count)
        found.append(
            f"Too few questions for a claim by type, under {statistics.SMALL_SET}: "
            + ", ".join(f"{row.type} ({row.count})" for row in small)
            + f". For instance, {statistics.warning(fewest.count, fewest.type)}"
        )
    found.append(statistics.reach(len(run.results)))
    return found
