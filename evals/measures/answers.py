"""Whether an answer is right, without a judge: SQuAD's measures and one rule for short answers."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .terms import UNIT_FORMS, Date, Term, content, negated, numbers, plain, terms

MARKERS = re.compile(r"\s*\[\d+\]")
ARTICLES = re.compile(r"\b(a|an|the)\b")
PUNCTUATION = set(string.punctuation)
TITLES = {
    "president", "prime", "minister", "mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady",
    "king", "queen", "general", "gen", "colonel", "professor", "prof", "leader", "chancellor",
    "secretary", "chief", "spokesman", "spokeswoman", "senator",
}  # fmt: skip
YES_NO = {"yes", "no"}
EXTRA_TERMS = 5
"""How many terms a short answer may hold beside the gold form it contains."""
LONG_FORM = 6
"""From so many terms on, a gold form is a clause, matched by its content words."""
CLAUSE_SHARE = 0.8
WORDS_OF_TEXT = 60
WORDS_AN_ITEM = 40
"""A text may be this long, and this much longer for every item of a list, to count as right."""


@dataclass(frozen=True, slots=True)
class Gold:
    """The right answer: any of ``answers`` and, for a list, a form of every item of ``all_of``."""

    answers: tuple[str, ...] = ()
    all_of: tuple[tuple[str, ...], ...] = ()


def squad_normalise(text: str) -> str:
    """Lower case, without punctuation, articles and surplus space.

    As in the official script of SQuAD (Rajpurkar et al. 2016, arXiv:1606.05250).
    """
    text = "".join(c for c in text.lower() if c not in PUNCTUATION)
    return " ".join(ARTICLES.sub(" ", text).split())


def squad_exact(prediction: str, golds: Sequence[str]) -> float:
    """1.0 where the normalised prediction is one of the normalised golds, else 0.0.

    No gold means that the question has no answer, and the empty prediction is right
    (SQuAD 2.0, Rajpurkar et al. 2018, arXiv:1806.03822).
    """
    return float(any(squad_normalise(prediction) == squad_normalise(g) for g in golds or ("",)))


def squad_f1(prediction: str, golds: Sequence[str]) -> float:
    """The highest F1 between the tokens of the prediction and those of a gold, from 0 to 1.

    Where either has no token, 1.0 if both have none and else 0.0 (SQuAD 2.0).
    """
    return max(_token_f1(prediction, gold) for gold in golds or ("",))


def _token_f1(prediction: str, gold: str) -> float:
    predicted, wanted = squad_normalise(prediction).split(), squad_normalise(gold).split()
    if not predicted or not wanted:
        return float(predicted == wanted)
    common = sum((Counter(predicted) & Counter(wanted)).values())
    if not common:
        return 0.0
    precision, recall = common / len(predicted), common / len(wanted)
    return 2 * precision * recall / (precision + recall)


def is_right(
    gold: Gold, text: str, short: str | None = None, statements: Iterable[str] = ()
) -> bool:
    """Whether an answered text with its direct answer ``short`` is right.

    - A yes/no answer is decided by the word the text (or ``short``) starts with; where neither
      starts with one, the other gold forms decide.
    - A list (``all_of``) is right where every item has a form in the text, and the text has at
      most 60 words and 40 more for every item.
    - Else ``short`` decides, or where there is none the text, if it has at most 60 words. It is
      right where it is equal to a gold form or contains one with at most five terms beside it.
      Terms have numbers, units and dates in one form (:mod:`evals.measures.terms`). Numbers must
      be the same, dates must agree in all the gold gives (a year may lack), and one may not deny
      what the other does not deny. A person may be named by the last name, a number stand
      without the noun it counts (but not without its unit).
    - A gold form of six terms or more is a clause: it is also right where ``short``, or one
      statement whose ``short`` shares a content word with the clause, holds 80 % of its content
      words, all its numbers and no other denial.
    """
    text = MARKERS.sub("", text)
    statements = [MARKERS.sub("", statement) for statement in statements] or [text]
    if gold.all_of:
        return _holds_all(gold.all_of, text, short, statements)
    golds = [form for form in gold.answers if plain(form).lower().strip(" .") not in YES_NO]
    if len(golds) < len(gold.answers):
        said = _leading_word(text) or _leading_word(short or "")
        if said:
            return any(plain(form).lower().strip(" .") == said for form in gold.answers)
    return any(_matches(form, text, short, statements) for form in golds)


def _leading_word(text: str) -> str:
    words = re.findall(r"\w+", text.lower())
    return words[0] if words and words[0] in YES_NO else ""


def _holds_all(
    items: Iterable[Sequence[str]], text: str, short: str | None, statements: Sequence[str]
) -> bool:
    items = list(items)
    if len(text.split()) > WORDS_OF_TEXT + WORDS_AN_ITEM * len(items):
        return False
    said = [terms(statement) for statement in (short or "", *statements)]
    return all(
        any(
            _contains(part, terms(form)) or _says(part, terms(form))
            for part in said
            for form in item
        )
        for item in items
    )


def _matches(form: str, text: str, short: str | None, statements: Sequence[str]) -> bool:
    wanted = terms(form)
    if not wanted:
        return False
    brief = len(text.split()) <= WORDS_OF_TEXT
    if short:
        found = terms(short)
        if _equal_or_wider(found, wanted) or _part_will_do(found, form, wanted):
            return True
    elif brief and any(_contains(terms(statement), wanted) for statement in statements):
        return True
    # A direct answer that points elsewhere in the sentence is not what was asked.
    pointed = terms(short or "")
    related = not short or bool(content(pointed) & content(wanted))
    related = related and numbers(pointed) in (frozenset(), numbers(wanted))
    parts = [terms(part) for part in ((short or ""), *(statements if brief and related else ()))]
    return any(_says(part, wanted) for part in parts)


def _equal_or_wider(found: tuple[Term, ...], wanted: tuple[Term, ...]) -> bool:
    if not _contains(found, wanted) or len(found) > len(wanted) + EXTRA_TERMS:
        return False
    if numbers(wanted) and numbers(found) != numbers(wanted):
        return False
    return negated(found) == negated(wanted)


def _part_will_do(found: tuple[Term, ...], form: str, wanted: tuple[Term, ...]) -> bool:
    """A last name for a name, or a number without the noun it counts."""
    if not found or len(found) >= len(wanted):
        return False
    if numbers(wanted):
        rest = wanted[len(found) :]
        return (
            wanted[: len(found)] == found
            and len(found) == 1
            and not any(isinstance(term, Date) or term in _UNITS for term in rest)
        )
    words = [word for word in plain(form).split() if word.lower() not in ARTICLE_WORDS]
    if len(words) > 5 or not all(word[:1].isupper() for word in words):
        return False
    untitled = tuple(term for term in wanted if term not in TITLES)
    bare = tuple(term for term in found if term not in TITLES)
    return bool(bare) and (bare == untitled or bare == untitled[-1:])


def _contains(found: tuple[Term, ...], wanted: tuple[Term, ...]) -> bool:
    """Whether the wanted terms stand in a row among the found ones."""
    width = len(wanted)
    return bool(width) and any(
        all(_same(a, b) for a, b in zip(found[place : place + width], wanted, strict=True))
        for place in range(len(found) - width + 1)
    )


def _same(found: Term, wanted: Term) -> bool:
    if isinstance(found, Date) and isinstance(wanted, Date):
        return found.meets(wanted)
    return found == wanted


def _says(found: tuple[Term, ...], wanted: tuple[Term, ...]) -> bool:
    """Whether the found terms say a clause: most content words, every number, no other denial."""
    if len(wanted) < LONG_FORM or not numbers(wanted) <= numbers(found):
        return False
    said = {_stem(term) for term in content(wanted)}
    held = {_stem(term) for term in found}
    if not said or negated(found) != negated(wanted):
        return False
    return len(said & held) >= CLAUSE_SHARE * len(said)


def _stem(term: Term) -> Term:
    """A word without a plural or past ending, enough to compare forms of one word."""
    if not isinstance(term, str) or len(term) < 5:
        return term
    for ending in ("ing", "ed", "es", "s"):
        if term.endswith(ending) and len(term) - len(ending) >= 3:
            return term.removesuffix(ending)
    return term


ARTICLE_WORDS = {"a", "an", "the", "of"}
_UNITS = frozenset(UNIT_FORMS)
