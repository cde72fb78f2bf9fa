"""Token F1 as SQuAD defines it, for choosing and calibrating (Rajpurkar et al. 2016)."""

from __future__ import annotations

import re
import string
from collections import Counter

ARTICLES = re.compile(r"\b(a|an|the)\b")
PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalised_tokens(text: str) -> list[str]:
    """Lower-case words without punctuation and articles."""
    return ARTICLES.sub(" ", text.lower().translate(PUNCTUATION)).split()


def token_f1(found: str, accepted: str) -> float:
    """The F1 of the two texts' words, from 0 to 1; 1 where both have none."""
    ours, theirs = normalised_tokens(found), normalised_tokens(accepted)
    if not ours or not theirs:
        return float(ours == theirs)
    common = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * common / (len(ours) + len(theirs))
