"""The library: what is added is kept, searched, read back, and can be rebuilt."""

from __future__ import annotations

import hashlib
import os
import re
import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from .article import label, plain
from .document import Document, Metadata, Passage, RankedPassage
from .embedding.encoder import shared_encoder
from .errors import LibraryError, UnknownDocument, UnreadableFile
from .folder import prepare, take_lock
from .loading import LARGEST_FILE, Loaded, parse, read_bytes, with_header
from .originals import Original, Originals
from .passages import pack
from .retriever import DEPTH, FusedRetriever, fuse
from .vectors import PassageVectors, facts_of
from .words import WordIndex, searchable_text

if TYPE_CHECKING:
    from llama_index.core.base.base_retriever import BaseRetriever

EMBEDDED_AT_ONCE = 64
DOCUMENTS_IN_MEMORY = 256
# Comparing every id takes seconds beyond this; there only an interrupted write is looked after.
CHECKED_PASSAGES = 20_000

Progress = Callable[[int, int], None]
"""Called with the passages embedded so far and all of them; may raise to cancel."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document that was added."""

    document: Document
    status: Literal["added", "unchanged", "replaced"]


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A line of the library's list; ``added`` is an ISO 8601 time in UTC."""

    id: str
    metadata: Metadata
    characters: int
    passages: int
    words: int
    added: str


