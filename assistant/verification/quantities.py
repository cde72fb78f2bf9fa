"""Numbers, amounts and dates in a sentence, and whether one says the same as another."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS = {word: value for value, word in enumerate(UNITS)} | {
    word: 10 * value for value, word in enumerate(TENS, 2)
}
_FIRST_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
ORDINALS = {word: value for value, word in enumerate(_FIRST_ORDINALS, 1)}
ORDINALS |= {f"{ten[:-1]}ieth": 10 * value for value, ten in enumerate(TENS, 2)}
ORDINALS |= {
    f"{ten}-{word}": 10 * value + unit
    for value, ten in enumerate(TENS, 2)
    for unit, word in enumerate(_FIRST_ORDINALS[:9], 1)
}
SCALES = {
    "dozen": 12.0,
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "bn": 1e9,
    "tn": 1e12,
}
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"dozen|hundred|thousand|million|billion|trillion"
_TEN_WORD = rf"(?:{'|'.join(TENS)})(?:[-\s](?:{'|'.join(UNITS[1:10])}))?"
_SMALL = rf"(?:{_TEN_WORD}|{'|'.join(sorted(UNITS, key=len, reverse=True))})"
# "one hundred and twenty", "two thousand five hundred"; the scales at its end are read apart.
_WORD = (
    rf"(?:{_SMALL}|a(?=\s(?:{_SCALE})\b))"
    rf"(?:(?:[-\s](?:{_SCALE}))*[-\s](?:(?:hundred|thousand)(?:\sand)?|{_SCALE})[-\s]{_SMALL}\b)*"
)
_CURRENCY = r"(?:US|A|C|NZ|HK)?\$|€|£|¥|₩|(?:USD|EUR|GBP)\s?"
_UNIT = (
    r"%|per\s?cent(?:age\spoints?)?|percent(?:age\spoints?)?|(?:US\s|American\s)?dollars?|euros?|pounds?"
    r"|cents?|kilomet(?:re|er)s?|km|miles?|met(?:re|er)s?|feet|foot|inch(?:es)?|kilograms?|kg|tonnes?"
    r"|tons?|lit(?:re|er)s?|gallons?|acres?|hectares?|degrees?|seconds?|minutes?|hours?|days?|weeks?"
    r"|months?|years?|decades?|centuries|century|watts?|kilowatts?|megawatts?|gigawatts?|MW|GW|kW"
)
AMOUNT = re.compile(
    rf"(?<![\w.])(?P<currency>{_CURRENCY})?\s?"
    rf"(?:(?P<digits>{_DIGITS})(?P<short>k|m|mn|bn|tn)?(?P<ordinal>st|nd|rd|th)?|(?P<word>{_WORD}))"
    rf"(?P<scales>(?:[\s-](?:{_SCALE})\b)*)"
    rf"(?:(?P<gap>[\s-]?)(?P<unit>{_UNIT})(?!\w))?(?![\w]|,\d)",
    re.IGNORECASE,
)
# Shares of a whole, such as "half of them", "two-thirds" and "a quarter".
FRACTION = re.compile(
    r"\b(?:(?P<count>a|one|two|three|four)[-\s](?P<part>halves|half|thirds?|quarters?|fourths?|fifths?|tenths?)"
    r"(?=[-\s](?:of|the)\b|s?[.,;:)]|\s(?:as|since|last|this|over|between|from|when|within|during|or|more|less)\b|$)"
    r"|(?P<plural>two[-\s]thirds|three[-\s](?:quarters|fourths|fifths)|four[-\s]fifths)"
    r"|(?P<half>half)(?=\s(?:of|or|the|its|his|her|their|as|that|this|those|these)\b|[.,;:)]|$))",
    re.IGNORECASE,
)
PARTS = {"hal": 2.0, "thi": 3.0, "qua": 4.0, "fou": 4.0, "fif": 5.0, "ten": 10.0}
VAGUE = re.compile(
    r"\b(?:(?P<some>several|a few|many|tens of|hundreds of)\s)?"
    r"(?P<scale>dozens?|hundreds?|thousands?|millions?|billions?|trillions?)\b",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
ORDINAL = re.compile(rf"\b(?:{'|'.join(sorted(ORDINALS, key=len, reverse=True))})\b", re.IGNORECASE)
DATES = (
    re.compile(r"\b(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})\b"),
    re.compile(
        rf"\b(?P<month>{_MONTH})\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<year>\d{{4}})\b)?"
    ),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s(?P<month>{_MONTH})\b(?:,?\s(?P<year>\d{{4}})\b)?"
    ),
    re.compile(rf"\b(?P<month>{_MONTH}),?\s(?:of\s)?(?P<year>\d{{4}})\b"),
    re.compile(
        r"\b(?P<month>January|February|April|June|July|August|September|October|November|December)\b"
        r"|\b(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ll]ast|[Nn]ext|[Tt]his|[Ll]ate|[Ee]arly|[Mm]id-?)\s(?P<bare>March|May)\b"
    ),
    re.compile(r"(?<![\w.,$€£-])(?P<year>1[1-9]\d\d|20\d\d)(?P<decade>s)?(?![\w%]|[.,]\d)"),
    re.compile(r"\b(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)s?\b"),
)


class Bound(StrEnum):
    """How a source ties itself to a number."""

    EXACT = ""
    MOST = "most"
    LEAST = "least"
    ABOUT = "about"
    UNDER = "under"
    VAGUE = "vague"


BOUNDS = (
    (Bound.MOST, r"as (?:many|much|high|long|far|few|little) as|up to|at most|no more than|(?:a )?maximum(?: of)?|not more than"),
    (Bound.LEAST, r"more than|over|above|exceeding|in excess of|upwards? of|at least|no (?:fewer|less) than|(?:a )?minimum(?: of)?|greater than"),
    (Bound.UNDER, r"less than|fewer than|under|below"),
    (Bound.ABOUT, r"about|around|approximately|roughly|some|nearly|almost|close to|(?:an )?estimated(?: at)?|circa|just over|just under|or so"),
)  # fmt: skip
BEFORE = tuple(
    (bound, re.compile(rf"\b(?:{words})\s(?:(?:the|a|an|another|total of|as)\s)?$", re.IGNORECASE))
    for bound, words in BOUNDS
)
AFTER = (
    (Bound.LEAST, re.compile(r"^\s(?:or more|or above|and above|and over)\b", re.IGNORECASE)),
    (Bound.ABOUT, re.compile(r"^\s(?:or so)\b", re.IGNORECASE)),
    (Bound.MOST, re.compile(r"^\s(?:or (?:less|fewer)|at most)\b", re.IGNORECASE)),
)
JOINING = re.compile(r"^\s?(?P<word>to|and|or|-|–|—|through|until)\s?(?:the\s)?$", re.IGNORECASE)
BETWEEN = re.compile(r"\b(?:between|from|anywhere from|ranging from)\s(?:the\s)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or a range of numbers, ``low`` to ``high``, of a unit ("" for a bare count)."""

    low: float
    high: float
    unit: str
    bound: Bound
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Date:
    """What a sentence says of a date; None where it is silent."""

    year: int | None
    month: int | None
    day: int | None
    weekday: int | None
    decade: bool
    start: int
    end: int


