"""SQuAD 1.1 and 2.0's JSON; SQuADShifts comes in the same form (Miller et al. 2020)."""

from __future__ import annotations

from typing import Any

from ..examples import Example


def recognises(content: Any) -> bool:
    """Whether the JSON value has SQuAD's form: data, paragraphs, qas."""
    data = content.get("data") if isinstance(content, dict) else None
    return isinstance(data, list) and bool(data) and "paragraphs" in data[0]


def read(content: Any) -> list[Example]:
    """The examples; raises KeyError for a record without what the format asks for."""
    return [
        Example(
            str(question["id"]),
            str(article.get("title", "")),
            paragraph["context"],
            question["question"],
            ()
            if question.get("is_impossible")
            else tuple(dict.fromkeys(answer["text"] for answer in question["answers"])),
            f"SQuAD {content.get('version', '')}".strip(),
        )
        for article in content["data"]
        for paragraph in article["paragraphs"]
        for question in paragraph["qas"]
    ]
