"""The articles that come with the program, put once into every new library."""

from __future__ import annotations

import json

import corpus
from index import Library

RECORD = "shipped.json"


def add_shipped_articles(library: Library) -> None:
    """Add the shipped articles this library has not been given before.

    One that the user has removed does not come back.
    """
    record = library.folder / RECORD
    given = set(json.loads(record.read_text(encoding="utf-8"))) if record.exists() else set()
    fresh = [path for path in corpus.articles() if path.name not in given]
    for path in fresh:
        library.add(path)
    if fresh:
        names = sorted(given | {path.name for path in fresh})
        record.write_text(json.dumps(names), encoding="utf-8")
