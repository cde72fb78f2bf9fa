"""A question in other words by rule: how it opens, and words that another word may stand for."""

from __future__ import annotations

import re

OPENINGS = tuple(
    (re.compile(pattern, re.IGNORECASE), opening)
    for pattern, opening in (
        (r"^what (?:did|does|do) (.+?) say about (.+)$", r"What was said by \1 about \2"),
        (r"^what (?:did|does|do) (.+?) say\b", r"What was said by \1"),
        (r"^who (are|were)\b", r"Which people \1"),
        (r"^who\b(?! else)", r"Which person"),
        (r"^when\b", r"At what time"),
        (r"^where\b", r"In what place"),
        (r"^why\b", r"For what reason"),
        (r"^how many\b", r"What number of"),
        (r"^how much (did|does|do|is|was|are|were|has|have|will)\b", r"What amount \1"),
        (r"^how much\b", r"What amount of"),
        (r"^how long\b", r"For what length of time"),
        (r"^how (did|does|do|is|was|are|were|can|will)\b", r"In what way \1"),
        (r"^which\b", r"What"),
        (r"^what\b", r"Please tell me what"),
        (
            r"^(is|are|was|were|did|does|do|has|have|had|can|could|will|would)\b",
            r"I would like to know: \1",
        ),
        (r"^", r"About the article: "),
    )
)
"""How a question opens, and how it may open instead; the first that fits is used."""

SYNONYMS = {
    "allow": "permit", "allowed": "permitted", "almost": "nearly", "announced": "made public",
    "article": "text", "began": "started", "begin": "start", "big": "large", "biggest": "largest",
    "built": "constructed", "build": "construct", "bought": "purchased", "buy": "purchase",
    "children": "kids", "companies": "firms", "company": "firm", "countries": "nations",
    "country": "nation", "doctor": "physician", "doctors": "physicians", "film": "movie",
    "happen": "occur", "happened": "occurred", "help": "assist", "helped": "assisted",
    "injured": "hurt", "money": "funds", "need": "require", "needed": "required",
    "said": "stated", "says": "states", "select": "choose", "selected": "chosen",
    "started": "began", "town": "settlement", "want": "wish", "wants": "wishes",
    "warn": "caution", "warned": "cautioned", "weapons": "arms", "wrote": "authored",
}  # fmt: skip
"""Words with one sense in nearly every question; names, with their capital, are left alone."""


def reworded(text: str) -> str:
    """The question as somebody else might put it; what is asked stays the same."""
    for pattern, opening in OPENINGS:
        changed, count = pattern.subn(opening, text, count=1)
        if count:
            break
    return re.sub(r"\b[a-z]+\b", lambda word: SYNONYMS.get(word.group(), word.group()), changed)
