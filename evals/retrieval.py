"""How well a ranking of passages finds what a question needs, on any set with judged texts."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from index import Library, Metadata
from index.document import Passage

from . import statistics
from .adapters.beir import RetrievalSet
from .distractors import write_distractors
from .examples import Example
from .judge import locate_evidence
from .measures import RankingScores, ranking_scores
from .paragraphs import paragraph_library
from .run import open_library
from .sources import article_names, load_sets, shipped_questions
from .statistics import Figure

Ranker = Callable[[str], Sequence[Passage]]
Progress = Callable[[int, int], None]
MEASURES = {
    "recall@1": "recall_at_1",
    "recall@5": "recall_at_5",
    "recall@20": "recall_at_20",
    "MRR": "reciprocal_rank",
    "nDCG@10": "ndcg_at_10",
}


@dataclass(frozen=True, slots=True)
class Task:
    """Questions over a library, and which texts each passage belongs to.

    ``wanted`` are for each question the ids of the texts that answer it with their relevance,
    ``texts`` the ids of the texts a passage holds. ``ids`` are the questions' own ids, where
    there are any: a text of the same id is the question itself and left out, as in BEIR.
    """

    library: Library
    questions: tuple[str, ...]
    wanted: tuple[Mapping[str, int], ...]
    texts: Callable[[Passage], Sequence[str]]
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Retrieval:
    """A ranker's figures on a task; ``seconds`` is the time of one question."""

    name: str
    figures: dict[str, Figure]
    scores: tuple[RankingScores, ...]
    seconds: Figure


@contextmanager
def paragraph_task(examples: Sequence[Example]) -> Iterator[Task]:
    """Answerable questions of a reading set; a question wants its own paragraph."""
    answerable = [example for example in examples if example.answerable]
    with paragraph_library(examples) as (library, paragraphs):
        yield Task(
            library,
            tuple(example.question for example in answerable),
            tuple({example.context: 1} for example in answerable),
            paragraphs.of,
        )


@contextmanager
def shipped_task(distractors: int = 100) -> Iterator[Task]:
    """The shipped questions with evidence, over all shipped articles and some made-up ones.

    A question wants the passages that hold its evidence; a follow-up is asked in its full form.
    """
    questions, articles = load_sets(shipped_questions())
    names = article_names(questions)
    with tempfile.TemporaryDirectory(prefix="footnote-") as folder:
        extra = write_distractors(Path(folder), distractors)
        with open_library(names, replace(articles, extra=extra)) as library:
            passages = [
                passage
                for summary in library.documents()
                for passage in library.read(summary.id).passages
                if passage.searchable
            ]
            documents = [library.read(summary.id) for summary in library.documents()]
            asked: dict[str, dict[str, int]] = {}
            for question in questions:
                evidence, _ = locate_evidence(question, documents)
                wanted = {
                    passage.id: 1
                    for passage in passages
                    if any(e.meets(passage.document, passage.start, passage.end) for e in evidence)
                }
                if wanted and question.answerable:
                    asked.setdefault(question.full or question.question, wanted)
            yield Task(library, tuple(asked), tuple(asked.values()), lambda passage: [passage.id])


@contextmanager
def beir_task(found: RetrievalSet, progress: Progress | None = None) -> Iterator[Task]:
    """A BEIR set, every text one document of a temporary library."""
    texts: dict[str, list[str]] = {}
    with (
        tempfile.TemporaryDirectory(prefix="footnote-", ignore_cleanup_errors=True) as folder,
        Library(Path(folder) / "library") as library,
    ):
        for number, (identity, (title, text)) in enumerate(found.corpus.items(), 1):
            if not text.strip() and not title.strip():
                continue
            metadata = Metadata(title=title, source=identity)
            document = library.add_text(text if text.strip() else title, metadata).document
            # Two texts may be the same words: the document then stands for both.
            texts.setdefault(document.id, []).append(identity)
            if progress:
                progress(number, len(found.corpus))
        yield Task(
            library,
            tuple(found.queries.values()),
            tuple(found.relevant[query] for query in found.queries),
            lambda passage: texts.get(passage.document, ()),
            tuple(found.queries),
        )


def measure(name: str, rank: Ranker, task: Task, progress: Progress | None = None) -> Retrieval:
    """Ask every question of a task, and score the order of the texts found.

    A text counts where its first passage stands, and once.
    """
    scores: list[RankingScores] = []
    spent: list[float] = []
    own = task.ids or [""] * len(task.questions)
    for question, wanted, identity in zip(task.questions, task.wanted, own, strict=True):
        clock = time.perf_counter()
        passages = rank(question)
        spent.append(time.perf_counter() - clock)
        order = dict.fromkeys(text for passage in passages for text in task.texts(passage))
        order.pop(identity, None)
        found = [frozenset({text}) for text in order]
        scores.append(ranking_scores(found, frozenset(wanted), wanted))
        if progress:
            progress(len(scores), len(task.questions))
    figures = {
        label: statistics.mean([getattr(score, field) for score in scores])
        for label, field in MEASURES.items()
    }
    return Retrieval(name, figures, tuple(scores), statistics.mean(spent))
