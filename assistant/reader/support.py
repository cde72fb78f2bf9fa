"""How much of a question a passage speaks of: names, numbers and words that stand in both.

A question about what is not in the article names people, places or years the article does not
name. The reader network sees this only in part; these shares are added to its score before
calibration.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
QUESTION_WORDS = frozenset(
    (
        "a about all also an and any are as at be because been but by can could did do does "
        "during exactly for from give had has have he her him his how i if in into is it its "
        "many me more most much my name named of on one or other our out over say says said "
        "she should so some such tell than that the their them then there these they this "
        "those to under up was we were what when where which while who whom whose why will "
        "with would you your please article according"
    ).split()
)
STEMMER = snowballstemmer.stemmer("english")
# The stemmer keeps the word it works on in itself.
STEMMING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Support:
    """Shares, from 0 to 1, of the question's words, names and numbers that a passage holds.

    1 where the question has none of the kind.
    """

    words: float
    names: float
    numbers: float


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word without accents, possessive and ending (Porter's English stemmer, Snowball)."""
    plain = unicodedata.normalize("NFKD", word.lower().replace("’", "'"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    with STEMMING:
        stemmed: str = STEMMER.stemWord(plain.removesuffix("'s"))
    return stemmed


def support(question: str, passage: str) -> Support:
    """What of the question stands in the passage."""
    present = {stem(word) for word in WORD.findall(passage)}
    words, names, numbers = [], [], []
    for place, match in enumerate(WORD.finditer(question)):
        word = match.group()
        if word.lower() in QUESTION_WORDS:
            continue
        found = stem(word) in present
        if word[0].isdigit():
            numbers.append(found)
        elif word[0].isupper() and place > 0:
            names.append(found)
        words.append(found)
    return Support(
        *(sum(found) / len(found) if found else 1.0 for found in (words, names, numbers))
    )
