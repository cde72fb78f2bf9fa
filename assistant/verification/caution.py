"""Negations, hedges and attributions of a source that a statement must not lose."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..attribution import REPORT, SPEECH, hedge_of, speaker_of
from .quantities import amounts
from .words import ROLE_NAMES, content, is_content, known, stems, tokens

NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|hardly|barely|scarcely"
    r"|denie[sd]|deny|denying|lack(?:s|ed|ing)?|fail(?:s|ed|ing)?|failure|refus(?:e|es|ed|al|ing)|reject(?:s|ed|ing)?"
    r"|unable|unlikely|unconfirmed|unclear|avoid(?:s|ed|ing)?|prevent(?:s|ed|ing)?|absence|ruled? out|far from|instead of"
    r"|rather than|no longer|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|hasn't|haven't|hadn't|won't|wouldn't"
    r"|couldn't|can't|shouldn't|mustn't)\b",
    re.IGNORECASE,
)
# "not only" and the like deny nothing.
NO_DENIAL = re.compile(
    r"\bnot (?:only|just|merely|simply)\b|\bno (?:doubt|fewer|less|more than|matter)\b|\bnothing but\b"
    r"|\bwithout (?:a )?doubt\b|\bno later than\b|\bno one but\b|\bNo\. ?\d",
    re.IGNORECASE,
)
BREAK = re.compile(
    r"[;:()]|\s[—–]\s|—|,\s|[“”\"]|\b(?:but|because|although|though|while|whereas|which|who|that|if|when|unless"
    r"|and(?=\s(?:to|not|never|is|are|was|were|has|have|had|will|would|can|could|may|might)\b))\b",
    re.IGNORECASE,
)
REPORTED_WHOLE = re.compile(
    r"(?:according|report|it is|it's|it’s|it was|rumou?r|reportedly|allegedly|apparently|supposedly"
    r"|speculat|unconfirmed|some say|seemingly|purportedly)",
    re.IGNORECASE,
)
QUANTITY_HEDGE = re.compile(r"as (?:many|much|few|little|high|low|long|late|early)\b|up to\b|an? estimated|estimated", re.IGNORECASE)  # fmt: skip
# A denial with nothing behind it, of the second of two.
ELSEWHERE = re.compile(
    r"\b(?:but|while|whereas|though|and)\b[^,.;]*\b(?:not|\w+n't)\s*(?:yet\s*)?(?:[.,;]|$)",
    re.IGNORECASE,
)
PRONOUN_SPEAKERS = frozenset(
    {"he", "she", "they", "it", "him", "her", "them", "his", "their", "its", "i", "we"}
)
BY_PRONOUN = re.compile(
    rf"\b(?:he|she|they|it|who)\b(?:\s\w+){{0,2}}\s(?:{SPEECH}|{REPORT})\b|\b(?:{SPEECH})\s(?:he|she|they)\b"
    r"|\b(?:in|from) (?:his|her|their|its) (?:own )?(?:view|opinion|words|estimate|eyes)\b"
    rf"|[,”\"] ?\b(?:the|an?)\s(?:\w+\s){{1,3}}(?:{SPEECH})\b"
    r"|\bin a (?:written )?(?:reply|statement)\b.{0,40}\b(?:he|she|they|it)\b",
    re.IGNORECASE,
)
WHOLLY_QUOTED = re.compile(r"[“\"][^“”\"]+[”\"]\.?$")
SCOPE = 3
SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence with what an article's reader knows at it.

    ``before`` is the text just before it, ``title`` the article's title, and ``speaker`` who
    says the sentence; each may be empty.
    """

    text: str
    before: str = ""
    title: str = ""
    speaker: str = ""

    @property
    def context(self) -> str:
        """What may resolve a "he" or "the company" in the sentence."""
        return f"{self.title}. {self.before} {self.speaker}"


def source_at(sentences: Sequence[str], index: int, title: str = "") -> Source:
    """One sentence of an article as a source, with the two before it and its speaker."""
    before = " ".join(sentences[max(0, index - 2) : index])
    return Source(sentences[index], before, title, speaker_of(sentences, index))


