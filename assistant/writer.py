"""Answers written by a language model, of which only what stands on its sentences is shown."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, Field
from tenacity import Retrying, retry_if_exception, stop_after_attempt, stop_after_delay
from tenacity.wait import wait_random_exponential

from index import Document, RankedPassage

from .answers import Answer, Citation, Outcome, Statement, Turn
from .composing import cite, shown
from .drafts import Draft, DraftParser, declines
from .evidence import Numbered, gather, quoted
from .models import ModelError, count_tokens, explain, is_passing, load_model, retry_after
from .prompts import EXCHANGE, NEXT_QUESTION, QUESTION, REWRITE, RULES, RULES_STRUCTURED
from .reader import Reader, shipped_reader
from .understanding.rewrites import LONGEST_REWRITE
from .verification import Found, SupportCheck, Verdict, repaired
from .verification.support import Embed

if TYPE_CHECKING:
    from llama_index.core.llms import LLM
    from tenacity import RetryCallState

ANSWER_TOKENS = 700
MOST_EVIDENCE = 6000
LEAST_EVIDENCE = 200
MOST_STATEMENTS = 12
LONGEST_REPLY = 12_000
READER_SURE = 0.5
# A follow-up seldom speaks of more than the last turns.
REWRITE_TURNS = 4

CUT = "The language model's answer was cut off."
NOTHING_HELD = "Nothing the language model wrote stood up to the check against the article."
READER_ANSWERS = "This is the embedded reader's answer."


T = TypeVar("T")


class WrittenStatement(BaseModel):
    """One statement of an answer."""

    text: str = Field(description="A full sentence that stands alone, without numbers in brackets.")
    sentences: list[int] = Field(description="The numbers of the sentences that say it.")


class WrittenAnswer(BaseModel):
    """An answer in statements; none where the sentences do not answer the question."""

    statements: list[WrittenStatement] = Field(default_factory=list)


class EmptyReply(Exception):
    """The model wrote nothing that could be a statement."""


class Declined(Exception):
    """The model said that the sentences do not answer the question."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A statement of the model with the sentences it stands on; none where it was dropped."""

    text: str
    sentences: tuple[Numbered, ...]
    verdict: Verdict


def reader_check(embed: Embed, reader: Reader | None = None) -> SupportCheck:
    """The check of statements with the shipped embedder and reader."""
    reads = reader or shipped_reader()

    def find(question: str, passage: str) -> Found | None:
        spans, windows = reads.spans(question, [passage])
        if not spans:
            return None

        def is_sure() -> bool:
            (evidence,) = reads.evidence(question, [passage], spans, windows)
            return reads.calibration.confidence(evidence) >= READER_SURE

        return Found(passage[spans[0].start : spans[0].end], is_sure)

    return SupportCheck(embed, find)


def make_writer(setting: str, embed: Embed, reader: Reader | None = None) -> Writer | None:
    """The writer that ``FOOTNOTE_LLM`` asks for; None for "none"."""
    if setting.strip().lower() in ("", "none"):
        return None
    return Writer(lambda: load_model(setting), reader_check(embed, reader))


