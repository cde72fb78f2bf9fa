"""True statements made from a sentence by rule, each by one kind of change that keeps its sense."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

SYNONYMS = {
    "said": "stated", "says": "states", "big": "large", "large": "big", "began": "started",
    "begin": "start", "begins": "starts", "help": "assist", "helped": "assisted", "helps": "assists",
    "buy": "purchase", "bought": "purchased", "show": "demonstrate", "shows": "demonstrates",
    "showed": "demonstrated", "use": "employ", "uses": "employs", "near": "close to", "also": "in addition",
    "about": "around", "town": "settlement", "city": "municipality", "killed": "slain", "kill": "slay",
    "huge": "enormous", "important": "significant", "many": "numerous", "children": "kids", "job": "post",
    "get": "obtain", "gets": "obtains", "give": "provide", "gives": "provides", "gave": "provided",
    "need": "require", "needs": "requires", "needed": "required", "built": "constructed",
    "build": "construct", "made": "produced", "make": "produce", "makes": "produces", "fast": "quick",
    "house": "home", "car": "automobile", "cars": "automobiles", "film": "movie", "doctor": "physician",
    "doctors": "physicians", "end": "finish", "ended": "finished", "ask": "request", "asked": "requested",
    "received": "got", "receive": "get", "remain": "stay", "remained": "stayed", "shipped": "sent",
    "weapons": "arms", "arms": "weapons", "troops": "soldiers", "soldiers": "troops",
    "deliveries": "shipments", "wants": "wishes", "want": "wish", "choose": "select", "chose": "selected",
    "purchase": "buy", "collect": "gather", "collected": "gathered", "information": "data",
    "website": "site", "company": "firm", "companies": "firms", "nation": "country", "nations": "countries",
    "country": "nation", "countries": "nations", "quickly": "rapidly", "found": "discovered",
    "find": "discover", "allow": "permit", "allows": "permits", "allowed": "permitted", "tells": "informs",
    "told": "informed", "students": "pupils", "currently": "at present", "several": "a number of",
    "took part": "participated", "wrote": "authored", "died": "passed away", "famous": "well known",
    "created": "established", "founded": "established", "established": "founded", "whole": "entire",
    "share": "disclose", "main": "principal", "recently": "lately", "because": "since", "cities": "municipalities",
    "usually": "generally", "often": "frequently", "rich": "wealthy", "ill": "sick", "attempt": "try",
    "tried": "attempted", "believes": "thinks", "beautiful": "lovely", "travelled": "journeyed",
}  # fmt: skip
TRANSITIVE = {
    "founded": "founded", "supplied": "supplied", "delivered": "delivered", "attacked": "attacked",
    "built": "built", "won": "won", "released": "released", "published": "published",
    "wrote": "written", "visited": "visited", "signed": "signed", "rejected": "rejected",
    "approved": "approved", "killed": "killed", "arrested": "arrested", "opened": "opened",
    "closed": "closed", "bought": "bought", "sold": "sold", "produced": "produced",
    "discovered": "discovered", "examined": "examined", "defeated": "defeated", "designed": "designed",
    "established": "established", "introduced": "introduced", "launched": "launched", "led": "led",
    "captured": "captured", "destroyed": "destroyed", "developed": "developed", "invented": "invented",
    "received": "received", "adopted": "adopted", "conquered": "conquered", "accused": "accused",
    "hosted": "hosted", "created": "created", "directed": "directed", "occupied": "occupied",
    "replaced": "replaced", "seized": "seized", "sent": "sent", "gave": "given", "took": "taken",
    "invaded": "invaded", "confirmed": "confirmed", "criticized": "criticized", "praised": "praised",
}  # fmt: skip
BELOW_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINAL_WORDS = "third fourth fifth sixth seventh eighth ninth tenth".split()
SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()
SPEECH = r"(?:said|says|stated|states|warned|warns|argued|argues|believes|noted|notes|stressed|claims|claimed|added|adds|thinks|told \w+|cautions)"
PERSON = r"(?:[A-Z][\w’'-]+(?:\s(?:de|van|von|al|of|the)\s?|\s))*[A-Z][\w’'-]+"
MONTH = r"January|February|March|April|May|June|July|August|September|October|November|December"
LEADING = re.compile(
    r"^((?:In|On|At|After|Before|Since|During|By|For|From|Under|With|Last|Next|Until|As of|Throughout|Between)\s[^,“”\"]{2,60}),\s(.+)([.])$"
)
# What the change must leave alone: moving or cutting here could alter the sense.
DELICATE = re.compile(
    r"\b(?:according to|reportedly|it is|if|unless|only|not|never|no)\b", re.IGNORECASE
)
BE_PLURAL = re.compile(
    r"(?:[^s]s|people|men|women|children|\b(?:two|three|four|five|\d+)\b.*)$", re.IGNORECASE
)


def verbatim(sentence: str, _: random.Random) -> Iterator[str]:
    """The sentence itself."""
    yield sentence


def synonyms(sentence: str, draw: random.Random) -> Iterator[str]:
    """Up to three words replaced by words of the same sense, outside quotations."""
    if re.search(r"[“”\"]", sentence):
        return
    words = [
        match for match in re.finditer(r"\b[a-z][a-z ]*?\b", sentence) if match.group() in SYNONYMS
    ]
    if not words:
        return
    chosen = draw.sample(words, min(len(words), 3))
    for match in sorted(chosen, key=lambda m: -m.start()):
        sentence = sentence[: match.start()] + SYNONYMS[match.group()] + sentence[match.end() :]
    yield sentence


def reordered(sentence: str, _: random.Random) -> Iterator[str]:
    """A leading circumstance moved to the end."""
    match = LEADING.match(sentence)
    if not match or re.search(r"[“”\";:]|\b(?:who|which|that)\b", match.group(2)):
        return
    lead, rest, stop = match.groups()
    yield f"{rest[0].upper()}{rest[1:]} {lead[0].lower()}{lead[1:]}{stop}"


def dropped_clause(sentence: str, _: random.Random) -> Iterator[str]:
    """A bracket, a relative clause or an apposition left out, outside quotations."""
    if re.search(r"[“”\"]", sentence):
        return
    for pattern, put in (
        (r"\s\([^()]{3,80}\)", ""),
        (r",\s(?:which|who|where)\s[^,.“”\"]{5,100},\s", " "),
        (r",\s(?:which|where)\s[^,.“”\"]{5,100}\.$", "."),
        (r"(?<=[a-z]),\s(?:an?|the)\s[a-z][^,.“”\"]{5,80},\s(?=[a-z]+(?:s|ed)?\s)", " "),
    ):
        shorter, count = re.subn(pattern, put, sentence, count=1)
        if count and len(shorter) > 30 and not DELICATE.search(sentence):
            yield shorter
            return


def split(sentence: str, _: random.Random) -> Iterator[str]:
    """One of two joined main clauses, as a sentence of its own."""
    if DELICATE.search(sentence) or re.search(rf"[“”\"]|\b{SPEECH}\b", sentence):
        return
    match = re.match(
        r"^([A-Z][^,;]{25,}?)(?:, and|, but|;) ((?:he|she|it|they|the|this|there)\s(?:[\w-]+\s){4,}[\w\s,-]+)\.$",
        sentence,
    )
    if not match:
        return
    first, second = match.groups()
    yield f"{first}."
    if not re.match(r"(?:he|she|it|they|this)\b", second):
        yield f"{second[0].upper()}{second[1:]}."


def passive(sentence: str, _: random.Random) -> Iterator[str]:
    """Subject and object exchanged by the passive voice."""
    verbs = "|".join(TRANSITIVE)
    match = re.match(
        rf"^(?:The |A |An )?[A-Z][\w’'-]*(?:\s[\w’'-]+){{0,4}}?\s(?P<verb>{verbs})\s"
        r"(?P<object>(?:an?|the|its|his|her|their|some|[A-Z\d])[\w’'-]*(?:\s(?!in\b|on\b|at\b|to\b|for\b|with\b|from\b|after\b|and\b|by\b|that\b|as\b|into\b|during\b)[\w’'-]+){0,6})"
        r"(?P<rest>(?:\s(?:in|on|at|for|from|after|during)\s[^,]+)?)\.$",
        sentence,
    )
    if not match or DELICATE.search(sentence):
        return
    subject = sentence[: match.start("verb")].strip()
    if re.search(r"\b(?:who|which|that|and|was|were|is|had|has|have|when)\b", subject):
        return
    thing = match.group("object")
    if not re.match(r"(?:The|An?|It|He|She|They|His|Her|Its|Their)\b", subject):
        actor = subject
    elif re.match(r"(?:It|He|She|They)\b", subject):
        return
    else:
        actor = subject[0].lower() + subject[1:]
    be = "were" if BE_PLURAL.search(thing) else "was"
    yield f"{thing[0].upper()}{thing[1:]} {be} {TRANSITIVE[match.group('verb')]} by {actor}{match.group('rest')}."


def attributed(sentence: str, _: random.Random) -> Iterator[str]:
    """The same speaker named in another form."""
    match = re.match(rf"^({PERSON}) {SPEECH} that ([^“”\"]+)\.$", sentence)
    if match:
        yield f"According to {match.group(1)}, {match.group(2)}."
        return
    match = re.match(rf"^According to ({PERSON}), ([^“”\"]+)\.$", sentence)
    if match:
        yield f"{match.group(1)} says that {_low(match.group(2))}."
        return
    match = re.match(rf"^([^“”\"]+), (?:says|said) ({PERSON})\.$", sentence)
    if match:
        yield f"{match.group(2)} says that {_low(match.group(1))}."
        return
    match = re.match(
        rf"^[“\"]([^“”\"]+),[”\"] (?:(?:says|said) ({PERSON})|({PERSON}) (?:says|said))\.$",
        sentence,
    )
    if match:
        yield f"“{match.group(1)}”, according to {match.group(2) or match.group(3)}."


def _low(words: str) -> str:
    return (
        words[0].lower() + words[1:]
        if re.match(
            r"(?:The|An?|It|He|She|They|There|This|In|On|At|His|Her|Its|Some|Many)\b", words
        )
        else words
    )


def written_numbers(sentence: str, _: random.Random) -> Iterator[str]:
    """The same number or date written in another way."""
    changed = re.sub(
        r"\$(\d[\d.]*) (million|billion)\b(?! to| and)",
        r"\1 \2 dollars",
        sentence,
    )
    changed = re.sub(r"\b(\d+(?:\.\d+)?) ?(?:percent|per cent)\b", r"\1%", changed)
    changed = (
        re.sub(r"\b(\d+(?:\.\d+)?)%", r"\1 percent", changed) if changed == sentence else changed
    )
    changed = re.sub(rf"\b({MONTH}) (\d{{1,2}}), (\d{{4}})\b", r"\2 \1 \3", changed)
    changed = (
        re.sub(rf"\b(\d{{1,2}}) ({MONTH}) (\d{{4}})\b", r"\2 \1, \3", changed)
        if changed == sentence
        else changed
    )
    if changed == sentence:
        changed = re.sub(
            r"(?<![\w$€£.,-])([2-9]|1[0-2])(?= [a-z]{3,}\b)(?! percent| million| billion)",
            lambda m: SMALL[int(m.group())],
            sentence,
            count=1,
        )
    if changed == sentence:
        changed = re.sub(
            # Not inside "twenty-six", nor of a fraction.
            rf"(?<!-)\b({'|'.join(SMALL[2:])})\b(?= [a-z]{{3,}})(?! (?:thirds|fourths|quarters|fifths))",
            lambda m: str(SMALL.index(m.group())),
            sentence,
            count=1,
        )
    if changed == sentence:
        changed = re.sub(r"\b(\d{1,3}),000\b", r"\1 thousand", sentence, count=1)
    if changed != sentence:
        yield changed
    yield from _other_notations(sentence)


def _other_notations(sentence: str) -> Iterator[str]:
    """Shares, thousands, millions, ordinals and dozens in their other forms."""
    if re.search(r"[“”\"]", sentence):
        return
    for pattern, put in (
        (r"(?<![$€£,\d])\b(\d{1,2}),000\b", lambda m: f"{_spelt(int(m.group(1)))} thousand"),
        (r"(?<![$€£\d.,])\b(\d{1,3})\.(\d) million\b", lambda m: f"{m.group(1)},{m.group(2)}00,000"),
        (r"(?<![$€£\d.,])\b(\d{1,3}) million\b(?! to\b| and\b)", lambda m: f"{m.group(1)},000,000"),
        (r"\b[Hh]alf (?=of (?:the|its|his|her|their)\b)", lambda _: "50 percent "),
        (r"\b50 percent (?=of (?:the|its|his|her|their)\b)", lambda _: "half "),
        (r"\b[Tt]wo[- ]thirds\b", lambda _: "67 percent"),
        (r"(?<=[a-z] )(third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?= [a-z]{3,})(?! (?:of|party))",
         lambda m: f"{ORDINAL_WORDS.index(m.group(1)) + 3}th" if m.group(1) != "third" else "3rd"),
        (r"(?<![\w.,-])(?:12|twelve)(?= [a-z]{3,}s\b)(?! percent)", lambda _: "a dozen"),
        (r"(?<=[a-z] )(1[3-9]|[2-9]\d)(?= [a-z]{3,}s\b)(?! percent)", lambda m: _spelt(int(m.group(1)))),
    ):  # fmt: skip
        changed = re.sub(pattern, put, sentence, count=1)
        if changed != sentence:
            yield changed[0].upper() + changed[1:]


def _spelt(value: int) -> str:
    """A number below a hundred in words."""
    if value < len(BELOW_TWENTY):
        return BELOW_TWENTY[value]
    ten = TENS[value // 10 - 2]
    return f"{ten}-{BELOW_TWENTY[value % 10]}" if value % 10 else ten


def fronted(sentence: str, _: random.Random) -> Iterator[str]:
    """A subordinate clause put first, or last."""
    if re.search(r"[“”\";:]", sentence):
        return
    match = re.match(
        r"^(?P<main>[A-Z][^,]{20,}?),? (?P<word>because|after|before|if|until|while|when) "
        r"(?P<sub>(?:the|an?|he|she|it|they|this|these|his|her|its|their|[A-Z]\w+) [^,]{12,})\.$",
        sentence,
    )
    if not match or re.search(
        r"\b(?:only|just|not|that|who|which|and|but|to|shortly|soon|even|years?|months?|days?|weeks?)$|\b(?:that|who|which|whether|and|but)\b",
        match["main"],
    ):
        return
    main = match["main"]
    common = re.match(
        r"(?:The|An?|It|He|She|They|There|This|In|On|His|Her|Its|Their|Many|Some)\b", main
    )
    if not common and not re.match(r"[A-Z][\w’'-]+ [A-Z]", main):
        return
    low = main[0].lower() + main[1:] if common else main
    yield f"{match['word'].capitalize()} {match['sub']}, {low}."


PARAPHRASES: dict[str, Callable[[str, random.Random], Iterator[str]]] = {
    "verbatim": verbatim,
    "synonyms": synonyms,
    "reordered": reordered,
    "dropped clause": dropped_clause,
    "split": split,
    "passive": passive,
    "speaker's form": attributed,
    "written numbers": written_numbers,
    "clause first": fronted,
}


def from_question(question: str, answer: str) -> str:
    """A question for a subject, with its answer, as a statement; "" for other questions.

    "Who founded the school?" and "John Harvard" make "John Harvard founded the school." The
    words of such statements are those of the person who asked.
    """
    text = re.sub(r"\s+", " ", question).strip(" ?")
    answer = re.sub(r"\s+", " ", answer).strip(" .,;")
    auxiliary = (
        r"(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|may|might)"
    )
    match = re.match(rf"^(?:Who|What|Which [a-z]+) (?!{auxiliary}\b)([a-z]+(?:ed|s)? .+)$", text)
    if match and answer and answer[0].isupper():
        return f"{answer} {match.group(1)}."
    match = re.match(
        r"^(?:Who|What) ((?:is|was|were|are|has|had|will|can|could|may) (?:[a-z]+ed|been|not|the|an?|his|her|its|responsible|able) .+)$",
        text,
    )
    if match and answer and answer[0].isupper():
        return f"{answer} {match.group(1)}."
    match = re.match(
        rf"^How many ([a-z]+ (?!{auxiliary} (?:the|he|she|it|they|we|[A-Z])).+)$", text
    )
    if (
        match
        and re.match(r"^[\d,]+$|^(?:[a-z]+)$", answer)
        and " did " not in text
        and " do " not in text
    ):
        return f"{answer[0].upper()}{answer[1:]} {match.group(1)}."
    return ""
