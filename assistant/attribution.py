"""Who says a sentence, and how sure the source is of it, read from the source's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .hedging import hedge_of

__all__ = ["hedge_of", "speaker_of"]

# Verbs that report speech or thought whatever follows them.
SPEECH = (
    "said|says|say|stated|states|state|told|tells|added|adds|warned|warns|warn|argued|argues|argue"
    "|claimed|claims|claim|noted|notes|believes|believed|believe|thinks|thought|stressed|stresses"
    "|emphasi[sz]ed|emphasi[sz]es|mentioned|mentions|insisted|insists|insist|explained|explains"
    "|replied|replies|wrote|writes|tweeted|posted|remarked|remarks|commented|comments|conceded"
    "|admitted|admits|acknowledged|acknowledges|announced|announces|predicted|predicts|suggested"
    "|suggests|recalled|recalls|declared|declares|asserted|asserts|complained|complains|promised"
    "|promises|vowed|pledged|reiterated|reiterates|answered|concluded|concludes|cautioned|cautions"
    "|spoke of|speaks of|spoke about|speaks about|talked of|talks of|disputes|disputed|objects|objected"
    "|maintains|maintained|contends|contended|hopes|hoped|doubts|fears|feared|joked|observed"
)
# Verbs that report only with a clause, a quotation or an object behind them.
REPORT = (
    "reported|reports|confirmed|confirms|estimates|estimated|expects|expected|anticipates"
    "|anticipated|cites|cited|describes|described|called|calls|denies|denied|found|finds|shows"
    "|showed|reveals|revealed|forecasts|forecast|projects|projected|criticised|criticized|praised"
    "|demanded|demands|defended|defends|rejected|rejects|accuses|accused|urged|urges|assumes|assumed|considers|considered|sees"
)
PARTICIPLE = (
    "saying|stating|adding|warning|arguing|claiming|noting|stressing|emphasi[sz]ing|explaining"
    "|insisting|telling|writing|suggesting|announcing|predicting"
)
CLEAR = r"(?:made|makes|has made)\s+(?:it\s+)?clear"
VERB = re.compile(
    rf"(?<![-\w])(?P<verb>(?P<speech>{SPEECH}|{CLEAR})|(?P<report>{REPORT})|(?P<participle>{PARTICIPLE}))\b"
)
REPORTED = re.compile(r"\s+(?!(?:are|is|was|were|have|has|of|from|by|and|or|about)\b)\S|[:,]\s")
# "Notes", "claims" and "doubts" are nouns before these.
NOUN_OR_VERB = frozenset(
    "notes claims state states comments hopes doubts fears estimates shows finds reports forecasts"
    " projects remarks promises answers demands urges concludes sees".split()
)
BEHIND_A_NOUN = re.compile(
    r"\s*(?:as|of|in|on|at|for|from|by|about|to|and|or|with|are|were|is|was|be|been|could|would|may|might"
    r"|will|have|had|has|can|should|must|do|did)\b",
    re.IGNORECASE,
)
# "…, he expects." reports what stands before it.
CLOSES = re.compile(r"^\s*[.!?]?\s*$")
BEHIND_A_COMMA = re.compile(r"[,\"”]\s+(?:\w+\s+){0,3}\w+$")
BETWEEN = re.compile(
    r"\s+(?:has|have|had|also|later|then|recently|once|again|further|however|repeatedly|already"
    r"|clearly|openly|only|still|now|even|would|will|did|does|do|just|since|reportedly|\w+ly)$"
)
PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|it['’]s|not|n['’]t|to)\s*$", re.IGNORECASE
)
ACCORDING = re.compile(
    r"\b(?:according to|as (?:reported|stated) by|in the (?:words|view|opinion) of)"
    r"\s+(?P<who>.+)",
    re.IGNORECASE,
)
VIEW = re.compile(
    r"\b(?:[Ii]n|[Ff]rom)\s+(?P<who>his|her|their|(?:the\s+)?[\w.\-]+(?:\s+[\w.\-]+){0,4}['’]s?)\s+"
    r"(?:own\s+)?(?:view|opinion|words|assessment|judgement|judgment|estimate|eyes|perspective)\b"
)
OPENING = re.compile(
    r"^(?:(?:until now|so far|up to now|and|but|so|yet|still|however|meanwhile|moreover|furthermore|nevertheless|instead|also"
    r"|currently|yesterday|today|earlier|later|recently|finally|in turn|by contrast|afterwards)\b"
    r",?\s+)+",
    re.IGNORECASE,
)
# "In Brussels a spokeswoman for NATO said"
PLACE_FIRST = re.compile(
    r"^(?:(?:In|At|On|From|During|After|For|Since|By)\s+(?:[A-Z][\w’'\-]*|\d{4})|\d{4})\s+"
    r"(?=(?:an?|the)\s)"
)
STOPPERS = frozenset(
    "that but because when while if as though although since after before until unless where"
    " and or so than whether for with by".split()
)
PERSON_NOUNS = (
    r"(?:spokes(?:wo)?man|spokesperson|spokespeople|minister|president|chancellor|secretary|mayor"
    r"|governor|senator|officials?|officers?|police|experts?|analysts?|professors?|researchers?"
    r"|scientists?|economists?|historians?|authors?|director|manager|chief|chair(?:wo)?man|chairperson"
    r"|chair|leader|leaders|head|boss|founder|owner|teacher|doctor|doctors|lawyer|lawyers|judge|coach"
    r"|critics|opponents|supporters|residents?|witness(?:es)?|survivors?|parents?|mother|father"
    r"|engineers?|biologists?|farmers?|workers?|volunteers?|organi[sz]ers?|campaigners?|diplomats?"
    r"|generals?|commanders?|soldiers?|captain|bishop|king|queen|prince|princess|ambassador|envoy"
    r"|representatives?|councill?ors?|politicians?|investigators?|prosecutors?|ministry|government"
    r"|company|agency|service|foundation|institute|university|commission|committee|council|union"
    r"|association|authority|authorities|team|group|study|report|reports|survey|poll|paper|statement"
    r"|rumou?rs|sources|media|newspaper|magazine|court|bank|party|alliance|administration|office"
    r"|curator|keeper|architect|conservator|ecologist|geologist|astronomer|fisher(?:wo)?man|driver"
    r"|passenger|nurse|student|students|artist|writer|singer|actor|player|visitor|visitors|neighbou?r"
    r"|operator|owner|baker|gardener|librarian|archaeologist|meteorologist|physicist|chemist|pilot"
    r"|sailor|skipper|ranger|warden|treasurer|deputy|man|woman|people)"
)
PERSON_NOUN = re.compile(rf"\b{PERSON_NOUNS}\b", re.IGNORECASE)
PRONOUNS = frozenset({"he", "she", "they", "it"})
PARTICLES = r"(?:de|da|di|du|del|della|van|von|der|den|ter|la|le|al|el|bin|ibn|zu|of)"
NAME = re.compile(rf"\b[A-ZÀ-ÖØ-Þ][\w.’'\-]*(?:\s+(?:{PARTICLES}\s+){{0,2}}[A-ZÀ-ÖØ-Þ][\w’'\-]*)*")
FULL_NAME = re.compile(
    r"\b[A-ZÀ-ÖØ-Þ][\w’\-]+(?:\s+[A-Z]\.)?(?:\s+(?:de|da|di|van|von|der|den|al|bin)){0,2}"
    r"(?:\s+[A-ZÀ-ÖØ-Þ][\w’\-]+){1,5}\b"
)
GROUP_WORDS = re.compile(
    r"\b(?:University|Foundation|Institute|Ministry|Conference|Council|Commission|Committee|Agency"
    r"|Service|Services|Bank|Union|Party|Company|Association|Authority|Office|Court|Group|Society"
    r"|Museum|College|School|Hospital|Army|Navy|Force|Forces|State|States|Kingdom|Republic|City"
    r"|River|Lake|Mount|Street|Road|Bay|Island|Islands|Sea|Ocean|Park|Bridge|Station|Harbou?r|Trust"
    r"|District|County|North|South|East|West|New|United|The|This|That|These|Those|In|On|At|For|From)\b"
)
TITLE_WORDS = frozenset(
    "President Chancellor Minister Secretary Prime Foreign Defense Defence Mayor Senator Governor"
    " General Professor Prof Dr Doctor Mr Mrs Ms Miss Sir Dame Lord Lady King Queen Prince Princess"
    " Captain Colonel Major Director Chief Judge Justice Pope Bishop Chairman Chairwoman Chair Vice"
    " Deputy Ambassador Representative Councillor Inspector Detective Sergeant Lieutenant".split()
)
VAGUE_DETERMINER = re.compile(r"^(?:the|this|that)\s+", re.IGNORECASE)
OPEN_QUOTES = "“„«"
CLOSE_QUOTES = "”»"
# Whom "they" are where the sentence before opens with them.
SEVERAL = re.compile(
    r"^(?:The\s+)?[\w-]*(?:ers|ors|ists|ians|cians|officials|police|experts|men|women)\b"
)
LOOK_BACK = 3
LOOK_AHEAD = 8


@dataclass(frozen=True, slots=True)
class _Found:
    """A subject found in a sentence; ``rank`` orders the finds, lower first."""

    who: str
    rank: int


def speaker_of(sentences: Sequence[str], index: int) -> str:
    """Who the source says ``sentences[index]`` comes from; empty where it is the source itself.

    ``sentences`` are a document's sentences in order. A speaker named by a pronoun, a surname
    or a phrase such as "the expert" is given by the fullest name the sentences before have for
    them, and every sentence inside a quotation has the quotation's speaker. The result always
    stands word for word in one of the sentences. Raises IndexError for an index out of range.
    """
    if not 0 <= index < len(sentences):
        raise IndexError(f"There is no sentence {index}.")
    said = _said_in(sentences, index)
    if said:
        return said
    inside, closes = _quotation(sentences, index)
    if inside:
        for place in range(index + 1, closes + 1):
            said = _said_in(sentences, place)
            if said:
                return said
        for place in range(index - 1, max(-1, index - LOOK_BACK - 1), -1):
            said = _said_in(sentences, place)
            if said:
                return said
    return ""


def _said_in(sentences: Sequence[str], index: int) -> str:
    """The speaker named in the sentence, made out from those before."""
    raw = _subject(sentences[index])
    if not raw:
        return ""
    low = raw.lower()
    if low in PRONOUNS or low in ("his", "her", "their"):
        plural, thing = low in ("they", "their"), low == "it"
        before = re.split(rf"\b{low}\b", sentences[index], flags=re.IGNORECASE)[0]
        here = [_person_in(m.group()) for m in FULL_NAME.finditer(before)]
        if any(here) and not plural and not thing and not _inside_quotes(before, len(before)):
            return next(name for name in reversed(here) if name)
        return _antecedent(sentences, index, plural=plural, thing=thing)
    if VAGUE_DETERMINER.match(raw) and not NAME.search(raw[4:]):
        return _described(sentences, index, raw) or raw
    return _fullest(sentences, index, raw)


def _subject(sentence: str) -> str:
    """The words that name the speaker in one sentence, before pronouns are made out."""
    found: list[_Found] = []
    match = ACCORDING.search(sentence)
    if match:
        who = _forward(match.group("who"))
        if who:
            found.append(_Found(who, 1))
    view = VIEW.search(sentence)
    if view:
        who = re.sub(r"['’]s?$", "", view.group("who"))
        found.append(_Found(who, 2))
    for verb in VERB.finditer(sentence):
        if _inside_quotes(sentence, verb.start()) or PASSIVE.search(sentence[: verb.start()]):
            continue
        found += _around(sentence, verb)
    if not found:
        return ""
    return min(found, key=lambda item: item.rank).who


def _around(sentence: str, verb: re.Match[str]) -> list[_Found]:
    before, after = sentence[: verb.start()].rstrip(), sentence[verb.end() :]
    inverted = bool(re.search(r"(?:[,?!.…—–-]|[\"”’»])\s*$", before)) and not (
        # Behind "told" stands who listens, behind "that" what is said.
        verb.group("participle")
        or verb.group("verb").startswith(("told", "tell"))
        or after.lower().startswith(" that ")
    )
    if inverted and verb.group("speech"):
        who = _forward(after.lstrip())
        if who and after[:1] == " ":
            return [_Found(who, 0)]
    if verb.group("participle"):
        # "Smith remained calm, saying …": the subject opens the sentence.
        who = _leading(sentence)
        return [_Found(who, 3)] if who else []
    if verb.group("verb") in NOUN_OR_VERB and BEHIND_A_NOUN.match(after):
        return []
    closing = CLOSES.match(after) and BEHIND_A_COMMA.search(before)
    if verb.group("report") and not closing and not REPORTED.match(after):
        return []
    who = _backward(before)
    return [_Found(who, 0 if verb.group("speech") else 2)] if who else []


def _forward(words: str) -> str:
    """The noun phrase that opens ``words``: "Ann Lee, a baker" → "Ann Lee"."""
    phrase = re.split(r"[,;:.!?—–(\"“”»]\s*(?=\s|$)|\s[—–-]\s|[\"“”(]|,", words, maxsplit=1)[0]
    phrase = phrase.strip()
    if not phrase:
        return ""
    first = phrase.split()[0]
    if first.lower() in PRONOUNS:
        return first
    name = _person_in(phrase)
    if name:
        return name
    lead = NAME.match(phrase)
    if lead and lead.group().lower() not in ("the", "a", "an"):
        return (
            re.sub(r"['’]s$", "", lead.group())
            if not phrase[lead.end() :].startswith(("'s", "’s"))
            else _cut(phrase)
        )
    if PERSON_NOUN.search(phrase):
        return _cut(phrase)
    named = NAME.search(phrase)
    return _cut(phrase) if named and phrase.lower().startswith(("the ", "a ", "an ")) else ""


def _cut(phrase: str) -> str:
    """The phrase up to where a new clause or adverbial begins."""
    cut = re.split(
        r"\s+(?:in an?|during|after|before|when|while|as|who|which|that|on|since|last|this|is|are"
        r"|was|were|has|have|had|will|would|may|might|could|yesterday|today)\s",
        phrase + " ",
        maxsplit=1,
    )[0]
    return " ".join(cut.split()[:9]) if len(cut.split()) > 9 else cut.strip()


def _backward(before: str) -> str:
    """The noun phrase that ends ``before``, over adverbs and an apposition."""
    previous = None
    while previous != before:
        previous = before
        before = BETWEEN.sub("", before).rstrip()
    relative = re.search(r"^(?P<head>.*\S),?\s+(?:who|which)\s+[^,]*?,?$", before)
    if before.endswith(","):
        start = before[:-1].rfind(",")
        if start < 0:
            return ""
        # "Its spokesman, Julian Teague, said": the name is the apposition.
        name = _person_in(before[start + 1 : -1])
        if name and name == before[start + 1 : -1].strip() and not _person_in(before[:start]):
            return name
        before = before[:start]
    elif before.endswith(("—", "–", ")")):
        opening = {"—": "—", "–": "–", ")": "("}[before[-1]]
        start = before[:-1].rfind(opening)
        if start < 0:
            return ""
        before = before[:start].rstrip()
        comma = before.rfind(", ")
        # "Ann Lee, the head of the largest group (CDU) believes": the name is before the comma.
        if comma > 0 and re.match(r",\s+(?:an?|the)\s", before[comma:]):
            before = before[:comma]
    elif relative:
        before = relative.group("head")
    clause = re.split(r"[,;:!?—–\"“”»(]\s*", before.rstrip())[-1]
    clause = OPENING.sub("", clause).strip()
    words = clause.split()
    taken: list[str] = []
    for place in range(len(words) - 1, -1, -1):
        word = words[place]
        # "A spokeswoman for NATO" is one phrase.
        of_an_office = word == "for" and place and PERSON_NOUN.fullmatch(words[place - 1])
        if word.lower() in STOPPERS and word.islower() and not of_an_office:
            break
        taken.insert(0, word)
    phrase = PLACE_FIRST.sub("", " ".join(taken))
    return _noun_phrase(phrase)


def _noun_phrase(phrase: str) -> str:
    if not phrase or len(phrase.split()) > 12:
        return ""
    words = phrase.split()
    if words[0].lower() in ("neither", "nobody", "no", "who", "what", "which", "i", "we", "you"):
        return ""
    if words[-1].lower() in PRONOUNS:
        return words[-1]
    name = _person_in(phrase)
    if name and phrase.endswith(name):
        return name
    if name and phrase.startswith(name):
        return name
    # "Marine biologist Ann Lee of the University of Oslo" is Ann Lee.
    if name and PERSON_NOUN.search(phrase.partition(name)[0]):
        behind = phrase.partition(name)[2].split()
        if behind and behind[0] in ("of", "from", "at"):
            return name
    if NAME.match(phrase) or (NAME.search(phrase[1:]) and len(words) <= 8):
        lead = NAME.match(phrase)
        if lead and len(words) > 1 and phrase[lead.end() :].startswith(" "):
            rest = phrase[lead.end() :].split()
            # "Ann Lee from the Foundation" is Ann Lee; "NATO's speaker in Oslo" stays whole.
            if rest[0] in ("from", "of", "at") and not lead.group().endswith(("'s", "’s")):
                head = lead.group()
                return head if len(head.split()) > 1 and head.split()[0] != "The" else phrase
        return phrase if _nominal(phrase) else ""
    return phrase if PERSON_NOUN.search(phrase) and len(words) <= 9 else ""


def _nominal(phrase: str) -> bool:
    """Whether the phrase can be a speaker: a name with nothing but nouns and their links."""
    lowered = [w for w in phrase.split() if w.islower()]
    return bool(PERSON_NOUN.search(phrase)) or all(
        w in ("of", "the", "for", "and", "de", "van", "von", "in", "on") for w in lowered
    )


def _leading(sentence: str) -> str:
    opening = OPENING.sub("", sentence)
    match = re.match(r"(?:The\s+)?[^\W\d_][^,;:\"“”]*", opening)
    if not match:
        return ""
    words = match.group()
    if words.split()[0].lower() in PRONOUNS:
        return words.split()[0]
    person = _person_in(words)
    if person and re.match(rf"(?:[A-Z]\w*\s+)*{re.escape(person)}", words):
        return person
    lead = NAME.match(words)
    if lead and lead.group() not in ("The", "A", "An", "In", "On", "At"):
        return lead.group()
    noun = re.match(
        rf"(?:The|A|An)\s+(?:[\w’'\-]+\s+){{0,3}}?{PERSON_NOUNS}\b", words, re.IGNORECASE
    )
    return noun.group() if noun else ""


def _person_in(phrase: str) -> str:
    """A person's full name in the phrase, without titles; empty where there is none."""
    for match in FULL_NAME.finditer(phrase):
        name = match.group()
        words = name.split()
        while words and (
            words[0].rstrip(".") in TITLE_WORDS
            or words[0].isupper()
            or PERSON_NOUN.fullmatch(words[0])
        ):
            words = words[1:]
        name = name[-len(" ".join(words)) :] if words else ""
        if (
            2 <= len(words) <= 4
            and not GROUP_WORDS.search(name)
            and not name.endswith(("'s", "’s"))
        ):
            return name
    return ""


