"""Yes/no questions: which way a sentence decides one, and where it only half does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .hedging import CONFIRM, hedge_of
from .reader.support import keys, positions, stem, terms

NEGATION = re.compile(
    r"\bneither\b.{1,120}?\bnor\b"
    r"|\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|barely|scarcely"
    r"|rarely|seldom|little|few|declin(?:e|es|ed)|denie[sd]|deny|denying|lacks?|lacking|fail(?:s|ed)?|refuse[sd]?"
    r"|reject(?:s|ed)?|rules? out|ruled out|unlikely|far from|too early|yet to|doubts?|doubted"
    r"|opposes?|opposed|against)\b"
    r"|\b\w+n'?t\b(?<=n't)",
    re.IGNORECASE,
)
# "A little" and "a few" affirm; "not only" and "no doubt" deny nothing.
NO_NEGATION = re.compile(
    r"\b(?:a (?:little|few)|not only|no doubt|no longer only|beyond doubt|without doubt)\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"[,;:]\s+|\s[–—-]\s|\s(?=(?:but|while|although|though|whereas|and)\s)")
LEADING = re.compile(r"^(?:but|while|although|though|whereas|and|that|so|who|which)\s+", re.I)
# What frames a yes/no question without being a part of what it asks.
FRAME = re.compile(
    r"^(?:is|was) it (?:really )?(?:true|certain|correct|clear|known|sure|a fact|confirmed|proven"
    r"|the case|right)(?: for certain)? (?:that|whether)\s+"
    r"|^(?:does|did) (?:the|this) (?:article|text|report|story|author) (?:say|state|claim|mention|report)"
    r"(?: (?:that|whether|if))?\s+",
    re.IGNORECASE,
)
ASKS_HOW_SURE = re.compile(
    rf"\b{CONFIRM}\b|\bconfirm\b|\bverif(?:y|ied)\b|\bproof\b|\bproven?\b", re.I
)
CONFIRMS_THIS = re.compile(
    rf"\b(?:{CONFIRM}|confirm|verify)\s+(?:any of |all of |either of )?(?:this|these|them|it)\b"
    rf"|\b{CONFIRM}\s+that(?=[.,;]|$)|\b(?:declin\w+|refus\w+)\s+to\s+(?:comment|confirm)\b",
    re.IGNORECASE,
)
# Not "May", the month, unless it opens the question.
CAUTIOUS = re.compile(
    r"^(?:May|Might|Could)\b|\b(?:may|might|could|possibly|perhaps|likely|probably|reportedly)\b"
)
# What is only wished, planned or under way has not happened: "in talks about buying" is no purchase.
PROSPECTIVE = re.compile(
    r"\b(?:in talks|in negotiations|negotiating|plans?|planned|planning|intends?|intended|wants?|wanted"
    r"|hopes?|hoped|aims?|tries|tried|trying|offers?|offered|proposes?|proposed|considers?|considering"
    r"|is to|are to|will|would|if|whether|were to|reckon with|the possibility)\b",
    re.IGNORECASE,
)
HAPPENED = re.compile(r"^(?:and\s+|so\s+|but\s+)?(?:has|have|had|did|was|were)\b", re.IGNORECASE)
BELIEF = re.compile(
    r"\b(?:expect|anticipat|forecast|predict|estimat|assum|suspect|doubt|fear|think|believ|see|say"
    r"|said|regard|consider|claim)\w*",
    re.IGNORECASE,
)


class Verdict(StrEnum):
    """What a sentence says to a yes/no question."""

    YES = "Yes"
    NO = "No"
    UNSURE = "Not certain"


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict and the clause, as characters of the sentence, that gives it."""

    verdict: Verdict
    start: int
    end: int


def core(question: str) -> str:
    """The question without "Is it true that" and the like."""
    return FRAME.sub("", question.strip())


