"""Typing errors in a question, mended from the words of the articles and of the language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from spellchecker import SpellChecker

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
ENDING = re.compile(r"(?:['’]s|s['’]|['’])$")
DOUBLED = re.compile(r"(\w)\1")
SHORTEST = 4
SHORTEST_NAME = 5
"""Letters from which a word, and one typed with a capital, may be taken for a misspelling."""
RARE = 20
"""Times that a word stands in the dictionary's corpus, under which it may be an error itself."""
WELL_KNOWN = 1000
FREQUENT = frozenset(
    "what when where which who whose why how does did have has had the that this these those with"
    " from there many much".split()
)
SHORT = 5
"""Letters up to which a word that is seldom met is taken for one of the most frequent ones."""
SELDOM = 5000
BRITISH = (
    ("ise", "ize"),
    ("isa", "iza"),
    ("isi", "izi"),
    ("yse", "yze"),
    ("our", "or"),
    ("tre", "ter"),
)
INFLECTIONS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "al", "ness")


def corrected(question: str, article_words: Callable[[], Mapping[str, str]]) -> str:
    """The question with its typing errors mended, unchanged where none is sure.

    ``article_words`` gives the words of the articles, as they write them, by their small letters;
    it is called only where a word is not English. A word is mended where one error away
    (Damerau 1964: a letter too many, one missing, another one, or two swapped) stands a word of
    the articles, else an English one. Short words and short names are left alone.
    """

    def mended(match: re.Match[str]) -> str:
        typed = ENDING.sub("", match.group())
        rest = match.group()[len(typed) :]
        low = typed.lower()
        name = typed[:1].isupper() and bool(question[: match.start()].strip())
        if not low.isascii() or not low.isalpha() or low in FREQUENT:
            return match.group()
        if not name and 2 < len(low) <= SHORT and dictionary()[low] < SELDOM:
            near = article_words()
            found = None if low in near else nearest(low, FREQUENT.union(near))
            if found in FREQUENT:
                return _as_typed(str(found), typed) + rest
        if len(low) < (SHORTEST_NAME if name else SHORTEST) or _is_known(low, _english):
            return match.group()
        near = article_words()
        if _is_known(low, near.__contains__):
            return match.group()
        found = nearest(low, [w for w in near if not name or near[w][0].isupper()])
        if found is not None:
            return _as_typed(near[found], typed) + rest
        found = None if name else nearest(low, None)
        return match.group() if found is None else _as_typed(found, typed) + rest

    return WORD.sub(mended, question)


def nearest(word: str, choices: Iterable[str] | None) -> str | None:
    """The word likeliest meant, of the choices or of English; None where none is one error away.

    Ties go to two swapped letters or one typed twice, then to the longer word, for letters are dropped more often
    than added, then to what is more frequent in English. A guess that the
    first letter is the wrong one is often another word, and not made.
    """
    edits = _speller().edit_distance_1(word)
    found = edits & set(choices) if choices is not None else {e for e in edits if _english(e)}
    likely = [
        (
            sorted(choice) != sorted(word) and DOUBLED.sub(r"\1", word) != choice,
            -len(choice),
            -dictionary()[choice],
            choice,
        )
        for choice in found
        if choice[0] == word[0] and len(choice) >= SHORTEST - 1
    ]
    return min(likely)[3] if likely else None


@lru_cache(maxsize=1)
def _speller() -> SpellChecker:
    return SpellChecker(language="en", distance=1)


def dictionary() -> Mapping[str, int]:
    """How often words stand in the dictionary's corpus; 0 for one that is not there."""
    counts: Mapping[str, int] = _speller().word_frequency.dictionary
    return counts


def _english(word: str) -> bool:
    spellings = [word, *(word.replace(here, there) for here, there in BRITISH if here in word)]
    return any(dictionary()[spelling] >= RARE for spelling in spellings)


def _well_known(word: str) -> bool:
    return dictionary()[word] >= WELL_KNOWN


def _is_known(word: str, is_word: Callable[[str], bool]) -> bool:
    if is_word(word):
        return True
    if is_word is _english:
        is_word = _well_known
    # The stem must be well known: "trops" is no plural of a rare word.
    stems = (word.removesuffix(ending) for ending in INFLECTIONS if word.endswith(ending))
    return any(is_word(stem) or is_word(f"{stem}e") for stem in stems if len(stem) >= SHORTEST)


def _as_typed(word: str, typed: str) -> str:
    return f"{word[0].upper()}{word[1:]}" if typed[:1].isupper() else word


@lru_cache(maxsize=512)
def words_of(text: str) -> Mapping[str, str]:
    """A text's words as it writes them, by their small letters; small ones before capitals."""
    found: dict[str, str] = {}
    for match in WORD.finditer(text):
        word = ENDING.sub("", match.group())
        if word.islower() or word.lower() not in found:
            found[word.lower()] = word
    return found
