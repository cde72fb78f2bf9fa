"""From question-answering records to training examples, with what the product will meet.

Every example is derived from the records by rules with a fixed seed: paragraphs that look right
but do not hold the answer, paragraphs with the answer's sentence taken out, questions turned
false by swapping a name or a number, questions typed carelessly, and a question with the one
before it.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Example:
    """A question on a context; ``answers`` are (start, end) characters, none if it has none."""

    id: str
    source: str
    title: str
    question: str
    context: str
    answers: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How often each kind of derived example is made, as shares of the answerable questions."""

    other_paragraph: float = 0.24
    sentence_removed: float = 0.09
    swapped: float = 0.16
    careless: float = 0.16
    with_history: float = 0.04


# The share of a source read in one epoch. Reviews, forum threads and policies teach less about
# articles than encyclopedia and news do; long pages cost more than they teach.
SHARES = {
    "squadshifts_amazon": 0.45,
    "squadshifts_reddit": 0.5,
    "fairytaleqa_ds": 0.45,
    "policyqa": 0.7,
    "afriqa_en": 0.7,
    "timeqa_human_easy": 0.6,
    "timeqa_human_hard": 0.6,
    "qamr_wikipedia": 0.7,
}
# Sources whose questions name what they are about, so that another paragraph that looks alike
# does not happen to answer them.
SELF_CONTAINED = frozenset(
    (
        "squad2_dev_half squad2_train_sub_phong squad_sub_emptycity_ds squadshifts_newwiki "
        "tydiqa_en afriqa_en nq_oracle_ds qed qamr_wikipedia qamr_wikinews"
    ).split()
)
# Adversarial unanswerable questions written by people are few and worth more than one look.
ADVERSARIAL_COPIES = 2

WORD = re.compile(r"\w+")
# Names, years and amounts of a question, which a swap can make false.
NAME = re.compile(r"\b[A-Z][\w'’-]*(?:\s+(?:of\s+|the\s+)?[A-Z][\w'’-]*)*")
NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"“A-Z0-9])")
OPENERS = frozenset(
    (
        "what who whom whose which when where why how in on at for by from to of the a an is "
        "are was were did do does has have had can could would will should during after "
        "before with about according if since as under between besides along name into other "
        "than"
    ).split()
)
STOP_WORDS = OPENERS | frozenset(("it its that this these those there and or not be been").split())


def read_records(path: Path) -> list[Example]:
    """The records of a ``.jsonl`` or ``.jsonl.gz`` file of questions.

    Raises ValueError, naming the line, where an answer's span is not its text.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    examples = []
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            record = json.loads(line)
            answers = []
            for answer in record["answers"]:
                start, text = answer["start"], answer["text"]
                if record["context"][start : start + len(text)] != text:
                    raise ValueError(f"{path.name}, line {number}: the answer is not at its start.")
                answers.append((start, start + len(text)))
            examples.append(
                Example(
                    record["id"],
                    record["source"],
                    record["title"],
                    record["question"],
                    record["context"],
                    () if record["is_impossible"] else tuple(dict.fromkeys(answers)),
                )
            )
    return examples


class LookalikeParagraphs:
    """Paragraphs that look as if they answer a question: same article first, then BM25."""

    def __init__(self, examples: Sequence[Example]) -> None:
        groups: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        paragraphs: dict[str, None] = {}
        for example in examples:
            if example.source in SELF_CONTAINED and len(example.context) < 4000:
                paragraphs[example.context] = None
                if example.title:
                    groups[example.source, example.title][example.context] = None
        self._articles = {key: list(group) for key, group in groups.items() if len(group) > 1}
        self._words = sqlite3.connect(":memory:")
        self._words.execute("create virtual table paragraph using fts5(text, tokenize='porter')")
        self._words.executemany(
            "insert into paragraph values (?)", ((text,) for text in paragraphs)
        )

    def draw(self, example: Example, chance: random.Random) -> str | None:
        """A paragraph without any of the answers' words, or None where none was found."""
        article = self._articles.get((example.source, example.title), [])
        if article and chance.random() < 0.5:
            candidates = chance.sample(article, min(6, len(article)))
        else:
            candidates = self._ranked(example.question)
            chance.shuffle(candidates)
        answers = [example.context[start:end].lower() for start, end in example.answers]
        for candidate in candidates:
            lowered = candidate.lower()
            if candidate != example.context and not any(answer in lowered for answer in answers):
                return candidate
        return None

    def _ranked(self, question: str) -> list[str]:
        words = [word for word in WORD.findall(question.lower()) if word not in STOP_WORDS]
        if not words:
            return []
        query = " OR ".join(f'"{word}"' for word in dict.fromkeys(words))
        rows = self._words.execute(
            "select text from paragraph where paragraph match ? order by rank limit 8", (query,)
        )
        return [text for (text,) in rows]


