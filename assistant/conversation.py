"""A conversation about articles: a follow-up becomes a question that stands alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .answers import Answer, Turn
from .understanding.acts import Act, recognise
from .understanding.fragments import complete, is_fragment
from .understanding.references import missing_referents, resolve_references
from .understanding.rewrites import compare_rewrite
from .understanding.thread import Heard, thread_of, topic_of

if TYPE_CHECKING:
    from .assistant import Assistant, Progress

__all__ = ["Act", "Conversation", "Understanding", "compare_rewrite", "converse", "understand"]

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


def converse(act: Act, titles: Sequence[str] = ()) -> str | None:
    """The reply to small talk, or None for an act that the articles have to answer.

    ``titles`` are those of the articles in hand; replies say what can be asked of them.
    """
    if act is Act.GREETING:
        return f"Hello. {_offer(titles)}"
    if act is Act.THANKS:
        return "You are welcome. Ask on whenever you like."
    if act is Act.GOODBYE:
        return "Goodbye. The articles stay in the library for next time."
    if act is Act.HELP:
        return (
            f"{_offer(titles)} Ask who, what, when, where, why or how many; follow up with "
            "“And the lowest?”, “Who said that?” or “Tell me more”. You can also ask for a "
            "summary, a list of everyone who is quoted, or a timeline. Every answer quotes its "
            "source, and what the source does not say is not answered."
        )
    if act is Act.EXPLAIN:
        return (
            "Putting things in other words needs a language model, and none is set up. I can "
            "quote what the article says: ask a question about it, or for a summary."
        )
    return None


def _offer(titles: Sequence[str]) -> str:
    named = [title for title in titles if title]
    if not titles:
        return "The library is empty; add an article, then ask about it."
    if len(titles) == 1 and named:
        return f"You can ask about the article “{named[0]}”."
    if not named:
        return f"You can ask about the {len(titles)} articles in the library."
    shown = ", ".join(f"“{title}”" for title in named[:3])
    rest = len(titles) - len(named[:3])
    more = f" and {rest} more" if rest else ""
    return f"You can ask about {len(titles)} articles: {shown}{more}."


class Conversation:
    """Keeps the turns of one chat and asks an assistant with them.

    ``documents`` limits the answers to these document ids.
    """

    def __init__(self, assistant: Assistant, documents: Sequence[str] | None = None) -> None:
        self.assistant = assistant
        self.documents = documents
        self._turns: list[Turn] = []

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns so far, oldest first."""
        return tuple(self._turns)

    def ask(self, question: str) -> Answer:
        """Ask in the light of the turns so far, and keep the answer; raises as the assistant."""
        answer = self.assistant.ask(question, history=self.turns, documents=self.documents)
        self._turns.append(Turn(question, answer))
        return answer

    def stream(self, question: str) -> Iterator[Progress | Answer]:
        """As ``ask``, while the answer comes about; kept once the stream is read to its end."""
        for step in self.assistant.stream(question, history=self.turns, documents=self.documents):
            if isinstance(step, Answer):
                self._turns.append(Turn(question, step))
            yield step

    def undo(self) -> Turn | None:
        """Take the last turn back; returns it, or None where there is none."""
        return self._turns.pop() if self._turns else None
