"""How far a statement reaches: all or some, nobody else, more or less, and most of what.

The words that set a statement's reach are small and say nothing by themselves, so the share of
words that a source holds does not tell when one of them is another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .caution import plain
from .quantities import BEFORE, WORDS, amounts
from .words import Token, is_content, known, stems, tokens

Alike = Callable[[str, str], bool]


class Reach(StrEnum):
    """How many of a kind a word speaks of."""

    ALL = "all"
    MOST = "most"
    MANY = "many"
    SOME = "some"
    FEW = "few"


_WHOSE = r"(?=\s(?:of\s)?(?:the|its|his|her|their|our|these|those|this|that|them|us|whom|which)\b)"
# In order: what a longer pattern takes is no longer looked at by a shorter one.
REACHES = (
    (Reach.SOME, (r"not (?:all|every\w*)|among(?: the| his| her| its| their| those)?|includ(?:e|es|ed|ing)"
                 r"|(?:a )?(?:small |large |certain |growing )?(?:number|handful|couple|group|minority) of|one of"
                 rf"|(?:a )?part{_WHOSE}|parts? of|partly|partially|certain(?= \w+s\b)")),
    (Reach.MOST, (r"nearly all|almost all|almost every|(?<!the )most of|(?<![\w’'] the )(?<!\bat )\bmost(?= (?:\w+ )?(?:\w+s|people|men|women|children)\b)"
                 r"|mostly|majority|mainly|largely|chiefly|primarily|predominantly|the bulk|above all")),
    (Reach.ALL, (r"(?<!above )(?<!after )(?<!\bat )(?<!first of )\ball\b(?! (?:in all|but|along|kinds|sorts|over|too|the more|the same))"
                r"|every|each|every(?:one|body|thing)|always|entire|entirely|(?<!on the )whole|wholly|without exception|invariably|in total|altogether|overall")),
    (Reach.FEW, r"(?<!a )(?<!the last )(?<!the past )(?<!every )few(?! (?:more|days|weeks|months|years|hours))|hardly any|barely any|(?:small|tiny) minority"),
    (Reach.SOME, r"some(?! (?:time|day|\d|more|other|\w*teen|\w*ty|one|two|three|four|five|six|seven|eight|nine|ten|hundred|thousand|million))|several|a few|various"),
    (Reach.MANY, r"many|numerous|a lot of|lots of|a (?:great|good) (?:deal|many)"),
)  # fmt: skip
REACH = re.compile(
    "|".join(rf"(?P<r{n}>\b(?:{words})(?!\w))" for n, (_, words) in enumerate(REACHES)),
    re.IGNORECASE,
)
# What a source must have for a statement to reach so far.
HELD_BY = {
    Reach.ALL: {Reach.ALL},
    Reach.MOST: {Reach.ALL, Reach.MOST},
    Reach.FEW: {Reach.FEW},
}
# A narrower word may stand for a wider one.
NARROWED = {
    Reach.MOST: {Reach.MOST, Reach.MANY, Reach.SOME},
    Reach.MANY: {Reach.MANY, Reach.SOME},
    Reach.SOME: {Reach.SOME},
    Reach.FEW: {Reach.FEW, Reach.SOME},
}
WHOLE = re.compile(r"\b(?:no|none|nobody|nothing|neither|never|total|complete|both|100 ?%)\b", re.I)
ALL_OF_A_NUMBER = re.compile(r"all (?:of )?(?:the |its |their |his |her )?(?:\d|two|three|four|five|six|seven|eight|nine|ten)", re.I)  # fmt: skip
DEFINITE = re.compile(
    r"\b(?:the|all|these|those|its|his|her|their|every|each)\s(?:[\w-]+\s)?$", re.I
)
LOST_WHEN_BARE = re.compile(r"some|most|majority|few|among|part|not |nearly|almost|certain", re.I)
OF_THE = re.compile(r"\sof (?:the|its|his|her|their|this|that|all)\s(?P<what>[\w-]+(?: [\w-]+)?)")
BEHIND = 4

ONLY = re.compile(
    r"\b(?:only|solely|exclusively|merely|sole|nothing but|no one but|nobody but|nothing else)\b",
    re.I,
)
ONLY_THERE = re.compile(
    r"\b(?:only|solely|exclusively|merely|sole|single|alone|just|simply|nothing but|unique\w*"
    r"|no (?:one|other|more than)|except\w*|unless|not until|the one)\b",
    re.I,
)
NOT_ONLY = re.compile(r"\bnot (?:only|solely|merely)\b", re.I)

SUPERLATIVE = re.compile(r"^(?:first|last|only|sole|main|best|worst|most|least|[a-z]{2,}est)$")
NO_SUPERLATIVE = frozenset(
    "forest interest west northwest southwest test latest request honest guest rest arrest protest "
    "harvest conquest contest invest suggest chest nest quest modest digest west manifest priest "
    "crest vest pest attest detest bequest midwest earnest at-least almost unrest".split()
)
GROUP = re.compile(r"\b(?:among|out of|of all)\s(?P<group>[^,.;]+)", re.I)

# Small words of contrary sense, beside the contraries of support, which carry meaning.
CONTRARIES = (
    "more less|more fewer|most least|many few|much little|higher lower|larger smaller|greater smaller|"
    "bigger smaller|better worse|best worst|older younger|longer shorter|earlier later|faster slower|"
    "stronger weaker|closer farther|largest smallest|biggest smallest|highest lowest|oldest youngest|"
    "longest shortest|earliest latest|above below|inside outside|always never|often seldom|often rarely|"
    "first last|same different|majority minority|with without|for against"
)
COMPARED = re.compile(r"\b(?:more|less|fewer|(?!rather|other|after|under|over)[a-z]{2,}er)\b", re.I)
COMPARES = re.compile(r"\b(?:than|more|less|fewer|most|least|exceed\w*|compared|beat|surpass\w*|[a-z]{3,}(?:er|est))\b", re.I)  # fmt: skip


def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in CONTRARIES.split("|"):
        one, other = pair.split()
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


OPPOSITES = _opposites()


@dataclass(frozen=True, slots=True)
class _Reaching:
    """A word of reach with its place and the words that carry meaning just behind it."""

    reach: Reach
    words: str
    start: int
    end: int
    of: tuple[Token, ...]


def scope_problem(statement: str, sources: Sequence[str], alike: Alike) -> str:
    """The words by which a statement says more, or of more, than its sources; "" where none do.

    ``alike`` tells whether two words are close in sense.
    """
    said, texts = plain(statement), [plain(source) for source in sources]
    told = " ".join(texts)
    return (
        _wider(said, texts, alike)
        or _share_lost(said, texts)
        or _exclusive(said, told)
        or _unrestricted(said, texts)
        or _contrary(said, told)
        or _compared(said, told)
    )


def _reaching(text: str) -> Iterator[_Reaching]:
    words = tokens(text)
    for match in REACH.finditer(text):
        place = next(n for n in range(len(REACHES)) if match.group(f"r{n}"))
        stop = re.search(r"[,;:.()]", text[match.end() :])
        edge = match.end() + stop.start() if stop else len(text)
        near = [t for t in words if match.end() <= t.start < edge][:BEHIND]
        of = tuple(t for t in near if is_content(t))
        yield _Reaching(REACHES[place][0], match.group(), *match.span(), of)


def _wider(said: str, texts: Sequence[str], alike: Alike) -> str:
    """A word for all, most or few that no source has, or one for some that was left out."""
    ours = list(_reaching(said))
    theirs = [one for text in texts for one in _reaching(text)]
    told = " ".join(texts)
    for one in ours:
        needed = HELD_BY.get(one.reach)
        if needed is None or ALL_OF_A_NUMBER.match(said[one.start :]):
            continue
        holding = [other for other in theirs if other.reach in needed]
        if not holding and not (one.reach is Reach.ALL and WHOLE.search(told)):
            return one.words
        if one.of and holding and not any(_same_kind(one, other, alike) for other in holding):
            return f"{one.words} {one.of[0].text}"
    for other in theirs:
        narrowed = NARROWED.get(other.reach)
        if not narrowed or not other.of:
            continue
        place = _place(said, other.of[0].stem)
        if place is None or any(one.reach in narrowed for one in ours):
            continue
        definite = DEFINITE.search(said[:place])
        if definite or (LOST_WHEN_BARE.match(other.words) and not amounts(said[:place])):
            return other.words
    return ""


def _share_lost(said: str, texts: Sequence[str]) -> str:
    """A share of something, where the statement speaks of the whole: a fifth of the fee."""
    if any(a.unit in ("share", "percent") for a in amounts(said)):
        return ""
    for text in texts:
        for amount in amounts(text):
            behind = (
                OF_THE.match(text[amount.end :]) if amount.unit in ("share", "percent") else None
            )
            of = (
                next((t for t in tokens(behind.group("what")) if is_content(t)), None)
                if behind
                else None
            )
            place = _place(said, of.stem) if of else None
            if place is not None and DEFINITE.search(said[:place]):
                return text[amount.start : amount.end]
    return ""


def _same_kind(one: _Reaching, other: _Reaching, alike: Alike) -> bool:
    """Whether two words of reach speak of the same things, as far as they say of which."""
    if not other.of or {t.stem for t in one.of} & {t.stem for t in other.of}:
        return True
    return any(
        alike(ours.text.lower(), theirs.text.lower())
        for ours in one.of[:2]
        for theirs in other.of[:2]
    )


def _place(text: str, stem: str) -> int | None:
    return next((t.start for t in tokens(text) if t.stem == stem), None)


def _exclusive(said: str, told: str) -> str:
    """A word that leaves everything else out, where the source leaves nothing out."""
    harmless = [m.span() for m in NOT_ONLY.finditer(said)]
    for match in ONLY.finditer(said):
        if any(start <= match.start() < end for start, end in harmless):
            continue
        if not ONLY_THERE.search(NOT_ONLY.sub("", told)):
            return match.group()
    return ""


def _unrestricted(said: str, texts: Sequence[str]) -> str:
    """A superlative whose restriction was left out: the largest party, of the opposition's."""
    ours = tokens(said)
    here = stems([said])
    best = {t.text.lower() for t in ours if _is_superlative(t)}
    for text in texts:
        theirs = tokens(text)
        for place, token in enumerate(theirs):
            if not _is_superlative(token) or token.text.lower() not in best:
                continue
            mine = next(n for n, t in enumerate(ours) if t.text.lower() == token.text.lower())
            behind = [t for t in theirs[place + 1 : place + 4] if _restricts(t)]
            follows = next((t for t in ours[mine + 1 : mine + 3] if _restricts(t)), None)
            if follows is None:
                continue
            reached = next((n for n, t in enumerate(behind) if t.stem == follows.stem), 0)
            lost = [t for t in behind[:reached] if not known(t, here)]
            if lost:
                return f"{token.text} {lost[0].text}"
            group = GROUP.search(text)
            if group:
                of = [t for t in tokens(group.group("group")) if is_content(t)]
                if of and not any(known(t, here) for t in of):
                    return group.group()
    return ""


