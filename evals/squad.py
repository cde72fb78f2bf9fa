"""The reader on a public question set: SQuAD 2.0's measures, and refusal against chance."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.reader import Reader, shipped_reader
from assistant.understanding import understand

from . import statistics
from .examples import Example
from .follow_ups import turns_of
from .measures import area_under_risk, auroc, best_f1, squad_exact, squad_f1
from .measures.confidence import calibration_error
from .measures.human_equivalence import LEAST_AGREEMENT, NO_ANSWER, human_f1, leave_one_out_f1
from .statistics import Figure

DEPTHS = (1, 5, 20)
SEARCHED = 60
"""Passages searched so that twenty different paragraphs are among them."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Prediction:
    """The reader's best span for a question, whether or not it is sure enough to answer.

    ``rank`` is the paragraph's place in the retriever's ranking, in open mode only; None where
    it was not found.
    """

    example: Example
    answer: str
    confidence: float
    seconds: float
    rank: int | None = None

    @property
    def exact(self) -> float:
        """SQuAD's exact match of the span given without refusing."""
        return squad_exact(self.answer, self.example.answers) if self.example.answers else 0.0

    @property
    def f1(self) -> float:
        """SQuAD's F1 of the span given without refusing."""
        return squad_f1(self.answer, self.example.answers) if self.example.answers else 0.0


@dataclass(frozen=True, slots=True)
class HumanEquivalence:
    """QuAC's figures (Choi et al. 2018), over the questions on which people agree.

    ``questions`` is HEQ-Q, the share answered at least as well as people do, and ``dialogs``
    HEQ-D, the share of conversations in which all questions are.
    """

    f1: Figure
    human_f1: Figure
    questions: Figure
    dialogs: Figure


@dataclass(frozen=True, slots=True)
class SquadScores:
    """A set's figures; shares from 0 to 1 with their interval, None where not defined."""

    source: str
    count: int
    unanswerable: int
    exact: Figure
    f1: Figure
    has_answer_f1: Figure
    no_answer_accuracy: Figure
    forced_f1: Figure
    """F1 of the answerable questions were nothing refused."""
    best_f1: Figure
    best_threshold: float | None
    auroc: Figure
    aurc: Figure
    aurc_f1: Figure
    calibration_error: Figure
    recall: dict[int, Figure]
    seconds: Figure
    human: HumanEquivalence | None = None
    """Only where several people answered every question, as in QuAC."""


@dataclass(frozen=True, slots=True)
class Twins:
    """Answerable questions against the same on another paragraph of the same article."""

    source: str
    count: int
    auroc: Figure
    answered: Figure
    refused: Figure


@dataclass(frozen=True, slots=True)
class SquadReport:
    """All that one run of ``evals squad`` measured."""

    mode: str
    threshold: float
    total: SquadScores
    sources: tuple[SquadScores, ...]
    twins: tuple[Twins, ...] = ()
    notes: tuple[str, ...] = field(default=())


def asked_alone(example: Example) -> str:
    """The question as understood in its conversation, with the true answers before it."""
    if not example.history:
        return example.question
    return understand(example.question, turns_of(example.history)).question


def predict_reading(
    examples: Sequence[Example], reader: Reader | None = None, progress: Progress | None = None
) -> list[Prediction]:
    """The reader's answer to every question on its own paragraph."""
    reader = reader or shipped_reader()
    predictions: list[Prediction] = []
    for example in examples:
        clock = time.perf_counter()
        readings = reader.read(asked_alone(example), [example.context])
        seconds = time.perf_counter() - clock
        best = readings[0] if readings else None
        answer = example.context[best.start : best.end] if best else ""
        confidence = best.confidence if best else 0.0
        predictions.append(Prediction(example, answer, confidence, seconds))
        if progress:
            progress(len(predictions), len(examples))
    return predictions


def predict_open(
    examples: Sequence[Example],
    passages: int = 8,
    reader: Reader | None = None,
    progress: Progress | None = None,
    among: Sequence[Example] = (),
) -> tuple[list[Prediction], tuple[str, ...]]:
    """The reader's answer from the passages found among all paragraphs of the file.

    A title's distinct paragraphs, those of ``among`` where given, become one document of a
    temporary library. Returns the
    predictions and notes on paragraphs that could not be told apart there.
    """
    from .paragraphs import paragraph_library

    reader = reader or shipped_reader()
    predictions: list[Prediction] = []
    with paragraph_library(among or examples) as (library, paragraphs):
        for example in examples:
            clock = time.perf_counter()
            asked = asked_alone(example)
            found = library.search(asked, SEARCHED)
            read = [ranked.passage.text for ranked in found[:passages]]
            readings = reader.read(asked, read) if read else []
            seconds = time.perf_counter() - clock
            best = readings[0] if readings else None
            predictions.append(
                Prediction(
                    example,
                    read[best.passage][best.start : best.end] if best else "",
                    best.confidence if best else 0.0,
                    seconds,
                    paragraphs.rank(example.context, [r.passage for r in found]),
                )
            )
            if progress:
                progress(len(predictions), len(examples))
        notes = paragraphs.notes()
    return predictions, notes


def score_twin_sources(
    own: Sequence[Prediction], other: Sequence[Prediction], threshold: float
) -> tuple[Twins, ...]:
    """The twins' figures, over all and by source where there is more than one."""
    if not own:
        return ()
    sources = dict.fromkeys(p.example.source for p in own)
    by_source = (
        score_twins(
            source,
            [p for p in own if p.example.source == source],
            [p for p in other if p.example.source == source],
            threshold,
        )
        for source in (sources if len(sources) > 1 else ())
    )
    return (score_twins("all", own, other, threshold), *by_source)