def plain(text: str) -> str:
    """The text with straight apostrophes and single spaces, so that patterns need one form."""
    return re.sub(r"\s+", " ", text.replace("’", "'")).strip()


def segments(sentence: str) -> list[tuple[int, int]]:
    """The clauses of a sentence as spans, cut at punctuation and at words that open a clause."""
    cuts = [0, *(match.start() for match in BREAK.finditer(sentence)), len(sentence)]
    return [(a, b) for a, b in itertools.pairwise(cuts) if sentence[a:b].strip(' ,;:()“”"')]


def _negations(sentence: str) -> list[tuple[int, int]]:
    harmless = [match.span() for match in NO_DENIAL.finditer(sentence)]
    return [
        match.span()
        for match in NEGATION.finditer(sentence)
        if not any(start <= match.start() < end for start, end in harmless)
    ]


def _scope(sentence: str, start: int, end: int) -> list[str]:
    """The stems of the first content words behind a place, up to the end of its clause."""
    stop = next((m.start() for m in BREAK.finditer(sentence, end)), len(sentence))
    stop = stop if sentence[end:stop].strip() else len(sentence)
    found = [t.stem for t in tokens(sentence) if is_content(t) and end <= t.start < stop]
    if not found:
        # "He did not." and "None was" deny what comes before.
        found = [t.stem for t in tokens(sentence) if is_content(t) and t.end <= start][-2:]
    return found[:SCOPE]


def _opposite(word: str) -> str:
    for prefix in ("un", "in", "dis", "im"):
        if word.startswith(prefix) and len(word) > len(prefix) + 3:
            return word[len(prefix) :]
    return ""


def polarity_problem(statement: str, sources: Sequence[Source]) -> str:
    """The words whose negation the statement lost, added or moved; "" where none did.

    A negation bears on the first content words behind it. One that the source has must be in
    the statement wherever those words are, and the other way round.
    """
    said = plain(statement)
    denied_here = _denied(said)
    texts = [plain(source.text) for source in sources]
    denied_there: set[str] = set()
    for text in texts:
        denied_there |= _denied(text)
    here = {token.stem for token in content(said)}
    there = stems(texts)
    has_here, has_there = bool(_negations(said)), any(_negations(text) for text in texts)
    for text in texts:
        for start, end in _negations(text):
            scope = _scope(text, start, end)
            words = [word for word in scope if word in here]
            # A head word that is said twice, once denied, may be the one not denied.
            positive = _undenied(text)
            kept = [word for word in words if word in denied_here]
            if scope and scope[0] in here and scope[0] not in positive and not kept:
                return text[start:end]
            # "Moscow has confirmed it, but Kyiv has not": denied of one only.
            if (
                scope
                and ELSEWHERE.search(said)
                and not ELSEWHERE.search(text)
                and scope[0] in _undenied(said) - positive
            ):
                return text[start:end]
            # "No proof of 12,000 men" is not "no proof of men": less is denied, not more.
            if words and has_here and (lost := _uncounted(text, end, said)):
                return f"{text[start:end]} {lost}"
            if len(words) >= 2 and not has_here and not kept and not set(words) <= positive:
                return text[start:end]
    for start, end in _negations(said):
        scope = _scope(said, start, end)
        matched = [word for word in scope if word in there]
        if not matched and has_there:
            continue
        if not any(word in denied_there for word in scope):
            return said[start:end]
    for word in here:
        root = _opposite(word)
        if root and root in there and word not in there and not has_there:
            return word
    if has_here and not has_there and not any(_opposite(w) in here for w in there):
        return "not"
    return ""


def _uncounted(text: str, place: int, said: str) -> str:
    """The number within a denial that the statement left out, though it denies the same."""
    stop = next((m.start() for m in re.finditer(r"[;:]|,\s", text[place:])), len(text) - place)
    numbers = [a for a in amounts(text) if place <= a.start < place + stop and a.unit != "ordinal"]
    if not numbers or amounts(said):
        return ""
    counted = [t.stem for t in content(text) if t.start >= numbers[0].end][:2]
    here = {token.stem for token in content(said)}
    return text[numbers[0].start : numbers[0].end] if set(counted) <= here else ""


