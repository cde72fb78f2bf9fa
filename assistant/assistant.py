"""From a question to a cited answer: the pipeline."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from index import Document, Library, RankedPassage

from .answers import Answer, Outcome, Turn, check_answer
from .candidates import Region, candidates, regions
from .facts import Form
from .fitting import fitting
from .forms import answer_form, header_answer
from .grounded import about_topics, answer_act
from .language import check_language
from .phrasing import plain_form
from .question import check_question, with_capitals
from .reader import Reader, shipped_reader
from .reader.likeness import Likeness
from .reader.support import keys, terms
from .settings import Settings
from .shipped import add_shipped_articles
from .small_talk import converse
from .spelling import corrected, dictionary, words_of
from .understanding import Act, Understanding, understand
from .writer import Writer, make_writer

READ_SPANS = 6
ABOUT_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a streamed answer stands: the stage and the text so far."""

    stage: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """One question of a batch; ``history`` are the earlier questions of the same chat."""

    id: str
    question: str
    history: tuple[str, ...] = ()


class Assistant:
    """Answers questions about the articles of a library, with exact citations.

    ``library`` is an open Library, a folder, or None for the one in the settings; the articles
    shipped with the program are put into a new library. Raises LibraryError where the library
    cannot be opened. Safe to use from several threads; an answer depends on nothing but the
    call's arguments and the library.
    """

    def __init__(
        self,
        library: Library | Path | str | None = None,
        settings: Settings | None = None,
        reader: Reader | None = None,
    ) -> None:
        self.settings = settings or Settings()
        self._owns_library = not isinstance(library, Library)
        self.library = (
            library
            if isinstance(library, Library)
            else Library(Path(library) if library is not None else self.settings.library)
        )
        if self._owns_library:
            add_shipped_articles(self.library)
        self._reader = reader or shipped_reader()
        self._likeness = Likeness(self.library.embed)
        self._writer = make_writer(self.settings.llm, self.library.embed, self._reader)

    def __enter__(self) -> Assistant:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the library, if this assistant opened it."""
        if self._owns_library:
            self.library.close()

    def prepare(self) -> None:
        """Load what the first question would otherwise wait for: networks, words, the model.

        What cannot be loaded now is told when it is asked for.
        """
        self.library.embed(["."])
        dictionary()
        self._words(None)
        if self._writer is not None:
            self._writer.prepare()

    @property
    def threshold(self) -> float:
        """The confidence under which a question is refused."""
        set_by_user = self.settings.refusal_threshold
        return self._reader.searched_threshold if set_by_user is None else set_by_user

    def ask(
        self,
        question: str,
        history: Sequence[Turn | str] = (),
        documents: Sequence[str] | None = None,
    ) -> Answer:
        """Answer one question.

        ``history`` are the chat's earlier turns, or only their questions, oldest first;
        ``documents`` limits the answer to these document ids. Raises QuestionError for a blank
        or over-long question and LibraryError for an unknown document.
        """
        last = list(self.stream(question, history, documents))[-1]
        assert isinstance(last, Answer)  # noqa: S101 - the stream's contract
        return last

    def stream(
        self,
        question: str,
        history: Sequence[Turn | str] = (),
        documents: Sequence[str] | None = None,
        passages: int | None = None,
        reader_only: bool = False,
    ) -> Iterator[Progress | Answer]:
        """The same answer as it comes about: stages, growing text, and the Answer last.

        ``passages`` are read instead of as many as the settings say; ``reader_only`` leaves a
        language model out that is set up.
        """
        asked = check_question(question)
        clock = Clock()
        yield Progress("understanding")
        turns = self._turns(history, documents)
        writer = None if reader_only else self._writer
        typed = corrected(asked, lambda: self._words(documents))
        plain = plain_form(typed)
        understanding = understand(plain, turns, writer.rewrite if writer else None)
        understood = typed if understanding.question == plain else understanding.question
        clock.stage("understanding")
        depth = passages or self.settings.passages
        steps = self._answer(understanding, turns, documents, clock, depth, writer)
        answer: Answer | None = None
        for step in steps:
            if isinstance(step, Answer):
                answer = step
            else:
                yield step
        assert answer is not None  # noqa: S101 - every branch of _answer ends in one
        yield Progress("checking", answer.text)
        answer = replace(
            answer,
            question=question,
            understood_as=understood,
            seconds=clock.stage("checking"),
        )
        yield check_answer(answer, lambda identity: self.library.read(identity).text)

    def _answer(
        self,
        understanding: Understanding,
        turns: Sequence[Turn],
        documents: Sequence[str] | None,
        clock: Clock,
        depth: int,
        writer: Writer | None,
    ) -> Iterator[Progress | Answer]:
        articles = self._articles(documents)
        if understanding.act is not Act.QUESTION:
            reply = converse(understanding.act, [a.metadata.title for a in articles])
            if reply is not None:
                yield Answer(understanding.question, reply, Outcome.CONVERSATION)
                return
            yield Progress("reading")
            last = turns[-1] if turns else None
            acted = answer_act(understanding, articles, last, self.library.embed)
            if acted is not None:
                clock.stage("reading")
                yield acted
                return
        question = understanding.question
        check_language(question)
        header = header_answer(question, articles)
        if header is not None:
            yield header
            return
        yield Progress("searching")
        ranked = self.library.search(question, depth, documents)
        clock.stage("searching")
        yield Progress("reading")
        last = turns[-1] if turns else None
        if writer is None:
            answer = self._read(question, understanding, ranked, articles, last)
            clock.stage("reading")
            for end in range(1, len(answer.statements) + 1):
                yield Progress("writing", " ".join(s.text for s in answer.statements[:end]))
        else:
            yield Progress("writing")
            with ThreadPoolExecutor(1, "reading") as beside:
                # The model's server is asked at once; the reader's own answer is ready by the time
                # that the model has written its first sentence.
                reading = beside.submit(self._read, question, understanding, ranked, articles, last)
                for written in writer.stream(question, ranked, self.library.read, reading.result):
                    answer = written
                    yield Progress("writing", answer.text)
        clock.stage("writing")
        yield answer

    def _read(
        self,
        question: str,
        understanding: Understanding,
        ranked: Sequence[RankedPassage],
        articles: Sequence[Document],
        last: Turn | None,
    ) -> Answer:
        """The embedded reader's answer from the passages found."""
        read = regions(ranked, self.library.read)
        question = with_capitals(question, [region.text for region in read])
        readings = self._reader.read(
            question,
            [region.text for region in read],
            count=READ_SPANS,
            known=[known_words(region) for region in read],
        )
        form = Form(
            question,
            read,
            fitting(question, candidates(readings, read), self._likeness),
            self.threshold,
            len(articles),
            self._likeness,
            _cited(last) if understanding.changed and last else frozenset(),
        )
        answer = answer_form(form)
        if not understanding.subject or _speaks_of(answer, understanding.subject):
            return answer
        return about_topics(
            question,
            (understanding.subject,),
            articles,
            self.library.embed,
            ABOUT_SENTENCES,
            set(),
        )

    def _articles(self, documents: Sequence[str] | None) -> list[Document]:
        wanted = documents or [summary.id for summary in self.library.documents()]
        return [self.library.read(identity) for identity in wanted]

    def _words(self, documents: Sequence[str] | None) -> Mapping[str, str]:
        """The words of the articles asked, as they write them, by their small letters."""
        found: dict[str, str] = {}
        for article in self._articles(documents):
            for low, word in words_of(article.text).items():
                if low not in found or word.islower():
                    found[low] = word
        return found

    def _turns(self, history: Sequence[Turn | str], documents: Sequence[str] | None) -> list[Turn]:
        """The history with the answers to questions that came without one."""
        turns: list[Turn] = []
        for item in history:
            if isinstance(item, Turn):
                turns.append(item)
            elif item.strip():
                turns.append(Turn(item, self.ask(item, turns, documents)))
        return turns

    def ask_many(
        self, queries: Iterable[Query], documents: Sequence[str] | None = None
    ) -> Iterator[tuple[Query, Answer]]:
        """Answer a batch in order, each question by itself."""
        for query in queries:
            yield query, self.ask(query.question, query.history, documents)

    async def aask(
        self,
        question: str,
        history: Sequence[Turn | str] = (),
        documents: Sequence[str] | None = None,
    ) -> Answer:
        """As ``ask``, without blocking the event loop."""
        return await asyncio.to_thread(self.ask, question, history, documents)

    async def astream(
        self,
        question: str,
        history: Sequence[Turn | str] = (),
        documents: Sequence[str] | None = None,
    ) -> AsyncIterator[Progress | Answer]:
        """As ``stream``, without blocking the event loop."""
        steps = self.stream(question, history, documents)
        while (step := await asyncio.to_thread(next, steps, None)) is not None:
            yield step

    def examples(self, documents: Sequence[str] | None = None, count: int = 4) -> list[str]:
        """Questions that the articles in hand answer, made from their own words."""
        from .examples import example_questions

        wanted = documents or [summary.id for summary in self.library.documents()]
        return example_questions([self.library.read(each) for each in wanted[:2]], count)


def _cited(turn: Turn) -> frozenset[tuple[str, int]]:
    return frozenset((c.document, c.start) for c in turn.answer.citations)


def _speaks_of(answer: Answer, subject: str) -> bool:
    """Whether an answer's sentences hold any of a subject's words."""
    wanted = {term.key for term in terms(subject)}
    told = keys(" ".join(citation.quote for citation in answer.citations))
    return answer.answered and (not wanted or bool(wanted & told))


def known_words(region: Region) -> str:
    """What is said of a region outside it: its document's title."""
    return region.document.metadata.title


class Clock:
    """Time spent by stage, in seconds."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self._spent: dict[str, float] = {}

    def stage(self, name: str) -> dict[str, float]:
        """Book the time since the last call under ``name``; returns all that is booked."""
        now = time.perf_counter()
        self._spent[name] = self._spent.get(name, 0.0) + now - self._last
        self._last = now
        return dict(self._spent)
