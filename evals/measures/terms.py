"""Text as comparable terms: numbers, units and dates brought to one form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from dateutil import parser as dates

ARTICLES = {"a", "an", "the"}
APPROXIMATE = {"about", "around", "some", "roughly", "approximately", "circa"}
NEGATIONS = {"not", "no", "never", "none", "neither", "nor", "without", "cannot"}
# scikit-learn's list holds words such as "mill", "bill" and "fire".
_FUNCTION_WORDS = (
    "a about above after again all also am an and any are as at be because been before being "
    "below between both but by can could did do does doing done down during each either else for "
    "from further had has have having he her here hers herself him himself his how i if in into "
    "is it its itself just may me might more most much must my myself of off on once one only or "
    "other our ours out over own same shall she should so some such than that the their theirs "
    "them themselves then there these they this those through to too under until up upon us very "
    "was we were what when where whether which while who whom whose why will with would yet you "
    "your "
)
FUNCTION_WORDS = frozenset(re.findall(r"\w+", _FUNCTION_WORDS))
NUMBER_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "mn": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
}
UNIT_FORMS = {
    "kilometre": "km kms kilometre kilometres kilometer kilometers",
    "metre": "metre metres meter meters",
    "centimetre": "cm centimetre centimetres centimeter centimeters",
    "mile": "mile miles mi",
    "kilogram": "kg kgs kilogram kilograms kilogramme kilogrammes",
    "gram": "gram grams gramme grammes",
    "tonne": "tonne tonnes ton tons",
    "percent": "% percent percentage pc",
    "dollar": "$ usd dollar dollars",
    "pound": "£ gbp pound pounds",
    "euro": "€ eur euro euros",
    "year": "year years yr yrs",
    "month": "month months",
    "week": "week weeks",
    "day": "day days",
    "hour": "hour hours hr hrs",
    "minute": "minute minutes min mins",
    "second": "second seconds sec secs",
    "kph": "kph kmh km/h",
    "mph": "mph",
    "degree": "° degree degrees",
}
UNITS = {form: unit for unit, forms in UNIT_FORMS.items() for form in forms.split()}
CURRENCIES = {"$", "£", "€"}
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
DATE = re.compile(
    rf"\b\d{{4}}-\d{{2}}-\d{{2}}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}(?:,? \d{{4}})?\b"
    rf"|\b{MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?"
    rf"|\b{MONTH},? \d{{4}}\b",
    re.IGNORECASE,
)
TOKEN = re.compile(
    r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[$£€%°]|km/h|[^\W\d_]+(?:'[^\W\d_]+)*", re.IGNORECASE
)
QUOTES = str.maketrans("‘’‛′“”„‐‑–—−", "''''\"\"\"-----")


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar date as far as it is given; None for a part that is not."""

    year: int | None
    month: int | None
    day: int | None

    def meets(self, gold: Date) -> bool:
        """Whether this date says what ``gold`` says: no part differs, and only a year may lack."""
        if self.year is not None and gold.year is not None and self.year != gold.year:
            return False
        if gold.month is not None and self.month != gold.month:
            return False
        return gold.day is None or self.day == gold.day


Term = str | Decimal | Date