class Library:
    """Articles in a folder, searchable. Use it as a context manager or call ``close``.

    One process at a time: a second one gets LibraryInUse, which names the holder. Raises
    LibraryError for a folder that is not a library or cannot be written. ``renew`` forgets the
    indexes, to be followed by ``rebuild``. Safe to use from several threads.
    """

    def __init__(self, folder: Path, renew: bool = False) -> None:
        self.folder = folder.expanduser().absolute()
        prepare(self.folder)
        self._file_lock = take_lock(self.folder)
        try:
            self._process = os.getpid()
            self._writing = threading.RLock()
            self._read: OrderedDict[str, Document] = OrderedDict()
            self._encoder = shared_encoder()
            self._originals = Originals(self.folder)
            self._pending = self.folder / "pending"
            if renew:
                # A crash before rebuild has filled the new indexes is repaired at opening.
                self._pending.touch()
            fresh = not (self.folder / "words.sqlite").exists()
            self._vectors = PassageVectors(self.folder / "chroma", renew)
            self._words = WordIndex(self.folder / "words.sqlite")
            if not renew:
                self._repair(fresh)
        except BaseException:
            self._file_lock.release()
            raise

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the files and let other processes in."""
        if os.getpid() != self._process:
            return
        with self._writing:
            self._words.close()
            self._vectors.close()
            self._file_lock.release()

    def add(
        self, path: Path, progress: Progress | None = None, largest: int = LARGEST_FILE
    ) -> Added:
        """Add the article in a file; a changed file takes its older version's place.

        Raises UnreadableFile for a file that holds no article. A failure or a cancelled
        ``progress`` leaves the library as it was.
        """
        content = read_bytes(path, largest)
        return self.add_content(content, path.name, str(path.absolute()), progress)

    def add_content(
        self, content: bytes, name: str, origin: str = "", progress: Progress | None = None
    ) -> Added:
        """Add an article from a file's content; ``name`` gives the kind by its ending.

        ``origin`` identifies where it came from: what is added again from there replaces it.
        """
        # File names may hold bytes that are no text; no database keeps those.
        name = name.encode("utf-8", "replace").decode()
        loaded = parse(content, name)
        original = Original.of(content, name, origin or f"content:{name}")
        return self._add(loaded, original, progress)

    def add_text(
        self, text: str, metadata: Metadata | None = None, progress: Progress | None = None
    ) -> Added:
        """Add a pasted text; what ``metadata`` says wins over what the text says of itself."""
        given = metadata or Metadata()
        original = Original.of(text.encode("utf-8", "ignore"), "pasted text.txt", "", given)
        return self._add(_loaded(original), original, progress)

    def _add(self, loaded: Loaded, original: Original, progress: Progress | None) -> Added:
        passages = passages_of(loaded)
        identity = passages[0].document
        with self._own():
            heads = {head["document"]: head for head in self._vectors.heads()}
            if identity in heads:
                return Added(self.read(identity), "unchanged")
            older = [
                known
                for known, head in heads.items()
                if original.origin and head["origin"] == original.origin
            ]
            vectors = self._embed_passages(passages, progress)
            with self._write():
                with self._undone(original, identity):
                    self._originals.keep(original)
                    self._store(passages, vectors, original, _now())
                for known in older:
                    self._drop(known)
                    if heads[known]["original"] != original.key:
                        self._originals.discard(heads[known]["original"])
        return Added(self.read(identity), "replaced" if older else "added")

    @contextmanager
    def _undone(self, original: Original, identity: str) -> Iterator[None]:
        """Take back what was written of a document where not all of it could be."""
        kept_before = self._originals.holds(original.key)
        try:
            yield
        except Exception:
            with suppress(Exception):
                self._drop(identity)
            if not kept_before:
                self._originals.discard(original.key)
            raise

    def _store(
        self,
        passages: Sequence[Passage],
        vectors: NDArray[np.float32],
        original: Original,
        added: str,
    ) -> None:
        facts: dict[str, str | int] = {
            "added": added,
            "origin": original.origin,
            "original": original.key,
            "characters": passages[-1].end,
            "passages": len(passages),
            "words": sum(len(p.text.split()) for p in passages if p.searchable),
        }
        self._words.put(passages)
        self._vectors.put(passages, vectors, facts)

    def _drop(self, identity: str) -> None:
        self._vectors.delete(identity)
        self._words.delete(identity)
        self._read.pop(identity, None)

    def _embed_passages(
        self, passages: Sequence[Passage], progress: Progress | None
    ) -> NDArray[np.float32]:
        texts = [
            " ".join(filter(None, (p.metadata.title, p.section, searchable_text(p))))
            for p in passages
        ]
        parts = []
        for begin in range(0, len(texts), EMBEDDED_AT_ONCE):
            parts.append(self._encoder.encode(texts[begin : begin + EMBEDDED_AT_ONCE]))
            if progress is not None:
                progress(min(begin + EMBEDDED_AT_ONCE, len(texts)), len(texts))
        return np.concatenate(parts)

    def documents(self) -> list[DocumentSummary]:
        """The articles, in the order they were added."""
        return [
            DocumentSummary(
                head["document"],
                facts_of(head),
                head["characters"],
                head["passages"],
                head["words"],
                head["added"],
            )
            for head in self._vectors.heads()
        ]

    def read(self, identity: str) -> Document:
        """A document with its passages. Raises UnknownDocument where it is not there."""
        with self._own():
            if identity not in self._read:
                passages = tuple(self._vectors.passages(identity))
                if not passages or passages[0].ordinal != 0:
                    raise UnknownDocument(
                        f"There is no document {identity} in the library; footnote list shows them."
                    )
                self._read[identity] = Document(identity, passages[0].metadata, passages)
                if len(self._read) > DOCUMENTS_IN_MEMORY:
                    self._read.popitem(last=False)
            self._read.move_to_end(identity)
            return self._read[identity]

    def remove(self, identity: str) -> None:
        """Remove a document; ``restore`` brings it back. Raises UnknownDocument."""
        with self._own():
            head = next((h for h in self._vectors.heads() if h["document"] == identity), None)
            if head is None:
                raise UnknownDocument(
                    f"There is no document {identity} in the library; footnote list shows them."
                )
            with self._write():
                self._originals.set_aside(head["original"], identity)
                self._drop(identity)

    def restore(self, identity: str) -> Added:
        """Bring a removed document back. Raises UnknownDocument where it was not removed."""
        original = self._originals.set_aside_original(identity)
        if original is None:
            raise UnknownDocument(f"{identity} was not removed from this library.")
        added = self._add(_loaded(original), original, None)
        self._originals.forget_set_aside(identity)
        return added

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make the indexes anew from the kept originals, one after the other.

        A document stays as it is until its new form is ready, so a cancelled ``progress`` loses
        nothing. Raises UnreadableFile at the end for originals that cannot be read any more;
        their documents stay as they were.
        """
        unread = []
        with self._own(), self._write():
            kept = list(self._originals)
            for number, original in enumerate(kept, 1):
                try:
                    self._renew(original)
                except UnreadableFile:
                    unread.append(original.name)
                if progress is not None:
                    progress(number, len(kept))
            self._words.clear()
            self._words.put(self._vectors.passages())
            self._read.clear()
        self._pending.unlink(missing_ok=True)
        if unread:
            raise UnreadableFile(
                f"{', '.join(unread)} could not be read anew and stayed as it was; "
                "add the file again."
            )

    def _renew(self, original: Original) -> None:
        passages = passages_of(_loaded(original))
        vectors = self._embed_passages(passages, None)
        heads = [h for h in self._vectors.heads() if h["original"] == original.key]
        for head in heads:
            self._drop(head["document"])
        self._store(passages, vectors, original, heads[0]["added"] if heads else _now())

    @contextmanager
    def _own(self) -> Iterator[None]:
        self._check_process()
        with self._writing:
            yield

    def _check_process(self) -> None:
        # Chroma's client hangs for ever in a process forked from its own.
        if os.getpid() != self._process:
            raise LibraryError(
                "A library opened in one process cannot be used in another; open it again there."
            )

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (texts, 384), unit length."""
        return self._encoder.encode(texts)

    def search(
        self, question: str, limit: int = 8, documents: Sequence[str] | None = None
    ) -> list[RankedPassage]:
        """The ``limit`` best passages for a question, best first.

        ``documents`` limits the search to these ids. Raises UnknownDocument for one that is not
        there.
        """
        self._check_process()
        for identity in documents or ():
            self.read(identity)
        if limit < 1 or (documents is not None and not documents) or not self._vectors.count():
            return []
        depth = max(DEPTH, limit)
        vector = self._encoder.encode([question])[0].tolist()
        dense = self._vectors.search(vector, depth, documents)
        lexical = self._words.search(question, depth, documents)
        found = []
        for ranked in fuse(dense, lexical):
            passage = self._passage(ranked.id)
            if passage is not None:
                found.append(
                    RankedPassage(passage, ranked.score, ranked.dense_rank, ranked.lexical_rank)
                )
            if len(found) == limit:
                break
        return found

    def _passage(self, key: str) -> Passage | None:
        identity, _, ordinal = key.rpartition(":")
        try:
            return self.read(identity).passages[int(ordinal)]
        except (UnknownDocument, IndexError):
            # Removed by another thread between the search and the reading.
            return None

    def retriever(self, limit: int = 8, documents: Sequence[str] | None = None) -> BaseRetriever:
        """The same search as a LlamaIndex retriever."""
        return FusedRetriever(lambda question: self.search(question, limit, documents))

    @contextmanager
    def _write(self) -> Iterator[None]:
        """Mark a write as begun, so that one that a crash cuts short is repaired at opening."""
        outermost = not self._pending.exists()
        self._pending.touch()
        yield
        # Left behind by an error, so that the next opening looks whether all is in step.
        if outermost:
            self._pending.unlink(missing_ok=True)

    def _repair(self, fresh: bool) -> None:
        """Undo or finish what a crash interrupted, and bring the word index back in step."""
        interrupted = self._pending.exists()
        if interrupted:
            heads = self._vectors.heads()
            there = {head["document"] for head in heads}
            newest = {head["origin"]: head["document"] for head in heads if head["origin"]}
            stale = {
                h["document"]
                for h in heads
                if newest.get(h["origin"], h["document"]) != h["document"]
            }
            torn = {key.rpartition(":")[0] for key in self._vectors.ids()} - there
            removed = self._originals.set_aside_ids()
            kept = {original.key for original in self._originals}
            gone = {
                h["document"]
                for h in heads
                if h["original"] not in kept and h["document"] in removed
            }
            for identity in stale | torn | gone:
                self._drop(identity)
        if interrupted or fresh or self._vectors.count() <= CHECKED_PASSAGES:
            wanted = self._vectors.ids(searchable=True)
            if wanted != self._words.ids():
                self._words.clear()
                self._words.put(self._vectors.passages())
        if interrupted:
            # What was being written is finished; nothing that was added is lost to a crash.
            stored = {head["original"] for head in self._vectors.heads()}
            kept_ones = list(self._originals)
            newest_kept = {original.origin: original.key for original in kept_ones}
            for original in kept_ones:
                if original.key in stored:
                    continue
                if original.origin and newest_kept[original.origin] in stored - {original.key}:
                    # Its newer version is there; only its deletion was cut short.
                    self._originals.discard(original.key)
                else:
                    # One that cannot be read or stored must not keep the library shut.
                    with suppress(Exception):
                        self._add(_loaded(original), original, None)
        self._pending.unlink(missing_ok=True)


def passages_of(loaded: Loaded) -> tuple[Passage, ...]:
    """A text labelled and packed; one that names no title is named by its first words."""
    labelled = label(loaded.text, loaded.metadata)
    metadata = labelled.metadata
    if not metadata.title:
        metadata = replace(metadata, title=_first_words(loaded.text))
    identity = document_id(metadata.title, loaded.text)
    return pack(identity, loaded.text, labelled.sentences, metadata)


def document_id(title: str, text: str) -> str:
    """An id from the title, for people, and from the canonical text, so that it names just this."""
    plain_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain_title).strip("-")[:40].rstrip("-") or "article"
    return f"{slug}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _first_words(text: str) -> str:
    words = plain(text[:200]).split()
    return " ".join(words[:8]) + ("…" if len(words) > 8 else "")


def _loaded(original: Original) -> Loaded:
    """The text of a kept original with what was said of it when it was added."""
    loaded = parse(original.content, original.name)
    given = original.metadata
    facts = {
        name: getattr(given, name) or getattr(loaded.metadata, name) for name in Metadata.__slots__
    }
    metadata = Metadata(**facts)
    if given.title and not plain(loaded.text).startswith(plain(given.title)):
        loaded = with_header(loaded.text, metadata, given.date)
    return Loaded(loaded.text, metadata)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
