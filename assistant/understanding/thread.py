"""What a conversation has spoken of so far, ranked by how likely a pronoun means it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ..answers import Outcome, Turn
from .acts import Act, recognise
from .lexicon import COUNTRIES, STOP_WORDS
from .mentions import DATE, Mention, Sort, names_of, noun_phrases_of
from .questions import ADJUNCT, clause_of

LONGEST_THREAD = 3
"""Turns looked back to; what was said before is no longer what "it" means."""
OF_THE_ARTICLE = re.compile(
    r"\b(?:the|this|that|which|what)?\s*(?:article|text|story|piece|page|question|answer|sentence)s?$",
    re.IGNORECASE,
)
EMPTY_HEADS = frozenset(
    "thing things something anything one ones way kind kinds sort type types name names number"
    " amount reason reasons example examples lot part difference role fact facts time first last"
    " year years day days night nights week weeks hour hours minute minutes month months percent percentage share most rest more".split()
)


WHO_IS = re.compile(r"who(?: is|['’]s| was) [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*\W*$", re.IGNORECASE)


class Wants(StrEnum):
    """What kind of thing a word refers to."""

    MAN = "man"
    WOMAN = "woman"
    PEOPLE = "people"
    THING = "thing"
    PLACE = "place"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Heard:
    """An earlier turn: the question as it was understood, and what the answer gave.

    ``named`` is who it came from, where that was asked next. ``men`` and ``women`` are the names
    that stood for "he" and "she" in the conversation.
    """

    question: str
    short: str
    sentences: tuple[str, ...]
    speakers: tuple[str, ...]
    denied: bool = False
    named: str = ""
    men: frozenset[str] = frozenset()
    women: frozenset[str] = frozenset()

    def other_gender(self, wanted: Wants) -> frozenset[str]:
        """The names that are known not to be meant by "he", or by "she"."""
        men, women = self.men - self.women, self.women - self.men
        return {Wants.MAN: women, Wants.WOMAN: men}.get(wanted, frozenset())


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a pronoun may stand for, with a weight that only orders candidates."""

    words: str
    weight: float


def thread_of(history: Sequence[Turn]) -> tuple[Heard, ...]:
    """The last turns that asked something of the articles, latest first."""
    heard: list[Heard] = []
    named = ""
    known = {"men": _called(history, r"he|him|his"), "women": _called(history, r"she|her|hers")}
    for turn in reversed(history):
        answer = turn.answer
        if answer.outcome is Outcome.CONVERSATION:
            continue
        asked = answer.understood_as or turn.question
        act = recognise(turn.question).act
        if act is Act.SPEAKER and not heard and not named:
            named = answer.short or ""
        if act not in (Act.QUESTION, Act.MORE, Act.COMPARE):
            continue
        answered = answer.outcome is Outcome.ANSWERED
        heard.append(
            Heard(
                question=asked,
                short=(answer.short or "") if answered else "",
                sentences=tuple(c.quote for c in answer.citations)
                or ((answer.text,) if answered else ()),
                speakers=tuple(c.speaker for c in answer.citations if c.speaker),
                denied=answered and (answer.short or answer.text).lower().startswith("no"),
                named=named,
                **known,
            )
        )
        named = ""
        if len(heard) == LONGEST_THREAD:
            break
    return tuple(heard)


def _called(history: Sequence[Turn], pronouns: str) -> frozenset[str]:
    """The names that took a pronoun's place in the questions as they were understood."""
    found: set[str] = set()
    for turn in history:
        understood = turn.answer.understood_as
        if understood and re.search(rf"\b(?:{pronouns})\b", turn.question, re.IGNORECASE):
            asked = {mention.words for mention in names_of(turn.question)}
            found |= {m.words for m in names_of(understood) if m.sort is Sort.PERSON} - asked
    return frozenset(found)


def _empty(mention: Mention) -> bool:
    """Whether a phrase of a sentence names nothing to speak of: "the month", "this article"."""
    common = mention.sort is Sort.THING and mention.words[0].islower()
    return bool(OF_THE_ARTICLE.search(mention.words)) or (
        common and mention.words.split()[-1].lower() in EMPTY_HEADS
    )


def referent(wanted: Wants, thread: Sequence[Heard]) -> str:
    """The likeliest thing of that kind that was spoken of; empty where nothing fits."""
    best = max(
        (
            replace(candidate, weight=candidate.weight - 1.5 * age)
            for age, heard in enumerate(thread)
            for candidate in _candidates(wanted, heard)
        ),
        key=lambda candidate: candidate.weight,
        default=None,
    )
    return _definite(full_name(best.words, thread)) if best else ""