def score_twins(
    source: str, own: Sequence[Prediction], other: Sequence[Prediction], threshold: float
) -> Twins:
    """How well confidence parts a question's own paragraph from another one."""
    confidences = np.array([p.confidence for p in (*own, *other)])
    positive = np.array([True] * len(own) + [False] * len(other))
    return Twins(
        source,
        len(own),
        statistics.resampled(
            len(positive), lambda places: auroc(list(confidences[places]), list(positive[places]))
        ),
        statistics.mean([float(p.confidence >= threshold) for p in own]),
        statistics.mean([float(p.confidence < threshold) for p in other]),
    )


def score(predictions: Sequence[Prediction], threshold: float, source: str = "all") -> SquadScores:
    """All figures of some predictions at a refusal threshold."""
    answerable = [p.example.answerable for p in predictions]
    confidences = [p.confidence for p in predictions]
    refused = [p.confidence < threshold or not p.answer for p in predictions]
    at = [
        (float(no), float(no))
        if not p.example.answerable
        else (p.exact * (not no), p.f1 * (not no))
        for p, no in zip(predictions, refused, strict=True)
    ]
    f1s = [p.f1 for p in predictions]
    best = best_f1(confidences, f1s, answerable)
    loss = np.array([1 - p.exact for p in predictions])
    scored, has_answer = np.array(f1s), np.array(answerable)
    sure = np.array(confidences)

    def risk_area(places: NDArray[np.int64]) -> float | None:
        return area_under_risk(list(sure[places]), list(loss[places]))

    def risk_area_f1(places: NDArray[np.int64]) -> float | None:
        return area_under_risk(list(sure[places]), list(1 - scored[places]))

    def best_score(places: NDArray[np.int64]) -> float | None:
        found = best_f1(list(sure[places]), list(scored[places]), list(has_answer[places]))
        return found.score if found else None

    def calibration(places: NDArray[np.int64]) -> float | None:
        return calibration_error(list(sure[places]), [not one for one in loss[places]])

    def separation(places: NDArray[np.int64]) -> float | None:
        return auroc(list(sure[places]), [answerable[place] for place in places])

    ranked = [p for p in predictions if p.example.answerable]
    in_open_mode = any(p.rank is not None for p in predictions)
    return SquadScores(
        source=source,
        count=len(predictions),
        unanswerable=len(predictions) - sum(answerable),
        exact=statistics.mean([one for one, _ in at]),
        f1=statistics.mean([one for _, one in at]),
        has_answer_f1=statistics.mean(_where(at, answerable)),
        no_answer_accuracy=statistics.mean(_where(at, [not one for one in answerable])),
        forced_f1=statistics.mean([p.f1 for p in ranked]),
        best_f1=statistics.resampled(len(predictions), best_score),
        best_threshold=best.threshold if best else None,
        auroc=statistics.resampled(len(predictions), separation),
        aurc=statistics.resampled(len(predictions), risk_area),
        aurc_f1=statistics.resampled(len(predictions), risk_area_f1),
        calibration_error=statistics.resampled(len(predictions), calibration),
        recall={
            depth: statistics.mean([float(p.rank is not None and p.rank <= depth) for p in ranked])
            for depth in DEPTHS
            if in_open_mode
        },
        seconds=statistics.mean([p.seconds for p in predictions]),
        human=human_equivalence(predictions, refused),
    )


def human_equivalence(
    predictions: Sequence[Prediction], refused: Sequence[bool]
) -> HumanEquivalence | None:
    """QuAC's figures, where every question has the answers of people to compare with."""
    f1s: list[float] = []
    people: list[float] = []
    dialogs: dict[str, bool] = {}
    for prediction, no in zip(predictions, refused, strict=True):
        references = prediction.example.references
        if not references:
            return None
        theirs = human_f1(references)
        dialogs.setdefault(prediction.example.dialog, True)
        if theirs < LEAST_AGREEMENT:
            continue
        ours = leave_one_out_f1(NO_ANSWER if no else prediction.answer, references)
        f1s.append(ours)
        people.append(theirs)
        dialogs[prediction.example.dialog] &= ours >= theirs
    equal = [float(ours >= theirs) for ours, theirs in zip(f1s, people, strict=True)]
    mean = statistics.mean
    return HumanEquivalence(
        mean(f1s), mean(people), mean(equal), mean([float(good) for good in dialogs.values()])
    )


def _where(pairs: Sequence[tuple[float, float]], wanted: Sequence[bool]) -> list[float]:
    return [f1 for (_, f1), keep in zip(pairs, wanted, strict=True) if keep]


def score_sources(predictions: Sequence[Prediction], threshold: float) -> tuple[SquadScores, ...]:
    """The figures of each source, where the file has more than one."""
    sources = dict.fromkeys(p.example.source for p in predictions)
    if len(sources) < 2:
        return ()
    return tuple(
        score([p for p in predictions if p.example.source == source], threshold, source)
        for source in sources
    )


def save_predictions(path: Path, predictions: Iterable[Prediction], threshold: float) -> None:
    """Write ``id``, ``answer`` (empty when refused) and ``confidence``, one object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for prediction in predictions:
            answered = prediction.confidence >= threshold
            record = {
                "id": prediction.example.id,
                "answer": prediction.answer if answered else "",
                "confidence": prediction.confidence,
            }
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
