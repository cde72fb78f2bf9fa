"""The parts of a question, and the same clause asked with another question word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .lexicon import IRREGULAR, STOP_WORDS, VERBS

AUXILIARIES = (
    "is are was were am do does did has have had can could will would shall should may might must"
)
AUX = "|".join(AUXILIARIES.split())
NOT = r"(?:n['’]t)?"
WH = r"(?:what|who|whom|whose|which|when|where|why|how)"
ADJUNCT = re.compile(
    r"(?:when|where|why|how(?! (?:many|much))|since when|until when|till when|in (?:which|what) (?:year|month|week|country"
    r"|city|place|way)|on (?:which|what) (?:day|date)|at what time|what time|with whom|by whom"
    r"|to whom|for whom|from whom|from where|for how long|how long|how often|how far|for what"
    r"(?: reason| purpose)?)",
    re.IGNORECASE,
)
QUESTION = re.compile(
    rf"^(?P<wh>(?:(?:in|on|at|by|to|for|from|with|since|of|about|under|during|until|after|before)\s+)?{WH}\b"
    rf"(?:\s+(?!(?:{AUX}){NOT}\b)[\w’'$%-]+){{0,6}}?)\s+(?P<aux>(?:{AUX}){NOT})\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
CONTRACTED = re.compile(rf"^(?P<wh>{WH})['’]s\s+(?P<rest>.+)$", re.IGNORECASE)
YES_NO = re.compile(rf"^(?P<aux>(?:{AUX}){NOT})\s+(?P<rest>.+)$", re.IGNORECASE)
SUBJECT = re.compile(
    r"^(?P<wh>(?:who|what|which(?:\s+[\w’'-]+){1,4}?|whose\s+[\w’'-]+|how (?:many|much)(?:\s+[\w’'-]+){1,4}?))"
    r"\s+(?P<verb>[\w’'-]+)(?P<rest>(?:\s+.*)?)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A question taken apart: "What did Ann build in Oslo?" → what, did, "Ann build in Oslo".

    ``about_subject``: the question word stands for the subject, which is missing in ``rest``.
    """

    wh: str
    aux: str
    rest: str
    about_subject: bool = False


def clause_of(question: str) -> Clause | None:
    """The question's parts, or None where it is not a full question."""
    text = re.sub(
        r"^(?:and|but|so|or|then|also|ok|okay|well|please)[, ]+", "", question.strip(), flags=re.I
    )
    text = text.rstrip(" ?!.")
    text = re.sub(r"^(can|could|would|will) you (?:please )?(?:tell me|say) ", "", text, flags=re.I)
    match = YES_NO.match(text)
    if match:
        return Clause("", match.group("aux").lower(), match.group("rest"))
    match = CONTRACTED.match(text)
    if match:
        return Clause(match.group("wh"), "is", match.group("rest"), _asks_subject(match, "is"))
    match = QUESTION.match(text)
    if match:
        aux = match.group("aux").lower()
        return Clause(match.group("wh"), aux, match.group("rest"), _asks_subject(match, aux))
    match = SUBJECT.match(text)
    if match:
        verb = match.group("verb").lower()
        aux, base = unfold(verb)
        if base:
            return Clause(match.group("wh"), aux, f"{base}{match.group('rest')}", True)
    return None


def _asks_subject(match: re.Match[str], aux: str) -> bool:
    """Whether who or what is the subject: "Who is leading it", "Who will win"."""
    wh = match.group("wh").lower()
    if ADJUNCT.fullmatch(wh) or wh.split()[0] in (
        "in",
        "on",
        "at",
        "by",
        "to",
        "for",
        "from",
        "with",
    ):
        return False
    if aux.startswith(("do", "did")):
        return False
    if aux.startswith(("is", "are", "was", "were", "am")):
        # "What is the capital" as well: the answer takes the subject's place either way.
        return True
    first = match.group("rest").split()[0].lower()
    return (
        first in VERBS
        or first
        in STOP_WORDS
        - {
            "the",
            "a",
            "an",
            "he",
            "she",
            "it",
            "they",
            "we",
            "you",
            "i",
            "this",
            "that",
            "these",
            "those",
            "his",
            "her",
            "their",
            "its",
        }
        or first.endswith("ed")
    )


def unfold(verb: str) -> tuple[str, str]:
    """A finite verb as auxiliary and base form: "visited" → did, visit; empty for no verb."""
    if verb in IRREGULAR:
        return "did", IRREGULAR[verb]
    if verb.endswith("ed") and len(verb) > 4:
        stem = verb[:-2]
        for base in (stem, f"{stem}e", stem[:-1], f"{verb[:-3]}y"):
            if base in VERBS:
                return "did", base
        return "did", f"{stem}e" if stem.endswith(
            ("at", "iz", "is", "v", "c", "g", "u", "s")
        ) else stem
    if verb in VERBS:
        return "do", verb
    if verb.endswith("s") and (verb[:-1] in VERBS or verb[:-2] in VERBS):
        return "does", verb[:-1] if verb[:-1] in VERBS else verb[:-2]
    return "", ""


def ask_with(word: str, clause: Clause, short: str | None) -> str:
    """The clause asked with another question word; ``short`` fills the gap of the old one.

    ("When", "What did Ann build?", "the bridge") → "When did Ann build the bridge?"
    """
    filling = _filling(clause.wh, short)
    if not clause.wh or ADJUNCT.fullmatch(clause.wh):
        body = clause.rest
    elif clause.about_subject:
        body = f"{filling} {clause.rest}" if filling else clause.rest
    else:
        body = f"{clause.rest} {filling}" if filling else clause.rest
    return f"{word[0].upper()}{word[1:]} {clause.aux} {body.strip()}?"


def _filling(wh: str, short: str | None) -> str:
    words = (short or "").strip().rstrip(".,;")
    if not words or len(words.split()) > 8 or words.lower() in ("yes", "no"):
        # "Which ship" without an answer is still "the ship".
        named = re.match(r"(?:which|what)\s+(.+)$", wh, re.IGNORECASE)
        return f"the {named.group(1)}" if named else ""
    counted = re.match(r"how (?:many|much)\s+(.+)$", wh, re.IGNORECASE)
    if counted and counted.group(1).split()[-1].lower() not in words.lower():
        return f"{words} {counted.group(1)}"
    return words
