"""What a user does with a sentence: ask, greet, or ask for something about the last answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """What the user wants done."""

    QUESTION = "question"
    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"
    GOODBYE = "goodbye"
    SUMMARY = "summary"
    SHORTER = "shorter"
    QUOTE = "quote"
    WHERE = "where"
    """In which sentence the last answer stands."""
    SPEAKER = "speaker"
    """Who the last answer comes from."""
    CONFIRMED = "confirmed"
    """How sure the source is of the last answer."""
    MORE = "more"
    COMPARE = "compare"
    PEOPLE = "people"
    """Everyone who is quoted."""
    TIMELINE = "timeline"
    EXPLAIN = "explain"
    """Put in other words, which only a language model can."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """An act with what it is about, in the user's own words."""

    act: Act
    topic: tuple[str, ...] = ()


ARTICLE = (
    r"(?:(?:this|it|that|all (?:of )?(?:this|that|it)|(?:the|this|that|my) "
    r"(?:whole |entire |full )?(?:article|text|story|piece|page|report|document|news|paper|thing)"
    r"|(?:the|these|all|my) (?:articles|texts|documents|news)|everything))"
)
POLITE = re.compile(
    r"^(?:(?:please|pls|so|ok(?:ay)?|well|hey|hi|hello|now|then|and|but|also|great|thanks|thank you"
    r"|can you|could you|would you|will you|can i have|could i have|can i get|may i have|i want you to"
    r"|i would like(?: you)?(?: to(?: have| get| see)?)?|i'd like(?: you)?(?: to(?: have| get| see)?)?"
    r"|i want(?: to (?:have|get|see))?|give me|show me|let me (?:have|see)|just|maybe|kindly"
    r"|do me a favou?r and)[,!.:;]?\s+)+"
)
TAIL = re.compile(r"(?:[,]?\s+(?:please|pls|thanks|thank you|for me|now|again|then|instead))+$")

