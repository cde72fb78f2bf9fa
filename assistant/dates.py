"""Sentences that say when something happened, with the day as far as it can be told."""

from __future__ import annotations

import re
from datetime import date, timedelta

from index import Document, Kind

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
DATES = (
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}(?:,?\s(?P<year>\d{{4}}))?"
    ),
    re.compile(rf"\b{_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<year>\d{{4}}))?"),
    re.compile(rf"\b{_MONTH}(?:\s(?:of\s)?(?P<year>\d{{4}}))"),
    re.compile(rf"\b(?:in|since|by|until|early|late|mid|of|last|this|next)(?:\s|-){_MONTH}"),
    re.compile(
        r"\b(?:in|since|by|until|from|during|early|late|of|as early as)\s(?P<year>(?:19|20)\d\d)\b"
    ),
)
# What is told relative to the day of the article, in days.
RELATIVE = {
    "yesterday": -1, "today": 0, "tomorrow": 1, "last week": -7, "this week": 0, "next week": 7,
    "over the weekend": -2, "at the weekend": -2, "last month": -30, "next month": 30,
}  # fmt: skip
RELATIVE_YEARS = {"last year": -1, "this year": 0, "next year": 1}


def dated_sentences(document: Document) -> list[tuple[str, int]]:
    """The body sentences with a date: (ISO year, month or day; index), in the article's order.

    A date without its year is taken in the article's own year; "last week" and the like are
    counted from the article's date and left out where it has none.
    """
    published = _published(document.metadata.date)
    found = []
    for index, sentence in enumerate(document.sentences):
        if sentence.kind is Kind.BODY:
            words = re.sub(r"\s", " ", document.text[sentence.start : sentence.end])
            when = _when(words, published)
            if when:
                found.append((when, index))
    return found


def _published(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None


def _when(words: str, published: date | None) -> str:
    for pattern in DATES:
        match = pattern.search(words)
        if match is None:
            continue
        parts = match.groupdict()
        year = int(parts["year"]) if parts.get("year") else published and published.year
        if not year:
            continue
        if not parts.get("month"):
            return f"{year:04d}"
        month = MONTHS[parts["month"].rstrip(".").lower()]
        day = int(parts["day"]) if parts.get("day") else 0
        return f"{year:04d}-{month:02d}" + (f"-{day:02d}" if 0 < day < 32 else "")
    lowered = words.lower()
    if published is not None:
        for phrase, days in RELATIVE.items():
            if re.search(rf"\b{phrase}\b", lowered):
                exact = phrase in ("yesterday", "today", "tomorrow")
                return (published + timedelta(days=days)).isoformat()[: 10 if exact else 7]
        for phrase, years in RELATIVE_YEARS.items():
            if re.search(rf"\b{phrase}\b", lowered):
                return f"{published.year + years:04d}"
    return ""
