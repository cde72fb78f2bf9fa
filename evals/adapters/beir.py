"""BEIR's folders (Thakur et al. 2021): corpus.jsonl, queries.jsonl, qrels/test.tsv."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..questions import QuestionSetError
from .lines import read_lines


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Texts by id as (title, text), queries by id, and for each query its texts' relevance."""

    corpus: dict[str, tuple[str, str]]
    queries: dict[str, str]
    relevant: dict[str, dict[str, int]]


def read(folder: Path, split: str = "test") -> RetrievalSet:
    """The set in a folder; raises QuestionSetError where a file of it cannot be used."""
    corpus = {
        str(record["_id"]): (record.get("title") or "", record["text"])
        for record in _records(_file(folder, "corpus.jsonl"))
    }
    queries = {str(r["_id"]): r["text"] for r in _records(_file(folder, "queries.jsonl"))}
    relevant: dict[str, dict[str, int]] = {}
    path = folder / "qrels" / f"{split}.tsv"
    for number, row in enumerate(csv.reader(read_lines(path), delimiter="\t")):
        if number == 0 and row[-1:] == ["score"]:
            continue
        if len(row) != 3:
            raise QuestionSetError(f"{path.name}, line {number + 1}: not query, text and score.")
        if (grade := _grade(row[2], path, number)) > 0:
            relevant.setdefault(row[0], {})[row[1]] = grade
    return RetrievalSet(
        corpus,
        {query: queries[query] for query in relevant if query in queries},
        relevant,
    )


def _grade(score: str, path: Path, number: int) -> int:
    try:
        return int(score)
    except ValueError as error:
        raise QuestionSetError(
            f"{path.name}, line {number + 1}: {score!r} is no whole number."
        ) from error


def _file(folder: Path, name: str) -> Path:
    packed = folder / f"{name}.gz"
    return packed if packed.exists() else folder / name


def _records(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            _ = record["_id"], record["text"]
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise QuestionSetError(f"{path.name}, line {number}: {error}.") from error
        yield record
