"""A question in its plain form: without what people put around it, and with one question word."""

from __future__ import annotations

import re

ASKING = r"(?:who|whom|whose|what|which|when|where|why|how)"
OPENING_VERB = (
    r"(?:is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might"
    r"|must|isn['’]?t|aren['’]?t|wasn['’]?t|weren['’]?t|don['’]?t|doesn['’]?t|didn['’]?t)"
)
ACT = (
    r"(?:summari[sz]e|sum up|list|name|give me|compare|tl;?dr|outline|recap|describe|explain|show)"
)
PREPOSITION = r"(?:in|on|at|by|for|from|to|with|since|until|during|under|against|about|of)"
# What is asked must still be there behind what is taken away.
ASKED = rf"(?={ASKING}\b|{OPENING_VERB}\b|{ACT}\b|{PREPOSITION} {ASKING}\b|whether\b|if\b)"
AROUND = re.compile(
    r"^(?:(?:please|pls|hi|hello|hey|sorry|excuse me)[,!.:]?\s+|(?:ok(?:ay)?|so|well|now|thanks|also)[,!.:]\s+"
    r"|(?:can|could|would|will) (?:you|someone|anyone|u) (?:please |kindly |maybe )?(?:tell|show|explain to|let) (?:me|us)(?: know)?[,:]?\s+"
    r"|(?:please |kindly |just )*(?:tell|let) (?:me|us)(?: know)?[,:]?\s+"
    r"|i(?: would|['’]d)? (?:like|want|need|love) to (?:know|find out|learn|ask|understand)[,:]?\s+"
    r"|i(?: a|['’])?m (?:wondering|curious|interested to know|trying to find out)[,:]?\s+|i wonder(?:ed)?[,:]?\s+"
    r"|(?:do|does|did) (?:you|anyone|anybody|the article) (?:know|say|tell us|tell)[,:]?\s+(?=who|what|which|when|where|why|how|whether|if)"
    r"|(?:my|a|one|another|quick|next)(?: quick| other| last)? question(?: is)?[,:]?\s+|(?:quick|next) question[,:]?\s+"
    r"|(?:about|in|from|according to|regarding|concerning) (?:the|this) (?:article|text|story|page|piece|report)[,:]\s+"
    rf"|what i (?:want|would like|['’]d like|need) to know is[,:]?\s+){ASKED}",
    re.IGNORECASE,
)
WHETHER = re.compile(r"^(?:whether|if)\s+(?P<clause>.+?)\s*[?.!]*$", re.IGNORECASE)
FORMS = tuple(
    (re.compile(pattern, re.IGNORECASE), form)
    for pattern, form in (
        (r"^what (?:was|is) (?:said|stated) by (.+?) (about|on) (.+)$", r"What did \1 say \2 \3"),
        (r"^what (?:was|is) (?:said|stated) by (.+?)(\W*)$", r"What did \1 say\2"),
        (r"^(?:which|what) (?:person|individual)\b", "Who"),
        (r"^(?:which|what) people (?=are\b|were\b|have\b|will\b|did\b|do\b)", "Who "),
        (rf"^who (?:is|was|are|were) the (?:person|one|man|woman|people|ones) (?:who|that) (?!{OPENING_VERB} (?:he|she|they|it)\b)", "Who "),
        (r"^what(?: is|['’]s| was) the name of the (?:person|man|woman) (?:who|that) ", "Who "),
        (r"^(?:at|on) (?:what|which) (?:time|point in time|moment)\b", "When"),
        (r"^(?:in|at) (?:what|which) (?:place|location|spot)\b", "Where"),
        (r"^(?:for|by) (?:what|which) reasons?\b", "Why"),
        (r"^what(?: is|['’]s| was) the reason (?:why |that )?(?=(?:the |a |an )?\w+ \w+)(?!for\b|of\b|behind\b|given\b)", "Why is it that "),
        (r"^how come\b(?!\W*$)", "Why is it that"),
        (r"^what number of\b", "How many"),
        (r"^what (?:amount|quantity|sum)(?: of)?(?= )", "How much"),
        (r"^in (?:what|which) (?:way|manner)s?\b", "How"),
        (r"^for (?:what|how long a) (?:length|period|stretch)(?: of time)?\b", "How long"),
        (r"^for how long\b", "How long"),
    )
)  # fmt: skip


def plain_form(question: str) -> str:
    """The question as it would be asked in the fewest words; what is asked stays the same.

    "Could you tell me at what time the bridge opened?" → "When the bridge opened?"
    """
    plain = question
    while (shorter := AROUND.sub("", plain, count=1)) != plain:
        plain = shorter
    if match := WHETHER.match(plain) if plain != question else None:
        plain = f"Is it true that {match['clause']}?"
    for pattern, form in FORMS:
        changed, count = pattern.subn(form, plain, count=1)
        if count:
            plain = changed
            break
    if plain == question:
        return question
    first = plain[:1].upper() if question[:1].isupper() else plain[:1].lower()
    return first + plain[1:]
