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

from index.embedding.encoder import shared_encoder

from ..calibration import Calibration, Evidence
from ..reader import Reader
from .examples import Example, read_records
from .scoring import token_f1

# A span is right when it shares at least half its words with an accepted answer.
RIGHT_F1 = 0.5
# Of the questions that their paragraph answers, this share is still answered at the threshold.
STILL_ANSWERED = 0.98
# Of the questions that their article does not answer, this share is refused by the network and
# the calibration alone; the rules of what fits a question refuse more.
STILL_REFUSED = 0.9
# Whole news stories cost most of the time and are only a part of what is asked.
MOST_OF_A_SOURCE = 450
# As many as the product reads by default, and spans of a question that are told apart.
PARAGRAPHS = 8
CANDIDATES = 5
WHOLE = "whole article"


@dataclass(frozen=True, slots=True)
class Trial:
    """One development question as the reader answered it.

    ``candidates`` are the best spans' evidence with their F1, the network's best first.
    """

    id: str
    group: str
    kind: str
    candidates: tuple[tuple[Evidence, float], ...]
    answerable: bool

    def best(self, calibration: Calibration) -> tuple[float, bool]:
        """The confidence of the candidate a calibration puts first, and whether it is right."""
        found = [(calibration.confidence(e), f1 >= RIGHT_F1) for e, f1 in self.candidates]
        return max(found, key=lambda item: item[0])


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


def whole_articles(
    examples: Sequence[Example], seed: int = 7
) -> tuple[list[tuple[Example, list[str]]], list[tuple[Example, list[str]]]]:
    """Questions with the paragraphs of their article most like them, as the product reads them.

    The second list has the same without every paragraph that holds an accepted answer.
    """
    encode = shared_encoder().encode
    articles: dict[tuple[str, str], list[str]] = defaultdict(list)
    for example in examples:
        articles[example.source, example.title].append(example.context)
    paragraphs = {key: list(dict.fromkeys(group)) for key, group in articles.items()}
    vectors = {key: encode(group) for key, group in paragraphs.items()}
    asked = encode([example.question for example in examples])
    whole, without = [], []
    for example, vector in zip(examples, asked, strict=True):
        key = example.source, example.title
        order = np.argsort(-(vectors[key] @ vector))
        ranked = [paragraphs[key][i] for i in order]
        whole.append((example, ranked[:PARAGRAPHS]))
        words = [example.context[start:end].lower() for start, end in example.answers]
        others = [p for p in ranked if not any(w in p.lower() for w in words)]
        if words and others:
            without.append((replace(example, id=f"{example.id}-without"), others[:PARAGRAPHS]))
    chance = random.Random(seed)
    return (
        chance.sample(whole, min(MOST_OF_A_SOURCE, len(whole))),
        chance.sample(without, min(MOST_OF_A_SOURCE, len(without))),
    )


def run_trials(
    reader: Reader, questions: Sequence[tuple[Example, list[str]]], kind: str, answerable: bool
) -> list[Trial]:
    """Read every question in its passages and keep the best spans' evidence."""
    trials = []
    for example, passages in tqdm(questions, desc=kind, unit="question"):
        spans, windows = reader.spans(example.question, passages, CANDIDATES)
        spans = sorted(spans, key=lambda span: -span.score)[:CANDIDATES]
        if not spans:
            continue
        known = [example.title] * len(passages)
        evidence = reader.evidence(example.question, passages, spans, windows, known)
        accepted = [example.context[start:end] for start, end in example.answers]
        accepted = accepted if answerable else []
        words = [passages[span.passage][span.start : span.end] for span in spans]
        f1s = [max((token_f1(w, text) for text in accepted), default=0.0) for w in words]
        trials.append(
            Trial(
                example.id,
                f"{example.source}/{example.title}",
                kind,
                tuple(zip(evidence, f1s, strict=True)),
                bool(accepted),
            )
        )
    return trials


