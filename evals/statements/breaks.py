"""A true statement broken in exactly one way."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .paraphrases import PERSON, SPEECH, TRANSITIVE

NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
WORD_NUMBERS = "two three four five six seven eight nine ten".split()
NAME_RUN = re.compile(r"(?<![.!?“\"] )(?<!^)\b[A-Z][\w’-]+(?:\s[A-Z][\w’-]+)*")
AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|should)\b(?! not|n)"
)
HEDGED = (
    (re.compile(r"\b(?:may|might|could) have\b"), "have"),
    (re.compile(r"\b(?:may|might|could)\b(?! \d)"), "will"),
    (re.compile(r",? ?\b(?:reportedly|possibly|probably|allegedly|apparently|presumably|perhaps|likely)\b,?"), ""),
    (re.compile(r"\b(?:Up to|up to|As many as|as many as|As much as|as much as|At least|at least|More than|more than|About|about|Nearly|nearly|Almost|Around|around|Roughly) (?=[\d$€£])"), ""),
    (re.compile(r"^According to (?:reports|estimates|rumou?rs|sources)[^,]*, "), ""),
    (re.compile(rf"^(?:According to {PERSON}, |{PERSON} (?:believes|says|said|claims|claimed|thinks|warns|argues) that )"), ""),
    (re.compile(r"\b(?:is|are|was|were) (?:expected|believed|thought|said|likely) to (?=\w)"), "will "),
    (re.compile(r"\b(?:seems?|appears?) to (?=\w)"), "will "),
)  # fmt: skip
ADDITIONS = (
    ", which surprised many observers", ", at a cost of several thousand pounds",
    ", after weeks of protest by residents", " and was widely praised by critics abroad",
    ", despite a warning from the finance ministry", ", the third such case in a decade",
    " because of a shortage of skilled workers", ", as a court later confirmed",
    " and plans to repeat it next summer", ", following the advice of a private consultant",
    ", although two board members resigned in protest", " with money from an anonymous donor",
    ", and the mayor apologised for the delay", ", a decision that cost him his job",
    ", making it the largest in Europe", ", which led to a fall in share prices",
    " in order to please foreign investors", ", and the police have opened an inquiry",
    ", while heavy rain flooded the nearby valley", ", as satellite pictures later proved",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Setting:
    """What a break may draw on: the article's sentences, the cited one, and other articles."""

    sentences: Sequence[str]
    cited: int
    others: Sequence[str]


def number(statement: str, setting: Setting, draw: random.Random) -> str:
    """One number changed to one the article does not have."""
    text = " ".join(setting.sentences)
    found = list(NUMBER.finditer(statement))
    words = list(re.finditer(rf"\b(?:{'|'.join(WORD_NUMBERS)})\b", statement))
    if found:
        match = draw.choice(found)
        old = match.group()
        for _ in range(20):
            new = _other_number(old, draw)
            if new not in text:
                return statement[: match.start()] + new + statement[match.end() :]
    if words:
        match = draw.choice(words)
        choices = [w for w in WORD_NUMBERS if not re.search(rf"\b{w}\b", text, re.IGNORECASE)]
        if choices:
            return statement[: match.start()] + draw.choice(choices) + statement[match.end() :]
    return ""


def _other_number(old: str, draw: random.Random) -> str:
    digits = old.replace(",", "")
    if re.fullmatch(r"(?:1[5-9]|20)\d\d", digits):
        return str(int(digits) + draw.choice([-11, -7, -2, -1, 1, 2, 3, 9]))
    if "." in digits:
        return f"{float(digits) + draw.choice([0.3, 1.2, 2.6]):.1f}"
    value = max(1, int(int(digits) * draw.choice([0.5, 1.5, 2, 3])) + draw.choice([-1, 1, 2]))
    return f"{value:,}" if "," in old else str(value)