@lru_cache(maxsize=4096)
def dates(text: str) -> tuple[Date, ...]:
    """The dates of a text, in order."""
    found: list[Date] = []
    taken: list[tuple[int, int]] = []
    for pattern in DATES:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            parts = match.groupdict()
            name = (parts.get("month") or parts.get("bare") or "").lower()[:3]
            month = next((n for n, m in enumerate(MONTHS, 1) if name and m.startswith(name)), None)
            if parts.get("number"):
                month = int(parts["number"])
            weekday = (parts.get("weekday") or "").lower()
            taken.append(match.span())
            found.append(
                Date(
                    int(parts["year"]) if parts.get("year") else None,
                    month,
                    int(parts["day"]) if parts.get("day") else None,
                    WEEKDAYS.index(weekday) if weekday else None,
                    bool(parts.get("decade")),
                    *match.span(),
                )
            )
    return tuple(sorted(found, key=lambda date: date.start))


@lru_cache(maxsize=4096)
def amounts(text: str) -> tuple[Amount, ...]:
    """The numbers of a text that are not dates, in order; a range is one amount."""
    text = re.sub(r"\s", " ", text)
    days = [(date.start, date.end) for date in dates(text)]
    single = [a for a in _single(text) if not any(a.start < e and s < a.end for s, e in days)]
    single.sort(key=lambda amount: amount.start)
    joined: list[Amount] = []
    for amount in single:
        before = joined[-1] if joined else None
        link = JOINING.match(text[before.end : amount.start]) if before else None
        if before is not None and link and _is_range(text, before, link.group("word")):
            joined[-1] = _range(text, before, amount)
        else:
            joined.append(amount)
    return tuple(_bounded(text, amount) for amount in joined)


