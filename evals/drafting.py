"""A first set of questions from an article, for a person to correct: ``evals new ARTICLE``.

Rules alone write it, so it reads stiffly; what it saves is the finding of answers and evidence.
"""

from __future__ import annotations

import itertools
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.attribution import speaker_of
from assistant.understanding.questions import unfold
from index import Document, Kind, Library

from .questions import Question

NAME = r"[A-Z][\w’'-]+(?: (?:(?:of|de|van|von|al) )?[A-Z][\w’'-]+)+"
SUBJECT = re.compile(rf"^(?P<who>(?:The )?{NAME}) (?P<rest>(?:\w+ed|is|was|has|had|will|may)\b.+)$")
COUNTED = re.compile(
    r"(?<![\w.,$€£-])"
    r"(?P<number>\d[\d,.]*\d|\d|\w+teen|two|three|four|five|six|seven|eight|nine|ten|dozens of)"
    r" (?P<noun>(?!thirds|fifths|quarters|million|billion|trillion|hundred|thousand)[a-z]{4,})\b"
)
MONTHS = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DATED = re.compile(
    rf",? ?\b(?:on|in|since|by) (?P<date>(?:\d{{1,2}} )?{MONTHS}(?: \d{{1,2}})?(?:,? \d{{4}})?"
    r"|(?:19|20)\d{2})\b"
)
PLACED = re.compile(
    rf" (?P<where>(?:in|near|at|outside) (?:the )?(?!{MONTHS})(?P<place>{NAME}|[A-Z][a-z]{{3,}}))\b"
    # Not where it is part of a longer name or the subject of a verb.
    r"(?=[,.;]| (?:and|to|on|in|at|by|after|before|for|with|when|where|since|because|during)\b|$)"
)
REASON = re.compile(r"^(?P<what>[^,;]+?),? (?P<why>(?:because|in order to|so that)\b [^.;]+)", re.I)
LISTED = re.compile(
    rf"\b(?P<one>{NAME}|[A-Z]\w+), (?P<two>{NAME}|[A-Z]\w+) and (?P<three>{NAME}|[A-Z]\w+)\b"
)
AUXILIARY = "was|were|is|are|has|have|had|will|can|could|would|must|should"
STATED = re.compile(
    rf"^(?P<who>(?:(?:The|A|An|Its|Their) [\w ’'-]{{3,40}}?|{NAME}|[A-Z]\w+))"
    rf"(?P<aside>, [^,;]{{2,60}},)? (?P<verb>{AUXILIARY}|\w+) (?P<rest>.+)$"
)
BASE_FORMS = {
    "began": "begin", "bought": "buy", "broke": "break", "brought": "bring", "built": "build",
    "called": "call", "came": "come", "closed": "close", "died": "die", "fell": "fall",
    "found": "find", "gave": "give", "got": "get", "grew": "grow", "held": "hold",
    "joined": "join", "kept": "keep", "knew": "know", "left": "leave", "lost": "lose",
    "made": "make", "met": "meet", "moved": "move", "named": "name", "opened": "open",
    "paid": "pay", "passed": "pass", "played": "play", "put": "put", "ran": "run",
    "reached": "reach", "rose": "rise", "saw": "see", "scored": "score", "sent": "send",
    "set": "set", "sold": "sell", "sorted": "sort", "spent": "spend", "spoke": "speak",
    "started": "start", "stole": "steal", "stood": "stand", "taught": "teach", "told": "tell",
    "took": "take", "travelled": "travel", "voted": "vote", "went": "go", "won": "win",
    "worked": "work", "works": "work", "wrote": "write",
}  # fmt: skip
RELATIVE = re.compile(r",? \b(?:which|who|whose|where|that)\b [^,]*$")
HEDGED = re.compile(r"^(?:may|might|could)\b")
MOST_OF_A_TYPE = 4
LEAST_WORDS = 4
MOST_WORDS = 30
FIGURE = re.compile(
    # No year, no day of a month, no time of the day.
    rf"(?<![\w.,:-])(?<!{' )(?<!'.join(MONTHS[3:-1].split('|'))} )(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,3}})"
    rf"(?![\w.,:-]\w|\w)(?! {MONTHS})"
)
POINTING = {"It", "They", "He", "She", "There", "This", "That", "These", "Those", "His", "Her"}
OPENERS = set(
    "the a an its their some many most all no in on at two three four five six seven eight nine ten"
    " after before since until during with as for by from when while once if although".split()
)
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
    text = " ".join(line.text for line in lines)
    found["yes-no"] = [
        *itertools.islice(_confirmed(lines, text), 2),
        *itertools.islice(_denied(lines, text), 2),
    ]
    found["unanswerable"] = list(_untold(text))
    found["false-premise"] = [
        Question("", "false-premise", f"Why is it that {false}?", answerable=False)
        for false, _ in _falsified(lines, text, from_end=True)
    ][:MOST_OF_A_TYPE]
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
        around = re.split(
            rf"\W*\b{re.escape(line.speaker)}\b.{{0,12}}?\b(?:said|says)\b(?: that)?", text
        )
        said = max((part.strip(" ,.“”\"'") for part in around), key=len)
        if _is_saying(said, text):
            yield make("who-said", f"Who said: {said}?", line.speaker)
    bare = text.rstrip(".!? ")
    if text.split()[0] in POINTING:
        return
    if match := SUBJECT.match(bare):
        kind = "hedged" if HEDGED.match(match["rest"]) else "who"
        yield make(kind, f"Who {match['rest']}?", match["who"].removeprefix("The "))
    if match := COUNTED.search(bare):
        rest = bare[match.end("noun") :].strip(" ,")
        start = bare[: match.start()].strip(" ,")
        question = f"How many {match['noun']} {rest}" if not start else None
        question = question or f"How many {match['noun']}: “{start} … {match['noun']} {rest}”"
        yield make("number", f"{question}?", match["number"], f"{match['number']} {match['noun']}")
    if (match := DATED.search(bare)) and not RELATIVE.search(bare[: match.start()]):
        rest = f"{bare[: match.start()]}{bare[match.end() :]}"
        yield make("when", _opened("When", rest), match["date"])
    if (match := PLACED.search(bare)) and not RELATIVE.search(bare[: match.start()]):
        rest = f"{bare[: match.start()]}{bare[match.end() :]}"
        yield make("where", _opened("Where", rest), match["place"])
    if (match := REASON.match(bare)) and not re.search(r"[“”\"]", bare):
        yield make("why", _opened("Why", match["what"]), match["why"])
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