def scale(statement: str, _: Setting, draw: random.Random) -> str:
    """The number's scale or unit changed."""
    for old, new in (
        ("billion", "million"), ("million", "billion"), ("thousands", "millions"),
        ("thousand", "hundred"), ("hundreds", "thousands"), ("hundred", "thousand"),
        ("dozens", "hundreds"), ("percent", "percentage points"), ("miles", "kilometers"),
        ("kilometres", "metres"), ("km", "m"), ("metres", "kilometres"), ("feet", "metres"),
        ("years", "months"), ("hours", "minutes"), ("weeks", "days"), ("tonnes", "kilograms"),
    ):  # fmt: skip
        match = re.search(
            rf"(?<=\d )\b{old}\b|\b(?:several|two|three|four|five|six|ten|{old}) ?\b{old}\b(?= of| [a-z])",
            statement,
        )
        if match:
            changed = re.sub(rf"\b{old}\b", new, match.group())
            return statement[: match.start()] + changed + statement[match.end() :]
    match = re.search(r"(?<![\d.,])(\d{1,3}),000\b", statement)
    if match:
        return (
            statement[: match.start()]
            + draw.choice([f"{match.group(1)}00", f"{match.group(1)},000,000"])
            + statement[match.end() :]
        )
    return ""


def name(statement: str, setting: Setting, draw: random.Random) -> str:
    """One name replaced by another of the same article that the cited sentence does not have."""
    cited = setting.sentences[setting.cited]
    runs = [m for m in NAME_RUN.finditer(statement) if len(m.group()) > 2]
    pool = {
        m.group()
        for place, sentence in enumerate(setting.sentences)
        if place != setting.cited
        for m in NAME_RUN.finditer(sentence)
    }
    draw.shuffle(runs)
    for match in runs:
        old = set(match.group().split())
        choices = sorted(
            one
            for one in pool
            if not set(one.split()) & set(cited.split())
            and not any(w[:4] in cited for w in one.split())
            and not old & set(one.split())
            and len(one) > 3
            and len(one.split()) <= 3
        )
        if choices:
            return statement[: match.start()] + draw.choice(choices) + statement[match.end() :]
    return ""


def swapped_names(statement: str, _: Setting, __: random.Random) -> str:
    """Two names of the sentence exchanged, so that each stands in the other's part."""
    runs = list(re.finditer(r"\b[A-Z][\w’-]+(?:\s[A-Z][\w’-]+)*", statement))
    runs = [
        m
        for m in runs
        if len(m.group()) > 2 and m.group() not in ("The", "In", "On", "At", "After", "Since")
    ]
    verbs = "|".join(TRANSITIVE)
    for one, other in itertools.pairwise(runs):
        between = statement[one.end() : other.start()]
        if re.search(rf"\b(?:{verbs})\b|\bby\b", between) and "," not in between:
            return (
                statement[: one.start()]
                + other.group()
                + between
                + one.group()
                + statement[other.end() :]
            )
    return ""


def negation(statement: str, _: Setting, draw: random.Random) -> str:
    """A negation put in, or the one there taken out."""
    for pattern, put in (
        (r"\b(did|does|do) not (\w+)", r"\1 \2"), (r"\b(is|are|was|were|has|have|had|will|would|can|could|should|may|might)(?: not|n[’']t)\b", r"\1"),
        (r"\bcannot\b", "can"), (r"\b(?:No|no) (?=[a-z])", "some "), (r"\bnever\b", "always"),
        (r"\bwithout\b", "with"),
        (r"\bNeither\b([^.]*)\bnor\b", r"Both\1and"), (r"\bneither\b([^.]*)\bnor\b", r"both\1and"),
        (r"\bNothing\b", "Something"), (r"\bnobody\b", "everybody"),
    ):  # fmt: skip
        changed, count = re.subn(pattern, put, statement, count=1)
        if count:
            return changed[0].upper() + changed[1:]
    found = list(AUXILIARY.finditer(statement))
    if found:
        match = draw.choice(found)
        return f"{statement[: match.end()]} not{statement[match.end() :]}"
    for verb in TRANSITIVE:
        match2 = re.search(rf"(?<=[a-zA-Z]) {verb} (?=the|a|an|[A-Z])", statement)
        if match2:
            return f"{statement[: match2.start()]} never {verb} {statement[match2.end() :]}"
    return ""


def dropped_hedge(statement: str, _: Setting, __: random.Random) -> str:
    """The source's caution taken out."""
    for pattern, put in HEDGED:
        changed, count = pattern.subn(put, statement, count=1)
        if count:
            changed = re.sub(r"\s+", " ", changed).strip()
            return changed[0].upper() + changed[1:]
    return ""


