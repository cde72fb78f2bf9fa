"""Pronouns of a follow-up, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .lexicon import COUNTRIES, GROUP_NOUNS, PERSON_NOUNS, STOP_WORDS
from .mentions import DATE, Sort, is_plural, is_verb, names_of, noun_phrases_of, strip_possessive
from .questions import AUX, AUXILIARIES
from .thread import Heard, Wants, referent

WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
PRONOUNS: dict[str, Wants] = {
    **dict.fromkeys(("he", "him", "his", "himself"), Wants.MAN),
    **dict.fromkeys(("she", "her", "hers", "herself"), Wants.WOMAN),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), Wants.PEOPLE),
    **dict.fromkeys(("it", "its", "itself"), Wants.THING),
    **dict.fromkeys(("these", "those"), Wants.PEOPLE),
    **dict.fromkeys(("this", "that"), Wants.THING),
    "there": Wants.PLACE,
    "then": Wants.TIME,
}
BOTH_NUMBERS = frozenset((Wants.THING, Wants.PEOPLE))
EARLIER_OR_LATER = frozenset("before after since until till".split())
RANKING = frozenset("first second third last next own new only other".split())
POSSESSIVE = frozenset(("his", "their", "its", "hers", "theirs"))
REFLEXIVE = frozenset(("himself", "herself", "themselves", "itself"))
# "It" that stands for nothing: "How long does it take to …", "Is it true that …".
EXPLETIVE = re.compile(
    r"\b(?:(?:is|was|isn['’]t|wasn['’]t|be|been|will|would|could|might|may|does|did|do|has|can)\s+)?it(?:['’]s)?\s+"
    r"(?:(?:is|was|be|been|would be|will be|seems?|appears?|become|becomes|became)\s+)?"
    r"(?:(?:not|really|actually|still|ever|even|very|so|too|more|most)\s+)*"
    r"(?:true|false|likely|unlikely|possible|impossible|clear|unclear|certain|legal|illegal|safe|dangerous|necessary|important|hard|difficult|easy|easier|harder|worth|known|said|believed"
    r"|thought|reported|expected|estimated|planned|allowed|normal|common|rare|better|best|wrong|right|fair|good|bad|ok|okay|useful|customary|cheaper|that)\b"
    r"[^?]*?\s(?:that|to|if|whether|for|how|why|who|[\w]+ing)\b"
    r"|\b(?:does|did|do|will|would|can|could|might|may|has|have)\s+it\s+(?:usually\s+|normally\s+|actually\s+|really\s+)?(?:take|taken|cost|matter|make sense|need|require|hurt|help|pay)\b[^?]*?\s(?:to|that|if|when|for)\b"
    r"|\bit\s+(?:takes?|took|costs?|cost)\b[^?]*?\sto\b|\bit\s+(?:rain(?:s|ed|ing)?|snow(?:s|ed|ing)?|turns out|happens? that|seems?|appears?)\b"
    r"|\b(?:what|which)\s+(?:time|day|date|year)\s+(?:is|was)\s+it\b|\bhow\s+(?:far|late|cold|hot|warm|dark)\s+(?:is|was)\s+it\b"
    r"|\b(?:is|was)\s+it\s+(?:[A-Z][\w’']*\s+){1,4}(?:who|that|which)\b|\bwhy\s+(?:is|was)\s+it\s+(?:that|so)\b|\b(?:make|makes|made|making|find|finds|found)\s+it\s+\w+\s+(?:to|for|that)\b"
    r"|\b(?:is|was)\s+it\s+called\s+(?:when|if|that)\b|\b(?:does|did|would)\s+it\s+mean\s+(?:when|if|to|that)\b"
    r"|\b(?:is|was)\s+it\s+(?:essential|vital|crucial|useless|usual|unusual|forbidden|illegal|mandatory|compulsory|customary)\b[^?]*?\sto\b"
    r"|\bhow\s+(?:is|was)\s+it\s+(?:that|possible)\b|\bwhat\s+(?:is|was)\s+it\s+(?:like|that)\b",
    re.IGNORECASE,
)
BARE_THAT = re.compile(
    rf"(?:^|\b(?:about|of|for|by|from|with|like|after|before|since|to|at|on|in|under|against|during|behind|do|does|did|is|was|were|are|isn['’]t|wasn['’]t|mean|cause|caused|"
    rf"confirm|confirmed|prove|support|supports|see|saw|do|done|dispute|deny|denied|explain|explains|and|can|could|will|would|should|has|have|why|how|change|know|knew|believe)\s+)"
    rf"(?P<word>this|that|these|those)(?=\s*(?:[?.,!]|$)|\s+(?:{AUX}|mean|means|meant|happen|happened|happening|important|significant|true|different|possible|good|bad|work|worked|cause|caused|affect|affected|change|changed|"
    rf"come|came|start|started|begin|began|help|helped|lead|led|cost|last|end|ended|take|so|necessary|legal|a|an|the|not|for|in|on|at|from|by|as|to|like|compare|happens|matter|matters|make|imply|going|done|said|called|based|part|about|with|because|enough|new|confirmed|planned|expected|successful|related|unusual|dangerous|controversial)\b)",
    re.IGNORECASE,
)
# "Did they confirm that a ship sank?": no pronoun, but a link word.
LINKING = frozenset(
    "confirm confirmed prove deny denied dispute explain explains know knew believe see saw mean"
    " change".split()
)
ARTICLES = frozenset("a an the not".split())
GENERIC = re.compile(
    r"\b(?:this|that|these|those|the same)\s+(?P<noun>year|month|day|week|time|date|country|city|town|village|place|region|area|state|man|woman|person|company|organi[sz]ation|group|team|institution|university)\b(?!\s+(?:of|that|in which|when|where|who)\b)",
    re.IGNORECASE,
)
GENERIC_WANTS = {
    **dict.fromkeys(("year", "month", "day", "week", "time", "date"), Wants.TIME),
    **dict.fromkeys(
        ("country", "city", "town", "village", "place", "region", "area", "state"), Wants.PLACE
    ),
    "man": Wants.MAN,
    "woman": Wants.WOMAN,
    "person": Wants.MAN,
}
THINKS_SO = re.compile(r"\b(think|believe|say|expect|claim|suspect)s? so\b", re.IGNORECASE)
OPINION = re.compile(
    r"\bwhat (?:does|did|do) .+ (?:think|believe|say|expect|claim|suspect)\b", re.IGNORECASE
)
THAT_NOUN = re.compile(
    r"\b(?:that|this|those|these) (?P<noun>[a-z]{3,})\b(?= |\W*$)(?! (?:of|that|which|who)\b)",
    re.IGNORECASE,
)
# "... who senses danger and walks into": a noun without an article, then another clause.
BESIDE = re.compile(
    r"\b(?!(?:who|what|when|where|why|how)\b)[a-z]{4,} (?:and|but|before|after|while)\s(?:\w+\s)*$",
    re.I,
)
ABOUT_ARTICLE = re.compile(
    r"\b(?:published|written|wrote|posted|authored|headline|title|author|article)\b", re.IGNORECASE
)
A_WORK = re.compile(
    r"\b(?:study|book|report|paper|novel|poem|letter|song|statement|plan|law|film|album|analysis"
    r"|survey|website|letter|document|magazine|newspaper)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Missing:
    """A word of the question whose referent is not in the question: ``question[start:end]``."""

    start: int
    end: int
    word: str
    wants: Wants


def missing_referents(question: str) -> list[Missing]:
    """The words that refer to something said before, the first of each kind, in order.

    Left out are pronouns with their antecedent earlier in the question, an "it" or "there" that
    stands for nothing, and "that" as a link word.
    """
    found: list[Missing] = []
    kinds: set[Wants] = set()
    empty = [m.span() for m in EXPLETIVE.finditer(question)]
    bare = {m.start("word") for m in BARE_THAT.finditer(question)}
    generic = {m.start(): m for m in GENERIC.finditer(question)}
    tokens = list(WORD.finditer(question))
    for place, token in enumerate(tokens):
        word = re.sub(r"['’](?:s|d|ll|re|ve|m)$", "", token.group().lower())
        start, end = token.start(), token.start() + len(word)
        if start in generic:
            match = generic[start]
            wants = GENERIC_WANTS.get(match.group("noun").lower(), Wants.THING)
            if wants not in kinds and not _antecedent_within(wants, question[:start]):
                found.append(Missing(start, match.end(), match.group().lower(), wants))
                kinds.add(wants)
            continue
        wants_or_none = PRONOUNS.get(word)
        if wants_or_none is None:
            continue
        wants = wants_or_none
        after = tokens[place + 1].group().lower() if place + 1 < len(tokens) else ""
        before = tokens[place - 1].group().lower() if place else ""
        if word in ("this", "that", "these", "those") and start not in bare:
            continue
        if word == "that" and before in LINKING and after in ARTICLES:
            continue
        if word in ("this", "that") and before in EARLIER_OR_LATER:
            # "What was her job before that?": a time, not a thing.
            continue
        if word in ("it", "its") and any(low <= start < high for low, high in empty):
            continue
        if word == "there" and not _locative(before, after):
            continue
        if word == "then" and not (after == "" or before in ("since", "by", "until", "before")):
            continue
        if word in REFLEXIVE or wants in kinds:
            continue
        # "This" and "that" point outside the question whatever it names.
        pointing = word in ("this", "that", "these", "those")
        before_it = question[:start]
        subject = word in ("he", "she", "it", "they") and before in AUXILIARIES.split()
        if subject and "," not in before_it:
            # "How many people did they send?": what is asked for is not who sent them.
            before_it = ""
        if not pointing and _antecedent_within(wants, before_it, word):
            kinds.add(wants)
            continue
        found.append(Missing(start, end, word, wants))
        kinds.add(wants)
    return found


def _locative(before: str, after: str) -> bool:
    if after in (
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "any",
        "a",
        "an",
        "no",
        "some",
        "anything",
        "more",
    ):
        return False
    auxiliary = before in AUX.split("|") or before in ("be", "been", "there", "is", "has", "have")
    return not auxiliary or after == ""


def _antecedent_within(wants: Wants, before: str, word: str = "") -> bool:
    """Whether the words before a pronoun hold something it can stand for."""
    names = [m for m in names_of(before) if m.sort is not Sort.DATE]
    phrases = noun_phrases_of(before)
    words = [strip_possessive(w).lower() for w in WORD.findall(before)]
    content = [w for w in words if w not in STOP_WORDS and not is_verb(w)]
    if wants is Wants.TIME:
        return bool(DATE.search(before))
    if wants is Wants.PLACE:
        return any(m.sort in (Sort.PLACE, Sort.GROUP, Sort.NAME) for m in names) or any(
            m.sort in (Sort.PLACE, Sort.THING) for m in phrases
        )
    if wants in (Wants.MAN, Wants.WOMAN):
        return (
            any(
                m.sort in (Sort.PERSON, Sort.NAME) and m.words.lower() not in COUNTRIES
                for m in names
            )
            or any(w in PERSON_NOUNS for w in words)
            or words[:1] == ["whose"]
        )
    if wants is Wants.PEOPLE:
        return (
            any(m.plural or (word != "them" and m.sort is not Sort.PERSON) for m in names)
            or any(is_plural(w) or w in GROUP_NOUNS for w in content)
            or (bool(words) and words[0] in ("who", "whoever") and len(words) > 1 and not names)
            or any(w in ("everyone", "someone", "anyone", "nobody", "person") for w in words)
        )
    return (
        any(m.sort is not Sort.PERSON for m in names)
        or any(m.sort is not Sort.PERSON and not m.plural for m in phrases)
        or bool(BESIDE.search(before))
    )


def resolve_references(question: str, thread: Sequence[Heard]) -> str:
    """The question with each missing referent put in from the conversation, where one fits."""
    if not thread:
        return question
    question = _named_again(_told_so(question, thread[0]), thread)
    result = question
    for missing in reversed(missing_referents(question)):
        if _about_the_article(question, missing, thread):
            continue
        wanted = [missing.wants]
        if missing.word in ("this", "that", "these", "those") and missing.wants in BOTH_NUMBERS:
            wanted = [missing.wants, *(BOTH_NUMBERS - {missing.wants})]
        # What was just spoken of comes before a better fit said earlier.
        meant = next(filter(None, (referent(w, thread[:1]) for w in wanted)), "")
        meant = meant if len(wanted) > 1 and meant else referent(missing.wants, thread)
        if not meant or _says_already(question, meant):
            continue
        put = _inflected(question, missing, meant)
        put = put[0].upper() + put[1:] if missing.start == 0 else put
        result = result[: missing.start] + put + result[missing.end :]
    return result


def _told_so(question: str, last: Heard) -> str:
    """ "Why does she think so?" after "What does Ann Lee believe?", with what she believes."""
    if not OPINION.search(last.question) or len(last.short.split()) < 3:
        return question
    said = last.short.rstrip(".")
    said = said if said.lower().startswith("that ") else f"that {said}"
    return THINKS_SO.sub(lambda match: f"{match.group(1)} {said}", question)


def _named_again(question: str, thread: Sequence[Heard]) -> str:
    """ "That party" as the "Castellan's victory party" that an earlier question named."""
    for match in THAT_NOUN.finditer(question):
        if match.start() in {m.start() for m in GENERIC.finditer(question)}:
            continue
        noun = match["noun"].lower()
        for heard in thread:
            for mention in noun_phrases_of(heard.question):
                tokens = mention.words.split()
                if tokens[-1].lower() == noun and len(tokens) > 2:
                    return question[: match.start()] + mention.words + question[match.end() :]
    return question


def _about_the_article(question: str, missing: Missing, thread: Sequence[Heard]) -> bool:
    """Whether "it" is the article: "When was it published?", unless another work was named."""
    if missing.wants is not Wants.THING or not ABOUT_ARTICLE.search(question):
        return False
    return not any(
        A_WORK.search(heard.question) or A_WORK.search(heard.short) for heard in thread[:1]
    )


def _says_already(question: str, meant: str) -> bool:
    return bool(re.search(rf"\b{re.escape(meant)}\b", question, re.IGNORECASE))


def _inflected(question: str, missing: Missing, meant: str) -> str:
    """The referent as a possessive or with "in", where the pronoun's place asks for it."""
    after = WORD.match(question[missing.end :].lstrip())
    following = after.group().lower() if after else ""
    at_end = not question[missing.end :].lstrip() or question[missing.end :].lstrip()[0] in "?.,!"
    possessive = missing.word in POSSESSIVE or (
        missing.word == "her"
        and not at_end
        and (following not in STOP_WORDS or following in RANKING)
        and not is_verb(following)
    )
    if possessive:
        return (
            meant
            if re.search(r"['’]s?$", meant)
            else f"{meant}’"
            if meant.endswith("s")
            else f"{meant}’s"
        )
    before = question[: missing.start].lower().split()[-1:] or [""]
    if missing.word == "there" and before[0] not in ("in", "from", "to", "near", "around"):
        return f"in {meant}"
    if missing.wants is Wants.TIME:
        bare = re.sub(r"^(?:in|on|at|since|by)\s+", "", meant)
        leading = before[0] in ("in", "on", "since", "by", "until", "before", "at", "of", "during")
        if leading or re.match(r"(?:last|next|this|that|yesterday|today|tomorrow)", bare):
            return bare
        return f"on {bare}" if re.search(r"\b\d{1,2}\b(?!\d)", bare) else f"in {bare}"
    return meant
