"""A question for yes or no with a figure, where the source gives another one for the same thing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .facts import OWN_COVERED, Fact, Form, facts, own_share
from .polarity import core, negation_keys
from .reader.support import stem

WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty"
).split()
VALUES = {word: str(value) for value, word in enumerate(WORDS, start=2)}
NUMBER = rf"\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{'|'.join(WORDS)}"
MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(rf"\b(?:{MONTH}) \d{{1,2}}\b|\b\d{{1,2}} (?:{MONTH})\b|\b(?:1[5-9]|20)\d\d\b")
SCALE = r"thousand|million|billion|trillion|percent|per cent|%"
FIGURE = re.compile(
    rf"(?P<before>[$€£¥]\s?)?(?<![\w.,-])(?P<number>{NUMBER})(?:[\s-](?P<scale>{SCALE}))?"
    r"(?:[\s-](?P<noun>[a-z]+))?(?![\w])",
    re.IGNORECASE,
)
COMPARED = re.compile(
    r"\b(?:more|less|fewer|over|under|above|below|least|most|up to|than|almost|nearly|between"
    r"|exceed\w*|around|roughly|approximately)\b",
    re.IGNORECASE,
)
COVERED = 0.75
"""The share of the question's other words that the sentence must hold to be about the same."""


@dataclass(frozen=True, slots=True)
class OtherFigure:
    """A sentence with another figure: its characters in the sentence's words."""

    fact: Fact
    start: int
    end: int


def other_figure(form: Form) -> OtherFigure | None:
    """The sentence that gives another figure than a question does, for the very same thing.

    None where the question compares, where its figure stands anywhere in what was read, or where
    no sentence holds nearly all of its other words and one figure of the same unit. Dates and
    years are no such figures.
    """
    question = core(form.question)
    present = {_value(m) for region in form.read for m in FIGURE.finditer(region.text)}
    asked = [m for m in _figures(question) if _value(m) not in present]
    if len(asked) != 1 or COMPARED.search(question):
        return None
    wanted = asked[0]
    rest = f"{question[: wanted.start('number')]} {question[wanted.end('number') :]}"
    for fact in facts(form, rest, negation_keys()):
        if (
            not fact.named
            or fact.covered < COVERED
            or own_share(form, rest, fact.words) < OWN_COVERED
        ):
            continue
        same = [m for m in _figures(fact.words) if _unit(m) & _unit(wanted)]
        if len(same) == 1 and not COMPARED.search(fact.words):
            return OtherFigure(fact, same[0].start(), same[0].end())
    return None


def _figures(text: str) -> list[re.Match[str]]:
    dates = [match.span() for match in DATE.finditer(text)]
    return [
        m
        for m in FIGURE.finditer(text)
        if not any(start <= m.start("number") < end for start, end in dates)
    ]


def _value(figure: re.Match[str]) -> str:
    number = figure["number"].lower().replace(",", "")
    return f"{VALUES.get(number, number)} {(figure['scale'] or '').lower()}".strip()


def _unit(figure: re.Match[str]) -> frozenset[str]:
    """What a figure counts or measures; a bare one, such as an age behind a name, is by itself."""
    found = {stem(word) for word in (figure["noun"], figure["scale"]) if word}
    if figure["before"]:
        found.add(figure["before"].strip())
    return frozenset(found or {"bare"})
