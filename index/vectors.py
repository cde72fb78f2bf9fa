"""Passages and their vectors in Chroma, searched through LlamaIndex."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.config import Settings
from llama_index.core.vector_stores import (
    FilterOperator,
    MetadataFilter,
    MetadataFilters,
    VectorStoreQuery,
)
from llama_index.vector_stores.chroma import ChromaVectorStore
from numpy.typing import NDArray

from .document import Kind, Metadata, Passage, Sentence
from .embedding import DIMENSION, EMBEDDER_NAME, EMBEDDER_REVISION
from .errors import LibraryError

COLLECTION = "passages"
# Chroma takes at most 5,461 records at a time; a smaller number keeps memory even.
BATCH = 1000
EMBEDDER = {
    "embedder": EMBEDDER_NAME,
    "embedder_dimension": DIMENSION,
    "embedder_revision": EMBEDDER_REVISION,
}


class PassageVectors:
    """The one store that answers need: passage texts, spans, document facts and vectors.

    ``renew`` forgets what is stored. Raises LibraryError where the folder's vectors were made by
    another embedder.
    """

    def __init__(self, folder: Path, renew: bool = False) -> None:
        self._client = chromadb.PersistentClient(
            str(folder), settings=Settings(anonymized_telemetry=False)
        )
        if renew and COLLECTION in [c.name for c in self._client.list_collections()]:
            self._client.delete_collection(COLLECTION)
        self._collection = self._client.get_or_create_collection(
            COLLECTION,
            metadata=EMBEDDER,
            configuration={"hnsw": {"space": "cosine"}},
            embedding_function=None,
        )
        # An existing collection keeps its own metadata, whatever was asked for.
        if {name: (self._collection.metadata or {}).get(name) for name in EMBEDDER} != EMBEDDER:
            raise LibraryError(
                "The library was made with another embedder; run footnote rebuild to renew it."
            )

    def count(self) -> int:
        """The number of stored passages."""
        return self._collection.count()

    def close(self) -> None:
        """Release the files."""
        close = getattr(self._client, "close", None)
        if close is not None:
            close()

    def put(
        self,
        passages: Sequence[Passage],
        vectors: NDArray[np.float32],
        facts: Mapping[str, str | int],
    ) -> None:
        """Write one document's passages, a known id anew; ``facts`` go with the first.

        The first passage is written last: it is the commit mark, and a document without it is
        not there.
        """
        body = [i for i, passage in enumerate(passages) if passage.ordinal != 0]
        head = [i for i, passage in enumerate(passages) if passage.ordinal == 0]
        for group, more in ((body, {}), (head, facts)):
            for begin in range(0, len(group), BATCH):
                part = group[begin : begin + BATCH]
                self._collection.upsert(
                    ids=[passages[i].id for i in part],
                    embeddings=[vectors[i] for i in part],
                    documents=[passages[i].text for i in part],
                    metadatas=[{**_record(passages[i]), **more} for i in part],
                )

    def delete(self, document: str) -> None:
        """Remove a document, its commit mark first."""
        found = self._collection.get(where={"document": document}, include=[])["ids"]
        if not found:
            return
        first = f"{document}:{0:05d}"
        if first in found:
            self._collection.delete(ids=[first])
        rest = [identity for identity in found if identity != first]
        for begin in range(0, len(rest), BATCH):
            self._collection.delete(ids=rest[begin : begin + BATCH])

    def heads(self) -> list[dict[str, Any]]:
        """The stored facts of every document that is there, in the order they were added."""
        found = self._collection.get(where={"ordinal": 0}, include=["metadatas"])
        records = [dict(record) for record in found["metadatas"] or []]
        return sorted(records, key=lambda record: (record["added"], record["document"]))

    def passages(self, document: str | None = None) -> list[Passage]:
        """The passages of a document in order, or of all documents, left-overs included."""
        where: Any = {"document": document} if document is not None else None
        found = self._collection.get(where=where, include=["documents", "metadatas"])
        made = [
            _passage(text, record)
            for text, record in zip(found["documents"] or [], found["metadatas"] or [], strict=True)
        ]
        return sorted(made, key=lambda passage: (passage.document, passage.ordinal))

    def ids(self, searchable: bool = False) -> set[str]:
        """The ids of all passages, or of the searchable ones."""
        where: Any = {"searchable": 1} if searchable else None
        return set(self._collection.get(where=where, include=[])["ids"])

    def search(
        self, vector: Sequence[float], limit: int, documents: Sequence[str] | None
    ) -> list[str]:
        """Ids of the nearest searchable passages, nearest first, by cosine."""
        filters: list[MetadataFilter | MetadataFilters] = [
            MetadataFilter(key="searchable", value=1, operator=FilterOperator.EQ)
        ]
        if documents is not None:
            filters.append(
                MetadataFilter(key="document", value=list(documents), operator=FilterOperator.IN)
            )
        store = ChromaVectorStore(chroma_collection=self._collection)
        query = VectorStoreQuery(
            query_embedding=list(vector),
            similarity_top_k=limit,
            filters=MetadataFilters(filters=filters),
        )
        return list(store.query(query).ids or [])


def _record(passage: Passage) -> dict[str, str | int]:
    facts = passage.metadata
    spans = [[s.start, s.end, str(s.kind)] for s in passage.sentences]
    return {
        "document": passage.document,
        "ordinal": passage.ordinal,
        "start": passage.start,
        "end": passage.end,
        "section": passage.section,
        "sentences": json.dumps(spans),
        "searchable": int(passage.searchable),
        "title": facts.title,
        "author": facts.author,
        "date": facts.date,
        "site": facts.site,
        "source": facts.source,
    }


def _passage(text: str, record: Any) -> Passage:
    return Passage(
        document=record["document"],
        ordinal=record["ordinal"],
        text=text,
        start=record["start"],
        end=record["end"],
        section=record["section"],
        sentences=tuple(
            Sentence(start, end, Kind(kind)) for start, end, kind in json.loads(record["sentences"])
        ),
        metadata=facts_of(record),
    )


def facts_of(record: Any) -> Metadata:
    """The document facts in a stored record."""
    return Metadata(**{name: record[name] for name in Metadata.__slots__})
