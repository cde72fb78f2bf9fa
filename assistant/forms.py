"""The form of an answer: a span, a list, yes or no, a speaker, or a fact of the header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index import Document, Kind

from .answers import Answer
from .candidates import Candidate
from .composing import NUMBER_WORDS, answer_with, by_article, joined, list_items, refuse, shown
from .describing import describe, person_asked
from .direct import time_alone, with_place
from .facts import LEAST_SCORE, OWN_COVERED, Form, facts, own_share
from .figure_denied import OtherFigure, other_figure
from .fitting import SURE
from .hedging import hedge_of
from .naming import kind_asked, named_of_kind
from .outlook import outlook
from .polarity import (
    Verdict,
    agreement,
    clauses,
    core,
    decide,
    negation_keys,
    says_how_sure_of_this,
)
from .question import Wanted, wanted
from .reader.support import keys, met, terms
from .reasons import WHY, beside_the_asked, stated_reason
from .sayings import is_said, speaker_asked, view_asked
from .which import completed, doer_alone, the_one_asked

HEADER_KINDS = {
    Wanted.AUTHOR: Kind.AUTHOR,
    Wanted.DATE: Kind.DATE,
    Wanted.SITE: Kind.SITE,
    Wanted.TITLE: Kind.TITLE,
}
NEAREST = 3
WHEN = re.compile(r"^(?:and\s+|so\s+)?(?:since\s+|until\s+)?when\b", re.IGNORECASE)
WHERE = re.compile(r"^(?:and\s+|so\s+)?where\b", re.IGNORECASE)
HOW_MANY = re.compile(
    r"^how\s+many\b(?!\s+(?:\w+\s+)?(?:dollars|euros|pounds|yen|percent|per\s+cent|crowns|roubles|rubles))",
    re.IGNORECASE,
)
# A sum of money or a share counts nothing.
MEASURED = re.compile(r"^[^\d]*[$€£¥]|\b(?:dollars|euros|pounds|yen)\b|%|\bper\s?cent\b")
# "70 percent of the local males" does count them.
SHARE_OF = re.compile(r"(?:%|\bper\s?cent)\s+of\s+(?:the|all|its|their|his|her)\b", re.IGNORECASE)
WHO_DOES = re.compile(r"^who\s+(?P<does>\w+s\b.*|\w+ed\b.*|is\b.*|was\b.*|led\b.*)$", re.IGNORECASE)
NAMED_WHO = re.compile(
    r"(?P<name>[A-Z][\w’'\-]*(?:\s+[A-Z][\w’'\-]*)*),?\s+(?:who|which)\s+(?P<does>[^,;.]+)"
)
# What it is worth that the question's subject is the sentence's subject too.
IN_ORDER = 0.2
# A sentence that decides a yes or no must hold more; see ``Fact``.
DECIDES_COVERED = 0.5
OF_THIS_COVERED, OF_THIS_SCORE = 0.3, 0.35
LISTS_LOOKED_AT = 4


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
    found = [replace(c, start=_name_start(c, kind)) for c in found]
    if len(found) > 1:
        facts_found = "; ".join(dict.fromkeys(shown(c.span) for c in found))
        return by_article(question, [[(c.document, c.sentence)] for c in found], facts_found)
    return answer_with(question, found, joined(found), 1.0)


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
        answer = speaker_asked(form) or _span_or_list(form, asked)
    else:
        answer = _span_or_list(form, asked)
    return answer or refuse(form.question, _nearest(form), form.articles)


def _span_or_list(form: Form, asked: Wanted) -> Answer | None:
    sure = [c for c in form.candidates if c.confidence >= form.threshold]
    if HOW_MANY.match(form.question):
        sure = [c for c in sure if not MEASURED.search(c.span) or SHARE_OF.search(c.quote)]
    if sure and not _all_named(form):
        return None
    if asked is Wanted.LIST:
        counted = _counted_list(form)
        if counted is not None:
            return counted
    if WHY.match(form.question):
        sure = [
            c
            for c in sure
            if c.confidence >= SURE or own_share(form, form.question, c.quote) >= OWN_COVERED
        ]
    reason = stated_reason(form, sure) if asked is Wanted.SPAN else None
    if reason is not None:
        return reason
    if not sure or not is_said(sure[0]):
        view = view_asked(form)
        if view is not None:
            return view
    if not sure:
        return outlook(form)
    best = sure[0]
    if WHY.match(form.question):
        best = beside_the_asked(form.question, best)
        return answer_with(form.question, [best], shown(best.span), best.confidence)
    if asked is Wanted.LIST:
        items = list_items(form.question, form.candidates, form.threshold / 2)
        return answer_with(form.question, items, joined(items), best.confidence)
    best = _relative(form, sure) or the_one_asked(form.question, [best, *form.candidates])
    best = completed(form.question, best)
    if WHO_DOES.match(form.question.strip()):
        best = replace(best, end=doer_alone(form.question, best))
    if WHEN.match(form.question):
        best = replace(best, end=time_alone(best.document.text, best.start, best.end))
    if WHERE.match(form.question):
        best = replace(best, end=with_place(best.document.text, best.end, best.found.end))
    return answer_with(form.question, [best], shown(best.span), best.confidence)


def _all_named(form: Form) -> bool:
    """Whether every name and number of the question stands anywhere in what was read."""
    facts = [region.document.metadata for region in form.read]
    about = [f"{m.title} {m.author} {m.date} {m.site}" for m in facts]
    present = keys(" ".join([*about, *(region.text for region in form.read)]))
    return all(met(t, present) for t in terms(form.question) if t.named or t.number)


def _counted_list(form: Form) -> Answer | None:
    """What a sentence lists behind a colon, where it counts as many as the question asks for."""
    asked = {w for w in re.findall(r"\w+", form.question.lower()) if w in NUMBER_WORDS}
    if not asked:
        return None
    for fact in facts(form, form.question)[:LISTS_LOOKED_AT]:
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


def _yes_no(form: Form) -> Answer | None:
    """The sentence that decides, with the verdict it gives or the clause that leaves it open."""
    denied = other_figure(form)
    if denied is not None:
        return _denied(form, denied)
    question = core(form.question)
    found = [f for f in facts(form, question, negation_keys()) if f.named]
    found.sort(key=lambda f: -f.score - IN_ORDER * agreement(form.question, f.words))
    fact = found[0] if found else None
    if fact is None:
        return None
    # "Any of this" is all that stands before; its words need not stand there again.
    of_this = says_how_sure_of_this(form.question, fact.words)
    least = (OF_THIS_COVERED, OF_THIS_SCORE) if of_this else (DECIDES_COVERED, LEAST_SCORE)
    if fact.covered < least[0] or fact.score < least[1]:
        return None
    # What only the sentences before speak of is not decided by this one.
    if not of_this and own_share(form, question, fact.words) < OWN_COVERED:
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


def _denied(form: Form, denied: OtherFigure) -> Answer:
    """No, or the clause that leaves it open, by the figure that the source gives instead."""
    words = denied.fact.words
    clause = next(b for b in clauses(words) if b[0] <= denied.start < b[1])
    unsure = bool(hedge_of(words[clause[0] : clause[1]]))
    word = Verdict.UNSURE.value if unsure else Verdict.NO.value
    start = denied.fact.document.sentences[denied.fact.index].start
    at = clause if unsure else (denied.start, denied.end)
    confidence = min(1.0, denied.fact.score)
    chosen = Candidate(
        denied.fact.document, denied.fact.index, start + at[0], start + at[1], 0.0, confidence
    )
    short = shown(chosen.span) if unsure else word
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


def _nearest(form: Form) -> list[tuple[Document, int]]:
    near = dict.fromkeys((c.document.id, c.sentence) for c in form.candidates)
    documents = {c.document.id: c.document for c in form.candidates}
    return [(documents[identity], sentence) for identity, sentence in list(near)[:NEAREST]]
