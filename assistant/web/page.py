"""The page: a conversation on one side, the source on the other."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from index import LibraryError, Metadata

from ..answers import Answer, Turn
from ..assistant import Assistant
from ..feedback import keep_feedback
from ..question import QuestionError
from ..settings import Settings
from .api import add_api
from .conversations import Conversations, new_id
from .export import to_markdown
from .rendering import render_answer, render_progress, render_question, render_source, words

FOLDER = Path(__file__).parent
STAGES = {
    "understanding": "reading",
    "searching": "reading",
    "reading": "reading",
    "writing": "writing",
    "checking": "checking",
}
STATUS = {"added": "added", "replaced": "replaced", "unchanged": "already in the library"}
READER = "the embedded reader"
SOURCE_VIEW = (
    '<div class="source-view" tabindex="0" role="region" aria-label="Source">${value}</div>'
)
NO_SOURCE = '<p class="empty">Click a footnote to see the sentence in its article.</p>'

Messages = list[dict[str, Any]]
Session = dict[str, str]


def messages(turns: Sequence[Turn]) -> Messages:
    """The turns as the chat shows them."""
    shown: Messages = []
    for turn in turns:
        shown.append({"role": "user", "content": render_question(turn.question)})
        shown.append({"role": "assistant", "content": render_answer(turn.answer)})
    return shown


class Desk:
    """What the page's controls do; everything it keeps is in the library's folder."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.library = assistant.library
        self.kept = Conversations(self.library.folder / "conversations.sqlite")

    def begin(self, session: Session | None) -> tuple[Session, Messages, Any, Any, Any, Any]:
        """Give a browser its identity and show it the conversation it had."""
        session = session or {}
        session = {
            "browser": session.get("browser") or new_id(),
            "conversation": session.get("conversation") or new_id(),
        }
        turns = self.kept.turns(session["browser"], session["conversation"])
        return (
            session,
            messages(turns),
            self.articles(),
            self.conversations(session),
            self.examples(None),
            self.first_source(),
        )

    def articles(self, chosen: Sequence[str] | None = None) -> Any:
        """The list of articles, all of them asked unless some are chosen."""
        choices = []
        for s in self.library.documents():
            about = " · ".join(
                part
                for part in (s.metadata.site, s.metadata.date[:10], f"{s.words:,} words")
                if part
            )
            choices.append((f"{s.metadata.title} ({about})", s.id))
        ids = [identity for _, identity in choices]
        kept = [c for c in chosen if c in ids] if chosen is not None else ids
        return gr.CheckboxGroup(choices=choices, value=kept)

    def conversations(self, session: Session, search: str = "") -> Any:
        """The browser's conversations as choices."""
        kept = self.kept.list(session["browser"], search)
        current = session["conversation"]
        choices = [(k.name, k.id) for k in kept]
        if current not in [k.id for k in kept]:
            choices.insert(0, ("New conversation", current))
        return gr.Dropdown(choices=choices, value=current)

    def examples(self, chosen: Sequence[str] | None) -> Any:
        """Example questions from the articles in hand."""
        made = self.assistant.examples(chosen or None)
        return gr.Dataset(samples=[[question] for question in made])

    def first_source(self) -> str:
        """The first article, or what to do where there is none."""
        documents = self.library.documents()
        if not documents:
            return '<p class="empty">The library is empty; add an article below.</p>'
        return render_source(self.library.read(documents[0].id))

    def converse(
        self,
        question: str,
        session: Session,
        chosen: list[str],
        passages: int,
        by: str,
    ) -> Iterator[tuple[Messages, str]]:
        """Answer in the light of this browser's conversation, as it comes about."""
        browser, conversation = session["browser"], session["conversation"]
        turns = self.kept.turns(browser, conversation)
        shown = messages(turns)
        if question.strip():
            shown.append({"role": "user", "content": render_question(question)})
        try:
            if not chosen and self.library.documents():
                raise QuestionError("No article is ticked; tick one under Articles and ask again.")
            steps = self.assistant.stream(
                question, turns, chosen, int(passages), reader_only=by == READER
            )
            for step in steps:
                if isinstance(step, Answer):
                    self.kept.append(browser, conversation, Turn(question, step))
                    content = render_answer(step)
                else:
                    content = render_progress(STAGES[step.stage], step.text)
                yield [*shown, {"role": "assistant", "content": content}], ""
        except (QuestionError, LibraryError) as error:
            told = f'<div class="answer"><div class="note">{words(str(error))}</div></div>'
            yield [*shown, {"role": "assistant", "content": told}], ""

    def retry(
        self, session: Session, chosen: list[str], passages: int, by: str
    ) -> Iterator[tuple[Messages, str]]:
        """Ask the last question again."""
        last = self.kept.undo(session["browser"], session["conversation"])
        if last is not None:
            yield from self.converse(last.question, session, chosen, passages, by)

    def edit(self, session: Session) -> tuple[Messages, str]:
        """Take the last question back into the box."""
        browser, conversation = session["browser"], session["conversation"]
        last = self.kept.undo(browser, conversation)
        return messages(self.kept.turns(browser, conversation)), last.question if last else ""

    def judge(self, event: gr.LikeData, session: Session) -> tuple[Any, int]:
        """Keep a like or dislike of an answer, and ask for the reason of a dislike."""
        turns = self.kept.turns(session["browser"], session["conversation"])
        place = event.index if isinstance(event.index, int) else event.index[0]
        if place // 2 < len(turns):
            keep_feedback(self.library.folder, turns[place // 2], bool(event.liked))
        return gr.Textbox(visible=not event.liked, value=""), place // 2

    def give_reason(self, reason: str, session: Session, judged: int) -> Any:
        """Keep the reason of a dislike with the answer it is about."""
        turns = self.kept.turns(session["browser"], session["conversation"])
        if judged < len(turns) and reason.strip():
            keep_feedback(self.library.folder, turns[judged], False, reason.strip())
        return gr.Textbox(visible=False, value="")

    def start(self, session: Session) -> tuple[Session, Messages, Any]:
        """Begin another conversation."""
        session = {**session, "conversation": new_id()}
        return session, [], self.conversations(session)

    def switch(self, conversation: str, session: Session) -> tuple[Session, Messages]:
        """Open a kept conversation."""
        session = {**session, "conversation": conversation}
        return session, messages(self.kept.turns(session["browser"], conversation))

    def rename(self, name: str, session: Session) -> tuple[Any, str]:
        """Rename the open conversation."""
        if name.strip():
            self.kept.rename(session["browser"], session["conversation"], name)
        return self.conversations(session), ""

    def delete(self, session: Session) -> tuple[Session, Messages, Any]:
        """Delete the open conversation."""
        self.kept.delete(session["browser"], session["conversation"])
        return self.start(session)

    def export(self, session: Session) -> Any:
        """The open conversation as a Markdown file."""
        turns = self.kept.turns(session["browser"], session["conversation"])
        name = turns[0].question if turns else "Conversation"
        path = Path(tempfile.mkdtemp()) / "conversation.md"
        path.write_text(to_markdown(name, turns), encoding="utf-8")
        return gr.DownloadButton(value=str(path), visible=True, label="Download conversation.md")

    def upload(self, paths: list[str] | None, chosen: list[str]) -> Iterator[tuple[Any, str, Any]]:
        """Add files, telling of each as it is done; each one that fails says why."""
        told: list[str] = []
        added = list(chosen)
        for place, path in enumerate(paths or [], 1):
            coming = f"Reading {place} of {len(paths or [])}: {Path(path).name} …"
            yield gr.skip(), _lines([*told, coming]), gr.skip()
            try:
                done = self.library.add_content(Path(path).read_bytes(), Path(path).name)
                told.append(f"{STATUS[done.status]}: {done.document.metadata.title}")
                added.append(done.document.id)
            except LibraryError as error:
                told.append(str(error))
        yield self.articles(added), _lines(told), None

    def paste(self, text: str, title: str, chosen: list[str]) -> tuple[Any, str, str, str]:
        """Add a pasted text."""
        try:
            done = self.library.add_text(text, Metadata(title=title.strip()))
        except LibraryError as error:
            return self.articles(chosen), _lines([str(error)]), text, title
        told = _lines([f"{STATUS[done.status]}: {done.document.metadata.title}"])
        return self.articles([*chosen, done.document.id]), told, "", ""

    def remove(self, chosen: list[str]) -> tuple[Any, str, list[str]]:
        """Remove the chosen articles; they can be brought back."""
        gone = []
        for identity in chosen:
            try:
                self.library.remove(identity)
                gone.append(identity)
            except LibraryError:
                continue
        return self.articles(), _lines([f"Removed {len(gone)}; Undo brings them back."]), gone

    def undo_removal(self, gone: list[str]) -> tuple[Any, str, list[str]]:
        """Bring back what was removed last."""
        for identity in gone:
            self.library.restore(identity)
        return self.articles(), _lines([f"Brought back {len(gone)}."]), []

    def open_article(self, chosen: list[str]) -> str:
        """The first chosen article in the source view."""
        return render_source(self.library.read(chosen[0])) if chosen else NO_SOURCE

    def open_source(self, address: str) -> str:
        """The source at a citation's address; callable by anyone past the login, so checked."""
        try:
            document, *numbers = str(address).rsplit("_", 4)
            start, end, first, last = (int(number) for number in numbers)
            return render_source(self.library.read(document), (start, end, first, last))
        except (ValueError, LibraryError):
            return '<p class="empty">That source is no longer in the library.</p>'


def _lines(told: Sequence[str]) -> str:
    return "".join(f'<div class="told">{words(line)}</div>' for line in told)


def _head(model: str) -> str:
    who = "the embedded reader, on this machine"
    if model != READER:
        who = f"{model}, every sentence checked against the source"
    return (
        "<h1>Footnote</h1><p>Every statement is one click from its source. "
        f"Answering: {words(who)}.</p>"
    )


def build_page(assistant: Assistant, settings: Settings) -> gr.Blocks:
    """The page for an assistant."""
    desk = Desk(assistant)
    script = (FOLDER / "citations.js").read_text(encoding="utf-8")

    def open_source(address: str) -> str:
        return desk.open_source(address)

    with gr.Blocks(title="Footnote", fill_width=True) as blocks:
        session = gr.BrowserState({}, storage_key="footnote", secret="footnote-session")  # noqa: S106
        gone: gr.State = gr.State([])
        judged: gr.State = gr.State(0)
        models = [READER] if settings.llm in ("", "none") else [settings.llm, READER]
        head = gr.HTML(_head(models[0]), elem_id="title")
        with gr.Row(equal_height=False):
            with gr.Column(scale=6, min_width=320):
                chat = gr.Chatbot(
                    elem_id="chat",
                    label="Conversation",
                    show_label=False,
                    height="62vh",
                    latex_delimiters=[],
                    buttons=[],
                    layout="panel",
                    placeholder="Ask about the article.",
                )
                with gr.Row():
                    question = gr.Textbox(
                        placeholder="Ask about the article",
                        label="Question",
                        show_label=False,
                        scale=8,
                        lines=1,
                        max_lines=6,
                        autofocus=True,
                        elem_id="question",
                    )
                    send = gr.Button("Ask", variant="primary", scale=1, min_width=70)
                    stop = gr.Button("Stop", scale=1, min_width=70)
                with gr.Row():
                    retry = gr.Button("Retry", size="sm")
                    edit = gr.Button("Edit last", size="sm")
                    fresh = gr.Button("New conversation", size="sm")
                reason = gr.Textbox(
                    label="What was wrong? (optional, Enter to send)", visible=False
                )
                examples = gr.Dataset(
                    components=[question],
                    samples=[[q] for q in assistant.examples()],
                    label="For example",
                    elem_id="examples",
                )
            with gr.Column(scale=5, min_width=320):
                source = gr.HTML(
                    desk.first_source(),
                    elem_id="source",
                    html_template=SOURCE_VIEW,
                    js_on_load=script,
                    server_functions=[open_source],
                )
        with gr.Accordion("Articles", open=False):
            articles = gr.CheckboxGroup(label="Ask these", choices=[], elem_id="articles")
            with gr.Row():
                opener = gr.Button("Open in the source view", size="sm")
                remover = gr.Button("Remove the ticked", size="sm")
                undo = gr.Button("Undo", size="sm")
            with gr.Row():
                files = gr.File(
                    label=f"Add files (.txt .md .html .pdf, up to {settings.upload_megabytes} MB)",
                    file_count="multiple",
                    file_types=[".txt", ".md", ".html", ".htm", ".pdf"],
                    elem_id="files",
                )
                cancel = gr.Button("Cancel adding", size="sm")
                with gr.Column():
                    title = gr.Textbox(label="Title (optional)")
                    text = gr.Textbox(label="Or paste a text", lines=4, elem_id="paste")
                    paster = gr.Button("Add the text", size="sm")
            told = gr.HTML(elem_id="told")
        with gr.Accordion("Settings", open=False), gr.Row():
            by = gr.Radio(models, value=models[0], label="Answers are written by", elem_id="by")
            passages = gr.Slider(
                1, 50, value=settings.passages, step=1, label="Passages read for a question"
            )
        with gr.Accordion("Conversations", open=False), gr.Row():
            conversation: gr.Dropdown = gr.Dropdown(label="Kept conversations", choices=[], scale=3)
            search = gr.Textbox(label="Search", scale=2)
            name = gr.Textbox(label="Rename to, then Enter", scale=2)
            delete = gr.Button("Delete", size="sm")
            export = gr.Button("Export", size="sm")
            download = gr.DownloadButton("Download", visible=False, size="sm")

        blocks.load(
            desk.begin,
            session,
            [session, chat, articles, conversation, examples, source],
            api_visibility="private",
        )
        inputs = [question, session, articles, passages, by]
        outputs = [chat, question]
        asking = [
            gr.on(
                [question.submit, send.click],
                desk.converse,
                inputs,
                outputs,
                api_visibility="private",
            ),
            retry.click(desk.retry, inputs[1:], outputs, api_visibility="private"),
        ]
        picked = examples.click(lambda row: row[0], examples, question, api_visibility="private")
        asking.append(picked.then(desk.converse, inputs, outputs, api_visibility="private"))
        for event in asking:
            event.then(desk.conversations, session, conversation, api_visibility="private")
        stop.click(None, cancels=asking)
        private: dict[str, Any] = {"api_visibility": "private"}
        edit.click(desk.edit, session, [chat, question], **private)
        fresh.click(desk.start, session, [session, chat, conversation], **private)
        chat.like(desk.judge, session, [reason, judged], **private)
        reason.submit(desk.give_reason, [reason, session, judged], reason, **private)
        conversation.input(desk.switch, [conversation, session], [session, chat], **private)
        search.change(desk.conversations, [session, search], conversation, **private)
        name.submit(desk.rename, [name, session], [conversation, name], **private)
        delete.click(desk.delete, session, [session, chat, conversation], **private)
        export.click(desk.export, session, download, **private)
        adding = files.upload(desk.upload, [files, articles], [articles, told, files], **private)
        cancel.click(None, cancels=[adding])
        by.change(_head, by, head, **private)
        paster.click(desk.paste, [text, title, articles], [articles, told, text, title], **private)
        remover.click(desk.remove, articles, [articles, told, gone], **private)
        undo.click(desk.undo_removal, gone, [articles, told, gone], **private)
        opener.click(desk.open_article, articles, source, **private)
        articles.change(desk.examples, articles, examples, **private)
        add_api(assistant)
    page: gr.Blocks = blocks
    return page
