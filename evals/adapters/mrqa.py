"""MRQA 2019's JSONL: a header line, then one context with its questions a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..examples import Example
from .lines import read_lines


def recognises(first: dict[str, Any] | None) -> bool:
    """Whether the first line is MRQA's header or one of its contexts."""
    return first is not None and ("header" in first or ("qas" in first and "context" in first))


def read(path: Path) -> list[Example]:
    """The examples; raises KeyError for a record without what the format asks for."""
    examples: list[Example] = []
    source = ""
    for number, line in enumerate(read_lines(path)):
        record = json.loads(line) if line.strip() else {}
        if "header" in record:
            source = str(record["header"].get("dataset", ""))
        elif record:
            examples += [
                Example(
                    str(question.get("qid") or question["id"]),
                    str(record.get("title") or record.get("id") or number),
                    record["context"],
                    question["question"],
                    tuple(dict.fromkeys(question["answers"])),
                    source,
                )
                for question in record["qas"]
            ]
    return examples
