"""``footnote chat``: a conversation in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from .answers import Answer, Citation
from .assistant import Assistant
from .conversation import Conversation
from .question import QuestionError

AROUND = 400


def run_chat(assistant: Assistant, documents: Sequence[str] | None, out: Console) -> None:
    """Ask and answer until the user leaves with /quit, Ctrl-D or Ctrl-C."""
    conversation = Conversation(assistant, documents)
    out.print("Ask about the articles. [dim]/source 1 shows a citation in place, /quit ends.[/dim]")
    for question in assistant.examples(documents):
        out.print(f"  [dim]· {escape(question)}[/dim]")
    while True:
        try:
            line = out.input("[bold cyan]?[/bold cyan] ").strip()
        except (EOFError, KeyboardInterrupt):
            out.print()
            return
        if line in ("/quit", "/exit", "/q"):
            return
        if line.startswith("/source"):
            last = conversation.turns[-1].answer if conversation.turns else None
            show_source(assistant, last, line.removeprefix("/source").strip(), out)
        elif line:
            try:
                answer = conversation.ask(line)
            except QuestionError as error:
                out.print(f"[red]{escape(str(error))}[/red]")
                continue
            if answer.understood_as.strip() != line:
                out.print(f"[dim]Understood as: {escape(answer.understood_as)}[/dim]")
            show(answer, out)


def show(answer: Answer, out: Console) -> None:
    """Print an answer for people, its footnotes below."""
    if answer.short and answer.answered:
        out.print(f"[bold]{escape(answer.short)}[/bold]", soft_wrap=True)
    out.print(escape(answer.text), soft_wrap=True)
    for note in answer.notes:
        out.print(f"[yellow]{escape(note)}[/yellow]", soft_wrap=True)
    for citation in answer.citations:
        about = ", ".join(part for part in (citation.title, citation.author, citation.date) if part)
        out.print(
            f"  [cyan]\\[{citation.number}][/cyan] “{escape(citation.quote)}”", soft_wrap=True
        )
        said = f" · according to {citation.speaker}" if citation.speaker else ""
        out.print(
            f"      [dim]{escape(about)}{escape(said)} · {citation.start}–{citation.end}[/dim]",
            soft_wrap=True,
        )
    if answer.closest:
        out.print("[dim]Closest in the source:[/dim]")
        for citation in answer.closest:
            out.print(f"  [dim]“{escape(citation.quote)}”[/dim]", soft_wrap=True)
    if answer.answered:
        out.print(f"[dim]Confidence {answer.confidence:.0%}, {answer.answered_by}.[/dim]")


def show_source(assistant: Assistant, answer: Answer | None, number: str, out: Console) -> None:
    """Print the text around a citation of the last answer, the quotation marked."""
    citations = answer.citations if answer else ()
    found = next((c for c in citations if str(c.number) == (number or "1")), None)
    if found is None:
        out.print("There is no such citation in the last answer.")
        return
    before, quote, after = in_place(assistant.library.read(found.document).text, found)
    out.print(
        f"[dim]…{escape(before)}[/dim][bold reverse]{escape(quote)}[/bold reverse]"
        f"[dim]{escape(after)}…[/dim]",
        soft_wrap=True,
    )
    out.print(f"[dim]{escape(found.title)} · {escape(found.source)}[/dim]", soft_wrap=True)


def in_place(text: str, citation: Citation) -> tuple[str, str, str]:
    """The text before the quotation, the quotation, and the text behind it."""
    return (
        text[max(0, citation.start - AROUND) : citation.start],
        text[citation.start : citation.end],
        text[citation.end : citation.end + AROUND],
    )
