"""QuAC's JSON (Choi et al. 2018): SQuAD's form, conversations, CANNOTANSWER for no answer."""

from __future__ import annotations

from typing import Any

from ..examples import Example
from ..measures.human_equivalence import NO_ANSWER, agreed_references


def recognises(content: Any) -> bool:
    """Whether the value has the form of SQuAD's with QuAC's mark of no answer."""
    for article in content["data"][:5]:
        for paragraph in article["paragraphs"]:
            if paragraph["context"].rstrip().endswith(NO_ANSWER):
                return True
    return False


def read(content: Any) -> list[Example]:
    """The examples; ``history`` holds the earlier questions and answers of each conversation."""
    examples: list[Example] = []
    for article in content["data"]:
        title = " ".join(filter(None, (article.get("title"), article.get("section_title"))))
        for paragraph in article["paragraphs"]:
            context = paragraph["context"].rstrip().removesuffix(NO_ANSWER).rstrip()
            asked: list[str] = []
            for question in paragraph["qas"]:
                references = agreed_references([a["text"] for a in question["answers"]])
                examples.append(
                    Example(
                        str(question["id"]),
                        title,
                        context,
                        question["question"],
                        tuple(dict.fromkeys(text for text in references if text != NO_ANSWER)),
                        "QuAC",
                        tuple(asked),
                        str(paragraph.get("id") or question["id"].partition("_q#")[0]),
                        references,
                    )
                )
                given = question.get("orig_answer") or question["answers"][0]
                asked += [question["question"], given["text"].replace(NO_ANSWER, "")]
    return examples
