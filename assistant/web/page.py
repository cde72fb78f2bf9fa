"""The page: what was asked and kept on one side, the conversation, and its source beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from ..assistant import Assistant
from ..settings import Settings
from .api import add_api
from .desk import READER, Desk
from .rendering import words

FOLDER = Path(__file__).parent
SOURCE_VIEW = (
    '<div class="source-view" tabindex="0" role="region" aria-label="Source">${value}</div>'
)
SAVE = """(file) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([file.text], { type: "text/markdown" }));
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(link.href);
}"""
NOT_SHARED = (
    "Share link: off. The chat can be reached at this address only, and nothing is sent anywhere."
)
SHARED = (
    "Share link: asked for; its address is told where Footnote was started. Whoever has it and "
    "the login reaches this chat through Gradio’s relay."
)


def _head(model: str) -> str:
    who = "the embedded reader, on this machine"
    if model != READER:
        who = f"{model}, every sentence checked against the source"
    return (
        "<h1>Footnote</h1><p>Every statement is one click from its source. "
        f'<span class="answering" role="status">Answering: {words(who)}.</span></p>'
    )


def build_page(assistant: Assistant, settings: Settings) -> gr.Blocks:
    """The page for an assistant."""
    desk = Desk(assistant, settings.upload_megabytes * 1024 * 1024)
    lists = (FOLDER / "lists.js").read_text(encoding="utf-8")

    def open_source(address: str) -> str:
        return desk.open_source(address)

    with gr.Blocks(title="Footnote", fill_width=True) as blocks:
        session = gr.BrowserState({}, storage_key="footnote", secret="footnote-session")  # noqa: S106
        gone: gr.State = gr.State([])
        judged: gr.State = gr.State({})
        draft: gr.State = gr.State({})
        models = [READER] if settings.llm in ("", "none") else [settings.llm, READER]
        with gr.Sidebar(width=300, elem_id="library"):
            fresh = gr.Button("New conversation", size="sm", elem_id="fresh")
            gr.HTML("<h2>Conversations</h2>")
            search = gr.Textbox(
                label="Search conversations",
                placeholder="Search conversations",
                show_label=False,
                container=False,
                elem_id="search",
            )
            conversations = gr.HTML(elem_id="conversations", js_on_load=lists)
            exported = gr.JSON(visible=False)
            gr.HTML("<h2>Articles</h2>")
            articles = gr.HTML(elem_id="articles", js_on_load=lists)
            told = gr.HTML(elem_id="told")
            undo = gr.Button("Undo", size="sm", visible=False, elem_id="undo")
            with gr.Accordion("Add articles", open=False, elem_id="add"):
                files = gr.File(
                    label=f"Text, Markdown, HTML or PDF, up to {settings.upload_megabytes} MB",
                    file_count="multiple",
                    height=150,
                    elem_id="files",
                )
                cancel = gr.Button("Cancel adding", size="sm", elem_id="cancel")
                title = gr.Textbox(label="Title of a pasted text (optional)", elem_id="title-paste")
                text = gr.Textbox(label="Or paste a text", lines=4, elem_id="paste")
                paster = gr.Button("Add the text", size="sm", elem_id="add-text")
            with gr.Accordion("Settings", open=False, elem_id="settings"):
                by = gr.Radio(models, value=models[0], label="Answers are written by", elem_id="by")
                passages = gr.Slider(
                    1,
                    50,
                    value=settings.passages,
                    step=1,
                    label="Passages read for a question",
                    elem_id="passages",
                )
                shared = SHARED if settings.share else NOT_SHARED
                gr.HTML(f'<p class="share">{shared}</p>')
        head = gr.HTML(_head(models[0]), elem_id="title")
        with gr.Row(equal_height=False):
            with gr.Column(scale=6, min_width=320, elem_id="talk"):
                chat = gr.Chatbot(
                    elem_id="chat",
                    label="Conversation",
                    show_label=False,
                    height=None,
                    latex_delimiters=[],
                    buttons=[],
                    layout="panel",
                    placeholder="Ask about the articles; every answer shows where it stands.",
                )
                reason = gr.Textbox(visible=False, elem_id="reason")
                examples = gr.Dataset(
                    components=[gr.Textbox(visible=False)],
                    samples=[[q] for q in assistant.examples()],
                    label="Questions this library answers",
                    elem_id="examples",
                )
                with gr.Row(elem_id="ask"):
                    question = gr.Textbox(
                        placeholder="Ask about the articles",
                        label="Question",
                        show_label=False,
                        container=False,
                        scale=8,
                        lines=1,
                        max_lines=6,
                        autofocus=True,
                        elem_id="question",
                    )
                    send = gr.Button("Ask", variant="primary", scale=1, min_width=70)
                    stop = gr.Button(
                        "Stop", scale=1, min_width=70, interactive=False, elem_id="stop"
                    )
                with gr.Row(elem_id="again"):
                    retry = gr.Button("Retry", size="sm", min_width=60, elem_id="retry")
                    edit = gr.Button("Edit last", size="sm", min_width=60, elem_id="edit")
            with gr.Column(scale=5, min_width=320):
                source = gr.HTML(
                    elem_id="source",
                    html_template=SOURCE_VIEW,
                    js_on_load=(FOLDER / "citations.js").read_text(encoding="utf-8"),
                    server_functions=[open_source],
                )

        private: dict[str, Any] = {"api_visibility": "private"}
        # What only tells another event to end must not wait in the queue behind it.
        at_once: dict[str, Any] = {**private, "queue": False}
        whole = [session, chat, articles, conversations, examples]
        blocks.load(desk.begin, session, [*whole, source], **private)
        blocks.unload(desk.leave)
        inputs = [session, passages, by, draft]
        outputs = [chat, question, draft, stop]
        asking = [
            gr.on(
                [question.submit, send.click], desk.send, [question, *inputs], outputs, **private
            ),
            examples.click(desk.pick, [examples, *inputs], outputs, **private),
            retry.click(desk.retry, inputs, outputs, **private),
        ]
        for event in asking:
            event.then(desk.conversations, [session, search], conversations, **private)
        stop.click(desk.stop, session, None, **at_once)
        edit.click(desk.edit, [session, draft], [chat, question, draft], **private)
        chat.like(desk.judge, session, [reason, judged], **private)
        reason.submit(desk.give_reason, [reason, session, judged], reason, **private)

        moved = [*whole, draft]
        fresh.click(desk.start, session, moved, **private)
        conversations.select(desk.switch, session, moved, **private)
        conversations.edit(desk.rename, [session, search], conversations, **private)
        conversations.delete(desk.delete, session, moved, **private)
        saved = conversations.download(desk.export, session, exported, **private)
        saved.then(None, exported, None, js=SAVE, **private)
        search.change(
            desk.conversations,
            [session, search],
            conversations,
            trigger_mode="always_last",
            **private,
        )

        articles.input(desk.choose, session, examples, **at_once)
        removed = [articles, told, gone, undo]
        articles.delete(desk.remove, [session, gone], removed, **private)
        undo.click(desk.undo_removal, [session, gone], removed, **private)
        files.upload(desk.upload, [files, session], [articles, told, files], **private)
        cancel.click(desk.cancel_adding, session, None, **at_once)
        pasted = [articles, told, text, title]
        paster.click(desk.paste, [text, title, session], pasted, **private)
        by.change(_head, by, head, **private)
        add_api(assistant)
    page: gr.Blocks = blocks
    return page
