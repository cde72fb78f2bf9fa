"""The direct answer: the reader's span widened to what a person would point at."""

from __future__ import annotations

import re

SCALE = (
    r"(?:per\s?cent|percent|%|percentage points?|hundred|thousand|million|billion|trillion"
    r"|bn|mn|m|k)"
)
UNIT = (
    r"(?:(?:US |U\.S\. |Australian |Canadian )?dollars?|euros?|pounds?|yen|yuan|won|rou?bles?"
    r"|francs?|cents?|seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centuries"
    r"|(?:square |cubic )?(?:met(?:er|re)s?|kilomet(?:er|re)s?|miles?|feet|foot|inch(?:es)?|yards?)"
    r"|km|cm|mm|kg|tonnes?|tons?|kilograms?|grams?|lit(?:er|re)s?|hectares?|acres?"
    r"|degrees?|°C|°F|mph|km/h|kilowatts?|megawatts?|gigawatts?|MW|GW|kWh|a\.m\.|p\.m\.|am|pm)"
)
AFTER_NUMBER = re.compile(rf"[\s-]?{SCALE}(?![\w])(?:\s{UNIT}(?![\w]))?|[\s-]?{UNIT}(?![\w])")
# A bound on a number is part of it: "as many as 12,000" is not "12,000".
BEFORE_NUMBER = re.compile(
    r"(?:(?:as (?:many|much|few|little|high|low|early|late) as|up to|at least|at most|more than"
    r"|less than|fewer than|no more than|no fewer than|nearly|almost|about|around|roughly"
    r"|approximately|an estimated|over|under|some|only|just over|just under)\s+)$",
    re.IGNORECASE,
)
COUNT_BEFORE = re.compile(
    r"(?:[$€£¥]?\d[\d,.]*|several|many|a few|some|a|two|three|four|five|six|seven|eight|nine|ten)"
    r"(?:\s(?:hundred|thousand|million|billion))?\s+$",
    re.IGNORECASE,
)
RANGE_BEFORE = re.compile(
    r"(?:between|from)\s+[$€£¥]?\d[\d,.]*(?:\s?" + SCALE + r")?\s+(?:and|to)\s+$", re.IGNORECASE
)
RANGE_AFTER = re.compile(r"\s+(?:and|to)\s+[$€£¥]?\d[\d,.]*(?:\s?" + SCALE + r")?", re.IGNORECASE)
RANGE_LEFT = re.compile(
    r"(?<![\w.,])[$€£¥]?\d[\d,.]*(?:\s?" + SCALE + r")?\s?(?:to|–|-|or)\s?$", re.IGNORECASE
)
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DATE_BEFORE = re.compile(
    r"(?:\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?"
    r"|\b(?:(?:the\s+)?(?:start|beginning|end|middle)\s+of|early|late|mid)(?:\s+in)?)[\s-]+$",
    re.IGNORECASE,
)
NAME_BEFORE = re.compile(r"(?:\b[A-Z][\w’'.-]*\s+(?:(?:of|de|van|von|al|bin|the)\s+)?)+$")
NAME_AFTER = re.compile(r"^(?:[\s-](?:(?:of|de|van|von)\s)?[A-Z][\w’'-]*)+")
PLACE_AFTER = re.compile(
    r",?\s+(?:in|on|near|at|outside)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*"
)
AMOUNT_BEHIND = re.compile(r",?\s+(?:at|for|worth|of|to)\s+[$€£¥]\d")
QUOTES = {"“": "”", '"': '"', "‘": "’", "«": "»"}
OPENERS = frozenset(
    (
        "the a an in on at by for from with without to as if when while after before since "
        "until during under over between among although though because however but and or so "
        "then now today yesterday tomorrow earlier later meanwhile also even only both this "
        "that these those his her its their our your my he she it they we you i there here "
        "last next some many most several all one two three four five six according despite "
        "instead still yet once about"
    ).split()
)
# A quotation of more words is speech rather than a name for something.
LONGEST_QUOTED = 12
EDGE = " \t\n\u00a0,;:–—-"


