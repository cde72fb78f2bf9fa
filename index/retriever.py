"""Dense and lexical rankings fused by reciprocal rank, as a LlamaIndex retriever."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from .document import RankedPassage

# The constant of the original paper; it is not tuned to any data here.
RANK_CONSTANT = 60
DEPTH = 40


@dataclass(frozen=True, slots=True)
class FusedRank:
    """A passage id with its fused score and its rank in each list (from 1; None: not there)."""

    id: str
    score: float
    dense_rank: int | None
    lexical_rank: int | None


def fuse(dense: Sequence[str], lexical: Sequence[str]) -> list[FusedRank]:
    """Reciprocal rank fusion (Cormack, Clarke & Büttcher 2009), best first.

    A passage's score is the sum of 1 / (60 + rank) over the lists it is in; ties go to the
    better dense rank, then to the id.
    """
    dense_ranks = {identity: rank for rank, identity in enumerate(dense, 1)}
    lexical_ranks = {identity: rank for rank, identity in enumerate(lexical, 1)}
    found = [
        FusedRank(
            identity,
            sum(
                1 / (RANK_CONSTANT + ranks[identity])
                for ranks in (dense_ranks, lexical_ranks)
                if identity in ranks
            ),
            dense_ranks.get(identity),
            lexical_ranks.get(identity),
        )
        for identity in {**dense_ranks, **lexical_ranks}
    ]
    return sorted(found, key=lambda f: (-f.score, f.dense_rank or DEPTH + 1, f.id))


class FusedRetriever(BaseRetriever):
    """The library's search for pipelines built on LlamaIndex.

    Each node carries its passage's exact text, id, character span, and document facts.
    """

    def __init__(self, search: Callable[[str], list[RankedPassage]]) -> None:
        super().__init__()
        self._search = search

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [_node(found) for found in self._search(query_bundle.query_str)]


def _node(found: RankedPassage) -> NodeWithScore:
    passage = found.passage
    facts = passage.metadata
    return NodeWithScore(
        node=TextNode(
            id_=passage.id,
            text=passage.text,
            start_char_idx=passage.start,
            end_char_idx=passage.end,
            metadata={
                "document": passage.document,
                "section": passage.section,
                "title": facts.title,
                "author": facts.author,
                "date": facts.date,
                "site": facts.site,
                "source": facts.source,
            },
        ),
        score=found.score,
    )
