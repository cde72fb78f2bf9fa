"""What came before what, and what caused what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from .caution import plain
from .scope import crossed
from .words import is_content, tokens

# Pairs of neighbours in a statement that the source has too, before their order tells anything.
LEAST_PAIRS = 3
# Words of the source that may be left out between two.
SKIPPED = 3
LEAST_ORDERED = 0.5


class Order(StrEnum):
    """Where a word puts what stands behind it in time."""

    BEFORE = "before"
    UNTIL = "until"
    AFTER = "after"
    SINCE = "since"
    DURING = "during"
    WHY = "because"


TIMES = {
    Order.BEFORE: r"before|prior to|ahead of|in advance of",
    Order.UNTIL: r"until|till|up to",
    Order.AFTER: r"after|following|once|as soon as|in the wake of",
    Order.SINCE: r"since|ever since",
    Order.WHY: r"because",
    Order.DURING: r"when|while|during|amid|as early as|as late as|in|on|at",
}
TIME = re.compile(
    "|".join(rf"\b(?P<{name.name}>{words})\b" for name, words in TIMES.items()), re.IGNORECASE
)
# What a statement may not say where the source has the other.
CONFLICTS = {
    Order.BEFORE: {Order.AFTER, Order.SINCE, Order.DURING, Order.WHY},
    Order.UNTIL: {Order.AFTER, Order.SINCE, Order.DURING, Order.WHY},
    Order.WHY: {Order.BEFORE, Order.UNTIL},
    Order.AFTER: {Order.BEFORE, Order.UNTIL},
    Order.SINCE: {Order.BEFORE, Order.UNTIL},
    Order.DURING: {Order.BEFORE, Order.UNTIL},
}
# "After 2023" for "in 2023": with a bare date, being in it is no other word for being after it.
WITH_A_DATE = CONFLICTS | {
    Order.AFTER: {Order.BEFORE, Order.UNTIL, Order.DURING},
    Order.SINCE: {Order.BEFORE, Order.UNTIL, Order.DURING},
}
DATED = re.compile(
    r"\d|(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)
RELATIVE = re.compile(
    r"\b(?P<which>next|coming|last|past|previous|this|current|following)\s"
    r"(?P<what>year|month|week|weekend|spring|summer|autumn|winter|season|decade|century|night|time)\b",
    re.IGNORECASE,
)
ALIKE = {"coming": "next", "past": "last", "previous": "last", "current": "this"}
CAUSE = re.compile(
    r"\b(?:because of|because|due to|owing to|thanks to|as a result of|on account of)\b", re.I
)
EFFECT = re.compile(
    r"\b(?:so that|and so|, so|therefore|as a result,|leading to|led to|which led|leads to|resulting in"
    r"|caused|causes|causing)\b",
    re.I,
)
# What may stand in a source for a cause.
CAUSAL = re.compile(
    r"\b(?:because|due|owing|thanks|since|as|so|for|therefore|thus|hence|reasons?|why|caus\w+|result\w*|lead\w*|led"
    r"|mak\w+|made|means?|meant|effects?|account|blam\w+|through|from|with|by|after|follow\w*|in order|prompt\w*|forc\w+"
    r"|help\w*|let\w*|allow\w*|bring\w*|brought|contribut\w*|reflect\w*)\b",
    re.I,
)
FIRST = 3


def order_problem(statement: str, sources: Sequence[str]) -> str:
    """The words by which a statement puts things in another order in time or cause; else ""."""
    said, texts = plain(statement), [plain(source) for source in sources]
    return _another_time(said, texts) or _another_period(said, texts) or _turned_cause(said, texts)


def _marks(text: str) -> Iterator[tuple[Order, str, frozenset[str], bool]]:
    """Each word of time, with the first words behind it and whether they begin with a date."""
    words = tokens(text)
    found = list(TIME.finditer(text))
    for place, match in enumerate(found):
        edge = re.search(r"[,;:.]", text[match.end() :])
        stop = match.end() + edge.start() if edge else len(text)
        if place + 1 < len(found):
            stop = min(stop, found[place + 1].start())
        behind = [t for t in words if match.end() <= t.start < stop]
        own = [t for t in behind if is_content(t) or t.text[0].isdigit()][:FIRST]
        if own:
            dated = bool(DATED.match(text[own[0].start :])) and text[
                match.end() : own[0].start
            ].strip() in ("", "the", "early", "late")
            order = Order[str(match.lastgroup)]
            yield order, match.group(), frozenset(t.stem for t in own), dated


def _another_time(said: str, texts: Sequence[str]) -> str:
    theirs = [mark for text in texts for mark in _marks(text)]
    for order, word, behind, dated in _marks(said):
        about = [
            (other, with_date)
            for other, _, words, with_date in theirs
            if len(words & behind) >= min(2, len(behind), len(words))
        ]
        against = [
            other
            for other, with_date in about
            if other in (WITH_A_DATE if dated and with_date else CONFLICTS)[order]
        ]
        if against and len(against) == len(about):
            return word
    return ""


def _another_period(said: str, texts: Sequence[str]) -> str:
    """Next year for last year; a period that the source does not name is left to others."""
    told = {_period(m) for text in texts for m in RELATIVE.finditer(text)}
    for match in RELATIVE.finditer(said):
        which, what = _period(match)
        if (which, what) not in told and any(other == what for _, other in told):
            return match.group()
    return ""


def _period(match: re.Match[str]) -> tuple[str, str]:
    which = match.group("which").lower()
    return ALIKE.get(which, which), match.group("what").lower()


def _turned_cause(said: str, texts: Sequence[str]) -> str:
    """A cause told as the effect, or made of what only happened."""
    bare = CAUSE.search(said)
    if bare and not any(CAUSAL.search(text) for text in texts):
        return bare.group()
    for cause, effect, word in _causes(said):
        for text in texts:
            for other_cause, other_effect, _ in _causes(text):
                if crossed((cause, effect), (other_cause, other_effect)):
                    return word
    return ""


def _causes(text: str) -> Iterator[tuple[frozenset[str], frozenset[str], str]]:
    """Each cause with its effect, as words of meaning."""
    words = [t for t in tokens(text) if is_content(t)]
    for pattern, first in ((CAUSE, False), (EFFECT, True)):
        for match in pattern.finditer(text):
            low = max((m.end() for m in re.finditer(r"[;:]", text[: match.start()])), default=0)
            edge = re.search(r"[,;:]", text[match.end() :])
            opening = not text[low : match.start()].strip()
            stop = match.end() + edge.start() if edge else len(text)
            behind = frozenset(t.stem for t in words if match.end() <= t.start < stop)
            if opening:
                other = frozenset(t.stem for t in words if t.start >= stop)
            else:
                other = frozenset(t.stem for t in words if low <= t.start < match.start())
            if behind and other:
                yield (other, behind, match.group()) if first else (behind, other, match.group())


def jumbled(statement: str, texts: Sequence[str]) -> str:
    """The statement, if the words it shares with its sources are not in their order; else "".

    A paraphrase moves clauses and changes words, but leaves most neighbours as they were.
    """
    places: dict[str, list[int]] = {}
    at = 0
    for text in texts:
        for token in tokens(text):
            places.setdefault(token.stem, []).append(at)
            at += 1
        # The last word of a text is no neighbour of the next one's first.
        at += SKIPPED + 1
    found = tokens(statement)
    doubled = (one for one, other in pairwise(found) if one.text == other.text)
    if any(is_content(one) and not one.name for one in doubled):
        return statement
    words = [token.stem for token in found]
    shared = [pair for pair in pairwise(words) if all(word in places for word in pair)]
    ordered = sum(
        any(0 < after - before <= SKIPPED + 1 for before in places[one] for after in places[other])
        for one, other in shared
    )
    disordered = len(shared) >= LEAST_PAIRS and ordered < LEAST_ORDERED * len(shared)
    return statement if disordered else ""
