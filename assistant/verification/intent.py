"""Wishes, plans, suspicions and conditions of a source, which are no facts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .caution import plain, share
from .words import content, is_content, tokens

# "wants to cut", "called on its partners to act": what follows has not happened.
TO_DO = re.compile(
    r"\b(?:wants?|wanted|wish(?:es|ed)?|plan(?:s|ned)|hop(?:es|ed)|intend(?:s|ed)?|aim(?:s|ed)?|seeks?|sought"
    r"|promis(?:es|ed)|vow(?:s|ed)?|pledg(?:es|ed)|threaten(?:s|ed)?|offer(?:s|ed)?|propos(?:es|ed)|demand(?:s|ed)?"
    r"|tr(?:ies|ied)|attempt(?:s|ed)?|prepar(?:es|ed|ing)|urg(?:es|ed)|ask(?:s|ed)?|call(?:s|ed)? (?:on|upon|for)"
    r"|invit(?:es|ed)|encourag(?:es|ed)|advis(?:es|ed)|warn(?:s|ed)|(?:is|are|was|were) (?:due|set|ready|about|asked|urged|invited|meant|supposed|intended|scheduled|planned|hoped)"
    r"|would like|willing|prepared|considers?|considered)\b[^.;:]{0,60}?\bto (?:not )?(?=[a-z])",
    re.IGNORECASE,
)
# "asked for an invitation", "are discussing the next steps".
TO_HAVE = re.compile(
    r"\b(?:(?:ask|call)(?:s|ed|ing)? (?:once again |again )?for|hop(?:es|ed|ing) for|reckons? with|reckoned with"
    r"|request(?:s|ed|ing)?|demand(?:s|ed|ing)?|wants?|wanted|propos(?:es|ed|ing)|discuss(?:es|ed|ing)?"
    r"|negotiat(?:es|ed|ing)|debat(?:es|ed|ing)|consider(?:s|ed|ing)|seeks?|sought|seeking|warn(?:s|ed|ing)? (?:of|against)"
    r"|threaten(?:s|ed|ing)? with|depend(?:s|ed|ing)? (?:up)?on|hing(?:es|ed) on|(?:is|are) subject to|fear(?:s|ed|ing)?|plan(?:s|ned|ning)? for)\s(?!to\b)",
    re.IGNORECASE,
)
# "evidence that …", "the fear of …": whether it is so is left open.
MAYBE_SO = re.compile(
    r"\b(?:evidence|signs?|claims?|allegations?|accusations?|suspicions?|suggestions?|hints?|fears?|worr(?:y|ies)"
    r"|possibility|risks?|threats?|prospects?|ideas?|beliefs?|theor(?:y|ies)|rumou?rs?|hopes?|question)\s(?:that|of|whether)\s",
    re.IGNORECASE,
)
# What tells a statement's reader that something is wished, feared or conditional.
NO_FACT = re.compile(
    r"\b(?:would|should|could|(?-i:may)|might|must|can|if|unless|whether|wish\w*|want\w*|plan\w*|hop(?:es?|ed|ing)|intend\w*"
    r"|intention\w*|aim\w*|seek\w*|sought|promis\w*|vow\w*|pledg\w*|threat\w*|offer\w*|propos\w*|demand\w*|tr(?:y|ies|ied|ying)"
    r"|attempt\w*|prepar\w*|urg(?:e|es|ed|ing)|ask\w*|call(?:s|ed|ing)?|invit(?:es?|ed|ing)|encourag\w*|advis\w*|warn\w*|due|set to"
    r"|ready|about to|willing|consider\w*|reckon\w*|request\w*|discuss\w*|negotiat\w*|debat\w*|talks?|fear\w*|worr\w+"
    r"|suggest\w*|hint\w*|possib\w*|risks?|prospect\w*|ideas?"
    r"|belie[fv]\w*|theor\w+|rumou?r\w*|question\w*|appeal\w*|depend\w*|hing\w+|subject to|meant|supposed|schedul\w*|goals?|need\w*|expect\w*|likely|probabl\w*"
    r"|recommend\w*|order\w*|look\w* (?:for|to)|await\w*|exchange|in order|desire\w*|favou?r\w*|interest\w*)\b",
    re.IGNORECASE,
)
# What tells it is somebody's claim.
CLAIMED = re.compile(
    r"\b(?:according|said|says|think\w*|thought|evidence|signs?|claim\w*|alleg\w*|accus\w*|suspect\w*|suspicion\w*)\b",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"\b(?<!as )(?<!even )(?<!ask )(?<!asked )(?<!know )(?<!see )(?<!wonder )(?<!clear )(?<!decide )"
    r"(?:if(?! (?:not|anything|any|possible|necessary)\b)|unless|as long as|so long as|provided that|on condition that|in case|only when|assuming that)\b",
    re.IGNORECASE,
)
CONDITIONAL = re.compile(
    r"\b(?:if|unless|as long as|so long as|provided|condition\w*|when|whenever|in case|would|could|might"
    r"|(?-i:may)|depend\w*|assuming|whether|until|while)\b",
    re.IGNORECASE,
)
MAIN = re.compile(r";|, (?=(?:and|but|while)\b)")
FIRST = 2
MOST_OF_IT = 0.6


def intent_problem(statement: str, sources: Sequence[str]) -> str:
    """The words of a source by which something is wished, claimed or conditional and no fact,
    where the statement tells it as one; "" where it does not."""
    said, texts = plain(statement), [plain(source) for source in sources]
    return _as_fact(said, texts) or _unconditional(said, texts)


def _as_fact(said: str, texts: Sequence[str]) -> str:
    # A doubt in one main clause leaves the others as they are.
    flat = [part for part in MAIN.split(said) if not NO_FACT.search(part)]
    here = {t.stem for part in flat for t in tokens(part)}
    for text in texts if here else ():
        all_stems = [t.stem for t in content(text)]
        for pattern, count in ((TO_DO, 1), (TO_HAVE, FIRST)):
            for match in pattern.finditer(text):
                wished = _behind(text, match.end())[:count]
                # A word that stands elsewhere too may be told there as a fact.
                if len(wished) < count or any(all_stems.count(stem) > 1 for stem in wished):
                    continue
                if set(wished) <= here:
                    return match.group().strip()
        for match in MAYBE_SO.finditer(text) if not CLAIMED.search(said) else ():
            claimed = set(_behind(text, match.end()))
            told = [t.stem for t in content(said)]
            if len(here & claimed) >= FIRST and share(told, claimed) >= MOST_OF_IT:
                return match.group().strip()
    return ""


def _behind(text: str, place: int) -> list[str]:
    """The words of meaning from a place to the end of its clause."""
    edge = re.search(r"[,;:.]", text[place:])
    stop = place + edge.start() if edge else len(text)
    return [t.stem for t in tokens(text) if is_content(t) and place <= t.start < stop]


def _unconditional(said: str, texts: Sequence[str]) -> str:
    """A condition of the source's that the statement leaves out, while it tells what hangs on it."""
    if CONDITIONAL.search(said):
        return ""
    here = [t.stem for t in content(said)]
    for text in texts:
        for match in CONDITION.finditer(text):
            edge = re.search(r"[,;]", text[match.end() :])
            stop = match.end() + edge.start() if edge else len(text)
            opening = max((m.end() for m in re.finditer(r"[;]", text[: match.start()])), default=0)
            leads = not re.sub(
                r"\b(?:and|but|that|said|,|[“\"])", "", text[opening : match.start()]
            ).strip()
            inside = {t.stem for t in content(text) if match.end() <= t.start < stop}
            rest = {
                t.stem
                for t in content(text)
                if (t.start >= stop if leads else opening <= t.start < match.start())
            }
            if share(here, inside) >= MOST_OF_IT or share(here, rest) >= MOST_OF_IT:
                return match.group()
    return ""