class Writer:
    """Writes answers with a language model and lets through what the evidence supports.

    ``load`` gives the model at the first question, and again after it failed. Failures that
    pass are tried again, ``attempts`` times and at most ``patience`` seconds in all. Safe to use
    from several threads.
    """

    def __init__(
        self,
        load: Callable[[], LLM],
        check: SupportCheck,
        attempts: int = 3,
        patience: float = 90.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._load = load
        self._check = check
        self._attempts = attempts
        self._patience = patience
        self._sleep = sleep
        self._model: LLM | None = None
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"Writer({self._model!r})"

    def prepare(self) -> None:
        """Load the model's client before the first question; a failure waits for that question."""
        with suppress(ModelError):
            self._open()

    def stream(
        self,
        question: str,
        ranked: Sequence[RankedPassage],
        read: Callable[[str], Document],
        fallback: Callable[[], Answer],
    ) -> Iterator[Answer]:
        """The growing answer, one more statement at a time as each is verified; the last is whole.

        ``fallback`` gives the embedded reader's answer, and is first called when the model has
        been asked: the one may read while the other writes. That answer is given, with a note
        that says so, where the model fails or nothing that it wrote stands.
        """
        checked: list[Checked] = []
        notes: list[str] = []
        name = ""
        try:
            model = self._open()
            name = model.metadata.model_name
            for one in self._checked(model, question, ranked, read, notes):
                checked.append(one)
                if one.sentences:
                    # The reader may still be at work; what it would add is seen at the end.
                    yield _answer(question, checked, notes, name, None)
        except Declined:
            if not any(one.sentences for one in checked):
                yield _declined(question, name, fallback())
                return
        except EmptyReply:
            notes.append("The language model wrote nothing.")
        except ModelError as error:
            notes.append(str(error))
        if any(one.sentences for one in checked):
            yield _answer(question, checked, notes, name, fallback())
            return
        if checked:
            notes.append(NOTHING_HELD)
        dropped = tuple(Statement(shown(one.text), (), dropped=True) for one in checked)
        instead = fallback()
        yield replace(
            instead,
            notes=(*instead.notes, *notes, READER_ANSWERS),
            statements=(*instead.statements, *dropped),
        )

    def rewrite(self, question: str, history: Sequence[Turn]) -> str:
        """A follow-up as the model puts it to stand alone; empty where the model fails.

        One call and no second try, for the rules of ``assistant.understanding`` can do without.
        The caller checks what names and numbers it brings in.
        """
        from llama_index.core.llms import ChatMessage

        told = "".join(
            EXCHANGE.format(question=turn.question, answer=turn.answer.text)
            for turn in history[-REWRITE_TURNS:]
        )
        asked = NEXT_QUESTION.format(conversation=told, question=question)
        try:
            reply = ""
            messages = [
                ChatMessage(role="system", content=REWRITE),
                ChatMessage(role="user", content=asked),
            ]
            with _ended(self._open().stream_chat(messages)) as chunks:
                for chunk in chunks:
                    reply += chunk.delta or ""
                    if len(reply) > LONGEST_REWRITE:
                        return ""
        except Exception:
            # Whatever a model or its server does, the question is still answered.
            return ""
        return reply.strip()

    def _open(self) -> LLM:
        with self._lock:
            if self._model is None:
                self._model = self._load()
            return self._model

    def _checked(
        self,
        model: LLM,
        question: str,
        ranked: Sequence[RankedPassage],
        read: Callable[[str], Document],
        notes: list[str],
    ) -> Iterator[Checked]:
        """The model's statements, each held against the evidence as soon as it is complete."""
        budget = self._budget(model, question)
        while True:
            count = partial(count_tokens, model=model.metadata.model_name)
            evidence = gather(ranked, read, count, budget)
            if not evidence:
                raise Declined
            try:
                for draft in self._drafts(model, question, evidence, notes):
                    yield self._verify(draft, evidence)
                return
            except ModelError as error:
                budget = min(budget, count(quoted(evidence))) // 2
                if not error.too_long or budget < LEAST_EVIDENCE:
                    raise

    def _budget(self, model: LLM, question: str) -> int:
        """The tokens of evidence that fit beside the rules, the question and the answer."""
        facts = model.metadata
        rest = count_tokens(f"{RULES} {question}", facts.model_name) + 100
        answer = facts.num_output if 0 < facts.num_output < facts.context_window // 2 else 0
        room = (
            facts.context_window - rest - max(answer, min(ANSWER_TOKENS, facts.context_window // 3))
        )
        return max(LEAST_EVIDENCE, min(MOST_EVIDENCE, room))

    def _verify(self, draft: Draft, evidence: Sequence[Numbered]) -> Checked:
        cited = [number - 1 for number in draft.numbers]
        places, verdict = repaired(draft.text, cited, [one.source for one in evidence], self._check)
        kept = tuple(evidence[place] for place in places) if verdict.supported else ()
        return Checked(draft.text, kept, verdict)

    def _drafts(
        self, model: LLM, question: str, evidence: Sequence[Numbered], notes: list[str]
    ) -> Iterator[Draft]:
        """The model's statements; what fails before the first is tried again, later it is cut."""
        begun = time.monotonic()
        trying = Retrying(
            stop=stop_after_attempt(self._attempts) | stop_after_delay(self._patience),
            wait=_wait,
            retry=retry_if_exception(lambda e: isinstance(e, EmptyReply) or is_passing(e)),
            sleep=self._sleep,
            reraise=True,
        )

        def begin() -> tuple[Draft, Iterator[Draft]]:
            drafts = self._ask(model, question, evidence, notes)
            first = next(drafts, None)
            if first is None:
                raise EmptyReply
            return first, drafts

        try:
            first, rest = trying(begin)
        except (Declined, EmptyReply):
            raise
        except Exception as error:
            raise explain(error) from None
        yield first
        try:
            for count, draft in enumerate(rest, 2):
                yield draft
                if count >= MOST_STATEMENTS or time.monotonic() - begun > self._patience:
                    return
        except Declined:
            return
        except Exception:
            notes.append(CUT)

    def _ask(
        self, model: LLM, question: str, evidence: Sequence[Numbered], notes: list[str]
    ) -> Iterator[Draft]:
        articles = quoted(evidence)
        if model.metadata.is_function_calling_model:
            wrote = False
            for draft in _structured(model, question, articles):
                wrote = True
                yield draft
            if wrote:
                return
        yield from self._text(model, question, articles, notes)

    def _text(self, model: LLM, question: str, articles: str, notes: list[str]) -> Iterator[Draft]:
        from llama_index.core.llms import ChatMessage

        messages = [
            ChatMessage(role="system", content=RULES),
            ChatMessage(role="user", content=QUESTION.format(articles=articles, question=question)),
        ]
        parser = DraftParser()
        begun = time.monotonic()
        with _ended(model.stream_chat(messages)) as chunks:
            for chunk in chunks:
                yield from _kept(parser.feed(chunk.delta or ""))
                late = time.monotonic() - begun > self._patience
                if late or len(parser.reply) > LONGEST_REPLY:
                    notes.append(CUT)
                    return
        yield from _kept(parser.close())
        if parser.broken_off:
            notes.append(CUT)
        if declines(parser.reply):
            raise Declined


@contextmanager
def _ended(reply: Iterable[T]) -> Iterator[Iterator[T]]:
    """A streamed reply whose connection is given up at once where it is not read to its end.

    Providers' clients hold an open connection in a reference cycle. Collected at some later
    moment, perhaps while the same thread opens the next connection, its end would wait for ever
    for the lock that the thread already holds.
    """
    whole = False

    def parts() -> Generator[T, None, None]:
        nonlocal whole
        yield from reply
        whole = True

    taken = parts()
    try:
        yield taken
    finally:
        if not whole:
            taken.close()
            if (close := getattr(reply, "close", None)) is not None:
                close()
            del taken, reply
            gc.collect()


def _kept(drafts: Sequence[Draft]) -> list[Draft]:
    return [draft for draft in drafts if not declines(draft.text)]


def _structured(model: LLM, question: str, articles: str) -> Iterator[Draft]:
    """Statements of a model that fills in a form, each given when the next one is begun."""
    from llama_index.core.llms import ChatMessage
    from llama_index.core.prompts import ChatPromptTemplate

    prompt = ChatPromptTemplate(
        [
            ChatMessage(role="system", content=RULES_STRUCTURED),
            ChatMessage(role="user", content=QUESTION),
        ]
    )
    given = 0
    statements: list[WrittenStatement] = []
    filled = model.stream_structured_predict(
        WrittenAnswer, prompt, articles=articles, question=question
    )
    with _ended(filled) as parts:
        for part in parts:
            statements = [s for s in (getattr(part, "statements", None) or []) if s is not None]
            for one in statements[given : max(given, len(statements) - 1)]:
                yield _draft(one)
                given += 1
    for one in statements[given:]:
        draft = _draft(one)
        if draft.text.rstrip("”\"')").endswith((".", "!", "?", "…")):
            yield draft


def _draft(one: object) -> Draft:
    text = getattr(one, "text", None) or (one.get("text") if isinstance(one, dict) else "") or ""
    found = getattr(one, "sentences", None) or (
        one.get("sentences") if isinstance(one, dict) else None
    )
    return Draft(str(text), tuple(n for n in (found or ()) if isinstance(n, int)))


def _wait(state: RetryCallState) -> float:
    """As long as the server asks, else a random time that grows (full jitter)."""
    error = state.outcome.exception() if state.outcome else None
    asked = retry_after(error) if error is not None else None
    return asked if asked is not None else wait_random_exponential(0.5, max=8.0)(state)


def _answer(
    question: str,
    checked: Sequence[Checked],
    notes: Sequence[str],
    name: str,
    fallback: Answer | None,
) -> Answer:
    """The statements that stand, each with its markers; the others are kept as dropped."""
    numbers: dict[tuple[str, int], int] = {}
    citations: list[Citation] = []
    statements: list[Statement] = []
    pieces: list[str] = []
    read = fallback.citations if fallback else ()
    highlights = {(c.document, c.start): c.highlight for c in read}
    for one in checked:
        if not one.sentences:
            statements.append(Statement(shown(one.text), (), dropped=True))
            continue
        own = []
        for found in one.sentences:
            key = found.document.id, found.sentence
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                start = found.document.sentences[found.sentence].start
                highlight = highlights.get((found.document.id, start))
                citations.append(cite(numbers[key], found.document, found.sentence, highlight))
            own.append(numbers[key])
        statements.append(Statement(shown(one.text), tuple(own)))
        pieces.append(f"{shown(one.text)} {''.join(f'[{number}]' for number in own)}")
    left_out = sum(statement.dropped for statement in statements)
    said = list(notes)
    if left_out:
        what = "1 sentence" if left_out == 1 else f"{left_out} sentences"
        said.append(f"{what} of the language model left out: the article does not support it.")
    short = fallback.short if fallback and any(c.highlight for c in citations) else None
    return Answer(
        question=question,
        text=" ".join(pieces),
        outcome=Outcome.ANSWERED,
        short=short,
        confidence=min(one.verdict.support for one in checked if one.sentences),
        citations=tuple(citations),
        statements=tuple(statements),
        answered_by=name,
        notes=tuple(said),
    )


def _declined(question: str, name: str, fallback: Answer) -> Answer:
    """A refusal in the model's name, with the nearest sentences the reader found."""
    nearest = fallback.closest or fallback.citations
    if not fallback.answered:
        return replace(fallback, answered_by=name)
    return Answer(
        question=question,
        text="The article does not say.",
        outcome=Outcome.REFUSED,
        closest=tuple(replace(c, number=n) for n, c in enumerate(nearest, 1)),
        answered_by=name,
    )
