"""A first set of questions from an article, for a person to correct: ``evals new ARTICLE``.

Rules alone write it, so it reads stiffly; what it saves is the finding of answers and evidence.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.attribution import speaker_of
from index import Document, Kind, Library

from .questions import Question

NAME = r"[A-Z][\w’'-]+(?: (?:(?:of|de|van|von|al) )?[A-Z][\w’'-]+)+"
SUBJECT = re.compile(rf"^(?P<who>(?:The )?{NAME}) (?P<rest>(?:\w+ed|is|was|has|had|will|may)\b.+)$")
COUNTED = re.compile(
    r"(?<![\w.,$€£-])"
    r"(?P<number>\d[\d,.]*\d|\d|\w+teen|two|three|four|five|six|seven|eight|nine|ten|dozens of)"
    r" (?P<noun>[a-z]{4,}(?: [a-z]{4,})?)"
)
MONTHS = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DATED = re.compile(
    rf",? ?\b(?:on|in|since|by) (?P<date>(?:\d{{1,2}} )?{MONTHS}(?: \d{{1,2}})?(?:,? \d{{4}})?"
    r"|(?:19|20)\d{2})\b"
)
PLACED = re.compile(
    rf" (?P<where>(?:in|near|at|outside) (?:the )?(?!{MONTHS})(?P<place>{NAME}|[A-Z][a-z]{{3,}}))\b"
)
REASON = re.compile(r"^(?P<what>[^,;]+?),? (?P<why>(?:because|in order to|so that)\b [^.;]+)", re.I)
LISTED = re.compile(
    rf"\b(?P<one>{NAME}|[A-Z]\w+), (?P<two>{NAME}|[A-Z]\w+) and (?P<three>{NAME}|[A-Z]\w+)\b"
)
MOST_OF_A_TYPE = 6
ELSEWHERE = ("Lake Titicaca", "the Suez Canal", "the Eiffel Tower", "Antarctica")
UNTOLD = (
    "How much did {name} earn last year?",
    "What is the telephone number of {name}?",
    "When was {name} in {elsewhere}?",
    "What did {name} say about {elsewhere}?",
)
NOTE = "Draft: check the wording and the answers."


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the article with who says it, or an empty string."""

    text: str
    speaker: str


def draft_questions(path: Path) -> list[Question]:
    """Questions on an article's file: several types, some without an answer, evidence filled in.

    Every answer and all evidence stand in the article. Raises LibraryError where the file cannot
    be read as an article.
    """
    with (
        tempfile.TemporaryDirectory(prefix="footnote-", ignore_cleanup_errors=True) as folder,
        Library(Path(folder) / "library") as library,
    ):
        document = library.add(path).document
    return questions_on(document, path.name)


def questions_on(document: Document, article: str) -> list[Question]:
    """The draft for a document; ``article`` is the file's name."""
    lines = _lines(document)
    found: dict[str, list[Question]] = {}
    for question in (*_header(document), *(q for line in lines for q in _asked(line))):
        kept = found.setdefault(question.type, [])
        if len(kept) < MOST_OF_A_TYPE and all(q.question != question.question for q in kept):
            kept.append(question)
    found["unanswerable"] = list(_untold(" ".join(line.text for line in lines)))
    found["false-premise"] = list(_false(found.get("number", [])))
    found["follow-up"] = list(_follow_ups(found.get("who-said", [])))
    found["summary"] = [
        Question("", "summary", "What is the article about?", evidence=(lines[0].text,))
    ] if lines else []  # fmt: skip
    return [
        replace(question, id=f"{kind}-{number}", articles=(article,), note=NOTE)
        for kind, questions in found.items()
        for number, question in enumerate(questions, 1)
    ]


def _lines(document: Document) -> list[Line]:
    body = [s for s in document.sentences if s.kind is Kind.BODY]
    texts = [document.text[s.start : s.end] for s in body]
    return [Line(text, speaker_of(texts, place)) for place, text in enumerate(texts)]


def _header(document: Document) -> Iterator[Question]:
    facts = document.metadata
    evidence = {s.kind: document.text[s.start : s.end] for s in reversed(document.sentences)}
    if facts.author and Kind.AUTHOR in evidence:
        quoted = (evidence[Kind.AUTHOR],)
        yield Question("", "who", "Who wrote this article?", True, (facts.author,), (), quoted)
    if facts.date and Kind.DATE in evidence:
        quoted = (evidence[Kind.DATE],)
        day = facts.date[:10]
        yield Question("", "when", "When was the article published?", True, (day,), (), quoted)


def _asked(line: Line) -> Iterator[Question]:
    """The questions that a sentence answers, one at most of each type."""
    text = line.text

    def make(kind: str, question: str, *answers: str) -> Question:
        return Question("", kind, " ".join(question.split()), True, answers, (), (text,))

    if line.speaker:
        said = re.sub(
            rf"\W*\b{re.escape(line.speaker)}\b.{{0,12}}?\b(?:said|says)\b(?: that)?", "", text
        )
        said = said.strip(" ,.“”\"'")
        if said and said != text.strip(" ,."):
            yield make("who-said", f"Who said: {said}?", line.speaker)
    bare = text.rstrip(".!? ")
    if match := SUBJECT.match(bare):
        yield make("who", f"Who {match['rest']}?", match["who"].removeprefix("The "))
    if match := COUNTED.search(bare):
        rest = bare[match.end("noun") :].strip(" ,")
        start = bare[: match.start()].strip(" ,")
        question = f"How many {match['noun']} {rest}" if not start else None
        question = question or f"How many {match['noun']}: “{start} … {match['noun']} {rest}”"
        yield make("number", f"{question}?", match["number"], f"{match['number']} {match['noun']}")
    if match := DATED.search(bare):
        yield make("when", f"When: “{bare[: match.start()]}{bare[match.end() :]}”?", match["date"])
    if match := PLACED.search(bare):
        asked = f"Where: “{bare[: match.start()]}{bare[match.end() :]}”?"
        yield make("where", asked, match["place"])
    if match := REASON.match(bare):
        yield make("why", f"Why: “{match['what']}”?", match["why"])
    if match := LISTED.search(bare):
        left_out = f"{bare[: match.start()]}…{bare[match.end() :]}"
        items = tuple((match[group],) for group in ("one", "two", "three"))
        yield Question("", "list", f"Which three: “{left_out}”?", True, (), items, (text,))


def _untold(text: str) -> Iterator[Question]:
    """Questions about the article's names that it does not answer."""
    names = list(dict.fromkeys(re.findall(NAME, text)))
    elsewhere = [place for place in ELSEWHERE if place not in text]
    for number, name in enumerate(names[: len(UNTOLD)]):
        place = elsewhere[number % len(elsewhere)] if elsewhere else "the moon"
        asked = UNTOLD[number].format(name=name, elsewhere=place)
        yield Question("", "unanswerable", asked, answerable=False)


def _false(numbers: list[Question]) -> Iterator[Question]:
    """Questions that take a changed number for granted."""
    for question in numbers[:3]:
        right = question.answers[0].replace(",", "")
        if right.isdigit():
            wrong = f"{int(right) * 3 + 1:,}"
            stated = question.evidence[0].replace(question.answers[0], wrong).rstrip(".!? ")
            yield Question("", "false-premise", f"Why: “{stated}”?", answerable=False)


def _follow_ups(said: list[Question]) -> Iterator[Question]:
    for question in said[:3]:
        yield replace(
            question,
            type="follow-up",
            question="Who said that?",
            history=(question.question.removeprefix("Who said: "),),
            full=question.question,
        )