def wrong_speaker(statement: str, setting: Setting, draw: random.Random) -> str:
    """Somebody else of the article named as the one who says it."""
    patterns = (
        rf"(?:According to|according to) (?P<who>{PERSON})",
        rf"(?:^|, |” |\" )(?P<who>{PERSON}) {SPEECH}\b",
        rf"\b(?:said|says) (?P<who>{PERSON})",
    )
    cited = setting.sentences[setting.cited]
    for pattern in patterns:
        match = re.search(pattern, statement)
        if not match:
            continue
        who = match.group("who")
        if who in ("He", "She", "They", "It", "The"):
            continue
        people = {
            m.group()
            for sentence in setting.sentences
            for m in re.finditer(r"\b[A-Z][a-z’-]+\s[A-Z][a-z’-]+\b", sentence)
        }
        choices = sorted(p for p in people if not set(p.split()) & set(f"{who} {cited}".split()))
        if choices:
            return (
                statement[: match.start("who")]
                + draw.choice(choices)
                + statement[match.end("who") :]
            )
    return ""


def addition(statement: str, setting: Setting, draw: random.Random) -> str:
    """Something added that the article does not say."""
    if not statement.endswith("."):
        return ""
    if setting.others and draw.random() < 0.4:
        clauses = [
            piece.strip(" .")
            for sentence in setting.others
            for piece in re.split(r"[,;:]", sentence)
            if 5 <= len(piece.split()) <= 14
            and re.match(r"\s?(?:and|who|which|while|but)\b (?!how|what|that|to)", piece)
        ]
        if clauses:
            clause = re.sub(r"^(?:and|who|which|while|but)\s", "", draw.choice(clauses))
            return f"{statement[:-1]}, and {clause}."
    return f"{statement[:-1]}{draw.choice(ADDITIONS)}."


def reach(statement: str, _: Setting, __: random.Random) -> str:
    """Some, many or most made all."""
    changed = re.sub(
        r"(?<!only )(?<!only a )(?<!a )\b(some|many|several|most|few)( of)?(?= (?:the|his|her|its|their|these|those|[a-z]+s|people|men|women|children)\b)",
        r"all\2",
        statement,
        count=1,
        flags=re.IGNORECASE,
    )
    changed = re.sub(r"\b(?:partly|mainly|mostly|largely|often|usually|sometimes)\b", "always", changed, count=1) if changed == statement else changed  # fmt: skip
    return changed[0].upper() + changed[1:] if changed != statement else ""


def only(statement: str, _: Setting, __: random.Random) -> str:
    """Everything else excluded."""
    if re.search(r"\b(?:only|just|alone|sole|solely)\b|[“”\"]", statement):
        return ""
    verbs = "|".join(TRANSITIVE)
    changed, count = re.subn(
        rf"(?<=[a-z] )(?<!has )(?<!have )(?<!had )(?<!been )(?<!was )(?<!were )(?<!be )(?<!in )(?<!of )(?<!the )({verbs}|includes?|contains?)(?= (?:the|an?|its|his|her|their|[A-Z]\w+) )",
        r"\1 only", statement, count=1,
    )  # fmt: skip
    return changed if count else ""


def comparative(statement: str, _: Setting, __: random.Random) -> str:
    """More made less, or the other way round."""
    pairs = (
        ("more", "less"), ("less", "more"), ("fewer", "more"), ("larger", "smaller"), ("smaller", "larger"),
        ("higher", "lower"), ("lower", "higher"), ("older", "younger"), ("better", "worse"), ("worse", "better"),
        ("largest", "smallest"), ("highest", "lowest"), ("oldest", "youngest"), ("longer", "shorter"),
        ("earlier", "later"), ("most", "least"), ("stronger", "weaker"), ("faster", "slower"),
    )  # fmt: skip
    for old, new in pairs:
        match = re.search(rf"\b{old}\b(?! than [\d$€£]| of\b|,)(?= [a-z])", statement)
        if match and not re.search(
            r"\b(?:or|once|the|any|no|ever|at) $", statement[: match.start()]
        ):
            return statement[: match.start()] + new + statement[match.end() :]
    return ""


def time_order(statement: str, _: Setting, __: random.Random) -> str:
    """Before made after, and the like."""
    for pattern, put in (
        (r"\b([Bb])efore (?=[a-zA-Z\d])", "after "), (r"\b([Aa])fter (?=[a-zA-Z\d])", "before "),
        (r"\b([Uu])ntil (?=[a-zA-Z\d])", "since "), (r"\bsince (?=(?:the |\d{4}))()", "until "),
        (r"\bnext (year|month|week)\b", r"last \1"), (r"\blast (year|month|week)\b", r"next \1"),
        (r"\b[Ii]n (?=(?:1[5-9]|20)\d\d\b)()", "before "),
        (r"\b[Dd]uring (?=the )()", "before "),
    ):  # fmt: skip
        match = re.search(pattern, statement)
        if match:
            new = match.expand(put)
            changed = statement[: match.start()] + new + statement[match.end() :]
            return changed[0].upper() + changed[1:]
    return ""


