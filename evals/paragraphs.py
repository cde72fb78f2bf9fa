"""The paragraphs of a reading set in a library, each with its place there."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index import Library, Metadata
from index.document import Passage

from .examples import Example
from .measures import locate, overlap


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Where each paragraph stands: its text and span, by the document that holds it.

    ``lost`` counts paragraphs that the library does not hold as they stand in the file.
    """

    places: dict[str, list[tuple[str, int, int]]]
    lost: int

    def of(self, passage: Passage) -> list[str]:
        """The texts of the paragraphs that a passage belongs to, in order."""
        span = passage.start, passage.end
        return [
            paragraph
            for paragraph, start, end in self.places.get(passage.document, ())
            if overlap(span, (start, end))
        ]

    def rank(self, context: str, passages: Sequence[Passage]) -> int | None:
        """The paragraph's rank among the paragraphs that the passages, best first, belong to.

        Every paragraph counts once. None where no passage belongs to it.
        """
        seen: dict[str, None] = {}
        for passage in passages:
            seen |= dict.fromkeys(self.of(passage))
            if context in seen:
                return len(seen)
        return None

    def notes(self) -> tuple[str, ...]:
        """A sentence where paragraphs are lost."""
        if not self.lost:
            return ()
        total = self.lost + sum(map(len, self.places.values()))
        lost = f"{self.lost} of {total} paragraphs are not in the library as they stand in the file"
        return (f"{lost} and count as not found.",)


@contextmanager
def paragraph_library(examples: Iterable[Example]) -> Iterator[tuple[Library, Paragraphs]]:
    """A temporary library of all distinct paragraphs, one document for each title."""
    titles: dict[str, dict[str, None]] = {}
    for example in examples:
        titles.setdefault(example.title, {})[example.context] = None
    places: dict[str, list[tuple[str, int, int]]] = {}
    lost = 0
    with (
        tempfile.TemporaryDirectory(prefix="footnote-", ignore_cleanup_errors=True) as folder,
        Library(Path(folder) / "library") as library,
    ):
        for title, contexts in titles.items():
            name = title.replace("_", " ")
            metadata = Metadata(title=name, source=name)
            document = library.add_text("\n\n".join(contexts), metadata).document
            text = document.text
            for context in contexts:
                if span := locate(text, context):
                    places.setdefault(document.id, []).append((context, *span))
                else:
                    lost += 1
        yield library, Paragraphs(places, lost)