def _opened(word: str, statement: str) -> str:
    """A statement as a question behind When, Where or Why; quoted where its verb is not known."""
    statement = statement.strip(" ,")
    match = STATED.match(statement)
    if match and not re.search(r"[“”\"]", statement):
        subject, verb, rest = match["who"], match["verb"], match["rest"]
        if subject.startswith(("The ", "A ", "An ", "Its ", "Their ")):
            subject = subject[0].lower() + subject[1:]
        if re.fullmatch(AUXILIARY, verb):
            return f"{word} {verb} {subject} {rest}?"
        if verb in BASE_FORMS:
            helper = "does" if verb.endswith("s") and verb != "passed" else "did"
            return f"{word} {helper} {subject} {BASE_FORMS[verb]} {rest}?"
        helper, stem = unfold(verb)
        if stem and (helper == "does" or verb.endswith("ed")):
            return f"{word} {helper} {subject} {stem} {rest}?"
    return f"{word}: “{statement}”?"


def _stands_alone(line: Line) -> bool:
    """Whether a sentence can be understood without the ones before it, and is soon read."""
    words = line.text.split()
    return not line.speaker and words[0] not in POINTING and LEAST_WORDS < len(words) < MOST_WORDS


def _inside(statement: str, text: str) -> str:
    """The statement as it stands inside another sentence: its first word small, unless a name."""
    first, _, rest = statement.partition(" ")
    if first.lower() in OPENERS or (
        not re.match(NAME, statement) and re.search(rf"\b{re.escape(first.lower())}\b", text)
    ):
        return f"{first.lower()} {rest}"
    return statement


def _is_saying(said: str, text: str) -> bool:
    """Whether what is left of a sentence without its speaker is a whole saying."""
    balanced = said.count("“") == said.count("”") and said.count('"') % 2 == 0
    told = not re.search(r"\b(?:said|says|called|told)\b", said)
    return balanced and told and said != text.strip(" ,.") and len(said.split()) >= LEAST_WORDS


def _confirmed(lines: list[Line], text: str) -> Iterator[Question]:
    """Questions to be answered yes, about sentences that stand by themselves."""
    changed = {line.text for _, line in itertools.islice(_falsified(lines, text), 2)}
    for line in lines:
        if _stands_alone(line) and line.text not in changed:
            asked = f"Is it true that {_inside(line.text.rstrip('.!? '), text)}?"
            yield Question("", "yes-no", asked, True, ("yes",), (), (line.text,))


def _denied(lines: list[Line], text: str) -> Iterator[Question]:
    """Questions to be answered no, about sentences of which a number or a name was changed."""
    for false, line in _falsified(lines, text):
        asked = f"Is it true that {false}?"
        yield Question("", "yes-no", asked, True, ("no",), (), (line.text,))


def _falsified(lines: list[Line], text: str, from_end: bool = False) -> Iterator[tuple[str, Line]]:
    """Sentences that the article does not say: one of its numbers, or who did it, is another."""
    names = list(
        dict.fromkeys(match["who"] for line in lines if (match := SUBJECT.match(line.text)))
    )
    numbers, subjects = [], []
    for line in lines:
        bare = line.text.rstrip(".!? ")
        if not _stands_alone(line):
            continue
        if match := FIGURE.search(bare):
            wrong = f"{int(match.group().replace(',', '')) * 3 + 1:,}"
            if wrong not in text:
                false = f"{bare[: match.start()]}{wrong}{bare[match.end() :]}"
                numbers.append((_inside(false, text), line))
                continue
        if match := SUBJECT.match(bare):
            other = next((n for n in names if n not in bare), "")
            if other:
                subjects.append((f"{other} {match['rest']}", line))
    # One of each kind in turn, so that an article without figures has some too.
    mixed = [one for pair in itertools.zip_longest(numbers, subjects) for one in pair if one]
    yield from reversed(mixed) if from_end else mixed


def _follow_ups(said: list[Question]) -> Iterator[Question]:
    for question in said[:3]:
        yield replace(
            question,
            type="follow-up",
            question="Who said that?",
            history=(question.question.removeprefix("Who said: "),),
            full=question.question,
        )
