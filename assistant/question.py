"""What a question asks for, read from its own words, and which questions cannot be asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

LONGEST_QUESTION = 2000


class QuestionError(Exception):
    """A question that cannot be asked; the message says why and what to do."""


class Wanted(StrEnum):
    """The form an answer should take."""

    SPAN = "span"
    LIST = "list"
    YES_NO = "yes-no"
    SPEAKER = "speaker"
    AUTHOR = "author"
    DATE = "date"
    TITLE = "title"
    SITE = "site"


AUXILIARY = (
    r"(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might"
    r"|must|isn'?t|aren'?t|wasn'?t|weren'?t|don'?t|doesn'?t|didn'?t|hasn'?t|haven'?t|won'?t)"
)
ARTICLE = r"(?:this|it|the|that)(?:\s+(?:article|story|text|report|piece|news|page|account))?"
SAYING = (
    r"(?:said|says|say|stated|states|warned|warns|claimed|claims|argued|argues|added|told"
    r"|believes?|believed|thinks?|called|calls|described|describes|predicted|predicts|expects?"
    r"|expected|stressed|emphasi[sz]ed|noted|announced|insisted|insists|suggested|suggests"
    r"|mentioned|complained|promised|doubts?|denied|denies|reported|confirmed"
    r"|spoke\s+(?:of|about)|speaks\s+(?:of|about)|talk(?:s|ed)\s+(?:of|about)|refers?\s+to"
    r"|referred\s+to|considers?|considered|demands?|demanded|urged|urges|criticis\w+|criticiz\w+"
    r"|accused|accuses|praised|praises|hopes?|hoped|fears?|feared|concluded|explained|remarked)"
)
PATTERNS: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    (
        Wanted.AUTHOR,
        re.compile(
            rf"^who\s+(?:wrote|authored|penned|reported)\s+{ARTICLE}\W*$"
            rf"|^who(?:\s+is|'s)\s+the\s+(?:author|writer|journalist|reporter)(?:\s+(?:of|behind)\s+{ARTICLE})?\W*$"
            rf"|^(?:by\s+whom|who)\s+(?:is|was)\s+{ARTICLE}\s+(?:written|authored)(?:\s+by)?\W*$"
            r"|^(?:what(?:\s+is|'s)\s+)?(?:the\s+)?(?:author(?:'s)?(?:\s+name)?|name\s+of\s+the\s+author|byline)\W*$",
            re.IGNORECASE,
        ),
    ),
    (
        Wanted.DATE,
        re.compile(
            rf"^(?:when|what\s+(?:day|date)|on\s+(?:what|which)\s+(?:day|date))\s+(?:is|was|did)\s+{ARTICLE}\s+"
            r"(?:first\s+)?(?:published|written|posted|released|from|come\s+out|dated|appear)(?:\s+on)?\W*$"
            rf"|^(?:what(?:\s+is|'s)\s+)?the\s+(?:publication\s+)?date(?:\s+of\s+(?:publication|{ARTICLE}))?\W*$"
            rf"|^how\s+old\s+is\s+{ARTICLE}\W*$|^(?:the\s+)?(?:publication\s+date|date\s+of\s+publication)\W*$",
            re.IGNORECASE,
        ),
    ),
    (
        Wanted.SITE,
        re.compile(
            rf"^(?:where|on\s+(?:what|which)\s+(?:web)?site)\s+(?:is|was|did)\s+{ARTICLE}\s+(?:published|posted|from|appear|come\s+from)\W*$"
            rf"|^(?:who|which\s+(?:site|website|outlet|publication|newspaper))\s+published\s+{ARTICLE}\W*$"
            rf"|^(?:what|which)\s+(?:web)?site\s+(?:is|was)\s+{ARTICLE}\s+(?:from|on|published\s+on)\W*$",
            re.IGNORECASE,
        ),
    ),
    (
        Wanted.TITLE,
        re.compile(
            rf"^(?:what(?:\s+is|'s)\s+)?(?:the\s+)?(?:title|headline)(?:\s+of\s+{ARTICLE})?\W*$"
            rf"|^what\s+is\s+{ARTICLE}\s+(?:called|titled|entitled)\W*$",
            re.IGNORECASE,
        ),
    ),
    (
        Wanted.SPEAKER,
        re.compile(
            rf"^(?:and\s+)?(?:who|which\s+\w+(?:\s+\w+)?|whose)\s+(?:else\s+)?(?:has\s+|have\s+|also\s+)?{SAYING}\b"
            r"|^according\s+to\s+whom\b|^whose\s+(?:view|opinion|words|claim|estimate)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Wanted.LIST,
        re.compile(
            r"^(?:which|what|who)\s+(?:are\s+(?:the\s+)?)?(?:two|three|four|five|six|several|other)\b"
            r"|^(?:list|name|give\s+me|enumerate)\b"
            r"|^(?:which|what)\s+(?:\w+\s+){0,2}(?:countries|people|candidates|kinds|types|weapons|reasons"
            r"|things|demands|sources|names|steps|measures|groups|goods|cities|towns|companies|places|items|benefits|experts|organi[sz]ations|players|factors|conditions|goals)\b"
            r"|^who\s+(?:are|were)\b|^what\s+are\b"
            r"|^what\s+(?:did|does|do)\s+.*\b(?:call\s+for|demand|ask\s+for|want|seek|gain|get\s+in\s+return|offer)\b",
            re.IGNORECASE,
        ),
    ),
    (Wanted.YES_NO, re.compile(rf"^(?:and\s+|so\s+|but\s+)?{AUXILIARY}\b", re.IGNORECASE)),
)

CAPITALISED = re.compile(r"(?<=[a-z,;] )[A-Z][\w’'-]*")
LOWER = re.compile(r"\b[a-z][\w’'-]*")


def wanted(question: str) -> Wanted:
    """The form the answer to a question should take."""
    plain = re.sub(r"\s+", " ", question.replace("’", "'")).strip()
    plain = re.sub(r"^(?:please|so|and|ok|okay|hey|well)[, ]+", "", plain, flags=re.IGNORECASE)
    for form, pattern in PATTERNS:
        if pattern.search(plain):
            return form
    return Wanted.SPAN


def check_question(question: str) -> str:
    """The question without outer white space.

    Raises QuestionError for a blank one and for one of more than 2,000 characters.
    """
    # A lone surrogate cannot be stored or shown; it comes from a broken terminal, not a person.
    text = question.encode("utf-8", "ignore").decode().replace("\0", "").strip()
    if not any(letter.isalnum() for letter in text):
        raise QuestionError("The question is blank; type what you want to know about the article.")
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question is {len(text):,} characters long; "
            f"ask it in at most {LONGEST_QUESTION:,}."
        )
    return text


def with_capitals(question: str, texts: Sequence[str]) -> str:
    """A question typed without capitals with those of the names that stand in the texts.

    A name is a word that the texts capitalise inside a sentence and never write small. Questions
    that have a capital behind their first word are left as they are.
    """
    if any(letter.isupper() for letter in question[1:]):
        return question
    whole = " ".join(texts)
    names = {word.removesuffix("'s").removesuffix("’s") for word in CAPITALISED.findall(whole)}
    small = set(LOWER.findall(whole))
    known = {name.lower(): name for name in sorted(names) if name.lower() not in small}

    def restored(match: re.Match[str]) -> str:
        word, mark, ending = match.group().partition("'")
        return f"{known.get(word, word)}{mark}{ending}"

    return LOWER.sub(restored, question)
