"""People, places, groups, things and dates named in a text, found by their form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from .lexicon import (
    COUNTRIES,
    DEMONYMS,
    FEMALE,
    GROUP_NOUNS,
    MALE,
    MONTHS,
    PERSON_NOUNS,
    PLACE_NOUNS,
    PLURAL_ONLY,
    STOP_WORDS,
    TITLES,
    VERBS,
)


class Sort(StrEnum):
    """What a mention names; a word of unknown sort is a NAME or a THING."""

    PERSON = "person"
    PLACE = "place"
    GROUP = "group"
    DATE = "date"
    NUMBER = "number"
    NAME = "name"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Mention:
    """Something a text names, in the text's words: ``text[start:start + len(words)]``.

    ``gender`` is "m", "f" or "" where nothing tells.
    """

    words: str
    sort: Sort
    start: int
    plural: bool = False
    gender: str = ""

    @property
    def end(self) -> int:
        """Where the mention ends."""
        return self.start + len(self.words)


MONTH = "|".join(MONTHS)
DATE = re.compile(
    rf"\b(?:(?:{MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTH})(?:,?\s+\d{{4}})?"
    rf"|(?:early |late |mid-)?(?:{MONTH})(?:\s+\d{{4}})?"
    r"|(?:1[0-9]|20)\d\d(?:s|[-–]\d{2,4})?|\d{4}-\d\d-\d\d|the (?:1[0-9]|20)\d0s"
    r"|(?:last|next|this|that) (?:year|month|week|weekend|summer|winter|spring|autumn|fall|century|decade)"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|tomorrow"
    r"|(?:spring|summer|autumn|winter) (?:of )?\d{4})\b"
)
CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w&À-ÿ]*(?:[.](?=\w)\w*)*(?:[-’'][\wÀ-ÿ]+)*"
NAME = re.compile(
    rf"\b(?:(?:Mr|Mrs|Ms|Dr|Prof|St)\.\s+)?{CAPITAL}"
    rf"(?:\s+(?:of\s+the\s+|of\s+|for\s+|de\s+la\s+|de\s+|da\s+|di\s+|del\s+|van\s+der\s+|van\s+|von\s+|der\s+|al\s+|bin\s+|el\s+|la\s+|and\s+the\s+|&\s+)?(?:[A-Z]\.\s+)?{CAPITAL})*"
)
QUANTITY = re.compile(
    r"(?:[$€£¥]\s?)?\b\d[\d,]*(?:\.\d+)?(?:\s?(?:%|per\s?cent|percent|million|billion|trillion|thousand))?"
)
NOUN_PHRASE = re.compile(
    r"\b(?P<det>the|a|an|this|that|these|those|its|their|his|her|our|your|my|any|some|each|every|which|what"
    r"|how many|many|more|few|several|[\w’'-]+['’]s?|most|all|no|other|another|two|three|four|five)\s+"
    r"(?P<rest>[a-z][\w-]*(?:\s+[\w-]+){0,4})",
    re.IGNORECASE,
)


# Nouns that end as a present participle does.
ING_NOUNS = frozenset(
    "warning building meeting ruling hearing painting opening killing shooting bombing landing"
    " rating filing ceiling wedding evening morning funding spending training beginning housing"
    " flooding planning drawing writing finding feeling fishing farming mining spring string thing"
    " king wing offspring outing briefing gathering crossing clearing swimming parking".split()
)


def strip_possessive(words: str) -> str:
    """The words without a possessive ending."""
    return re.sub(r"(?:['’]s|(?<=s)['’])$", "", words)


@lru_cache(maxsize=512)
def names_of(text: str) -> tuple[Mention, ...]:
    """Names and dates of a text in order of place.

    A capital letter is a name's only mark, so the first word of a sentence counts only when it
    is not an ordinary word.
    """
    found = [Mention(m.group(), Sort.DATE, m.start()) for m in DATE.finditer(text)]
    taken = [(m.start, m.end) for m in found]
    for match in NAME.finditer(text):
        start, words = match.start(), match.group()
        words, start = _without_opening(text, words, start)
        for piece, at in _apart(words, start):
            clean = strip_possessive(piece)
            if not clean or any(low < at + len(clean) and at < high for low, high in taken):
                continue
            if clean.lower() in STOP_WORDS or (len(clean) == 1 and clean in "IAO"):
                continue
            found.append(_named(text, clean, at))
    return tuple(sorted(found, key=lambda m: m.start))


def _without_opening(text: str, words: str, start: int) -> tuple[str, int]:
    """A name without the ordinary words that only open the sentence: "In Paris", "The Trump"."""
    while True:
        first, _, rest = words.partition(" ")
        if not rest:
            return ("", start) if _ordinary(text, words, start) else (words, start)
        if not _ordinary(text, first, start):
            return words, start
        gap = len(words) - len(rest.lstrip())
        words, start = rest.lstrip(), start + gap
        # "The Bank of Norway": what is left may begin with a link word.
        link = re.match(r"(?:of|for|and)\s+(?:the\s+)?", words)
        if link:
            words, start = words[link.end() :], start + link.end()


def _ordinary(text: str, word: str, start: int) -> bool:
    plain = strip_possessive(word).lower()
    if plain in STOP_WORDS:
        return True
    opens = not text[:start].strip() or text[:start].rstrip()[-1] in '.?!:;"“”('
    return opens and (plain in VERBS or plain in PERSON_NOUNS or plain in GROUP_NOUNS)


def _apart(words: str, start: int) -> Iterable[tuple[str, int]]:
    """A run of capitals cut at possessives: "Putin's Moscow" names two."""
    place = 0
    for piece in re.split(r"(?<=['’]s)\s+|(?<=s['’])\s+", words):
        at = words.index(piece, place)
        place = at + len(piece)
        yield piece, start + at


def _named(text: str, words: str, start: int) -> Mention:
    tokens = words.split()
    low = [token.lower().rstrip(".") for token in tokens]
    behind = text[start + len(words) :]
    before = text[:start].lower().split()[-1:] or [""]
    gender = next((MALE_OR_FEMALE[t] for t in low if t in MALE_OR_FEMALE), "")
    if words.lower() in COUNTRIES:
        return Mention(words, Sort.PLACE, start, plural=words.lower().endswith("states"))
    if low[-1] in PLACE_NOUNS or low[0] in ("mount", "lake", "cape", "port", "fort", "san", "new"):
        return Mention(words, Sort.PLACE, start)
    if any(token in GROUP_NOUNS for token in low):
        return Mention(words, Sort.GROUP, start)
    if low[-1] in DEMONYMS:
        return Mention(words, Sort.NAME, start, plural=low[-1].endswith("s"))
    if low[0] in TITLES or before[0].strip(".,") in TITLES or before[0] in PERSON_NOUNS:
        return Mention(words, Sort.PERSON, start, gender=gender or _gender_around(text, start))
    if len(tokens) >= 2 and any(t in ("of", "for", "and", "&") for t in low):
        return Mention(words, Sort.GROUP, start)
    if re.match(r"\s*(?:,\s*\d{2},|,?\s+who\b|\s+(?:said|says|told|added|believes)\b)", behind):
        return Mention(words, Sort.PERSON, start)
    if words.isupper() and 2 <= len(words) <= 6:
        return Mention(words, Sort.GROUP, start)
    if 2 <= len(tokens) <= 4 and all(t[0].isupper() or t in PARTICLES for t in tokens):
        if any(t in DEMONYMS or t in COUNTRIES for t in low):
            return Mention(words, Sort.NAME, start)
        return Mention(words, Sort.PERSON, start, gender=gender)
    return Mention(words, Sort.NAME, start, plural=_plural_name(words, text))


MALE_OR_FEMALE = dict.fromkeys(MALE, "m") | dict.fromkeys(FEMALE, "f")
PARTICLES = frozenset("de da di del van von der den al bin el la".split())


def _gender_around(text: str, start: int) -> str:
    before = re.findall(r"\w+", text[max(0, start - 24) : start].lower())[-2:]
    return next((MALE_OR_FEMALE[w] for w in reversed(before) if w in MALE_OR_FEMALE), "")


def _plural_name(words: str, text: str) -> bool:
    return f"the {words}".lower() in text.lower() and words.endswith("s") and words[-2:] != "ss"


@lru_cache(maxsize=512)
def noun_phrases_of(text: str) -> tuple[Mention, ...]:
    """Phrases such as "the old bridge", ended before the first verb or link word."""
    found = []
    place = 0
    while match := NOUN_PHRASE.search(text, place):
        place = match.start("rest")
        start = match.start()
        det = match.group("det").lower()
        noun = _noun_words(match.group("rest"))
        # "says that troops march": a link word, not part of the phrase.
        linking = det in ("that", "this") and bool(noun) and is_plural(noun.split()[-1])
        if linking or det in ("how many", "which", "what", "many", "more", "any"):
            start = match.start("rest")
        words = noun
        if not words:
            continue
        end = match.start("rest") + len(words)
        phrase = text[start:end]
        head = words.split()[-1].lower()
        found.append(_common(phrase, head, start))
        place = end
    return tuple(found)


def _noun_words(rest: str) -> str:
    taken: list[str] = []
    for word in rest.split():
        plain = word.lower()
        if plain in STOP_WORDS or (taken and plain not in ING_NOUNS and is_verb(plain)):
            break
        if taken and _acts(taken[-1].lower()) and plain[-1:] == "s" and plain[:-1] in VERBS:
            break
        taken.append(word)
    if not taken or taken[-1].lower().endswith("ly"):
        return ""
    words = " ".join(taken)
    return words if rest.startswith(words) else ""


def _acts(noun: str) -> bool:
    """Whether a noun does things, so that a verb in -s may follow: "the army earns"."""
    return noun in PERSON_NOUNS or noun in GROUP_NOUNS


def _common(phrase: str, head: str, start: int) -> Mention:
    plural = is_plural(head)
    gender = MALE_OR_FEMALE.get(head, "")
    single = head[:-1] if plural and head.endswith("s") else head
    if head in PERSON_NOUNS or single in PERSON_NOUNS:
        return Mention(phrase, Sort.PERSON, start, plural, gender)
    if head in GROUP_NOUNS:
        return Mention(phrase, Sort.GROUP, start, plural)
    if head in PLACE_NOUNS:
        return Mention(phrase, Sort.PLACE, start, plural)
    return Mention(phrase, Sort.THING, start, plural)


def is_plural(word: str) -> bool:
    """Whether a common noun is plural by its form."""
    low = word.lower()
    if low in PLURAL_ONLY:
        return True
    return (
        len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is", "news", "ics"))
    )


def is_verb(word: str) -> bool:
    """Whether a word is, in a question, a verb rather than a noun."""
    return word in VERBS or (
        len(word) > 4 and word.endswith(("ed", "ing")) and word not in STOP_WORDS
    )
