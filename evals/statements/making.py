"""Statements about articles, each with the sentence it cites and whether it is true."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

from assistant.verification import Source, source_at
from corpus import articles
from index.article import label
from index.loading import load
from index.sentences import split_sentences

from .breaks import BREAKS, Setting
from .paraphrases import PARAPHRASES, from_question

SEED = 20240601
SHORTEST, LONGEST = 40, 320
BY_HAND = Path(__file__).parent / "by_hand.jsonl"
EXTRA = Path(__file__).parents[1] / "articles"


@dataclass(frozen=True, slots=True)
class Article:
    """The sentences of one text; ``questions`` are asked about it, each with its answer and the
    sentence that holds it."""

    name: str
    title: str
    sentences: tuple[str, ...]
    group: str
    questions: tuple[tuple[str, str, int], ...] = ()

    @property
    def held_out(self) -> bool:
        """Whether thresholds were chosen without it; one half of the texts, by a hash."""
        return crc32(self.name.encode()) % 2 == 1


@dataclass(frozen=True, slots=True)
class Made:
    """A statement citing one sentence; ``broken`` is the kind of break, "" for a true one.

    ``form`` is the kind of paraphrase; ``right`` is the sentence that carries the statement.
    """

    article: Article
    text: str
    form: str
    broken: str
    cited: int
    right: int


def shipped_articles() -> list[Article]:
    """The articles that ship, and those beside the question sets."""
    paths = [*articles(), *sorted(EXTRA.glob("*.md")), *sorted(EXTRA.glob("*.txt"))]
    found = []
    for path in paths:
        loaded = load(path)
        labelled = label(loaded.text, loaded.metadata)
        words = tuple(
            _one_line(loaded.text[s.start : s.end])
            for s in labelled.sentences
            if s.kind.value == "body"
        )
        found.append(Article(path.name, labelled.metadata.title, words, "shipped"))
    return found


def reading_articles(path: Path, count: int, skip: frozenset[str] = frozenset()) -> list[Article]:
    """Paragraphs of a question set in the format of SQuAD's rows, ``count`` of each source.

    ``path`` is a .jsonl or .jsonl.gz file of ``context``, ``question``, ``answers`` and
    ``source``; nothing of it is kept.
    """
    rows: dict[tuple[str, str], list[dict[str, object]]] = {}
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        for line in lines:
            row = json.loads(line)
            if row["source"] not in skip:
                rows.setdefault((row["source"], row["context"]), []).append(row)
    order = sorted(rows, key=lambda key: crc32(key[1].encode()))
    taken: dict[str, int] = {}
    found = []
    for source, context in order:
        if taken.get(source, 0) >= count:
            continue
        taken[source] = taken.get(source, 0) + 1
        spans = split_sentences(context)
        sentences = tuple(_one_line(context[a:b]) for a, b in spans)
        questions = []
        for row in rows[source, context]:
            answers = row["answers"]
            if isinstance(answers, list) and answers:
                first = answers[0]
                place = next((n for n, (a, b) in enumerate(spans) if a <= first["start"] < b), None)
                if place is not None:
                    questions.append((str(row["question"]), str(first["text"]), place))
        name = f"{source}-{crc32(context.encode()):08x}"
        found.append(Article(name, "", sentences, source, tuple(questions)))
    return found


def handwritten(articles_in: Sequence[Article]) -> Iterator[Made]:
    """Statements on the shipped articles written by hand to get past the check, and true ones.

    ``at`` in the file are words of the sentence that a statement cites.
    """
    known = {article.name: article for article in articles_in}
    for line in BY_HAND.read_text("utf-8").splitlines():
        row = json.loads(line)
        article = known[row["article"]]
        place = next(n for n, words in enumerate(article.sentences) if row["at"] in words)
        broken = "" if row["true"] else "written by hand"
        yield Made(article, row["text"], "written by hand", broken, place, place)


def _one_line(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def sources_of(article: Article) -> list[Source]:
    """Every sentence of an article as evidence."""
    return [source_at(article.sentences, n, article.title) for n in range(len(article.sentences))]


def statements(articles_in: Sequence[Article], per_article: int = 12) -> Iterator[Made]:
    """True statements and the broken ones made of them, the same at every run.

    At most ``per_article`` true ones of an article beside the shipped ones; every true one is
    broken in each way that its words allow.
    """
    for article in articles_in:
        draw = random.Random(f"{SEED} {article.name}")
        others = [s for a in articles_in if a is not article for s in a.sentences[:40]][:400]
        true = list(_true(article, draw))
        if article.group != "shipped":
            draw.shuffle(true)
            true = true[:per_article]
        for made in true:
            yield made
            yield from _broken(made, others, draw)


def _true(article: Article, draw: random.Random) -> Iterator[Made]:
    for place, sentence in enumerate(article.sentences):
        if not SHORTEST <= len(sentence) <= LONGEST or not re.search(r"[.]”?\"?$", sentence):
            continue
        if not re.match(r"[A-Z“\"]", sentence) or sentence.count('"') % 2:
            continue
        for form, make in PARAPHRASES.items():
            for text in make(sentence, draw):
                yield Made(article, text, form, "", place, place)
    for question, answer, place in article.questions:
        text = from_question(question, answer)
        if text:
            yield Made(article, text, "in an asker's words", "", place, place)


def _broken(made: Made, others: Sequence[str], draw: random.Random) -> Iterator[Made]:
    setting = Setting(made.article.sentences, made.cited, others)
    for kind, spoil in BREAKS.items():
        text = spoil(made.text, setting, draw)
        if text and text != made.text:
            yield replace(made, text=text, broken=kind)
    far = [
        n
        for n, sentence in enumerate(made.article.sentences)
        if abs(n - made.cited) > 1 and len(sentence) >= SHORTEST
    ]
    if far:
        yield replace(made, broken="wrong citation", cited=draw.choice(far))
