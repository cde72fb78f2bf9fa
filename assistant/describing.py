"""Who somebody is: the words by which the source introduces a person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index import Document

ASKED = re.compile(
    r"^(?:and\s+|so\s+)?who(?:'s|\s+is|\s+was|\s+are)\s+(?P<name>[^?,]{2,60}?)\s*(?:exactly|again)?\W*$",
    re.IGNORECASE,
)
# "Who is the author", "who is in charge", "who is responsible for …" ask for a person, not about one.
NO_NAME = re.compile(
    r"^(?:the|a|an|his|her|their|its|this|that|he|she|they|it|in|on|at|behind|to|for|responsible"
    r"|going|being|not|\w+ing|\w+ed)\b",
    re.IGNORECASE,
)
PART = r"[\w’'\-]+"
WHO_IS = re.compile(r"^,\s+(?:who|which)\s+(?:is|was|has been)\s+(?P<what>[^,;:.—–]+)")
APPOSED = re.compile(
    r"^\s*(?:,|\s[–—-]\s|\()\s*(?P<what>(?:an?|the|one of|head|chief|former|leader|member|director|professor|president|chair\w*|senior|co-)[^,;:()—–]*)"
)
COPULA = re.compile(
    r"^\s+(?:is|was|has been|became|remains)\s+(?P<what>(?:an?|the|one of)\b[^,;:—–]*)"
)
PREDICATE = re.compile(r"^\s+(?P<what>(?:\w+s|\w+ed|led|ran|wrote|teaches)\s+[^,;:—–]+)")
BEFORE = re.compile(
    r"(?<!\w)(?P<what>(?:[Tt]he\s+)?(?:(?!(?:with|of|by|to|from|for|in|on|at|and|as|that|when|while|if|but|told|met|said)\b)[\w’'\-]+\s+){0,5}?(?:president|minister|secretary|mayor|chancellor|senator|governor"
    r"|professor|director|leader|chief|general|king|queen|prince|princess|pope|judge|captain"
    r"|spokes(?:wo)?man|spokesperson|analyst|expert|economist|historian|author|scientist|researcher"
    r"|biologist|engineer|coach|chair(?:wo)?man|head|founder|ambassador|commander|doctor|teacher"
    r"|driver|farmer|lawyer|artist|singer|actor|actress|writer|owner|manager))(?:,)?\s+$",
    re.IGNORECASE,
)  # fmt: skip
FIRST_NAME = re.compile(rf"\b[A-Z]{PART}\s+$")


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a person at ``[start, end)`` of a sentence of a document."""

    document: Document
    sentence: int
    start: int
    end: int


def person_asked(question: str) -> str | None:
    """The person a question asks about ("Who is Ann Lee?"), or None where it asks for another."""
    match = ASKED.match(" ".join(question.replace("’", "'").split()))
    if match is None or NO_NAME.match(match.group("name")) or len(match.group("name").split()) > 5:
        return None
    return match.group("name").strip()


def describe(name: str, documents: Sequence[Document]) -> Description | None:
    """Where a source says who the person is; None where nothing introduces them.

    The most telling form wins ("who is", an apposition, "X is …", a title before the name, what
    the person does), then the earlier sentence.
    """
    found: list[tuple[int, int, Description]] = []
    for order, document in enumerate(documents):
        for index, span in enumerate(document.sentences):
            if not span.kind.is_fact:
                continue
            sentence = document.text[span.start : span.end]
            for rank, start, end in _descriptions(name, sentence) or _descriptions(
                name.split()[-1], sentence
            ):
                place = order * 100_000 + index
                at = Description(document, index, span.start + start, span.start + end)
                found.append((rank, place, at))
    return min(found, key=lambda item: item[:2])[2] if found else None


def _descriptions(name: str, sentence: str) -> list[tuple[int, int, int]]:
    """Rank, start and end of every description of the name in the sentence."""
    full = r"\s+".join(map(re.escape, name.split()))
    pattern = re.compile(rf"\b(?i:{full})\b(?:\s+[A-Z]{PART})*")
    found = []
    for match in pattern.finditer(sentence):
        behind, before = sentence[match.end() :].rstrip(".!?"), sentence[: match.start()]
        for rank, form in enumerate((WHO_IS, APPOSED, COPULA)):
            told = form.match(behind)
            if told and len(told.group("what").split()) > 1:
                found.append(
                    (rank, match.end() + told.start("what"), match.end() + told.end("what"))
                )
        # A surname is met behind the first names, which stand behind the title.
        title, first_names = BEFORE.search(before), ""
        for _ in range(2):
            first = FIRST_NAME.search(before[: len(before) - len(first_names)])
            if title or not first:
                break
            first_names = before[first.start() :]
            title = BEFORE.search(before[: first.start()])
        if title:
            found.append((3, title.start("what"), match.end()))
        does = PREDICATE.match(behind)
        if does and before == first_names:
            found.append((4, match.end() + does.start("what"), match.end() + does.end("what")))
    return found
