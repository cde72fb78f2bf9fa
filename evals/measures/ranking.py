"""How well a ranking finds the passages that hold the evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sklearn.metrics import dcg_score


@dataclass(frozen=True, slots=True)
class RankingScores:
    """One question's ranking against its evidence, each from 0 to 1.

    ``recall_at_1``, ``_5`` and ``_20``: the share of the pieces of evidence found among so many
    first results. ``reciprocal_rank``: one over the rank of the first result that holds any
    (its mean over questions is MRR; Voorhees 1999). ``ndcg_at_10``: discounted cumulative gain
    of the first ten over that of the best order (Järvelin & Kekäläinen 2002), the gain being the
    relevance of what a result holds, 1 where none is graded, as trec_eval has it.
    """

    recall_at_1: float
    recall_at_5: float
    recall_at_20: float
    reciprocal_rank: float
    ndcg_at_10: float
    first_rank: int | None = None


def ranking_scores(
    found: Sequence[frozenset[str]],
    wanted: frozenset[str],
    relevance: Mapping[str, float] | None = None,
) -> RankingScores:
    """Scores of results, best first, each given as the set of pieces of evidence it holds.

    ``relevance`` grades the wanted pieces; without it each counts 1. Raises ValueError where no
    evidence is wanted: recall is then not defined.
    """
    if not wanted:
        raise ValueError("ranking_scores needs at least one piece of evidence")
    hits = [bool(held & wanted) for held in found]
    first = hits.index(True) + 1 if True in hits else None
    return RankingScores(
        recall_at_1=_recall(found[:1], wanted),
        recall_at_5=_recall(found[:5], wanted),
        recall_at_20=_recall(found[:20], wanted),
        reciprocal_rank=1 / first if first else 0.0,
        ndcg_at_10=_ndcg([held & wanted for held in found], wanted, relevance or {}, 10),
        first_rank=first,
    )


def _recall(found: Sequence[frozenset[str]], wanted: frozenset[str]) -> float:
    return len(frozenset().union(*found) & wanted) / len(wanted)


def _ndcg(
    held: Sequence[frozenset[str]],
    wanted: frozenset[str],
    relevance: Mapping[str, float],
    depth: int,
) -> float:
    gains = [max((relevance.get(piece, 1.0) for piece in one), default=0.0) for one in held]
    unfound = wanted.difference(*held)
    # Two passages may each hold a part of one quotation: the best order has all that hit.
    best = sorted([*gains, *(relevance.get(piece, 1.0) for piece in unfound)], reverse=True)
    return _dcg(gains, depth) / _dcg(best, depth)


def _dcg(gains: Sequence[float], depth: int) -> float:
    # scikit-learn wants at least two documents; one more without gain changes nothing.
    kept = [*gains, 0.0, 0.0]
    return float(dcg_score([kept], [list(range(len(kept), 0, -1))], k=depth))
