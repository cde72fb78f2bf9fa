"""How much of a statement its sources hold: by word, as a whole, and to the reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from unicodedata import category

import numpy as np
from numpy.typing import NDArray

from .caution import Source, plain
from .caution import segments as clauses
from .quantities import amounts, dates, same_value
from .words import ROLE_NAMES, SAYING, Token, content, is_content, known, stems, tokens

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
# Chosen on half of the statements that `python -m evals.statements` makes; it prints the other.
SAME_WORD = 0.55
UNLIKE = 0.28
LONGEST_RUN = 2
LEAST_SHARE = 0.6
LEAST_OWN = 0.5
# Each one is a run of the reader, some tens of milliseconds.
MOST_GAPS = 3
# A name alone states nothing.
FEWEST_WORDS = 3
# Unicode's control characters, unassigned places and those for private use.
UNREADABLE = frozenset({"Cc", "Cn", "Co", "Cs"})
NAME_AROUND, WORD_AROUND = 0.9, 0.5
LEAST_CLAUSE = 0.5
SMALLEST_CLAUSE = 2
SMALLEST_ADDITION = 4
AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|does|do|did)\b"
)
# Posts that one person has and another has not.
POSTS = frozenset(
    "president minister chancellor secretary mayor senator governor general professor doctor king queen prince "
    "princess judge captain head director founder owner chief chairman chairwoman chair boss ceo commander "
    "ambassador spokesman spokeswoman bishop coach engineer lawyer teacher deputy leader".split()
)
LEAST_LIKENESS = 0.45
# Words of opposite meaning are close to an embedder: they stand in the same sentences.
CONTRARIES = (
    "increase decrease|rise fall|grow shrink|win lose|gain lose|begin end|start finish|start stop|open close|"
    "above below|over under|high low|higher lower|large small|big little|"
    "long short|old new|old young|early late|first last|north south|east west|northern southern|eastern western|"
    "buy sell|accept reject|approve reject|support oppose|allow forbid|allow ban|permit prohibit|success failure|"
    "succeed fail|strong weak|strengthen weaken|rich poor|true false|right wrong|guilty innocent|enter leave|"
    "arrive depart|arrive leave|add remove|include exclude|ally enemy|friend enemy|attack defend|advance retreat|"
    "peace war|safe dangerous|public private|legal illegal|lawful unlawful|major minor|maximum minimum|profit loss|"
    "import export|male female|man woman|husband wife|brother sister|son daughter|father mother|king queen|"
    "cheap expensive|hot cold|warm cold|wet dry|light dark|light heavy|deep shallow|wide narrow|full empty|"
    "always never|all none|many few|better worse|best worst|positive negative|optimistic pessimistic|"
    "confirm deny|deny admit|praise criticise|love hate|build destroy|create destroy|push pull|raise lower|"
    "gradual sudden|permanent temporary|domestic foreign|urban rural|life death|alive dead|birth death|morning evening|"
    "day night|summer winter|spring autumn|left right|upper lower|inside outside|in out|former current|senior junior|"
    "bought sold|won lost|began ended|rose fell|grew shrank|left arrived|took gave|sent received|gave received|"
    "discuss decide|consider decide|request receive|ask receive|cost earn|cost bring|sunrise sunset|majority minority|expand contract|extend shorten|lend borrow|give take|send receive|teach learn"
)


def _contraries() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in CONTRARIES.split("|"):
        one, other = (next(iter(tokens(word))).stem for word in pair.split())
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


OPPOSITES = _contraries()


@dataclass(frozen=True, slots=True)
class Found:
    """Words with which a passage may answer a question, and whether the reader is sure of them.

    To find them costs less than to be sure.
    """

    words: str
    is_sure: Callable[[], bool]


Find = Callable[[str, str], Found | None]


@dataclass
class SupportCheck:
    """What measures support beyond words: an embedder and a reader, either of which may be None.

    ``embed`` gives unit vectors, ``find`` the words with which a passage may answer a question,
    None where there are none. Word vectors are kept for the life of the check.
    """

    embed: Embed | None = None
    find: Find | None = None
    _words: dict[str, NDArray[np.float32]] = field(default_factory=dict, repr=False)

    def likeness(self, one: str, other: str) -> float:
        """The cosine of two texts; 1 without an embedder."""
        if self.embed is None:
            return 1.0
        vectors = self.embed([one, other])
        return float(vectors[0] @ vectors[1])

    def similar(self, words: Sequence[str], others: Sequence[str]) -> NDArray[np.float32]:
        """For each word the largest cosine to one of the others; 0 without an embedder."""
        if self.embed is None or not others or not words:
            return np.zeros(len(words), np.float32)
        missing = [w for w in dict.fromkeys((*words, *others)) if w not in self._words]
        if missing:
            self._words.update(zip(missing, self.embed(missing), strict=True))
        left = np.stack([self._words[word] for word in words])
        right = np.stack([self._words[word] for word in others])
        best: NDArray[np.float32] = (left @ right.T).max(axis=1)
        return best

    def unlike(self, word: str, others: Sequence[str]) -> bool:
        """Whether a word is far in sense from all of some others; never without an embedder."""
        return self.embed is not None and bool(self.similar([word], others)[0] < UNLIKE)

    def alike(self, word: str, other: str) -> bool:
        """Whether two words are close in sense; without an embedder only the same ones are."""
        return word == other or bool(self.similar([word], [other])[0] >= SAME_WORD)


@dataclass(frozen=True, slots=True)
class Held:
    """What of a statement is held: ``share`` of its words (0-1), the longest run of words that
    are not, a word whose contrary the source has ("" for none), the share of the clause of which
    least is held, and the share of the words that the sources hold without their context."""

    share: float
    run: int
    missing: tuple[str, ...]
    contrary: str
    clause: float = 1.0
    own: float = 1.0


def held_words(statement: str, sources: Sequence[Source], check: SupportCheck) -> Held:
    """How much of the statement's content words the sources and their context hold.

    A word is held by its stem, by an acronym's long form, or half by a word close to it. The
    context is what "he" and "the company" stand for; it may add to the sources, not replace them.
    """
    texts = [source.text for source in sources]
    here = stems(texts)
    around = stems(source.context for source in sources)
    words = [t for t in content(statement) if t.stem not in SAYING or t.name]
    words = [t for t in words if not _counted(t, statement)]
    if not words:
        return Held(1.0, 0, (), "")
    own = [1.0 if known(t, here) else 0.0 for t in words]
    states = [
        value or (float(known(t, around)) * (NAME_AROUND if t.name else WORD_AROUND))
        for t, value in zip(words, own, strict=True)
    ]
    open_words = [place for place, state in enumerate(states) if not state]
    # No name is another word for a name.
    others = [t.text.lower() for text in texts for t in content(text) if not t.name]
    said = {t.stem for t in words}
    close = check.similar([words[place].text.lower() for place in open_words], others)
    for place, likeness in zip(open_words, close, strict=True):
        if not words[place].name and likeness >= SAME_WORD:
            states[place] = own[place] = 0.5
    contrary = next(
        (
            words[place].text
            for place in open_words
            if any(o in here and o not in said for o in OPPOSITES.get(words[place].stem, ()))
        ),
        "",
    )
    subject = [
        state
        for t, state in zip(words, states, strict=True)
        if t.start < getattr(AUXILIARY.search(statement), "start", lambda: 0)()
    ]
    if subject and not contrary and not any(subject):
        contrary = words[0].text
    # A name that opens a sentence looks like any word there; one that is nowhere is taken as one.
    first = words[0]
    opening = first.text if first.text[0].isupper() and not states[0] else ""
    run = longest = 0
    for state in states:
        run = 0 if state else run + 1
        longest = max(longest, run)
    bare = [value for t, value in zip(words, own, strict=True) if not t.name]
    if bare and not contrary and not any(value == 1 for value in bare):
        contrary = next(t.text for t in words if not t.name)
    missing = tuple(t.text for t, state in zip(words, states, strict=True) if not state)
    least = 1.0
    for low, high in clauses(statement):
        inside = [s for t, s in zip(words, states, strict=True) if low <= t.start < high]
        length = sum(low <= t.start < high for t in tokens(statement))
        if len(inside) >= SMALLEST_CLAUSE or (inside and low and length >= SMALLEST_ADDITION):
            least = min(least, sum(inside) / len(inside))
    return Held(
        sum(states) / len(states), longest, missing, contrary or opening, least, sum(own) / len(own)
    )


def says_anything(statement: str, texts: Sequence[str]) -> bool:
    """Whether a text can be a statement: words of which one has a meaning, all of them legible.

    Brackets are in pairs, unless what the statement repeats has an odd one.
    """
    seen = [letter for letter in statement if not letter.isspace()]
    if any(category(letter) in UNREADABLE or letter == "\ufffd" for letter in seen):
        return False
    odd = any(seen.count(opening) != seen.count(closing) for opening, closing in ("()", "[]", "{}"))
    if odd and not any(stands_in(statement, text) for text in texts):
        return False
    if len(tokens(statement)) < FEWEST_WORDS:
        return False
    return bool(content(statement) or amounts(statement) or dates(statement))


def _counted(token: Token, statement: str) -> bool:
    """Whether the word is part of a number or date, which is checked as such."""
    spans = [(a.start, a.end) for a in amounts(statement)]
    spans += [(d.start, d.end) for d in dates(statement)]
    return any(start <= token.start < end for start, end in spans)


def unknown_names(statement: str, sources: Sequence[Source]) -> list[str]:
    """The names in a statement that neither its sources nor their context have.

    A name from the context counts only where the source leaves a name out: behind a pronoun,
    a bare role ("the expert") or inside somebody's words.
    """
    here = stems(source.text for source in sources)
    around: set[str] = set()
    for source in sources:
        around |= stems([source.speaker, source.title])
        around |= _meant(source)
    return [
        token.text
        for token in tokens(statement)
        if token.name
        and token.text.lower() not in ROLE_NAMES
        and len(token.text) > 1
        and not known(token, here)
        and not known(token, frozenset(around))
        and not _counted(token, statement)
        and token.stem not in SAYING
    ]


def unknown_role(statement: str, sources: Sequence[Source], check: SupportCheck) -> str:
    """A post in the statement that no source and no context has, or one like it; "" for none."""
    present = stems([source.text for source in sources] + [source.context for source in sources])
    others = [t.text.lower() for s in sources for t in tokens(s.text) if not t.name]
    for token in tokens(statement):
        word = token.text.lower()
        if word not in POSTS or token.stem in present:
            continue
        if check.similar([word], others)[0] < SAME_WORD:
            return token.text
    return ""


def _meant(source: Source) -> frozenset[str]:
    """The names of the context that may be meant in a sentence that leaves names out.

    "He" and "she" are whom the nearest sentence with a name begins with, or the speaker.
    """
    left_out = [match.lower() for match in LEFT_OUT.findall(plain(source.text))]
    if not left_out:
        return frozenset()
    if not PERSONAL & set(left_out) or any(
        word not in PERSONAL and not THING.search(word) for word in left_out
    ):
        return stems([source.context])
    things = [_named_after(word.split()[-1], source.context) for word in left_out]
    for sentence in reversed(SENTENCE_END.split(plain(source.before))):
        leading = _leading_names(sentence)
        if leading:
            return stems([leading, source.speaker, source.title, *things])
    return stems([source.context])


def _named_after(noun: str, context: str) -> str:
    """The names of a context that end in a noun: the bridge may be the Osprey Bridge."""
    return " ".join(re.findall(rf"(?:[A-Z][\w’'-]+\s)+{noun.capitalize()}\b", context))


def _leading_names(sentence: str) -> str:
    """The first names of a sentence that no preposition stands before."""
    words = tokens(f". {sentence}")
    run: list[str] = []
    for place, token in enumerate(words):
        named = token.name or (place == 0 and is_content(token) and token.text[0].isupper())
        if named and (run or place == 0 or words[place - 1].text.lower() not in PREPOSITIONS):
            run.append(token.text)
        elif run:
            break
    return " ".join(run)


PERSONAL = frozenset({"he", "she", "his", "her", "him"})
# Nouns of LEFT_OUT that are no persons.
THING = re.compile(
    r"\b(?:company|ministry|government|agency|court|council|union|bank|group|university|city|country|club|team|school"
    r"|museum|bridge|party|army|region|island|village|town|river|building|church|film|book|song|album|game|band|war|battle)$"
)
PREPOSITIONS = frozenset(
    "in on at of to from by with for against than since until during near".split()
)
SENTENCE_END = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")
LEFT_OUT = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Hh]is|[Hh]er|[Tt]heir|[Hh]im|[Tt]hem|[Ii]ts|[Ww]e|[Oo]ur|I|[Tt]h(?:is|at|ese|ose)"
    r"|[Tt]he (?:\w+ ){0,2}(?:president|minister|expert|analyst|mayor|director|professor|author|official|secretary|chief|leader"
    r"|company|ministry|government|agency|court|council|union|bank|group|university|city|country|club|team|school|museum|"
    r"bridge|party|army|region|island|village|town|river|building|church|film|book|song|album|game|band|war|battle))\b"
)


def misread(statement: str, sources: Sequence[Source], check: SupportCheck) -> str:
    """The name or number of the statement in whose place the reader finds another one; else "".

    Each is left open in turn ("… visited Kyiv?") and the reader asked for it in the sources.
    """
    if check.find is None or any(stands_in(statement, source.text) for source in sources):
        return ""
    passage = " ".join(f"{source.before} {source.text}".strip() for source in sources)
    texts = " ".join(source.text for source in sources)
    here = stems([texts])
    said = {t.stem for t in tokens(statement) if is_content(t)}
    for start, end, word in _gaps(statement)[:MOST_GAPS]:
        gap = statement[start:end]
        if any(_same_surroundings(statement, start, end, source.text) for source in sources):
            continue
        others = [
            t for t in tokens(texts) if t.name and t.stem not in {x.stem for x in tokens(gap)}
        ]
        if word == "who" and not others:
            continue
        question = f"{statement[:start]}{word}{statement[end:]}".strip(" .") + "?"
        found = check.find(question, passage)
        if not found:
            continue
        answer, asked = stems([found.words]), stems([gap])
        if answer & asked or not answer & here or answer & said:
            continue
        if word == "who" and not any(t.text[0].isupper() for t in tokens(found.words)):
            continue
        if word == "how many" and not (amounts(found.words) or dates(found.words)):
            continue
        if word == "how many" and _same_value(gap, found.words):
            continue
        if found.is_sure():
            return gap
    return ""


def _same_surroundings(statement: str, start: int, end: int, source: str) -> bool:
    """Whether a source has words of a statement with the same two words on both their sides."""
    words = tokens(statement)
    before = [t for t in words if t.end <= start][-2:]
    after = [t for t in words if t.start >= end][:2]
    low = before[0].start if before else start
    high = after[-1].end if after else end
    return plain(statement[low:high]).lower() in plain(source).lower()


def stands_in(statement: str, source: str) -> bool:
    """Whether a statement stands in a source word for word."""
    return plain(statement).strip(' ."”').lower() in plain(source).lower()


def _same_value(said: str, found: str) -> bool:
    """Whether two numbers are the same, as "4" and "four" are."""
    ours, theirs = amounts(said), amounts(found)
    return any(same_value(a, b) for a in ours for b in theirs)


def _gaps(statement: str) -> list[tuple[int, int, str]]:
    """The runs of names and the numbers of a statement, each with the word that asks for it."""
    gaps: list[tuple[int, int, str]] = []
    run: list[Token] = []
    for token in (*tokens(statement), None):
        joins = run and token and statement[run[-1].end : token.start] in (" ", "-", "\u00a0")
        if token is not None and token.name and (not run or joins):
            run.append(token)
            continue
        if run:
            gaps.append((run[0].start, run[-1].end, "who"))
        run = [token] if token is not None and token.name else []
    gaps += [(a.start, a.end, "how many") for a in amounts(statement) if a.unit != "ordinal"]
    return gaps