def _single(text: str) -> Iterator[Amount]:
    taken: list[tuple[int, int]] = []
    for match in FRACTION.finditer(text):
        value = _fraction(match)
        taken.append(match.span())
        yield Amount(value, value, "share", Bound.EXACT, *match.span())
    for match in ORDINAL.finditer(text):
        if not any(match.start() < end and start < match.end() for start, end in taken):
            value = float(ORDINALS[match.group().lower()])
            taken.append(match.span())
            yield Amount(value, value, "ordinal", Bound.EXACT, *match.span())
    for match in AMOUNT.finditer(text):
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        word = (match.group("word") or "").lower()
        scales = match.group("scales").lower().replace("-", " ").split()
        # "one" alone is most often no number: "one of them", "no one".
        if word in ("one", "a") and not (scales or match.group("unit")):
            continue
        if word:
            value = _spelled([*re.split(r"[-\s]", word), *scales])
        else:
            short = (match.group("short") or "").lower()
            value = float(match.group("digits").replace(",", ""))
            value *= math.prod(SCALES[scale] for scale in (short, *scales) if scale)
        unit = _unit(match.group("currency") or "", match.group("unit") or "")
        if match.group("ordinal"):
            unit = "ordinal"
        taken.append(match.span())
        yield Amount(value, value, unit, Bound.EXACT, *match.span())
    for match in VAGUE.finditer(text):
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        value = SCALES[match.group("scale").lower().rstrip("s")]
        behind = re.match(rf"\s(?:of\s)?(?P<unit>{_UNIT})\b", text[match.end() :], re.IGNORECASE)
        name = _unit("", behind.group("unit")) if behind else ""
        yield Amount(value, value, name, Bound.VAGUE, *match.span())


def _spelled(words: Sequence[str]) -> float:
    """The value of a number in words, such as two thousand five hundred."""
    total = current = 0.0
    for word in words:
        if word in SCALES:
            current *= SCALES[word]
            if word not in ("hundred", "dozen"):
                total, current = (total + current, 0.0) if current else (total * SCALES[word], 0.0)
        elif word == "a":
            current = 1.0
        elif word != "and":
            current += WORDS[word]
    return total + current


def _fraction(match: re.Match[str]) -> float:
    if match.group("half"):
        return 0.5
    count, part = re.split(r"[-\s]", (match.group("plural") or match.group()).lower())
    return (1.0 if count == "a" else float(WORDS[count])) / PARTS[part[:3]]


def _unit(currency: str, unit: str) -> str:
    plain = re.sub(r"\s", "", unit.lower())
    if "$" in currency or "USD" in currency.upper() or plain.endswith(("dollar", "dollars")):
        return "dollar"
    if "€" in currency or "EUR" in currency.upper():
        return "euro"
    if "£" in currency or "GBP" in currency.upper():
        return "pound"
    if currency:
        return currency.strip()
    if plain.startswith(("%", "percent", "per cent")):
        return "percentage point" if "point" in plain else "percent"
    shorts = {"km": "kilometer", "kg": "kilogram", "feet": "foot", "centuries": "century"}
    plain = shorts.get(plain, plain)
    plain = plain.replace("metre", "meter").replace("litre", "liter").replace("tonne", "ton")
    return plain.removesuffix("s") if plain not in ("inches",) else "inch"