def full_name(words: str, thread: Sequence[Heard]) -> str:
    """The full name for a surname, where the conversation has one."""
    if " " in words or not words[:1].isupper():
        return words
    for heard in thread:
        for text in (heard.question, heard.short, *heard.speakers, *heard.sentences):
            for mention in names_of(text):
                if mention.sort is Sort.PERSON and mention.words.split()[-1] == words:
                    return mention.words
    return words


def _definite(words: str) -> str:
    words = re.sub(r"^The (?=[a-z])", "the ", words)
    return re.sub(r"^(?:a|an|some|every|each|any|no)\s+", "the ", words, flags=re.IGNORECASE)


def _candidates(wanted: Wants, heard: Heard) -> Iterator[Candidate]:
    clause = clause_of(heard.question)
    asked = clause.wh.lower() if clause else ""
    if heard.named:
        fit = _fit(wanted, Mention(heard.named, _sort_of_speaker(heard.named), 0))
        if fit:
            yield Candidate(heard.named, 3.2 * fit)
    for mention in mentions_in_question(heard):
        fit = _fit(wanted, mention)
        if fit and mention.words not in heard.other_gender(wanted):
            place = mention.start / max(1, len(heard.question))
            introduced = WHO_IS.match(heard.question) is not None
            yield Candidate(mention.words, fit * (3.0 if introduced else 2.6 - 0.3 * place))
    for pair in _pairs(heard.question) if wanted is Wants.PEOPLE else ():
        yield Candidate(pair, 2.7)
    # "Who heads the firm?" is about its subject also where the verb is not known.
    subject = clause.about_subject if clause else bool(re.match(r"who\b", heard.question, re.I))
    yield from _from_short(wanted, heard, asked or heard.question.lower(), subject)
    for speaker in heard.speakers:
        named = Mention(speaker, _sort_of_speaker(speaker), 0)
        fit = _fit(wanted, named)
        if fit:
            yield Candidate(speaker, fit * 1.9)
    for sentence in heard.sentences:
        for mention in (*names_of(sentence), *noun_phrases_of(sentence)):
            fit = _fit(wanted, mention)
            if fit and not _empty(mention) and mention.words not in heard.other_gender(wanted):
                common = mention.sort is Sort.THING
                place = mention.start / max(1, len(sentence))
                yield Candidate(mention.words, fit * ((0.7 if common else 1.3) - 0.3 * place))


def _from_short(
    wanted: Wants, heard: Heard, asked: str, about_subject: bool
) -> Iterator[Candidate]:
    short = heard.short.strip().rstrip(".,;")
    if not short or len(short.split()) > 12:
        return
    first = asked.split()[0] if asked else ""
    # Of "Ann Lee of the Oslo Institute" the person is meant, not the institute.
    person = re.match(r"(?:[A-Z][\w’'-]+\s+){2,3}(?=(?:of|from|at)\s)", short)
    if first in ("who", "whom") and person:
        short = person.group().strip()
    whole = len(short.split()) <= 6
    weight = 2.9 if about_subject else 2.4
    if first in ("who", "whom") and whole and wanted in (Wants.MAN, Wants.WOMAN, Wants.PEOPLE):
        joined = bool(re.search(r",|;|\band\b|s$", short))
        allowed = _sort_of_speaker(short) is not Sort.GROUP or wanted is Wants.PEOPLE
        allowed = (
            allowed
            and short not in heard.other_gender(wanted)
            and not _describes(heard.question, short)
        )
        if (wanted is Wants.PEOPLE) == joined and allowed:
            yield Candidate(short, weight)
            return
    if first == "where" and whole and wanted is Wants.PLACE:
        yield Candidate(re.sub(r"^(?:in|at|on|near|to|from)\s+", "", short), 3.0)
        return
    if wanted is Wants.TIME and DATE.search(short):
        yield Candidate(short, 3.0)
        return
    found = [*names_of(short), *noun_phrases_of(short)]
    if first in ("who", "whom") and person:
        found = [Mention(short, Sort.PERSON, 0)]
    if first in ("what", "which") and whole and not found and not re.match(r"[\d$€£]", short):
        words = short.split()
        plural = words[-1].endswith("s") and not words[-1].endswith("ss")
        found = [Mention(short, Sort.THING, 0, plural)]
    for mention in found:
        fit = _fit(wanted, mention)
        if fit and mention.words not in heard.other_gender(wanted):
            yield Candidate(mention.words, fit * (weight - 0.4 * mention.start / len(short)))


