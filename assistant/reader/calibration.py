"""From a reader's score to the probability that its answer is right."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path

from .likeness import Coverage
from .support import Support

# A direct answer is rarely longer, in words.
LONG_SPAN = 12
FEATURES = 10


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a candidate answer before calibration.

    ``score`` and ``share`` as in :class:`assistant.reader.spans.Span`; the question's support
    in the whole passage; its coverage by the sentence of the span, and that sentence's
    likeness to it (a cosine); the words of the span; and how many windows were read to find
    it: the best of many is less sure.
    """

    score: float
    share: float
    support: Support
    coverage: Coverage
    likeness: float
    words: int
    windows: int

    def features(self) -> tuple[float, ...]:
        """The logistic model's inputs, each roughly between -3 and 3."""
        return (
            max(-15.0, min(15.0, self.score)) / 5,
            math.log(max(self.share, 1e-6)) / 3,
            self.support.words - 1,
            self.support.names - 1,
            self.support.numbers - 1,
            self.coverage.share - 1,
            self.coverage.named - 1,
            self.likeness - 0.5,
            -min(1.0, max(0, self.words - LONG_SPAN) / LONG_SPAN),
            math.log(max(1, self.windows)),
        )


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model fitted on development questions, and the default refusal thresholds.

    ``threshold`` is for a question and a passage that belong together; ``searched_threshold`` for
    passages that a search found, which hold the answer less often.
    """

    weights: tuple[float, ...]
    bias: float
    threshold: float
    searched_threshold: float

    def confidence(self, evidence: Evidence) -> float:
        """The probability, from 0 to 1, that the candidate is right."""
        terms = zip(self.weights, evidence.features(), strict=True)
        total = self.bias + sum(weight * feature for weight, feature in terms)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def save(self, path: Path) -> None:
        """Write the model as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


# For a network whose calibration is not fitted yet.
UNCALIBRATED = Calibration((0.0,) * FEATURES, 0.0, 0.0, 0.0)


def load_calibration(path: Path) -> Calibration:
    """The calibration in a JSON file.

    Raises FileNotFoundError where there is none, KeyError where a figure is missing.
    """
    record = json.loads(path.read_text(encoding="utf-8"))
    return Calibration(
        tuple(record["weights"]),
        record["bias"],
        record["threshold"],
        record["searched_threshold"],
    )
