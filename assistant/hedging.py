"""A source's own words of caution."""

from __future__ import annotations

import re

CONFIRM = (
    r"(?:confirmed|verified|proven|proved|established|corroborated|substantiated|acknowledged)"
)
HEDGE = re.compile(
    r"(?P<neither>\b[Nn]either\b[^.;]{1,80}\bnor\b[^.;]{1,80}?"
    rf"\b(?:has|have|had|could|would|was|were|is|are)?\s*(?:yet\s+)?(?:been\s+)?{CONFIRM})"
    r"|(?P<unconfirmed>\b(?:has|have|had|is|are|was|were|could|can)\s*(?:not|n['’]t|never)\s+(?:yet\s+)?"
    rf"(?:been\s+)?(?:independently\s+|officially\s+)?(?:be\s+)?(?:independently\s+)?(?:{CONFIRM}|verify|confirm)"
    rf"|\b(?:hasn|haven|hadn|isn|aren|wasn|weren|couldn)['’]t\s+(?:yet\s+)?(?:been\s+)?(?:independently\s+)?(?:be\s+)?{CONFIRM}"
    r"|\b(?:unconfirmed|unverified|unproven|no\s+(?:official\s+|independent\s+)?confirmation"
    r"|yet\s+to\s+(?:be\s+)?(?:confirm\w*|verif\w*)|remains?\s+to\s+be\s+seen|left\s+to\s+be\s+seen"
    r"|remains?\s+unclear|(?:is|are|was|were)\s+(?:still\s+|not\s+yet\s+)?(?:unclear|uncertain|unknown)"
    r"|not\s+(?:yet\s+)?(?:clear|certain|known)))"
    r"|(?P<reports>\b[Aa]ccording\s+to\s+(?:\w+\s+){0,2}?(?:reports?|rumou?rs?|sources?|estimates?|hearsay|leaks?)"
    r"|\b(?:[Ii]t\s+(?:is|was|has\s+been)|[Ii]t['’]s)\s+(?:widely\s+|also\s+)?"
    r"(?:reported|believed|thought|said|claimed|alleged|rumou?red|assumed|estimated|suspected|suggested|expected|feared|hoped|possible|likely|conceivable)"
    r"|\b(?:is|are|was|were|has\s+been|have\s+been)\s+(?:widely\s+)?(?:said|believed|thought|reported|rumou?red|alleged|suspected|estimated|feared|expected|likely|assumed|presumed|anticipated)\s+to"
    r"|\b(?:some|many|critics|others)\s+(?:say|believe|think|suspect|claim)\b"
    r"|\b[Rr]umou?rs?\b|\b[Ss]peculati(?:on|ve)\b)"
    r"|(?P<word>\b(?:[Rr]eportedly|[Aa]llegedly|[Ss]upposedly|[Aa]pparently|[Pp]urportedly|[Pp]resumably"
    r"|[Pp]robably|[Pp]ossibly|[Pp]erhaps|[Mm]aybe|[Cc]onceivably|[Ss]eemingly|[Ll]ikely|[Uu]nlikely"
    r"|[Pp]otentially|[Pp]rovisionally|[Aa]lleged|[Ss]uspected|[Pp]resumed|[Pp]urported|[Ss]upposed\s+to)\b"
    r"|\b[Aa]s\s+(?:many|much|few|little|high|low|long|late|early)\s+as\b"
    r"|\b[Uu]p\s+to\s+(?=[$€£¥\d]|(?:a|two|three|four|five|six|seven|eight|nine|ten|half|one)\b)"
    r"|\b(?:is|are|was|were)\s+expected\b|\b(?:expects?|anticipates?|forecasts?|predicts?|estimates?|assumes?|projects?|suspects?|doubts?|fears?)\b(?=\s)"
    r"|\b(?:appears?|appeared|seems?|seemed|tends?|tended)\s+(?:to|that|as|likely)\b"
    r"|\b(?:suggests?|indicates?|implies)\s+that\b"
    r"|\bcould\b|\bmight\b|\bmay\b|\bshould\s+be\s+able\s+to\b)"
)
BOUND = re.compile(
    r"^(?:up to|as (?:many|much|few|little|high|low|long|late|early) as)$", re.IGNORECASE
)
NOUN_BEFORE_MIGHT = re.compile(
    r"\b(?:the|its|his|her|their|our|all|full|military|economic|naval|industrial|political|with)\s+$",
    re.IGNORECASE,
)
# "forecasts", "estimates", "fears" are nouns behind these.
DETERMINED = re.compile(
    r"\b(?:the|its|his|her|their|our|these|those|this|that|a|an|no|some|such|official|weather|new|early|first|of|by|in|for|with)\s+$",
    re.IGNORECASE,
)
NOUN_OR_VERB = frozenset(
    "forecast forecasts estimate estimates project projects fear fears doubt doubts"
    " suspect suspects".split()
)


def hedge_of(sentence: str) -> str:
    """The first words by which the sentence holds back from plain assertion, verbatim; else empty.

    Modal verbs, adverbs of report and likelihood, "according to reports", upper bounds such as
    "as many as", expectations, and statements that something is not confirmed.
    """
    for match in HEDGE.finditer(sentence):
        words = match.group().rstrip()
        before = sentence[: match.start()]
        if words == "might" and NOUN_BEFORE_MIGHT.search(before):
            continue
        if words in NOUN_OR_VERB and (DETERMINED.search(before) or not before.strip()):
            continue
        return words
    return ""


def caution_in_words(hedge: str) -> str:
    """How a reader is told of a source's caution: a bound is no doubt about what happened."""
    told = "a limit, not an exact figure" if BOUND.match(hedge) else "reported, not confirmed"
    return f"{told}: “{hedge.lower()}”"