def _fullest(sentences: Sequence[str], index: int, who: str) -> str:
    """The full name for a surname, where a sentence up to here has one."""
    plain = re.sub(r"^(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir)\.?\s+", "", who)
    if " " in plain or not plain[:1].isupper():
        return who
    for place in range(index, -1, -1):
        for match in FULL_NAME.finditer(sentences[place]):
            name = _person_in(match.group())
            if name.split()[-1:] == [plain]:
                return name
    return who


def _antecedent(sentences: Sequence[str], index: int, *, plural: bool, thing: bool) -> str:
    """Who "he", "she", "they" or "it" is: the speaker before, else the last person named."""
    several = SEVERAL.match(sentences[index - 1]) if plural and index else None
    if several:
        return several.group()
    for place in range(index - 1, max(-1, index - LOOK_BACK - 1), -1):
        said = _said_in(sentences, place)
        if said and (plural or thing or said[:1].isupper() or PERSON_NOUN.search(said)):
            return said
        people = [_person_in(m.group()) for m in FULL_NAME.finditer(sentences[place])]
        people = [name for name in people if name]
        if people and not plural and not thing:
            return people[-1]
        surnames = [m.group() for m in NAME.finditer(sentences[place])]
        full = [_fullest(sentences, place, n) for n in surnames if " " not in n]
        known = [name for name in full if " " in name]
        if known and not plural and not thing:
            return known[0]
    return ""