def _restricts(token: Token) -> bool:
    """Whether a word says of what; numbers are compared by themselves."""
    return is_content(token) and token.text.lower() not in WORDS


def _is_superlative(token: Token) -> bool:
    word = token.text.lower()
    return bool(SUPERLATIVE.match(word)) and word not in NO_SUPERLATIVE


def _contrary(said: str, told: str) -> str:
    """A small word in whose place, beside the same words, the source has its contrary."""
    here, there = _beside(said), _beside(told)
    for word, places in here.items():
        for other in OPPOSITES.get(word, ()):
            for before, after in places:
                against = any(
                    (before and before == b) or (after and after == a)
                    for b, a in there.get(other, ())
                )
                along = any(
                    (before and before == b) or (after and after == a)
                    for b, a in there.get(word, ())
                )
                if against and not along:
                    return word
    return ""


def _beside(text: str) -> dict[str, list[tuple[str, str]]]:
    """The small words that have a contrary, each with the words of meaning on its sides."""
    words = tokens(text)
    bounds = [
        (m.start(), a.end)
        for a in amounts(text)
        for _, pattern in BEFORE
        for m in [pattern.search(text[: a.start])]
        if m
    ]
    found: dict[str, list[tuple[str, str]]] = {}
    for place, token in enumerate(words):
        word = token.text.lower()
        if word not in OPPOSITES or any(s <= token.start < e for s, e in bounds):
            continue
        if word == "most" and text[token.end : token.end + 3] == " of":
            continue
        before = next((t.stem for t in reversed(words[:place]) if is_content(t)), "")
        after = next((t.stem for t in words[place + 1 :] if is_content(t)), "")
        found.setdefault(word, []).append((before, after))
    return found


