"""What is measured; every measure is defined in its docstring and in ``docs/measures.md``."""

from .answers import Gold, is_right, squad_exact, squad_f1, squad_normalise
from .citations import citation_precision, citation_recall, locate, overlap, verbatim
from .confidence import (
    RiskCoverage,
    area_under_risk,
    auroc,
    best_f1,
    calibration_error,
    risk_coverage,
)
from .ranking import RankingScores, ranking_scores
from .refusal import RefusalScores, refusal_scores

__all__ = [
    "Gold",
    "RankingScores",
    "RefusalScores",
    "RiskCoverage",
    "area_under_risk",
    "auroc",
    "best_f1",
    "calibration_error",
    "citation_precision",
    "citation_recall",
    "is_right",
    "locate",
    "overlap",
    "ranking_scores",
    "refusal_scores",
    "risk_coverage",
    "squad_exact",
    "squad_f1",
    "squad_normalise",
    "verbatim",
]