def _denied(sentence: str) -> set[str]:
    found = set()
    for start, end in _negations(sentence):
        found.update(_scope(sentence, start, end))
        found.update(t.stem for t in tokens(sentence[start:end]))
    for token in tokens(sentence):
        root = _opposite(token.stem)
        if root:
            found.add(root)
    return found


def _undenied(sentence: str) -> set[str]:
    """The stems that stand outside the reach of every negation."""
    reach: list[tuple[int, int]] = []
    for _, end in _negations(sentence):
        stop = next((m.start() for m in BREAK.finditer(sentence, end)), len(sentence))
        reach.append((end, stop if sentence[end:stop].strip() else len(sentence)))
    return {
        token.stem
        for token in content(sentence)
        if not any(start <= token.start < stop for start, stop in reach)
    }


def _hedges(sentence: str) -> Iterator[tuple[str, int, int]]:
    """Every hedge of a sentence with its place."""
    place = 0
    while True:
        words = hedge_of(sentence[place:])
        if not words:
            return
        start = sentence.index(words, place)
        yield words, start, start + len(words)
        place = start + len(words)


def hedge_problem(statement: str, sources: Sequence[Source]) -> str:
    """The source's hedge that the statement lost where it says the hedged thing; else "".

    Every hedge of the source needs one of its own in the statement. Hedges on a number
    ("as many as") belong to the number and are not looked at here.
    """
    said = plain(statement)
    here = {token.stem for token in content(said)}
    left = [(high, words) for words, _, high in _hedges(said) if not QUANTITY_HEDGE.match(words)]
    wanted = [
        (words, _next_words(text, end))
        for text in (plain(source.text) for source in sources)
        for words, start, end in _hedges(text)
        if not QUANTITY_HEDGE.match(words) and _concerns(text, words, start, end, here)
    ]
    behind = {place: set(_next_words(said, place[0])) for place in left}
    open_hedges = []
    for words, after in wanted:
        own = next((p for p in left if p[1].lower() == words.lower()), None) or next(
            (p for p in left if set(after) & behind[p]), None
        )
        if own is None:
            open_hedges.append(words)
        else:
            left.remove(own)
    for words in open_hedges:
        if left:
            left.pop()
        elif not _attributed(said):
            return words
    return ""


def _next_words(text: str, place: int) -> list[str]:
    """The stems of the two content words behind a place."""
    return [t.stem for t in content(text) if t.start >= place][:2]


def _concerns(text: str, words: str, start: int, end: int, here: set[str]) -> bool:
    """Whether a statement with the content words ``here`` says what is hedged."""
    if REPORTED_WHOLE.match(words):
        stop = next((m.start() for m in re.finditer(r"\bbut\b|;", text[end:])), len(text) - end)
        scope = [t.stem for t in content(text) if not start <= t.start < end]
        scope = [
            t.stem for t in content(text) if t.start < end + stop and not start <= t.start < end
        ]
        return share(scope, here) > 0.2
    clause = next((span for span in segments(text) if span[0] <= start < span[1]), (0, len(text)))
    after = [t.stem for t in content(text) if end <= t.start < max(clause[1], end + 1)]
    if not after:
        after = [t.stem for t in content(text) if end <= t.start][:SCOPE]
    inside = [
        t.stem
        for t in content(text)
        if clause[0] <= t.start < clause[1] and not start <= t.start < end
    ]
    return (
        (bool(after) and after[0] in here)
        or share(after, here) >= SHARE / 2
        or share(inside, here) >= SHARE
    )


def share(words: Sequence[str], present: set[str]) -> float:
    """Which part of some words is among others."""
    return sum(word in present for word in words) / len(words) if words else 0.0