THAT = r"(?:that|this|it|so|these|those|them|such things?|any of (?:this|that))"
SIMPLE: tuple[tuple[Act, str], ...] = (
    (
        Act.GREETING,
        r"(?:hi|hiya|hello|hey|howdy|yo|greetings|moin|hallo|good (?:morning|afternoon|evening|day)"
        r"|hi there|hello there|hey there|how are you(?: (?:doing|today))?|how do you do|what'?s up"
        r"|nice to meet you)(?:[,! ]+(?:there|footnote|everyone|all|assistant|bot|again))*",
    ),
    (
        Act.THANKS,
        r"(?:many |great,? |ok(?:ay)?,? |perfect,? |super,? |nice,? )?(?:thanks|thank you|thx|ty|cheers"
        r"|much appreciated)(?:[,! ]+(?:a lot|so much|very much|again|for (?:that|this|your help|the help"
        r"|the answer|everything)|that helps?(?: a lot)?|that helped|indeed|a bunch|footnote))*"
        r"|(?:ok(?:ay)?|great|cool|nice|perfect|super|good|fine|awesome|excellent|got it|i see|understood"
        r"|that helps?|that helped|alright|all right|well done|good job|makes sense|interesting|wow)",
    ),
    (
        Act.GOODBYE,
        r"(?:good ?bye|bye(?:[ -]bye)?|see you(?: (?:later|soon|tomorrow))?|farewell|ciao|so long"
        r"|that(?:'s| is| was) (?:all|it)(?: for (?:now|today))?|i(?:'m| am) done|good night|take care"
        r"|quit|exit|until next time)",
    ),
    (
        Act.HELP,
        r"(?:help(?: me)?|what can (?:i|we|you) (?:ask|do)(?: (?:you|here|about|this))*"
        r"|what (?:questions|things|kinds? of questions|sort of questions) can (?:i|you|we) (?:ask|answer)"
        r"(?: (?:you|here|about))*|what (?:should|could|do) i ask(?: (?:you|about|here|first))*"
        r"|how (?:do i use|can i use|does) (?:this|you|it|footnote)(?: (?:work|thing|tool|page))*"
        r"|how do(?:es)? (?:you|this|it) work|who are you|what are you|what is footnote"
        r"|what(?: all)? (?:do|can) you (?:know|answer|help)(?: (?:me|with|about))*"
        r"|what (?:articles?|documents?) (?:do you have|are there|can i ask about)|are you an? (?:ai|bot|human|robot)"
        r"|i need help|example questions|examples)",
    ),
    (
        Act.SUMMARY,
        rf"(?:tl;?\s?dr|(?:summari[sz]e|sum up|recap|condense|outline)(?: {ARTICLE})?(?: up)?(?: briefly| in brief)?"
        rf"|(?:an? |the )?(?:short |brief |quick |concise |one[- ]sentence )?(?:summary|overview|gist|synopsis|recap|outline|abstract)(?: of {ARTICLE})?"
        rf"|what(?:'s| is| are)? (?:the )?(?:summary|gist|main (?:points?|ideas?|message|topic|content|story|thrust)|key (?:points?|messages?|takeaways?|facts?)"
        rf"|most important (?:points?|facts?|things?)|takeaways?|essence|bottom line|upshot)(?: (?:of|in|from) {ARTICLE})?"
        rf"|(?:the )?(?:main|key|most important) (?:points?|facts?|messages?|takeaways?)(?: (?:of|in|from) {ARTICLE})?"
        rf"|what(?:'s| is| was| are) {ARTICLE} (?:all |mainly |mostly )?about|what(?:'s| is| does) {ARTICLE} (?:say|tell us|report|discuss|deal with|cover)"
        r"|what does it say overall|what happened(?: overall| in (?:this|the) (?:article|story))"
        rf"|tell me (?:what {ARTICLE} (?:is about|says)|about {ARTICLE}))",
    ),
    (
        Act.SHORTER,
        r"(?:(?:make (?:it|that|this|the answer) |say (?:it|that) |put (?:it|that) |answer )?(?:a (?:bit|little) |much |even )?"
        r"(?:shorter|more (?:briefly|concisely|brief|concise)|briefly|in brief|in short|in a nutshell|in (?:a|one) (?:word|sentence|few words|line))"
        r"|shorten (?:it|that|this|the answer)|(?:an? |the )?(?:shorter|short) (?:version|answer|one)|too long|cut it (?:down|short)|be brief|keep it short)",
    ),
    (
        Act.QUOTE,
        r"(?:(?:quote|cite) (?:it|that|this|them|the (?:sentence|passage|source|text|article|words?|line)s?)?(?: (?:exactly|verbatim|word for word|directly|literally|in full))*"
        r"|quote|(?:(?:what (?:are|were|is) )?the )?exact (?:words?|wording|quotes?|quotations?|sentence)(?: (?:of (?:it|that)|used|there))?"
        r"|verbatim|word for word|literally\?*|what(?: exactly)? (?:does|did) (?:it|the (?:article|text|source)) (?:say|state) (?:exactly|word for word|verbatim|literally)"
        r"|what exactly does (?:it|the (?:article|text)) say|(?:the )?(?:quote|quotation|original (?:text|words?|sentence|wording)))",
    ),
    (
        Act.WHERE,
        rf"(?:where (?:exactly )?(?:does|do|did) (?:it|the (?:article|text|source|author)|they) (?:say|state|mention|write|claim) {THAT}"
        rf"|where (?:exactly )?(?:is|was|are|were) {THAT} (?:said|stated|written|mentioned|from|found)"
        rf"|where (?:do|did|can) (?:you|i|we) (?:find|get|see|read|have) {THAT}(?: from)?|where (?:in {ARTICLE}|does {THAT} (?:stand|come from))"
        r"|(?:which|what) (?:sentence|passage|paragraph|line|part|section)(?: (?:is|was) (?:that|this|it)(?: (?:from|in))?| says (?:that|so|this))?"
        r"|(?:the |your )?sources?|what(?:'s| is| are) (?:the|your) sources?(?: (?:for|of) (?:that|this|it))?|where it says (?:that|so|this)|the (?:place|passage|sentence)|cite your sources?"
        r"|(?:what|where)(?:'s| is) the (?:evidence|proof)(?: for (?:that|this|it))?|prove it|how do you know(?: that| this)?)",
    ),
    (
        Act.SPEAKER,
        rf"(?:who (?:exactly )?(?:said|says|say|claims|claimed|stated|told|reported|reports|thinks|believes|expects|expected|fears|predicts|predicted|suspects|estimates|estimated|argues|argued|suggests|suggested) {THAT}|says who|according to who(?:m)?"
        rf"|who(?:'s| is| was) (?:saying|claiming|quoted(?: there| here)|the speaker|speaking)(?: {THAT})?|whose (?:words|claim|opinion|view|statement)s? (?:is|are|was|were) (?:that|this|it|these|those)"
        r"|whose (?:words|claim|opinion|view|statement)|who does (?:that|this|it) come from|from whom(?: is (?:that|this|it))?)",
    ),
    (
        Act.CONFIRMED,
        rf"(?:(?:is|was|are|were|has|have) {THAT} (?:really |actually |all |been |officially |even |just )*"
        r"(?:confirmed|true|certain|sure|verified|proven|proved|right|correct|a fact|facts?|official|established|reliable|an? rumou?r|rumou?rs|speculation|known for (?:sure|certain))(?: yet| already| or (?:just )?an? (?:rumou?r|claim|guess)| or not)?"
        r"|are you (?:really |quite |absolutely )?(?:sure|certain|confident)(?: (?:about|of) (?:that|this|it))?|really|seriously|for sure|for certain|how (?:sure|certain|reliable) (?:is|are) (?:that|this|it|you|they)"
        r"|(?:has|have) (?:anyone|anybody|someone|it been) (?:confirmed|verified)(?: (?:that|this|it))?|who confirmed (?:that|this|it)|(?:do|can) (?:we|you|they) (?:really )?know (?:that|this) (?:for sure|for certain)|is it confirmed)",
    ),
    (
        Act.MORE,
        r"(?:(?:tell me |some |any(?:thing)? |even |a (?:bit|little) )*(?:more|further)(?: (?:details?|information|info|facts|on (?:that|this|it)|about (?:that|this)))*"
        r"|go on|continue|carry on|keep going|elaborate(?: on (?:that|this|it))?|expand(?: on (?:that|this|it))?|what else(?: (?:does|do|did) (?:it|the (?:article|text)|they) say)?"
        rf"|(?:is there )?anything else|what else is (?:there|in {ARTICLE})|in (?:more|greater) detail|details)",
    ),
    (
        Act.PEOPLE,
        r"(?:(?:list|name|show)(?: me)? (?:all(?: of)? )?(?:everyone|everybody|(?:the )?(?:people|persons|speakers|experts|sources|voices)|who)(?: (?:who|that))?(?: (?:is|are|was|were|gets?))?"
        rf"(?: (?:being )?(?:quoted|cited|interviewed|speaking|speaks?|quoted or cited))?(?: (?:in|by) {ARTICLE})?"
        rf"|(?:everyone|everybody|all (?:the )?people|all) (?:who (?:is|was|are) )?(?:quoted|cited)(?: (?:in|by) {ARTICLE})?"
        rf"|(?:who (?:all )?|whom |which (?:people|persons|experts|speakers|sources|politicians|analysts) )(?:is|are|was|were|gets?|does)(?: {ARTICLE})? (?:being )?(?:quoted|quote|cited|cite|interviewed|interview)(?: (?:in|by|for) {ARTICLE})?"
        rf"|who (?:speaks|is speaking|talks|has a say)(?: in {ARTICLE})?|(?:who are )?the (?:people|experts|speakers|sources) (?:who are |that are )?(?:quoted|cited|interviewed)(?: (?:in|by) {ARTICLE})?)",
    ),
    (
        Act.TIMELINE,
        rf"(?:what happened when|when did what happen|(?:an? |the )?(?:timeline|chronology|time line|chronological (?:order|list|overview))(?: of (?:the )?(?:events?|{ARTICLE}))?"
        rf"|(?:list|name)(?: me)? (?:all )?(?:the )?(?:dates|events|dates and events|events and dates)(?: (?:in|of|from|mentioned in) {ARTICLE})?(?: in (?:chronological )?order)?(?: with dates| by date)?"
        rf"|in (?:what|which) order did (?:things|the events|everything|it) happen|what(?:'s| is| are| was) the (?:timeline|chronology|sequence of events|order of events|dates|important dates|key dates)(?: (?:of|in) {ARTICLE})?"
        rf"|(?:which|what) dates (?:are|does) (?:mentioned|given|{ARTICLE} mention)(?: in {ARTICLE})?|which events are (?:dated|mentioned))",
    ),
    (
        Act.EXPLAIN,
        r"(?:eli5|explain(?: (?:it|that|this|(?:the|this) (?:article|answer|text)|everything))?(?: to me)?(?: (?:like|as if|as though) .+| to (?:a|my) .+| (?:simply|in (?:simple|plain|easy|easier|other|your own) (?:terms|words|language|english)|more simply))?"
        r"|(?:put|say|write|rephrase|reword|simplify|paraphrase|rewrite)(?: (?:it|that|this|(?:the|this) (?:article|answer|text)))(?: (?:simply|more simply|in (?:simple|plain|easy|easier|other|your own|simpler) (?:terms|words|language|english)|differently|for .+|as .+|like .+))?"
        r"|in (?:simple|plain|easy|other|your own|simpler) (?:terms|words|language|english)|translate(?: (?:it|that|this|(?:the|this) (?:article|answer|text)))?(?: (?:in)?to .+)?|what do you think(?: (?:about|of) .+)?)",
    ),
)
PATTERNS = tuple((act, re.compile(rf"{body}[\s?!.]*")) for act, body in SIMPLE)