def remove_answer_sentence(example: Example) -> Example | None:
    """The example without the sentences that hold its answers, unanswerable then; else None."""
    bounds = [0, *(match.end() for match in SENTENCE_END.finditer(example.context))]
    spans = list(zip(bounds, [*bounds[1:], len(example.context)], strict=True))
    kept = [
        (start, end)
        for start, end in spans
        if not any(start < stop and begin < end for begin, stop in example.answers)
    ]
    context = "".join(example.context[start:end] for start, end in kept)
    lowered = context.lower()
    if len(kept) < 2 or any(example.context[s:e].lower() in lowered for s, e in example.answers):
        return None
    return replace(example, id=f"{example.id}-removed", context=context, answers=())


def swap_question(example: Example, chance: random.Random) -> Example | None:
    """The question with a name or number exchanged for another of its paragraph, or None.

    After the entity and number swaps of Rajpurkar et al. 2018 (SQuAD 2.0, table 3).
    """
    answers = {example.context[start:end].lower() for start, end in example.answers}
    for pattern in chance.sample((NAME, NUMBER), 2):
        found = [
            match
            for match in pattern.finditer(example.question)
            if match.group().lower() not in STOP_WORDS and match.start() > 0
        ]
        if not found:
            continue
        target = chance.choice(found)
        words = set(target.group().lower().split())
        others = {
            match.group()
            for match in pattern.finditer(example.context)
            if not words & set(match.group().lower().split())
            and match.group().lower() not in STOP_WORDS
            and not any(match.group().lower() in a or a in match.group().lower() for a in answers)
            and match.group() not in example.question
        }
        if others:
            other = chance.choice(sorted(others))
            question = example.question[: target.start()] + other + example.question[target.end() :]
            return replace(example, id=f"{example.id}-swapped", question=question, answers=())
    return None


def type_carelessly(question: str, chance: random.Random) -> str:
    """The question as people type it: no capitals, no question mark, a slip, keywords only."""
    kind = chance.random()
    if kind < 0.45:
        return question.lower().rstrip(" ?.")
    if kind < 0.75:
        letters = list(question)
        places = [i for i in range(1, len(letters) - 2) if letters[i].isalpha()]
        if places:
            place = chance.choice(places)
            slip = chance.random()
            if slip < 0.35:
                letters[place], letters[place + 1] = letters[place + 1], letters[place]
            elif slip < 0.7:
                del letters[place]
            else:
                letters.insert(place, letters[place])
        return "".join(letters)
    words = [word for word in WORD.findall(question) if word.lower() not in STOP_WORDS - {"who"}]
    return " ".join(words).lower() if len(words) >= 2 else question.lower()


def epoch_examples(examples: Sequence[Example], recipe: Recipe, seed: int) -> Iterator[Example]:
    """One epoch of examples, original and derived, in source order (shuffle before use)."""
    chance = random.Random(seed)
    lookalikes = LookalikeParagraphs(examples)
    neighbours: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        neighbours[example.context].append(example.question)
    for example in examples:
        if chance.random() >= SHARES.get(example.source, 1.0):
            continue
        question = example.question
        if chance.random() < recipe.careless:
            question = type_carelessly(question, chance)
        if chance.random() < recipe.with_history:
            question = f"{chance.choice(neighbours[example.context])} {question}"
        shown = replace(example, question=question)
        yield shown
        if not example.answers:
            for _ in range(ADVERSARIAL_COPIES - 1):
                yield example
            continue
        if example.source in SELF_CONTAINED and chance.random() < recipe.other_paragraph:
            paragraph = lookalikes.draw(example, chance)
            if paragraph is not None:
                yield replace(shown, id=f"{example.id}-other", context=paragraph, answers=())
        if chance.random() < recipe.sentence_removed:
            removed = remove_answer_sentence(shown)
            if removed is not None:
                yield removed
        if example.source in SELF_CONTAINED and chance.random() < recipe.swapped:
            swapped = swap_question(example, chance)
            if swapped is not None:
                yield swapped
