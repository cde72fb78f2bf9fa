"""Whether a confidence means what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score


def calibration_error(
    confidences: Sequence[float], right: Sequence[bool], bins: int = 10
) -> float | None:
    """Expected calibration error: the mean gap between confidence and share right, by bin.

    ``bins`` of equal width over 0–1, each weighted by its questions (Guo et al. 2017,
    arXiv:1706.04599). None without questions.
    """
    if not len(confidences):
        return None
    values, hits = np.asarray(confidences, float), np.asarray(right, float)
    places = np.minimum((values * bins).astype(int), bins - 1)
    gaps = [
        abs(hits[places == place].mean() - values[places == place].mean())
        * (places == place).mean()
        for place in np.unique(places)
    ]
    return float(sum(gaps))


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """Points of a risk–coverage curve: answering the surest ``coverage`` errs in ``risk``."""

    coverage: tuple[float, ...]
    risk: tuple[float, ...]


def risk_coverage(confidences: Sequence[float], losses: Sequence[float]) -> RiskCoverage:
    """The curve of selective answering (Geifman & El-Yaniv 2017, arXiv:1705.08500).

    Questions are answered from the surest down; risk is the mean loss (0 for right, 1 for
    wrong) of those answered. Questions of equal confidence share their mean loss, so that the
    curve does not depend on their order.
    """
    values, losses_ = np.asarray(confidences, float), np.asarray(losses, float)
    if not len(values):
        return RiskCoverage((), ())
    order = np.argsort(-values, kind="stable")
    values, losses_ = values[order], losses_[order]
    _, group = np.unique(-values, return_inverse=True)
    shared = (np.bincount(group, weights=losses_) / np.bincount(group))[group]
    counts = np.arange(1, len(values) + 1)
    return RiskCoverage(
        tuple((counts / len(values)).tolist()), tuple((np.cumsum(shared) / counts).tolist())
    )


def area_under_risk(confidences: Sequence[float], losses: Sequence[float]) -> float | None:
    """Area under the risk–coverage curve: the mean risk over all coverages; lower is better."""
    curve = risk_coverage(confidences, losses)
    return float(np.mean(curve.risk)) if curve.risk else None


def auroc(confidences: Sequence[float], positive: Sequence[bool]) -> float | None:
    """The chance that a positive has more confidence than a negative, ties counted half.

    Area under the ROC curve, by scikit-learn. None where one class is missing.
    """
    if len(set(positive)) < 2:
        return None
    return float(roc_auc_score(list(positive), list(confidences)))


@dataclass(frozen=True, slots=True)
class BestThreshold:
    """The best mean score over all thresholds, and the threshold: answer from it on."""

    score: float
    threshold: float


def best_f1(
    confidences: Sequence[float], scores: Sequence[float], answerable: Sequence[bool]
) -> BestThreshold | None:
    """The best mean score that any refusal threshold gives (SQuAD 2.0's ``best_f1``).

    ``scores`` are those of the answers given without refusing. A refused question scores 1
    where it has no answer and 0 where it has one. None without questions.
    """
    if not len(confidences):
        return None
    values = np.asarray(confidences, float)
    answered = np.where(np.asarray(answerable, bool), np.asarray(scores, float), 0.0)
    gain = answered - np.where(np.asarray(answerable, bool), 0.0, 1.0)
    order = np.argsort(-values, kind="stable")
    totals = np.concatenate([[0.0], np.cumsum(gain[order])])
    # A threshold cannot part questions of the same confidence.
    sorted_values = values[order]
    cuts = np.concatenate([[True], np.append(sorted_values[1:] != sorted_values[:-1], True)])
    totals = np.where(cuts, totals, -np.inf)
    best = int(np.argmax(totals))
    refused = float((~np.asarray(answerable, bool)).sum())
    threshold = 1.0 if best == 0 else float(sorted_values[best - 1])
    return BestThreshold(float((refused + totals[best]) / len(values)), threshold)
