"""A small run on an article of three sentences, judged by hand."""

from __future__ import annotations

from assistant.answers import Answer, Citation, Outcome, Statement
from evals.judge import judge, locate_evidence
from evals.questions import Question
from evals.results import Result, Run
from index.document import Document, Metadata, Passage, RankedPassage, Sentence

SENTENCES = (
    "Ana Ruiz built the mill in 1840.",
    "It may have ground 30 tonnes of corn a week.",
    "The river froze in the <b>cold</b> winter of 1855.",
)


def make_document() -> Document:
    text = " ".join(SENTENCES)
    places, place = [], 0
    for sentence in SENTENCES:
        places.append(Sentence(place, place + len(sentence)))
        place += len(sentence) + 1
    passage = Passage("mill", 0, text, 0, len(text), "", tuple(places), Metadata("The mill"))
    return Document("mill", passage.metadata, (passage,))


DOCUMENT = make_document()


def make_answer(question: str, sentence: int | None, short: str, confidence: float) -> Answer:
    if sentence is None:
        return Answer(question, "The article does not say.", Outcome.REFUSED, None, confidence)
    span = DOCUMENT.sentences[sentence]
    quote = SENTENCES[sentence]
    return Answer(
        question,
        f"{quote} [1]",
        Outcome.ANSWERED,
        short,
        confidence,
        (Citation(1, "mill", "The mill", "mill.md", quote, span.start, span.end),),
        (Statement(quote, (1,)),),
        understood_as=question,
        seconds={"searching": 0.01, "reading": 0.05},
    )


def make_result(question: Question, answer: Answer, full: Answer | None = None) -> Result:
    evidence, missing = locate_evidence(question, [DOCUMENT])
    ranked = [RankedPassage(DOCUMENT.passages[0], 1.0, 1, 1)]
    return judge(question, answer, 0.06, [DOCUMENT], evidence, missing, ranked, full)


WHO = Question("who", "who", "Who built the mill?", True, ("Ana Ruiz",), (), (SENTENCES[0],))
WHEN = Question(
    "when",
    "when",
    "And when?",
    True,
    ("1840",),
    (),
    (SENTENCES[0],),
    ("Who built the mill?",),
    "When was the mill built?",
)
NONE = Question("none", "unanswerable", "Who bought the mill?", answerable=False)
WRONG = Question(
    "wrong", "when", "When did <i>it</i> freeze?", True, ("1856",), (), (SENTENCES[2],)
)


def make_run(name: str = "test", when_right: bool = True) -> Run:
    when = make_answer("And when?", 0 if when_right else None, "1840", 0.8)
    results = (
        make_result(WHO, make_answer("Who built the mill?", 0, "Ana Ruiz", 0.9)),
        make_result(WHEN, when, make_answer("When was the mill built?", 0, "1840", 0.9)),
        make_result(NONE, make_answer("Who bought the mill?", None, "", 0.1)),
        make_result(WRONG, make_answer("When did <i>it</i> freeze?", 2, "1855", 0.7)),
    )
    return Run(name, "2024-01-01T00:00:00+00:00", 1.5, {"passages": 8}, "f" * 16, results)
