"""Whether a span can be what a question asks for, whatever the reader thinks of it.

A reader points at the likeliest words even where what they stand in is about somebody else, is
of another kind, or only might come about. Each rule here names one such mismatch; a candidate
that has one is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from index import Kind

from .amounts import of_that_kind
from .attribution import VERB, speaker_of
from .candidates import Candidate
from .direct import quoted_whole
from .hedging import hedge_of
from .polarity import PROSPECTIVE
from .reader.likeness import ALIKE, Likeness
from .reader.support import WORD, keys, stem, terms

ABOUT_THE_PAGE = re.compile(
    r"\b(?:article|story|report|text|page|account|author|publish\w*|wr[io]te\w*|written|journalist"
    r"|source|site|headline|title)\b",
    re.IGNORECASE,
)
SAYS = (
    r"(?:say|said|state|claim|warn|argue|add|tell|told|believe|think|call|called|describe|predict"
    r"|expect|demand|urge|suggest|promise|deny|criticise|criticize|fear|hope|want|consider)"
)
# "What did the minister say about …", "What does Lee think of …"
WHAT_SAID = re.compile(
    rf"^(?:and\s+|so\s+)?(?:what\s+(?:else\s+)?|how\s+)(?:do|does|did|has|have)\s+(?P<who>[^?]{{2,60}}?)\s+(?:really\s+|also\s+)?"
    rf"(?P<verb>{SAYS}|(?:react|respond|comment|describe|explain|justify)(?:ed|s)?)\b",
    re.IGNORECASE,
)
# What is said has somebody who says it; what is wanted or called so may stand without.
SPOKEN = re.compile(r"say|said|state|add|tell|told|warn|argue|claim", re.IGNORECASE)
PERSON_ASKED = re.compile(
    r"^(?:and\s+|so\s+)?(?:(?:for|by|to|from|with|against)\s+)?(?:who|whom)\b", re.IGNORECASE
)
COPULA = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would)\b")
NAMED_ROLE = re.compile(
    r"^(?:and\s+|so\s+)?(?:(?P<name>what(?:'s|\s+is|\s+was)\s+the)\s+(?:full\s+|first\s+|last\s+)?name\s+of"
    r"|who(?:'s|\s+is|\s+was))\s+(?P<role>(?:the|an?|\w+(?:'s|s'))\s+[^?]+)",
    re.IGNORECASE,
)
OF_WHAT = re.compile(r"\s(?:who|that|which|of|in|for|at|from|on|with)\s")
NAME = re.compile(r"\b[A-Z][\w’'-]+\s+[A-Z]|(?<!^)\b[A-Z]|^[A-Z][\w’'-]*$")
SHARE_ASKED = re.compile(
    r"^(?:and\s+)?(?:what|which)\s+(?:share|proportion|percentage|percent|fraction)\b|^how\s+(?:large|big|high)\s+(?:is|was)\s+the\s+(?:share|proportion|percentage)\b",
    re.IGNORECASE,
)
SHARE = re.compile(
    r"%|\bper\s?cent\b|\bpercentage\b|\b(?:half|halves|thirds?|quarters?|fourths?|fifths?|tenths?|majority"
    r"|minority|most|all|none|nobody|everyone|(?:one|two|three|four|five|six|seven|eight|nine|\d+)"
    r"\s+(?:in|out of)\s+(?:\w+))\b",
    re.IGNORECASE,
)
EVENT_ASKED = re.compile(
    r"^(?:and\s+|so\s+)?(?:who|which\s+\w+|when|where|by\s+how\s+much|how\s+many\s+\w+)\s+"
    r"(?:was|were|did|has|had|won|lost|became|died|took|made|built|found|founded|got|beat|bought|sold"
    r"|caused|killed|\w{3,}ed)\b",
    re.IGNORECASE,
)
# "has to reckon with a win by", "might win", "in case of a win": nothing that came about.
POSSIBILITY = re.compile(
    r"\b(?:might|may|could|would|should|reckon with|possib\w+|in case|if|whether|threat of|risk of"
    r"|prospect of|in the event)\b"
)
WHY = re.compile(r"^(?:and\s+|so\s+|but\s+)?(?:why\b|for what reason\b)", re.IGNORECASE)
RELATIVE = re.compile(r"(?:who|which|whose|whom)\b", re.IGNORECASE)
EMPTY = frozenset(
    "i you he she it we they him her us them his its their would could will can has have had do"
    " does did is are was were be been the a an of to that this and or".split()
)
AFFILIATION = re.compile(
    r"\s+(?:of|from|at|for|with)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+(?:(?:of|for|and)\s+(?:the\s+)?)?[A-Z][\w’'-]*)*"
)
SAYING = re.compile(rf"\b{SAYS}(?:s|ed|d)?\b", re.IGNORECASE)
SENTENCES_BEFORE = 1
WHO_DID = re.compile(
    r"^(?:and\s+|so\s+)?(?:who|when|where|how\s+many\s+\w+)\b(?!.*\b(?:say|said|think)\b)",
    re.IGNORECASE,
)
LATER_CLAUSE = re.compile(r"\s(?:when|while|after|before|as|who|which|that|if)\s", re.IGNORECASE)
# On development questions, of spans less sure than this whose sentence has nothing like what the
# question says was done, one in ten is right.
SURE = 0.4


def fitting(question: str, found: Sequence[Candidate], likeness: Likeness) -> list[Candidate]:
    """The candidates that can answer, best first; a called name is widened to its quotation."""
    plain = " ".join(question.replace("’", "'").split())
    rules: tuple[Callable[[str, Candidate], bool], ...] = (
        _is_empty,
        _tells_who_instead_of_why,
        _is_of_the_page,
        _says_another,
        _describes_the_speaker,
        _names_another,
        _is_no_share,
        _only_possible,
        _is_a_title,
    )
    kept = [c for c in found if not any(rule(plain, c) for rule in rules)]
    kept = [c for c in kept if of_that_kind(plain, c, likeness)]
    kept = [c for c in kept if c.confidence >= SURE or _does_what_is_asked(plain, c, likeness)]
    return [_whole_quotation(c) for c in kept]


def _does_what_is_asked(question: str, candidate: Candidate, likeness: Likeness) -> bool:
    """Whether the sentence has anything like the first thing that a question says was done."""
    asked = WHO_DID.match(question)
    plain = (
        [t.word for t in terms(question[asked.end() :]) if not (t.named or t.number)]
        if asked
        else []
    )
    if not plain:
        return True
    words = WORD.findall(candidate.quote)
    return stem(plain[0]) in keys(candidate.quote) or likeness.words(plain[:1], words) >= ALIKE


def _is_empty(_: str, candidate: Candidate) -> bool:
    """ "She would" answers nothing."""
    words = [word.lower() for word in WORD.findall(candidate.span)]
    return bool(words) and all(word in EMPTY for word in words)


def _tells_who_instead_of_why(question: str, candidate: Candidate) -> bool:
    """ "Who leads the country" is no reason."""
    return bool(WHY.match(question) and RELATIVE.match(candidate.span))


def _is_of_the_page(question: str, candidate: Candidate) -> bool:
    """Author, date and site of the page answer only questions about the page."""
    page = candidate.found.kind in (Kind.AUTHOR, Kind.DATE, Kind.SITE)
    return page and not ABOUT_THE_PAGE.search(question)


def _says_another(question: str, candidate: Candidate) -> bool:
    """What somebody says stands where they are the speaker or are named."""
    asked = WHAT_SAID.match(question)
    if asked is None:
        return False
    who = {term.key for term in terms(f"about {asked.group('who')}")}
    told = _sentences(candidate)
    speaker = speaker_of(told, candidate.sentence)
    if not speaker and SPOKEN.fullmatch(asked.group("verb")):
        return True
    own = keys(f"{told[candidate.sentence]} {speaker}")
    return bool(who) and not who & (keys(speaker) if speaker else own)


def _describes_the_speaker(question: str, candidate: Candidate) -> bool:
    """Who somebody is, which stands around their name, is not what they say."""
    asked = WHAT_SAID.match(question)
    if asked is None:
        return False
    name = asked.group("who").split()[-1].removesuffix("'s")
    sentence, low = candidate.quote, candidate.found.start
    place = sentence.find(name)
    if place < 0:
        return False
    verb = VERB.search(sentence, place)
    # Behind "…, said Ann Lee, a baker who …" all that follows is about her.
    inverted = re.search(r"[\"”,]\s+\w+\s+(?:\w+\s+){0,4}$", sentence[:place]) is not None
    if inverted and VERB.search(sentence[:place]):
        end = len(sentence)
    elif verb:
        end = verb.start()
    else:
        # "Ann Lee of the Oslo Institute is not convinced": where she is from is not what she says.
        from_where = AFFILIATION.match(sentence, place + len(name))
        end = from_where.end() if from_where else 0
    begin = sentence.rfind(",", 0, place) + 1 if inverted else 0
    return begin <= candidate.start - low and candidate.end - low <= end


def _names_another(question: str, candidate: Candidate) -> bool:
    """A name asked for by an office stands by the office."""
    asked = NAMED_ROLE.match(question)
    if asked is None:
        return False
    if asked.group("name") and not NAME.search(candidate.span):
        return True
    phrase = OF_WHAT.split(asked.group("role"))[0]
    role = [t.key for t in terms(f"about {phrase}") if not t.key.startswith("country ")]
    told = _sentences(candidate)
    near = told[max(0, candidate.sentence - SENTENCES_BEFORE) : candidate.sentence + 1]
    return bool(role) and role[-1] not in keys(" ".join(near))


def _is_no_share(question: str, candidate: Candidate) -> bool:
    return bool(SHARE_ASKED.match(question)) and not SHARE.search(candidate.span)


def _is_a_title(question: str, candidate: Candidate) -> bool:
    """Nobody's name stands in quotation marks."""
    text, start, end = candidate.document.text, candidate.start, candidate.end
    quoted = f"{text[max(0, start - 1)]}{text[start]}", f"{text[end - 1]}{text[end : end + 1]}"
    marked = all(any(mark in pair for mark in '"“”') for pair in quoted)
    return marked and bool(PERSON_ASKED.match(question))


def _only_possible(question: str, candidate: Candidate) -> bool:
    """What might happen is no answer to what has happened."""
    if not EVENT_ASKED.match(question) or SAYING.search(question):
        return False
    if hedge_of(question) or PROSPECTIVE.search(question):
        return False
    before = candidate.document.text[candidate.found.start : candidate.start]
    behind = candidate.document.text[candidate.end : candidate.found.end]
    clause = re.split(r"[,;:]\s", before)[-1] + re.split(r"[,;:]\s", behind)[0]
    return bool(POSSIBILITY.search(clause))


def _whole_quotation(candidate: Candidate) -> Candidate:
    """What somebody calls a thing is the whole of the words quoted."""
    start, end = quoted_whole(
        candidate.document.text,
        candidate.start,
        candidate.end,
        candidate.found.start,
        candidate.found.end,
    )
    return replace(candidate, start=start, end=end)


def _sentences(candidate: Candidate) -> list[str]:
    text = candidate.document.text
    return [text[s.start : s.end] for s in candidate.document.sentences]
