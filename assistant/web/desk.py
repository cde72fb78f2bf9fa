"""What the page's controls do; all that they keep is in the library's folder."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import gradio as gr

from index import LibraryError, Metadata
from index.loading import read_bytes

from ..answers import Answer, Turn
from ..assistant import Assistant, Progress
from ..feedback import keep_feedback
from ..question import QuestionError
from .conversations import Conversations, new_id
from .export import to_markdown
from .rendering import (
    render_answer,
    render_articles,
    render_conversations,
    render_news,
    render_progress,
    render_question,
    render_source,
    render_told,
)
from .stopping import Report, Stopped, Stops, steps_of

log = logging.getLogger(__name__)

STAGES = {
    "understanding": "reading",
    "searching": "reading",
    "reading": "reading",
    "writing": "writing",
    "checking": "checking",
}
STATUS = {
    "added": "Added",
    "replaced": "Replaced the earlier version of",
    "unchanged": "Already in the library",
}
READER = "the embedded reader"
STOPPED = "Stopped. Press Retry to ask again, or Edit last to change the question."
FAULT = "This could not be done because of a fault in the program; its log says more."
EMPTY = '<p class="empty">The library is empty; add an article on the left.</p>'
GONE = '<p class="empty">That source is no longer in the library.</p>'
LAST_PASSAGES = 30.0
"""Seconds waited for a cancelled file to be left as if it had never been begun."""

Messages = list[dict[str, Any]]
Session = dict[str, str]
Draft = dict[str, Any]
"""``unanswered``: a question that was stopped; ``replaces``: the next one replaces the last."""
Shown = tuple[Messages, Any, Draft, Any]


def messages(turns: Sequence[Turn]) -> Messages:
    """The turns as the chat shows them."""
    shown: Messages = []
    for turn in turns:
        shown.append({"role": "user", "content": render_question(turn.question)})
        shown.append({"role": "assistant", "content": render_answer(turn.answer)})
    return shown


class Desk:
    """The controls of the page, for all browsers; each call names its browser's session."""

    def __init__(self, assistant: Assistant, largest_upload: int) -> None:
        self.assistant = assistant
        self.library = assistant.library
        self.largest_upload = largest_upload
        self.kept = Conversations(self.library.folder / "conversations.sqlite")
        self.stops = Stops()
        self._begun: dict[str, Session] = {}

    def begin(
        self, session: Session | None, request: gr.Request
    ) -> tuple[Session, Messages, str, str, Any, str]:
        """Give a browser its identity and show it the conversation it had."""
        session = session or {}
        session = {
            "browser": session.get("browser") or new_id(),
            "conversation": session.get("conversation") or new_id(),
        }
        self._begun[str(request.session_hash)] = session
        return session, *self._opened(session), self._first_source(session)

    def leave(self, request: gr.Request) -> None:
        """A page was closed."""
        self._begun.pop(str(request.session_hash), None)

    def _session(self, session: Session | None, request: gr.Request) -> Session:
        """The browser's session, also from a page so young that it does not yet send it."""
        return session or self._begun[str(request.session_hash)]

    def _opened(self, session: Session) -> tuple[Messages, str, str, Any]:
        turns = self.kept.turns(session["browser"], session["conversation"])
        return (
            messages(turns),
            self.articles(session),
            self.conversations(session),
            self.examples(session),
        )

    def chosen(self, session: Session) -> list[str] | None:
        """The articles that the open conversation asks; None: all there are."""
        chosen = self.kept.chosen(session["conversation"])
        if chosen is None:
            return None
        there = {summary.id for summary in self.library.documents()}
        return [identity for identity in chosen if identity in there]

    def articles(self, session: Session) -> str:
        """The library's articles, those that the conversation asks ticked."""
        return render_articles(self.library.documents(), self.chosen(session))

    def conversations(self, session: Session, search: str = "") -> str:
        """The browser's conversations."""
        kept = self.kept.list(session["browser"], search)
        return render_conversations(kept, session["conversation"], searched=bool(search))

    def examples(self, session: Session) -> Any:
        """Example questions made from the articles that are asked."""
        made = self.assistant.examples(self.chosen(session))
        return gr.Dataset(samples=[[question] for question in made])

    def _first_source(self, session: Session) -> str:
        chosen = self.chosen(session) or [summary.id for summary in self.library.documents()]
        return render_source(self.library.read(chosen[0])) if chosen else EMPTY

    def send(
        self,
        question: str,
        session: Session | None,
        passages: int,
        by: str,
        draft: Draft,
        request: gr.Request,
    ) -> Iterator[Shown]:
        """Answer what was typed."""
        yield from self.converse(question, self._session(session, request), passages, by, draft)

    def converse(
        self, question: str, session: Session, passages: int, by: str, draft: Draft
    ) -> Iterator[Shown]:
        """Answer in the light of this browser's conversation, as it comes about."""
        browser, conversation = session["browser"], session["conversation"]
        turns = self.kept.turns(browser, conversation)
        replaces = bool(draft.get("replaces")) and bool(turns)
        earlier = turns[:-1] if replaces else turns
        shown = messages(earlier)
        if question.strip():
            shown.append({"role": "user", "content": render_question(question)})
        # The box is cleared once: what is typed while an answer comes stays.
        box: Any = ""
        text = ""

        def step(content: str, draft: Draft, running: bool) -> Shown:
            told = [*shown, {"role": "assistant", "content": content}]
            return told, box, draft, gr.Button(interactive=running)

        def work(report: Report[Progress | Answer]) -> None:
            chosen = self.chosen(session)
            if chosen == [] and self.library.documents():
                raise QuestionError("No article is ticked; tick one under Articles and ask again.")
            for each in self.assistant.stream(
                question, earlier, chosen, int(passages), reader_only=by == READER
            ):
                report(each)

        over: Draft = {}
        try:
            with self.stops.running(("answer", browser)) as stop:
                for each in steps_of(work, stop):
                    if isinstance(each, Answer):
                        keep = self.kept.replace_last if replaces else self.kept.append
                        keep(browser, conversation, Turn(question, each))
                        yield step(render_answer(each), over, False)
                    else:
                        text = each.text or text
                        yield step(render_progress(STAGES[each.stage], text, by), draft, True)
                    box = gr.skip()
        except Stopped:
            unanswered = {"unanswered": question, "replaces": replaces}
            yield step(render_told(STOPPED, text), unanswered, False)
        except (QuestionError, LibraryError) as error:
            box = question
            yield step(render_told(str(error)), {"replaces": replaces}, False)
        except Exception:
            log.exception("A question could not be answered.")
            box = question
            yield step(render_told(FAULT), {"replaces": replaces}, False)

    def pick(
        self,
        row: list[str],
        session: Session | None,
        passages: int,
        by: str,
        draft: Draft,
        request: gr.Request,
    ) -> Iterator[Shown]:
        """Ask an example question."""
        yield from self.send(row[0], session, passages, by, draft, request)

    def retry(self, session: Session, passages: int, by: str, draft: Draft) -> Iterator[Shown]:
        """Ask the last question again; its answer stays until there is another."""
        if draft.get("unanswered"):
            yield from self.converse(draft["unanswered"], session, passages, by, draft)
            return
        turns = self.kept.turns(session["browser"], session["conversation"])
        if turns:
            again = {"replaces": True}
            yield from self.converse(turns[-1].question, session, passages, by, again)

    def edit(self, session: Session, draft: Draft) -> tuple[Any, Any, Draft]:
        """Take the last question back into the box; asking replaces it."""
        turns = self.kept.turns(session["browser"], session["conversation"])
        replaces = bool(draft.get("replaces"))
        if draft.get("unanswered"):
            return messages(turns), draft["unanswered"], {"replaces": replaces}
        if not turns:
            return gr.skip(), gr.skip(), draft
        return messages(turns[:-1]), turns[-1].question, {"replaces": True}

    def stop(self, session: Session) -> None:
        """Stop the answer that is coming."""
        self.stops.stop(("answer", session["browser"]))

    def judge(self, event: gr.LikeData, session: Session) -> tuple[Any, dict[str, Any]]:
        """Keep a like or dislike of an answer, and ask for a reason."""
        turns = self.kept.turns(session["browser"], session["conversation"])
        place = (event.index if isinstance(event.index, int) else event.index[0]) // 2
        liked = event.liked if isinstance(event.liked, bool) else None
        if place >= len(turns):
            return gr.Textbox(visible=False), {}
        keep_feedback(self.library.folder, turns[place], liked)
        label = "What was good? (optional, Enter to send)"
        if not liked:
            label = "What was wrong? (optional, Enter to send)"
        judged = {"conversation": session["conversation"], "place": place, "liked": liked}
        return gr.Textbox(visible=liked is not None, value="", label=label), judged

    def give_reason(self, reason: str, session: Session, judged: dict[str, Any]) -> Any:
        """Keep the reason with the judgement it is about."""
        if judged and reason.strip():
            turns = self.kept.turns(session["browser"], judged["conversation"])
            if judged["place"] < len(turns):
                turn = turns[judged["place"]]
                keep_feedback(self.library.folder, turn, judged["liked"], reason.strip())
        return gr.Textbox(visible=False, value="")

    def start(self, session: Session) -> tuple[Session, Messages, str, str, Any, Draft]:
        """Begin another conversation."""
        return self._move({**session, "conversation": new_id()})

    def switch(
        self, event: gr.EventData, session: Session
    ) -> tuple[Session, Messages, str, str, Any, Draft]:
        """Open a kept conversation."""
        return self._move({**session, "conversation": _told(event, "id")})

    def _move(self, session: Session) -> tuple[Session, Messages, str, str, Any, Draft]:
        return session, *self._opened(session), {}

    def rename(self, event: gr.EventData, session: Session, search: str) -> str:
        """Rename a conversation."""
        name = _told(event, "name")
        if name.strip():
            self.kept.rename(session["browser"], _told(event, "id"), name)
        return self.conversations(session, search)

    def delete(
        self, event: gr.EventData, session: Session
    ) -> tuple[Session, Any, Any, str, Any, Any]:
        """Delete a conversation; the open one makes room for a new one."""
        conversation = _told(event, "id")
        self.kept.delete(session["browser"], conversation)
        if conversation == session["conversation"]:
            return self.start(session)
        skip = gr.skip()
        return session, skip, skip, self.conversations(session), skip, skip

    def export(self, event: gr.EventData, session: Session) -> dict[str, str]:
        """A conversation as a Markdown file: its name and its text."""
        browser, conversation = session["browser"], _told(event, "id")
        turns = self.kept.turns(browser, conversation)
        name = self.kept.name(browser, conversation) or "Conversation"
        file = "".join(c if c.isalnum() else "-" for c in name.lower()).strip("-")
        return {"name": f"{file or 'conversation'}.md", "text": to_markdown(name, turns)}

    def choose(self, event: gr.EventData, session: Session | None, request: gr.Request) -> Any:
        """Keep which articles the open conversation asks."""
        session = self._session(session, request)
        ids = getattr(event, "ids", None)
        there = [summary.id for summary in self.library.documents()]
        chosen = [identity for identity in there if identity in (ids or [])]
        self.kept.choose(session["conversation"], None if chosen == there else chosen)
        return self.examples(session)

    def upload(self, paths: list[str] | None, session: Session) -> Iterator[tuple[Any, str, Any]]:
        """Add files, telling of each as it is read; each one that fails says why."""
        told: list[str] = []
        files = [Path(path) for path in paths or []]

        def add(place: int, path: Path, report: Report[str]) -> None:
            def progress(done: int, total: int) -> None:
                report(f"Reading {place} of {len(files)}, {path.name}: {done / total:.0%}")

            progress(0, 1)
            try:
                content = read_bytes(path, self.largest_upload)
                done = self.library.add_content(content, path.name, progress=progress)
                told.append(f"{STATUS[done.status]}: {done.document.metadata.title}")
                self._include(session, done.document.id)
            except LibraryError as error:
                told.append(str(error))

        def work(report: Report[str]) -> None:
            for place, path in enumerate(files, 1):
                add(place, path, report)

        try:
            with self.stops.running(("adding", session["browser"])) as stop:
                for coming in steps_of(work, stop, LAST_PASSAGES):
                    yield gr.skip(), render_news([*told, coming]), gr.skip()
        except Stopped:
            left = len(files) - len(told)
            told.append(f"Cancelled; {left} of {len(files)} not added.")
        except Exception:
            log.exception("A file could not be added.")
            told.append(FAULT)
        yield self.articles(session), render_news(told), None

    def cancel_adding(self, session: Session) -> None:
        """Stop adding files; those that are done stay."""
        self.stops.stop(("adding", session["browser"]))

    def _include(self, session: Session, identity: str) -> None:
        """An article added in a conversation is asked by it."""
        chosen = self.kept.chosen(session["conversation"])
        if chosen is not None and identity not in chosen:
            self.kept.choose(session["conversation"], [*chosen, identity])

    def paste(self, text: str, title: str, session: Session) -> tuple[str, str, str, str]:
        """Add a pasted text."""
        try:
            done = self.library.add_text(text, Metadata(title=title.strip()))
        except LibraryError as error:
            return self.articles(session), render_news([str(error)]), text, title
        self._include(session, done.document.id)
        news = [f"{STATUS[done.status]}: {done.document.metadata.title}"]
        return self.articles(session), render_news(news), "", ""

    def remove(
        self, event: gr.EventData, session: Session, gone: list[str]
    ) -> tuple[str, str, list[str], Any]:
        """Remove an article; it can be brought back."""
        identity = _told(event, "id")
        try:
            title = self.library.read(identity).metadata.title
            self.library.remove(identity)
        except LibraryError as error:
            return self.articles(session), render_news([str(error)]), gone, gr.skip()
        news = render_news([f"Removed: {title}"])
        return self.articles(session), news, [*gone, identity], gr.Button(visible=True)

    def undo_removal(self, session: Session, gone: list[str]) -> tuple[str, str, list[str], Any]:
        """Bring back what was removed last."""
        news = "There is nothing to bring back."
        if gone:
            try:
                news = f"Brought back: {self.library.restore(gone[-1]).document.metadata.title}"
            except LibraryError as error:
                news = str(error)
        left = gone[:-1]
        return self.articles(session), render_news([news]), left, gr.Button(visible=bool(left))

    def open_source(self, address: str) -> str:
        """The source at a citation's address, or an article by its id.

        Callable by anyone past the login, so checked.
        """
        with suppress(LibraryError):
            return render_source(self.library.read(str(address)))
        try:
            document, *numbers = str(address).rsplit("_", 4)
            start, end, first, last = (int(number) for number in numbers)
            return render_source(self.library.read(document), (start, end, first, last))
        except (ValueError, LibraryError):
            return GONE


def _told(event: gr.EventData, name: str) -> str:
    """A text that came with an event; anyone past the login can send anything."""
    return str(getattr(event, name, None) or "")