def fit(trials: Sequence[Trial]) -> Calibration:
    """Logistic regression of "right" on the evidence (Platt 1999, with more than the score)."""
    pairs = [pair for trial in trials for pair in trial.candidates]
    model = LogisticRegression(C=3.0, max_iter=3000).fit(
        np.array([evidence.features() for evidence, _ in pairs]),
        [f1 >= RIGHT_F1 for _, f1 in pairs],
    )
    weights = tuple(round(float(w), 5) for w in model.coef_[0])
    fitted = Calibration(weights, round(float(model.intercept_[0]), 5), 0.0, 0.0)
    answerable = [t.best(fitted)[0] for t in trials if t.answerable and _short(t)]
    threshold = round(float(np.quantile(answerable, 1 - STILL_ANSWERED)), 4)
    without = [t.best(fitted)[0] for t in trials if t.kind == f"{WHOLE} without the answer"]
    searched = round(float(np.quantile(without, STILL_REFUSED)), 4)
    return replace(fitted, threshold=threshold, searched_threshold=searched)


def _short(trial: Trial) -> bool:
    return trial.kind in ("squad2_dev_half", "squadshifts_newwiki")


def cross_fitted(
    trials: Sequence[Trial], folds: int = 5
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Every trial's confidence by a calibration that has not seen its article, and if it is right."""
    confidences, right = np.zeros(len(trials)), np.zeros(len(trials), dtype=bool)
    groups = [trial.group for trial in trials]
    for train, test in GroupKFold(folds).split(np.zeros(len(trials)), groups=groups):
        calibration = fit([trials[i] for i in train])
        for place in test:
            confidences[place], right[place] = trials[place].best(calibration)
    return confidences, right


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
    crossed, right = cross_fitted(trials)
    found: dict[str, float] = {
        "questions": float(len(trials)),
        "expected calibration error, cross-fitted": expected_calibration_error(crossed, right),
        "threshold for a given passage": calibration.threshold,
        "threshold for passages searched for": calibration.searched_threshold,
    }
    own = [trial.best(calibration)[0] for trial in trials]
    short = [i for i, t in enumerate(trials) if _short(t) and t.answerable]
    other = [i for i, t in enumerate(trials) if t.kind == "other paragraph"]
    squad = [i for i, t in enumerate(trials) if t.kind == "squad2_dev_half"]
    whole = [i for i, t in enumerate(trials) if t.kind.startswith(WHOLE)]
    for name, places in (
        ("squad2_dev_half", squad),
        ("other paragraph", short + other),
        ("whole article", whole),
    ):
        answerable = [trials[i].answerable for i in places]
        found[f"{name}: area under ROC, confidence"] = float(
            roc_auc_score(answerable, [crossed[i] for i in places])
        )
        found[f"{name}: area under ROC, network alone"] = float(
            roc_auc_score(answerable, [trials[i].candidates[0][0].score for i in places])
        )
    cut = calibration.threshold
    found["other paragraph: refused at the threshold"] = float(
        np.mean([own[i] < cut for i in other])
    )
    found["answerable: still answered at the threshold"] = float(
        np.mean([own[i] >= cut for i in short])
    )
    cut = calibration.searched_threshold
    without = [i for i in whole if not trials[i].answerable]
    found["whole article: refused at the threshold"] = float(
        np.mean([own[i] < cut for i in without])
    )
    found["whole article: still answered at the threshold"] = float(
        np.mean([own[i] >= cut for i in whole if trials[i].answerable])
    )
    return found


def draw(trials: Sequence[Trial], folder: Path) -> None:
    """The reliability diagram and the risk-coverage curve as pictures."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    crossed, right = cross_fitted(trials)
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
        trials += run_trials(reader, [(e, [e.context]) for e in chosen], source, True)
    short = by_source["squad2_dev_half"] + by_source["squadshifts_newwiki"]
    other = [(e, [e.context]) for e in with_other_paragraphs(short, seed)]
    trials += run_trials(reader, other, "other paragraph", False)
    whole, without = whole_articles(short, seed)
    trials += run_trials(reader, whole, WHOLE, True)
    trials += run_trials(reader, without, f"{WHOLE} without the answer", False)
    calibration = fit(trials)
    calibration.save(folder / "calibration.json")
    measured = figures(trials, calibration)
    (folder / "calibration-figures.json").write_text(json.dumps(measured, indent=1) + "\n")
    draw(trials, folder)
    return measured
