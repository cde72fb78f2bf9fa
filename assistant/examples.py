"""Example questions made from the articles in hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest

from index import Document, Kind

from .attribution import speaker_of

NAME = re.compile(r"\b[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)+\b")
# A name before a noun describes it ("North Korean troops") and is no topic by itself.
DESCRIBES = re.compile(
    r"\s(?!(?:and|or|in|at|on|of|to|for|is|was|has|had|may|will|said|says|who|by)\b)[a-z]"
)


def example_questions(articles: Sequence[Document], count: int) -> list[str]:
    """At most ``count`` questions with the articles' own names: who spoke, what it turns on.

    The first two articles take turns, so that each is asked about. An article without any name
    is asked about by its title.
    """
    made = [_questions(document) for document in articles[:2]]
    turns = (question for each in zip_longest(*made) for question in each if question)
    return list(dict.fromkeys(turns))[:count]


def _questions(document: Document) -> list[str]:
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
    topics: list[str] = []
    for name, seen in names.most_common():
        # "North Koreans" after "North Korea" would ask the same again.
        if seen > 1 and name not in people and not name.startswith(tuple(topics)):
            topics.append(name)
    about = [f"What does the article say about {name}?" for name in topics[:3]]
    said = [f"What did {name} say?" for name in people[:3]]
    made = [q for pair in zip_longest(said, about) for q in pair if q]
    title = document.metadata.title.strip()
    return made or ([f"Summarise “{title}”"] if title else [])