def _describes(question: str, short: str) -> bool:
    """Whether the answer to "Who is Ann?" says what she is instead of naming another."""
    return (
        short[:1].islower()
        and bool(re.match(r"(?:a|an|the)\s", short))
        and bool([m for m in names_of(question) if m.sort is not Sort.DATE])
    )


def mentions_in_question(heard: Heard) -> list[Mention]:
    """What the question names; names typed without capitals are known from the answer."""
    question = heard.question
    found = [*names_of(question)]
    low = question.lower()
    for text in (heard.short, *heard.speakers, *heard.sentences):
        for mention in names_of(text):
            for words in dict.fromkeys((mention.words, mention.words.split()[-1])):
                place = re.search(rf"\b{re.escape(words.lower())}\b", low)
                if place and not any(m.start <= place.start() < m.end for m in found):
                    if question[place.start()].islower() and len(words) > 2:
                        found.append(replace(mention, start=place.start()))
                    break
    for mention in noun_phrases_of(question):
        head = mention.words.split()[-1].lower()
        # "the mayor Ann Lee" names a person once, "the bridge" stands for itself.
        if head in EMPTY_HEADS or head in STOP_WORDS or OF_THE_ARTICLE.search(mention.words):
            continue
        if not any(m.start <= mention.end - 1 < m.end for m in found):
            found.append(mention)
    return sorted(found, key=lambda m: m.start)


def _sort_of_speaker(speaker: str) -> Sort:
    for found in (names_of(f"x {speaker}"), noun_phrases_of(speaker)):
        if found:
            return found[0].sort
    return Sort.PERSON


def _pairs(question: str) -> list[str]:
    """Names joined by "and": "Ann Lee and Bo Ray"."""
    names = [m for m in names_of(question) if m.sort is not Sort.DATE]
    return [
        question[a.start : b.end]
        for a, b in itertools.pairwise(names)
        if question[a.end : b.start].strip() in ("and", "&", ", and")
    ]


def _fit(wanted: Wants, mention: Mention) -> float:
    """How well a mention can be what is wanted, from 0 (not at all) to 1."""
    sort, plural = mention.sort, mention.plural
    if wanted is Wants.TIME:
        return 1.0 if sort is Sort.DATE else 0.0
    if sort in (Sort.DATE, Sort.NUMBER):
        return 0.0
    country = mention.words.lower() in COUNTRIES
    if wanted is Wants.PLACE:
        return {Sort.PLACE: 1.0, Sort.GROUP: 0.5, Sort.NAME: 0.4}.get(sort, 0.0) * (not plural)
    if wanted in (Wants.MAN, Wants.WOMAN):
        gender = "m" if wanted is Wants.MAN else "f"
        if plural or (mention.gender and mention.gender != gender):
            return 0.0
        common = 0.75 if mention.words[0].islower() else 1.0
        return {Sort.PERSON: common, Sort.NAME: 0.75}.get(sort, 0.0)
    if wanted is Wants.PEOPLE:
        if plural:
            return 1.0 if sort is not Sort.PLACE else 0.7
        return {Sort.GROUP: 0.9, Sort.PLACE: 0.75 if country else 0.0, Sort.NAME: 0.5}.get(
            sort, 0.25 if sort is Sort.PERSON else 0.0
        )
    if plural:
        return 0.0
    return {Sort.THING: 1.0, Sort.GROUP: 0.9, Sort.PLACE: 0.85, Sort.NAME: 0.6}.get(sort, 0.0)


def topic_of(thread: Sequence[Heard]) -> str:
    """What the last question was about; empty where it names nothing."""
    for heard in thread[:1]:
        about = re.search(r"\babout (?P<x>[^?]+?)\s*\??$", heard.question)
        if about:
            return about.group("x")
        mentions = [m for m in mentions_in_question(heard) if m.sort is not Sort.DATE]
        clause = clause_of(heard.question)
        who = clause is not None and not ADJUNCT.fullmatch(clause.wh or "when")
        if mentions:
            named = [m for m in mentions if m.sort is not Sort.THING] or mentions
            return _definite(full_name(named[0].words, thread))
        if who and heard.short and len(heard.short.split()) <= 6:
            return _definite(heard.short)
    return ""