def widen(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """The span ``[start, end)`` of ``text`` widened, inside ``[low, high)``.

    To whole hyphenated words, to a number with its bound and unit, to a whole name, to both ends
    of "between", and to both marks of a quotation that it cuts; white space and commas at its edges are left out.
    """
    start, end = _hyphenated(text, start, end, low, high)
    start, end = _number(text, start, end, low, high)
    start, end = _name(text, start, end, low, high)
    end = _both_ends(text, start, end, high)
    start, end = _quotation(text, start, end, low, high)
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def _both_ends(text: str, start: int, end: int, high: int) -> int:
    """The end of "between Oldmoor" moved over "and Brackley" behind it."""
    inside = text[start:end]
    if not re.match(r"between\b", inside, re.IGNORECASE) or re.search(r"\band\b", inside):
        return end
    more = re.match(r"\s+and\s+(?:[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*|[\w’'.,-]*\w)", text[end:high])
    return end + more.end() if more else end


def with_place(text: str, end: int, high: int) -> int:
    """The end of a span moved over "in Seoul" behind it, for a question that asks where."""
    more = PLACE_AFTER.match(text[end:high])
    return end + more.end() if more else end


def time_alone(text: str, start: int, end: int) -> int:
    """The end of a span that says when, moved before an amount that follows the time."""
    amount = AMOUNT_BEHIND.search(text[start:end])
    return start + amount.start() if amount and amount.start() else end


def quoted_whole(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """The whole of a short quotation in ``[low, high)`` at one of whose marks a span begins or ends.

    "A slap" of "a slap in the face" is not what somebody called a thing.
    """
    for opening, closing in QUOTES.items():
        first = text.rfind(opening, low, start + 1)
        last = text.find(closing, max(end - 1, first + 1), high)
        if first < 0 or last < 0 or closing == "’":
            continue
        if opening == closing and text[low:first].count(opening) % 2 == 1:
            continue
        inner = text[first + 1 : last]
        at_a_mark = start - first <= 1 or last - end <= 1
        if (
            at_a_mark
            and closing not in inner.rstrip(".,!?")
            and len(inner.split()) <= LONGEST_QUOTED
        ):
            return first, last + 1
    return start, end


def _hyphenated(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    left = re.search(r"[\w’'&]+(?:-[\w’'&]+)*-$", text[low:start])
    if left and start < end and text[start].isalnum():
        start = low + left.start()
    right = re.match(r"-[\w’'&]+(?:-[\w’'&]+)*", text[end:high])
    if right and text[end - 1].isalnum():
        end += right.end()
    return start, end


def _number(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    if text[end - 1].isdigit() or re.search(rf"\d\s?{SCALE}$", text[start:end]):
        decimals = re.match(r"[.,]\d+", text[end:high])
        if decimals:
            end += decimals.end()
        unit = AFTER_NUMBER.match(text[end:high])
        if unit:
            end += unit.end()
        if re.search(r"\b(?:between|from)\s+$", text[low:start]):
            rest = RANGE_AFTER.match(text[end:high])
            if rest:
                start = low + re.search(r"\w+\s+$", text[low:start]).start()  # type: ignore[union-attr]
                end += rest.end()
    if re.match(rf"{MONTH}\b", text[start:end]):
        day = DATE_BEFORE.search(text[low:start])
        if day:
            start = low + day.start()
    if re.fullmatch(
        r"hundreds?|thousands?|millions?|billions?|trillions?|dozens?", text[start:end]
    ):
        count = COUNT_BEFORE.search(text[low:start])
        if count:
            start = low + count.start()
    if text[start].isdigit() and start > low and text[start - 1] in "$€£¥":
        start -= 1
    if re.match(r"[$€£¥]?\d", text[start:end]):
        if re.match(r"[$€£¥]?\d[\d,.]*[^,;]*\sand\s[$€£¥]?\d", text[start:end]):
            opening = re.search(r"\bbetween\s+$", text[low:start])
            if opening:
                start = low + opening.start()
        left = RANGE_LEFT.search(text[low:start])
        if left:
            start = low + left.start()
        bound = RANGE_BEFORE.search(text[low:start]) or BEFORE_NUMBER.search(text[low:start])
        if bound:
            start = low + bound.start()
    return start, end


def _name(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    last = re.search(r"[\w’'-]+$", text[start:end])
    if last and last.group()[0].isupper():
        more = NAME_AFTER.match(text[end:high])
        if more:
            end += more.end()
    if text[start].isupper():
        before = NAME_BEFORE.search(text[low:start])
        if before:
            place = before.start()
            first = re.match(r"\w+\s+", before.group())
            # The first word of a sentence is capitalised whatever it is.
            if first and first.group().strip().lower() in OPENERS:
                place += first.end()
            start = low + place
    return start, end


def _quotation(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    for opening, closing in QUOTES.items():
        inside = text[start:end]
        if opening == closing:
            if inside.count(opening) % 2 == 0:
                continue
            if text[low:start].count(opening) % 2 == 1:
                start = text.rfind(opening, low, start)
            else:
                place = text.find(closing, end, high)
                end = place + 1 if place >= 0 else end
            continue
        if closing == "’" and opening not in inside:
            continue
        if inside.count(opening) > inside.count(closing):
            place = text.find(closing, end, high)
            end = place + 1 if place >= 0 else end
        elif inside.count(closing) > inside.count(opening):
            place = text.rfind(opening, low, start)
            start = place if place >= 0 else start
    return start, end
