"""A follow-up becomes a question that stands alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..answers import Turn
from .acts import Act, recognise
from .fragments import complete, is_fragment
from .references import missing_referents, resolve_references
from .rewrites import compare_rewrite
from .thread import Heard, thread_of, topic_of

Rewrite = Callable[[str, Sequence[Turn]], str]
BOTH = re.compile(r"(?:them|both|the two|these|those|these two|those two|the two of them)", re.I)


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the user wants. ``question`` stands alone; it is the input where nothing was changed.

    ``topic`` is what MORE is about (one item) or what COMPARE sets side by side (two);
    ``subject`` is what a fragment such as "What about Germany?" names.
    """

    act: Act
    question: str
    changed: bool
    topic: tuple[str, ...] = ()
    subject: str = ""


def understand(
    question: str, history: Sequence[Turn] = (), language_rewrite: Rewrite | None = None
) -> Understanding:
    """Read a question in the light of the turns before it, oldest first.

    A question that stands alone is left as it is. A follow-up is completed from the questions,
    short answers, speakers and cited sentences of the latest turns. ``language_rewrite``, given
    the question and the history, may complete it instead; its rewrite is taken only where every
    name and number in it stands in the conversation.
    """
    said = recognise(question)
    thread = thread_of(history)
    if said.act in (Act.MORE, Act.COMPARE) or (
        said.act is Act.SUMMARY and thread and re.search(r"\babout it\W*$", question.lower())
    ):
        return _about(question, said.topic, said.act, thread)
    if said.act is not Act.QUESTION or not thread:
        return Understanding(said.act, question, False)
    if language_rewrite is not None and depends_on_history(question):
        rewrite = language_rewrite(question, history).strip()
        if compare_rewrite(rewrite, conversation_texts(question, history)):
            return Understanding(Act.QUESTION, rewrite, rewrite != question)
    whole = complete(question, thread)
    if whole is not None:
        if whole.about:
            return Understanding(Act.MORE, whole.question, True, (whole.about,))
        changed = whole.question != question
        return Understanding(Act.QUESTION, whole.question, changed, subject=whole.subject)
    resolved = resolve_references(question, thread)
    return Understanding(Act.QUESTION, resolved, resolved != question)


def depends_on_history(question: str) -> bool:
    """Whether the form of a question shows that something said before is missing from it."""
    return is_fragment(question) or bool(missing_referents(question))


def conversation_texts(question: str, history: Sequence[Turn]) -> list[str]:
    """Everything a rewrite may take its names and numbers from."""
    texts = [question]
    for turn in history:
        answer = turn.answer
        texts += [turn.question, answer.understood_as, answer.text, answer.short or ""]
        for citation in answer.citations:
            texts += [citation.quote, citation.speaker, citation.title]
    return texts


def _about(
    question: str, topic: tuple[str, ...], act: Act, thread: Sequence[Heard]
) -> Understanding:
    """MORE and COMPARE, with the pronouns of their topics made out."""
    if act is Act.SUMMARY:
        act = Act.MORE
    found = tuple(_resolved_topic(words, thread) for words in topic)
    if act is Act.COMPARE:
        changed = found != topic
        asked = f"Compare {found[0]} and {found[1]}" if changed else question
        return Understanding(act, asked, changed, found)
    if not topic:
        latest = topic_of(thread)
        if not latest:
            return Understanding(act, question, False)
        return Understanding(
            act, f"What else does the article say about {latest}?", True, (latest,)
        )
    if found == topic:
        return Understanding(act, question, False, found)
    return Understanding(act, f"What else does the article say about {found[0]}?", True, found)


def _resolved_topic(words: str, thread: Sequence[Heard]) -> str:
    if not thread:
        return words
    if re.fullmatch(r"it|this|that|him|her|them|these|those", words, re.IGNORECASE):
        found = resolve_references(f"about {words}?", thread)
        return (
            found.removeprefix("about ").rstrip("?")
            if words not in found.split()
            else (topic_of(thread) or words)
        )
    return resolve_references(words, thread)
