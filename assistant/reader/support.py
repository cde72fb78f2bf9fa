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
from difflib import SequenceMatcher
from functools import lru_cache

import snowballstemmer

from .countries import country_mentions

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
QUESTION_WORDS = frozenset(
    (
        "a about above across after again against ago all along already also among an and any are "
        "around as at be became because become been before behind being below beside between "
        "both but by can could did do does done down during each either else ever every exactly "
        "for from gave get gets give given go goes got had has have having he her here hers him "
        "his how i if in inside into is it its itself just let made make makes many may me might "
        "mine more most much must my name named near neither no nor not now of off on once one "
        "onto or other our out outside over per please said say says shall she should since so "
        "some such tell than that the their theirs them then there these they thing things this "
        "those through to together too toward towards two under until up upon us very via was we "
        "were what when where whether which while who whom whose why will with within without "
        "would yet you your article according"
    ).split()
)
PLACE_BEFORE = re.compile(
    r"\b(?:in|at|from|to|near|of|around|outside|into|for|visit(?:s|ed|ing)?|reach(?:ed)?|left|leave)"
    r"\s+(?:central\s+|downtown\s+)?$",
    re.IGNORECASE,
)
# Of Zelensky and Zelenskyy, but not of Austria and Australia.
SPELT_ALIKE = 0.85
STEMMER = snowballstemmer.stemmer("english")
# The stemmer keeps the word it works on in itself.
STEMMING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a question that must be met; ``key`` is its stem or the country it names."""

    key: str
    word: str
    named: bool
    number: bool


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


@lru_cache(maxsize=4096)
def keys(text: str) -> frozenset[str]:
    """What a text holds: the stems of its words, and the countries it names in any way."""
    stems = {stem(word) for word in WORD.findall(text)}
    return frozenset(stems | {f"country {m.country}" for m in country_mentions(text)})


def positions(text: str) -> list[tuple[int, str]]:
    """The keys of a text with the characters they begin at, in order."""
    found = [(m.start(), stem(m.group())) for m in WORD.finditer(text)]
    return sorted(found + [(m.start, f"country {m.country}") for m in country_mentions(text)])


@lru_cache(maxsize=256)
def terms(question: str) -> tuple[Term, ...]:
    """The words of a question that an answer's surroundings should hold, in order.

    A country is one term whatever its name has in words. A capital that somebody goes to or is
    in is only itself, for a question about a city is not answered by its country; elsewhere, as
    in "Has Moscow confirmed it?", it is its country.
    """
    countries = [
        m
        for m in country_mentions(question)
        if not (m.capital and PLACE_BEFORE.search(question[: m.start]))
    ]
    found = [
        Term(f"country {m.country}", question[m.start : m.end], True, False) for m in countries
    ]
    places = [m.start for m in countries]
    for place, match in enumerate(WORD.finditer(question)):
        word = match.group()
        if word.lower().replace("’", "'") in QUESTION_WORDS:
            continue
        if any(m.start <= match.start() < m.end for m in countries):
            continue
        named = word[0].isupper() and place > 0
        found.append(Term(stem(word), word, named, word[0].isdigit()))
        places.append(match.start())
    return tuple(term for _, term in sorted(zip(places, found, strict=True), key=lambda x: x[0]))


def met(term: Term, present: frozenset[str]) -> bool:
    """Whether a text holds a term; a name also in a spelling that differs by a letter or two."""
    if term.key in present:
        return True
    if not term.named or len(term.key) < 5 or term.key.startswith("country "):
        return False
    return any(
        abs(len(key) - len(term.key)) <= 2
        and key[0] == term.key[0]
        and SequenceMatcher(None, key, term.key).ratio() >= SPELT_ALIKE
        for key in present
    )


def support(question: str, passage: str) -> Support:
    """What of the question stands in the passage."""
    present = keys(passage)
    asked = terms(question)

    def share(chosen: list[Term]) -> float:
        return sum(met(t, present) for t in chosen) / len(chosen) if chosen else 1.0

    return Support(
        share(list(asked)),
        share([t for t in asked if t.named]),
        share([t for t in asked if t.number]),
    )
