"""Who said something, and what somebody said."""

from __future__ import annotations

import re

from .answers import Answer
from .attribution import speaker_of
from .candidates import Candidate
from .composing import answer_with, shown
from .facts import LEAST_COVERED, LEAST_SCORE, Fact, Form, facts, sentences_of
from .fitting import WHAT_SAID
from .reader.support import WORD, keys, stem, terms

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
# Verbs that ask for a view; what is demanded or named is as much said as what is said.
VIEW_KEYS = SAYING_KEYS | {
    stem(word)
    for word in "demand ask want urge view opinion hope fear react respond comment explain justify".split()
}


def speaker_asked(form: Form) -> Answer | None:
    """Who said it: the speaker of the sentence with the words, cited with where the name stands.

    Words that the question quotes must stand in the sentence; without such, the sentence that
    somebody says and that best meets the question, or the one in which the reader points at its
    speaker too.
    """
    quoted = [_plain(words) for words in QUOTED.findall(form.question)]
    said = [f for f in facts(form, form.question, SAYING_KEYS) if f.speaker]
    if quoted:
        said = [f for f in said if all(words in _plain(f.words) for words in quoted)]
    if not said:
        return None
    verbs = {stem(word) for word in WORD.findall(form.question)} & SAYING_KEYS
    fact = max(said, key=lambda f: f.score + (SAME_VERB if verbs & keys(f.words) else 0.0))
    confidence = 1.0 if quoted else min(1.0, fact.score)
    if not quoted and (fact.score < LEAST_SCORE or fact.covered < LEAST_COVERED):
        pointed = _pointed_at_speaker(form, fact)
        if not fact.named or pointed is None:
            return None
        # Two ways of looking that do not know of each other agree (noisy-or, Pearl 1988).
        confidence = 1 - (1 - fact.score) * (1 - pointed)
    document, index, speaker = fact.document, fact.index, fact.speaker
    sentence = document.sentences[index]
    place = fact.words.find(speaker)
    if place >= 0:
        start = sentence.start + place
        named = Candidate(document, index, start, start + len(speaker), 0.0, confidence)
        return answer_with(form.question, [named], speaker, confidence)
    whole = Candidate(document, index, sentence.start, sentence.end, 0.0, confidence)
    words = sentences_of(document)
    naming = next((i for i in range(index - 1, -1, -1) if speaker in words[i]), None)
    context = [(document, naming)] if naming is not None else []
    return answer_with(form.question, [whole], speaker, confidence, context=context)


def _pointed_at_speaker(form: Form, fact: Fact) -> float | None:
    """The reader's confidence, where its best span is the sentence's speaker."""
    if not form.candidates:
        return None
    best = form.candidates[0]
    same = best.document.id == fact.document.id and best.sentence == fact.index
    return best.confidence if same and best.span in fact.speaker else None


def view_asked(form: Form) -> Answer | None:
    """What somebody says, demands or thinks of a matter: their sentence that meets it best."""
    asked = WHAT_SAID.match(form.question)
    if asked is None:
        return None
    who = frozenset(term.key for term in terms(f"about {asked.group('who')}"))
    if not who:
        return None
    matter = [t for t in terms(form.question) if t.key not in who | VIEW_KEYS]
    own = [
        f
        for f in facts(form, form.question, who | VIEW_KEYS)
        if f.named and who <= keys(f"{f.speaker} {f.words}") and who & keys(f.speaker)
    ]
    if matter:
        own = [f for f in own if f.covered >= LEAST_COVERED and f.score >= LEAST_SCORE]
    else:
        verb = stem(asked.group("verb"))
        own = [f for f in own if verb in keys(f.words)] or own
    if not own:
        return None
    fact = max(own, key=lambda f: f.score) if matter else min(own, key=lambda f: f.index)
    confidence = min(1.0, max(form.threshold, fact.score))
    sentence = fact.document.sentences[fact.index]
    chosen = Candidate(fact.document, fact.index, sentence.start, sentence.end, 0.0, confidence)
    return answer_with(form.question, [chosen], shown(chosen.span), confidence)


def is_said(candidate: Candidate) -> bool:
    """Whether the source gives somebody who says the candidate's sentence."""
    return bool(speaker_of(sentences_of(candidate.document), candidate.sentence))


def _plain(words: str) -> str:
    return " ".join(words.replace("’", "'").lower().split()).strip(" .,!?")