def decide(question: str, sentence: str) -> Decision:
    """Which way a sentence that speaks of what is asked decides the question.

    The clauses that hold the question's words decide: no where they deny what the question does
    not deny, unsure where the source is cautious about them and the question does not itself
    ask how sure it is.
    """
    start, end = deciding_clause(question, sentence)
    clause = sentence[start:end]
    hedge, asked = hedge_of(clause), core(question)
    denied = _denials(clause) % 2 == 1
    # "Does she expect …?" asks for the expectation; "does not expect" is a plain no.
    if hedge and ASKS_HOW_SURE.search(question) and not ASKS_HOW_SURE.search(clause):
        # What the source only reports, it has not got confirmed.
        return Decision(Verdict.NO, start, end)
    plain = BELIEF.match(hedge) and (denied or BELIEF.search(asked))
    if hedge and not plain and not (ASKS_HOW_SURE.search(asked) or CAUTIOUS.search(asked)):
        return Decision(Verdict.UNSURE, start, end)
    if only_prospective(asked, clause) and not denied:
        return Decision(Verdict.UNSURE, start, end)
    asked_denied = _denials(core(question)) % 2 == 1
    return Decision(Verdict.YES if denied == asked_denied else Verdict.NO, start, end)


def only_prospective(question: str, clause: str) -> bool:
    """Whether a clause only looks ahead to, or wishes for, what a question asks of the past."""
    if not HAPPENED.match(question) or PROSPECTIVE.search(question):
        return False
    return PROSPECTIVE.search(clause) is not None


def deciding_clause(question: str, sentence: str) -> tuple[int, int]:
    """The characters of the clause that holds most of what is asked, the first of several."""
    asked = {term.key for term in terms(core(question))}
    bounds = clauses(sentence)
    if ASKS_HOW_SURE.search(core(question)):
        sure = [b for b in bounds if ASKS_HOW_SURE.search(sentence[b[0] : b[1]])]
        bounds = sure or bounds
    held = [len(asked & keys(sentence[start:end])) for start, end in bounds]
    most = max(held)
    if most == 0:
        return 0, len(sentence.rstrip(".!? "))
    chosen = [place for place, count in enumerate(held) if count == most]
    start, end = bounds[chosen[0]]
    lead = LEADING.match(sentence[start:end])
    if lead:
        start += lead.end()
    return start, start + len(sentence[start:end].rstrip(".!?,;: "))


def clauses(sentence: str) -> Sequence[tuple[int, int]]:
    """The characters of each clause of a sentence, cut at commas, dashes and conjunctions."""
    bounds, start = [], 0
    for match in CLAUSE.finditer(sentence):
        # A comma in a number or a short enumeration ends no clause.
        if match.start() - start >= 12:
            bounds.append((start, match.start()))
            start = match.end()
    bounds.append((start, len(sentence)))
    return [(s, e) for s, e in bounds if s < e] or [(0, len(sentence))]


def _denials(words: str) -> int:
    plain = NO_NEGATION.sub(" ", words.replace("’", "'"))
    return len(NEGATION.findall(plain))


def agreement(question: str, sentence: str) -> int:
    """How many signs there are, of two, that a sentence speaks of just what is asked.

    Its subject is the question's, and where the question is whether something is confirmed, the
    sentence says so of "this", which stands before, and not of something else.
    """
    return int(in_order(question, sentence)) + int(says_how_sure_of_this(question, sentence))


def says_how_sure_of_this(question: str, sentence: str) -> bool:
    """Whether a sentence says of "this" whether it is confirmed, and a question asks that."""
    if not ASKS_HOW_SURE.search(core(question)):
        return False
    return CONFIRMS_THIS.search(sentence) is not None


def in_order(question: str, sentence: str) -> bool:
    """Whether the question's first name stands before its other words in the sentence too.

    "Has Russia confirmed it?" is not decided by who confirmed something in Russia.
    """
    asked = terms(core(question))
    first = next((t for t in asked if t.named), None)
    if first is None:
        return True
    place = {key: at for at, key in reversed(list(positions(sentence)))}
    others = [place[t.key] for t in asked if t.key in place and t.key != first.key]
    return first.key not in place or not others or place[first.key] < min(others)


def negation_keys() -> frozenset[str]:
    """Stems of words that carry a denial, which a sentence need not share with the question."""
    return frozenset(
        stem(word) for word in "not no never none nobody nothing neither nor deny refuse".split()
    )
