"""Follow-ups without a verb or a subject: "Why?", "And the lowest?", "What about Germany?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .lexicon import IRREGULAR, OPPOSITES, PERSON_NOUNS, STOP_WORDS, SUPERLATIVES, VERBS
from .mentions import DATE, QUANTITY, Mention, Sort, is_plural, names_of, noun_phrases_of
from .questions import ADJUNCT, AUX, WH, ask_with, clause_of
from .references import resolve_references
from .thread import Heard, Wants, full_name, mentions_in_question, referent, topic_of

LEAD = re.compile(
    r"^(?:(?:and|but|so|or|ok|okay|well|also|plus|then|hm+|oh|ah)\b[, ]*)+", re.IGNORECASE
)
ABOUT = re.compile(
    r"^(?:(?:and|but|so|ok|okay|well|or)[, ]+)*(?:(?:and )?(?:what|how) about|and|or|also|but|plus|what of|same (?:question )?(?:for|about)|(?:and )?for)\s+(?P<x>[^?]+?)(?:\s+(?:then|though|instead|too|as well))?\s*\?*$",
    re.IGNORECASE,
)
HAPPENED = re.compile(
    rf"^(?P<word>{ADJUNCT.pattern})\s+(?:did|does|do|has|is|was|will|would)\s+(?:that|this|it|so)"
    r"(?:\s+(?:happen(?:ed|ing)?|occur(?:red)?|take place|be|so|the case|true))?$",
    re.IGNORECASE,
)
HOW_COME = re.compile(
    r"^(?:how come|why so|how so|what for|why(?: is| was)? (?:that|this|it)(?: so)?|for what reason"
    r"|(?:what(?:'s| is| was| were| are) )?the reasons?(?: (?:for|behind) (?:that|this|it))?|why would (?:that|this) be)$",
    re.IGNORECASE,
)
# "For what fee?", "Against whom?", "With how many points?"
BEHIND_PREPOSITION = re.compile(
    r"(?:for|at|in|on|with|by|from|to|against|during|since|until|after|before|under)\s+"
    r"(?:how\s+(?:many|much)|what|which|whom|who|when|where)(?:\s+[\w'-]+){0,3}",
    re.IGNORECASE,
)
OWNED = re.compile(r"(?:his|her|their|its)\s+(?P<noun>[a-z][\w'-]*(?:\s[a-z][\w'-]*)*)$")
# "and Ann Lee's version": what she says, whatever it is called.
VIEW = re.compile(
    r"(?P<who>[A-Z].*?)['’]s?\s+(?:version|view|views|opinion|side|account|reaction|position"
    r"|stance|take|guess|answer|response|reply|explanation|comment)"
)
MEASURES = frozenset(
    "height length depth width age weight size price cost value salary duration distance speed"
    " population area capacity name role job position title".split()
)
POINTING = frozenset(
    "he she they it this that him her them there then i you we me else us his its their".split()
)
NEGATED = {"can": "can’t", "will": "won’t", "shall": "shan’t", "am": "am not", "may": "may not"}
HOW_MUCH = re.compile(
    r"^how (?:much|high|large|big|long|old|far|tall|heavy|expensive)\b", re.IGNORECASE
)
PREPOSITION = re.compile(
    r"^(?P<prep>in|on|at|for|from|to|by|with|of|during|after|before|since|under|near|about|until|among|between)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Completed:
    """A fragment made whole; ``about`` is set where it only asks what is said of something.

    ``subject`` is what the fragment put in the place of something.
    """

    question: str
    about: str = ""
    subject: str = ""


def complete(question: str, thread: Sequence[Heard]) -> Completed | None:
    """The fragment as a question that stands alone, or None where it is none or cannot be."""
    if not thread:
        return None
    plain = " ".join(question.replace("’", "'").split()).rstrip(" ?!.")
    bare = LEAD.sub("", plain)
    last = thread[0]
    return (
        _any(bare)
        or _adjunct(bare, last)
        or _how_many(bare, last)
        or _else(bare, last)
        or _who(bare, last)
        or _swap(question, thread)
        or _objectless(bare, plain, thread)
    )


def is_fragment(question: str) -> bool:
    """Whether a question leaves out what it is about, as far as its form shows."""
    plain = " ".join(question.replace("’", "'").split()).rstrip(" ?!.")
    bare = LEAD.sub("", plain)
    return bool(
        ADJUNCT.fullmatch(bare)
        or _is_prepositional(bare)
        or HAPPENED.match(bare)
        or HOW_COME.match(bare)
        or re.fullmatch(
            r"(?:how (?:many|much)|who|what|which(?: ones?)?|(?:who|what|where|anyone|anything) else|why not)",
            bare,
            re.I,
        )
        or (_fragment_of(question) is not None)
    )


def _adjunct(bare: str, last: Heard) -> Completed | None:
    """ "Why?", "Since when?", "When did that happen?"."""
    word = ""
    if ADJUNCT.fullmatch(bare) or _is_prepositional(bare):
        word = bare
    elif HAPPENED.match(bare):
        word = HAPPENED.match(bare).group("word")  # type: ignore[union-attr]
    elif HOW_COME.match(bare) or bare.lower() == "why not":
        word = "why"
    clause = clause_of(last.question)
    if not word or clause is None:
        return None
    denied = bare.lower() == "why not" or (word == "why" and not clause.wh and last.denied)
    if denied and "n't" not in clause.aux and "n’t" not in clause.aux:
        clause = replace(clause, aux=NEGATED.get(clause.aux, f"{clause.aux}n’t"))
    return Completed(ask_with(word, clause, last.short))


def _any(bare: str) -> Completed | None:
    """ "Any danger to the water?" asks whether there is any."""
    match = re.fullmatch(r"any (?P<noun>[a-z]+(?: [\w’'-]+){0,6})", bare, re.IGNORECASE)
    words = match["noun"].split() if match else []
    if not words or words[0] in ("one", "body", "thing", "else", "other", "others", "more", "of"):
        return None
    if any(w in AUX.split("|") or w in POINTING for w in words):
        return None
    link = next((n for n, w in enumerate(words) if w in STOP_WORDS), len(words))
    head = words[max(0, link - 1)]
    return Completed(f"{'Are' if is_plural(head) else 'Is'} there any {' '.join(words)}?")


def _is_prepositional(bare: str) -> bool:
    """Whether a question is a preposition with what is asked for, and no verb."""
    if not BEHIND_PREPOSITION.fullmatch(bare):
        return False
    words = bare.lower().split()
    return not any(w in AUX.split("|") or w in VERBS or w.endswith("ed") for w in words)


def _how_many(bare: str, last: Heard) -> Completed | None:
    counted = re.fullmatch(r"how many (?P<noun>[a-z][\w-]*(?: [a-z][\w-]*)?)", bare, re.IGNORECASE)
    if counted and is_plural(counted["noun"].split()[-1]) and counted["noun"].split()[0] != "of":
        owner = next((o for o in (last.short, topic_of((last,))) if names_of(f"x {o}")), "")
        return Completed(f"{bare[0].upper()}{bare[1:]} does {owner} have?") if owner else None
    match = re.fullmatch(
        r"(how (?:many|much))(?:\s+of (?:them|those|it|that))?", bare, re.IGNORECASE
    )
    clause = clause_of(last.question)
    if not match or clause is None:
        return None
    word = match.group(1)
    word = word[0].upper() + word[1:]
    if (
        clause.wh
        and not ADJUNCT.fullmatch(clause.wh)
        and last.short
        and len(last.short.split()) <= 5
    ):
        noun = re.sub(r"^(?:the|a|an|some|several|many)\s+", "", last.short, flags=re.IGNORECASE)
        return Completed(f"{word} {noun} {clause.aux} {clause.rest}?")
    phrases = [m for m in noun_phrases_of(clause.rest) if m.plural]
    plurals = [
        w
        for w in re.finditer(r"\b[a-z]{4,}\b", clause.rest)
        if is_plural(w.group()) and w.group() not in VERBS
    ]
    start, end = (
        (phrases[-1].start, phrases[-1].end)
        if phrases
        else (plurals[-1].start(), plurals[-1].end())
        if plurals
        else (0, 0)
    )
    if not end:
        return Completed(f"{word}: {last.question}") if not clause.wh else None
    noun = re.sub(r"^(?:the|any|some|more|these|those)\s+", "", clause.rest[start:end])
    rest = " ".join((clause.rest[:start] + clause.rest[end:]).split())
    return Completed(f"{word} {noun} {clause.aux} {rest}?".replace(" ?", "?"))


def _else(bare: str, last: Heard) -> Completed | None:
    """ "Who else?" after "Who warned of it?"."""
    match = re.fullmatch(
        r"(?P<wh>who|what|where|when|which)\s+else|any(?P<any>one|body|thing|where) else"
        r"|(?:and )?(?:the )?others?|which others?",
        bare,
        re.IGNORECASE,
    )
    clause = clause_of(last.question)
    if not match or clause is None or not clause.wh:
        return None
    first, _, noun = clause.wh.partition(" ")
    wanted = (match.group("wh") or "").lower()
    if wanted and wanted != first.lower() and not (wanted == "who" and first.lower() == "which"):
        return None
    opening = f"{first} other {noun}" if noun else f"{first} else"
    return Completed(re.sub(re.escape(clause.wh), opening, last.question, count=1))


def _who(bare: str, last: Heard) -> Completed | None:
    """ "Who?" after "Was anyone hurt?", or a "what" in the place of something."""
    clause = clause_of(last.question)
    if bare.lower() not in ("who", "what", "which", "which one", "which ones", "what exactly"):
        return None
    if clause is None or clause.wh:
        return None
    indefinite = re.match(
        r"(?:any|some)(?:one|body|thing)\s+(?P<rest>.+)|(?:any|some)\s+(?P<noun>\w+)\s+(?P<rest2>.+)"
        r"|there\s+(?:any|some|an?)\s+(?P<noun3>\w+)(?P<rest3>.*)",
        clause.rest,
        re.IGNORECASE,
    )
    if not indefinite:
        return None
    parts = indefinite.groupdict()
    rest = parts["rest"] or parts["rest2"] or (parts["rest3"] or "").strip()
    noun = parts["noun"] or parts["noun3"]
    word = f"Which {noun}" if noun else bare.split()[0].capitalize()
    return Completed(f"{word} {clause.aux} {rest}?".replace(" ?", "?"))


def _fragment_of(question: str) -> str | None:
    """What a fragment puts in the place of something: "And in Germany?" → "in Germany"."""
    match = ABOUT.match(question.strip())
    words = (match.group("x") if match else LEAD.sub("", question)).strip(" ?!.,")
    led = match is not None
    tokens = words.lower().split()
    if not tokens or len(tokens) > (7 if led else 5):
        return None
    if re.match(rf"(?:{WH}|{AUX}|is|tell|show|list|give|name|please)\b", tokens[0]):
        return None
    verbs = [
        t
        for t in tokens
        if t in VERBS or t in AUX.split("|") or t in ("he", "she", "they", "i", "you", "we")
    ]
    about = bool(match and re.search(r"about|what of|same|for", question[: match.start("x")], re.I))
    if about:
        return words
    if verbs:
        return None
    if led:
        return words
    opening = tokens[0] in (
        "the",
        "in",
        "on",
        "at",
        "for",
        "by",
        "since",
        "during",
        "from",
        "after",
        "before",
        "with",
    )
    superlative = any(t in SUPERLATIVES for t in tokens)
    named = bool(names_of(f"x {words}")) and len(tokens) <= 3
    return words if question.strip().endswith("?") and (opening or superlative or named) else None


def _swap(question: str, thread: Sequence[Heard]) -> Completed | None:
    words = _fragment_of(question)
    if words is None:
        return None
    owned = OWNED.match(words)
    words = resolve_references(_ones(words, thread[0]), thread)
    last = thread[0]
    asked = last.question.rstrip(" ?!.")
    view = VIEW.fullmatch(words)
    if view:
        name = full_name(view["who"], thread)
        return Completed(f"What does {name} say?", subject=name)
    the_measure = re.fullmatch(r"the (?P<noun>\w+)", words)
    if the_measure and the_measure["noun"] in MEASURES and not HOW_MUCH.match(asked):
        topic = referent(Wants.THING, thread)
        if topic and not re.search(rf"\b(?:{'|'.join(MEASURES)})\b", asked):
            return Completed(f"What is {words} of {topic}?", subject=words)
    measured = owned is not None and owned["noun"].split()[-1] in MEASURES
    elsewhere = rf"\b{re.escape(owned['noun'])}\b" if owned else ""
    taken = owned is None or re.search(
        elsewhere if measured else rf"{elsewhere}|^how\b", asked, re.I
    )
    if owned and not taken:
        return _of_another(words, owned["noun"])
    swapped = (
        _swap_pair(asked, words) or _swap_date(asked, words) or _swap_mention(asked, words, thread)
    )
    if swapped and swapped != asked:
        subject = full_name(PREPOSITION.sub("", words), thread)
        return Completed(f"{swapped}?", subject=subject)
    target = PREPOSITION.sub("", words)
    if names_of(f"x {target}") or noun_phrases_of(target) or ABOUT.match(question.strip()):
        name = full_name(target, thread)
        return Completed(f"What does the article say about {name}?", name)
    return None


def _of_another(words: str, noun: str) -> Completed:
    """ "And her first task?": what it is, or what is said of it where it is a person."""
    words = re.sub(r"^The (?=[a-z])", "the ", words)
    head = noun.split()[-1].lower()
    if head in PERSON_NOUNS or head.removesuffix("s") in PERSON_NOUNS:
        return Completed(f"What does the article say about {words}?", words)
    return Completed(f"What {'are' if is_plural(head) else 'is'} {words}?", subject=words)


def _ones(words: str, last: Heard) -> str:
    """ "Electric ones" as the "electric bikes" that the last question counted."""
    counted = re.match(r"(?:how many|which|what) (?P<noun>[a-z]+s)\b", last.question, re.IGNORECASE)
    if counted is None or any(w.lower() in SUPERLATIVES for w in words.split()):
        return words
    return re.sub(r"(?<=\w )ones?$", counted["noun"], words)


def _swap_pair(asked: str, words: str) -> str:
    """A superlative for a superlative, a word for its opposite."""
    tokens = [t.lower() for t in re.findall(r"[\w’'-]+", words)]
    ranked = next((t for t in tokens if t in SUPERLATIVES), None)
    if ranked:
        for match in re.finditer(r"[\w’'-]+", asked):
            if match.group().lower() in SUPERLATIVES:
                rest = [t for t in tokens[tokens.index(ranked) + 1 :] if t not in ("one", "ones")]
                end = match.end()
                following = re.match(r"\s+([\w’'-]+)", asked[end:])
                if rest and following and following.group(1).lower() not in STOP_WORDS:
                    end += following.end()
                put = " ".join([ranked, *rest])
                return asked[: match.start()] + put + asked[end:]
    for token in tokens:
        other = OPPOSITES.get(token)
        if other and re.search(rf"\b{other}\b", asked, re.IGNORECASE):
            return re.sub(rf"\b{other}\b", token, asked, count=1, flags=re.IGNORECASE)
    return ""


def _swap_date(asked: str, words: str) -> str:
    date = DATE.search(words)
    if not date or len(PREPOSITION.sub("", words)) > len(date.group()) + 4:
        return ""
    old = list(DATE.finditer(asked))
    if old:
        return asked[: old[-1].start()] + date.group() + asked[old[-1].end() :]
    if re.match(r"^(?:when|in (?:which|what) year)\b", asked, re.IGNORECASE):
        return ""
    lead = "" if PREPOSITION.match(words) else "on " if re.search(r"\b\d{1,2}\b", words) else "in "
    if re.match(r"(?:last|next|this|that|yesterday|today|tomorrow|early|late)", words, re.I):
        lead = ""
    return f"{asked} {lead}{words}"


def _swap_mention(asked: str, words: str, thread: Sequence[Heard]) -> str:
    """The mention of the same sort, or with the same head, gives way to the new one."""
    target = PREPOSITION.sub("", words)
    new = _mention(target)
    prep = PREPOSITION.match(words)
    if new is None:
        return ""
    heard = replace(thread[0], question=asked)
    old = [m for m in mentions_in_question(heard) if m.sort is not Sort.DATE]
    if new.sort is Sort.NUMBER:
        numbers = list(QUANTITY.finditer(asked))
        return asked[: numbers[-1].start()] + target + asked[numbers[-1].end() :] if numbers else ""
    if re.match(r"an?\s", target, re.IGNORECASE):
        # "What about a bonus?" brings in something new, and takes nobody's place.
        old = [m for m in old if re.match(r"an?\s", m.words, re.IGNORECASE)]
        old = [m for m in old if m.sort is new.sort]
    weighed = [(_alike(new, m) + 0.01 * place, m) for place, m in enumerate(old)]
    weighed = [(weight, m) for weight, m in weighed if weight >= 1]
    if not weighed:
        return f"{asked} {words}" if prep and new.sort in (Sort.PLACE, Sort.NAME) else ""
    best, mention = max(weighed, key=lambda item: item[0])
    quantity = HOW_MUCH.match(asked)
    if quantity and best < 3 and re.match(r"(?:the|its|their|his|her)\s", words, re.IGNORECASE):
        # Another thing to be measured, not another owner of the same.
        return f"{quantity.group()} {'are' if is_plural(target.split()[-1]) else 'is'} {words}"
    put = full_name(target, thread)
    before, after = asked[: mention.start], asked[mention.end :]
    if after.startswith(("'s", "’s")) and put.endswith(("'s", "’s")):
        put = put[:-2]
    determined = re.match(r"(?:the|a|an|its|their|his|her)\s", mention.words, re.IGNORECASE)
    if determined and put[0].islower() and " " not in put and not is_plural(put):
        put = f"the {put}"
    return f"{before}{put}{after}"


def _mention(words: str) -> Mention | None:
    named = names_of(f"x {words}")
    if named:
        return named[0]
    if QUANTITY.fullmatch(words):
        return Mention(words, Sort.NUMBER, 0)
    determined = bool(
        re.match(
            r"(?:the|a|an|its|their|his|her|this|that|these|those|other|\w+['’]s)\s", words, re.I
        )
    )
    phrases = noun_phrases_of(words if determined else f"the {words}")
    return replace(phrases[0], words=words, start=0) if phrases else None


def _alike(new: Mention, old: Mention) -> float:
    """How parallel two mentions are; under 1 they are not."""
    names = (Sort.PERSON, Sort.PLACE, Sort.GROUP, Sort.NAME)
    head_new, head_old = new.words.split()[-1].lower(), old.words.split()[-1].lower()
    common_new, common_old = new.words[0].islower(), old.words[0].islower()
    if common_new and common_old and head_new == head_old:
        return 4.0
    if new.sort is old.sort:
        return 3.0 + 0.5 * (new.plural == old.plural) + 0.3 * (common_new == common_old)
    if common_new and common_old and (new.sort is Sort.PERSON) == (old.sort is Sort.PERSON):
        return 1.5 + 0.5 * (new.plural == old.plural)
    if new.sort in names and old.sort in names and Sort.NAME in (new.sort, old.sort):
        return 2.0
    if {new.sort, old.sort} == {Sort.PLACE, Sort.GROUP}:
        return 1.5
    return 0.0


def _objectless(bare: str, plain: str, thread: Sequence[Heard]) -> Completed | None:
    """ "Who paid?": a question of nothing but question word and verb gets the topic put behind.

    One with an auxiliary ("Who was arrested?") has its parts together, and is left as it is.
    """
    words = bare.lower().split()
    if not 2 <= len(words) <= 4 or not re.match(rf"{WH}\b", words[0]):
        return None
    if any(w not in STOP_WORDS and w not in VERBS and not w.endswith("ed") for w in words[1:]):
        return None
    if any(w in POINTING or w in AUX.split("|") for w in words):
        return None
    if not any(w in VERBS or w.endswith("ed") or w in IRREGULAR for w in words[1:]):
        return None
    topic = topic_of(thread)
    return Completed(f"{plain} regarding {topic}?") if topic else None
