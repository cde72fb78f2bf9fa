"""The form of an answer: a span, a list, yes or no, a speaker, or a fact of the header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index import Document, Kind

from .answers import Answer
from .attribution import speaker_of
from .candidates import Candidate, Region
from .composing import NUMBER_WORDS, answer_with, joined, list_items, refuse, shown
from .describing import describe, person_asked
from .direct import with_place
from .naming import kind_asked, named_of_kind
from .polarity import Verdict, agreement, core, decide, negation_keys
from .question import Wanted, wanted
from .reader.likeness import Likeness
from .reader.support import WORD, keys, met, stem, terms

HEADER_KINDS = {
    Wanted.AUTHOR: Kind.AUTHOR,
    Wanted.DATE: Kind.DATE,
    Wanted.SITE: Kind.SITE,
    Wanted.TITLE: Kind.TITLE,
}
NEAREST = 3
# Of the sentences most like the question so many are looked at for a yes, a no or a speaker.
DECIDING = 12
# Sentences before one whose names it may speak of by "he", "the alliance" or "it".
CONTEXT_SENTENCES = 2
# What a sentence must hold of a question to decide it; see ``_Fact``.
LEAST_COVERED, LEAST_SCORE = 0.45, 0.45
# A reason by rule comes in where the reader is less sure of its own than this.
SURE_ENOUGH, REASONS_LOOKED_AT = 0.5, 4
# Of a claim just cited, the reason may stand so many sentences further on.
REASON_BEHIND = 1
WHY = re.compile(r"^(?:and\s+|but\s+|so\s+)?(?:why|for what reason|how come)\b", re.IGNORECASE)
CAUSE = re.compile(
    r"\b(?:because|since (?=it|he|she|they|the|this)|as a result of|due to|owing to|so that|in order to"
    r"|for fear of|thanks to|on the grounds that)\b"
)
WHERE = re.compile(r"^(?:and\s+|so\s+)?where\b", re.IGNORECASE)
HOW_MANY = re.compile(
    r"^how\s+many\b(?!\s+(?:\w+\s+)?(?:dollars|euros|pounds|yen|percent|per\s+cent|crowns|roubles|rubles))",
    re.IGNORECASE,
)
# A sum of money or a share counts nothing.
MEASURED = re.compile(r"^[^\d]*[$€£¥]|\b(?:dollars|euros|pounds|yen)\b|%|\bper\s?cent\b")
WHO_DOES = re.compile(r"^who\s+(?P<does>\w+s\b.*|\w+ed\b.*|is\b.*|was\b.*|led\b.*)$", re.IGNORECASE)
NAMED_WHO = re.compile(
    r"(?P<name>[A-Z][\w’'\-]*(?:\s+[A-Z][\w’'\-]*)*),?\s+(?:who|which)\s+(?P<does>[^,;.]+)"
)
# What it is worth that the question's subject is the sentence's subject too.
IN_ORDER = 0.2
# A sentence that decides a yes or no must hold more; see ``_Fact``.
DECIDES_COVERED = 0.5
# What it is worth that a speaker does what the question says: warn, doubt, promise.
SAME_VERB = 0.1
QUOTED = re.compile(r"[\"“«]([^\"”»]{3,})[\"”»]")
SAYING_KEYS = frozenset(
    stem(word)
    for word in (
        "said say state warn claim argue add tell believe think call describe predict expect note "
        "announce insist suggest mention complain promise doubt deny report confirm spoke speak "
        "talk consider expert analyst professor politician official person stress write"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Form:
    """What is known when an answer takes its form: the question, what was read, what was found."""

    question: str
    read: Sequence[Region]
    candidates: Sequence[Candidate]
    threshold: float
    articles: int
    likeness: Likeness
    cited_before: frozenset[tuple[str, int]] = frozenset()
    """The document and first character of the sentences a follow-up speaks of."""


def header_answer(question: str, articles: Sequence[Document]) -> Answer | None:
    """Author, date, site or title from the headers of the articles, if that is what is asked."""
    kind = HEADER_KINDS.get(wanted(question))
    if kind is None:
        return None
    found = []
    for document in articles:
        for index, sentence in enumerate(document.sentences):
            if sentence.kind is kind:
                found.append(Candidate(document, index, sentence.start, sentence.end, 0.0, 1.0))
                break
    if not found:
        return None
    short = joined([replace(c, start=_name_start(c, kind)) for c in found])
    found = [replace(c, start=_name_start(c, kind)) for c in found]
    return answer_with(question, found, short, 1.0)


def _name_start(candidate: Candidate, kind: Kind) -> int:
    """Where the fact begins behind a label such as "By"."""
    fact = getattr(candidate.document.metadata, kind.value)
    place = candidate.quote.find(fact) if fact else -1
    return candidate.start + max(0, place)


def answer_form(form: Form) -> Answer:
    """The answer in the form the question asks for, or a refusal with the nearest sentences."""
    asked = wanted(form.question)
    answer = _description(form) or _all_of_a_kind(form)
    if answer is not None:
        return answer
    if asked is Wanted.YES_NO:
        answer = _yes_no(form)
    elif asked is Wanted.SPEAKER:
        answer = _speaker(form) or _span_or_list(form, asked)
    else:
        answer = _span_or_list(form, asked)
    return answer or refuse(form.question, _nearest(form), form.articles)


def _span_or_list(form: Form, asked: Wanted) -> Answer | None:
    sure = [c for c in form.candidates if c.confidence >= form.threshold]
    if HOW_MANY.match(form.question):
        sure = [c for c in sure if not MEASURED.search(c.span)]
    if sure and not _all_named(form):
        return None
    if asked is Wanted.LIST:
        counted = _counted_list(form)
        if counted is not None:
            return counted
    if asked is Wanted.SPAN and WHY.match(form.question):
        because = _because(form, sure[0].confidence if sure else 0.0)
        if because is not None:
            return because
    if not sure:
        return None
    best = sure[0]
    if asked is Wanted.LIST:
        items = list_items(form.question, form.candidates, form.threshold / 2)
        return answer_with(form.question, items, joined(items), best.confidence)
    best = _relative(form, sure) or best
    if WHERE.match(form.question):
        best = replace(best, end=with_place(best.document.text, best.end, best.found.end))
    return answer_with(form.question, [best], shown(best.span), best.confidence)


def _all_named(form: Form) -> bool:
    """Whether every name and number of the question stands anywhere in what was read."""
    facts = [region.document.metadata for region in form.read]
    about = [f"{m.title} {m.author} {m.date} {m.site}" for m in facts]
    present = keys(" ".join([*about, *(region.text for region in form.read)]))
    return all(met(t, present) for t in terms(form.question) if t.named or t.number)


def _because(form: Form, sure: float) -> Answer | None:
    """A stated reason in a sentence that speaks of what is asked, where the reader is unsure."""
    if sure >= SURE_ENOUGH:
        return None
    facts = _facts(form, form.question)
    behind = [f for f in facts if _just_behind(form, f)]
    for fact in [*behind, *facts[:REASONS_LOOKED_AT]]:
        match = CAUSE.search(fact.words)
        met_enough = fact.covered >= LEAST_COVERED and fact.score >= LEAST_SCORE
        if not match or not (fact in behind or (fact.named and met_enough)):
            continue
        start = fact.document.sentences[fact.index].start
        end = start + len(fact.words.rstrip(" .!?"))
        confidence = max(form.threshold, fact.pointed)
        chosen = Candidate(fact.document, fact.index, start + match.start(), end, 0.0, confidence)
        return answer_with(form.question, [chosen], shown(chosen.span), confidence)
    return None


def _just_behind(form: Form, fact: _Fact) -> bool:
    """Whether a sentence stands at, or right behind, one that the follow-up speaks of."""
    starts = [s.start for s in fact.document.sentences]
    return any(
        document == fact.document.id
        and start in starts
        and 0 <= fact.index - starts.index(start) <= REASON_BEHIND
        for document, start in form.cited_before
    )


def _counted_list(form: Form) -> Answer | None:
    """What a sentence lists behind a colon, where it counts as many as the question asks for."""
    asked = {w for w in re.findall(r"\w+", form.question.lower()) if w in NUMBER_WORDS}
    if not asked:
        return None
    for fact in _facts(form, form.question)[:REASONS_LOOKED_AT]:
        before, colon, _ = fact.words.partition(": ")
        counts = asked & set(re.findall(r"\w+", before.lower()))
        if not colon or not counts or not fact.named or fact.score < LEAST_SCORE:
            continue
        start = fact.document.sentences[fact.index].start
        end = start + len(fact.words.rstrip(" .!?"))
        confidence = max(form.threshold, fact.pointed)
        begin = start + len(before) + len(colon)
        chosen = Candidate(fact.document, fact.index, begin, end, 0.0, confidence)
        return answer_with(form.question, [chosen], shown(chosen.span), confidence)
    return None


def _relative(form: Form, sure: Sequence[Candidate]) -> Candidate | None:
    """The name before "who leads North Korea" where that is what the question asks."""
    asked = WHO_DOES.match(form.question.strip())
    if asked is None:
        return None
    wanted_keys = {t.key for t in terms(asked.group("does"))}
    for candidate in sure:
        for match in NAMED_WHO.finditer(candidate.quote):
            if wanted_keys and wanted_keys <= keys(match.group("does")):
                start = candidate.found.start + match.start("name")
                return replace(candidate, start=start, end=start + len(match.group("name")))
    return None


@dataclass(frozen=True, slots=True)
class _Fact:
    """A sentence that was read: ``index`` in its document, and how it meets the question.

    ``likeness`` is the cosine of its embedding, ``covered`` the share of the question's words,
    ``pointed`` the reader's confidence in the best span it has there; each from 0 to 1.
    """

    document: Document
    index: int
    likeness: float
    covered: float
    named: bool
    pointed: float
    speaker: str

    @property
    def score(self) -> float:
        """One figure for how surely the sentence is what the question is about."""
        return (max(0.0, self.likeness) + 1.5 * self.covered + 0.5 * self.pointed) / 3

    @property
    def words(self) -> str:
        """The sentence."""
        sentence = self.document.sentences[self.index]
        return self.document.text[sentence.start : sentence.end]


def _facts(form: Form, question: str, leave: frozenset[str] = frozenset()) -> list[_Fact]:
    """The facts that were read, those most like the question, best first."""
    places = [
        (region.document, index)
        for region in form.read
        for index, s in enumerate(region.document.sentences)
        if s.kind.is_fact and region.start <= s.start and s.end <= region.end
    ]
    places = [
        place
        for number, place in enumerate(places)
        if all((place[0].id, place[1]) != (d.id, i) for d, i in places[:number])
    ]
    pointed: dict[tuple[str, int], float] = {}
    for candidate in form.candidates:
        key = candidate.document.id, candidate.sentence
        pointed[key] = max(pointed.get(key, 0.0), candidate.confidence)
    likeness = form.likeness.sentences(question, [_sentences(d)[i] for d, i in places])
    near = sorted(zip(likeness, places, strict=True), key=lambda item: -item[0])
    looked_at = [
        (value, d, i)
        for place, (value, (d, i)) in enumerate(near)
        if place < DECIDING or pointed.get((d.id, i), 0.0) >= form.threshold
    ]
    facts = []
    for value, document, index in looked_at:
        words = _sentences(document)
        speaker = speaker_of(words, index)
        before = " ".join(words[max(0, index - CONTEXT_SENTENCES) : index])
        context = f"{document.metadata.title} {speaker} {before}"
        covered = form.likeness.coverage(question, words[index], context, leave)
        facts.append(
            _Fact(
                document,
                index,
                value,
                covered.share,
                covered.named,
                pointed.get((document.id, index), 0.0),
                speaker,
            )
        )
    return sorted(facts, key=lambda fact: -fact.score)


def _yes_no(form: Form) -> Answer | None:
    """The sentence that decides, with the verdict it gives or the clause that leaves it open."""
    question = core(form.question)
    facts = [f for f in _facts(form, question, negation_keys()) if f.named]
    facts.sort(key=lambda f: -f.score - IN_ORDER * agreement(form.question, f.words))
    fact = facts[0] if facts else None
    if fact is None or fact.covered < DECIDES_COVERED or fact.score < LEAST_SCORE:
        return None
    decision = decide(form.question, fact.words)
    start = fact.document.sentences[fact.index].start
    confidence = min(1.0, fact.score)
    chosen = Candidate(
        fact.document, fact.index, start + decision.start, start + decision.end, 0.0, confidence
    )
    word = decision.verdict.value
    short = shown(chosen.span) if decision.verdict is Verdict.UNSURE else word
    return answer_with(form.question, [chosen], short, confidence, opening=f"{word}:")


def _description(form: Form) -> Answer | None:
    """Who somebody is, in the words that introduce them."""
    name = person_asked(form.question)
    if name is None:
        return None
    told = describe(name, list(dict.fromkeys(region.document for region in form.read)))
    if told is None:
        return None
    pointed = [
        c.confidence
        for c in form.candidates
        if c.document.id == told.document.id and c.sentence == told.sentence
    ]
    confidence = max([form.threshold, *pointed])
    chosen = Candidate(told.document, told.sentence, told.start, told.end, 0.0, confidence)
    return answer_with(form.question, [chosen], shown(chosen.span), confidence)


def _all_of_a_kind(form: Form) -> Answer | None:
    """Everything named that says by its name that it is of the kind asked for."""
    kind = kind_asked(form.question)
    if kind is None:
        return None
    named = named_of_kind(kind, list(dict.fromkeys(region.document for region in form.read)))
    return answer_with(form.question, named, joined(named), 1.0) if named else None


def _speaker(form: Form) -> Answer | None:
    """Who said it: the speaker of the sentence with the words, cited with where the name stands.

    Words that the question quotes must stand in the sentence; without such, the sentence that
    somebody says and that best meets the question.
    """
    quoted = [_plain(words) for words in QUOTED.findall(form.question)]
    said = [f for f in _facts(form, form.question, SAYING_KEYS) if f.speaker]
    if quoted:
        said = [f for f in said if all(words in _plain(f.words) for words in quoted)]
    if not said:
        return None
    verbs = {stem(word) for word in WORD.findall(form.question)} & SAYING_KEYS
    fact = max(said, key=lambda f: f.score + (SAME_VERB if verbs & keys(f.words) else 0.0))
    if not quoted and (fact.score < LEAST_SCORE or fact.covered < LEAST_COVERED):
        return None
    document, index, speaker = fact.document, fact.index, fact.speaker
    confidence = 1.0 if quoted else min(1.0, fact.score)
    sentence = document.sentences[index]
    place = fact.words.find(speaker)
    if place >= 0:
        start = sentence.start + place
        named = Candidate(document, index, start, start + len(speaker), 0.0, confidence)
        return answer_with(form.question, [named], speaker, confidence)
    whole = Candidate(document, index, sentence.start, sentence.end, 0.0, confidence)
    words = _sentences(document)
    naming = next((i for i in range(index - 1, -1, -1) if speaker in words[i]), None)
    context = [(document, naming)] if naming is not None else []
    return answer_with(form.question, [whole], speaker, confidence, context=context)


def _plain(words: str) -> str:
    return " ".join(words.replace("’", "'").lower().split()).strip(" .,!?")


def _sentences(document: Document) -> list[str]:
    return [document.text[s.start : s.end] for s in document.sentences]


def _nearest(form: Form) -> list[tuple[Document, int]]:
    near = dict.fromkeys((c.document.id, c.sentence) for c in form.candidates)
    documents = {c.document.id: c.document for c in form.candidates}
    return [(documents[identity], sentence) for identity, sentence in list(near)[:NEAREST]]