TOPIC_MORE = re.compile(
    r"(?:(?:tell me |some |any |even |a (?:bit|little) )*(?:more|further)(?: (?:details?|information|info|facts))?"
    rf"|tell me|(?:what|anything) else(?: (?:(?:does|do|did|is) )?(?:{ARTICLE}|they)(?: (?:say|tell(?: us)?|write|report|mention|know))?| is (?:there|said|known|mentioned|written)| do (?:we|you) know| can you (?:tell me|say))?"
    rf"|is there (?:anything|something) else(?: in {ARTICLE})?|what (?:does|do|did) {ARTICLE} (?:say|tell(?: us)?|write|report|mention)|what(?: else)? (?:is|was) (?:said|written|reported|mentioned)(?: in {ARTICLE})?"
    r"|elaborate|expand|summari[sz]e what (?:is said|it says|the article says)|what do (?:we|you) know)"
    r" (?:about|on|of|regarding|concerning)\s+(?P<x>.+?)[\s?!.]*",
    re.IGNORECASE,
)
BRIEFLY = r"(?:in short|in brief|briefly|in a nutshell|in summary|in (?:a|one|two) (?:sentences?|few words)|to sum up)"
TOPIC_BRIEF = re.compile(
    r"(?:summari[sz]e|sum up|recap|outline)\s+(?:what\s+|how\s+)?(?P<x>.+?)"
    r"(?:\s+(?:thinks?|says?|said|believes?|argues?|expects?|wants?|claims?|had to say|thought))?[\s?!.]*"
    rf"|(?:what|how)\s+(?:is|are|was|were|do|does|did)\s+(?P<x2>.+?)[, ]+{BRIEFLY}[\s?!.]*"
    rf"|{BRIEFLY},?\s+(?:what|how)\s+(?:is|are|was|were|do|does|did)\s+(?P<x3>.+?)[\s?!.]*",
    re.IGNORECASE,
)
TOPIC_COMPARE = re.compile(
    r"(?:compare|contrast|a comparison (?:of|between))\s+(?P<x>.+?)\s+(?:and|with|to|against|versus|vs\.?)\s+(?P<y>.+?)[\s?!.]*"
    r"|(?:what(?:'s| is| are) )?the (?:main |key |biggest )?(?:differences?|similarit(?:y|ies)|contrast) between\s+(?P<x2>.+?)\s+and\s+(?P<y2>.+?)[\s?!.]*"
    r"|how (?:does|do|did)\s+(?P<x3>.+?)\s+(?:compare|differ)\s+(?:to|with|from)\s+(?P<y3>.+?)[\s?!.]*"
    r"|(?P<x4>[\w’' .-]{2,40}?)\s+(?:versus|vs\.?)\s+(?P<y4>[\w’' .-]{2,40}?)[\s?!.]*",
    re.IGNORECASE,
)
LONGEST_COMPARED = 6
"""Words of each thing compared; more is a clause, whose "and" or "against" belongs to it."""
ABOUT_ARTICLE = re.compile(rf"{ARTICLE}(?: (?:in general|overall))?", re.IGNORECASE)


