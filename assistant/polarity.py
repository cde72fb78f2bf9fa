"""Yes/no questions: whether a sentence decides one, and which way."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .reader.support import QUESTION_WORDS, WORD, stem

NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|barely|denie[sd]|deny"
    r"|denying|lacks?|lacking|fail(?:s|ed)?|refuse[sd]?|rejected|isn'?t|aren'?t|wasn'?t|weren'?t"
    r"|don'?t|doesn'?t|didn'?t|hasn'?t|haven'?t|hadn'?t|won'?t|wouldn'?t|couldn'?t|can'?t)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Decision:
    """``yes`` or no, and the share, from 0 to 1, of the question's words the sentence holds."""

    yes: bool
    share: float


def decide(question: str, sentence: str, context: str, least: float) -> Decision | None:
    """Whether the sentence says yes or no to the question, or None where it decides nothing.

    ``context`` is what the reader of the article knows at the sentence: the title and the
    sentence before. Names and numbers of the question must stand in the sentence or there;
    of its words at least the share ``least``, those in the context counting half.
    """
    here = {stem(word) for word in WORD.findall(sentence)}
    known = here | {stem(word) for word in WORD.findall(context)}
    shares = []
    for place, match in enumerate(WORD.finditer(question)):
        word = match.group()
        if word.lower().replace("’", "'") in QUESTION_WORDS or NEGATION.fullmatch(word):
            continue
        named = (word[0].isupper() and place > 0) or word[0].isdigit()
        if named and stem(word) not in known:
            return None
        shares.append(1.0 if stem(word) in here else 0.5 if stem(word) in known else 0.0)
    share = sum(shares) / len(shares) if shares else 0.0
    if share < least:
        return None
    plain = sentence.replace("’", "'")
    denied = len(NEGATION.findall(plain)) % 2 == 1
    asked_denied = bool(NEGATION.search(question.replace("’", "'")))
    return Decision(denied == asked_denied, share)
