"""From documents to ranked passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .document import Document, Kind, Metadata, Passage, RankedPassage, Sentence
from .errors import LibraryError, LibraryInUse, UnknownDocument, UnreadableFile

if TYPE_CHECKING:
    from .library import Added, DocumentSummary, Library

__all__ = [
    "Added",
    "Document",
    "DocumentSummary",
    "Kind",
    "Library",
    "LibraryError",
    "LibraryInUse",
    "Metadata",
    "Passage",
    "RankedPassage",
    "Sentence",
    "UnknownDocument",
    "UnreadableFile",
]


def __getattr__(name: str) -> Any:
    # Loaded on first use: Chroma and LlamaIndex take seconds to import.
    if name in ("Added", "DocumentSummary", "Library"):
        from . import library

        return getattr(library, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
