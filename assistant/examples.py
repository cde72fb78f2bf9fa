"""Example questions made from the articles in hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index import Document, Kind

from .attribution import speaker_of

NAME = re.compile(r"\b[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)+\b")
# A name before a noun describes it ("North Korean troops") and is no topic by itself.
DESCRIBES = re.compile(
    r"\s(?!(?:and|or|in|at|on|of|to|for|is|was|has|had|may|will|said|says|who|by)\b)[a-z]"
)


def example_questions(articles: Sequence[Document], count: int) -> list[str]:
    """At most ``count`` questions: who spoke, what it turns on, what every article answers."""
    made: list[str] = []
    for document in articles[:2]:
        body = [s for s in document.sentences if s.kind is Kind.BODY]
        words = [document.text[s.start : s.end] for s in body]
        speakers = Counter(filter(None, (speaker_of(words, i) for i in range(len(words)))))
        people = [name for name, _ in speakers.most_common() if NAME.fullmatch(name)]
        names = Counter(
            match.group()
            for line in words
            for match in NAME.finditer(line)
            if not DESCRIBES.match(line, match.end())
        )
        topics = [n for n, seen in names.most_common() if seen > 1 and n not in people]
        made += [f"What did {name} say?" for name in people[:1]]
        made += [f"What does the article say about {name}?" for name in topics[:1]]
    if articles:
        made += ["Summarise the article", "Who is quoted?", "When was it published?"]
    return list(dict.fromkeys(made))[:count]
