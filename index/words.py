"""Lexical search: BM25 over an SQLite full-text index, kept in step with Chroma."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from .document import Passage

WORD = re.compile(r"[^\W_]+")
STOP_WORDS = frozenset(
    (
        "a about after all also am an and any are as at be because been before being but by "
        "can could did do does doing for from had has have having he her here hers him his "
        "how i if in into is it its just me more most my no nor not of on once or other our "
        "out over own s same she should so some such t than that the their them then there "
        "these they this those through to too under until up very was we were what when "
        "where which while who whom whose why will with would you your"
    ).split()
)
# The passage's own words count most; its heading and title say what it is about.
COLUMN_WEIGHTS = "1.0, 0.6, 0.4"
VERSION = 1


class WordIndex:
    """Which passages hold which words. Derived: it can be rebuilt from the passages at any time.

    Safe to use from several threads.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._open()

    def _open(self) -> None:
        try:
            self._connect()
        except sqlite3.DatabaseError:
            # Damaged, and nothing is lost: the library fills a fresh one from Chroma.
            self._connection.close()
            self._path.unlink()
            self._connect()

    def _connect(self) -> None:
        self._connection = sqlite3.connect(self._path, check_same_thread=False)
        with self._connection as database:
            if database.execute("pragma user_version").fetchone()[0] != VERSION:
                database.execute("drop table if exists passage")
                database.execute(
                    "create virtual table passage using fts5("
                    "text, section, title, id unindexed, document unindexed, "
                    "tokenize = 'porter unicode61 remove_diacritics 2')"
                )
                database.execute(f"pragma user_version = {VERSION}")

    def close(self) -> None:
        """Close the index's file."""
        with self._lock:
            self._connection.close()

    def put(self, passages: Iterable[Passage]) -> None:
        """Add searchable passages, a known id anew."""
        rows = [
            (searchable_text(p), p.section, p.metadata.title, p.id, p.document)
            for p in passages
            if p.searchable
        ]
        with self._lock, self._connection as database:
            database.executemany("delete from passage where id = ?", [(row[3],) for row in rows])
            database.executemany("insert into passage values (?, ?, ?, ?, ?)", rows)

    def delete(self, document: str) -> None:
        """Remove a document's passages."""
        with self._lock, self._connection as database:
            database.execute("delete from passage where document = ?", (document,))

    def clear(self) -> None:
        """Forget everything."""
        with self._lock, self._connection as database:
            database.execute("delete from passage")

    def ids(self) -> set[str]:
        """The ids of all passages."""
        with self._lock:
            return {row[0] for row in self._connection.execute("select id from passage")}

    def search(self, question: str, limit: int, documents: Sequence[str] | None) -> list[str]:
        """Ids of the passages with the question's words, best first by BM25 (Robertson 1994).

        Every word is taken literally, whatever query language the index has.
        """
        words = list(dict.fromkeys(word.lower() for word in WORD.findall(question)))
        words = [word for word in words if word not in STOP_WORDS] or words
        if not words:
            return []
        match = " OR ".join(f'"{word}"' for word in words)
        chosen = ""
        values: list[str | int] = [match]
        if documents is not None:
            chosen = f" and document in ({','.join('?' * len(documents))})"
            values += documents
        with self._lock:
            rows = self._connection.execute(
                f"select id from passage where passage match ?{chosen} "  # noqa: S608
                f"order by bm25(passage, {COLUMN_WEIGHTS}), id limit ?",
                [*values, limit],
            )
            return [row[0] for row in rows]


def searchable_text(passage: Passage) -> str:
    """The passage without its furniture."""
    return " ".join(passage.quote(s) for s in passage.sentences if s.kind.is_fact)