def recognise(question: str) -> Recognised:
    """The act of one sentence by itself; QUESTION where it is none of the others."""
    plain = " ".join(question.replace("’", "'").split())
    bare = plain.lower().strip(" ?!.,;:…")
    stripped = TAIL.sub("", POLITE.sub("", bare + " ").strip()) or bare
    for text in dict.fromkeys((bare, TAIL.sub("", bare), stripped)):
        for act, pattern in PATTERNS:
            if pattern.fullmatch(text):
                return Recognised(act)
    polite = POLITE.match(plain.lower())
    words = plain[polite.end() :] if polite else plain
    compared = TOPIC_COMPARE.fullmatch(words)
    if compared:
        x, y = (value.strip() for value in compared.groups() if value)
        if max(len(x.split()), len(y.split())) <= LONGEST_COMPARED:
            return Recognised(Act.COMPARE, (x, y))
    brief = TOPIC_BRIEF.fullmatch(words)
    if brief:
        topic = next(value for value in brief.groups() if value).strip()
        return Recognised(Act.MORE, (topic,))
    more = TOPIC_MORE.fullmatch(words)
    if more:
        topic = TAIL.sub("", more.group("x")).strip()
        if ABOUT_ARTICLE.fullmatch(topic) and " " in topic:
            return Recognised(Act.SUMMARY)
        return Recognised(Act.MORE, (topic,))
    return Recognised(Act.QUESTION)