def _described(sentences: Sequence[str], index: int, phrase: str) -> str:
    """The name behind "the expert" or "the mayor", where a person was speaking just before."""
    if not PERSON_NOUN.search(phrase) or re.search(
        r"(?:police|officials|ministry|government|company|agency|service|foundation|institute|university"
        r"|commission|committee|council|union|association|authority|report|study|survey|poll|paper"
        r"|statement|newspaper|magazine|court|bank|party|alliance|administration|office|group|team|s)$",
        phrase,
    ):
        return ""
    head = phrase.split()[-1].lower()
    for place in range(index - 1, max(-1, index - LOOK_BACK - 1), -1):
        said = _said_in(sentences, place)
        if said and said[:1].isupper():
            return said
    for place in range(index - 1, -1, -1):
        for match in FULL_NAME.finditer(sentences[place]):
            name = _person_in(match.group())
            around = sentences[place][max(0, match.start() - 40) : match.end() + 40].lower()
            if name and head in around:
                return name
    return ""


def _marks(sentence: str) -> list[tuple[int, bool]]:
    """The sentence's quotation marks: place, and whether the mark opens."""
    marks = []
    for match in re.finditer(r"[\"“”„«»]", sentence):
        mark, place = match.group(), match.start()
        opens = mark in OPEN_QUOTES
        if mark == '"':
            spaced = place == 0 or sentence[place - 1].isspace() or sentence[place - 1] in "([—–-"
            opens = spaced and place + 1 < len(sentence) and not sentence[place + 1].isspace()
        marks.append((place, opens))
    return marks


def _inside_quotes(sentence: str, place: int) -> bool:
    marks = _marks(sentence)
    before = [opens for mark, opens in marks if mark < place]
    if before:
        return before[-1]
    # The first mark behind closes what an earlier sentence opened.
    return bool(marks) and not marks[0][1]


def _quotation(sentences: Sequence[str], index: int) -> tuple[bool, int]:
    """Whether the sentence stands in a quotation, and the sentence in which that ends."""
    marks = _marks(sentences[index])
    if marks:
        inside = not marks[0][1] or marks[0][0] == 0
    else:
        near = range(index - 1, max(-1, index - LOOK_AHEAD - 1), -1)
        last = next((m for m in (_marks(sentences[i]) for i in near) if m), [])
        inside = bool(last) and last[-1][1]
    open_behind = marks[-1][1] if marks else inside
    if not inside or not open_behind:
        return inside, index
    for place in range(index + 1, min(len(sentences), index + LOOK_AHEAD)):
        if any(not opens for _, opens in _marks(sentences[place])):
            return True, place
    return True, index