def _attributed(said: str) -> bool:
    return bool(
        re.match(r"(?:according to|in (?:the|his|her) (?:view|opinion))", said, re.IGNORECASE)
    ) and bool(re.search(r"report|rumou?r|source|estimate", said[:60], re.IGNORECASE))


def speaker_problem(statement: str, sources: Sequence[Source]) -> str:
    """Why the statement's attribution is not the source's; "" where it is.

    A statement that attributes must attribute to whom the source does, and a statement of what
    somebody says in the source must say that somebody says it.
    """
    said = plain(statement)
    speaker = speaker_of([said], 0)
    theirs = [name for source in sources for name in _speakers(source)]
    if speaker and speaker.lower() not in PRONOUN_SPEAKERS:
        if any(
            _same_person(speaker, name, source) for source in sources for name in _speakers(source)
        ):
            return ""
        if not theirs:
            if _whose_words(speaker, sources):
                return ""
            return f"{speaker} does not say this"
        return f"{speaker} is not who says this"
    if speaker or not theirs or BY_PRONOUN.search(said) or WHOLLY_QUOTED.match(said):
        return ""
    if _names_one(said, theirs) or any(not _QUANT(words) for words, _, _ in _hedges(said)):
        return ""
    here = {token.stem for token in content(said)}
    for source in sources:
        if not _speakers(source):
            return ""  # another cited sentence may state it flatly
        if source.speaker and _only_about_speaker(here, source):
            return ""
    return f"{theirs[0]} says this, not the article"


def _QUANT(words: str) -> bool:  # noqa: N802
    return bool(QUANTITY_HEDGE.match(words))


def _speakers(source: Source) -> list[str]:
    text = plain(source.text)
    found = [source.speaker] if source.speaker else []
    own = speaker_of([text], 0)
    found += [own] if own and own not in found else []
    for start, end in segments(text):
        part = speaker_of([text[start:end].strip(" ,;:")], 0)
        if part and part not in found:
            found.append(part)
    return found


def _same_person(speaker: str, name: str, source: Source) -> bool:
    """Whether two ways of naming a speaker share a word that names, or a role."""
    if name.lower() in PRONOUN_SPEAKERS:
        return any(known(t, stems([source.context])) for t in content(speaker))
    there = stems([name])
    words = content(speaker)
    if not words:
        return speaker.lower() == name.lower()
    named = [t for t in words if t.name] or [t for t in words if t.text[0].isupper()]
    if named and any(t.name for t in tokens(f"x {name}")):
        return any(known(t, there) for t in named)
    # A role: "the analyst" for a person whom the source calls so.
    around = stems([source.text, source.context])
    return any(known(t, there) for t in words) or all(known(t, around) for t in words)


def _whose_words(speaker: str, sources: Sequence[Source]) -> bool:
    """Whether the source itself has the speaker by name, with a verb the patterns do not know."""
    there = stems(source.text for source in sources)
    words = [t for t in content(speaker) if t.text.lower() not in ROLE_NAMES]
    return bool(words) and all(known(token, there) for token in words)


def _names_one(said: str, speakers: Sequence[str]) -> bool:
    """Whether the statement names a speaker at all, so that the reader knows whose words it has."""
    here = stems([said])
    for speaker in speakers:
        named = list(content(f"x {speaker}"))
        if any(known(t, here) for t in named[-1:]):
            return True
    return False


def _only_about_speaker(here: set[str], source: Source) -> bool:
    """Whether a statement only repeats what the source says about the speaker."""
    text = plain(source.text)
    about = [
        span for span in segments(text) if _names_one(text[span[0] : span[1]], [source.speaker])
    ]
    if not about:
        return False
    first = about[0]
    spans = segments(text)
    place = spans.index(first)
    near = [first]
    if place + 1 < len(spans) and re.match(r",|who\b|\(", text[spans[place + 1][0] :]):
        near.append(spans[place + 1])
    words = {t.stem for t in content(text) if any(a <= t.start < b for a, b in near)}
    return bool(here) and share(sorted(here), words) >= 0.9