def wish(statement: str, _: Setting, __: random.Random) -> str:
    """What somebody wants, plans or tries told as done."""
    if re.search(r"[“”\"]", statement):
        return ""
    changed, count = re.subn(
        r"(?<!has )(?<!have )(?<!had )(?<!and )(?<!what they )(?<!what he )(?<!what she )(?<!who )\b(?:wants?|wanted|plans?|planned|hopes?|hoped|intends?|intended|promised|threatened|tried|tries"
        r"|attempted|sought|offered|refused|proposed|demanded|agreed) to (?=[a-z])",
        "did ", statement, count=1,
    )  # fmt: skip
    return changed if count else ""


def condition(statement: str, _: Setting, __: random.Random) -> str:
    """A condition left out."""
    if re.search(r"[“”\"]", statement):
        return ""
    match = re.match(r"^(?:If|Unless|As long as|Provided that) [^,]+, (?P<rest>.+)$", statement)
    rest = match.group("rest") if match else re.sub(
        r",? (?:only )?(?<!as )(?<!even )(?:if|unless|as long as|provided that|in case) (?!not\b|any)[^,;]+(?=[.])", "", statement
    )  # fmt: skip
    if (
        rest == statement
        or len(rest) < 20
        or re.search(r"\b(?:would|could|might|ask|know|see)\b", statement)
    ):
        return ""
    return rest[0].upper() + rest[1:]


def cause(statement: str, setting: Setting, __: random.Random) -> str:
    """Cause and effect exchanged."""
    match = re.match(r"^([^,;“”\"]{15,}?),? because ((?!of\b)[^,;“”\"]{15,})\.$", statement)
    if not match:
        return ""
    effect, reason = match.groups()
    first = effect.split()[0]
    named = re.search(rf"(?<=[a-z,] ){re.escape(first)}\b", " ".join(setting.sentences))
    low = effect if named else effect[0].lower() + effect[1:]
    return f"{reason[0].upper()}{reason[1:]} because {low}."


def swapped_numbers(statement: str, _: Setting, __: random.Random) -> str:
    """Two numbers exchanged, each now with the other's thing."""
    found = [
        match
        for match in re.finditer(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?!\d)", statement)
        if not re.fullmatch(r"(?:1[5-9]|20)\d\d", match.group())
    ]
    for one, other in itertools.pairwise(found):
        between = statement[one.end() : other.start()]
        # A score, a range or a date has no things that could be exchanged.
        if one.group() == other.group() or len(between.split()) < 3 or re.search(r"[A-Z]", between):
            continue
        if re.search(r"\b(?:to|and|or)\b|[-–—]", between) and len(between.split()) < 6:
            continue
        return (
            statement[: one.start()]
            + other.group()
            + between
            + one.group()
            + statement[other.end() :]
        )
    return ""


def quotation(statement: str, _: Setting, draw: random.Random) -> str:
    """One word of a quotation exchanged."""
    match = re.search(r"[“\"]([^“”\"]{15,})[”\"]", statement)
    if not match:
        return ""
    words = match.group(1).split()
    place = draw.randrange(len(words))
    new = draw.choice(["surely", "hardly", "gladly", "formally", "twice"])
    changed = " ".join((*words[:place], new, *words[place + 1 :]))
    return statement[: match.start(1)] + changed + statement[match.end(1) :]


BREAKS: dict[str, Callable[[str, Setting, random.Random], str]] = {
    "number": number,
    "scale or unit": scale,
    "name": name,
    "swapped names": swapped_names,
    "negation": negation,
    "dropped hedge": dropped_hedge,
    "wrong speaker": wrong_speaker,
    "altered quotation": quotation,
    "all for some": reach,
    "added only": only,
    "comparison turned": comparative,
    "time turned": time_order,
    "wish as fact": wish,
    "condition dropped": condition,
    "cause turned": cause,
    "numbers exchanged": swapped_numbers,
    "unsupported addition": addition,
}
