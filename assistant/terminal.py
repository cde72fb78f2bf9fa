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
    from .cli import show

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
            show(answer)


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
