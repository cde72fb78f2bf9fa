"""Fit the confidence on development questions, choose the refusal threshold, draw the curves."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from tqdm import tqdm

from ..calibration import Calibration, Evidence
from ..reader import Reader
from ..support import support
from .examples import Example, read_records
from .scoring import token_f1

# A span is right when it shares at least half its words with an accepted answer.
RIGHT_F1 = 0.5
# Of the questions that their paragraph answers, this share is still answered at the threshold.
STILL_ANSWERED = 0.93
# Whole news stories cost most of the time and are only a part of what is asked.
MOST_OF_A_SOURCE = 600


@dataclass(frozen=True, slots=True)
class Trial:
    """One development question as the reader answered it."""

    id: str
    group: str
    kind: str
    evidence: Evidence
    f1: float
    answerable: bool

    @property
    def right(self) -> bool:
        """Whether the span counts as right."""
        return self.answerable and self.f1 >= RIGHT_F1


def with_other_paragraphs(examples: Sequence[Example], seed: int = 7) -> list[Example]:
    """A twin of every answerable question with another paragraph of its article.

    The other paragraph does not hold any accepted answer's words; questions on articles with
    one paragraph have no twin.
    """
    chance = random.Random(seed)
    articles: dict[tuple[str, str], list[str]] = defaultdict(list)
    for example in examples:
        paragraphs = articles[example.source, example.title]
        if example.context not in paragraphs:
            paragraphs.append(example.context)
    twins = []
    for example in examples:
        words = [example.context[start:end].lower() for start, end in example.answers]
        others = [
            paragraph
            for paragraph in articles[example.source, example.title]
            if paragraph != example.context and not any(w in paragraph.lower() for w in words)
        ]
        if words and others:
            twins.append(
                replace(
                    example, id=f"{example.id}-other", context=chance.choice(others), answers=()
                )
            )
    return twins


def run_trials(reader: Reader, examples: Sequence[Example], kind: str) -> list[Trial]:
    """Read every question's own context and keep the best span's evidence."""
    trials = []
    for example in tqdm(examples, desc=kind, unit="question"):
        spans, windows = reader.spans(example.question, [example.context])
        if not spans:
            continue
        best = max(spans, key=lambda span: span.score)
        words = example.context[best.start : best.end]
        accepted = [example.context[start:end] for start, end in example.answers]
        trials.append(
            Trial(
                example.id,
                f"{example.source}/{example.title}",
                kind,
                Evidence(
                    best.score,
                    best.share,
                    support(example.question, example.context),
                    windows,
                ),
                max((token_f1(words, text) for text in accepted), default=0.0),
                bool(accepted),
            )
        )
    return trials


def fit(trials: Sequence[Trial]) -> Calibration:
    """Logistic regression of "right" on the evidence (Platt 1999, with more than the score)."""
    inputs = np.array([trial.evidence.features() for trial in trials])
    model = LogisticRegression(C=10.0, max_iter=1000).fit(inputs, [t.right for t in trials])
    weights = tuple(round(float(w), 5) for w in model.coef_[0])
    fitted = Calibration(weights, round(float(model.intercept_[0]), 5), 0.0)
    answerable = [fitted.confidence(t.evidence) for t in trials if t.answerable and _short(t)]
    threshold = round(float(np.quantile(answerable, 1 - STILL_ANSWERED)), 4)
    return replace(fitted, threshold=threshold)


def _short(trial: Trial) -> bool:
    return trial.kind in ("squad2_dev_half", "squadshifts_newwiki")


def cross_fitted(trials: Sequence[Trial], folds: int = 5) -> NDArray[np.float64]:
    """Every trial's confidence by a calibration that has not seen its article."""
    confidences = np.zeros(len(trials))
    groups = [trial.group for trial in trials]
    for train, test in GroupKFold(folds).split(np.zeros(len(trials)), groups=groups):
        calibration = fit([trials[i] for i in train])
        for place in test:
            confidences[place] = calibration.confidence(trials[place].evidence)
    return confidences


