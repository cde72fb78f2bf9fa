"""How well a ranking finds the passages that hold the evidence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RankingScores:
    """One question's ranking against its evidence, each from 0 to 1.

    ``recall_at_1``, ``_5`` and ``_20``: the share of the pieces of evidence found among so many
    first results. ``reciprocal_rank``: one over the rank of the first result that holds any
    (its mean over questions is MRR; Voorhees 1999). ``ndcg_at_10``: discounted cumulative gain
    of the first ten with gain 1 for a result that holds evidence, over that of the best order
    (Järvelin & Kekäläinen 2002).
    """

    recall_at_1: float
    recall_at_5: float
    recall_at_20: float
    reciprocal_rank: float
    ndcg_at_10: float
    first_rank: int | None = None


def ranking_scores(found: Sequence[frozenset[str]], wanted: frozenset[str]) -> RankingScores:
    """Scores of results, best first, each given as the set of pieces of evidence it holds.

    Raises ValueError where no evidence is wanted: recall is then not defined.
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
        ndcg_at_10=_ndcg(hits, len(wanted), 10),
        first_rank=first,
    )


def _recall(found: Sequence[frozenset[str]], wanted: frozenset[str]) -> float:
    return len(frozenset().union(*found) & wanted) / len(wanted)


def _ndcg(hits: Sequence[bool], wanted: int, depth: int) -> float:
    gain = sum(1 / math.log2(rank + 1) for rank, hit in enumerate(hits[:depth], 1) if hit)
    # Two passages may each hold a part of one quotation: the best order has all that hit.
    best = min(depth, max(wanted, sum(hits)))
    return gain / sum(1 / math.log2(rank + 1) for rank in range(1, best + 1))