def _is_range(text: str, before: Amount, word: str) -> bool:
    if before.unit in ("ordinal", "share") or before.bound is Bound.VAGUE:
        return False
    opened = bool(BETWEEN.search(text[: before.start]))
    return opened or word.lower() in ("to", "-", "–", "—", "through")


def _range(text: str, low: Amount, high: Amount) -> Amount:
    """Both ends as one amount; "between $1.7 and $5.5 billion" lends its scale to the first."""
    value = low.low
    if value < high.high / 1000 and not re.search(rf"(?:{_SCALE})", text[low.start : low.end]):
        scale = max((s for s in SCALES.values() if s <= high.high), default=1.0)
        value *= scale if value * scale <= high.high else 1.0
    return Amount(value, high.high, high.unit or low.unit, Bound.EXACT, low.start, high.end)


def _bounded(text: str, amount: Amount) -> Amount:
    if amount.bound is Bound.VAGUE:
        return amount
    before, after = text[: amount.start], text[amount.end :]
    for bound, pattern in BEFORE:
        if pattern.search(before):
            return replace(amount, bound=bound)
    for bound, pattern in AFTER:
        if pattern.search(after):
            return replace(amount, bound=bound)
    return amount


def same_amount(said: Amount, source: Amount) -> bool:
    """Whether what is said of a number is what the source says: value, unit and bound."""
    if {said.unit, source.unit} == {"share", "percent"}:
        said, source = _as_percent(said), _as_percent(source)
    if not _same_unit(said.unit, source.unit):
        return False
    bound = said.bound
    if source.low != source.high:
        if said.low != said.high:
            return _close(said.low, source.low) and _close(said.high, source.high)
        # One end of a range may be given alone, as the end that it is.
        return (bound is Bound.MOST and _close(said.high, source.high)) or (
            bound is Bound.LEAST and _close(said.low, source.low)
        )
    if not (_close(said.low, source.low) and _close(said.high, source.high)):
        return False
    return bound is source.bound or (source.bound is Bound.EXACT and bound is Bound.ABOUT)


def same_value(one: Amount, other: Amount) -> bool:
    """Whether two numbers are the same, whatever their units and bounds."""
    if {one.unit, other.unit} == {"share", "percent"}:
        one, other = _as_percent(one), _as_percent(other)
    return one.low == other.low and one.high == other.high


def _as_percent(amount: Amount) -> Amount:
    """A share as whole percents, so that "a third" is 33 percent; others as they are."""
    if amount.unit == "share":
        return replace(
            amount, low=round(100 * amount.low), high=round(100 * amount.high), unit="percent"
        )
    return amount


def _same_unit(said: str, source: str) -> bool:
    # An age may be given without its unit: "who is 52", "52 years old".
    return said == source or (not said and source == "year")


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-13 * max(abs(one), abs(other))


def same_date(said: Date, source: Date) -> bool:
    """Whether every part of the date that is said is the source's; parts may be left out."""
    pairs = (
        (said.year, source.year),
        (said.month, source.month),
        (said.day, source.day),
        (said.weekday, source.weekday),
    )
    return said.decade == source.decade and all(a is None or a == b for a, b in pairs)


def wrong_amounts(statement: str, sources: Sequence[str]) -> list[str]:
    """The numbers and dates of a statement that none of the sources gives, as written."""
    plain = re.sub(r"\s", " ", statement)
    known = [amount for text in sources for amount in amounts(text)]
    told = [date for text in sources for date in dates(re.sub(r"\s", " ", text))]
    wrong = [
        plain[said.start : said.end]
        for said in amounts(plain)
        if not any(same_amount(said, source) for source in known)
    ]
    wrong += [
        plain[said.start : said.end]
        for said in dates(plain)
        if not any(same_date(said, source) for source in told)
        # A weekday and a month may stand apart in the source.
    ]
    return wrong
