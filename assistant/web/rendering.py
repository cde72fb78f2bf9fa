"""Answers, questions and sources as HTML, every word of them escaped.

Everything is written on one line: a Markdown renderer takes a line that opens with a block tag
as it stands, so that nothing in a text is read as Markdown.
"""

from __future__ import annotations

import re
from html import escape

from index import Document, Kind, Sentence

from ..answers import MARKER, Answer, Citation, Outcome

LEVELS = ((0.8, "high"), (0.5, "medium"), (0.0, "low"))
PART = re.compile(r"\n\s*\n|\n")


def words(text: str) -> str:
    """A text as HTML that shows it and does nothing, on one line."""
    lines = [escape(line.strip(), quote=True) for line in text.splitlines()]
    return "<br>".join(line for line in lines if line)


def level(confidence: float) -> str:
    """A confidence in one word: high, medium or low."""
    return next(name for least, name in LEVELS if confidence >= least)


def anchor(citation: Citation) -> str:
    """The address of a citation inside the page."""
    start, end = citation.highlight or (citation.start, citation.end)
    return f"#cite-{citation.document}_{citation.start}_{citation.end}_{start}_{end}"


def citation_link(citation: Citation) -> str:
    """The control that shows a quotation and opens its place in the source."""
    quote = words(citation.quote)
    label = escape(f"Footnote {citation.number}: {citation.quote}", quote=True).replace("\n", " ")
    return (
        f'<a class="cite" href="{escape(anchor(citation))}" aria-label="{label}">'
        f'{citation.number}<span class="tip" aria-hidden="true">{quote}</span></a>'
    )


def render_question(question: str) -> str:
    """A question as it was typed."""
    return f'<div class="asked">{words(question)}</div>'


def render_progress(stage: str, text: str = "") -> str:
    """The state of an answer that is still coming."""
    shown = f'<div class="said">{words(MARKER.sub("", text))}</div>' if text else ""
    state = f'<div class="stage" role="status">{escape(stage.capitalize())}…</div>'
    return f'<div class="answer coming">{shown}{state}</div>'


def render_answer(answer: Answer) -> str:
    """An answer with its direct words first, its sentences with footnotes, and how sure it is."""
    parts = []
    if answer.understood_as and answer.understood_as.strip() != answer.question.strip():
        parts.append(f'<div class="understood">Understood as: {words(answer.understood_as)}</div>')
    if answer.outcome is Outcome.ANSWERED and answer.short:
        parts.append(f'<div class="short">{words(answer.short)}</div>')
    links = {citation.number: citation_link(citation) for citation in answer.citations}
    body = words(answer.text)
    body = MARKER.sub(lambda match: links.get(int(match.group(1)), match.group()), body)
    parts.append(f'<div class="said">{body}</div>')
    parts += [f'<div class="note">{words(note)}</div>' for note in answer.notes]
    if answer.outcome is Outcome.ANSWERED:
        parts.append(_certainty(answer))
    if answer.closest:
        near = "".join(f"<li>{words(c.quote)} {citation_link(c)}</li>" for c in answer.closest)
        parts.append(
            '<div class="closest"><div class="label">Closest in the source</div>'
            f"<ul>{near}</ul></div>"
        )
    return f'<div class="answer {escape(str(answer.outcome))}">{"".join(parts)}</div>'


def _certainty(answer: Answer) -> str:
    name = level(answer.confidence)
    exact = f"Probability that this is right: {answer.confidence:.0%}"
    chips = [f'<span class="chip {name}" title="{exact}">{name} confidence</span>']
    speakers = dict.fromkeys(c.speaker for c in answer.citations if c.speaker)
    if len(speakers) <= 2:
        chips += [f'<span class="chip said-by">according to {words(s)}</span>' for s in speakers]
    hedges = dict.fromkeys(c.hedge.lower() for c in answer.citations if c.hedge)
    if hedges and len(answer.citations) <= 2:
        marked = ", ".join(f"“{words(hedge)}”" for hedge in hedges)
        chips.append(f'<span class="chip hedged">reported, not confirmed: {marked}</span>')
    chips.append(f'<span class="chip by">answered by the {words(answer.answered_by)}</span>')
    return f'<div class="chips">{"".join(chips)}</div>'


def render_source(document: Document, spans: tuple[int, int, int, int] | None = None) -> str:
    """A document as it reads, with a quotation marked and the answer in it stronger.

    ``spans`` are the start and end of the quotation and of the answer in it, in characters of
    the document's text. Raises ValueError for spans outside the text.
    """
    text = document.text
    if spans is not None and not (
        0 <= spans[0] <= spans[2] <= spans[3] <= spans[1] <= len(text) and spans[0] < spans[1]
    ):
        raise ValueError("The spans lie outside the document.")
    facts = document.metadata
    link = facts.source
    about = " · ".join(words(part) for part in (facts.author, facts.date[:10], facts.site) if part)
    if re.match(r"https?://[^\s\"'<>]+$", link):
        link = escape(link)
        about += f' · <a href="{link}" rel="noopener noreferrer" target="_blank">{link}</a>'
    elif link:
        about += f" · {words(link)}"
    body = _blocks(document, spans)
    return (
        f'<article class="source" aria-label="Source: {words(facts.title)}">'
        f'<header><h2>{words(facts.title)}</h2><p class="about">{about}</p>'
        '<button type="button" class="back">Back to the answer</button></header>'
        f'<div class="text">{body}</div></article>'
    )


def _blocks(document: Document, spans: tuple[int, int, int, int] | None) -> str:
    """The sentences in paragraphs, as the line breaks between them are set."""
    made: list[str] = []
    end = 0
    for sentence in document.sentences:
        inner = _sentence(document.text, sentence, spans)
        if sentence.kind is Kind.HEADING:
            made.append(f"<h3>{inner}</h3>")
        elif (
            made and made[-1].startswith("<p>") and "\n" not in document.text[end : sentence.start]
        ):
            made[-1] = f"{made[-1].removesuffix('</p>')} {inner}</p>"
        else:
            made.append(f"<p>{inner}</p>")
        end = sentence.end
    return "".join(made)


def _sentence(text: str, sentence: Sentence, spans: tuple[int, int, int, int] | None) -> str:
    start, end = sentence.start, sentence.end
    if spans is None or spans[1] <= start or end <= spans[0]:
        return f'<span class="{sentence.kind}">{_exact(text[start:end])}</span>'
    low, high = max(start, spans[0]), min(end, spans[1])
    first, last = min(max(low, spans[2]), high), max(min(high, spans[3]), low)
    marked = (
        f'<mark id="quoted" tabindex="-1">{_exact(text[low:first])}'
        f"<strong>{_exact(text[first:last])}</strong>{_exact(text[last:high])}</mark>"
    )
    return f"<span>{_exact(text[start:low])}{marked}{_exact(text[high:end])}</span>"


def _exact(text: str) -> str:
    """The very characters, so that what is marked equals the quotation."""
    return escape(text, quote=True)