def _compared(said: str, told: str) -> str:
    """A comparison that the source does not make, or makes the other way round."""
    match = re.search(r"\bthan\b", said)
    if not match or re.search(
        r"\b(?:rather|other|more|less|fewer|later|earlier|no \w+) than\s[\d$€£]", said
    ):
        return ""
    if not COMPARED.search(said[: match.start()]):
        return ""
    if not COMPARES.search(told):
        return said[match.start() :].split(",")[0]
    there = re.search(r"\bthan\b", told)
    if not there:
        return ""
    _, measure = _sides(said, match.start(), match.end())
    left, right = _sides(told, there.start(), there.end())
    if measure & left and not measure & right:
        return said[match.start() :].split(",")[0]
    return ""


def _sides(text: str, start: int, end: int) -> tuple[frozenset[str], frozenset[str]]:
    """The words of meaning on both sides of a place: all before it, and its own clause."""
    low = max((m.end() for m in re.finditer(r"[;:]", text[:start])), default=0)
    stop = re.search(r"[,;:.]|\band\b", text[end:])
    high = end + stop.start() if stop else len(text)
    words = [t for t in tokens(text) if is_content(t)]
    left = frozenset(t.stem for t in words if low <= t.start < start)
    return left, frozenset(t.stem for t in words if end <= t.start < high)


def crossed(
    ours: tuple[frozenset[str], frozenset[str]], theirs: tuple[frozenset[str], frozenset[str]]
) -> bool:
    """Whether what stands on one side in a statement stands on the other in its source."""
    straight = len(ours[0] & theirs[0]) + len(ours[1] & theirs[1])
    across = len(ours[0] & theirs[1]) + len(ours[1] & theirs[0])
    return across > straight
