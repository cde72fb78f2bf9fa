"""Of what kind the amount is that a question asks for, and whether a span has such a one."""

from __future__ import annotations

import re

from .candidates import Candidate
from .reader.countries import country_mentions
from .reader.likeness import ALIKE, Likeness
from .reader.support import QUESTION_WORDS, WORD, keys, stem

MONEY = r"[$€£¥]|\b(?:dollars?|euros?|pounds?|yen|yuan|won|rou?bles?|francs?|crowns?|pesos?|rupees?|cents?|usd|eur)\b"
LENGTH = r"\b(?:met(?:er|re)s?|kilomet(?:er|re)s?|miles?|feet|foot|inch(?:es)?|yards?|km|cm|mm|stor(?:ey|ie)s?|floors?|hectares?|acres?)\b|\bm\b"
WEIGHT = r"\b(?:tonnes?|tons?|kilograms?|kilos?|kg|grams?|pounds?|ounces?|lbs?|stone)\b"
TIME = r"\b(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centur(?:y|ies)|until|since|for|from|all|as long as|while)\b|\b\d{4}\b"
# What the question says, and what an answer to it must hold.
KINDS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(held, re.IGNORECASE))
    for asked, held in (
        (r"^how\s+much\b.*\bweigh|^how\s+heavy\b|\bthe\s+weight\s+of\b", WEIGHT),
        (r"^how\s+(?:tall|wide|deep|far)\b", LENGTH),
        (
            r"^how\s+much\s+(?:money\b|.*\b(?:cost|costs|earn|earns|earned|paid|pay|pays|worth|price|charge|spen[dt])\b)",
            MONEY,
        ),
        (
            r"^how\s+long\s+(?:did|do|does|was|were|will|has|have|had|would|is\s+it|can)\b",
            TIME + "|" + LENGTH,
        ),
    )
)
COUNTED = re.compile(
    r"^(?:and\s+|so\s+|about\s+)?how\s+many\s+(?:of\s+(?:the|his|her|its|their)\s+)?(?P<what>[^?]+?)\s+(?:is|are|was|were|be|been|do|does|did"
    r"|has|have|had|will|would|can|could|may|might|must|should|live|work|\w+ed|took|take|takes|got|came"
    r"|went|died|lost|won|in|at|on|of|for|to|from|with|there)\b",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"\d|\b(?:"
    + "|".join(
        (
            "no none zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
            "hundreds? thousands? millions? billions? dozens? several few many both half pair couple single "
            "twice once most all a an"
        ).split()
    )
    + r")\b|-(?:one|two|three|four|five|six|seven|eight|nine)\b",
    re.IGNORECASE,
)
NUMBER_WORDS = re.compile(
    r"^(?:[$€£¥]?\d[\d,.]*|(?:about|around|roughly|nearly|almost|some|up|to|at|least|most|as|many|more|less|fewer"
    r"|than|over|under|only|just|an?|of|the|them|other|further|such|in|all|hundreds?|thousands?|millions?"
    r"|billions?|dozens?|several|few|no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[-\w]*)$",
    re.IGNORECASE,
)
FIGURE = re.compile(r"\d[\d,.]*\d|\d")
OF_THEM = re.compile(r"^\S+(?:\s+\w+)?\s+of\s+(?:them|these|those)\b", re.IGNORECASE)
# Of the words behind a number so many are looked at for what it counts.
LOOK_BEHIND = 3
PEOPLE = frozenset(
    stem(w)
    for w in (
        "people person men women soldiers troops workers employees residents citizens inhabitants "
        "members visitors guests victims refugees children students pupils voters passengers"
    ).split()
)


def of_that_kind(question: str, candidate: Candidate, likeness: Likeness) -> bool:
    """Whether a span can be the amount a question asks for; true for other questions.

    Money, weight, length and time must be given as such; what is counted must be like what the
    question counts, where the source says what it counts.
    """
    plain = " ".join(question.split())
    text = candidate.document.text
    near = text[candidate.start : min(candidate.found.end, candidate.end + 12)]
    for asked, held in KINDS:
        if asked.search(plain):
            return held.search(near) is not None
    counting = COUNTED.match(plain)
    if counting is None:
        return True
    # "How many of the 12,000 …" is not answered by the 12,000.
    known = set(FIGURE.findall(plain))
    figures = set(FIGURE.findall(candidate.span))
    if not NUMBER.search(candidate.span) or (figures and figures <= known):
        return False
    behind = text[candidate.start : candidate.found.end]
    counted = _before(candidate) if OF_THEM.search(behind) else _counted(behind)
    what = counting.group("what")
    # "260 people will lose their jobs" counts jobs too.
    nouns = {stem(word) for word in WORD.findall(what) if not _is_country(word)}
    if nouns & keys(candidate.quote) and not _of_others(what, counted):
        return True
    return not counted or _alike(what, counted, likeness)


def _counted(words: str) -> str:
    """What a number at the beginning of some words counts, as far as they say."""
    begun = False
    taken: list[str] = []
    for match in re.finditer(r"[^\s]+", words):
        word = match.group().strip('"“”()')
        if NUMBER_WORDS.match(word.rstrip(".,;:")) and not taken:
            begun = True
            continue
        if (
            not begun
            or word.lower() in QUESTION_WORDS
            or not re.match(r"[\w’'-]+$", word.rstrip(".,;:"))
        ):
            break
        taken.append(word.rstrip(".,;:"))
        if word[-1] in ".,;:" or len(taken) == LOOK_BEHIND:
            break
    return " ".join(taken)


def _before(candidate: Candidate) -> str:
    """The words of the sentence before, of whose things "42 of them" speaks."""
    if candidate.sentence == 0:
        return ""
    last = candidate.document.sentences[candidate.sentence - 1]
    return candidate.document.text[last.start : last.end]


def _alike(asked: str, counted: str, likeness: Likeness) -> bool:
    """Whether two nouns, with what stands by them, may be the same things."""
    if _of_others(asked, counted):
        return False
    beside = list(country_mentions(counted))
    ours = [word for word in WORD.findall(asked) if not _is_country(word)]
    theirs: list[str] = WORD.findall(counted)
    if {stem(w) for w in ours} & {stem(w) for w in theirs}:
        return True
    if beside and (not ours or {stem(w) for w in ours} & PEOPLE):
        return True
    if {stem(w) for w in ours} & PEOPLE and {stem(w) for w in theirs} & PEOPLE:
        return True
    return not ours or likeness.words(ours, theirs) >= ALIKE


def _of_others(asked: str, counted: str) -> bool:
    """Whether both name countries, and not the same: Russian soldiers are no North Koreans."""
    wanted = {m.country for m in country_mentions(asked)}
    beside = {m.country for m in country_mentions(counted)}
    return bool(wanted) and bool(beside) and not wanted & beside


def _is_country(word: str) -> bool:
    """Whether a word is nothing but the name of a country or its people."""
    return any(m.end - m.start == len(word) for m in country_mentions(word))