def plain(text: str) -> str:
    """The text with one form of quotation marks, dashes and spaces (NFKC), case kept."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(QUOTES).split())


def terms(text: str) -> tuple[Term, ...]:
    """The words, numbers and dates of a text, in order, each in one form.

    Case, accents, punctuation, articles and the possessive ``'s`` are dropped; "1.5 million",
    "1,500,000" and "one and a half" style digits become numbers, "km" and "kilometers" one
    unit, "29 October 2024" and "2024-10-29" one date; "about" before a number goes.
    """
    text = plain(text)
    found: list[Term] = []
    place = 0
    for match in DATE.finditer(text):
        date = _date(match.group())
        if date is None:
            continue
        found += _words(text[place : match.start()])
        found.append(date)
        place = match.end()
    found += _words(text[place:])
    return tuple(
        term
        for term, following in zip(found, [*found[1:], ""], strict=False)
        if not (term in APPROXIMATE and isinstance(following, Decimal))
    )


def numbers(found: tuple[Term, ...]) -> frozenset[Decimal]:
    """The numbers among the terms, dates left out."""
    return frozenset(term for term in found if isinstance(term, Decimal))


def negated(found: tuple[Term, ...]) -> bool:
    """Whether a word among the terms denies."""
    return any(term in NEGATIONS for term in found)


def _date(text: str) -> Date | None:
    """The parts of a date that its text gives: those that do not follow the default's."""
    try:
        one = dates.parse(text, default=datetime(1904, 2, 3))
        other = dates.parse(text, default=datetime(1908, 3, 4))
    except (ValueError, OverflowError):
        return None
    return Date(
        one.year if one.year == other.year else None,
        one.month if one.month == other.month else None,
        one.day if one.day == other.day else None,
    )


def _words(text: str) -> list[Term]:
    raw: list[str] = []
    for token in TOKEN.findall(text):
        word = _unaccented(token.lower())
        word = word.removesuffix("'s")
        if word.endswith("n't"):
            raw += [word.removesuffix("n't"), "not"]
        else:
            raw += [part for part in word.split("'") if part]
    return _numbers_joined(raw)


def _unaccented(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _numbers_joined(raw: list[str]) -> list[Term]:
    """Runs of digits, number words and scales as one number; units and currencies behind it."""
    found: list[Term] = []
    place = 0
    while place < len(raw):
        word = raw[place]
        if word in CURRENCIES and place + 1 < len(raw) and raw[place + 1][0].isdigit():
            value, place = _number(raw, place + 1)
            found += [value, UNITS[word]]
        elif word[0].isdigit() or word in NUMBER_WORDS:
            value, place = _number(raw, place)
            found.append(value)
        elif word in ("per",) and raw[place + 1 : place + 2] == ["cent"]:
            found.append("percent")
            place += 2
        else:
            if word not in ARTICLES:
                found.append(UNITS.get(word, word))
            place += 1
    return found


def _number(raw: list[str], place: int) -> tuple[Decimal, int]:
    """The number that starts at ``place`` and the place behind it."""
    total, current = Decimal(0), _value(raw[place])
    place += 1
    while place < len(raw):
        word = raw[place]
        if word in SCALES:
            scale = SCALES[word]
            if scale == SCALES["hundred"]:
                current *= scale
            else:
                total, current = total + (current or 1) * scale, Decimal(0)
        elif word in NUMBER_WORDS and _continues(raw[place - 1], word):
            current += NUMBER_WORDS[word]
        elif word == "and" and raw[place - 1] in SCALES and _is_number_word(raw, place + 1):
            pass
        else:
            break
        place += 1
    return (total + current).normalize(), place


def _continues(before: str, word: str) -> bool:
    """Whether a number word goes on with the number before it: "twenty five", "thousand two"."""
    if NUMBER_WORDS.get(before, 0) >= 20:
        return 0 < NUMBER_WORDS[word] < 10
    return before in SCALES or before == "and"


def _is_number_word(raw: list[str], place: int) -> bool:
    return place < len(raw) and raw[place] in NUMBER_WORDS


def _value(word: str) -> Decimal:
    if word in NUMBER_WORDS:
        return Decimal(NUMBER_WORDS[word])
    try:
        return Decimal(word.replace(",", ""))
    except InvalidOperation:  # digits of another script
        return Decimal(int("".join(str(unicodedata.digit(c, 0)) for c in word if c.isdigit())))


def content(found: tuple[Term, ...]) -> set[Term]:
    """The terms without function words."""
    return {term for term in found if not (isinstance(term, str) and term in FUNCTION_WORDS)}
