"""Answers, questions and sources as HTML, every word of them escaped.

Everything is written on one line: a Markdown renderer takes a line that opens with a block tag
as it stands, so that nothing in a text is read as Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from index import Document, DocumentSummary, Kind, Sentence

from ..answers import MARKER, Answer, Citation, Outcome
from ..hedging import caution_in_words
from .conversations import Kept

LEVELS = ((0.8, "high"), (0.5, "medium"), (0.0, "low"))
FEW = 2
"""Up to as many citations, what is said of them stands below the answer; else behind each."""


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
    """The control that shows a quotation and opens its place in the source.

    Its name for screen readers is set by the page's script: the sanitizer leaves no ARIA.
    """
    quote = words(citation.quote)
    about = ". ".join(caveats(citation))
    below = f'<span class="caveat">{words(about)}</span>' if about else ""
    return (
        f'<a class="cite" href="{escape(anchor(citation))}">{citation.number}<span class="tip">'
        f'<span class="quote">{quote}</span>{below}</span></a>'
    )


def caveats(citation: Citation) -> list[str]:
    """Who says it and how the source holds back, in words."""
    told = []
    if citation.speaker:
        told.append(f"according to {citation.speaker}")
    if citation.hedge:
        told.append(caution_in_words(citation.hedge))
    return told


def render_question(question: str) -> str:
    """A question as it was typed."""
    return f'<div class="asked">{words(question)}</div>'


def render_progress(stage: str, text: str = "", by: str = "") -> str:
    """The state of an answer that is still coming, and who is making it."""
    shown = f'<div class="said">{words(MARKER.sub("", text))}</div>' if text else ""
    who = f' <span class="who">{words(by)}</span>' if by else ""
    state = f'<div class="stage" role="status">{escape(stage.capitalize())}…{who}</div>'
    return f'<div class="answer coming">{shown}{state}</div>'


def render_told(told: str, text: str = "") -> str:
    """A sentence to the user in the place of an answer, below what there is of one."""
    shown = f'<div class="said">{words(MARKER.sub("", text))}</div>' if text else ""
    return f'<div class="answer untold">{shown}<div class="note">{words(told)}</div></div>'


def render_answer(answer: Answer) -> str:
    """An answer with its direct words first, its sentences with footnotes, and how sure it is."""
    parts = []
    if answer.understood_as and answer.understood_as.strip() != answer.question.strip():
        parts.append(f'<div class="understood">Understood as: {words(answer.understood_as)}</div>')
    if answer.outcome is Outcome.ANSWERED and answer.short:
        parts.append(f'<div class="short">{words(answer.short)}</div>')
    many = len(answer.citations) > FEW
    links = {c.number: citation_link(c) + (_marks(c) if many else "") for c in answer.citations}
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
    parts.append('<button type="button" class="copy">Copy</button>')
    return f'<div class="answer {escape(str(answer.outcome))}">{"".join(parts)}</div>'


def _marks(citation: Citation) -> str:
    """What is said of one citation among many, behind its number."""
    return "".join(f'<span class="caveat">{words(told)}</span>' for told in caveats(citation))


def _certainty(answer: Answer) -> str:
    name = level(answer.confidence)
    number = f"{answer.confidence:.0%} probability of being right"
    sure = f'<details class="chip {name}"><summary>{name} confidence</summary>{number}</details>'
    chips = [sure]
    if len(answer.citations) <= FEW:
        told = dict.fromkeys(told for c in answer.citations for told in caveats(c))
        chips += [
            f'<span class="chip {"said-by" if one.startswith("acc") else "hedged"}">'
            f"{words(one)}</span>"
            for one in told
        ]
    who = "the embedded reader" if answer.answered_by == "reader" else answer.answered_by
    chips.append(f'<span class="chip by">answered by {words(who)}</span>')
    return f'<div class="chips">{"".join(chips)}</div>'


def render_articles(articles: Sequence[DocumentSummary], chosen: Sequence[str] | None) -> str:
    """The library as a list: ticked to be asked, opened, removed."""
    rows = []
    for each in articles:
        facts = each.metadata
        about = " · ".join(
            words(part) for part in (facts.site, facts.date[:10], f"{each.words:,} words") if part
        )
        ticked = " checked" if chosen is None or each.id in chosen else ""
        title, identity = words(facts.title), escape(each.id, quote=True)
        rows.append(
            f'<li><label><input type="checkbox" value="{identity}"{ticked}> '
            f'<span class="name">{title}</span></label><div class="about">{about}</div>'
            f'<div class="row"><button type="button" class="read" value="{identity}"'
            f' aria-label="Open {title}">Open</button>'
            f'<button type="button" class="remove" value="{identity}"'
            f' aria-label="Remove {title}">Remove</button></div></li>'
        )
    if not rows:
        return '<p class="empty">No articles yet; add some below.</p>'
    return f'<p class="hint">Ticked articles are asked.</p><ul class="list">{"".join(rows)}</ul>'


def render_conversations(kept: Sequence[Kept], current: str, searched: bool = False) -> str:
    """The conversations as a list, the open one marked."""
    rows = []
    for each in kept:
        name, identity = words(each.name), escape(each.id, quote=True)
        here = ' aria-current="true"' if each.id == current else ""
        tools = "".join(
            f'<button type="button" class="{does}" value="{identity}" title="{name}"'
            f' aria-label="{does.capitalize()} {name}">{does.capitalize()}</button>'
            for does in ("rename", "export", "delete")
        )
        rows.append(
            f'<li{" class=current" if here else ""}><button type="button" class="open"'
            f' value="{identity}"{here}>{name}</button><div class="row">{tools}</div></li>'
        )
    if not rows:
        empty = "Nothing found." if searched else "None kept yet."
        return f'<p class="empty">{empty}</p>'
    return f'<ul class="list">{"".join(rows)}</ul>'


def render_news(told: Sequence[str]) -> str:
    """What became of the files, a line each."""
    lines = "".join(f'<div class="told">{words(line)}</div>' for line in told)
    return f'<div role="status">{lines}</div>'


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
        '<button type="button" class="back" hidden>Back to the answer</button></header>'
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
