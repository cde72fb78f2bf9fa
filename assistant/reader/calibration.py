"""From a reader's score to the probability that its answer is right."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path

from .support import Support


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a candidate answer before calibration.

    ``score`` and ``share`` as in :class:`assistant.reader.spans.Span`, the question's support
    in the passage, and how many windows were read to find it: the best of many is less sure.
    """

    score: float
    share: float
    support: Support
    windows: int

    def features(self) -> tuple[float, ...]:
        """The logistic model's inputs, each roughly between -3 and 3."""
        return (
            max(-15.0, min(15.0, self.score)) / 5,
            math.log(max(self.share, 1e-6)) / 3,
            self.support.words - 1,
            self.support.names - 1,
            self.support.numbers - 1,
            math.log(max(1, self.windows)),
        )


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model fitted on development questions, and the default refusal threshold."""

    weights: tuple[float, ...]
    bias: float
    threshold: float

    def confidence(self, evidence: Evidence) -> float:
        """The probability, from 0 to 1, that the candidate is right."""
        terms = zip(self.weights, evidence.features(), strict=True)
        total = self.bias + sum(weight * feature for weight, feature in terms)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def save(self, path: Path) -> None:
        """Write the model as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def load_calibration(path: Path) -> Calibration:
    """The calibration in a JSON file.

    Raises FileNotFoundError where there is none, KeyError where a figure is missing.
    """
    record = json.loads(path.read_text(encoding="utf-8"))
    return Calibration(tuple(record["weights"]), record["bias"], record["threshold"])
