"""Questions for all of a kind that an article names: "Which universities are mentioned?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index import Document

from .candidates import Candidate
from .reader.countries import country_mentions
from .understanding.mentions import is_plural

ASKED = re.compile(
    r"^(?:and\s+)?(?:which|what)\s+(?P<noun>[a-z]+)\s+(?:are|is|were|was|does|do|get|gets)\s+"
    r"(?:(?:it|the article|this article|the text|this text)\s+)?(?:mention(?:ed)?|named?|listed?|talked about)\b[^?]*\W*$"
    r"|^(?:list|name)\s+(?:all\s+)?(?:the\s+)?(?P<noun2>[a-z]+)(?:\s+(?:that are\s+|which are\s+)?(?:mentioned|named)[^?]*)?\W*$",
    re.IGNORECASE,
)
WORD = r"[A-Z][\w’'\-]*"


def kind_asked(question: str) -> str | None:
    """The kind, in the singular, of which everything named is asked for; None for others."""
    match = ASKED.match(question.strip())
    if match is None:
        return None
    noun = (match.group("noun") or match.group("noun2")).lower()
    if not is_plural(noun):
        return None
    return f"{noun[:-3]}y" if noun.endswith("ies") else noun.removesuffix("s")


def named_of_kind(kind: str, documents: Sequence[Document]) -> list[Candidate]:
    """The first mention of everything whose name says that it is of a kind, and of countries."""
    noun = kind.capitalize()
    pattern = re.compile(
        rf"(?:{WORD}\s+)*{noun}\b(?:\s+(?:of|for)\s+(?:the\s+)?{WORD}(?:\s+(?:and\s+)?{WORD})*)?"
    )
    found: dict[str, Candidate] = {}
    for document in documents:
        for index, sentence in enumerate(document.sentences):
            if not sentence.kind.is_fact:
                continue
            words = document.text[sentence.start : sentence.end]
            spans = (
                [(m.country, m.start, m.end) for m in country_mentions(words) if not m.capital]
                if kind == "country"
                else [(m.group(), m.start(), m.end()) for m in pattern.finditer(words)]
            )
            for name, start, end in spans:
                at = sentence.start + start, sentence.start + end
                if name.lower() != kind:
                    found.setdefault(name, Candidate(document, index, *at, 0.0, 1.0))
    return list(found.values())