def expected_calibration_error(
    confidences: NDArray[np.float64], right: NDArray[np.bool_], bins: int = 10
) -> float:
    """The mean gap between confidence and share right over equal-width bins (Guo et al. 2017)."""
    places = np.minimum((confidences * bins).astype(int), bins - 1)
    gaps = [
        np.mean(places == b) * abs(confidences[places == b].mean() - right[places == b].mean())
        for b in range(bins)
        if np.any(places == b)
    ]
    return float(sum(gaps))


def figures(trials: Sequence[Trial], calibration: Calibration) -> dict[str, float]:
    """What the model card reports of refusal and calibration."""
    crossed = cross_fitted(trials)
    right = np.array([trial.right for trial in trials])
    found: dict[str, float] = {
        "questions": float(len(trials)),
        "expected calibration error, cross-fitted": expected_calibration_error(crossed, right),
        "threshold": calibration.threshold,
    }
    own = [calibration.confidence(t.evidence) for t in trials]
    short = [i for i, t in enumerate(trials) if _short(t) and t.answerable]
    other = [i for i, t in enumerate(trials) if t.kind == "other paragraph"]
    squad = [i for i, t in enumerate(trials) if t.kind == "squad2_dev_half"]
    for name, places in (("squad2_dev_half", squad), ("other paragraph", short + other)):
        answerable = [trials[i].answerable for i in places]
        found[f"{name}: area under ROC, confidence"] = float(
            roc_auc_score(answerable, [crossed[i] for i in places])
        )
        found[f"{name}: area under ROC, network alone"] = float(
            roc_auc_score(answerable, [trials[i].evidence.score for i in places])
        )
    cut = calibration.threshold
    found["other paragraph: refused at the threshold"] = float(
        np.mean([own[i] < cut for i in other])
    )
    found["answerable: still answered at the threshold"] = float(
        np.mean([own[i] >= cut for i in short])
    )
    return found


def draw(trials: Sequence[Trial], folder: Path) -> None:
    """The reliability diagram and the risk-coverage curve as pictures."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    crossed = cross_fitted(trials)
    right = np.array([trial.right for trial in trials])
    places = np.minimum((crossed * 10).astype(int), 9)
    shown = [b for b in range(10) if np.sum(places == b) >= 10]
    figure, axes = plt.subplots(figsize=(4.5, 4))
    axes.plot([0, 1], [0, 1], color="0.7", linestyle="--")
    axes.plot(
        [crossed[places == b].mean() for b in shown],
        [right[places == b].mean() for b in shown],
        marker="o",
    )
    axes.set(xlabel="confidence", ylabel="share right", title="Reliability, cross-fitted")
    figure.tight_layout()
    figure.savefig(folder / "reliability.png", dpi=110)
    plt.close(figure)
    order = np.argsort(-crossed)
    risk = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    figure, axes = plt.subplots(figsize=(4.5, 4))
    axes.plot(np.arange(1, len(order) + 1) / len(order), risk)
    axes.set(
        xlabel="coverage: share answered", ylabel="risk: share wrong", title="Risk and coverage"
    )
    figure.tight_layout()
    figure.savefig(folder / "risk-coverage.png", dpi=110)
    plt.close(figure)


def calibrate(development: Path, reader: Reader, folder: Path, seed: int = 7) -> dict[str, float]:
    """Write ``calibration.json``, its figures and the two pictures into the folder."""
    examples = read_records(development)
    by_source: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_source[example.source].append(example)
    trials: list[Trial] = []
    for source, group in by_source.items():
        chosen = random.Random(seed).sample(group, min(MOST_OF_A_SOURCE, len(group)))
        trials += run_trials(reader, chosen, source)
    short = by_source["squad2_dev_half"] + by_source["squadshifts_newwiki"]
    trials += run_trials(reader, with_other_paragraphs(short, seed), "other paragraph")
    calibration = fit(trials)
    calibration.save(folder / "calibration.json")
    measured = figures(trials, calibration)
    (folder / "calibration-figures.json").write_text(json.dumps(measured, indent=1) + "\n")
    draw(trials, folder)
    return measured
